"""Random identifiers for the outside; integer keys never leave the house."""

from __future__ import annotations

import hashlib
import secrets

# Crockford's base 32 without vowels' look-alikes: nothing to confuse when read aloud.
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def public_id(length: int = 12) -> str:
    """60 random bits at the default length: unguessable enough to name, not to authorise."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def secret_token() -> str:
    """192 random bits, URL-safe: holding it is the authorisation."""
    return secrets.token_urlsafe(24)


def token_digest(token: str) -> str:
    """What the database keeps of a token, so that a stolen copy opens nothing."""
    return hashlib.sha256(token.encode()).hexdigest()
