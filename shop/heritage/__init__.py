"""The shared vocabulary of craft: glazes, forms, techniques, kilns."""
