"""An OpenDocument spreadsheet as tables of cells, each of which holds the words that it prints. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from actions.importing.archives import Archive
from actions.importing.readers.colours import plain
from actions.importing.readers.formats import general
from actions.importing.readers.grid import MOST_COLUMNS, MOST_ROWS, Budget, Grid, Span, hidden_note, letters, sheet_name
from actions.importing.tables import Cell, File, Table
from actions.importing.unreadable import DAMAGED, Unreadable
from cseplan.text import clean_text

_LINKED = (
    "A sheet of this file draws on another file. In LibreOffice choose Edit, then Links, then Break Link; "
    "save the file and try again."
)
_ENDS = ("table", "table-row", "table-column", "style", "table-source", "cell-range-source", "dde-source")
DEEPEST = 20
"""Styles that go back to one another."""

_SPACE = re.compile("[ \t\r\n]+")
_BOLD = {"bold", "600", "700", "800", "900"}


@dataclass(frozen=True)
class Style:
    """What a style says itself; None where its parent decides."""

    parent: str = ""
    bold: bool | None = None
    colour: str | None = None
    shown: bool = True


@dataclass
class _Sheet:
    """One sheet while its rows come in."""

    name: str
    style: str
    grid: Grid
    spans: list[Span] = field(default_factory=list)
    columns: list[tuple[int, str, bool]] = field(default_factory=list)
    """Runs of columns: how many, the style of their cells, whether hidden."""
    row: int = 0


def read(data: bytes) -> File:
    """The sheets that hold words, in order."""
    archive = Archive(data)
    reading = _Reading()
    if "styles.xml" in archive.names:
        for element in archive.tree("styles.xml").iter("{*}style"):
            reading.style(element)
    depth = 0
    for event, element in archive.stream("content.xml", starts=("table",), ends=_ENDS):
        kind = element.tag.rpartition("}")[2]
        if kind == "table":
            depth += 1 if event == "start" else -1
            if event == "start" and depth == 1:
                reading.begin(element)
            elif event == "end" and depth == 0:
                reading.finish()
        elif kind == "style":
            reading.style(element)
        elif kind in {"table-source", "cell-range-source", "dde-source"}:
            raise Unreadable(_LINKED)
        elif depth == 1 and kind == "table-row":
            reading.row(element)
        elif depth == 1 and kind == "table-column":
            reading.column(element)
    return File("ods", tuple(reading.tables), tuple(reading.notes))


class _Reading:
    """The sheets of one file, each row as it comes."""

    def __init__(self) -> None:
        self.tables: list[Table] = []
        self.notes: list[str] = []
        self._budget = Budget()
        self._styles: dict[str, Style] = {}
        self._looks: dict[str, tuple[bool, str]] = {}
        self._sheet: _Sheet | None = None

    def style(self, element: Any) -> None:
        name = _value(element, "name")
        text, cell, table = (element.find(f"{{*}}{kind}-properties") for kind in ("text", "table-cell", "table"))
        weight = _value(text, "font-weight") if text is not None else ""
        paint = _value(cell, "background-color") if cell is not None else ""
        self._styles[name] = Style(
            _value(element, "parent-style-name"),
            weight in _BOLD if weight else None,
            plain(paint) if paint else None,
            table is None or _value(table, "display") != "false",
        )

    def begin(self, element: Any) -> None:
        name = sheet_name(_value(element, "name"))
        self._sheet = _Sheet(name, _value(element, "style-name"), Grid(f"the sheet “{name}”", self._budget))

    def finish(self) -> None:
        sheet, self._sheet = self._sheet, None
        if sheet is None:
            return
        sheet.grid.merge(sheet.spans)
        rows = sheet.grid.rows()
        if rows:
            self._budget.spend_table()
            self.tables.append(Table(sheet.name, rows))
            if not self._styles.get(sheet.style, Style()).shown:
                self.notes.append(f"The sheet “{sheet.name}” is hidden; read all the same.")
            self.notes += [*_hidden_columns(sheet, max(len(row.cells) for row in rows)), *sheet.grid.notes]

    def column(self, element: Any) -> None:
        if self._sheet is not None and len(self._sheet.columns) < MOST_COLUMNS:
            hidden = _value(element, "visibility") in {"collapse", "filter"}
            style = _value(element, "default-cell-style-name")
            self._sheet.columns.append((_times(element, "number-columns-repeated"), style, hidden))

    def row(self, element: Any) -> None:
        """A row, which may stand for many; if it has words and stands for too many, the grid refuses it."""
        sheet = self._sheet
        if sheet is None:
            return
        times = _times(element, "number-rows-repeated")
        first = sheet.row + 1
        sheet.row += times
        made = self._cells(element, sheet, first)
        if _value(element, "visibility") in {"collapse", "filter"}:
            sheet.grid.hide(first, sheet.row)
        worded = any(cell.text for _, cell in made)
        for number in range(first, first + min(times, MOST_ROWS + 1 if worded else 1_000)):
            for column, cell in made:
                sheet.grid.put(number, column, cell)

    def _cells(self, element: Any, sheet: _Sheet, row: int) -> list[tuple[int, Cell]]:
        made, column = [], 1
        row_style = _value(element, "default-cell-style-name")
        for child in element:
            kind = child.tag.rpartition("}")[2]
            if kind not in {"table-cell", "covered-table-cell"}:
                continue
            times = _times(child, "number-columns-repeated")
            style = _value(child, "style-name") or row_style or _column_style(sheet, column)
            cell = self._cell(child, style)
            if cell.text or (cell.colour and times <= MOST_COLUMNS):
                made += [(place, cell) for place in range(column, column + min(times, MOST_COLUMNS + 1))]
            across, down = _times(child, "number-columns-spanned"), _times(child, "number-rows-spanned")
            if kind == "table-cell" and (across > 1 or down > 1):
                sheet.spans.append((row, column, row + down - 1, column + across - 1))
            column += times
        return made

    def _cell(self, element: Any, style: str) -> Cell:
        bold, colour = self._look(style)
        lines: list[str] = []
        pieces: list[bool] = []
        for child in element:
            if child.tag.rpartition("}")[2] in {"p", "h", "list"}:
                lines.append(self._words(child, bold, pieces))
        text = clean_text("\n".join(lines))
        kind = _value(element, "value-type")
        day = _day(_value(element, "date-value")) if kind == "date" else None
        if not lines and kind:
            text = _unprinted(element, kind, day)
            pieces = [bold]
        return Cell(text, bool(text) and bool(pieces) and all(pieces), colour, day)

    def _words(self, element: Any, bold: bool, pieces: list[bool]) -> str:
        """The words of a paragraph; whether each piece of them is bold goes to `pieces`."""
        style = _value(element, "style-name")
        if style and (own := self._own_bold(style)) is not None:
            bold = own
        found = [_piece(element.text, bold, pieces)]
        for child in element:
            kind = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else ""
            if kind == "s":
                found.append(" " * min(_times(child, "c"), 1_000))
            elif kind == "tab":
                found.append("\t")
            elif kind == "line-break":
                found.append("\n")
            elif kind == "list-item":
                found.append("\n• " + self._words(child, bold, pieces))
            elif kind not in {"annotation", "note", "frame", "custom-shape"}:
                found.append(self._words(child, bold, pieces))
            found.append(_piece(child.tail, bold, pieces))
        return "".join(found)

    def _lineage(self, name: str) -> Iterator[Style]:
        """A style and those it goes back to, nearest first; a ring of them has no end."""
        for _ in range(DEEPEST):
            if name not in self._styles:
                return
            yield self._styles[name]
            name = self._styles[name].parent

    def _own_bold(self, name: str) -> bool | None:
        return next((style.bold for style in self._lineage(name) if style.bold is not None), None)

    def _look(self, name: str) -> tuple[bool, str]:
        """Whether a cell's style makes it bold, and its colour: its own word, or its parents'."""
        if name not in self._looks:
            colour = next((style.colour for style in self._lineage(name) if style.colour is not None), "")
            self._looks[name] = (bool(self._own_bold(name)), colour)
        return self._looks[name]


def _piece(text: str | None, bold: bool, pieces: list[bool]) -> str:
    """Runs of white space between tags are one space; the file says so where there are more."""
    if not text:
        return ""
    if not text.isspace():
        pieces.append(bold)
    return _SPACE.sub(" ", text)


def _unprinted(element: Any, kind: str, day: date | None) -> str:
    """The words of a cell that a program wrote without them."""
    if kind == "date" and day is not None:
        return day.strftime("%d/%m/%Y")
    if kind == "boolean":
        return _value(element, "boolean-value").upper()
    if kind == "percentage":
        try:
            return f"{general(str(round(float(_value(element, 'value')) * 100, 10)))}%"
        except ValueError:
            return ""
    return clean_text(_value(element, "string-value") or general(_value(element, "value")))


def _column_style(sheet: _Sheet, column: int) -> str:
    last = 0
    for times, style, _ in sheet.columns:
        last += times
        if column <= last:
            return style
    return ""


def _hidden_columns(sheet: _Sheet, widest: int) -> list[str]:
    spans: list[tuple[int, int]] = []
    last = 0
    for times, _, hidden in sheet.columns:
        first, last = last + 1, last + times
        if hidden and first <= widest:
            spans.append((first, min(last, widest)))
    return [hidden_note("Column", spans, sheet.grid.where, letters)] if spans else []


def _value(element: Any, local: str) -> str:
    """An attribute by its local name: which namespace it comes from differs between the programs' ages."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == local:
            return str(value)
    return ""


def _times(element: Any, local: str) -> int:
    value = _value(element, local)
    if not value:
        return 1
    try:
        return max(int(value), 1)
    except ValueError as error:
        raise Unreadable(DAMAGED) from error


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return None
