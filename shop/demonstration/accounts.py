"""The accounts the sign-in page offers, in demonstration mode only."""

from __future__ import annotations

from functools import cache
from typing import TypedDict

from shop.demonstration.village import DEMO, Account, AccountRole, read_accounts, read_workshops


class DemoAccount(TypedDict):
    name: str
    email: str
    password: str
    role: str
    role_vi: str
    role_en: str


ROLES = {
    AccountRole.BUYER: ("Người mua", "Buyer"),
    AccountRole.ARTISAN: ("Thợ gốm, {workshop_vi}", "Artisan, {workshop_en}"),
    AccountRole.OFFICER: ("Cán bộ văn phòng làng", "Village officer"),
}


@cache
def demonstration_accounts() -> list[DemoAccount]:
    """Read from demo/village once; the loader gives them the passwords said here."""
    village = DEMO / "village"
    workshops = {table["slug"]: table for table in read_workshops(village / "workshops")}
    return [
        _shown(account, workshops.get(account.workshop, {}))
        for account in read_accounts(village / "people.toml")
    ]


def _shown(account: Account, workshop: dict[str, str]) -> DemoAccount:
    role_vi, role_en = (
        text.format(workshop_vi=workshop.get("name_vi"), workshop_en=workshop.get("name_en"))
        for text in ROLES[account.role]
    )
    return DemoAccount(
        name=account.name,
        email=account.email,
        password=account.password,
        role=account.role.value,
        role_vi=role_vi,
        role_en=role_en,
    )
