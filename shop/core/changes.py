"""Taking over what changed in a row, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping

from shop.core.db import Base


def take_over(row: Base, values: Mapping[str, object]) -> bool:
    """Set the columns that differ; whether there were any."""
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    return bool(changed)
