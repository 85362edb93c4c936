"""The verbs of the books: post, reverse, set a rate."""
