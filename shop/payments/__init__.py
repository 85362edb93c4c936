"""Payments and refunds behind one port: cash on delivery, VietQR, Stripe."""
