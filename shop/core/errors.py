"""What can go wrong in the shop's own terms; one handler renders page, fragment or JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from flask_babel import LazyString, lazy_gettext

Message: TypeAlias = str | LazyString


class ShopError(Exception):
    """A refusal a person can be told of: an HTTP status and a translatable message."""

    status = 400
    message: Message = lazy_gettext("This could not be done.")

    def __init__(self, message: Message | None = None) -> None:
        if message is not None:
            self.message = message
        super().__init__(str(type(self).__name__))


class Missing(ShopError):
    """Unknown, or not for this viewer: from outside the two look alike."""

    status = 404
    message = lazy_gettext("This page does not exist.")


class Refused(ShopError):
    status = 403
    message = lazy_gettext("This is not open to you.")


class Conflict(ShopError):
    """Someone or something changed it meanwhile; the message says what."""

    status = 409
    message = lazy_gettext("This changed in the meantime.")


class Invalid(ShopError):
    """Input that cannot be taken; `fields` names what is wrong beside where it was typed."""

    status = 422
    message = lazy_gettext("Please check the marked fields.")

    def __init__(
        self, message: Message | None = None, fields: Mapping[str, Message] | None = None
    ) -> None:
        super().__init__(message)
        self.fields = dict(fields or {})


class TooMany(ShopError):
    status = 429
    message = lazy_gettext("Too many attempts. Wait a little and try again.")


class Unavailable(ShopError):
    """A service we depend on does not answer; nothing was done twice."""

    status = 503
    message = lazy_gettext("This is not answering right now. Nothing was charged.")
