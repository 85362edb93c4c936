"""Static files under hashed names: references follow, and a broken one stops the build."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from shop.core.assets import build_assets


def make(folder: Path, files: dict[str, str]) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content)
    return folder


def test_names_follow_the_content_and_references_follow_the_names(tmp_path: Path) -> None:
    source = make(
        tmp_path / "in",
        {"css/a.css": "@font-face{src:url(../f/x.woff2)}", "f/x.woff2": "font"},
    )
    manifest = build_assets(source, tmp_path / "out")
    css = (tmp_path / "out" / manifest["css/a.css"]).read_text()
    assert f"url(/static/{manifest['f/x.woff2']})" in css
    make(source, {"f/x.woff2": "another font"})
    assert build_assets(source, tmp_path / "out")["css/a.css"] != manifest["css/a.css"]


def test_a_reference_to_nothing_stops_the_build(tmp_path: Path) -> None:
    source = make(tmp_path / "in", {"css/a.css": "a{background:url(gone.png)}"})
    with pytest.raises(FileNotFoundError, match=r"gone\.png"):
        build_assets(source, tmp_path / "out")


def test_assets_are_cached_for_good_and_served_small(client: FlaskClient) -> None:
    page = client.get("/vi/").text
    css = page.split('rel="stylesheet" href="', 1)[1].split('"', 1)[0]
    with client.get(css, headers={"Accept-Encoding": "br"}) as response:
        assert response.status_code == 200
        assert response.headers["Content-Encoding"] == "br"
        assert "immutable" in response.headers["Cache-Control"]
