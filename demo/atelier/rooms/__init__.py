"""The rooms of the two exhibitions as places one walks, seen all round and as one enters."""
