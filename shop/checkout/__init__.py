"""Cart to order to payment; owns no table."""
