#!/usr/bin/env bash
# Makes this folder ready: `setup.sh runtime` to run the application, `setup.sh dev` to test it.
# Needs Python 3.11 or newer, git and make; says what it does; instant when there is nothing to do.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/system.sh

kind=${1:-runtime}

find_python() {
    local candidate
    for candidate in ${PYTHON:-} python3 python3.11 python3.12 python3.13 python3.14 python; do
        if have_command "$candidate" &&
            "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            printf '%s\n' "$candidate"
            return
        fi
    done
    die "Python 3.11 or newer is needed and was not found. Name it with PYTHON=/path/to/python3.11"
}

has_virtualenv() { .venv/bin/python -c 'import pip' 2>/dev/null; }

need_virtualenv() {
    "$PYTHON" -c 'import ensurepip, venv' 2>/dev/null && return
    # Debian keeps the module apart from the interpreter.
    missing+=("$("$PYTHON" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')")
}

make_virtualenv() {
    say "Creating the virtual environment in .venv with $("$PYTHON" --version)"
    "$PYTHON" -m venv --clear .venv
}

# A lock is installed when .venv/locks holds its hash; the development lock contains the runtime one.
is_installed() { grep -qsxF "$(sha256sum "requirements/$1.txt")" .venv/locks; }

install_lock() {
    is_installed "$kind" && return
    if [ "$kind" = runtime ] && is_installed dev; then
        return
    fi
    say "Installing the locked Python packages (requirements/$kind.txt)"
    # The lock is whole: nothing is left to resolve. Asked to, pip would take an extra (coverage[toml])
    # for a requirement of its own and stop at its newest version, which has no hash here.
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input \
        --no-deps --require-hashes -r "requirements/$kind.txt"
    .venv/bin/python -m pip check --disable-pip-version-check >/dev/null ||
        die "The locked packages do not fit together: make lock writes the locks anew."
    sha256sum "requirements/$kind.txt" >>.venv/locks
}

if has_virtualenv; then
    PYTHON=.venv/bin/python
else
    PYTHON=$(find_python)
    need_virtualenv
fi
need_print_libraries
[ "$kind" = runtime ] || need_test_packages
install_missing

has_virtualenv || make_virtualenv
install_lock
.venv/bin/python scripts/assets.py
