// The 3D viewer carries its own Meshopt decoder, but switches it on only once a script has loaded
// from the place it is told. This is that script.
