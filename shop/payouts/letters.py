"""Mails about the account a workshop is paid to: to every owner, so that none is changed unseen."""

from __future__ import annotations

from sqlalchemy import select

from shop.accounts.models import Person
from shop.core.db import db
from shop.core.mail import write_letter
from shop.core.outbox import put_in_outbox
from shop.payments.banks import bank_name
from shop.payouts.models import AccountStatus, WorkshopAccount
from shop.workshops.models import MemberRole, Workshop, WorkshopMember

LETTERS = {
    AccountStatus.HELD: "payout-account-entered",
    AccountStatus.CONFIRMED: "payout-account-confirmed",
    AccountStatus.REFUSED: "payout-account-refused",
}


def tell_owners_of_account(account: WorkshopAccount) -> None:
    """What has become of it, in each owner's language."""
    workshop = db.session.get_one(Workshop, account.workshop_id)
    owners = db.session.scalars(
        select(Person)
        .join(WorkshopMember, WorkshopMember.person_id == Person.id)
        .where(WorkshopMember.workshop_id == workshop.id, WorkshopMember.role == MemberRole.OWNER)
        .order_by(Person.id)
    ).all()
    for owner in owners:
        letter = write_letter(
            LETTERS[account.status],
            owner.email,
            owner.language,
            workshop=workshop,
            account=account,
            bank=bank_name(account.bank_bin),
            owner=owner,
        )
        cause = f"payout-account:{account.public_id}:{account.status.value}:{owner.id}"
        put_in_outbox(letter, cause)
