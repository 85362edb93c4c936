"""The demonstration village: invented workshops and pieces, loaded from the files in demo/."""
