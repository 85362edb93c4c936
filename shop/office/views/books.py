"""The books as the office reads them: whether all checks hold, and what every account has."""

from __future__ import annotations

from flask import render_template

from shop.checkout.books_check import check_books
from shop.core.access import Audience, audience
from shop.ledger.queries.books import account_balances
from shop.office.queries import workshop_balances
from shop.office.views.base import blueprint
from shop.office.words import ACCOUNT_WORDS, CHECK_WORDS


@blueprint.get("/books")
@audience(Audience.OFFICER)
def books() -> str:
    return render_template(
        "office/books.html",
        checks=check_books(),
        accounts=account_balances(),
        workshops=workshop_balances(),
        check_words=CHECK_WORDS,
        account_words=ACCOUNT_WORDS,
    )
