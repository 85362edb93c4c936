"""Reads of the catalogue: cards for grids, browsing with facets, one product's page."""
