"""Products, variants, stock and search."""
