"""The workshop's own desk."""
