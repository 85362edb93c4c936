"""Which kilns were opened when, so that what was sold had been fired before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from random import Random

from shop.core.clock import HANOI

BETWEEN_FIRINGS = (24, 38)
SORTED_BY = time(10, 30)


class NotCovered(Exception):
    """More would have been promised than had ever been fired."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A promise of so many pieces, or its end (negative)."""

    at: datetime
    pieces: int


@dataclass(frozen=True, slots=True)
class Batch:
    at: datetime
    pieces: int


def firing_days(since: datetime, until: datetime, rng: Random) -> list[datetime]:
    """When a workshop's kiln is unpacked: before the first order, then every few weeks."""
    day = since - timedelta(days=rng.randint(2, 6))
    found = []
    while day < until:
        morning = datetime.combine(day.astimezone(HANOI).date(), SORTED_BY, HANOI)
        found.append(morning.astimezone(UTC))
        day += timedelta(days=rng.randint(*BETWEEN_FIRINGS))
    return [moment for moment in found if moment < until]


def batches(
    firings: Sequence[datetime],
    claims: Iterable[Claim],
    *,
    sold: int,
    shelf: int,
    shelf_since: datetime | None,
) -> list[Batch]:
    """How many pieces of an article each firing has to bring; all together what was `sold`.

    A firing brings what is promised until the next one, beyond the `shelf` that is there for
    everybody since its day. Raises NotCovered when that is impossible.
    """
    needs = _needs(firings, claims, shelf, shelf_since)
    found, brought = [], 0
    for position, moment in enumerate(firings):
        is_last = position == len(firings) - 1
        wanted = sold if is_last else max(brought, needs[position])
        if max(wanted, needs[position]) > sold:
            raise NotCovered
        if wanted > brought:
            found.append(Batch(moment, wanted - brought))
            brought = wanted
    return found


def _needs(
    firings: Sequence[datetime],
    claims: Iterable[Claim],
    shelf: int,
    shelf_since: datetime | None,
) -> list[int]:
    """The most that is promised between each firing and the next, less what the shelf covers."""
    needs, promised, position = [0] * len(firings), 0, 0
    for claim in sorted(claims, key=lambda claim: claim.at):
        while position + 1 < len(firings) and firings[position + 1] <= claim.at:
            position += 1
            needs[position] = max(0, promised - _covered(firings[position], shelf, shelf_since))
        promised += claim.pieces
        covered = _covered(claim.at, shelf, shelf_since)
        needs[position] = max(needs[position], promised - covered)
    return needs


def _covered(moment: datetime, shelf: int, shelf_since: datetime | None) -> int:
    return shelf if shelf_since is not None and moment >= shelf_since else 0
