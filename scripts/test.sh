#!/usr/bin/env bash
# Everything that must hold, in one run. `test.sh fast` is the inner loop: lint and what
# is quick on SQLite, without pages.
set -euo pipefail
cd "$(dirname "$0")/.."
started=$SECONDS

step() { printf '\n== %s (%d s)\n' "$*" $((SECONDS - started)); }

if [ "${1:-}" = fast ]; then
    scripts/setup.sh dev
    export PATH="$PWD/.venv/bin:$PATH"
    ruff check --quiet .
    exec pytest -q -n 2 --dist worksteal --ignore=tests/journeys --ignore-glob="*/views/*" \
        --ignore-glob="*_in_browser.py" -m "not browser and not slow and not page"
fi

step "What the tests need"
scripts/setup.sh dev
export PATH="$PWD/.venv/bin:$PATH"
unset DATABASE_URL

scripts/lint.sh

rm -rf .coverage .coverage.* htmlcov
# The database, the browser and the coverage each once: what Chromium shows does not depend on the
# database, what asks no database would say the same on another, and lines run the same on both.
step "Tests on SQLite"
pytest -n 2 --dist worksteal -m "not browser" --cov --cov-fail-under=0 --cov-report=term
python scripts/check_coverage.py
step "Tests in Chromium"
pytest -n 2 --dist worksteal -m browser
step "Tests on PostgreSQL"
scripts/postgres.sh pytest -n 2 --dist worksteal -m "not browser" --on-database
printf '\nAll checks passed in %d s.\n' $((SECONDS - started))
