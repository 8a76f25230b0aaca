#!/usr/bin/env bash
# Everything `make demo` needs on a fresh machine, then the demonstration itself. `--reset` starts it over.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh runtime
exec .venv/bin/python scripts/demo.py "$@"
