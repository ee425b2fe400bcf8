"""Files that are broken, huge or ill-meant: each is answered in bounded time and memory, with words for a coordinator.

Every case is a file of its own, made here, and goes through the same door as a coordinator's. `words` are in what it is
told; a case without them may also be read, as long as it is answered.
"""

import random
import re
import struct
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path

import pytest

from actions.importing import child, readers
from actions.importing.checking import check
from actions.importing.tables import File
from actions.importing.unreadable import Unreadable
from tests.importing import files
from tests.importing.drawn import Drawn

MEGABYTE = 1024 * 1024
LONGEST = 12.0
"""Seconds for one file, on a machine that does other things as well."""
MOST = child.MEMORY
"""Of memory held at once."""
JARGON = re.compile(
    r"\b(xml|zip|archive|exception|traceback|none|null|error|parse\w*|byte\w*|utf-?8|dtd|entit\w+|schema|node|element|tag"
    r"|stream|buffer|invalid|unexpected|lxml|openpyxl|python|crc|ole2?|mime\w*|relationship\w*)\b",
    re.IGNORECASE,
)

PLAN = files.one_sheet(
    ["No.", "Action", "Lead", "By"],
    [Drawn("PREVENT", bold=True, across=4), None, None, None],
    *[[str(number), f"Train all staff {number}", "Police", files.a_day(2018, 4, 1)] for number in range(1, 30)],
)
XLSX, DOCX, ODS, CSV = (getattr(files, kind)(PLAN) for kind in ("xlsx", "docx", "ods", "csv"))
GOOD = {"xlsx": XLSX, "docx": DOCX, "ods": ODS}
MAIN = {"xlsx": "xl/worksheets/sheet1.xml", "docx": "word/document.xml", "ods": "content.xml"}
ROOTS = {"xlsx": "<worksheet ", "docx": "<w:document ", "ods": "<office:document-content "}
SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData>{}</worksheet>'
STRINGS = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</sst>'
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
WORD = f"<w:document {W}><w:body>{{}}</w:body></w:document>"
OPEN = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="Plan">{}</table:table></office:spreadsheet></office:body></office:document-content>'
)
ODS_ROW = "<table:table-row {}><table:table-cell {}><text:p>{}</text:p></table:table-cell></table:table-row>"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
DECLARED = {
    "laughing": f'<!DOCTYPE x [<!ENTITY l0 "lol">{LAUGHS}]>',
    "a long word many times over": f'<!DOCTYPE x [<!ENTITY l9 "{"a" * 50_000}">]>',
    "reading our files": '<!DOCTYPE x [<!ENTITY l9 SYSTEM "file:///etc/passwd">]>',
    "calling out": '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
    "calling out by parameter": '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p;]>',
}
LAUGHING = DECLARED["laughing"]
TAMPERED, DAMAGED, LARGE = "not made by Excel", "damaged", "too large"

Case = tuple[Callable[[], bytes], str, str]
CASES: dict[str, Case] = {}


def case(name: str, make: Callable[[], bytes], file: str = "plan.xlsx", words: str = "") -> None:
    assert name not in CASES
    CASES[name] = (make, file, words)


def having(kind: str, **more: bytes | str) -> Callable[[], bytes]:
    """A good file with these parts instead of, or beside, its own: MAIN=… is the part with its tables."""
    return lambda: files.packed(
        files.parts(GOOD[kind]) | {MAIN[kind] if name == "MAIN" else name: part for name, part in more.items()}
    )


def without(kind: str, part: str) -> Callable[[], bytes]:
    return lambda: files.packed({name: content for name, content in files.parts(GOOD[kind]).items() if name != part})


def changed(kind: str, part: str, before: str, after: str) -> Callable[[], bytes]:
    return lambda: files.altered(GOOD[kind], (part, before, after))


def declared(kind: str, declaration: str, encoding: str = "utf-8") -> Callable[[], bytes]:
    """The main part with a document type, and the last of its entities in its words."""

    def make() -> bytes:
        content = files.parts(GOOD[kind])
        text = content[MAIN[kind]].decode().partition("?>")[2] or content[MAIN[kind]].decode()
        text = f'<?xml version="1.0" encoding="{encoding}"?>{declaration}{text.replace("Police", "&l9;")}'
        content[MAIN[kind]] = text.encode(encoding)
        return files.packed(content)

    return make


def patched(data: bytes, *changes: tuple[int, bytes]) -> bytes:
    made = bytearray(data)
    for place, value in changes:
        made[place : place + len(value)] = value
    return bytes(made)


def directory(data: bytes) -> int:
    """Where the list of what an archive holds begins."""
    return struct.unpack("<I", data[data.rindex(b"PK\5\6") + 16 :][:4])[0]


def zeros(kind: str, megabytes: int) -> Callable[[], bytes]:
    return lambda: having(kind, **{"media/zeros.bin": bytes(megabytes * MEGABYTE)})()


def doubled() -> bytes:
    """Two parts of one name: what a checker saw might not be what a reader reads."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in files.parts(XLSX).items():
            archive.writestr(name, part)
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr(MAIN["xlsx"], SHEET.format("", ""))
    return out.getvalue()


def overlapping() -> bytes:
    """Many parts whose list all points to the same packed one: small to send, huge to unpack."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in files.parts(XLSX).items():
            archive.writestr(name, part)
        archive.writestr("xl/media/big.bin", random.Random(1).randbytes(1_000) * 4_000)
        last = archive.infolist()[-1]
        for number in range(600):
            copy = zipfile.ZipInfo(f"xl/media/{number:05}.bin")
            for key in ("header_offset", "compress_size", "file_size", "CRC", "compress_type", "flag_bits"):
                setattr(copy, key, getattr(last, key))
            archive.filelist.append(copy)
            archive.NameToInfo[copy.filename] = copy
    return out.getvalue()


def random_bytes(start: bytes, size: int = 20_000) -> Callable[[], bytes]:
    return lambda: start + random.Random(len(start)).randbytes(size)


def flipped(kind: str, seed: int) -> Callable[[], bytes]:
    def make() -> bytes:
        chance = random.Random(seed)
        data = GOOD[kind]
        return patched(data, *[(chance.randrange(len(data)), chance.randbytes(1)) for _ in range(12)])

    return make


def text_flipped(kind: str, seed: int) -> Callable[[], bytes]:
    """Damage within the part with the tables, packed well again."""

    def make() -> bytes:
        chance = random.Random(seed)
        content = files.parts(GOOD[kind])
        part = content[MAIN[kind]]
        content[MAIN[kind]] = patched(part, *[(chance.randrange(len(part)), chance.randbytes(1)) for _ in range(3)])
        return files.packed(content)

    return make


def many_words(millions: int) -> list[str]:
    """Texts of so many characters together that don't pack into almost nothing."""
    chance = random.Random(5)
    some = [f"{chance.randrange(10**12)} " for _ in range(2_000)]
    return ["".join(chance.choices(some, k=1_000)) for _ in range(millions * 80)]


def smallest_things(megabytes: int) -> str:
    chance = random.Random(6)
    some = ["".join(f"<{chance.choice('abcdefgh')}/>" for _ in range(250)) for _ in range(500)]
    return "".join(chance.choices(some, k=megabytes * 1_000))


def xlsx_of(inside: str, after: str = "", strings: str = "<si><t>words</t></si>") -> Callable[[], bytes]:
    return having("xlsx", MAIN=SHEET.format(inside, after), **{"xl/sharedStrings.xml": STRINGS.format(strings)})


def merged(reference: str, times: int = 1) -> str:
    return "<mergeCells>" + f'<mergeCell ref="{reference}"/>' * times + "</mergeCells>"


def reworded(kind: str, words: bytes) -> Callable[[], bytes]:
    """A good file with these words instead of "Police", in whichever part they stand."""
    return lambda: files.packed(
        {name: part.replace(b">Police<", b">" + words + b"<") for name, part in files.parts(GOOD[kind]).items()}
    )


def word(inside: str) -> Callable[[], bytes]:
    return having("docx", MAIN=WORD.format(inside))


def word_table(rows: str) -> Callable[[], bytes]:
    return word(f"<w:tbl>{rows}</w:tbl>")


def word_row(about: str) -> str:
    return f"<w:tr><w:tc><w:tcPr>{about}</w:tcPr><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc></w:tr>"


def ods_row(row: str = "", cell: str = "", words: str = "x", before: str = "") -> Callable[[], bytes]:
    return having("ods", MAIN=OPEN.format(before + ODS_ROW.format(row, cell, words)))


def c(place: str, value: str = "words") -> str:
    return f'<row r="{re.sub("[A-Z]", "", place)}"><c r="{place}" t="str"><v>{value}</v></c></row>'


# Cut short, at many places, and damaged by chance.
for kind, data in GOOD.items():
    # Named by what does not depend on the moment, which is in some of these files: every worker has the same names.
    for part in (1, 4, 30, 100, -23, -22, -1):
        case(f"{kind} cut at {part}", lambda data=data, part=part: data[:part], f"plan.{kind}")
    for tenths in (5, 9):
        cut = len(data) * tenths // 10
        case(f"{kind} cut at {tenths} tenths", lambda data=data, cut=cut: data[:cut], f"plan.{kind}")
    case(f"{kind} without its beginning", lambda data=data: data[200:], f"plan.{kind}")
    case(f"{kind} with its middle out", lambda data=data: data[:800] + data[1_600:], f"plan.{kind}", DAMAGED)
    case(f"{kind} twice over", lambda data=data: data + data, f"plan.{kind}")
    for seed in range(4):
        case(f"{kind} with bytes flipped {seed}", flipped(kind, seed), f"plan.{kind}")
        case(f"{kind} with its words flipped {seed}", text_flipped(kind, seed), f"plan.{kind}")
for part in (1, 2, 3, 40, -1):
    case(f"csv cut at {part}", lambda part=part: CSV[:part], "plan.csv")
case("utf-16 cut in a character", lambda: files.csv(PLAN, ",", "utf-16")[:-1], "plan.csv")

# Too much of it.
case("60 MB of nothing", zeros("xlsx", 60), words=LARGE)
case("150 MB of nothing", zeros("docx", 150), "plan.docx", LARGE)
case("a sheet of 90 MB of spaces", lambda: having("xlsx", MAIN=SHEET.format(" " * 90 * MEGABYTE, ""))(), words=LARGE)
case("a bomb within a bomb", having("xlsx", **{"x.zip": files.packed({"y": bytes(MEGABYTE)})}))
case("3,000 parts", having("ods", **{f"x{n}": b"" for n in range(3_000)}), "plan.ods", LARGE)
case("60,000 parts", lambda: files.packed({f"{n}": b"" for n in range(60_000)}, zipfile.ZIP_STORED), words=LARGE)
case("parts that overlap", overlapping)
case("11 MB", lambda: CSV + b"a" * 11 * MEGABYTE, "plan.csv", "larger than 10 MB")
case("the last cell of a sheet", xlsx_of(c("XFD1048576")), words="column 16,384")
case("a cell beyond the last", xlsx_of(c("XFE1")), words=DAMAGED)
case("a row beyond the last", xlsx_of(c("A1048577")), words=DAMAGED)
case("a row of number nought", xlsx_of(c("A0")), words=DAMAGED)
case("a row of a number below nought", xlsx_of('<row r="-5"><c t="str"><v>x</v></c></row>'), words="")
case("a row of no number", xlsx_of('<row r="one"><c t="str"><v>x</v></c></row>'), words=DAMAGED)
case("a row of a huge number", xlsx_of(f'<row r="{"9" * 6_000}"/>'), words=DAMAGED)
case("a million rows declared", xlsx_of(c("A1"), '<dimension ref="A1:XFD1048576"/>'))
case("half a million empty rows", lambda: xlsx_of(c("A1") + '<row r="2"/>' * 500_000)())
HIDDEN = '<row r="{}" hidden="1"/>'
case("half a million rows hidden", lambda: xlsx_of(c("A1") + "".join(map(HIDDEN.format, range(2, 500_000, 2))))())
case(
    "half a million words",
    lambda: xlsx_of("".join(c(f"A{n}") for n in range(1, 500_000)))(),
    words="more than 10,000 rows",
)
case("20,000 columns", xlsx_of("<row>" + '<c t="str"><v>x</v></c>' * 20_000 + "</row>"), words="200 columns")
LONG = f"<si><t>{'a' * 30_000}</t></si>"
FIRST = '<c t="s"><v>0</v></c>'
case(
    "one long word 72,000 times",
    xlsx_of("".join(f"<row>{FIRST * 8}<c><v>{n * 7919}</v></c></row>" for n in range(9_000)), "", LONG),
    words="more than any plan",
)
case(
    "a long word merged over all",
    xlsx_of(f"<row>{FIRST}</row>" + c("GR9000"), merged("A1:GR9000"), LONG),
    words="more than any plan",
)
case("100,000 merges over everything", xlsx_of(c("A1") + c("GR9000"), merged("A1:XFD1048576", 100_000)))
case("100,000 merges of nothing", xlsx_of(c("A1") + c("A9000"), merged("B1:XFD1048576", 100_000)))
case("a merge of nonsense", xlsx_of(c("A1"), merged("A1:ZZZZ9")), words=DAMAGED)
case("a merge from end to beginning", xlsx_of(c("C3"), merged("C3:A1")))
case("two million empty strings", lambda: xlsx_of(c("A1"), "", "<si/>" * 2_000_000)())
case("a string of 12 million", xlsx_of(c("A1"), "", f"<si><t>{'ab ' * 4_000_000}</t></si>"))
case(
    "25 million of strings",
    lambda: xlsx_of(c("A1"), "", "".join(f"<si><t>{words}</t></si>" for words in many_words(25)))(),
    words="more words than any plan",
)
case(
    "25 million on the sheet",
    lambda: xlsx_of("".join(f"<row><c t='str'><v>{words}</v></c></row>" for words in many_words(25)))(),
    words="more than any plan",
)
BREAKS = "".join(random.Random(7).choices(["<brk/>", "<brl/>", "<brm/>", "<b/>"], k=100_000))
case("12 million page breaks", lambda: xlsx_of(c("A1"), f"<b>{BREAKS * 120}</b>")(), words="too much memory")
FORMAT = '<numFmt numFmtId="200" formatCode="{}"/>'.format("yyyymmdd" * 200_000)
STYLES = (
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    f'<numFmts>{FORMAT}</numFmts><cellXfs><xf numFmtId="200"/></cellXfs></styleSheet>'
)
case("a format without end", having("xlsx", **{"xl/styles.xml": STYLES}))
HIDDEN_COLUMNS = "".join(f'<col min="{n}" max="{n + 9}" hidden="1"/>' for n in range(100_000))
case("100,000 hidden columns", xlsx_of(f"<row/></sheetData><cols>{HIDDEN_COLUMNS}</cols><sheetData>{c('A1')}"))
NAMED = changed("xlsx", "xl/workbook.xml", 'name="Plan"', f'name="{"Plan " * 100_000}" state="hidden"')
case("a sheet with a name without end", NAMED)
case("a string that is not there", xlsx_of('<row><c t="s"><v>999999</v></c></row>'), words=DAMAGED)
case("a string of no number", xlsx_of('<row><c t="s"><v>first</v></c></row>'), words=DAMAGED)
case("a style that is not there", xlsx_of('<row><c s="999999" t="str"><v>x</v></c></row>'))
case("a number of 100,000 digits", xlsx_of(f"<row><c><v>{'9' * 100_000}</v></c></row>"))
case("a number too great for a number", xlsx_of("<row><c><v>1e999999999</v></c><c t='str'><v>x</v></c></row>"))
case("a day of the year 300,000", having("xlsx", MAIN=SHEET.format('<row><c s="4"><v>99999999999</v></c></row>', "")))
LITTLE = "".join(f'<w:p a{n % 9973}="{n * 7919 % 99991}"/>' for n in range(20_000))
case("35 MB of little things", lambda: word(LITTLE * 80)(), "plan.docx", LARGE)
case("35 MB of the smallest things", lambda: word(smallest_things(35))(), "plan.docx", LARGE)
case("15 MB of the smallest things", lambda: word(smallest_things(15))(), "plan.docx", "no table")
WORDS = "<w:p><w:r><w:t>words and words</w:t></w:r></w:p>"
case("60 MB of words", lambda: word(WORDS * 1_300_000)(), "plan.docx", LARGE)
BASED = '<w:style w:type="paragraph" w:styleId="s{}"><w:basedOn w:val="s{}"/><w:x{}/></w:style>'
CHAIN = f"<w:styles {W}>{''.join(BASED.format(n, n + 1, n * 7919) for n in range(20_000))}</w:styles>"
STYLED_ROWS = "".join(
    word_row("").replace("<w:r>", f'<w:pPr><w:pStyle w:val="s{n}"/></w:pPr><w:r>') for n in range(999)
)
case(
    "20,000 styles in a chain",
    having("docx", MAIN=WORD.format(f"<w:tbl>{STYLED_ROWS}</w:tbl>"), **{"word/styles.xml": CHAIN}),
    "plan.docx",
)
case("20,000 rows in Word", word_table(word_row("") * 20_000), "plan.docx", "more than 10,000 rows")
case("5,000 tables in Word", word(f"<w:tbl>{word_row('')}</w:tbl>" * 5_000), "plan.docx", "50 tables")
case("a cell over very many columns", word_table(word_row('<w:gridSpan w:val="1000000000"/>')), "plan.docx")
case("a cell over no number of columns", word_table(word_row('<w:gridSpan w:val="two"/>')), "plan.docx", DAMAGED)
DOWN, UP = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
case("tables nested 60 deep", word(DOWN * 60 + "<w:p><w:r><w:t>x</w:t></w:r></w:p>" + UP * 60), "plan.docx")
case("tables nested 5,000 deep", word(DOWN * 5_000 + UP * 5_000), "plan.docx", DAMAGED)
MANY_ROWS, MANY_COLUMNS = (f'table:number-{what}-repeated="1000000000"' for what in ("rows", "columns"))
SPANNED = 'table:number-rows-spanned="1000000000" table:number-columns-spanned="1000000000"'
case("a thousand million rows in one", ods_row(MANY_ROWS), "plan.ods", "more than 10,000 rows")
case("a thousand million columns in one", ods_row("", MANY_COLUMNS), "plan.ods", "200 columns")
case(
    "two million cells in one",
    ods_row('table:number-rows-repeated="9999"', 'table:number-columns-repeated="199"'),
    "plan.ods",
    "more than any plan",
)
case("a cell over everything", ods_row("", SPANNED), "plan.ods")
case("a thousand million spaces", ods_row(words='a<text:s text:c="1000000000"/>b'), "plan.ods")
case("sheets nested 5,000 deep", ods_row(before="<table:table>" * 5_000), "plan.ods", DAMAGED)
case("one line of 10 MB", lambda: b"word " * 2_000_000, "plan.csv", "32,767")
case("nothing but separators", lambda: b"," * 9_000_000, "plan.csv")
case("nothing but line ends", lambda: b"\n" * 9_000_000, "plan.csv", "empty")
case("nothing but quotes", lambda: b'"' * 9_000_000, "plan.csv")
case("a quote that never ends", lambda: b'a,"' + b"b,c\n" * 2_000_000, "plan.csv", "32,767")
case("two million rows", lambda: b"a,b\n" * 2_000_000, "plan.csv", "more than 10,000 rows")
case("100,000 columns", lambda: b"a," * 100_000, "plan.csv", "200 columns")

# What is declared within.
for kind in GOOD:
    for name, declaration in DECLARED.items():
        case(f"{kind} {name}", declared(kind, declaration), f"plan.{kind}", TAMPERED)
    case(f"{kind} laughing in UTF-16", declared(kind, LAUGHING, "utf-16"), f"plan.{kind}", TAMPERED)
    case(f"{kind} in UTF-7", declared(kind, "", "utf-7"), f"plan.{kind}", DAMAGED)
    case(f"{kind} 100,000 deep", having(kind, MAIN="<a>" * 100_000 + "</a>" * 100_000), f"plan.{kind}", DAMAGED)
    case(f"{kind} of another root", having(kind, MAIN="<a/>"), f"plan.{kind}")
    case(f"{kind} with an empty part", having(kind, MAIN=""), f"plan.{kind}", DAMAGED)
    case(f"{kind} with words outside", having(kind, MAIN="words"), f"plan.{kind}", DAMAGED)
    case(f"{kind} with a part of chance", having(kind, MAIN=random.Random(3).randbytes(5_000)), f"plan.{kind}", DAMAGED)
    case(f"{kind} with half a character", reworded(kind, b"Pol\xed\xa0\x80ice"), f"plan.{kind}", DAMAGED)
    case(f"{kind} with half a character by number", reworded(kind, b"Pol&#xD800;ice"), f"plan.{kind}", DAMAGED)
    case(f"{kind} without its main part", without(kind, MAIN[kind]), f"plan.{kind}", DAMAGED)
for kind, part in {
    "xlsx": "[Content_Types].xml",
    "ods": "META-INF/manifest.xml",
    "docx": "word/styles.xml",
}.items():
    case(f"{part} laughing", having(kind, **{part: f"{LAUGHING}<a>&l9;</a>"}), f"plan.{kind}", TAMPERED)
case("relations laughing", having("docx", **{"_rels/.rels": f"{LAUGHING}<a>&l9;</a>"}), "plan.docx", TAMPERED)

# Parts that are missing, doubled, oddly named, oddly packed or of the wrong kind.
for part in ("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"):
    case(f"xlsx without {part}", without("xlsx", part), words=DAMAGED)
for part in ("xl/styles.xml", "xl/sharedStrings.xml", "xl/theme/theme1.xml"):
    case(f"xlsx without {part}", without("xlsx", part))
for part in ("[Content_Types].xml", "_rels/.rels"):
    case(f"docx without {part}", without("docx", part), "plan.docx", DAMAGED)
for part in ("word/styles.xml", "word/numbering.xml", "word/_rels/document.xml.rels"):
    case(f"docx without {part}", without("docx", part), "plan.docx")
for part in ("mimetype", "META-INF/manifest.xml", "styles.xml"):
    case(f"ods without {part}", without("ods", part), "plan.ods")
for name in ("/etc/cron.d/x", "../../x", "xl/../../x", "C:\\x", "xl\\x", "~/../x"):
    case(f"a part named {name}", having("xlsx", **{name: b"x"}), words=TAMPERED)
case("two parts of one name", doubled, words=TAMPERED)
SHEETS, TARGET = "xl/_rels/workbook.xml.rels", 'Target="/xl/worksheets/sheet1.xml"'
OUTSIDE = 'Target="file:///etc/passwd" TargetMode="External"'
case("a sheet that is outside", changed("xlsx", SHEETS, TARGET, OUTSIDE), words="draws on another file")
case("a sheet above the file", changed("xlsx", SHEETS, TARGET, 'Target="../../../../etc/passwd"'), words=DAMAGED)
case("a sheet that is the workbook", changed("xlsx", SHEETS, TARGET, 'Target="/xl/workbook.xml"'))
case("a workbook that is its theme", changed("xlsx", "_rels/.rels", "xl/workbook.xml", "xl/theme/theme1.xml"))
STYLED = changed("docx", "_rels/.rels", "word/document.xml", "word/styles.xml")
case("a document that is its styles", STYLED, "plan.docx", DAMAGED)
RING = changed("docx", "word/styles.xml", '<w:basedOn w:val="Normal"/>', '<w:basedOn w:val="Heading1"/>')
case("styles based on each other", RING, "plan.docx")
case("packed with bzip2", lambda: files.packed(files.parts(XLSX), zipfile.ZIP_BZIP2), words=TAMPERED)
case("packed with lzma", lambda: files.packed(files.parts(XLSX), zipfile.ZIP_LZMA), words=TAMPERED)
case("packed in an unknown way", lambda: patched(XLSX, (directory(XLSX) + 10, b"\x63\0")), words=TAMPERED)
case("packed with a password", lambda: patched(XLSX, (directory(XLSX) + 8, b"\1\0")), words="password")
case("packed with a wrong sum", lambda: patched(XLSX, (directory(XLSX) + 16, b"\1\2\3\4")), words=DAMAGED)
case("packed with a wrong size", lambda: patched(XLSX, (directory(XLSX) + 24, b"\xff\xff\xff\x7f")))
case("packed with too small a size", lambda: patched(XLSX, (directory(XLSX) + 24, b"\1\0\0\0")), words=DAMAGED)
case("packed with a wrong place", lambda: patched(XLSX, (directory(XLSX) + 42, b"\xff\xff\xff\x7f")), words=DAMAGED)
case("packed for a later age", lambda: patched(XLSX, (directory(XLSX) + 6, b"\xff\0")), words=DAMAGED)
case("a list that lies about its length", lambda: patched(XLSX, (len(XLSX) - 10, b"\xff\xff\xff\x7f")), words=DAMAGED)
case("something before the archive", lambda: b"words " * 9 + XLSX, "plan.xlsx")
case("something after the archive", lambda: XLSX + b" and more" * 9)

# What it is not.
for kind, data in GOOD.items():
    case(f"{kind} named csv", lambda data=data: data, "plan.csv")
    case(f"{kind} named pdf", lambda data=data: data, "plan.pdf")
for kind in ("xlsx", "docx", "ods"):
    case(f"csv named {kind}", lambda: CSV, f"plan.{kind}", "holds only plain text")
case("xlsx named docx", lambda: XLSX, "plan.docx")
case("macros", having("xlsx", **{"xl/vbaProject.bin": b"x"}), "plan.xlsm", "macros")
case("an embedded program", having("docx", **{"word/embeddings/oleObject1.bin": b"MZ"}), "plan.docx", "embedded")
case(
    "a link to another workbook", having("xlsx", **{"xl/externalLinks/externalLink1.xml": b"<x/>"}), words="Break Link"
)
case(
    "a live link in ods",
    having("ods", MAIN=OPEN.format("<table:dde-source/>" + ODS_ROW.format("", "", "x"))),
    "plan.ods",
)
case(
    "locked by Excel",
    lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
    words="password",
)
case(
    "an old workbook",
    lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"),
    "plan.xls",
    "(.xls)",
)
case("a PDF", lambda: b"%PDF-1.7\n", "plan.xlsx", "This is a PDF")
case("a web page", lambda: b"<html><table><tr><td>1", "plan.xls", "web page")
case("a scan", lambda: b"II*\0" + bytes(100), "plan.xlsx", "picture")
for name, start in {
    "a PDF": b"%PDF-1.4",
    "a picture": b"\x89PNG\r\n",
    "an old file": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "an archive": b"PK\3\4",
    "a packed file": b"\x1f\x8b",
    "nothing": b"",
}.items():
    case(f"chance that begins as {name}", random_bytes(start))
case("nothing at all", lambda: b"", words="empty")
for name, mark in {"UTF-8": b"\xef\xbb\xbf", "UTF-16": b"\xff\xfe", "the other UTF-16": b"\xfe\xff"}.items():
    case(f"only the mark of {name}", lambda mark=mark: mark, "plan.csv", "empty")
case("noughts", lambda: bytes(1_000), "plan.csv", "not a file that a plan")
case("words with noughts", lambda: b"No.,Act\0ion\n1,Tr\0ain\n", "plan.csv")
case("lone surrogates in UTF-16", lambda: b"\xff\xfe" + b"a\0,\0\x00\xd8b\0\n\0" * 20, "plan.csv")
case("surrogates in UTF-8", lambda: b"a,b\n\xed\xa0\x80,c\n", "plan.csv")
case("every byte there is", lambda: bytes(range(32, 256)) * 4, "plan.csv")
case("words that run backwards", lambda: "No.,Action\n1,\u202eniarT\u2066\n".encode(), "plan.csv")
case("a formula in csv", lambda: b"No.,Action\n1,=cmd|' /C calc'!A0\n", "plan.csv")
case("an unending escape", lambda: b'"' + b'""' * 1_000_000, "plan.csv")
case("sep= and no more", lambda: b"sep=", "plan.csv")


@contextmanager
def watched() -> Iterator[list[int]]:
    """The most memory that the reading process has held, looked at every few milliseconds."""
    most, stop = [0], threading.Event()

    def look() -> None:
        while not stop.wait(0.004):
            for listed in Path("/proc/self/task").glob("*/children"):
                for pid in _lines(listed).split():
                    if "actions.importing.child" in _lines(Path(f"/proc/{pid}/cmdline")):
                        found = re.search(r"VmHWM:\s+(\d+) kB", _lines(Path(f"/proc/{pid}/status")))
                        most[0] = max(most[0], int(found[1]) * 1024 if found else 0)

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield most
    finally:
        stop.set()
        watcher.join()


def _lines(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:  # it has just ended
        return ""


def answered(data: bytes, name: str) -> tuple[File | None, str]:
    try:
        return child.read(data, name), ""
    except Unreadable as error:
        return None, str(error)


def test_there_are_more_than_two_hundred():
    assert len(CASES) > 200


@pytest.mark.parametrize("name", CASES)
def test_each_is_answered(name, caplog):
    make, file, expected = CASES[name]
    data = make()
    started = time.monotonic()
    with watched() as most:
        found, said = answered(data, file)
    assert time.monotonic() - started < LONGEST
    assert most[0] < MOST
    assert caplog.messages == []  # the reader knew what was wrong
    assert found is None or (found.tables and not expected), f"read as {found}"
    assert expected in said
    for sentence in [said] if found is None else found.notes:
        assert sentence[:1].isupper() or sentence[:1].isdigit()
        assert sentence.endswith(".")
        assert len(sentence) < 400
        assert not JARGON.search(sentence.removeprefix("Read as UTF-8")), sentence


VALUES = [
    "", "0", "-1", "1", "x", "999999999999", "1e9", "nan", "1.5", "A1", "A1:B2", "XFD1048576",
    "true", "rId1", "../x", "/", "%1", "s", "n", "d", "b", "continue", "restart", "2016-01-01",
    "FFFFFF", "٣",
]  # fmt: skip


def mistaken(chance: random.Random) -> bytes:
    """A good file with a few values, marks or words of its parts exchanged, doubled or gone."""
    content = files.parts(chance.choice([XLSX, DOCX, ODS]))
    for _ in range(chance.randint(1, 6)):
        name = chance.choice([name for name in content if name.endswith((".xml", ".rels"))])
        text = content[name].decode()
        pattern = chance.choice([r'="[^"]*"', r'\s[\w:]+="[^"]*"', r"<[\w:]+[^<>]*/>", r">[^<>]+<"])
        if found := list(re.finditer(pattern, text)):
            match, value = chance.choice(found), chance.choice(VALUES)
            otherwise = chance.choice(["", match[0] * 2])
            instead = {"=": f'="{value}"', ">": f">{value}<"}.get(match[0][0], otherwise)
            content[name] = (text[: match.start()] + instead + text[match.end() :]).encode()
    return files.packed(content)


@pytest.mark.parametrize("times", [300, pytest.param(20_000, marks=pytest.mark.prove)])
def test_small_mistakes_are_read_over_or_refused_in_words(times):
    chance = random.Random(times)
    for _ in range(times):
        data = mistaken(chance)
        with suppress(Unreadable):
            readers.read(data, check(data, "plan"), "plan")
