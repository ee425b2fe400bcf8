"""An Excel workbook as tables of cells: what each cell prints, whether bold, its colour, the day behind it. Pure.

The parts are read here and not by openpyxl's reader: that wants every style, chart and validation of a file to be
sound before it gives a cell, and takes twice as long.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from actions.importing.archives import Archive
from actions.importing.readers.colours import PALETTE, shaded
from actions.importing.readers.formats import GENERAL, NUMBERED, SHORT_DATE, Format, day_of, format_of
from actions.importing.readers.grid import (
    MOST_CHARACTERS,
    MOST_COLUMNS,
    Budget,
    Grid,
    Span,
    hidden_note,
    letters,
    sheet_name,
)
from actions.importing.tables import Cell, File, Table
from actions.importing.unreadable import DAMAGED, Unreadable
from cseplan.text import clean_text

LONGEST_FORMAT = 255
"""Characters; Excel allows no more."""
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
DAYS_FROM_1900_TO_1904 = 1_462

_THEME = ["lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6"]
"""The order in which styles count the colours of a theme."""
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_PLACE = re.compile(r"^\$?([A-Z]{1,3})\$?([0-9]{1,7})$")
_HUGE_STRINGS = "This file holds more words than any plan. Copy the plan alone into a new file and bring that."


class Words(NamedTuple):
    """A text and whether it says of itself that it is bold: None where its cell decides."""

    text: str
    bold: bool | None = None


@dataclass(frozen=True)
class Style:
    """What a cell's style says."""

    format: Format
    bold: bool = False
    colour: str = ""


PLAIN = Style(format_of(GENERAL))


@dataclass
class Book:
    """What the sheets of a workbook share."""

    archive: Archive
    styles: list[Style]
    strings: list[Words]
    from_1904: bool
    budget: Budget = field(default_factory=Budget)
    notes: list[str] = field(default_factory=list)


def read(data: bytes) -> File:
    """The sheets that hold words, in order."""
    archive = Archive(data)
    main = archive.related("", "officeDocument")
    if not main:
        raise Unreadable(DAMAGED)
    workbook = archive.tree(main)
    settings = workbook.find("{*}workbookPr")
    book = Book(
        archive,
        _styles(archive, main),
        _strings(archive, archive.related(main, "sharedStrings")),
        settings is not None and _is_on(settings.get("date1904", "0")),
    )
    relations = archive.relations(main)
    tables = []
    for listed in workbook.iterfind("{*}sheets/{*}sheet"):
        keys = [value for key, value in listed.attrib.items() if key.endswith("}id")]
        relation = relations.get(keys[0]) if keys else None
        if relation is None or relation.outside or relation.target not in archive.names:
            raise Unreadable(DAMAGED)
        if relation.type == "worksheet":
            name = sheet_name(listed.get("name", ""))
            table = _sheet(book, relation.target, name)
            if table.rows:
                book.budget.spend_table()
                tables.append(table)
                if listed.get("state", "visible") != "visible":
                    book.notes.append(f"The sheet “{name}” is hidden; read all the same.")
    if any("/comments" in name.lower() for name in archive.names):
        book.notes.append("Comments beside the cells are not read.")
    return File("xlsx", tuple(tables), tuple(book.notes))


def _sheet(book: Book, part: str, name: str) -> Table:
    where = f"the sheet “{name}”"
    grid = Grid(where, book.budget)
    reading = _Reading(book, grid)
    for _, element in book.archive.stream(part, ends=("row", "mergeCell", "col")):
        kind = element.tag.rpartition("}")[2]
        if kind == "row":
            reading.row(element)
        elif kind == "mergeCell":
            reading.merge(element.get("ref", ""))
        else:
            reading.column(element)
    grid.merge(reading.spans)
    rows = grid.rows()
    book.notes += [*reading.notes(where, max((len(row.cells) for row in rows), default=0)), *grid.notes]
    return Table(name, rows)


class _Reading:
    """One sheet, row by row."""

    def __init__(self, book: Book, grid: Grid) -> None:
        self.book = book
        self.grid = grid
        self.spans: list[Span] = []
        self._hidden_columns: list[tuple[int, int]] = []
        self._row = 0
        self._unknown = 0
        self._first_unknown = ""
        self._columns: dict[str, int] = {}
        self._made_before: dict[tuple[str, str, str], Cell] = {}

    def column(self, element: Any) -> None:
        if _is_on(element.get("hidden", "0")) and len(self._hidden_columns) < MOST_COLUMNS:
            self._hidden_columns.append((_whole(element.get("min")), _whole(element.get("max"))))

    def merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        top, left = self._place(first)
        bottom, right = self._place(last or first)
        self.spans.append((top, left, bottom, right))

    def row(self, element: Any) -> None:
        number = _whole(element.get("r")) if element.get("r") else self._row + 1
        if not 0 < number <= LAST_ROW:
            raise Unreadable(DAMAGED)
        self._row = number
        if _is_on(element.get("hidden", "0")):
            self.grid.hide(number, number)
        put, value_tag, column = self.grid.put, element.tag[:-3] + "v", 0
        for cell in element:
            place = cell.get("r")
            column = self._column(place) if place else column + 1
            made = self._cell(cell, value_tag, number, column)
            if made is not None:
                put(number, column, made)

    def _cell(self, element: Any, value_tag: str, row: int, column: int) -> Cell | None:
        style_key, kind = element.get("s", "0"), element.get("t", "n")
        if kind == "inlineStr":
            inline = element.find("{*}is")
            return self._worded(_words(inline), self._style(style_key)) if inline is not None else None
        value = element.findtext(value_tag) or ""
        if not value and kind != "str" and len(element) and element.find("{*}f") is not None:
            self._unknown += 1
            self._first_unknown = self._first_unknown or f"{letters(column)}{row}"
        key = (kind, value, style_key)
        known = self._made_before.get(key)
        if known is None:
            known = self._made_before[key] = self._made(kind, value, self._style(style_key))
        return known

    def _made(self, kind: str, value: str, style: Style) -> Cell:
        if not value:
            return Cell(colour=style.colour)
        if kind == "s":
            place = _whole(value)
            if place >= len(self.book.strings):
                raise Unreadable(DAMAGED)
            return self._worded(self.book.strings[place], style)
        if kind == "n":
            return self._number(value, style)
        if kind == "b":
            return Cell("TRUE" if _is_on(value) else "FALSE", style.bold, style.colour)
        if kind == "d":
            return self._iso(value, style)
        return self._worded(Words(_printable(value)), style)

    def _worded(self, words: Words, style: Style) -> Cell:
        bold = style.bold if words.bold is None else words.bold
        return Cell(words.text, bold and bool(words.text), style.colour)

    def _number(self, value: str, style: Style) -> Cell:
        if style.format.is_date and self.book.from_1904:
            value = repr(_decimal(value) + DAYS_FROM_1900_TO_1904)
        day = day_of(value) if style.format.is_date else None
        return Cell(clean_text(style.format.show(value)), style.bold, style.colour, day)

    def _iso(self, value: str, style: Style) -> Cell:
        try:
            day = date.fromisoformat(value[:10])
        except ValueError:
            return self._worded(Words(_printable(value)), style)
        serial = str((day - date(1899, 12, 30)).days)
        shown = style.format if style.format.is_date else format_of(SHORT_DATE)
        return Cell(shown.show(serial), style.bold, style.colour, day)

    def _style(self, key: str) -> Style:
        place = _whole(key)
        return self.book.styles[place] if place < len(self.book.styles) else PLAIN

    def _column(self, place: str) -> int:
        letters = place.rstrip("0123456789")
        found = self._columns.get(letters)
        if found is None:
            found = self._columns[letters] = self._place(f"{letters}1")[1]
        return found

    def _place(self, reference: str) -> tuple[int, int]:
        match = _PLACE.match(reference)
        if match is None:
            raise Unreadable(DAMAGED)
        column = 0
        for letter in match[1]:
            column = column * 26 + ord(letter) - 64
        row = int(match[2])
        if column > LAST_COLUMN or not 0 < row <= LAST_ROW:
            raise Unreadable(DAMAGED)
        return row, column

    def notes(self, where: str, widest: int) -> list[str]:
        found = []
        spans = [(first, min(last, widest)) for first, last in self._hidden_columns if 0 < first <= widest]
        if spans:
            found.append(hidden_note("Column", spans, where, letters))
        if self._unknown:
            more = f" and {self._unknown - 1:,} more" if self._unknown > 1 else ""
            found.append(
                f"Cell {self._first_unknown}{more} of {where} should show what a formula works out, but the file does "
                "not hold it; read as empty. Open the file in Excel, save it and bring it again."
            )
        return found


def _words(element: Any) -> Words:
    """The words of a text, whole or in pieces of which some may be bold; how to pronounce them is left out."""
    pieces: list[tuple[str, bool | None]] = []
    for child in element:
        kind = child.tag.rpartition("}")[2]
        if kind == "t":
            pieces.append((child.text or "", None))
        elif kind == "r":
            looks = child.find("{*}rPr")
            bold = None if looks is None else _is_bold(looks)
            pieces.append(("".join(part.text or "" for part in child.iterfind("{*}t")), bold))
    # A code holds within its piece: halves of one in two pieces are somebody's own words.
    text = clean_text("".join(_decoded(piece) for piece, _ in pieces))
    said = {bold for piece, bold in pieces if piece.strip()}
    return Words(text, said.pop() if len(said) == 1 else (None if not said else False))


def _printable(text: str) -> str:
    return clean_text(_decoded(text))


def _decoded(text: str) -> str:
    """Without the code by which Excel writes a control character into a text."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _strings(archive: Archive, part: str) -> list[Words]:
    if not part:
        return []
    found, size = [], 0
    for _, element in archive.stream(part, ends=("si",)):
        words = _words(element)
        size += len(words.text)
        if size > MOST_CHARACTERS:
            raise Unreadable(_HUGE_STRINGS)
        found.append(words)
    return found


def _styles(archive: Archive, main: str) -> list[Style]:
    part = archive.related(main, "styles")
    if not part:
        return [PLAIN]
    root = archive.tree(part)
    own = {
        _whole(element.get("numFmtId")): element.get("formatCode", GENERAL)
        for element in root.iterfind("{*}numFmts/{*}numFmt")
    }
    bold = [_is_bold(element) for element in root.iterfind("{*}fonts/{*}font")]
    paint = _painter(archive, main, root)
    colours = [_fill(element, paint) for element in root.iterfind("{*}fills/{*}fill")]
    found = []
    for element in root.iterfind("{*}cellXfs/{*}xf"):
        number, font, fill = (_whole(element.get(key, "0")) for key in ("numFmtId", "fontId", "fillId"))
        code = own.get(number) or NUMBERED.get(number, GENERAL)
        code = code if len(code) <= LONGEST_FORMAT else GENERAL
        found.append(Style(format_of(code), _at(bold, font, False), _at(colours, fill, "")))
    return found or [PLAIN]


def _fill(element: Any, paint: Callable[[Any], str]) -> str:
    pattern = element.find("{*}patternFill")
    if pattern is None or pattern.get("patternType", "none") != "solid":
        return ""
    colour = pattern.find("{*}fgColor")
    return paint(colour) if colour is not None else ""


def _painter(archive: Archive, main: str, styles: Any) -> Callable[[Any], str]:
    """What turns a colour as styles name it (of the theme, by number, or plainly) into RRGGBB; white is none."""
    theme = _theme(archive, main)
    own = [element.get("rgb", "") for element in styles.iterfind("{*}colors/{*}indexedColors/{*}rgbColor")]
    indexed = own or PALETTE

    def paint(element: Any) -> str:
        if element.get("rgb"):
            plain = element.get("rgb")
        elif element.get("theme"):
            plain = _at(theme, _whole(element.get("theme")), "")
        else:
            plain = _at(indexed, _whole(element.get("indexed", "64")), "")
        try:
            tint = float(element.get("tint", "0"))
        except ValueError:
            tint = 0.0
        return shaded(plain, tint)

    return paint


def _theme(archive: Archive, main: str) -> list[str]:
    part = archive.related(main, "theme")
    if not part:
        return []
    scheme = archive.tree(part).find("{*}themeElements/{*}clrScheme")
    if scheme is None:
        return []
    by_name = {}
    for element in scheme:
        for colour in element:
            by_name[element.tag.rpartition("}")[2]] = colour.get("lastClr") or colour.get("val", "")
    return [by_name.get(name, "") for name in _THEME]


def _is_bold(looks: Any) -> bool:
    bold = looks.find("{*}b")
    return bold is not None and _is_on(bold.get("val", "1"))


def _is_on(value: str) -> bool:
    return value.strip().lower() in {"1", "true", "on"}


def _at(values: list[Any], place: int, otherwise: Any) -> Any:
    return values[place] if place < len(values) else otherwise


def _whole(value: str | None) -> int:
    try:
        return max(int(value or "0"), 0)
    except ValueError as error:
        raise Unreadable(DAMAGED) from error


def _decimal(value: str) -> float:
    try:
        return float(value)
    except ValueError:
        return 0.0
