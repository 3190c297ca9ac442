"""Puts the answers of the three beside each other.

A reading is right at grain when it names the same moment as the right one, both cut to the coarser
of day, minute, month and year that the right one was given with; a week is right when it has the day. For phrases of the `peer` kind the
right one is what both peers read, where they agree; their own share is one by construction, so only
ours is told. A false find is any date in a text that has none.
"""

import json
import sys
from datetime import date
from pathlib import Path

CUT = {"year": 4, "month": 7, "quarter": 7, "week": 10, "day": 10, "hour": 16, "minute": 16, "second": 16}
COARSE = ["year", "quarter", "month", "week", "day"]


def answers(work, name):
    lines = (work / f"{name}.jsonl").read_text().splitlines()
    return [json.loads(line) for line in lines]


def cut(start, grain):
    return start and start.replace(" ", "T")[: CUT[grain]]


def agreed(one, other):
    """What two readings have in common: a moment and how exactly it was given."""
    if not one["start"] or not other["start"]:
        return None
    grains = [one["grain"] or "day", other["grain"] or "day"]
    coarse = [grain for grain in COARSE if grain in grains]
    grain = coarse[0] if coarse else "minute"
    if grain == "week":
        grain = "day"
    if cut(one["start"], grain) != cut(other["start"], grain):
        return None
    return cut(one["start"], grain), grain


def is_right(ours, wanted, grain):
    if ours["grain"] == "week" and grain == "day":
        day = date.fromisoformat(wanted)
        return ours["start"][:10] <= day.isoformat() < ours["end"][:10]
    return cut(ours["start"], grain) == wanted


def share(right, count):
    return f"{right:5} of {count:5}  {right / count:7.1%}" if count else "none"


def main(folder, disagree):
    work = Path(folder)
    three = {name: answers(work, name) for name in ("ours", "chrono", "dateparser")}
    right, both, apart = 0, 0, []
    for ours, one, other in zip(*three.values(), strict=True):
        if not ours["id"][0].startswith("peer:"):
            continue
        common = agreed(one, other)
        if common is None:
            continue
        both += 1
        if is_right(ours, *common):
            right += 1
        else:
            apart.append((ours["id"][2], ours["id"][3], ours["start"], ours["grain"], *common))
    print(f"phrases on which the peers agree: ours right {share(right, both)}")
    print(f"{'':12} {'labelled phrases':>24} {'false finds in texts without a date':>38} {'time':>10}")
    for name, found in three.items():
        own = [a for a in found if a["id"][0].startswith("own:")] if name == "ours" else None
        own = own or [a for a, o in zip(found, three["ours"], strict=True) if o["id"][0].startswith("own:")]
        hits = sum(cut(a["start"], a["id"][1]["grain"]) == cut(a["id"][1]["start"], a["id"][1]["grain"]) for a in own)
        free = [a for a in found if a["id"][0].startswith("free:")]
        finds = [a for a in free if a["start"]]
        took = int((work / f"{name}.ns").read_text()) / 1e6
        print(f"{name:12} {share(hits, len(own)):>24} {share(len(finds), len(free)):>38} {took:7.0f} ms")
        if disagree and name == "ours":
            for a in finds:
                print("    false:", a["id"][2], a["start"])
            for a in own:
                if cut(a["start"], a["id"][1]["grain"]) != cut(a["id"][1]["start"], a["id"][1]["grain"]):
                    print("    own:", a["id"][2], a["start"], a["id"][1])
    if disagree:
        for text, now, start, grain, wanted, level in apart:
            print(f"    {text!r} at {now}: ours {start} ({grain}), both peers {wanted} ({level})")


main(*sys.argv[1:])
