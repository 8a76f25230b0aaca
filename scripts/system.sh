# Sourced by the other scripts: the system's packages, by what they are needed for.
# All that is missing is collected first and installed at once: as root by us; otherwise the one
# command to run is printed and the script stops.

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

# Debian's names of what was found missing.
missing=()

install_missing() {
    local command
    [ ${#missing[@]} -gt 0 ] || return 0
    have_command apt-get || die "This system has no apt-get. Install what Debian calls: ${missing[*]}"
    if [ "$(id -u)" -ne 0 ]; then
        command="apt-get update && apt-get install -y --no-install-recommends ${missing[*]}"
        if have_command sudo; then command="sudo sh -c '$command'"; else command="su - -c '$command'"; fi
        die "System packages are missing. Run this once, then start again:
  $command"
    fi
    say "Installing system packages: ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    apt-get -qq update </dev/null
    apt-get -qq install -y --no-install-recommends "${missing[@]}" </dev/null >/dev/null
}

# WeasyPrint opens these at run time.
PRINT_LIBRARIES="libgobject-2.0.so.0 libpango-1.0.so.0 libpangoft2-1.0.so.0 libharfbuzz.so.0 libharfbuzz-subset.so.0 libfontconfig.so.1"

need_print_libraries() {
    # shellcheck disable=SC2086 -- a list of names
    have_library $PRINT_LIBRARIES ||
        missing+=(libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0)
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

need_test_packages() {
    have_command chromium || missing+=(chromium)
    # Playwright loads it to steer the browser; a machine without a compiler does not have it.
    have_library libatomic.so.1 || missing+=(libatomic1)
    [ -n "$(postgres_binaries)" ] || missing+=(postgresql)
    have_command pdftoppm || missing+=(poppler-utils)
    have_command java || missing+=(default-jre-headless)
    [ -e /usr/share/java/jaxb-runtime.jar ] || missing+=(libjaxb-java)
    have_command msgfmt || missing+=(gettext)
}
