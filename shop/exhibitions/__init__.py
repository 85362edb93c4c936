"""Exhibitions: rooms and what is placed in them, as drafted, and as published."""
