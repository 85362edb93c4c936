"""What visitors do in front of the shelf: placards, what they keep, kiosks, rooms to take along."""
