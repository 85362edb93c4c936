"""Issuing a certificate, and writing down what the tax office was paid."""
