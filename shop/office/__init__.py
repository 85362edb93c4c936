"""The village office's desk."""
