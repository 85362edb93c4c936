"""The verbs of payouts: enter and confirm an account, prepare, send, pay, fail."""
