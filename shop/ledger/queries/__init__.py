"""What the books say: balances, and the rates of a day."""
