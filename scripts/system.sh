# Sourced by the other scripts: the system's packages, by what they are needed for.
# As root they are installed; otherwise the one command to run is printed and the script stops.

say() { printf '%s\n' "$*"; }

die() {
    printf '%s\n' "$*" >&2
    exit 1
}

# have_library FILE…: can the loader open each of these shared libraries?
have_library() {
    "$PYTHON" - "$@" <<'PYTHON'
import ctypes
import sys

for name in sys.argv[1:]:
    try:
        ctypes.CDLL(name)
    except OSError:
        sys.exit(1)
PYTHON
}

have_command() { command -v "$1" >/dev/null 2>&1; }

# install_packages WHY PACKAGE…
install_packages() {
    local why=$1
    shift
    if ! have_command apt-get; then
        die "$why: this system has no apt-get. Install what Debian calls: $*"
    fi
    if [ "$(id -u)" -ne 0 ]; then
        die "$why: system packages are missing. Run this once, then start again:
  sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends $*'"
    fi
    say "$why: installing $*"
    export DEBIAN_FRONTEND=noninteractive
    apt-get -qq update </dev/null
    apt-get -qq install -y --no-install-recommends "$@" </dev/null >/dev/null
}

# WeasyPrint opens these at run time.
PRINT_LIBRARIES="libgobject-2.0.so.0 libpango-1.0.so.0 libpangoft2-1.0.so.0 libharfbuzz.so.0 libharfbuzz-subset.so.0 libfontconfig.so.1"

ensure_print_libraries() {
    # shellcheck disable=SC2086 -- a list of names
    have_library $PRINT_LIBRARIES && return
    install_packages "Printing to PDF" libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
}

# The directory with initdb and pg_ctl: PostgreSQL 15 where there is a choice, otherwise the newest.
postgres_binaries() {
    local found
    for found in /usr/lib/postgresql/15/bin $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -rV); do
        if [ -x "$found/initdb" ]; then
            printf '%s\n' "$found"
            return
        fi
    done
    have_command pg_config && [ -x "$(pg_config --bindir)/initdb" ] && pg_config --bindir
}

ensure_test_packages() {
    local missing=()
    have_command chromium || missing+=(chromium)
    [ -n "$(postgres_binaries)" ] || missing+=(postgresql)
    have_command pdftoppm || missing+=(poppler-utils)
    have_command java || missing+=(default-jre-headless)
    [ -e /usr/share/java/jaxb-runtime.jar ] || missing+=(libjaxb-java)
    have_command msgfmt || missing+=(gettext)
    [ ${#missing[@]} -eq 0 ] || install_packages "Running the tests" "${missing[@]}"
}
