"""3D models from outside: a GLB is looked through to its last byte before anybody is shown it."""
