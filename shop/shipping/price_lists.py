"""Carriers, rates and packing rules from a file, for the office that gets new ones once a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from shop.core.tables import BadTable, Table, build, build_part, read_toml, tables
from shop.shipping.actions import (
    CarrierDetails,
    PackingDetails,
    RateDetails,
    put_carrier,
    put_packing_rule,
    put_rate,
)
from shop.shipping.models import Carrier, Fragility, Zone


@dataclass(frozen=True, slots=True)
class PriceListChanges:
    """How many rows were new or changed, and how many carriers the file names."""

    total_carriers: int
    carriers: int
    rates: int
    packing_rules: int


@dataclass(frozen=True, slots=True)
class _RateKey:
    zone: Zone
    valid_from: date


@dataclass(frozen=True, slots=True)
class _RuleKey:
    fragility: Fragility
    valid_from: date


def load_price_list(path: Path) -> PriceListChanges:
    """Bring carriers, rates and packing rules to what the file says; what it leaves out stays.

    The file: `valid_from` and `source` for all rows that name none of their own, [[carrier]] with
    its [[carrier.rate]] by zone, and [[packing]] by fragility. Rows are told apart by carrier,
    zone and first day, so loading twice changes nothing. Raises BadTable or Invalid.
    """
    content = read_toml(path)
    unknown = content.keys() - {"valid_from", "source", "carrier", "packing"}
    if unknown:
        raise BadTable(f"{path.name}: does not know {', '.join(sorted(unknown))}")
    shared: dict[str, Any] = {
        key: content[key] for key in ("valid_from", "source") if key in content
    }
    carriers = rates = 0
    carrier_tables = tables(content, "carrier", path.name)
    for table in carrier_tables:
        carrier, is_changed = _put_carrier(table, path.name)
        carriers += is_changed
        rates += _put_rates(carrier, table, shared, path.name)
    rules = [
        _put_rule({**shared, **table}, path.name) for table in tables(content, "packing", path.name)
    ]
    return PriceListChanges(len(carrier_tables), carriers, rates, sum(rules))


def _put_carrier(table: Table, where: str) -> tuple[Carrier, bool]:
    code = table.get("code")
    if not isinstance(code, str) or not code:
        raise BadTable(f"{where}: a carrier lacks its code")
    rest = {key: value for key, value in table.items() if key not in ("code", "rate")}
    return put_carrier(code, build(CarrierDetails, rest, f"{where}, carrier {code}"))


def _put_rates(carrier: Carrier, table: Table, shared: dict[str, Any], where: str) -> int:
    changed = 0
    for row in tables(table, "rate", where):
        place = f"{where}, carrier {carrier.code}, rate to {row.get('zone')}"
        key, rest = build_part(_RateKey, {**shared, **row}, place)
        changed += put_rate(carrier, key.zone, key.valid_from, build(RateDetails, rest, place))
    return changed


def _put_rule(row: dict[str, Any], where: str) -> bool:
    place = f"{where}, packing of {row.get('fragility')}"
    key, rest = build_part(_RuleKey, row, place)
    return put_packing_rule(key.fragility, key.valid_from, build(PackingDetails, rest, place))
