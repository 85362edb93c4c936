"""Pieces that come back or never arrived whole, parcels refused, and why money is given back."""
