"""Which pictures the worker scales first."""

from __future__ import annotations

import pytest
from flask import Flask

from shop.catalogue.models import ProductPhoto
from shop.catalogue.queries.cards import first_photographs
from shop.core.db import db
from shop.media import jobs
from tests.factories import NOW, make_image, make_product, make_workshop


def test_what_stands_for_a_piece_comes_before_its_details(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    monkeypatch.setattr(jobs, "make_renditions", asked.append)
    workshop = make_workshop()
    fronts: list[int] = []
    details: list[int] = []
    for slug in ("one", "two"):
        product = make_product(workshop, slug)
        fronts += db.session.query(ProductPhoto.image_id).filter_by(product_id=product.id).one()
        details.append(make_image().id)
        db.session.add(ProductPhoto(product_id=product.id, image_id=details[-1], position=1))
    done = make_image()
    done.renditions_at = NOW
    db.session.flush()
    assert first_photographs() == set(fronts)
    assert jobs.ask_for_missing_renditions(first=first_photographs()) == 4
    assert asked == [*fronts, *details]
