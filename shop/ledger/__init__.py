"""The books: append-only double entry in whole đồng, and the rates that sales are charged by."""
