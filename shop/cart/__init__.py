"""The basket, kept in the database with or without an account."""
