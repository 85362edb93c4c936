"""Where each exhibit and door is seen in the panoramas, as a file of directions."""

from __future__ import annotations

import tomllib
from pathlib import Path

Where = tuple[float, float]

HEAD = """\
# Where things are seen from the middle of each room: [yaw, pitch] in degrees, yaw 0 in the middle
# of the panorama, positive to the right; pitch positive upwards. Written by demo.atelier rooms.
"""


def note(path: Path, key: str, start: Where, places: dict[str, Where], order: list[str]) -> None:
    """Put one room's directions into ``path``, its tables in ``order``."""
    known = tomllib.loads(path.read_text()) if path.exists() else {}
    known[key] = {"start_yaw": start[0], "start_pitch": start[1], **places}
    text = HEAD
    for name in order:
        if name in known:
            text += f'\n["{name}"]\n'
            text += "".join(_line(thing, value) for thing, value in known[name].items())
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".part")
    draft.write_text(text)
    draft.replace(path)


def _line(name: str, value: float | list[float] | Where) -> str:
    shown = f"[{value[0]}, {value[1]}]" if isinstance(value, list | tuple) else f"{value}"
    return f'"{name}" = {shown}\n' if ":" in name else f"{name} = {shown}\n"
