#!/usr/bin/env bash
# Requests a second for creating and listing tasks over HTTP, on SQLite and on PostgreSQL, side by
# side in one run; time to the first answer; idle memory.
#
#   cargo xtask with-servers -- bash bench/tasks.sh [path of the binary]
#
# Needs wrk (Debian: apt-get install wrk). Local models and background suggestions stay out of it.
set -euo pipefail
cd "$(dirname "$0")/.."
binary=${1:-target/release/intelliassist}
seconds=${SECONDS_EACH:-5}
work=$(mktemp -d)
trap 'kill "$pid" 2>/dev/null || true; rm -rf "$work"' EXIT

measure() { # name, DATABASE_URL
    local log="$work/$1.log" begin now url
    begin=$(date +%s%N)
    env DATA_DIR="$work/$1" DATABASE_URL="$2" LOCAL_MODELS=off API_PORT=0 LOG_LEVEL=INFO \
        MODELS_DIR="$work/none" "$binary" serve >"$log" 2>&1 &
    pid=$!
    until url=$(grep -o 'http://127.0.0.1:[0-9]*' "$log" | head -n 1) && [ -n "$url" ]; do
        kill -0 "$pid" || { cat "$log"; exit 1; }
    done
    curl -fsS -o "$work/first" "$url/health"
    now=$(date +%s%N)
    printf '%-10s first answer %4d ms, idle %3d MB\n' "$1" $(((now - begin) / 1000000)) \
        $(($(awk '/VmRSS/ {print $2}' "/proc/$pid/status") / 1024))
    for round in create list; do
        local script=() path=/api/v1/tasks
        [ "$round" = create ] && script=(-s bench/post.lua) || path="/api/v1/tasks?limit=50"
        wrk -t1 -c8 -d"${seconds}s" --latency "${script[@]}" "$url$path" >"$work/wrk"
        printf '%-10s %-7s %8s requests/s, half under %s, errors %s\n' "$1" "$round" \
            "$(awk '/Requests\/sec/ {print $2}' "$work/wrk")" \
            "$(awk '$1 == "50%" {print $2}' "$work/wrk")" \
            "$(awk '/Non-2xx/ {print $NF; found = 1} END {if (!found) print 0}' "$work/wrk")"
    done
    kill "$pid"
    wait "$pid" || true
}

measure sqlite "sqlite://$work/tasks.db"
if [ -n "${TEST_POSTGRES_URL:-}" ]; then
    measure postgres "$TEST_POSTGRES_URL"
else
    echo "postgres   left out: TEST_POSTGRES_URL is not set (run through cargo xtask with-servers)"
fi
