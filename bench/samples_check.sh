#!/usr/bin/env bash
# Finds the tasks of the samples and compares them with those that are in them.
#
#     bench/samples_check.sh BINARY DIRECTORY…
#
# Beside a sample NAME.* with tasks lies NAME.tasks.txt, one task a line: summary | words of the due date |
# person. A task counts as found when most of its words stand in one that was found. Fails where fewer
# than 80 % of all tasks were found or a sample could not be read. Local models alone are asked.
set -euo pipefail
binary="$1"
shift
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
export LOCAL_MODELS=only DATA_DIR="$work/data" LOG_LEVEL=ERROR
exec 3>&1
status=0
for list in $(find "$@" -name '*.tasks.txt' | sort); do
    stem="${list%.tasks.txt}"
    for file in "$stem".*; do
        case "$file" in *.txt) continue ;; esac
        begun="$(date +%s%N)"
        if ! "$binary" extract "$file" --json --timezone Europe/Berlin >"$work/found.json" 2>"$work/log"; then
            echo "FAILED $file: $(tail -n 1 "$work/log")" >&3
            status=1
            continue
        fi
        seconds="$((($(date +%s%N) - begun) / 1000000000))"
        printf '%s\t%s\t%s\t' "$file" "$list" "$seconds" >>"$work/all"
        python3 -c 'import json,sys; print(json.dumps(json.load(open(sys.argv[1]))))' "$work/found.json" \
            >>"$work/all"
    done
done
[ -s "$work/all" ] || { echo "no samples with tasks in: $*" >&2; exit 1; }
python3 - "$work/all" <<'PYTHON' || status=1
import json
import re
import sys


def words(text):
    return set(re.findall(r"[a-z0-9]+", text.lower())) - {"the", "a", "an", "of", "to", "for", "and"}


found_all = expected_all = extra_all = 0
for row in open(sys.argv[1], encoding="utf-8"):
    file, tasks, seconds, answer = row.rstrip("\n").split("\t", 3)
    answer = json.loads(answer)
    parts = answer.get("files", [answer])
    found = [task["summary"] for part in parts for task in part["tasks"]]
    lines = [line.strip() for line in open(tasks, encoding="utf-8") if line.strip()]
    wanted = [line.split("|")[0].strip() for line in lines]
    left, missed = list(found), []
    for task in wanted:
        mine = words(task)
        best = max(left, key=lambda one: len(words(one) & mine), default=None)
        if best is not None and len(words(best) & mine) * 2 > len(mine):
            left.remove(best)
        else:
            missed.append(task)
    found_all += len(wanted) - len(missed)
    expected_all += len(wanted)
    extra_all += len(left)
    print(f"{len(wanted) - len(missed)}/{len(wanted)}  {seconds:>3} s  {file}")
    for task in missed:
        print(f"        missed: {task}")
    for task in left:
        print(f"        not expected: {task}")
share = found_all / max(expected_all, 1)
print(f"{found_all} of {expected_all} tasks found ({share:.0%}), {extra_all} not expected")
sys.exit(share < 0.8)
PYTHON
exit "$status"
