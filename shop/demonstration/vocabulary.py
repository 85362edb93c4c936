"""The craft's vocabulary."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from shop.core.tables import BadTable, Table, build, build_part
from shop.demonstration.village import FILE
from shop.heritage.actions import TermDetails, put_term, relate
from shop.heritage.models import Term, TermKind

WORD_LISTS = ("synonyms_vi", "synonyms_en")


@dataclass(frozen=True, slots=True)
class _Head:
    """`related` names other terms as "kind/slug"; one of the two naming the other is enough."""

    kind: TermKind
    slug: str
    file: str
    related: list[str] = field(default_factory=list)


class Terms(dict[tuple[TermKind, str], Term]):
    """Every term by kind and slug."""

    def find(self, kind: TermKind, slug: str, where: str) -> Term:
        """Raises BadTable for a word the vocabulary does not have."""
        if (kind, slug) not in self:
            raise BadTable(f"{where}: there is no {kind} called {slug!r}")
        return self[kind, slug]

    def named(self, names: Iterable[str], where: str) -> list[Term]:
        """The terms called "kind/slug". Raises BadTable for one that there is not."""
        found = []
        for name in names:
            kind, _, slug = name.partition("/")
            if kind not in set(TermKind):
                raise BadTable(f"{where}: {name!r} does not begin with a kind of term")
            found.append(self.find(TermKind(kind), slug, where))
        return found


def put_terms(tables: Sequence[Table]) -> tuple[Terms, int]:
    """The vocabulary, and how many of its terms were new, changed or otherwise related."""
    terms, changed, heads = Terms(), set[int](), []
    for table in tables:
        where = f"{table[FILE]}, {table.get('slug')}"
        head, rest = build_part(_Head, table, where)
        details = build(TermDetails, _with_joined_words(rest), where)
        term, is_changed = put_term(head.kind, head.slug, details)
        terms[head.kind, head.slug] = term
        heads.append(head)
        if is_changed:
            changed.add(term.id)
    return terms, len(changed | _relate_all(terms, heads))


def _relate_all(terms: Terms, heads: Sequence[_Head]) -> set[int]:
    beside: dict[int, list[Term]] = defaultdict(list)
    for head in heads:
        term = terms[head.kind, head.slug]
        for other in terms.named(head.related, f"{head.file}, {head.slug}"):
            beside[term.id].append(other)
            beside[other.id].append(term)
    return {term.id for term in terms.values() if relate(term, beside[term.id])}


def _with_joined_words(table: Mapping[str, Any]) -> dict[str, Any]:
    joined = {name: ", ".join(table[name]) for name in WORD_LISTS if name in table}
    return {**table, **joined}
