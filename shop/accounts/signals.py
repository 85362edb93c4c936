"""What other packages may want to know about an account, told inside the transaction."""

from __future__ import annotations

from blinker import Namespace

_signals = Namespace()

signed_in = _signals.signal("signed-in")
"""Sent with `person_id` before the sign-in's transaction commits: a basket is merged in it."""
