"""Order groups, orders, shipments and their history."""
