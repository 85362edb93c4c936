"""The people who buy: invented, at home and abroad, some of them again and again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from shop.accounts.addresses import VIETNAM, Address
from shop.accounts.places import DATASET_VERSION, Province, province, provinces, wards_of
from shop.core.vietnamese import fold
from shop.demonstration.history.facts import Abroad, Facts

FROM_ABROAD = 0.13
WITH_ACCOUNT = 0.35
COMES_AGAIN = 0.3
WRITES_A_NOTE = 0.12
# Below are those of the workshops.
FIRST_NUMBER = 200
NUMBERS = 800


@dataclass(frozen=True, slots=True)
class HistoricBuyer:
    """`number` tells buyers of one name apart; `phone` in E.164, of numbers given to nobody."""

    number: int
    name: str
    email: str
    phone: str
    language: str
    address: Address
    has_account: bool

    @property
    def is_abroad(self) -> bool:
        return not self.address.is_in_vietnam


class Buyers:
    """New ones as they come, and those who have bought before."""

    def __init__(self, facts: Facts, rng: Random) -> None:
        self.facts = facts
        self.rng = rng
        self.known: list[HistoricBuyer] = []

    def next(self) -> HistoricBuyer:
        if self.known and self.rng.random() < COMES_AGAIN:
            return self.rng.choice(self.known)
        buyer = self._new()
        self.known.append(buyer)
        return buyer

    def named(self, name: str, email: str, language: str) -> HistoricBuyer:
        """Somebody whose account the village's files describe already."""
        return replace(self._at_home(), name=name, email=email, language=language, has_account=True)

    def note(self, language: str) -> str:
        notes = self.facts.notes.get(language)
        return self.rng.choice(notes) if notes and self.rng.random() < WRITES_A_NOTE else ""

    def _new(self) -> HistoricBuyer:
        is_abroad = bool(self.facts.abroad) and self.rng.random() < FROM_ABROAD
        return self._abroad(self.rng.choice(self.facts.abroad)) if is_abroad else self._at_home()

    def _at_home(self) -> HistoricBuyer:
        name = f"{self.rng.choice(self.facts.surnames)} {self.rng.choice(self.facts.given)}"
        return self._person(name, "vi", self._address_at_home(), "example.vn")

    def _address_at_home(self) -> Address:
        home = self._province()
        ward = self.rng.choice(wards_of(home.code))
        return Address(
            country=VIETNAM,
            street=f"Số 00 {self.rng.choice(self.facts.streets)}",
            province_code=home.code,
            province_name=home.name,
            ward_code=ward.code,
            ward_name=ward.name,
            places_version=DATASET_VERSION,
        )

    def _province(self) -> Province:
        weights = [share.weight for share in self.facts.provinces]
        everywhere = max(0, 100 - sum(weights))
        codes: list[str | None] = [share.code for share in self.facts.provinces]
        [code] = self.rng.choices([*codes, None], [*weights, everywhere])
        found = province(code) if code else None
        return found or self.rng.choice(provinces())

    def _abroad(self, row: Abroad) -> HistoricBuyer:
        address = Address(
            country=row.country,
            street=row.street,
            city=row.city,
            region=row.region or None,
            postcode=row.postcode,
        )
        return self._person(self.rng.choice(row.names), row.language, address, "example.com")

    def _person(self, name: str, language: str, address: Address, domain: str) -> HistoricBuyer:
        number = len(self.known) + 1
        first, *rest = fold(name).split()
        local = ".".join((*rest[-1:], first, str(number)))
        return HistoricBuyer(
            number=number,
            name=name,
            email=f"{local}@{domain}",
            phone=f"+84900000{FIRST_NUMBER + number % NUMBERS:03}",
            language=language,
            address=address,
            has_account=self.rng.random() < WITH_ACCOUNT,
        )
