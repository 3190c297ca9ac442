"""The questions of the comparison, as JSON lines for `dates --jsonl`.

- `peer`: phrases.txt and what is put together below, each at several moments; right is what the two
  peers agree on
- `own`: the labelled phrases of our own tests, at their moment
- `free`: free.txt, texts without any date
"""

import json
import sys
from pathlib import Path

MOMENTS = [
    ("2026-03-11T10:00:00", 3600),
    ("2026-11-29T16:30:00", -18000),
    ("2027-12-30T08:15:00", 19800),
]
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
MONTHS = [
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
]
UNITS = ["minute", "hour", "day", "week", "month", "year"]
CLOCKS = ["9am", "3pm", "at 17:45", "at 8:30 pm", "12:15", "at noon", "at 11.30am", "at 5 o'clock pm", "at 00:20"]


def put_together():
    """Phrases made of parts, in a fixed order."""
    for day in DAYS:
        yield from (day, f"on {day}", f"next {day}", f"last {day}", f"this {day}", f"{day[:3]}")
        yield from (f"{day} at 3pm", f"by {day}", f"{day} 9:30", f"{day} morning")
    for n, month in enumerate(MONTHS):
        day = (n * 7) % 27 + 1
        yield from (f"{day} {month}", f"{month} {day}", f"{month[:3]} {day}", f"{day} {month[:3]} 2027")
        yield from (f"{month} {day}, 2028", f"{day}th of {month}" if day in (8, 15, 22) else f"{month} {day} at 4pm")
        yield from (f"2027-{n + 1:02}-{day:02}", f"{n + 1}/{day}/2027", f"{month} 2027")
    for n in (1, 2, 3, 5, 10, 45):
        for unit in UNITS:
            word = unit if n == 1 else unit + "s"
            yield from (f"in {n} {word}", f"{n} {word} ago", f"{n} {word} from now")
    for unit in ("day", "week", "month", "year", "hour"):
        yield from (f"in a{'n' if unit == 'hour' else ''} {unit}", f"a{'n' if unit == 'hour' else ''} {unit} ago")
    for unit in ("week", "month", "year"):
        yield from (f"next {unit}", f"last {unit}", f"this {unit}")
    for clock in CLOCKS:
        yield from (clock, f"today {clock}", f"tomorrow {clock}", f"Friday {clock}", f"{clock} tomorrow")
    for word in ("today", "tomorrow", "yesterday", "tonight", "now"):
        yield from (word, f"{word} please")


def main(folder, labelled):
    folder = Path(folder)
    written = [line for line in (folder / "phrases.txt").read_text().splitlines() if line and line[0] != "#"]
    texts = list(dict.fromkeys(written + list(put_together())))
    for i, text in enumerate(texts):
        for k, (now, off) in enumerate(MOMENTS):
            ask(f"peer:{i}:{k}", text, now, off, "phrase")
    for i, line in enumerate(Path(labelled).read_text().splitlines()):
        if line and line[0] != "#":
            text, start, grain, _ = line.split("\t")
            ask(f"own:{i}", text, *MOMENTS[0], "phrase", start=start, grain=grain)
    for i, text in enumerate((folder / "free.txt").read_text().splitlines()):
        if text and text[0] != "#":
            ask(f"free:{i}", text, *MOMENTS[0], "sentence")


def ask(ident, text, now, off, mode, **wanted):
    print(json.dumps({"id": [ident, wanted, text, now], "text": text, "now": now, "off": off, "mode": mode}))


main(*sys.argv[1:])
