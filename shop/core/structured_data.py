"""JSON-LD for search engines: plain dictionaries, written into a page in one safe way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from shop.core.security import csp_nonce

CONTEXT = "https://schema.org"


def json_ld(data: Mapping[str, Any]) -> Markup:
    """The script element of one thing. Nothing in a text can end it: <, > and & are escaped."""
    body = htmlsafe_json_dumps({"@context": CONTEXT, **data}, ensure_ascii=False)
    return Markup('<script type="application/ld+json" nonce="{}">{}</script>').format(
        csp_nonce(), body
    )


def breadcrumb_list(trail: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """A BreadcrumbList of (name, full address) pairs from the outermost page to this one."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": address}
            for position, (name, address) in enumerate(trail, start=1)
        ],
    }
