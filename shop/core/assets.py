"""Static files under names that carry their content's hash, compressed ahead, cached for ever."""

from __future__ import annotations

import gzip
import hashlib
import json
import posixpath
import re
import shutil
from pathlib import Path
from typing import Any

import brotli
from flask import Flask, current_app
from markupsafe import Markup
from whitenoise import WhiteNoise

from shop.core.security import csp_nonce
from shop.core.settings import PROJECT, Settings

SOURCE = PROJECT / "static"
PREFIX = "/static/"
HASHED = re.compile(r"^.+\.[0-9a-f]{12}\.[a-z0-9.]+$")
CSS_REFERENCE = re.compile(r"url\(\s*['\"]?([^'\")]+)['\"]?\s*\)")
TEXT_KINDS = frozenset({".css", ".js", ".mjs", ".svg", ".json", ".txt", ".webmanifest"})
MODULES = "js/"
# Libraries that our modules import by their own names.
LIBRARIES = {
    "@google/model-viewer": "vendor/model-viewer.min.js",
    # These two set window.OpenSeadragon and window.pannellum.
    "openseadragon": "vendor/openseadragon.min.js",
    "pannellum": "vendor/pannellum.js",
}


def _hashed_name(name: str, content: bytes) -> str:
    stem, ending = posixpath.splitext(name)
    return f"{stem}.{hashlib.sha256(content).hexdigest()[:12]}{ending}"


def _rewrite_css(name: str, content: bytes, manifest: dict[str, str]) -> bytes:
    folder = posixpath.dirname(name)

    def point_to_hashed(match: re.Match[str]) -> str:
        target = match.group(1)
        if target.startswith(("data:", "#")):
            return match.group(0)
        path = posixpath.normpath(posixpath.join(folder, target))
        if path not in manifest:
            raise FileNotFoundError(f"{name} refers to {target}, which is not among the assets")
        return f"url({PREFIX}{manifest[path]})"

    return CSS_REFERENCE.sub(point_to_hashed, content.decode()).encode()


def _write(target: Path, content: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    if target.suffix in TEXT_KINDS:
        target.with_name(target.name + ".br").write_bytes(brotli.compress(content, quality=9))
        target.with_name(target.name + ".gz").write_bytes(gzip.compress(content, mtime=0))


def build_assets(source: Path, target: Path) -> dict[str, str]:
    """Copy `source` to `target` under hashed names; returns name → hashed name.

    References inside style sheets are rewritten. Raises FileNotFoundError for a
    reference that leads nowhere. The finished folder takes the old one's place at once.
    """
    work = target.with_name(target.name + ".new")
    shutil.rmtree(work, ignore_errors=True)
    names = sorted(p.relative_to(source).as_posix() for p in source.rglob("*") if p.is_file())
    manifest: dict[str, str] = {}
    for name in sorted(names, key=lambda n: n.endswith(".css")):
        content = (source / name).read_bytes()
        if name.endswith(".css"):
            content = _rewrite_css(name, content, manifest)
        manifest[name] = _hashed_name(name, content)
        _write(work / manifest[name], content)
    (work / "manifest.json").write_text(json.dumps(manifest, indent=1, sort_keys=True))
    shutil.rmtree(target, ignore_errors=True)
    work.rename(target)
    return manifest


def built_folder(settings: Settings) -> Path:
    return settings.var / "static"


def _manifest() -> dict[str, str]:
    known: dict[str, str] | None = current_app.extensions.get("assets")
    if known is None:
        path = built_folder(current_app.config["SHOP"]) / "manifest.json"
        known = json.loads(path.read_text())
        current_app.extensions["assets"] = known
    return known


def asset(name: str) -> str:
    """The address of a static file, e.g. asset("css/site.css"). Raises KeyError when unknown."""
    return PREFIX + _manifest()[name]


def asset_at(address: str) -> Path:
    """The built file behind an address that `asset` gave."""
    return built_folder(current_app.config["SHOP"]) / address.removeprefix(PREFIX)


def assets_version() -> str:
    """Another one whenever any static file is another: 12 hexadecimal digits."""
    names = json.dumps(_manifest(), sort_keys=True)
    return hashlib.sha256(names.encode()).hexdigest()[:12]


def modules() -> dict[str, str]:
    """Our own modules by the names they are imported by, and their addresses."""
    return {
        f"shop/{name[len(MODULES) : -3]}": PREFIX + hashed
        for name, hashed in _manifest().items()
        if name.startswith(MODULES) and name.endswith(".js")
    }


def asset_bytes(name: str) -> int:
    """How many bytes a static file comes to on its way, compressed where it is."""
    return bytes_sent(asset(name))


def bytes_sent(address: str) -> int:
    """As `asset_bytes`, of an address that `asset` gave."""
    path = asset_at(address)
    packed = path.with_name(path.name + ".br")
    return (packed if packed.exists() else path).stat().st_size


def import_map() -> Markup:
    """Bare names for the browser's modules: "shop/<name>" for ours, theirs for libraries."""
    imports = modules() | {name: asset(path) for name, path in LIBRARIES.items()}
    body = json.dumps({"imports": imports}, separators=(",", ":"))
    return Markup('<script type="importmap" nonce="{}">{}</script>').format(
        csp_nonce(),
        Markup(body),  # noqa: S704
    )


def init_assets(app: Flask, settings: Settings) -> None:
    folder = built_folder(settings)
    whitenoise: Any = WhiteNoise(
        app.wsgi_app,
        root=str(folder) if folder.is_dir() else None,
        prefix=PREFIX,
        immutable_file_test=lambda _path, url: bool(HASHED.match(url)),
        add_headers_function=_guard_headers,
    )
    app.wsgi_app = whitenoise  # type: ignore[method-assign]
    app.jinja_env.globals.update(asset=asset, asset_bytes=asset_bytes, import_map=import_map)


def _guard_headers(headers: Any, _path: str, _url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
