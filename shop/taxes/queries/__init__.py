"""What was withheld by month, which certificates stand, and what the tax office was paid."""
