"""The outbox as a page, in demonstrations and tests, where mails reach nobody else."""

from __future__ import annotations

from flask import Response, make_response, render_template

from shop.core.access import Audience, audience
from shop.pages.queries import mail_by_public_id, newest_mails
from shop.pages.views.base import blueprint

MOST_LISTED = 200
# A mail is somebody's HTML: no script, no form, nothing loaded from elsewhere. Links may be
# followed, as from a mail reader.
LETTER_POLICY = (
    "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; form-action 'none';"
    " base-uri 'none'; frame-ancestors 'none';"
    " sandbox allow-popups allow-popups-to-escape-sandbox"
)


@blueprint.get("/mailbox")
@audience(Audience.DEMONSTRATION)
def mailbox() -> str:
    return render_template("pages/mailbox.html", mails=newest_mails(MOST_LISTED))


@blueprint.get("/mailbox/<public_id>")
@audience(Audience.DEMONSTRATION)
def mail(public_id: str) -> str:
    return render_template("pages/mail.html", mail=mail_by_public_id(public_id))


@blueprint.get("/mailbox/<public_id>/letter")
@audience(Audience.DEMONSTRATION)
def letter(public_id: str) -> Response:
    """The HTML part alone, as a mail reader would show it."""
    response = make_response(mail_by_public_id(public_id).html)
    response.headers["Content-Security-Policy"] = LETTER_POLICY
    return response
