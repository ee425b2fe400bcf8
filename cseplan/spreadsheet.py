"""Text on its way into a spreadsheet: a cell that somebody's words fill must never be run as a formula.

A CSV file cannot say that a cell is text, so an apostrophe says it; whoever reads the file back takes it off again with
`plain`, and has every text as it was. Files that name the kind of each cell (xlsx, ods) need none.
"""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

STARTS_A_FORMULA = "=+-@|%\t\r\n＝＋－＠"


def is_live(text: str) -> bool:
    """Whether a spreadsheet could take the text for a formula."""
    first = text.strip(" \u00a0\u200b\ufeff")[:1]
    return bool(first and first in STARTS_A_FORMULA) or text[:1] in ("\t", "\r", "\n")


def inert(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would take it for a formula.

    One that has apostrophes before a formula already gets another, so that no two texts become the same.
    """
    return f"'{text}" if is_live(text.lstrip("'")) else text


def plain(text: str) -> str:
    """The text that `inert` was given: without the apostrophe that it put there, if it did."""
    return text[1:] if text[:1] == "'" and is_live(text.lstrip("'")) else text


def csv_of(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A CSV file that spreadsheets open as UTF-8, its cells inert."""
    file = StringIO(newline="")
    writer = csv.writer(file)
    writer.writerows([inert(cell) for cell in row] for row in (headings, *rows))
    return file.getvalue().encode("utf-8-sig")
