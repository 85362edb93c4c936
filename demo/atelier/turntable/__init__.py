"""Pieces as files to turn about: what the table holds becomes one small GLB with one atlas."""
