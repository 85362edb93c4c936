"""What the site gives to other people's viewers, held against IIIF's own models and against itself.

    pip install --require-hashes -r requirements-iiif.txt
    make run                        # in another window; wait until its worker has cut the pictures
    python bench/iiif.py [http://127.0.0.1:8000]

Walks from the collection to every manifest, loads each with iiif-prezi3, and fetches each image
service's info.json, its whole picture, and every tile that the description advertises. Ends with
status 1 when anything was amiss. Not part of the tests: iiif-prezi3 wants other libraries than
the site runs on.
"""

from __future__ import annotations

import json
import sys
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from typing import Any

from iiif_prezi3 import Collection, Manifest

Json = dict[str, Any]
KINDS = {"Collection": Collection, "Manifest": Manifest}
found: Counter[str] = Counter()
faults: list[str] = []


def fetch(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310
        if answer.headers.get("Access-Control-Allow-Origin") != "*":
            faults.append(f"{address}: closed to other sites")
        return bytes(answer.read())


def walk(address: str) -> Iterator[Json]:
    data: Json = json.loads(fetch(address))
    found[data["type"]] += 1
    try:
        KINDS[data["type"]].model_validate(data)
    except ValueError as error:
        faults.append(f"{address}: {error}")
    if data["id"] != address:
        faults.append(f"{address} calls itself {data['id']}")
    yield data
    for member in data["items"] if data["type"] == "Collection" else ():
        yield from walk(member["id"])


def services(manifest: Json) -> Iterator[Json]:
    for canvas in manifest["items"]:
        for page in canvas["items"]:
            for annotation in page["items"]:
                yield from annotation["body"].get("service", ())


def addresses(info: Json) -> Iterator[str]:
    """Every address the description promises, in JPEG (Image API 3.0, sections 4 and 5.4)."""
    width, height = info["width"], info["height"]
    for size in ("max", *(f"{each['width']},{each['height']}" for each in info["sizes"])):
        yield f"{info['id']}/full/{size}/0/default.jpg"
    for tile in info["tiles"]:
        for factor in tile["scaleFactors"]:
            yield from tiles(info["id"], width, height, tile, factor)


def tiles(service: str, width: int, height: int, tile: Json, factor: int) -> Iterator[str]:
    wide, high = tile["width"] * factor, tile.get("height", tile["width"]) * factor
    for top in range(0, height, high):
        for left in range(0, width, wide):
            w, h = min(wide, width - left), min(high, height - top)
            whole = (left, top, w, h) == (0, 0, width, height)
            region = "full" if whole else f"{left},{top},{w},{h}"
            yield f"{service}/{region}/{-(-w // factor)},{-(-h // factor)}/0/default.jpg"


def check_service(service: Json) -> None:
    info: Json = json.loads(fetch(f"{service['id']}/info.json"))
    found["image service"] += 1
    if info["id"] != service["id"] or info["type"] != service["type"]:
        faults.append(f"{service['id']} describes itself as {info['id']}, {info['type']}")
    for address in dict.fromkeys(addresses(info)):
        try:
            fetch(address)
            found["tile or size"] += 1
        except urllib.error.HTTPError as error:
            faults.append(f"{address}: {error.code}")


def main(site: str) -> int:
    for data in walk(f"{site}/iiif/collection"):
        if data["type"] == "Manifest":
            for service in services(data):
                check_service(service)
    print(", ".join(f"{count} × {kind}" for kind, count in found.items()))
    for fault in faults:
        print(f"  {fault}")
    print(f"{len(faults)} faults")
    return 1 if faults or not found["Manifest"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"))
