"""What workshops have earned, paid out to them."""
