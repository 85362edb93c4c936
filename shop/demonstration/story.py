"""The steps of making, the years and the sayings of the craft."""

from __future__ import annotations

from dataclasses import dataclass, field

from shop.core.tables import Table, build, build_part
from shop.demonstration.village import Craft
from shop.demonstration.vocabulary import Terms
from shop.heritage.actions import (
    SayingDetails,
    StepDetails,
    TimelineDetails,
    put_saying,
    put_step,
    put_timeline_entry,
)


@dataclass(frozen=True, slots=True)
class _Head:
    """`terms` are named as "kind/slug"."""

    slug: str
    file: str
    terms: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Story:
    total: int = 0
    changed: int = 0

    def count(self, changed: bool) -> None:
        self.total += 1
        self.changed += changed


def put_story(craft: Craft, terms: Terms) -> Story:
    story = Story()
    for table in craft.steps:
        head, rest, where = _read(table)
        step = build(StepDetails, rest, where)
        story.count(put_step(head.slug, step, terms.named(head.terms, where))[1])
    for table in craft.timeline:
        head, rest, where = _read(table)
        entry = build(TimelineDetails, rest, where)
        story.count(put_timeline_entry(head.slug, entry, terms.named(head.terms, where))[1])
    for table in craft.sayings:
        head, rest, where = _read(table)
        saying = build(SayingDetails, rest, where)
        story.count(put_saying(head.slug, saying, terms.named(head.terms, where))[1])
    return story


def _read(table: Table) -> tuple[_Head, Table, str]:
    where = f"{table['file']}, {table.get('slug')}"
    head, rest = build_part(_Head, table, where)
    return head, rest, where
