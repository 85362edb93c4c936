"""Forms with a count to choose for each line of an order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from flask_wtf import FlaskForm
from wtforms import SelectField

from shop.accounts.fields import choice, one_of
from shop.accounts.fields import label as _l
from shop.core.i18n import localized
from shop.orders.models import OrderLine

Form = TypeVar("Form", bound=FlaskForm)
LINE = "line_"


def with_counts(
    form: type[Form],
    lines: Sequence[OrderLine],
    first: Callable[[OrderLine], int],
    most: Callable[[OrderLine], int],
) -> type[Form]:
    """The form with a count to choose for each line, from none to `most`, beginning at `first`."""
    counts = {
        f"{LINE}{line.id}": count_field(_name(line), first(line), most(line)) for line in lines
    }
    return type(form.__name__, (form,), counts)


def _name(line: OrderLine) -> str:
    return ", ".join(part for part in (localized(line, "name"), localized(line, "label")) if part)


def count_field(name: str, first: int, most: int) -> SelectField:
    """A count from none to `most`, `first` as long as nothing is chosen."""
    return one_of(
        name,
        _l("This count cannot be chosen any more."),
        coerce=int,
        default=first,
        choices=[choice(str(count), str(count)) for count in range(most + 1)],
    )


def counts_of(form: FlaskForm) -> dict[int, int]:
    """How many of which line (by id) were chosen."""
    chosen = (field for field in form if field.name.startswith(LINE))
    return {int(field.name.removeprefix(LINE)): int(field.data or 0) for field in chosen}
