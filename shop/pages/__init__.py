"""The front page, the workshops with their pieces, information, and what machines read."""
