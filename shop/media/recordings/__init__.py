"""Guides spoken or signed: told by content, freed of what rides along, with captions."""
