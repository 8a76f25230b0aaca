#!/usr/bin/env bash
# Writes the locks: exact versions with hashes, for every platform, without the address of any registry.
# `make lock` keeps what still fits; `make lock ARGS=--upgrade` takes the newest of each.
set -euo pipefail
cd "$(dirname "$0")/.."

compile() {
    UV_CUSTOM_COMPILE_COMMAND="make lock" .venv/bin/uv pip compile --quiet --universal --python-version 3.11 \
        --generate-hashes --no-emit-index-url --no-header "$@"
}

compile "$@" pyproject.toml --output-file requirements/runtime.txt
# The development lock holds the runtime one: same versions.
compile "$@" pyproject.toml --extra dev --constraint requirements/runtime.txt --output-file requirements/dev.txt
compile "$@" requirements/node.in --output-file requirements/node.txt
npm install --package-lock-only --loglevel=error
if grep -nE 'https?://' requirements/*.txt || grep -n '"resolved"' package-lock.json; then
    echo "A lock names the address of a registry: see above." >&2
    exit 1
fi
wc -l requirements/*.txt package-lock.json
