#!/usr/bin/env python3
"""Cut one bundled font out of a Noto CJK collection; `make.sh` calls this for each of the four.

usage: cut.py SOURCE.ttc FACE "FAMILY" STYLE OUT.otf      cut
       cut.py --check FONT.otf...                          only look at fonts that exist

Two things are done that `pyftsubset` alone does not do:

* **Glyph ids equal CIDs.** Noto CJK is a CID-keyed CFF font. Cutting renumbers the glyphs but leaves the CIDs of the
  old, larger font in the charset. Programs that look glyphs up by glyph id (a window) draw them well; PDFs that
  embed the font and address glyphs by CID lose them: the text can be copied, the page is blank. So the charset is
  rewritten to the identity after cutting, and `--check` (and `tests/fonts.rs`) hold it there.
* **A name of its own.** A cut font is a modified version. It is called by the region's plain name ("Noto Sans SC"), so
  that it never shadows an installed "Noto Sans CJK SC" of full coverage; copyright and licence records stay.
"""

import io
import sys

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables.DefaultTable import DefaultTable

# What the fonts hold, where the source has it. Blocks first, single characters after.
BLOCKS = [
    (0x0020, 0x007E),  # Basic Latin
    (0x00A0, 0x017F),  # Latin-1 Supplement, Latin Extended-A (pinyin ā é ń ū …)
    (0x02B0, 0x036F),  # Spacing Modifier Letters (ˇ ˉ), Combining Diacritical Marks
    (0x0370, 0x03FF),  # Greek
    (0x0400, 0x04FF),  # Cyrillic
    (0x2000, 0x206F),  # General Punctuation
    (0x2070, 0x209F),  # Superscripts and Subscripts
    (0x20A0, 0x20CF),  # Currency Symbols
    (0x2100, 0x214F),  # Letterlike Symbols
    (0x2150, 0x218F),  # Number Forms
    (0x2190, 0x21FF),  # Arrows
    (0x2200, 0x22FF),  # Mathematical Operators
    (0x2300, 0x23FF),  # Miscellaneous Technical
    (0x2460, 0x24FF),  # Enclosed Alphanumerics
    (0x2500, 0x25FF),  # Box Drawing, Block Elements, Geometric Shapes
    (0x2600, 0x27BF),  # Miscellaneous Symbols, Dingbats
    (0x2900, 0x297F),  # Supplemental Arrows-B
    (0x2B00, 0x2BFF),  # Miscellaneous Symbols and Arrows
    (0x2E80, 0x2FDF),  # CJK and Kangxi radicals (dumps of PDFs hold them in place of the characters)
    (0x2FF0, 0x2FFF),  # Ideographic Description Characters
    (0x3000, 0x303F),  # CJK Symbols and Punctuation, 〇
    (0x3040, 0x30FF),  # Hiragana, Katakana
    (0x3100, 0x312F),  # Bopomofo
    (0x31A0, 0x31EF),  # Bopomofo Extended, CJK Strokes
    (0x31F0, 0x31FF),  # Katakana Phonetic Extensions
    (0x3200, 0x33FF),  # Enclosed CJK Letters, CJK Compatibility (㎡ ㎞ ℃ …)
    (0x3400, 0x4DBF),  # CJK Unified Ideographs Extension A
    (0x4E00, 0x9FFF),  # CJK Unified Ideographs
    (0xF900, 0xFAFF),  # CJK Compatibility Ideographs
    (0xFE10, 0xFE1F),  # Vertical Forms
    (0xFE30, 0xFE6F),  # CJK Compatibility Forms, Small Form Variants
    (0xFF00, 0xFFEF),  # Halfwidth and Fullwidth Forms
    (0xFFFD, 0xFFFD),  # replacement character
    (0x1F100, 0x1F1AD),  # Enclosed Alphanumeric Supplement
    (0x1F200, 0x1F2FF),  # Enclosed Ideographic Supplement
    (0x20000, 0x323AF),  # Extensions B to H: the rare name characters the source has
]
# Tone letters of pinyin that lie outside Latin Extended-A.
SINGLES = "ǎǐǒǔǖǘǚǜǍǏǑǓǕǗǙǛǹǸḿḾẑɑɡ"
# Hangul's half-width forms lie in a block we want; no Chinese page needs them.
EXCEPT = [(0xFFA0, 0xFFDC), (0x3200, 0x321E), (0x3260, 0x327F)]

# Characters of GBK and Big5 that the source lacks, and the one it has that looks the same.
LOOKALIKES = {0x223C: 0xFF5E, 0x203E: 0x00AF}

# Letters from A to Z may kern; half-width and proportional punctuation serve typesetting; vertical forms cost little.
FEATURES = ["kern", "mark", "ccmp", "palt", "halt", "vpal", "vhal", "vert", "vrt2", "chws", "vchw"]
KEPT_NAMES = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 16, 17]


def wanted(available):
    """The code points of `available` that the cut font keeps."""
    ranges = [code for first, last in BLOCKS for code in range(first, last + 1)] + [ord(c) for c in SINGLES]
    dropped = {code for first, last in EXCEPT for code in range(first, last + 1)}
    return sorted(set(ranges) & set(available) - dropped)


def cut(source, face, family, style, out):
    """Cut face number `face` of `source` into the font file `out`."""
    options = subset.Options()
    options.hinting = False
    options.desubroutinize = False
    options.layout_features = FEATURES
    options.layout_scripts = ["*"]
    options.name_IDs = KEPT_NAMES
    options.name_languages = [0x409]
    options.glyph_names = False
    options.notdef_outline = True
    options.recalc_bounds = False
    options.recalc_timestamp = False
    options.drop_tables += ["DSIG"]

    font = TTFont(source, fontNumber=int(face), recalcTimestamp=False)
    for table in (t for t in font["cmap"].tables if t.isUnicode() and t.format != 14):
        for code, like in LOOKALIKES.items():
            table.cmap.setdefault(code, table.cmap[like])
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted(font.getBestCmap()))
    subsetter.subset(font)
    rename(font, family, style)
    raw = io.BytesIO()
    font.save(raw)
    write_with_identity_charset(raw, out)


def rename(font, family, style):
    """Give the cut font its own family, full and PostScript names."""
    postscript = family.replace(" ", "") + "-" + style
    version = font["name"].getDebugName(5).split(";")[0]
    texts = {1: family, 2: style, 3: f"{version};{postscript};cut", 4: f"{family} {style}", 6: postscript}
    for name in list(font["name"].names):
        if name.nameID in (16, 17):
            font["name"].removeNames(nameID=name.nameID)
        elif name.nameID in texts:
            name.string = texts[name.nameID]
    top = font["CFF "].cff.topDictIndex[0]
    font["CFF "].cff.fontNames = [postscript]
    for key, text in (("FamilyName", family), ("FullName", f"{family} {style}")):
        if hasattr(top, key):
            setattr(top, key, text)


def write_with_identity_charset(raw, out):
    """Write the font in `raw` to `out` with CID n at glyph id n.

    Only the CFF table is compiled anew: every other table speaks of glyph ids, which do not change, and is copied as
    it stands.
    """
    raw.seek(0)
    font = TTFont(raw, recalcTimestamp=False)
    top = font["CFF "].cff.topDictIndex[0]
    strings = top.CharStrings
    order = list(top.charset)
    renamed = [".notdef"] + [f"cid{gid:05d}" for gid in range(1, len(order))]
    strings.charStrings = {new: strings.charStrings[old] for old, new in zip(order, renamed)}
    top.charset[:] = renamed
    font.glyphOrder = renamed
    top.CIDCount = len(renamed)
    compiled = font["CFF "].compile(font)

    raw.seek(0)
    font = TTFont(raw, recalcTimestamp=False)
    table = DefaultTable("CFF ")
    table.data = compiled
    font.tables["CFF "] = table
    font.save(out, reorderTables=False)


def check(path):
    """Complaints about the font file `path`; none for a good one."""
    font = TTFont(path)
    top = font["CFF "].cff.topDictIndex[0]
    wrong = [gid for gid, name in enumerate(top.charset) if gid and name != f"cid{gid:05d}"]
    complaints = [f"{len(wrong)} glyphs whose CID is not their glyph id, first {wrong[0]}"] if wrong else []
    if not hasattr(top, "ROS"):
        complaints.append("not a CID-keyed font")
    if len(top.charset) != font["maxp"].numGlyphs:
        complaints.append("charset and maxp differ in length")
    if not font["name"].getDebugName(13):
        complaints.append("licence record lost")
    characters = font.getBestCmap()
    # 0x9FA5 and 0x4DB5: the last characters of the base block and of extension A in GB 18030's original ranges.
    for what, first, last in (("base block", 0x4E00, 0x9FA5), ("extension A", 0x3400, 0x4DB5), ("ASCII", 0x20, 0x7E)):
        missing = [code for code in range(first, last + 1) if code not in characters]
        if missing:
            complaints.append(f"{len(missing)} characters of {what} missing, first U+{missing[0]:04X}")
    print(f"{path}: {len(top.charset)} glyphs, {len(characters)} characters" + "".join(f"\n  {c}" for c in complaints))
    return complaints


def main():
    if len(sys.argv) > 2 and sys.argv[1] == "--check":
        return 1 if sum(len(check(path)) for path in sys.argv[2:]) else 0
    if len(sys.argv) != 6:
        print(__doc__, file=sys.stderr)
        return 2
    cut(*sys.argv[1:])
    return 1 if check(sys.argv[5]) else 0


if __name__ == "__main__":
    sys.exit(main())
