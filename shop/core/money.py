"""Money: whole đồng, and nothing else.

The đồng has no minor unit in use (ISO 4217 gives VND the exponent 0), so an amount is an integer.
A float or a bool in place of an amount is a mistake in the program and raises TypeError.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from babel.numbers import format_currency

from shop.core.vietnamese import nfc

BASIS_POINTS_IN_WHOLE = 10_000
_LONGEST_AMOUNT = 15

_CURRENCY = r"(?:₫|đồng|đ|dong|d|vnđ|vnd)"
_AMOUNT = re.compile(
    rf"(?:{_CURRENCY}\s*)?(?P<number>[0-9][0-9.,\s]*?)(?:\s*{_CURRENCY})?", re.IGNORECASE
)
_PLAIN_NUMBER = re.compile(r"0|[1-9][0-9]*")
_GROUPED_NUMBER = re.compile(
    r"[1-9][0-9]{0,2}(?P<separator>[.,\s])[0-9]{3}(?:(?P=separator)[0-9]{3})*"
)


def _require_int(value: object, what: str) -> None:
    if type(value) is not int:
        raise TypeError(f"{what} is a whole number, not {value!r}")


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount of whole đồng; may be negative (a refund, a correction)."""

    dong: int

    def __post_init__(self) -> None:
        _require_int(self.dong, "an amount")

    def __add__(self, other: "Money") -> "Money":
        if not isinstance(other, Money):
            return NotImplemented
        return Money(self.dong + other.dong)

    def __radd__(self, other: int) -> "Money":
        """Let `sum()` start from its own zero; any other number is refused."""
        if type(other) is not int or other != 0:
            return NotImplemented
        return self

    def __sub__(self, other: "Money") -> "Money":
        if not isinstance(other, Money):
            return NotImplemented
        return Money(self.dong - other.dong)

    def __neg__(self) -> "Money":
        return Money(-self.dong)

    def __abs__(self) -> "Money":
        return Money(abs(self.dong))

    def __mul__(self, count: int) -> "Money":
        if type(count) is not int:
            return NotImplemented
        return Money(self.dong * count)

    __rmul__ = __mul__

    def __bool__(self) -> bool:
        return self.dong != 0

    def split(self, weights: Sequence[int]) -> list["Money"]:
        """Divide in proportion to whole-number weights; the parts add up to the amount exactly.

        Largest remainder: every part is rounded down, and the đồng left over go one each to the
        parts that lost most, earlier parts first when equal. A negative amount is divided as its
        opposite, so that a refund takes back precisely what was given. Raises ValueError unless
        the weights are none negative and at least one positive.
        """
        for weight in weights:
            _require_int(weight, "a weight")
        total = sum(weights)
        if total <= 0 or min(weights) < 0:
            raise ValueError("weights must not be negative, and at least one must be positive")
        if self.dong < 0:
            return [-part for part in (-self).split(weights)]
        parts = [self.dong * weight // total for weight in weights]
        losses = [self.dong * weight % total for weight in weights]
        by_loss = sorted(range(len(weights)), key=lambda place: -losses[place])
        for place in by_loss[: self.dong - sum(parts)]:
            parts[place] += 1
        return [Money(part) for part in parts]

    def share(self, basis_points: int) -> "Money":
        """Return the given hundredths of a percent of the amount (150 = 1.5 %).

        Rounded to the nearest đồng, a half away from zero, so that the share of a refund is the
        exact opposite of the share of the sale. Raises ValueError for negative basis points.
        """
        _require_int(basis_points, "basis points")
        if basis_points < 0:
            raise ValueError("basis points must not be negative")
        half = BASIS_POINTS_IN_WHOLE // 2
        size = (abs(self.dong) * basis_points + half) // BASIS_POINTS_IN_WHOLE
        return Money(size if self.dong >= 0 else -size)


ZERO = Money(0)


def parse_dong(text: str) -> Money:
    """Read an amount as people write it: `1.250.000đ`, `1,250,000`, `1250000`, `₫1 250 000`.

    One kind of separator, always before three digits: `1.250` is 1250, since there is nothing
    smaller than a đồng. Raises ValueError for what could be read two ways or not at all: `1.25`,
    `1.250,5`, `1.250,000`, `0.500`, `012`, a minus sign, or more than 15 digits.
    """
    match = _AMOUNT.fullmatch(nfc(text).strip())
    number = match["number"] if match else ""
    if not (_PLAIN_NUMBER.fullmatch(number) or _GROUPED_NUMBER.fullmatch(number)):
        raise ValueError(f"not an amount in đồng: {text!r}")
    digits = re.sub(r"[^0-9]", "", number)
    if len(digits) > _LONGEST_AMOUNT:
        raise ValueError(f"an amount has at most {_LONGEST_AMOUNT} digits")
    return Money(int(digits))


def format_money(amount: Money, lang: str) -> str:
    """Write an amount for readers of `lang`: `1.250.000 ₫` (no-break space) or `₫1,250,000`."""
    return format_currency(amount.dong, "VND", locale=lang)
