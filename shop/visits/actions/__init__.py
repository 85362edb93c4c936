"""What visitors do: follow a placard, keep an exhibit."""
