"""The README's table of settings says what the code reads: no more, no less."""

from __future__ import annotations

import re
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
READ_IN_CODE = re.compile(r"""values(?:\.get\(|, )"([A-Z_]+)\"""")
READ_OF_TABLE = re.compile(r"^\| `BATTRANG_([A-Z_]+)` \|", re.MULTILINE)


def test_every_setting_is_described_and_every_description_is_a_setting() -> None:
    code = (PROJECT / "shop" / "core" / "settings.py").read_text(encoding="utf-8")
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    in_code = READ_IN_CODE.findall(code)
    assert len(in_code) > 15
    assert sorted(READ_OF_TABLE.findall(readme)) == sorted(set(in_code))
