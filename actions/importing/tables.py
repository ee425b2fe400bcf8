"""What a file holds, as every reader hands it on: tables of cells with their printed words. Pure.

A reader knows its format and nothing of plans; what is a heading or a section is asked in `layout`.
"""

from dataclasses import dataclass
from datetime import date

KEY_HEADING = "cseplan key"
"""What the column is headed by which a row of our own exports is known again."""

DOWN = "down"
ACROSS = "across"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its words as the file prints them ("March 2016" for a date shown by month), line ends as \\n."""

    text: str = ""
    bold: bool = False
    """All of its words are bold."""
    colour: str = ""
    """Its fill as RRGGBB in capitals; empty where there is none, or it is white."""
    day: date | None = None
    """The real date behind the words, where the file holds one."""
    merged: str = ""
    """DOWN or ACROSS where the words were printed once in a merged cell above or to the left, and filled in here."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table, with the number by which a person finds it in the file (from 1)."""

    number: int
    cells: tuple[Cell, ...]
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet, or one table of a document. Its rows may differ in length."""

    name: str
    """How a person finds it: the sheet's name, or "Table 2"."""
    rows: tuple[Row, ...]
    above: tuple[str, ...] = ()
    """Headings and paragraphs of a document since the table before, in order; empty for a sheet."""
    headings: tuple[int, ...] = ()
    """Which of those, by place, the document itself styles as a heading of the first level."""


@dataclass(frozen=True, slots=True)
class File:
    """Everything that was read of a file, and what a person should know about how it was read."""

    kind: str
    """xlsx, docx, ods or csv."""
    tables: tuple[Table, ...]
    notes: tuple[str, ...] = ()
    """Sentences: "Read as Windows-1252 with semicolons between the columns."."""
