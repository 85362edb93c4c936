"""Two years of invented buying, played through the shop's own actions, the same from a seed."""
