"""The shop and its workshops as search engines read them (schema.org)."""

from __future__ import annotations

from typing import Any

from flask import current_app
from flask_babel import gettext

from shop.core.assets import asset
from shop.core.i18n import absolute_url, language, localized
from shop.heritage.models import Term
from shop.pages.craft_words import synonyms
from shop.workshops.models import Workshop


def village_shop() -> dict[str, Any]:
    settings = current_app.config["SHOP"]
    return {
        "@type": "Organization",
        "@id": f"{settings.public_url}/#shop",
        "name": "Bát Tràng",
        "url": absolute_url("pages.home"),
        "logo": f"{settings.public_url}{asset('img/mark.svg')}",
        "description": gettext(
            "Handmade ceramics from the workshops of Bát Tràng, sold by the village itself."
        ),
    }


def web_site() -> dict[str, Any]:
    settings = current_app.config["SHOP"]
    search = absolute_url("catalogue.browse")
    return {
        "@type": "WebSite",
        "@id": f"{settings.public_url}/#site",
        "name": "Bát Tràng",
        "url": absolute_url("pages.home"),
        "inLanguage": language(),
        "publisher": {"@id": f"{settings.public_url}/#shop"},
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{search}?q={{search_term_string}}"},
            "query-input": "required name=search_term_string",
        },
    }


def defined_term_set() -> dict[str, Any]:
    return {
        "@type": "DefinedTermSet",
        "@id": absolute_url("craft.glossary"),
        "name": gettext("Glossary of the craft"),
        "url": absolute_url("craft.glossary"),
        "inLanguage": language(),
        "publisher": {"@id": f"{current_app.config['SHOP'].public_url}/#shop"},
    }


def defined_term(term: Term) -> dict[str, Any]:
    data = {
        "@type": "DefinedTerm",
        "name": localized(term, "name"),
        "alternateName": synonyms(term),
        "description": localized(term, "description"),
        "url": absolute_url("craft.term", kind=term.kind.value, slug=term.slug),
        "termCode": term.slug,
        "inDefinedTermSet": absolute_url("craft.glossary"),
    }
    return {key: value for key, value in data.items() if value}


def workshop_organization(workshop: Workshop, ward: str, province: str) -> dict[str, Any]:
    """`ward` and `province` are names as written officially; empty where unknown."""
    data = {
        "@type": "Organization",
        "name": localized(workshop, "name"),
        "url": absolute_url("workshops.workshop", slug=workshop.slug),
        "description": localized(workshop, "speciality"),
        "logo": absolute_url("media.original", public_id=workshop.mark.public_id)
        if workshop.mark
        else None,
        "foundingDate": str(workshop.founded_year) if workshop.founded_year else None,
        "telephone": workshop.phone,
        "email": workshop.email,
        "taxID": workshop.tax_id,
        "address": _postal_address(workshop, ward, province),
    }
    return {key: value for key, value in data.items() if value}


def _postal_address(workshop: Workshop, ward: str, province: str) -> dict[str, str]:
    address = {
        "streetAddress": workshop.street,
        "addressLocality": ward,
        "addressRegion": province,
        "addressCountry": "VN",
    }
    return {"@type": "PostalAddress", **{key: value for key, value in address.items() if value}}
