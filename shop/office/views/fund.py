"""The craft fund at the office: proposals, decisions by a second officer, payments, papers."""

from __future__ import annotations

from functools import partial

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf import FlaskForm

from shop.accounts.fields import typed
from shop.core import clock
from shop.core.access import Audience, audience
from shop.core.errors import Message, Missing
from shop.core.transaction import transaction
from shop.fund.actions import (
    add_paper,
    approve_grant,
    count_apprentices,
    hide_paper,
    pay_grant,
    propose_grant,
    refuse_grant,
    show_paper,
)
from shop.fund.models import GrantPaper
from shop.fund.queries.figures import fund_figures, prove
from shop.fund.queries.grants import (
    all_grants,
    apprentice_counts,
    fund_balance,
    promised,
    whole_grant,
)
from shop.fund.views import send_paper
from shop.media.current import media_storage
from shop.office.forms.exhibitions import EmptyForm
from shop.office.forms.fund import (
    ApprenticesForm,
    GrantPaymentForm,
    PaperForm,
    ProposalForm,
    RefusalForm,
)
from shop.office.views.base import blueprint, officer
from shop.office.views.gallery.base import attempt
from shop.workshops.queries import workshops_by_name

GRANT = "/fund/grants/<public_id>"


def _fund(
    *, proposal: ProposalForm | None = None, apprentices: ApprenticesForm | None = None
) -> str:
    workshops, now = workshops_by_name(), clock.now()
    return render_template(
        "office/fund.html",
        grants=all_grants(),
        balance=fund_balance(),
        promised=promised(),
        counts=apprentice_counts(),
        proof=prove(fund_figures(now), now),
        proposal=proposal or ProposalForm(workshops, formdata=None),
        apprentices=apprentices or ApprenticesForm(workshops, formdata=None),
    )


@blueprint.get("/fund")
@audience(Audience.OFFICER)
def fund() -> str:
    return _fund()


@blueprint.post("/fund/grants")
@audience(Audience.OFFICER)
def propose_fund_grant() -> ResponseReturnValue:
    form = ProposalForm(workshops_by_name())

    def act() -> None:
        with transaction():
            propose_grant(form.proposal, by=officer(), at=clock.now())

    refusal = attempt(form, act)
    if refusal:
        if not form.errors:
            flash(str(refusal.message), "error")
        return _fund(proposal=form), refusal.status
    flash(gettext("Proposed. A second officer decides on it."))
    return redirect(url_for("office.fund"), 303)


@blueprint.post("/fund/apprentices")
@audience(Audience.OFFICER)
def count_fund_apprentices() -> ResponseReturnValue:
    form = ApprenticesForm(workshops_by_name())

    def act() -> None:
        with transaction():
            count_apprentices(
                form.workshop.data,
                int(form.year.data),
                int(form.apprentices.data),
                typed(form.source),
                by=officer(),
                at=clock.now(),
            )

    refusal = attempt(form, act)
    if refusal:
        return _fund(apprentices=form), refusal.status
    flash(gettext("Written down."))
    return redirect(url_for("office.fund", _anchor="apprentices"), 303)


def _grant(
    public_id: str,
    *,
    refusal: RefusalForm | None = None,
    payment: GrantPaymentForm | None = None,
    paper: PaperForm | None = None,
    notice: Message | None = None,
) -> str:
    grant = whole_grant(public_id)
    return render_template(
        "office/fund_grant.html",
        grant=grant,
        may_decide=grant.proposed_by_id != officer().id,
        refusal=refusal or RefusalForm(formdata=None),
        payment=payment or GrantPaymentForm(formdata=None),
        paper=paper or PaperForm(formdata=None),
        notice=notice,
    )


@blueprint.get(GRANT)
@audience(Audience.OFFICER)
def fund_grant(public_id: str) -> str:
    return _grant(public_id)


def _back(public_id: str, said: str) -> ResponseReturnValue:
    flash(said)
    return redirect(url_for("office.fund_grant", public_id=public_id), 303)


@blueprint.post(f"{GRANT}/approval")
@audience(Audience.OFFICER)
def approve_fund_grant(public_id: str) -> ResponseReturnValue:
    whole_grant(public_id)

    def act() -> None:
        with transaction():
            approve_grant(public_id, by=officer(), at=clock.now())

    refused = attempt(EmptyForm(), act)
    if refused:
        return _grant(public_id, notice=refused.message), refused.status
    return _back(public_id, gettext("Approved. The sum has left the fund and is owed."))


@blueprint.post(f"{GRANT}/refusal")
@audience(Audience.OFFICER)
def refuse_fund_grant(public_id: str) -> ResponseReturnValue:
    whole_grant(public_id)
    form = RefusalForm()

    def act() -> None:
        with transaction():
            refuse_grant(public_id, typed(form.reason), by=officer(), at=clock.now())

    refused = attempt(form, act)
    if refused:
        notice = None if form.errors else refused.message
        return _grant(public_id, refusal=form, notice=notice), refused.status
    return _back(public_id, gettext("Refused. The reason stays with the grant."))


@blueprint.post(f"{GRANT}/payment")
@audience(Audience.OFFICER)
def pay_fund_grant(public_id: str) -> ResponseReturnValue:
    whole_grant(public_id)
    form = GrantPaymentForm()

    def act() -> None:
        with transaction():
            pay_grant(
                public_id,
                bank_reference=typed(form.bank_reference),
                paid_on=form.day,
                by=officer(),
                at=clock.now(),
            )

    refused = attempt(form, act)
    if refused:
        notice = None if form.errors else refused.message
        return _grant(public_id, payment=form, notice=notice), refused.status
    return _back(public_id, gettext("Written down as paid."))


@blueprint.post(f"{GRANT}/papers")
@audience(Audience.OFFICER)
def add_fund_paper(public_id: str) -> ResponseReturnValue:
    whole_grant(public_id)
    form = PaperForm()
    refused = attempt(form, partial(_add_paper, public_id, form))
    if refused:
        return _grant(public_id, paper=form), refused.status
    return _back(public_id, gettext("The document is kept. Only the office can read it so far."))


def _add_paper(public_id: str, form: PaperForm) -> None:
    with transaction():
        add_paper(
            whole_grant(public_id),
            form.paper.data,
            form.paper.kind,
            title_vi=typed(form.title_vi),
            title_en=typed(form.title_en),
            by=officer(),
            at=clock.now(),
            storage=media_storage(),
        )


def _paper(public_id: str, paper_id: str) -> GrantPaper:
    found = next((p for p in whole_grant(public_id).papers if p.public_id == paper_id), None)
    if found is None:
        raise Missing
    return found


@blueprint.get(f"{GRANT}/papers/<paper_id>")
@audience(Audience.OFFICER)
def read_fund_paper(public_id: str, paper_id: str) -> Response:
    return send_paper(_paper(public_id, paper_id))


@blueprint.post(f"{GRANT}/papers/<paper_id>/publication")
@audience(Audience.OFFICER)
def publish_fund_paper(public_id: str, paper_id: str) -> ResponseReturnValue:
    _paper(public_id, paper_id)
    return _after(EmptyForm(), public_id, partial(_show, public_id, paper_id))


@blueprint.post(f"{GRANT}/papers/<paper_id>/withdrawal")
@audience(Audience.OFFICER)
def withdraw_fund_paper(public_id: str, paper_id: str) -> ResponseReturnValue:
    _paper(public_id, paper_id)
    return _after(EmptyForm(), public_id, partial(_hide, public_id, paper_id))


def _after(form: FlaskForm, public_id: str, act: partial[str]) -> ResponseReturnValue:
    if not form.validate_on_submit():
        return _grant(public_id, notice=gettext("Please try again.")), 422
    return _back(public_id, act())


def _show(public_id: str, paper_id: str) -> str:
    with transaction():
        show_paper(_paper(public_id, paper_id), by=officer(), at=clock.now())
    return gettext("Anybody can read the document now, once the grant is approved.")


def _hide(public_id: str, paper_id: str) -> str:
    with transaction():
        hide_paper(_paper(public_id, paper_id))
    return gettext("Only the office can read the document now.")
