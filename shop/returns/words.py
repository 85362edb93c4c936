"""How requests are spoken of, on pages and in letters alike."""

from __future__ import annotations

from flask_babel import lazy_gettext

from shop.returns.models import ReturnReason

REASON_WORDS = {
    ReturnReason.BROKEN: lazy_gettext("Arrived broken"),
    ReturnReason.WRONG_PIECE: lazy_gettext("Not the piece I ordered"),
    ReturnReason.MISSING: lazy_gettext("Missing from the parcel"),
    ReturnReason.CHANGED_MIND: lazy_gettext("I have changed my mind"),
}
