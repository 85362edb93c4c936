"""How long something has waited, as one would say it."""

from __future__ import annotations

from datetime import datetime

from flask_babel import ngettext


def waited(since: datetime, now: datetime) -> str:
    """Days once there are any, else hours, else minutes."""
    minutes = max(0, int((now - since).total_seconds() // 60))
    days, hours = minutes // (24 * 60), minutes // 60
    if days:
        return ngettext("%(num)d day", "%(num)d days", days)
    if hours:
        return ngettext("%(num)d hour", "%(num)d hours", hours)
    return ngettext("%(num)d minute", "%(num)d minutes", minutes)
