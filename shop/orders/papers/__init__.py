"""What a buyer takes to their accountant: the receipt, and e-invoices asked for and issued."""
