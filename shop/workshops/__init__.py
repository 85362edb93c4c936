"""Workshops, their members and makers."""
