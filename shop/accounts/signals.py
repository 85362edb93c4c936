"""What other packages may want to know about an account, told inside the transaction."""

from __future__ import annotations

from blinker import Namespace

_signals = Namespace()

signed_in = _signals.signal("signed-in")
"""Sent by sign-in with `person_id`, before its transaction commits: a basket can be merged in it."""
