"""The steps of a request at a desk, the same for workshop and office: what is asked and done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from flask_wtf import FlaskForm

from shop.accounts.fields import DongField, Filled
from shop.accounts.fields import label as _l
from shop.checkout.desk_forms import note_field
from shop.checkout.settling import (
    Fate,
    accept_request,
    receive_request,
    settle_request,
    worth_of,
)
from shop.core.i18n import localized
from shop.orders.models import Actor, ActorKind, Order, OrderLine
from shop.returns.actions import escalate_request, refuse_request
from shop.returns.counts import count_field
from shop.returns.forms import AcceptForm, ReasonForm
from shop.returns.models import ReturnLine, ReturnRequest, ReturnStatus


class ReturnStep(StrEnum):
    """As in the address it is posted to."""

    ACCEPTANCE = "acceptance"
    REFUSAL = "refusal"
    HANDOVER = "handover"
    RECEIPT = "receipt"
    SETTLEMENT = "settlement"


class SettleForm(FlaskForm):  # type: ignore[misc]
    amount = DongField(_l("Amount"), [Filled(_l("Type the sum to give back."))])
    note = note_field(_l("A word to the buyer"))


class ReceiptForm(FlaskForm):  # type: ignore[misc]
    """With three counts for each line that was asked back."""


FATES = ("shelved", "seconds", "written_off")


def receipt_form(request: ReturnRequest, order: Order) -> FlaskForm:
    lines = {line.id: line for line in order.lines}
    fields = {}
    for part in request.lines:
        line = lines[part.order_line_id]
        for fate in FATES if line.holds_stock else FATES[1:]:
            first = part.quantity if fate == _first_fate(request, line) else 0
            fields[f"{fate}_{part.id}"] = count_field(_fate_words(line, fate), first, part.quantity)
    form: FlaskForm = type("ReceiptForm", (ReceiptForm,), fields)()
    return form


def _first_fate(request: ReturnRequest, line: OrderLine) -> str:
    if request.reason.value == "broken":
        return "written_off"
    return "shelved" if line.holds_stock else "seconds"


FATE_WORDS = {
    "shelved": _l("good, on the shelf again"),
    "seconds": _l("to be sold as seconds"),
    "written_off": _l("broken or lost"),
}


def _fate_words(line: OrderLine, fate: str) -> str:
    return f"{localized(line, 'name')}: {FATE_WORDS[fate]}"


def fates_of(form: FlaskForm, parts: Sequence[ReturnLine]) -> dict[int, Fate]:
    def count(name: str, part: ReturnLine) -> int:
        field = f"{name}_{part.id}"
        return int(form[field].data or 0) if field in form else 0

    return {part.id: Fate(*(count(name, part) for name in FATES)) for part in parts}


def _settle_form(request: ReturnRequest, order: Order) -> FlaskForm:
    return SettleForm(data={"amount": worth_of(request, order)})


def _accept(
    request: ReturnRequest, order: Order, form: AcceptForm, actor: Actor, at: datetime
) -> None:
    accept_request(
        request,
        order,
        goes_back=form.goes_back.data == "yes",
        note=str(form.note.data or ""),
        actor=actor,
        at=at,
    )


def _refuse(
    request: ReturnRequest, _order: Order, form: ReasonForm, actor: Actor, at: datetime
) -> None:
    refuse_request(request, reason=str(form.reason.data), actor=actor, at=at)


def _hand_over(
    request: ReturnRequest, _order: Order, form: ReasonForm, actor: Actor, at: datetime
) -> None:
    escalate_request(request, note=str(form.reason.data), actor=actor, at=at)


def _receive(
    request: ReturnRequest, order: Order, form: FlaskForm, actor: Actor, at: datetime
) -> None:
    receive_request(request, order, fates_of(form, request.lines), actor=actor, at=at)


def _settle(
    request: ReturnRequest, order: Order, form: SettleForm, actor: Actor, at: datetime
) -> None:
    note = str(form.note.data or "")
    settle_request(request, order, form.amount.data, note=note, actor=actor, at=at)


@dataclass(frozen=True, slots=True)
class Doing:
    may: Callable[[ReturnRequest, ActorKind], bool]
    form: Callable[[ReturnRequest, Order], FlaskForm]
    carry_out: Callable[[ReturnRequest, Order, Any, Actor, datetime], None]


def _may_answer(request: ReturnRequest, by: ActorKind) -> bool:
    decided_by = ReturnStatus.ESCALATED if by is ActorKind.OFFICE else ReturnStatus.ASKED
    return request.status in (decided_by, ReturnStatus.ASKED)


def _may_hand_over(request: ReturnRequest, by: ActorKind) -> bool:
    return request.status is ReturnStatus.ASKED and by is ActorKind.WORKSHOP


def _may_receive(request: ReturnRequest, _by: ActorKind) -> bool:
    return request.status is ReturnStatus.ACCEPTED and bool(request.goes_back)


STEPS = {
    ReturnStep.ACCEPTANCE: Doing(_may_answer, lambda _request, _order: AcceptForm(), _accept),
    ReturnStep.REFUSAL: Doing(_may_answer, lambda _request, _order: ReasonForm(), _refuse),
    ReturnStep.HANDOVER: Doing(_may_hand_over, lambda _request, _order: ReasonForm(), _hand_over),
    ReturnStep.RECEIPT: Doing(_may_receive, receipt_form, _receive),
    ReturnStep.SETTLEMENT: Doing(
        lambda request, _by: request.status is ReturnStatus.RECEIVED, _settle_form, _settle
    ),
}


def forms_of(request: ReturnRequest, order: Order, by: ActorKind) -> dict[ReturnStep, FlaskForm]:
    """The forms of every step that can be taken now, fresh."""
    return {
        step: doing.form(request, order) for step, doing in STEPS.items() if doing.may(request, by)
    }
