"""People, sign-in, sessions, roles and addresses."""
