#!/usr/bin/env bash
# Runs a command with a throw-away PostgreSQL behind DATABASE_URL, and removes it afterwards:
#   scripts/postgres.sh .venv/bin/pytest
# The server listens on a socket in its own folder only: no port, no clash with another server.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/system.sh

binaries=$(postgres_binaries) || true
[ -n "$binaries" ] || die "PostgreSQL is missing: run 'make test', which installs it, or install postgresql."
# Not inside the project: the socket's path must be short and the server's user must be able to enter it.
folder=$(mktemp -d "${TMPDIR:-/tmp}/camera-perf-postgres.XXXXXX")

# The server refuses to run as root.
as_server() { (cd "$folder" && "$@"); }
if [ "$(id -u)" -eq 0 ]; then
    chown postgres: "$folder"
    as_server() { (cd "$folder" && runuser -u postgres -- "$@"); }
fi

finish() {
    as_server "$binaries/pg_ctl" stop --silent --mode=immediate --pgdata="$folder/data" || true
    rm -rf "$folder"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

as_server "$binaries/initdb" --pgdata="$folder/data" --username=camera_perf --auth=trust \
    --encoding=UTF8 --locale=C.UTF-8 --no-sync >"$folder/initdb.log" 2>&1 ||
    die "$(cat "$folder/initdb.log")"
# It lives for minutes: nothing needs to survive a power cut.
options="-c listen_addresses='' -c unix_socket_directories='$folder' -c fsync=off -c synchronous_commit=off"
options="$options -c full_page_writes=off -c max_connections=60 -c autovacuum=off"
as_server "$binaries/pg_ctl" start --silent --wait --pgdata="$folder/data" --log="$folder/server.log" \
    --options="$options" >/dev/null || die "$(cat "$folder/server.log")"
say "$("$binaries/postgres" --version) on a socket in $folder"

DATABASE_URL="postgres://camera_perf@${folder//\//%2F}/postgres" "$@"
