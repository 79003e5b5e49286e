#!/usr/bin/env python3
"""Prove that bundled fonts can be seen in print: every Han character of each, through typst to PDF, must leave ink.

usage: prove.py FONT.otf...

Always checks what `cut.py --check` checks. The PDF needs the Python packages `typst` and `pymupdf`; without them that part
is skipped with a word. Exit status: 0 good, 1 a font fails.
"""

import json
import os
import sys
import tempfile

import cut
from fontTools.ttLib import TTFont

try:
    import pymupdf
    import typst
except ImportError:
    typst = None

# Distinct characters to a page, set wide enough that no box touches its neighbour's ink.
PER_PAGE = 1600
PAGE = """
#set page(width: 1000pt, height: 1000pt, margin: 10pt)
#set text(font: "{family}", weight: "{weight}", size: 14pt, fallback: false, lang: "zh", region: "cn")
#set par(leading: 9pt)
#for page in json("pages.json") {{ page.map(row => [#row]).join(linebreak()); pagebreak(weak: true) }}
"""


def without_ink(font_path, characters):
    """The characters that a PDF set in the font loses, either as text or as ink."""
    name = TTFont(font_path, lazy=True)["name"]
    weight = "bold" if name.getDebugName(2) == "Bold" else "regular"
    rows = ["　".join(characters[i:i + 32]) for i in range(0, len(characters), 32)]
    pages = [rows[i:i + PER_PAGE // 32 - 10] for i in range(0, len(rows), PER_PAGE // 32 - 10)]
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "pages.json"), "w", encoding="utf-8") as file:
            json.dump(pages, file)
        source = os.path.join(folder, "all.typ")
        with open(source, "w", encoding="utf-8") as file:
            file.write(PAGE.format(family=name.getDebugName(1), weight=weight))
        with open(font_path, "rb") as font, open(os.path.join(folder, "only.otf"), "wb") as copy:
            copy.write(font.read())
        pdf = typst.compile(source, font_paths=[folder], ignore_system_fonts=True)
    document, inked = pymupdf.open(stream=pdf), set()
    keep = os.environ.get("KEEP_PDF")
    if keep:
        document.save(os.path.join(keep, os.path.basename(font_path) + ".pdf"))
    for page in document:
        picture = page.get_pixmap(colorspace=pymupdf.csGRAY, alpha=False)
        samples, stride = memoryview(picture.samples), picture.stride
        for block in page.get_text("rawdict")["blocks"]:
            for char in (c for line in block.get("lines", []) for span in line["spans"] for c in span["chars"]):
                x0, y0, x1, y1 = (int(v) for v in char["bbox"])
                box = b"".join(bytes(samples[y * stride + x0:y * stride + x1 + 1])
                               for y in range(max(y0, 0), min(y1 + 1, picture.height)))
                if box and max(box) - min(box) >= 60:
                    inked.add(char["c"])
    return [c for c in characters if c not in inked]


def main():
    failed = 0
    for path in sys.argv[1:]:
        failed += bool(cut.check(path))
        if typst is None:
            print("  the PDF proof is skipped: the Python packages typst and pymupdf are not installed")
            continue
        available = TTFont(path, lazy=True).getBestCmap()
        han = [chr(c) for c in available if 0x3400 <= c <= 0x9FFF or c >= 0x20000 or 0x21 <= c <= 0x7E and c != 0x60]
        lost = without_ink(path, han)
        print(f"  {len(han)} characters printed to PDF, {len(lost)} without ink" + (": " + "".join(lost[:40]) if lost else ""))
        failed += bool(lost)
    return 1 if failed or len(sys.argv) < 2 else 0


if __name__ == "__main__":
    sys.exit(main())
