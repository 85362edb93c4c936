"""What is known of the fund: its figures, its grants, and whether both agree with the books."""
