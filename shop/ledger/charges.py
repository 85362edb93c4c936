"""What one sale is charged, in whole đồng, by rates in hundredths of a percent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shop.core.money import BASIS_POINTS_IN_WHOLE, Money
from shop.ledger.models import TaxedAs


@dataclass(frozen=True, slots=True)
class Rates:
    """The rates of one day for one kind of seller, in basis points; tax is withheld as of goods."""

    commission: int
    commission_vat: int
    fund_share: int
    goods_vat: int
    withheld_vat: int
    withheld_pit: int
    cover_share: int


@dataclass(frozen=True, slots=True)
class Charges:
    """What is charged on goods of `base` đồng.

    `commission` contains `commission_vat`, and `base` contains `goods_vat`, as prices shown to
    people contain their tax. `cover_share` is set aside for breakage out of what of the
    commission is the village's. The workshop gets `for_workshop`, and the postage besides.
    """

    base: int
    commission: int
    commission_vat: int
    fund_share: int
    goods_vat: int
    withheld_vat: int
    withheld_pit: int
    cover_share: int

    @property
    def for_village(self) -> int:
        """What of the commission is neither its VAT nor set aside for breakage."""
        return self.commission - self.commission_vat - self.cover_share

    @property
    def for_workshop(self) -> int:
        taken = self.commission + self.fund_share + self.withheld_vat + self.withheld_pit
        return self.base - taken


@dataclass(frozen=True, slots=True)
class Withheld:
    """What is withheld of the pieces of one kind of supply: rates in basis points, sums in đồng."""

    taxed_as: TaxedAs
    base: int
    vat_rate: int
    pit_rate: int
    vat: int
    pit: int


def withhold(taxed_as: TaxedAs, base: int, *, vat_rate: int, pit_rate: int) -> Withheld:
    """Each tax to the nearest đồng of all pieces of the kind, a half upwards."""
    vat, pit = (Money(base).share(rate).dong for rate in (vat_rate, pit_rate))
    return Withheld(taxed_as, base, vat_rate, pit_rate, vat, pit)


def charge(base: int, rates: Rates, withheld: Sequence[Withheld] | None = None) -> Charges:
    """Charge goods of `base` đồng: each part to the nearest đồng, a half upwards.

    `withheld` says what is withheld of each kind of supply; without it all are goods.

    Every part is taken of the whole order's goods, not line by line, and the workshop's is what
    is left, so that the parts add up to the price exactly.
    """
    goods = Money(base)
    commission = goods.share(rates.commission).dong
    commission_vat = contained(commission, rates.commission_vat)
    if withheld is None:
        vat_rate, pit_rate = rates.withheld_vat, rates.withheld_pit
        withheld = [withhold(TaxedAs.GOODS, base, vat_rate=vat_rate, pit_rate=pit_rate)]
    return Charges(
        base=base,
        commission=commission,
        commission_vat=commission_vat,
        fund_share=goods.share(rates.fund_share).dong,
        goods_vat=contained(base, rates.goods_vat),
        withheld_vat=sum(part.vat for part in withheld),
        withheld_pit=sum(part.pit for part in withheld),
        cover_share=min(goods.share(rates.cover_share).dong, commission - commission_vat),
    )


def contained(amount: int, basis_points: int) -> int:
    """The tax within an amount that includes it: 800 of 10,800 at 8 %. To the nearest đồng."""
    whole = BASIS_POINTS_IN_WHOLE + basis_points
    return (amount * basis_points + whole // 2) // whole
