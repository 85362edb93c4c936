"""The table of places is built from the published package without importing it."""

import csv
import io
import subprocess
import sys
import tarfile
import unicodedata
import zipfile
from pathlib import Path

import pytest

ABOUT = "__version__ = '2031.1.0'\n__data_version__ = '2031-01-15'\n"
LOOKUP = f"""\
from .base import Province, ProvinceCode, VietNamDivisionType, Ward, WardCode
raise RuntimeError('this file is read, never run')
PROVINCE_MAPPING = {{
    46: Province('Thành phố Huế', ProvinceCode.P_46, VietNamDivisionType.THANH_PHO, 'hue', 234),
    1: Province('Thành phố Hà Nội', ProvinceCode.P_01, VietNamDivisionType.THANH_PHO, 'ha_noi', 24),
}}
WARD_MAPPING = {{
    577: Ward('{unicodedata.normalize("NFD", "xã Bát Tràng")}', WardCode.W_00577,
              VietNamDivisionType.XA, 'xa_bat_trang', ProvinceCode.P_01),
    4: Ward('Phường Ba Đình', WardCode.W_00004, VietNamDivisionType.PHUONG, 'x', ProvinceCode.P_01),
}}
"""
MEMBERS = {"vietnam_provinces/__init__.py": ABOUT, "vietnam_provinces/_lookup.py": LOOKUP}


SCRIPT = Path(__file__).parents[2] / "deploy" / "build_places.py"


def build(package: Path, folder: Path) -> Path:
    """Run the script as a person does and return the table it wrote."""
    command = [sys.executable, str(SCRIPT), str(package), "--into", str(folder)]
    subprocess.run(command, check=True, capture_output=True)
    return next(folder.glob("vn-*.csv"))


@pytest.fixture
def wheel(tmp_path: Path) -> Path:
    path = tmp_path / "vietnam_provinces-2031.1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in MEMBERS.items():
            archive.writestr(name, text)
    return path


@pytest.fixture
def source_archive(tmp_path: Path) -> Path:
    path = tmp_path / "vietnam_provinces-2031.1.0.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        for name, text in MEMBERS.items():
            member = tarfile.TarInfo(f"vietnam_provinces-2031.1.0/{name}")
            member.size = len(text.encode())
            archive.addfile(member, io.BytesIO(text.encode()))
    return path


def test_the_table_is_dated_and_in_order(wheel: Path, tmp_path: Path) -> None:
    table = build(wheel, tmp_path)
    lines = table.read_text("utf-8").splitlines()
    assert table.name == "vn-2031-01.csv"
    assert "vietnam-provinces 2031.1.0, retrieved by its author on 2031-01-15" in lines[1]
    assert list(csv.reader(line for line in lines if not line.startswith("#"))) == [
        ["code", "name", "kind", "province_code"],
        ["01", "Thành phố Hà Nội", "thành phố", ""],
        ["46", "Thành phố Huế", "thành phố", ""],
        ["00004", "Phường Ba Đình", "phường", "01"],
        ["00577", "Xã Bát Tràng", "xã", "01"],
    ]


def test_wheel_and_source_archive_give_one_table(
    wheel: Path, source_archive: Path, tmp_path: Path
) -> None:
    first = build(wheel, tmp_path).read_bytes()
    assert build(source_archive, tmp_path).read_bytes() == first


def test_a_package_without_the_data_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "other-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("other/__init__.py", "")
    with pytest.raises(subprocess.CalledProcessError) as failed:
        build(path, tmp_path)
    assert b"vietnam_provinces/_lookup.py" in failed.value.stderr
