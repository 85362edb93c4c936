"""The demonstration's two exhibitions, from demo/gallery into the database."""
