"""A board's document as somebody would draw it: words in cells, some merged, bold or coloured."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Drawn:
    """One cell. `across` and `down` are how many columns and rows it covers; the cells beneath are drawn as None."""

    text: str = ""
    bold: bool = False
    colour: str = ""
    day: date | None = None
    shown: str = "dd/mm/yyyy"
    """How a spreadsheet shows `day` ("mmm-yy" prints only the month)."""
    across: int = 1
    down: int = 1


@dataclass
class Sheet:
    """One table. A cell may be a plain text; None is a cell covered by a merged one or empty."""

    rows: list[list[Drawn | str | None]]
    name: str = "Sheet1"
    above: list[str] = field(default_factory=list)
    """Paragraphs before the table, in a document."""


@dataclass
class Document:
    """All tables of a file."""

    sheets: list[Sheet]
