"""Tax withheld for workshops: reports, certificates, and what the tax office was paid."""
