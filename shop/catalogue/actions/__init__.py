"""What is done with products and stock."""
