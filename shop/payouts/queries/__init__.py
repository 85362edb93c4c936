"""What is due to workshops, what has been claimed, and how payouts stand."""
