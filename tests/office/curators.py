"""Officers at the curator's desk, and the files they send."""

from __future__ import annotations

from io import BytesIO

from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from werkzeug.test import TestResponse

from shop.accounts.models import Person
from shop.core.db import db
from tests.conftest import new_client
from tests.exhibitions.factories import EXHIBITION
from tests.factories import make_person, sign_in
from tests.pages import Page

OFFICE = "/vi/office/gallery"
SHOW = f"{OFFICE}/exhibitions/{EXHIBITION}"
ROOM = f"{SHOW}/rooms/phong-mot"
EXHIBIT = f"{ROOM}/exhibits/binh-sen"
ARTEFACT = f"{OFFICE}/artefacts/binh-sen"


def browser(app: Flask, *, is_officer: bool = True) -> FlaskClient:
    client = new_client(app)
    with app.app_context():
        person = make_person("Ngô Bảo Ấn", is_officer=is_officer)
        db.session.commit()
        sign_in(client, db.session.get_one(Person, person.id))
    return client


def photograph(width: int = 40, height: int = 50, colour: int = 90) -> bytes:
    file = BytesIO()
    Image.new("RGB", (width, height), (colour, 40, 160)).save(file, "JPEG")
    return file.getvalue()


def send_file(
    client: FlaskClient, page: Page, ending: str, files: dict[str, bytes], **values: str
) -> TestResponse:
    """Fill in and send the page's form, its files by the names of their fields."""
    form = page.form(ending)
    data: dict[str, object] = {**form.values, **values}
    for name, content in files.items():
        data[name] = (BytesIO(content), f"{name}.bin")
    return client.post(
        form.action,
        data=data,
        headers={"Referer": f"https://localhost{page.path}"},
        content_type="multipart/form-data",
    )
