"""Text on its way into a spreadsheet: a cell that somebody's words fill must never be run as a formula."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

STARTS_A_FORMULA = "=+-@|%\t\r\n＝＋－＠"


def inert(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would take it for a formula."""
    first = text.strip(" \u00a0\u200b\ufeff")[:1]
    return f"'{text}" if (first and first in STARTS_A_FORMULA) or text[:1] in ("\t", "\r", "\n") else text


def csv_of(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A CSV file that spreadsheets open as UTF-8, its cells inert."""
    file = StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(headings)
    writer.writerows([inert(cell) for cell in row] for row in rows)
    return file.getvalue().encode("utf-8-sig")
