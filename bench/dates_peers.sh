#!/usr/bin/env bash
# Our dates beside chrono-node and dateparser: the same inputs, in the same run, on this machine.
#
#   bench/dates_peers.sh [path of the binary]      (DISAGREE=1 lists where both peers read otherwise)
#
# The peers are installed from their registries into a folder that is thrown away afterwards; with
# PEERS=folder it is kept and used again. Needs node with npm, and python3 with venv. `--jsonl` of the
# binary is asked as any user would ask it. What is counted is explained in bench/dates/compare.py.
set -euo pipefail
cd "$(dirname "$0")/.."
binary=$(realpath "${1:-target/release/intelliassist}")
here=$PWD/bench/dates
phrases=$PWD/crates/extract/tests/dates/phrases.tsv
if [ -n "${PEERS:-}" ]; then
    mkdir -p "$PEERS"
    work=$(realpath "$PEERS")
else
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
fi
cd "$work"
if [ ! -d node_modules/chrono-node ]; then
    npm install --silent --no-fund --no-audit --prefix "$work" chrono-node@2 >/dev/null
fi
if [ ! -x venv/bin/python ]; then
    python3 -m venv venv
fi
venv/bin/python -c 'import dateparser' 2>/dev/null || venv/bin/pip install --quiet 'dateparser>=1.2,<2'

venv/bin/python "$here/questions.py" "$here" "$phrases" >questions.jsonl
timed() { # name, command…: its answers and how long it took
    local name=$1 begin
    shift
    begin=$(date +%s%N)
    "$@" <questions.jsonl >"$name.jsonl"
    echo "$(($(date +%s%N) - begin))" >"$name.ns"
}
timed ours "$binary" dates --jsonl
timed chrono env TZ=UTC NODE_PATH="$work/node_modules" node "$here/chrono.cjs"
timed dateparser venv/bin/python "$here/dateparser_peer.py"
venv/bin/python "$here/compare.py" "$work" "${DISAGREE:-}"
