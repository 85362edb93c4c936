"""Bát Tràng's own shop and gallery."""
