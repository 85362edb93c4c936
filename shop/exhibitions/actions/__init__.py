"""What curators do with artefacts, rooms and whole exhibitions."""
