"""What a workshop's parcel costs to send: pure arithmetic over rows that were read before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shop.shipping.models import DeliveryKind, Fragility, Zone

CUBIC_MM_PER_CUBIC_CM = 1000
GRAMS_PER_KG = 1000


@dataclass(frozen=True, slots=True)
class ParcelPiece:
    """One line of a parcel; the sizes are of one packed piece."""

    quantity: int
    weight_g: int
    length_mm: int
    width_mm: int
    height_mm: int
    fragility: Fragility


@dataclass(frozen=True, slots=True)
class CarrierTerms:
    code: str
    name_vi: str
    name_en: str
    max_weight_g: int
    max_side_mm: int
    volumetric_divisor: int
    tracking_url: str | None


@dataclass(frozen=True, slots=True)
class ZoneRate:
    first_weight_g: int
    first_price: int
    step_weight_g: int
    step_price: int
    days_from: int
    days_to: int

    def price_of(self, weight_g: int) -> int:
        """Đồng for a billed weight: the first weight, then each started step above it."""
        above = max(0, weight_g - self.first_weight_g)
        return self.first_price + -(-above // self.step_weight_g) * self.step_price


@dataclass(frozen=True, slots=True)
class Packing:
    price: int
    extra_weight_g: int
    instruction_vi: str
    instruction_en: str


@dataclass(frozen=True, slots=True)
class RateBook:
    carriers: tuple[CarrierTerms, ...]
    rates: Mapping[tuple[str, Zone], ZoneRate]
    packing: Mapping[Fragility, Packing]


COLLECTION = "collection"


@dataclass(frozen=True, slots=True)
class DeliveryOption:
    """A way one workshop's parcel can reach the buyer, and what it costs in đồng."""

    code: str
    kind: DeliveryKind
    carrier_code: str | None
    name_vi: str
    name_en: str
    price: int
    billed_weight_g: int
    days_from: int | None
    days_to: int | None


def real_weight_g(pieces: Sequence[ParcelPiece], packing: Mapping[Fragility, Packing]) -> int:
    """Packed pieces plus what their fragility class adds in padding."""
    return sum(
        piece.quantity
        * (
            piece.weight_g
            + (packing[piece.fragility].extra_weight_g if piece.fragility in packing else 0)
        )
        for piece in pieces
    )


def volumetric_weight_g(pieces: Sequence[ParcelPiece], divisor: int) -> int:
    """Volume in cm³ divided by the carrier's divisor (cm³ per kg), in grams, rounded up."""
    cubic_mm = sum(p.quantity * p.length_mm * p.width_mm * p.height_mm for p in pieces)
    return -(-cubic_mm * GRAMS_PER_KG // (CUBIC_MM_PER_CUBIC_CM * divisor))


def packing_price(pieces: Sequence[ParcelPiece], packing: Mapping[Fragility, Packing]) -> int:
    return sum(p.quantity * packing[p.fragility].price for p in pieces if p.fragility in packing)


def billed_weight_g(pieces: Sequence[ParcelPiece], carrier: CarrierTerms, book: RateBook) -> int:
    """The larger of real and volumetric weight, as carriers bill."""
    return max(
        real_weight_g(pieces, book.packing),
        volumetric_weight_g(pieces, carrier.volumetric_divisor),
    )


def can_carry(pieces: Sequence[ParcelPiece], carrier: CarrierTerms, book: RateBook) -> bool:
    longest = max(max(p.length_mm, p.width_mm, p.height_mm) for p in pieces)
    return (
        longest <= carrier.max_side_mm
        and billed_weight_g(pieces, carrier, book) <= carrier.max_weight_g
    )


def _by_carrier(
    pieces: Sequence[ParcelPiece], carrier: CarrierTerms, zone: Zone, book: RateBook
) -> DeliveryOption | None:
    rate = book.rates.get((carrier.code, zone))
    if rate is None or not can_carry(pieces, carrier, book):
        return None
    weight = billed_weight_g(pieces, carrier, book)
    return DeliveryOption(
        code=f"carrier:{carrier.code}",
        kind=DeliveryKind.CARRIER,
        carrier_code=carrier.code,
        name_vi=carrier.name_vi,
        name_en=carrier.name_en,
        price=rate.price_of(weight) + packing_price(pieces, book.packing),
        billed_weight_g=weight,
        days_from=rate.days_from,
        days_to=rate.days_to,
    )


def delivery_options(
    pieces: Sequence[ParcelPiece], zone: Zone, book: RateBook
) -> list[DeliveryOption]:
    """Every carrier that takes the parcel to the zone, cheapest first; then, within Vietnam or
    when no carrier takes it, collection at the workshop, which is free."""
    offers = [_by_carrier(pieces, carrier, zone, book) for carrier in book.carriers]
    options = sorted((o for o in offers if o), key=lambda option: (option.price, option.code))
    if zone is not Zone.ABROAD or not options:
        options.append(
            DeliveryOption(
                code=COLLECTION,
                kind=DeliveryKind.COLLECTION,
                carrier_code=None,
                name_vi="Nhận tại xưởng",
                name_en="Collect at the workshop",
                price=0,
                billed_weight_g=real_weight_g(pieces, book.packing),
                days_from=None,
                days_to=None,
            )
        )
    return options
