"""The plan carried out, step after step in the order of time, by the shop's own actions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from shop.accounts.actions import accept_email, register_person
from shop.accounts.models import Person
from shop.accounts.passwords import hash_password
from shop.accounts.queries import person_by_email
from shop.cart.actions import add_piece, start_cart
from shop.cart.queries import Holder
from shop.catalogue.actions.stock import receive_stock
from shop.catalogue.models import Variant
from shop.checkout.actions import (
    cancel_unpaid,
    lapse_payment,
    place_order,
    settle_payment,
)
from shop.checkout.bank import confirm_transfer
from shop.checkout.purchase import Purchase as Placing
from shop.checkout.refunds import pay_back_by_hand, take_refund_answer
from shop.core import clock
from shop.core.db import db
from shop.core.ids import secret_token
from shop.core.settings import Settings
from shop.demonstration.history.buyers import HistoricBuyer
from shop.demonstration.history.courses import Act, Step
from shop.demonstration.history.firings import Batch
from shop.demonstration.history.paydays import Payday, Paydays, paydays
from shop.demonstration.history.planning import Plan
from shop.demonstration.history.purchases import LED_EVERY, Purchase, day_of
from shop.exhibitions.models.rooms import Exhibition
from shop.orders.actions import (
    Buyer,
    confirm_order,
    deliver_order,
    pack_order,
    record_cash,
    ship_order,
)
from shop.orders.models import ActorKind, Order
from shop.payments.actions import (
    await_provider,
    lock_payment,
    note_provider_event,
)
from shop.payments.gateway import RefundAnswer
from shop.payments.models import PaymentMethod, Refund, RefundStatus
from shop.workshops.models import MemberRole, WorkshopMember

FIRING = "firing"
"""What the cause of stock from a firing begins with; a village that has any has its history."""
INVENTED = "demonstration"
CARD_ANSWERS = "checkout.session.completed"


@dataclass(frozen=True, slots=True)
class Hands:
    """Who acts for a workshop."""

    owner: Person
    seller: Person
    packer: Person


@dataclass(slots=True)
class _Standing:
    """A purchase under way: its rows' keys, and the orders somebody has begun to work on."""

    group_id: int
    reference: str
    payment_id: int
    orders: dict[int, Order] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Event:
    """What happens next: a step of a purchase, a batch from a kiln, or the office pays."""

    step: Step
    order: int
    purchase: Purchase | None = None
    batch: tuple[int, Batch] | None = None
    payday: Payday | None = None


class Player:
    """Carries a plan out. Belongs inside one transaction: all of it stands, or nothing."""

    def __init__(self, plan: Plan, settings: Settings, officer: Person) -> None:
        self.plan = plan
        # Cards were taken in these years, whether this site has keys for them now or not.
        self.settings = replace(
            settings,
            stripe_secret_key=settings.stripe_secret_key or INVENTED,
            stripe_webhook_secret=settings.stripe_webhook_secret or INVENTED,
        )
        self.officer = officer
        self.hands = hands_of_workshops()
        owners = {key: hands.owner.id for key, hands in self.hands.items()}
        self.paydays = Paydays(owners, officer.id)
        self.exhibitions = db.session.scalars(select(Exhibition.id).order_by(Exhibition.id)).all()
        self.people: dict[str, Person] = {}
        self.standing: dict[int, _Standing] = {}
        # Nobody signs in as these people, so they may share a hash that no password makes.
        self.nobodys_hash = hash_password(secret_token())
        self.acts: dict[Act, Callable[[Purchase, Step], None]] = {
            Act.PLACE: self._place,
            Act.PAY: self._pay,
            Act.LAPSE: self._lapse,
            Act.CANCEL: self._cancel,
            Act.PAY_BACK: self._pay_back,
            Act.CONFIRM: self._confirm,
            Act.PACK: self._pack,
            Act.SHIP: self._ship,
            Act.DELIVER: self._deliver,
            Act.TAKE_CASH: self._take_cash,
        }

    def play(self) -> None:
        for event in _in_order(self.plan):
            with clock.stopped(event.step.at):
                if event.purchase is not None:
                    self.acts[event.step.act](event.purchase, event.step)
                elif event.batch is not None:
                    self._receive(*event.batch)
                elif event.payday is not None:
                    self.paydays.carry_out(event.payday, event.step.at)

    def _receive(self, variant_id: int, batch: Batch) -> None:
        variant = db.session.get_one(Variant, variant_id)
        cause = f"{FIRING}:{day_of(batch.at)}"
        receive_stock(variant, batch.pieces, cause=cause, at=batch.at)

    def _place(self, purchase: Purchase, step: Step) -> None:
        person = self._account(purchase.buyer, step.at) if purchase.buyer.has_account else None
        cart, _ = start_cart(Holder(person.id if person else None, None), step.at)
        led_by = self._exhibition(purchase)
        for parcel in purchase.parcels:
            for line in parcel.lines:
                public_id = line.article.public_id
                add_piece(cart, public_id, line.quantity, step.at, exhibition_id=led_by)
        db.session.flush()
        placing = Placing(
            cart_id=cart.id,
            buyer=_buyer(purchase, person),
            method=purchase.method,
            deliveries={part.workshop_slug: part.option.code for part in purchase.parcels},
            total_seen=purchase.total,
            gift=purchase.gift,
        )
        group = place_order(placing, self.settings, step.at)
        self.standing[purchase.number] = _Standing(group.id, group.reference, group.payment_id)
        if purchase.method is PaymentMethod.STRIPE:
            self._open_card(purchase, step.at)

    def _exhibition(self, purchase: Purchase) -> int | None:
        if not (purchase.comes_from_an_exhibition and self.exhibitions):
            return None
        return self.exhibitions[purchase.number // LED_EVERY % len(self.exhibitions)]

    def _account(self, buyer: HistoricBuyer, at: datetime) -> Person:
        person = self.people.get(buyer.email) or person_by_email(buyer.email)
        if person is None:
            person = register_person(
                name=buyer.name,
                email=buyer.email,
                phone=buyer.phone,
                language=buyer.language,
                password_hash=self.nobodys_hash,
            )
            accept_email(person, at=at)
        self.people[buyer.email] = person
        return person

    def _open_card(self, purchase: Purchase, at: datetime) -> None:
        payment = lock_payment(self.standing[purchase.number].payment_id)
        await_provider(payment, reference=_card(purchase, "session"), url=None, at=at)

    def _pay(self, purchase: Purchase, step: Step) -> None:
        standing = self.standing[purchase.number]
        if purchase.method is PaymentMethod.STRIPE:
            note_provider_event(
                purchase.method,
                _card(purchase, "event"),
                CARD_ANSWERS,
                payment_id=standing.payment_id,
                outcome="taken",
                at=step.at,
            )
            charge = _card(purchase, "charge")
            settle_payment(
                standing.payment_id, purchase.total, at=step.at, charge=charge, note="card"
            )
            return
        confirm_transfer(
            standing.reference,
            purchase.total,
            bank_entry=f"MH{day_of(step.at):%y%m%d}-{purchase.number:04}",
            received_on=day_of(step.at),
            by_id=self.officer.id,
            at=step.at,
        )

    def _lapse(self, purchase: Purchase, step: Step) -> None:
        lapse_payment(self.standing[purchase.number].payment_id, at=step.at)

    def _cancel(self, purchase: Purchase, step: Step) -> None:
        by = self.people.get(purchase.buyer.email)
        cancel_unpaid(
            self.standing[purchase.number].payment_id,
            by=ActorKind.BUYER,
            by_id=by.id if by else None,
            at=step.at,
        )

    def _pay_back(self, purchase: Purchase, step: Step) -> None:
        payment_id = self.standing[purchase.number].payment_id
        refunds = db.session.scalars(select(Refund).where(Refund.payment_id == payment_id)).all()
        for refund in refunds:
            if purchase.method is PaymentMethod.STRIPE:
                # The latest ones the card's bank sent back, so that the office sees such a case.
                status = RefundStatus.FAILED if purchase.is_recent else RefundStatus.DONE
                reference = _card(purchase, "refund")
                answer = RefundAnswer(reference, status, _card(purchase, "charge"), refund.amount)
                take_refund_answer(refund.public_id, answer, at=step.at)
            else:
                pay_back_by_hand(refund.public_id, by_id=self.officer.id, at=step.at)

    def _order(self, purchase: Purchase, step: Step) -> Order:
        """Read once and kept, for nothing else moves it while the two years are played."""
        standing = self.standing[purchase.number]
        order = standing.orders.get(step.workshop_id)
        if order is None:
            order = _whole_order(standing.group_id, step.workshop_id)
            standing.orders[step.workshop_id] = order
        return order

    def _confirm(self, purchase: Purchase, step: Step) -> None:
        by = self.hands[step.workshop_id].seller
        confirm_order(self._order(purchase, step), by=by, at=step.at)

    def _pack(self, purchase: Purchase, step: Step) -> None:
        by = self.hands[step.workshop_id].packer
        pack_order(self._order(purchase, step), by=by, at=step.at)

    def _ship(self, purchase: Purchase, step: Step) -> None:
        order = self._order(purchase, step)
        ship_order(
            order,
            carrier_code=order.carrier_code,
            carrier_name=order.carrier_name or "",
            tracking_number=f"MH{order.id:09}",
            by=self.hands[step.workshop_id].packer,
            at=step.at,
        )

    def _deliver(self, purchase: Purchase, step: Step) -> None:
        by = self.hands[step.workshop_id].seller
        deliver_order(self._order(purchase, step), by=by, at=step.at)

    def _take_cash(self, purchase: Purchase, step: Step) -> None:
        order = self._order(purchase, step)
        by = self.hands[step.workshop_id].owner
        record_cash(order, order.share.amount, by=by, at=step.at)


def _in_order(plan: Plan) -> list[_Event]:
    """A batch comes before what is bought at the same moment, a purchase's steps as planned."""
    fired = [
        _Event(Step(batch.at, Act.RECEIVE), -1, batch=(variant_id, batch))
        for variant_id, batches in plan.firings.items()
        for batch in batches
    ]
    bought = [
        _Event(step, planned.purchase.number, purchase=planned.purchase)
        for planned in plan.purchases
        for step in planned.steps
    ]
    times = [event.step.at for event in bought]
    paid = [
        _Event(Step(at, Act.PAY_OUT), -1, payday=payday)
        for at, payday in (paydays(min(times), max(times)) if times else [])
    ]
    return sorted([*fired, *bought, *paid], key=lambda event: (event.step.at, event.order))


def hands_of_workshops() -> dict[int, Hands]:
    """Who acts for each workshop that has members; whoever lacks is stood in for by the first."""
    rows = db.session.scalars(
        select(WorkshopMember)
        .options(joinedload(WorkshopMember.person))
        .order_by(WorkshopMember.id)
    )
    by_role: dict[int, dict[MemberRole, Person]] = {}
    for member in rows:
        by_role.setdefault(member.workshop_id, {}).setdefault(member.role, member.person)
    return {key: _hands(people) for key, people in by_role.items()}


def _hands(people: dict[MemberRole, Person]) -> Hands:
    first = people.get(MemberRole.OWNER) or next(iter(people.values()))
    seller = people.get(MemberRole.SELLER, first)
    return Hands(owner=first, seller=seller, packer=people.get(MemberRole.PACKER, first))


def _buyer(purchase: Purchase, person: Person | None) -> Buyer:
    who = purchase.buyer
    return Buyer(
        person_id=person.id if person else None,
        language=who.language,
        name=who.name,
        email=who.email,
        phone=who.phone,
        note=purchase.note,
        address=who.address,
    )


def _whole_order(group_id: int, workshop_id: int) -> Order:
    """With all that the steps need, in two statements; the one player needs no lock."""
    return db.session.scalars(
        select(Order)
        .where(Order.group_id == group_id, Order.workshop_id == workshop_id)
        .options(selectinload(Order.lines), joinedload(Order.share), joinedload(Order.shipment))
    ).one()


def _card(purchase: Purchase, what: str) -> str:
    """What a card provider would call it; visibly nobody's."""
    return f"{INVENTED}_{what}_{purchase.number:05}"
