"""Payouts to workshops: prepared, given to the bank, paid or failed; and their accounts."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from markupsafe import Markup
from sqlalchemy.exc import IntegrityError

from shop.accounts.fields import typed
from shop.core import clock
from shop.core.access import Audience, audience
from shop.core.clock import today_in_hanoi
from shop.core.errors import Conflict, Invalid, Message
from shop.core.i18n import money
from shop.core.paging import page_number
from shop.core.transaction import transaction
from shop.ledger.actions.terms import put_future_term
from shop.ledger.queries.terms import TermBook, TermMissing, term_book, terms_set
from shop.office.forms.payouts import PrepareForm, ReasonForm, TermForm
from shop.office.views.base import blueprint, officer
from shop.office.words import PAYOUT_WORDS, TERM_WORDS
from shop.payments import vietqr
from shop.payments.banks import bank_name
from shop.payouts.actions.accounts import confirm_account, refuse_account
from shop.payouts.actions.claiming import Part, parts_of, prepare_payouts
from shop.payouts.actions.moving import fail_payout, move_run, pay_payout, send_payout
from shop.payouts.batch import keep_batch_file, transfer_code
from shop.payouts.letters import tell_owners_of_account
from shop.payouts.models import Payout, PayoutStatus
from shop.payouts.queries.due import unclaimed
from shop.payouts.queries.lines import lines_of_payout
from shop.payouts.queries.money import payout_of
from shop.payouts.queries.runs import (
    LateCash,
    accounts_to_confirm,
    batch_file_of,
    late_cash,
    run_id_of_payout,
    run_rows,
    whole_run,
    workshops_named,
)
from shop.payouts.statements import statement_csv, statement_pdf


def _parts(terms: TermBook) -> list[Part]:
    """What would be paid today; nothing until the terms are set."""
    try:
        return parts_of(unclaimed(), today_in_hanoi(), terms)
    except TermMissing:
        return []


def _late_cash(terms: TermBook) -> list[LateCash]:
    try:
        return late_cash(clock.now(), terms)
    except TermMissing:
        return []


def _payouts(
    *,
    prepare: PrepareForm | None = None,
    term: TermForm | None = None,
    reason: ReasonForm | None = None,
    about: str | None = None,
    notice: Message | None = None,
) -> str:
    terms = term_book()
    parts = _parts(terms)
    page = page_number(request.args.get("page"))
    runs, has_more = run_rows(page)
    waiting = accounts_to_confirm()
    reasons = {
        row.account.public_id: ReasonForm(row.account.public_id, formdata=None) for row in waiting
    }
    if reason is not None and about in reasons:
        reasons[about] = reason
    return render_template(
        "office/payouts.html",
        parts=parts,
        workshops=workshops_named([part.workshop_id for part in parts]),
        prepare=prepare or PrepareForm(formdata=None),
        runs=runs,
        page=page,
        has_more=has_more,
        waiting=waiting,
        reasons=reasons,
        late=_late_cash(terms),
        terms=terms_set(),
        has_terms=bool(terms.rows),
        term_form=term or TermForm(formdata=None),
        term_words=TERM_WORDS,
        payout_words=PAYOUT_WORDS,
        bank_name=bank_name,
        today=today_in_hanoi(),
        notice=notice,
    )


@blueprint.get("/payouts")
@audience(Audience.OFFICER)
def payouts() -> str:
    return _payouts()


@blueprint.post("/payouts")
@audience(Audience.OFFICER)
def prepare_payout() -> ResponseReturnValue:
    form = PrepareForm()
    if not form.validate_on_submit():
        return _payouts(prepare=form), 422
    try:
        with transaction():
            run = prepare_payouts(
                form.day, key=typed(form.key), by_id=officer().id, at=clock.now()
            ).public_id
    except Invalid as error:
        form.up_to.errors = [str(error.fields["up_to"])]
        return _payouts(prepare=form), 422
    except (Conflict, TermMissing) as error:
        return _payouts(prepare=form, notice=error.message), error.status
    return redirect(url_for("office.payout_run", run_id=run), 303)


@blueprint.post("/payouts/terms")
@audience(Audience.OFFICER)
def add_term() -> ResponseReturnValue:
    form = TermForm()
    if not form.validate_on_submit():
        return _payouts(term=form), 422
    try:
        with transaction():
            put_future_term(form.details, by_id=officer().id, at=clock.now())
    except Invalid as error:
        for name, message in error.fields.items():
            form[name].errors = [str(message)]
        return _payouts(term=form), 422
    except IntegrityError:
        form.valid_from.errors = [gettext("Another term begins on this day. Choose another day.")]
        return _payouts(term=form), 422
    flash(gettext("The term is set."))
    return redirect(url_for("office.payouts"), 303)


@blueprint.post("/payouts/accounts/<account_id>/confirmation")
@audience(Audience.OFFICER)
def confirm_payout_account(account_id: str) -> ResponseReturnValue:
    try:
        with transaction():
            account = confirm_account(account_id, by_id=officer().id, at=clock.now())
            tell_owners_of_account(account)
    except Conflict as error:
        return _payouts(notice=error.message), error.status
    flash(gettext("The account is in use from now on."))
    return redirect(url_for("office.payouts"), 303)


@blueprint.post("/payouts/accounts/<account_id>/refusal")
@audience(Audience.OFFICER)
def refuse_payout_account(account_id: str) -> ResponseReturnValue:
    form = ReasonForm(account_id)
    if not form.validate_on_submit():
        return _payouts(reason=form, about=account_id), 422
    try:
        with transaction():
            account = refuse_account(
                account_id, by_id=officer().id, at=clock.now(), note=typed(form.note)
            )
            tell_owners_of_account(account)
    except Invalid as error:
        form.note.errors = [str(error.fields["note"])]
        return _payouts(reason=form, about=account_id), 422
    except Conflict as error:
        return _payouts(notice=error.message), error.status
    flash(gettext("The account is refused, and its owner is told."))
    return redirect(url_for("office.payouts"), 303)


def _run(
    run_id: str,
    *,
    reason: ReasonForm | None = None,
    about: str | None = None,
    notice: Message | None = None,
) -> str:
    found = whole_run(run_id)
    reasons = {
        payout.public_id: ReasonForm(payout.public_id, formdata=None) for payout in found.payouts
    }
    if reason is not None and about in reasons:
        reasons[about] = reason
    return render_template(
        "office/payout_run.html",
        found=found,
        reasons=reasons,
        open_payout=about,
        code=_code,
        payout_words=PAYOUT_WORDS,
        bank_name=bank_name,
        notice=notice,
    )


def _code(payout: Payout) -> Markup:
    words = gettext(
        "VietQR code: %(sum)s to %(workshop)s",
        sum=money(payout.amount),
        workshop=payout.workshop.name_vi,
    )
    return Markup(vietqr.svg(transfer_code(payout), words))  # noqa: S704


@blueprint.get("/payouts/runs/<run_id>")
@audience(Audience.OFFICER)
def payout_run(run_id: str) -> str:
    return _run(run_id)


@blueprint.post("/payouts/runs/<run_id>/files")
@audience(Audience.OFFICER)
def make_batch_file(run_id: str) -> ResponseReturnValue:
    """Of what is prepared and not yet given to the bank."""
    with transaction():
        found = whole_run(run_id)
        prepared = found.with_status(PayoutStatus.PREPARED)
        if prepared:
            keep_batch_file(found.run.id, prepared, by_id=officer().id)
    if not prepared:
        return _run(run_id, notice=gettext("Nothing of this payout waits for the bank.")), 409
    flash(gettext("The file is made. Give it to the bank, then write that down here."))
    return redirect(url_for("office.payout_run", run_id=run_id), 303)


@blueprint.get("/payouts/runs/<run_id>/files/<sha256>.csv")
@audience(Audience.OFFICER)
def batch_csv(run_id: str, sha256: str) -> Response:
    file = batch_file_of(run_id, sha256)
    return Response(
        file.content,
        mimetype="text/csv",
        headers={"Content-Disposition": f"attachment; filename=payout-{sha256[:12]}.csv"},
    )


RUN_MOVES = {"sending": PayoutStatus.SENT, "payment": PayoutStatus.PAID}


@blueprint.post("/payouts/runs/<run_id>/<any(sending, payment):step>")
@audience(Audience.OFFICER)
def move_payout_run(run_id: str, step: str) -> ResponseReturnValue:
    with transaction():
        count = move_run(run_id, RUN_MOVES[step], by_id=officer().id, at=clock.now())
    flash(ngettext("%(num)d payout written down.", "%(num)d payouts written down.", count))
    return redirect(url_for("office.payout_run", run_id=run_id), 303)


STEPS = {"sending": send_payout, "payment": pay_payout, "failure": fail_payout}


@blueprint.post("/payouts/<payout_id>/<any(sending, payment, failure):step>")
@audience(Audience.OFFICER)
def move_payout(payout_id: str, step: str) -> ResponseReturnValue:
    run_id = run_id_of_payout(payout_id)
    form = ReasonForm(payout_id)
    if not form.validate_on_submit():
        return _run(run_id, reason=form, about=payout_id), 422
    try:
        with transaction():
            STEPS[step](payout_id, by_id=officer().id, at=clock.now(), note=typed(form.note))
    except Invalid as error:
        form.note.errors = [str(error.fields["note"])]
        return _run(run_id, reason=form, about=payout_id), 422
    except Conflict as error:
        return _run(run_id, notice=error.message), error.status
    flash(gettext("Written down."))
    return redirect(url_for("office.payout_run", run_id=run_id), 303)


@blueprint.get("/payouts/<payout_id>.<any(pdf, csv):kind>")
@audience(Audience.OFFICER)
def payout_statement(payout_id: str, kind: str) -> Response:
    payout = payout_of(payout_id)
    lines = lines_of_payout(payout.id)
    return statement_csv(payout, lines) if kind == "csv" else statement_pdf(payout, lines)
