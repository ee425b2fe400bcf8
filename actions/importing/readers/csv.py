"""A CSV file as one table: which characters its bytes are, and what stands between its columns, are found. Pure."""

import codecs
import csv
from collections import Counter
from io import StringIO
from itertools import islice

from actions.importing.checking import LOOKED_AT, utf_16_order
from actions.importing.readers.grid import Budget, Grid
from actions.importing.tables import KEY_HEADING, Cell, File, Table
from actions.importing.unreadable import DAMAGED, Unreadable
from cseplan.spreadsheet import plain
from cseplan.text import clean_text

SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "upright strokes"}
ROWS_LOOKED_AT = 200
WHERE = "the file"
NAME = "CSV"

_MARKS = [
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
]

csv.field_size_limit(16 * 1024 * 1024)  # of a whole file; the length of a cell is judged with its place at hand


def read(data: bytes) -> File:
    """All rows of the file; a row with a line break in quotes counts once, as it does where it is opened."""
    text, encoding, notes = _decoded(data)
    text, separator = _separated(text)
    grid = Grid(WHERE, Budget())
    try:
        for number, fields in enumerate(csv.reader(StringIO(text, newline=""), delimiter=separator), start=1):
            for column, field in enumerate(fields, start=1):
                if field:
                    grid.put(number, column, Cell(clean_text(plain(field))))
    except csv.Error as error:
        raise Unreadable(DAMAGED) from error
    rows = grid.rows()
    between = f"with {SEPARATORS[separator]} between the columns"
    if all(len(row.cells) < 2 for row in rows):
        between = "as one column"
    tables = (Table(NAME, rows),) if rows else ()
    return File("csv", tables, (f"Read as {encoding}, {between}.", *notes, *grid.notes))


def _decoded(data: bytes) -> tuple[str, str, list[str]]:
    """The text, the name of its encoding, and what had to be replaced. Never fails."""
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            text, notes = _forgiving(data[len(mark) :], codec)
            return text, name, notes
    if order := utf_16_order(data[:LOOKED_AT]):
        text, notes = _forgiving(data, f"utf-16-{order}")
        return text, "UTF-16", notes
    text, notes = _forgiving(data, "utf-8")
    if notes and not _is_mostly_utf_8(text):
        text, notes = _forgiving(data, "cp1252")
        return text, "Windows-1252", notes
    return text, "UTF-8", notes


def _is_mostly_utf_8(text: str) -> bool:
    """Whether what could not be read is a few slips among many signs that only UTF-8 writes so."""
    lost = text.count("\ufffd")
    return sum(1 for character in text if character > "\x7f") > 5 * lost


def _forgiving(data: bytes, codec: str) -> tuple[str, list[str]]:
    text = data.decode(codec, "replace")
    lost = text.count("\ufffd")
    if not lost:
        return text, []
    one = lost == 1
    words = f"{lost:,} {'character' if one else 'characters'} of the file could not be read"
    return text, [f"{words} and {'stands' if one else 'stand'} as �."]


def _separated(text: str) -> tuple[str, str]:
    """The text and what stands between its columns. A first line "sep=;", which Excel obeys, says so and is no row."""
    first, _, rest = text.partition("\n")
    said = first.rstrip("\r").strip('"')
    if said.lower().startswith("sep=") and said[4:] in SEPARATORS:
        return rest, said[4:]
    return text, max(SEPARATORS, key=lambda separator: _likeness(text, separator))


def _likeness(text: str, separator: str) -> tuple[bool, bool, float]:
    """How much the rows look like rows of one table when parted so: our own export's heading stands alone in the
    first; every row is parted, where a sign amid words parts only some; many of them are equally wide, and wide."""
    try:
        reader = csv.reader(StringIO(text, newline=""), delimiter=separator)
        rows = [fields for fields in islice(reader, ROWS_LOOKED_AT) if any(fields)]
    except csv.Error:
        return False, False, 0.0
    wide = [len(fields) for fields in rows if len(fields) > 1]
    if not wide:
        return False, False, 0.0
    commonest, times = Counter(wide).most_common(1)[0]
    return KEY_HEADING in rows[0], len(wide) == len(rows), times / len(rows) * (commonest - 1)
