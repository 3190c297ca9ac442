#!/usr/bin/env python3
"""Makes sample pictures and documents whose contents are known.

    bench/samples_images.py DIR               pictures and documents into DIR
    bench/samples_images.py --fixtures DIR    the small pictures of the tests into DIR

Beside every picture lies NAME.txt, the text that stands in it in the order of reading; beside everything
that holds tasks lies NAME.tasks.txt, one task a line: summary | words of the due date | person. The
libraries that draw are brought from PyPI into a folder that is thrown away afterwards. Fonts are those
of Debian (fonts-dejavu-core, fonts-liberation, fonts-comic-neue, fonts-dkg-handwriting); what is missing
is replaced by the one that comes with Pillow. The same call makes the same pictures.
"""

import argparse
import csv
import html
import random
import subprocess
import sys
import tempfile
import textwrap
import venv
from pathlib import Path

LIBRARIES = ["pillow==11.3.0", "reportlab==4.4.3", "python-docx==1.2.0"]

FONTS = {
    "sans": ["liberation*/LiberationSans-Regular.ttf", "dejavu/DejaVuSans.ttf"],
    "serif": ["dejavu/DejaVuSerif.ttf", "liberation*/LiberationSerif-Regular.ttf"],
    "mono": ["dejavu/DejaVuSansMono.ttf", "liberation*/LiberationMono-Regular.ttf"],
    "bold": ["liberation*/LiberationSans-Bold.ttf", "dejavu/DejaVuSans-Bold.ttf"],
    "hand": ["comic-neue/ComicNeue-Bold.*", "humor-sans/*.ttf"],
    "script": ["fifthhorseman/dkg.ttf", "comic-neue/ComicNeue-Italic.*"],
}

NOTES = [
    "Call Anna Petrova about the lease by Friday 14 March.",
    "Send the invoice of 1,284.50 EUR to Miller & Sons.",
    "Book a table for 6 people at 19:30 on Tuesday.",
    "Ask Tom whether the server in Room 214 is back up.",
    "Renew the domain example.org before 2026-04-01!",
    "Write to support@example.com about ticket #48213.",
    "Buy: 2 kg flour, 12 eggs, olive oil (1 litre).",
    'Review Jana\'s draft "Plan B" tomorrow at 9 a.m.',
    "Pay 30% of the deposit to Oak Street 17, Leeds.",
    "Remind me to water the plants on Sunday evening.",
]
NOTES_TASKS = [
    "Call Anna Petrova about the lease | by Friday 14 March |",
    "Send the invoice of 1,284.50 EUR to Miller & Sons | |",
    "Book a table for 6 people | at 19:30 on Tuesday |",
    "Ask Tom whether the server in Room 214 is back up | |",
    "Renew the domain example.org | before 2026-04-01 |",
    "Write to support@example.com about ticket #48213 | |",
    "Buy: 2 kg flour, 12 eggs, olive oil (1 litre) | |",
    "Review Jana's draft \"Plan B\" | tomorrow at 9 a.m. |",
    "Pay 30% of the deposit to Oak Street 17, Leeds | |",
    "Water the plants | on Sunday evening |",
]

LEFT = [
    "The new office opens in May.",
    "We need two more desks and",
    "a second printer by then.",
    "Order both before Easter,",
    "delivery takes three weeks.",
    "Keys are with the caretaker.",
]
RIGHT = [
    "Travel: the night train to",
    "Vienna leaves at 21:40.",
    "Book six seats by Monday and",
    "send Paul the numbers.",
    "Hotels are still cheap.",
]

BOARD = [
    "SPRINT 12 - TO DO",
    "Fix login bug (Maria)",
    "Update the price list by Wed",
    "Call the printer about posters",
    "Order 25 chairs for the hall",
    "Demo on Friday at 14:00",
]
BOARD_TASKS = [
    "Fix login bug | | Maria",
    "Update the price list | by Wed |",
    "Call the printer about posters | |",
    "Order 25 chairs for the hall | |",
]

CHAT = [
    ("Lena", "Hi! Are you still coming on Saturday?"),
    (None, "Yes, I take the 10:15 train."),
    ("Lena", "Great. Could you bring the projector?"),
    (None, "Sure. And please send me the guest list by tomorrow."),
    ("Lena", "Will do. Don't forget to book the room!"),
    (None, "OK"),
]
CHAT_TASKS = [
    "Bring the projector | |",
    "Send the guest list | by tomorrow | Lena",
    "Book the room | |",
]

TABLE = [
    ("Task", "Due", "Who"),
    ("Confirm the stand number", "3 March 2026", ""),
    ("Order the brochures", "Friday", "Peter"),
    ("Pack the banners and lamps", "", "Ana"),
]

RECEIPT = [
    ("Oat milk 1 l", "2.29"),
    ("Rye bread", "3.80"),
    ("Apples 1.5 kg", "4.47"),
    ("Coffee beans", "11.90"),
    ("Dish soap", "1.95"),
    ("Total", "24.41"),
]

LETTER = [
    ("Dear Ms Novak,", None),
    ("thank you for the meeting on Monday. As agreed, here is what has to be done before the fair.", None),
    ("Please confirm the stand number by 3 March.", "Confirm the stand number | by 3 March |"),
    ("Peter will order the brochures by Friday.", "Order the brochures | by Friday | Peter"),
    ("Please send me the list of exhibitors before next Wednesday.",
     "Send the list of exhibitors | before next Wednesday |"),
    ("The weather was fine and everybody enjoyed the tour of the old town.", None),
    ("Kind regards,", None),
    ("Ivo Brandt", None),
]


# --- fonts and drawing ------------------------------------------------------------------------------


def font(name, size):
    from PIL import ImageFont

    for pattern in FONTS[name]:
        for kind in ("truetype", "opentype"):
            for path in sorted(Path("/usr/share/fonts").joinpath(kind).glob(pattern)):
                return ImageFont.truetype(str(path), size)
    print(f"no {name} font is installed; Pillow's own is used", file=sys.stderr)
    return ImageFont.load_default(size)


def page(lines, face="sans", size=30, width=None, ink=(20, 20, 20), paper=(255, 255, 255), margin=50):
    """Lines under each other."""
    from PIL import Image, ImageDraw

    letters = font(face, size)
    width = width or int(max(letters.getlength(line) for line in lines)) + 2 * margin
    step = int(size * 1.6)
    picture = Image.new("RGB", (width, step * len(lines) + 2 * margin), paper)
    pen = ImageDraw.Draw(picture)
    for i, line in enumerate(lines):
        pen.text((margin, margin + i * step), line, font=letters, fill=ink)
    return picture


def columns(left, right, face="serif", size=26):
    """Two columns that are not level."""
    from PIL import Image, ImageDraw

    letters = font(face, size)
    step = int(size * 1.5)
    second = int(max(letters.getlength(line) for line in left)) + 190
    width = second + int(max(letters.getlength(line) for line in right)) + 50
    picture = Image.new("RGB", (width, step * max(len(left), len(right)) + 120), (255, 255, 255))
    pen = ImageDraw.Draw(picture)
    for x, lines, down in ((50, left, 0), (second, right, step // 2)):
        for i, line in enumerate(lines):
            pen.text((x, 50 + down + i * step), line, font=letters, fill=(0, 0, 0))
    return picture


def table(rows, face="sans", size=24):
    """Cells under each other, without rules."""
    from PIL import Image, ImageDraw

    letters = font(face, size)
    step = int(size * 1.8)
    wide = [int(max(letters.getlength(row[i]) for row in rows)) + 90 for i in range(len(rows[0]))]
    picture = Image.new("RGB", (sum(wide) + 10, step * len(rows) + 60), (255, 255, 255))
    pen = ImageDraw.Draw(picture)
    for i, row in enumerate(rows):
        for j, cell in enumerate(row):
            pen.text((40 + sum(wide[:j]), 30 + i * step), cell, font=letters, fill=(30, 30, 30))
    return picture


def table_lines(rows):
    return ["| " + " | ".join(row) + " |" for row in rows]


def receipt(rows, size=26, width=520):
    """Names to the left, prices to the right."""
    from PIL import Image, ImageDraw

    letters = font("mono", size)
    step = int(size * 1.5)
    picture = Image.new("RGB", (width, step * len(rows) + 80), (250, 248, 240))
    pen = ImageDraw.Draw(picture)
    for i, (name, price) in enumerate(rows):
        pen.text((35, 40 + i * step), name, font=letters, fill=(40, 40, 50))
        x = width - 35 - letters.getlength(price)
        pen.text((x, 40 + i * step), price, font=letters, fill=(40, 40, 50))
    return picture


def chat(messages, width=720, size=24):
    """Bubbles to the left and to the right."""
    from PIL import Image, ImageDraw

    letters, small = font("sans", size), font("bold", 18)
    picture = Image.new("RGB", (width, 110 * len(messages) + 40), (229, 221, 213))
    pen = ImageDraw.Draw(picture)
    y = 24
    for who, words in messages:
        wide = int(letters.getlength(words)) + 40
        x = 20 if who else width - 20 - wide
        high = 84 if who else 58
        colour = (255, 255, 255) if who else (220, 248, 198)
        pen.rounded_rectangle((x, y, x + wide, y + high), 14, fill=colour)
        if who:
            pen.text((x + 20, y + 8), who, font=small, fill=(30, 110, 160))
        pen.text((x + 20, y + (38 if who else 14)), words, font=letters, fill=(17, 17, 17))
        y += high + 22
    return picture.crop((0, 0, width, y + 10))


def chat_lines(messages):
    return [line for who, words in messages for line in ((who, words) if who else (words,))]


def turned(picture, degrees, paper=(255, 255, 255)):
    from PIL import Image

    return picture.rotate(degrees, resample=Image.Resampling.BICUBIC, expand=True, fillcolor=paper)


def photographed(picture, paper, seed=7):
    """Turned a little, lit from one side, a little out of focus, with the noise of a cheap camera."""
    from PIL import Image, ImageChops, ImageFilter

    picture = turned(picture, 1.5, paper).filter(ImageFilter.GaussianBlur(1.2))
    light = Image.linear_gradient("L").rotate(90).resize(picture.size)
    light = light.point(lambda value: 160 + value * 95 // 255)
    picture = ImageChops.multiply(picture, Image.merge("RGB", (light, light, light.point(lambda v: v * 9 // 10))))
    dice = random.Random(seed)
    noise = Image.frombytes("RGB", picture.size, dice.randbytes(picture.width * picture.height * 3))
    return Image.blend(picture, noise, 0.08)


# --- what is made -----------------------------------------------------------------------------------


def pictures():
    """Name, picture, lines of its text, tasks."""
    board_paper = (235, 240, 238)
    yield "notes-sans", page(NOTES, "sans"), NOTES, NOTES_TASKS
    yield "notes-serif", page(NOTES, "serif"), NOTES, NOTES_TASKS
    yield "notes-mono", page(NOTES, "mono"), NOTES, NOTES_TASKS
    yield "notes-rotated", turned(page(NOTES, "sans"), 2), NOTES, NOTES_TASKS
    yield "notes-low-contrast", page(NOTES, "serif", ink=(165, 165, 165), paper=(205, 205, 205)), NOTES, NOTES_TASKS
    yield "notes-small", page(NOTES, "sans", size=16), NOTES, NOTES_TASKS
    yield "notes-dark", page(NOTES, "sans", ink=(220, 220, 230), paper=(25, 27, 34)), NOTES, NOTES_TASKS
    yield "notes-upside-down", turned(page(NOTES, "serif"), 180), NOTES, NOTES_TASKS
    yield "notes-sideways", turned(page(NOTES, "sans"), 90), NOTES, NOTES_TASKS
    yield "columns", columns(LEFT, RIGHT), LEFT + [""] + RIGHT, None
    yield "receipt", receipt(RECEIPT), [f"{name} {price}" for name, price in RECEIPT], None
    yield "table", table(TABLE), table_lines(TABLE), [" | ".join(row) for row in TABLE[1:]]
    yield "chat", chat(CHAT), chat_lines(CHAT), CHAT_TASKS
    hand = page(BOARD, "hand", size=52, ink=(30, 50, 140), paper=board_paper)
    yield "handwritten", page(NOTES[:4] + NOTES[9:], "script", size=44), NOTES[:4] + NOTES[9:], None
    yield "hand-lettered", hand, BOARD, BOARD_TASKS
    yield "whiteboard-photo", photographed(hand, board_paper), BOARD, BOARD_TASKS


def fixtures():
    """The same in small, for tests: name, picture, lines."""
    few = NOTES[:6]
    rest = NOTES[4:]
    yield "sans", page(few, "sans", size=24, margin=30), few
    yield "serif", page(rest, "serif", size=24, margin=30), rest
    yield "mono", page(few, "mono", size=22, margin=30), few
    yield "rotated", turned(page(rest, "sans", size=24, margin=30), 2), rest
    yield "low-contrast", page(few, "serif", size=24, margin=30, ink=(165,) * 3, paper=(205,) * 3), few
    yield "small", page(NOTES, "sans", size=16, margin=20), NOTES
    yield "dark", page(rest, "sans", size=24, margin=30, ink=(220,) * 3, paper=(25,) * 3), rest
    yield "columns", columns(LEFT, RIGHT, size=22), LEFT + [""] + RIGHT
    yield "receipt", receipt(RECEIPT, size=20, width=420), [f"{name} {price}" for name, price in RECEIPT]
    yield "table", table(TABLE), table_lines(TABLE)
    yield "upside-down", turned(page(few[:4], "sans", size=24, margin=30), 180), few[:4]
    yield "sideways", turned(page(few[:4], "serif", size=24, margin=30), 90), few[:4]


def write_lines(path, lines):
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")


def make_pictures(to):
    for name, picture, lines, tasks in pictures():
        if name.endswith("photo"):
            picture.save(to / f"{name}.jpg", quality=80)
        else:
            picture.save(to / f"{name}.png", optimize=True)
        write_lines(to / f"{name}.txt", lines)
        if tasks:
            write_lines(to / f"{name}.tasks.txt", tasks)


def make_fixtures(to):
    for name, picture, lines in fixtures():
        # Sixteen greys: a quarter of the bytes, the same letters.
        grey = picture.convert("L").point(lambda value: (value + 8) // 17 * 17)
        grey.quantize(16).save(to / f"{name}.png", optimize=True)
        write_lines(to / f"{name}.txt", lines)


def make_documents(to):
    tasks = [task for _, task in LETTER if task]
    for name in ("letter.pdf", "scanned.pdf", "minutes.docx", "mail.html"):
        write_lines(to / f"{Path(name).stem}.tasks.txt", tasks)
    paragraphs = [words for words, _ in LETTER]
    text_pdf(to / "letter.pdf", paragraphs)
    scanned = [line for words in paragraphs for line in textwrap.wrap(words, 52)]
    page(scanned, "serif", size=44, width=1654).convert("L").save(to / "scanned.pdf", resolution=200)
    docx_file(to / "minutes.docx", paragraphs)
    body = "\n".join(f"<p>{html.escape(words)}</p>" for words in paragraphs)
    head = "<meta charset=\"utf-8\"><title>Before the fair</title><style>p { color: #333 }</style>"
    (to / "mail.html").write_text(
        f"<!doctype html>\n<html><head>{head}</head>\n<body>\n{body}\n</body></html>\n", encoding="utf-8"
    )
    with (to / "list.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(TABLE)
    write_lines(to / "list.tasks.txt", [" | ".join(row) for row in TABLE[1:]])


def text_pdf(path, paragraphs):
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

    style = getSampleStyleSheet()["BodyText"]
    story = [part for words in paragraphs for part in (Paragraph(html.escape(words), style), Spacer(1, 8))]
    SimpleDocTemplate(str(path), title="Before the fair", invariant=1).build(story)


def docx_file(path, paragraphs):
    import docx

    document = docx.Document()
    document.add_heading("Before the fair", level=1)
    for words in paragraphs:
        document.add_paragraph(words)
    document.save(str(path))


# --- beginning --------------------------------------------------------------------------------------


def have_libraries():
    try:
        import docx  # noqa: F401
        import PIL  # noqa: F401
        import reportlab  # noqa: F401
    except ImportError:
        return False
    return True


def with_libraries(arguments):
    """Runs this again where the libraries are."""
    with tempfile.TemporaryDirectory(prefix="samples-") as folder:
        venv.create(folder, with_pip=True)
        python = Path(folder) / "bin" / "python"
        subprocess.run([python, "-m", "pip", "install", "--quiet", *LIBRARIES], check=True)
        return subprocess.run([python, __file__, *arguments], check=False).returncode


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("dir", type=Path)
    parser.add_argument("--fixtures", action="store_true", help="the small pictures of the tests")
    asked = parser.parse_args(arguments)
    if not have_libraries():
        return with_libraries(arguments)
    asked.dir.mkdir(parents=True, exist_ok=True)
    if asked.fixtures:
        make_fixtures(asked.dir)
    else:
        make_pictures(asked.dir)
        make_documents(asked.dir)
    print(f"made {sum(1 for _ in asked.dir.iterdir())} files in {asked.dir}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
