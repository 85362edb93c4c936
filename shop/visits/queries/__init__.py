"""What is known of placards and of visits."""
