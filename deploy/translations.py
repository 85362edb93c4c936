"""Keep the message catalogues whole: `update` merges new texts in, `check` lists every gap.

The texts in the code are English, so Vietnamese is the one catalogue.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from progress import PROJECT

TRANSLATIONS = PROJECT / "shop" / "translations"
BABEL = [sys.executable, "-m", "babel.messages.frontend", "--quiet"]
KEYWORDS = (
    "_l",
    "lazy_gettext",
    "lazy_ngettext:1,2",
    "lazy_npgettext:1c,2,3",
    "lazy_pgettext:1c,2",
)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def extract(template: Path) -> None:
    """Write every text of code and templates to a .pot file."""
    command = [*BABEL, "extract", "--mapping-file", "babel.cfg", "--sort-by-file", "--no-wrap"]
    command += ["--project", "battrang", "--output-file", str(template)]
    command += [part for keyword in KEYWORDS for part in ("--keyword", keyword)]
    subprocess.run([*command, "shop", "templates"], cwd=PROJECT, check=True)


def update(template: Path) -> None:
    command = [*BABEL, "update", "--input-file", str(template), "--no-fuzzy-matching"]
    command += ["--ignore-obsolete", "--no-wrap", "--output-dir", str(TRANSLATIONS)]
    subprocess.run(command, cwd=PROJECT, check=True)


def catalogues() -> list[Path]:
    return sorted(TRANSLATIONS.glob("*/LC_MESSAGES/*.po"))


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3] if path.suffix == ".po" else None)


def texts(message: Message) -> tuple[str, ...]:
    return message.id if isinstance(message.id, tuple) else (str(message.id),)


def translations(message: Message) -> tuple[str, ...]:
    given = message.string
    return tuple(given) if isinstance(given, (list, tuple)) else (str(given),)


def placeholders(message: Message) -> set[str]:
    return {found for text in texts(message) for found in PLACEHOLDER.findall(text)}


def faults_of(message: Message, translated: Message | None) -> Iterator[str]:
    if translated is None:
        yield "missing"
        return
    if translated.fuzzy:
        yield "fuzzy"
    if not all(text.strip() for text in translations(translated)):
        yield "empty"
        return
    wanted = placeholders(message)
    for text in translations(translated):
        found = set(PLACEHOLDER.findall(text))
        # A plural form may leave the number out ("one piece"), and bring none of its own.
        if found - wanted or (len(texts(message)) == 1 and wanted - found):
            yield f"placeholders {sorted(found)} instead of {sorted(wanted)}"


def faults(template: Catalog, catalogue: Catalog) -> Iterator[str]:
    for message in template:
        if message.id:
            translated = catalogue.get(texts(message)[0], message.context)
            for fault in faults_of(message, translated):
                yield f"{fault}: {texts(message)[0]!r} ({_place(message)})"
    for message in [*catalogue, *catalogue.obsolete.values()]:
        if message.id and template.get(texts(message)[0], message.context) is None:
            yield f"obsolete: {texts(message)[0]!r}"


def _place(message: Message) -> str:
    return ", ".join(f"{path}:{line}" for path, line in message.locations[:2])


def check(template: Path) -> int:
    """Print every fault of every catalogue; return how many there are."""
    found = 0
    if not catalogues():
        print(f"no catalogue under {TRANSLATIONS.relative_to(PROJECT)}")
        return 1
    for path in catalogues():
        for fault in faults(read(template), read(path)):
            print(f"{path.relative_to(PROJECT)}: {fault}")
            found += 1
    return found


def main() -> int:
    if len(sys.argv) != 2 or sys.argv[1] not in ("check", "update"):
        raise SystemExit("usage: translations.py check|update")
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "messages.pot"
        extract(template)
        if sys.argv[1] == "check":
            return 1 if check(template) else 0
        update(template)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
