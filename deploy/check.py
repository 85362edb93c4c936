"""Everything a machine can say about the code without running the tests; all of it, always."""

from __future__ import annotations

import sys
from pathlib import Path

from progress import StepFailed, run_step, show

BIN = Path(sys.executable).parent
STEPS = {
    "Format (ruff format)": [sys.executable, "-m", "ruff", "format", "--check"],
    "Lint (ruff check)": [sys.executable, "-m", "ruff", "check"],
    "Types (mypy --strict)": [sys.executable, "-m", "mypy"],
    "Import rules (import-linter)": [str(BIN / "lint-imports")],
    "Import picture (docs/imports.svg)": [sys.executable, "deploy/draw_imports.py", "--check"],
    "Templates (djlint)": [sys.executable, "-m", "djlint", "--lint", "--quiet", "templates"],
    "Translations complete": [sys.executable, "deploy/translations.py", "check"],
    "Migrations, both databases": [sys.executable, "-m", "tests.check_migrations"],
}


def main() -> None:
    failed = []
    for title, command in STEPS.items():
        try:
            run_step(title, command)
        except StepFailed:
            failed.append(title)
    if failed:
        raise SystemExit(f"\n{len(failed)} of {len(STEPS)} checks failed: {', '.join(failed)}")
    show(f"\nAll {len(STEPS)} checks hold.")


if __name__ == "__main__":
    main()
