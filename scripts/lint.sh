#!/usr/bin/env bash
# Everything that can be known without running a test.
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/.venv/bin:$PATH"

step() { printf '\n== %s\n' "$*"; }

step "Names, imports, bugs, format (ruff)"
ruff check .
ruff format --check .
step "Types (mypy)"
mypy
step "One arrow between the rooms (import-linter)"
lint-imports
step "Templates (djlint)"
djlint --quiet --lint templates
step "Migrations, production switches"
DEBUG=1 DATABASE_URL=sqlite://:memory: python manage.py makemigrations --check --dry-run
# As in production: its own secret, its host, no debugging. A warning is a failure.
env -u DEBUG -u HTTPS DATABASE_URL=sqlite://:memory: ALLOWED_HOSTS=performance.example.org \
    SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(64))')" \
    python manage.py check --deploy --fail-level WARNING
step "Messages"
python scripts/check_messages.py
