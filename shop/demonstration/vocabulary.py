"""The craft's vocabulary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shop.core.tables import BadTable, Table, build, build_part
from shop.heritage.actions import TermDetails, put_term
from shop.heritage.models import Term, TermKind

WORD_LISTS = ("synonyms_vi", "synonyms_en")


@dataclass(frozen=True, slots=True)
class _Key:
    kind: TermKind
    slug: str


class Terms(dict[tuple[TermKind, str], Term]):
    """Every term by kind and slug."""

    def find(self, kind: TermKind, slug: str, where: str) -> Term:
        """Raises BadTable for a word the vocabulary does not have."""
        if (kind, slug) not in self:
            raise BadTable(f"{where}: there is no {kind} called {slug!r}")
        return self[kind, slug]


def put_terms(tables: Sequence[Table]) -> tuple[Terms, int]:
    """The vocabulary, and how many of its terms were new or changed."""
    terms, changed = Terms(), 0
    for table in tables:
        where = f"heritage.toml, {table.get('slug')}"
        key, rest = build_part(_Key, table, where)
        details = build(TermDetails, _with_joined_words(rest), where)
        terms[key.kind, key.slug], is_changed = put_term(key.kind, key.slug, details)
        changed += is_changed
    return terms, changed


def _with_joined_words(table: Mapping[str, Any]) -> dict[str, Any]:
    joined = {name: ", ".join(table[name]) for name in WORD_LISTS if name in table}
    return {**table, **joined}
