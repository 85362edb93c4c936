"""The bank: statements sent in and imported, lines to be looked at, and how balances compare."""

from __future__ import annotations

import hashlib

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from shop.accounts.fields import typed
from shop.checkout.bank import (
    assign_line,
    disown_line,
    import_statement,
    match_line,
    plan_import,
    return_part,
    send_line_back,
    take_cash_banked,
)
from shop.checkout.line_letters import tell_of_line
from shop.checkout.line_states import bank_balance
from shop.core import clock
from shop.core.access import Audience, audience
from shop.core.db import db
from shop.core.errors import Conflict, Invalid, Message, Missing
from shop.core.transaction import transaction
from shop.ledger.models import Account
from shop.ledger.queries.books import balance
from shop.office.bank_example import example_csv
from shop.office.bank_queries import (
    booked_movements,
    candidates_for,
    line_by_public_id,
    lines_to_look_at,
    part_to_return,
    parts_of,
    parts_to_return,
    statement_by_public_id,
    statements,
)
from shop.office.bank_words import KIND_WORDS, OUTCOME_WORDS, REASON_WORDS, RULING_WORDS, WHY_WORDS
from shop.office.forms.bank import AssignForm, ColumnsForm, StatementForm
from shop.office.views.base import blueprint, officer
from shop.office.views.paying_back import pay_back_qr
from shop.orders import letters
from shop.orders.forms import BankDetailsForm
from shop.payments.bank_details import give_bank_details
from shop.payments.banks import bank_name
from shop.payments.models import BankLine, BankStatement, PartStatus, StatementColumns, TransferPart
from shop.payments.references import normalise_reference
from shop.payments.statement_files import LARGEST_FILE, UnreadableStatement, decode, table
from shop.payments.statement_reading import (
    Columns,
    Reading,
    columns_from,
    guessed_columns,
    head_of,
    read_movements,
    shape_of,
)


def _bank(form: StatementForm | None = None, notice: Message | None = None) -> str:
    return render_template(
        "office/bank.html",
        form=form or StatementForm(formdata=None),
        balance=bank_balance(),
        lines=lines_to_look_at(),
        parts=parts_to_return(),
        statements=statements(),
        why_words=WHY_WORDS,
        reason_words=REASON_WORDS,
        notice=notice,
    )


@blueprint.get("/bank")
@audience(Audience.OFFICER)
def bank() -> str:
    return _bank()


@blueprint.get("/bank/example.csv")
@audience(Audience.OFFICER)
def example_statement() -> ResponseReturnValue:
    """A statement to try with: orders that wait now, paid exactly, in part, and by a stranger."""
    answer = make_response(example_csv(clock.now()))
    answer.headers["Content-Type"] = "text/csv; charset=utf-8"
    return answer


@blueprint.post("/bank/statements")
@audience(Audience.OFFICER)
def send_statement() -> ResponseReturnValue:
    """Keep the file as a draft: what it does is shown first, and nothing is imported yet."""
    form = StatementForm()
    if not form.validate_on_submit():
        return _bank(form), 422
    raw = form.file.data.stream.read(LARGEST_FILE + 1)
    try:
        text = decode(raw)
        rows = table(text)
        head = rows[head_of(rows)]
    except UnreadableStatement as error:
        form.file.errors = [str(error.message)]
        return _bank(form), 422
    public_id = _draft(hashlib.sha256(raw).hexdigest(), form.file.data.filename, text, head)
    return redirect(url_for("office.statement", public_id=public_id), 303)


def _draft(digest: str, name: str, text: str, head: list[str]) -> str:
    """The same file sent again is the same statement."""
    shape, by_id = shape_of(head), officer().id
    with transaction():
        found = db.session.scalar(select(BankStatement).where(BankStatement.digest == digest))
        if found is None:
            known = db.session.scalar(
                select(StatementColumns.columns).where(StatementColumns.shape == shape)
            )
            found = BankStatement(
                file_name=name[:300],
                digest=digest,
                shape=shape,
                columns=known or "",
                content=text,
                uploaded_by_id=by_id,
            )
            db.session.add(found)
            db.session.flush()
        return found.public_id


def _places(statement: BankStatement, rows: list[list[str]]) -> dict[str, int]:
    """Where each column is: as it was remembered or chosen, else as its name says."""
    if statement.columns:
        return Columns.read(statement.columns).places
    return guessed_columns(rows[head_of(rows)])


def _columns_form(statement: BankStatement, rows: list[list[str]]) -> ColumnsForm:
    return ColumnsForm(rows[head_of(rows)], _places(statement, rows))


def _statement(
    statement: BankStatement, *, form: ColumnsForm | None = None, notice: Message | None = None
) -> str:
    if statement.content is None:
        return render_template("office/statement_done.html", statement=statement)
    rows = table(statement.content)
    form = form or _columns_form(statement, rows)
    reading: Reading | None = None
    columns = columns_from(_places(statement, rows))
    try:
        reading = read_movements(rows, columns) if columns else None
    except UnreadableStatement as error:
        notice = notice or error.message
    return render_template(
        "office/statement.html",
        statement=statement,
        form=form,
        sample=rows[head_of(rows) : head_of(rows) + 4],
        reading=reading,
        plan=plan_import(reading.movements) if reading else [],
        ruling_words=RULING_WORDS,
        why_words=WHY_WORDS,
        notice=notice,
    )


@blueprint.get("/bank/statements/<public_id>")
@audience(Audience.OFFICER)
def statement(public_id: str) -> str:
    return _statement(statement_by_public_id(public_id))


@blueprint.post("/bank/statements/<public_id>/columns")
@audience(Audience.OFFICER)
def choose_columns(public_id: str) -> ResponseReturnValue:
    """Remembered for the next file with the same head."""
    found = statement_by_public_id(public_id)
    if found.content is None:
        raise Missing
    form = _columns_form(found, table(found.content))
    columns = form.columns if form.validate_on_submit() else None
    if columns is None:
        notice = gettext("Choose the columns of the day, of the text, and of the money.")
        return _statement(found, form=form, notice=notice), 422
    by_id, key, shape = officer().id, found.id, found.shape
    with transaction():
        db.session.get_one(BankStatement, key).columns = columns.written()
        known = db.session.scalar(select(StatementColumns).where(StatementColumns.shape == shape))
        known = known or StatementColumns(shape=shape)
        known.columns, known.changed_at = columns.written(), clock.now()
        known.changed_by_id = by_id
        db.session.add(known)
    return redirect(url_for("office.statement", public_id=public_id), 303)


@blueprint.post("/bank/statements/<public_id>/import")
@audience(Audience.OFFICER)
def take_statement(public_id: str) -> ResponseReturnValue:
    found = statement_by_public_id(public_id)
    if found.content is None:
        return _statement(found), 409
    rows = table(found.content)
    columns = columns_from(_places(found, rows))
    if columns is None:
        return _statement(found), 422
    by_id = officer().id
    try:
        reading = read_movements(rows, columns)
        with transaction():
            outcomes = import_statement(found, reading, by_id=by_id, at=clock.now())
            for outcome in outcomes:
                tell_of_line(outcome)
    except UnreadableStatement as error:
        return _statement(statement_by_public_id(public_id), notice=error.message), 422
    except (Conflict, IntegrityError) as error:
        notice = getattr(error, "message", None) or gettext("This changed in the meantime.")
        return _statement(statement_by_public_id(public_id), notice=notice), 409
    flash(ngettext("%(num)d new line.", "%(num)d new lines.", len(outcomes)))
    return redirect(url_for("office.bank"), 303)


@blueprint.post("/bank/statements/<public_id>/withdrawal")
@audience(Audience.OFFICER)
def drop_statement(public_id: str) -> ResponseReturnValue:
    """A draft that is not wanted; what was imported stays."""
    with transaction():
        found = statement_by_public_id(public_id)
        if found.imported_at is not None:
            raise Conflict(gettext("This statement has been imported already."))
        db.session.delete(found)
    flash(gettext("The file is gone. Nothing was imported."))
    return redirect(url_for("office.bank"), 303)


def _line(line: BankLine, *, form: AssignForm | None = None, notice: Message | None = None) -> str:
    waits = line.outcome.value == "waiting"
    return render_template(
        "office/bank_line.html",
        line=line,
        parts=parts_of(line),
        waits=waits,
        candidates=candidates_for(line) if waits and line.amount > 0 else [],
        movements=booked_movements(line) if waits else [],
        cash=balance(Account.CASH_AT_OFFICE) if waits and line.amount > 0 else 0,
        form=form or AssignForm(formdata=None),
        why_words=WHY_WORDS,
        kind_words=KIND_WORDS,
        outcome_words=OUTCOME_WORDS,
        notice=notice,
    )


@blueprint.get("/bank/lines/<public_id>")
@audience(Audience.OFFICER)
def bank_line(public_id: str) -> str:
    return _line(line_by_public_id(public_id))


@blueprint.post("/bank/lines/<public_id>/payment")
@audience(Audience.OFFICER)
def assign(public_id: str) -> ResponseReturnValue:
    """An officer says which open payment the money is for."""
    line, form = line_by_public_id(public_id), AssignForm()
    if not form.validate_on_submit():
        return _line(line, form=form), 422
    reference = normalise_reference(typed(form.reference)) or ""
    by_id = officer().id
    try:
        with transaction():
            outcome = assign_line(public_id, reference, by_id=by_id, at=clock.now())
            tell_of_line(outcome)
    except Invalid as error:
        form.reference.errors = [str(error.fields["reference"])]
        return _line(line_by_public_id(public_id), form=form), 422
    except Conflict as error:
        return _line(line_by_public_id(public_id), notice=error.message), 409
    flash(gettext("Written down. The buyer has been told."))
    return redirect(url_for("office.bank"), 303)


VERBS = {"return": send_line_back, "foreign": disown_line, "cash": take_cash_banked}


@blueprint.post("/bank/lines/<public_id>/decision")
@audience(Audience.OFFICER)
def decide(public_id: str) -> ResponseReturnValue:
    """Send it back, not the shop's, the office's cash, or a movement that is booked already."""
    line = line_by_public_id(public_id)
    verb, movement = request.form.get("verb", ""), request.form.get("movement", "")
    known = {each.key for each in booked_movements(line)}
    if verb not in VERBS and movement not in known:
        return _line(line, notice=gettext("Choose what this line is.")), 422
    if line.amount < 0 and verb in ("return", "cash"):
        raise Missing
    by_id = officer().id
    try:
        with transaction():
            if verb in VERBS:
                VERBS[verb](public_id, by_id=by_id, at=clock.now())
            else:
                match_line(public_id, movement, by_id=by_id, at=clock.now())
    except Conflict as error:
        return _line(line_by_public_id(public_id), notice=error.message), 409
    flash(gettext("Written down."))
    return redirect(url_for("office.bank"), 303)


def _part(
    public_id: str, *, form: BankDetailsForm | None = None, notice: Message | None = None
) -> str:
    part = part_to_return(public_id)
    reference = part.group.reference if part.group else ""
    return render_template(
        "office/bank_part.html",
        part=part,
        group=part.group,
        qr=pay_back_qr(part.details, part.amount, reference) if part.group else None,
        is_open=part.status is PartStatus.OWED,
        bank_name=bank_name,
        reason_words=REASON_WORDS,
        form=form or BankDetailsForm(formdata=None),
        is_form_open=form is not None,
        notice=notice,
    )


@blueprint.get("/bank/returns/<public_id>")
@audience(Audience.OFFICER)
def returning(public_id: str) -> str:
    return _part(public_id)


@blueprint.post("/bank/returns/<public_id>/bank-details")
@audience(Audience.OFFICER)
def write_details_of_part(public_id: str) -> ResponseReturnValue:
    part, form = part_to_return(public_id), BankDetailsForm()
    if part.group is None:
        raise Missing
    if not form.validate_on_submit():
        return _part(public_id, form=form), 422
    group_id, payment_id, by_id = part.group.id, part.group.payment_id, officer().id
    with transaction():
        if give_bank_details(payment_id, form.given, by_id=by_id, at=clock.now()):
            letters.tell_bank_details_given(group_id)
    flash(gettext("The account is kept, and the buyer has been told."))
    return redirect(url_for("office.returning", public_id=public_id), 303)


@blueprint.post("/bank/returns/<public_id>/settlement")
@audience(Audience.OFFICER)
def settle_part(public_id: str) -> ResponseReturnValue:
    by_id = officer().id
    try:
        with transaction():
            _tell_returned(return_part(public_id, by_id=by_id, at=clock.now()))
    except Conflict as error:
        return _part(public_id, notice=error.message), 409
    flash(gettext("Written down as paid back."))
    return redirect(url_for("office.bank"), 303)


def _tell_returned(part: TransferPart) -> None:
    if part.payment_id is not None:
        letters.tell_transfer_returned(part.payment_id, part.public_id, part.amount)
