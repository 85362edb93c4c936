#!/bin/sh
# Choose versions anew, for every system and every Python from 3.11, and pin them by hash.
set -eu
command -v uv >/dev/null || { echo "uv is needed: pip install uv" >&2; exit 1; }

for name in requirements requirements-dev requirements-bench requirements-iiif requirements-node; do
    uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --only-binary :all: --no-emit-index-url --no-header --no-annotate --upgrade \
        "$name.in" --output-file "$name.txt"
done
npm install --package-lock-only
echo "Locked. Now: make test check"
