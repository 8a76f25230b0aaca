#!/usr/bin/env bash
# Collects the messages into locale/it and compiles them. Line numbers and the moment are left out:
# they would change the file when no message did.
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/.venv/bin:$PATH" DEBUG=1

python manage.py makemessages --locale it --extension html,txt,svg,py --no-location --no-wrap --no-obsolete \
    --ignore .venv --ignore node_modules --ignore .assets --ignore var --ignore tests
sed -i '/^"POT-Creation-Date:/d' locale/it/LC_MESSAGES/django.po
python manage.py compilemessages --locale it --ignore .venv --ignore node_modules
python scripts/check_messages.py
