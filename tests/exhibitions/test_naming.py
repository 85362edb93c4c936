"""No exhibition may stand where the gallery itself answers."""

from __future__ import annotations

import pytest
from flask import Flask

from shop.core.errors import Invalid
from shop.core.transaction import transaction
from shop.exhibitions.actions.beginning import begin_exhibition
from shop.exhibitions.naming import OWN_ADDRESSES


def test_every_address_of_the_gallery_itself_is_kept_free(app: Flask) -> None:
    rules = [rule.rule for rule in app.url_map.iter_rules()]
    ours = [
        rule.partition("/gallery/")[2].split("/")[0] for rule in rules if "/office/" not in rule
    ]
    assert {part for part in ours if part and "<" not in part} == OWN_ADDRESSES


@pytest.mark.parametrize("slug", sorted(OWN_ADDRESSES))
def test_an_exhibition_cannot_be_called_like_one(context: Flask, slug: str) -> None:
    with pytest.raises(Invalid) as refusal, transaction():
        begin_exhibition(slug, "Tên", "Name")
    assert list(refusal.value.fields) == ["slug"]
