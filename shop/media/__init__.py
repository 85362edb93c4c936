"""Pictures: originals re-encoded without metadata, renditions, storage."""
