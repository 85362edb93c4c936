"""Files that curators send. What is refused has to be chosen again: no browser may be told to."""

from __future__ import annotations

from typing import Any

from flask_wtf.file import FileField
from wtforms.validators import StopValidation

from shop.core.errors import Invalid


class SentFileField(FileField):  # type: ignore[misc]
    """`data` is what the sent file was found to be, None for none.

    `was_sent` tells a file that came with a refused form from none: it has to be chosen again.
    """

    data: Any
    was_sent = False

    def pre_validate(self, form: Any) -> None:
        sent: Any = self.data
        self.data = None
        self.was_sent = bool(sent)
        if not sent:
            return
        try:
            self.data = self.taken_in(sent.read(), form)
        except Invalid as error:
            raise StopValidation(str(error.message)) from error

    def taken_in(self, file: bytes, form: Any) -> Any:
        """What the file is. Raises Invalid, or StopValidation, saying why it is refused."""
        raise NotImplementedError
