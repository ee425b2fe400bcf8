"""A Word document as its tables, with what stands above each: headings, paragraphs, numbers and bullets. Pure.

The parts are read here and not by python-docx, whose cells know nothing of list numbers, of tracked changes, of text
boxes or of the style that makes a word bold.
"""

from collections.abc import Iterator
from typing import Any

from actions.importing.archives import Archive
from actions.importing.readers.colours import plain
from actions.importing.readers.grid import Budget, Grid
from actions.importing.readers.numbering import Numbering
from actions.importing.readers.wordstyles import Bold, Styles, child, is_on, value
from actions.importing.readers.wordtables import Placing
from actions.importing.tables import KEY_HEADING, Cell, File, Table
from actions.importing.unreadable import DAMAGED, Unreadable
from cseplan.text import clean_text

_DELETED = {"del", "moveFrom"}
_WRAPPERS = {"ins", "moveTo", "smartTag", "customXml", "hyperlink", "fldSimple", "sdtContent", "bdo", "dir", "ruby",
             "rubyBase", "oMath", "oMathPara"}  # fmt: skip
_TICKS = {
    ("wingdings", 0xFC): "✓", ("wingdings", 0xFB): "✗", ("wingdings", 0xFE): "☑", ("wingdings", 0xFD): "☒",
    ("wingdings", 0xA8): "☐", ("wingdings", 0x6F): "☐", ("wingdings 2", 0x50): "✓", ("wingdings 2", 0x4F): "✗",
    ("wingdings 2", 0x52): "☑", ("wingdings 2", 0x54): "☒", ("wingdings 2", 0xA3): "☐",
}  # fmt: skip
_NOTES = {
    "changes": "Changes are tracked in this document: what was inserted is read, what was deleted is not.",
    "hidden": "Hidden words of this document are not read.",
    "footnotes": "Footnotes and endnotes of this document are not read.",
    "comments": "Comments in the margin of this document are not read.",
    "inserted": "A part of this document is drawn in from another file and is not read.",
}
_MARGIN = {"footnoteReference": "footnotes", "endnoteReference": "footnotes", "commentReference": "comments"}


def read(data: bytes) -> File:
    """Every table of the document in order."""
    archive = Archive(data)
    main = archive.related("", "officeDocument")
    if not main:
        raise Unreadable(DAMAGED)
    body = child(archive.tree(main), "body")
    if body is None:
        raise Unreadable(DAMAGED)
    styles = Styles(_part(archive, main, "styles"))
    return _Reading(styles, Numbering(_part(archive, main, "numbering"), styles)).document(body)


def _part(archive: Archive, main: str, kind: str) -> Any:
    part = archive.related(main, kind)
    return archive.tree(part) if part else None


def _kind(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _inner(element: Any) -> Iterator[tuple[str, Any]]:
    """The children that count, with what only wraps others opened."""
    for inner in element:
        kind = _kind(inner)
        if kind == "sdt":
            content = child(inner, "sdtContent")
            if content is not None and child(child(inner, "sdtPr"), "showingPlcHdr") is None:
                yield from _inner(content)
        elif kind == "AlternateContent":
            if len(inner):
                yield from _inner(inner[0])  # the same content again for older programs is left
        elif kind in _WRAPPERS:
            if kind in {"ins", "moveTo"}:
                yield "changed", inner
            yield from _inner(inner)
        else:
            yield kind, inner


def _framed(table: Any) -> Any:
    """The one cell of a table that is only a frame around others; None of any other table."""
    rows = [row for kind, row in _inner(table) if kind == "tr"]
    cells = [cell for row in rows[:2] for kind, cell in _inner(row) if kind == "tc"]
    alone = len(rows) == 1 and len(cells) == 1 and child(cells[0], "tbl") is not None
    return cells[0] if alone else None


class _Reading:
    """One document from its beginning: list numbers count on through it."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self._styles = styles
        self._numbering = numbering
        self._budget = Budget()
        self._seen: set[str] = set()
        self._notes: list[str] = []
        self._tables: list[Table] = []
        self._above: list[str] = []
        self._headings: list[int] = []
        self._count = 0
        self._keyed = False

    def document(self, body: Any) -> File:
        self._body(body)
        said = [sentence for key, sentence in _NOTES.items() if key in self._seen]
        return File("docx", tuple(self._tables), (*said, *self._notes))

    def _body(self, body: Any) -> None:
        for kind, element in _inner(body):
            if kind == "p":
                text = clean_text(self._paragraph(element, [], Bold()))
                self._budget.spend(text)
                if text and self._styles.is_heading(child(element, "pPr")):
                    self._headings.append(len(self._above))
                self._above += [text] if text else []
            elif kind == "tbl" and (inside := _framed(element)) is not None:
                self._body(inside)
            elif kind == "tbl":
                self._count += 1
                name = f"Table {self._count}"
                grid = Grid(name.lower(), self._budget)
                self._keyed = False
                self._table(element, grid)
                if rows := grid.rows():
                    self._budget.spend_table()
                    self._notes += grid.notes
                    self._tables.append(Table(name, rows, tuple(self._above), tuple(self._headings)))
                    self._above, self._headings = [], []
            else:
                self._note(kind)

    def _note(self, kind: str) -> None:
        if kind in {"changed", *_DELETED}:
            self._seen.add("changes")
        elif kind == "altChunk":
            self._seen.add("inserted")
        elif kind in _MARGIN:
            self._seen.add(_MARGIN[kind])

    def _rows(self, table: Any) -> Iterator[tuple[Any, Any]]:
        """The rows that were not deleted, each with its properties."""
        for kind, row in _inner(table):
            properties = child(row, "trPr") if kind == "tr" else None
            if kind == "tr" and child(properties, "del") is not None:
                self._note("del")
            elif kind == "tr":
                if child(properties, "ins") is not None:
                    self._note("changed")
                yield row, properties
            else:
                self._note(kind)

    def _table(self, table: Any, grid: Grid) -> None:
        look = self._styles.table(child(table, "tblPr"))
        placing = Placing(table)
        rows = list(self._rows(table))
        for number, (row, properties) in enumerate(rows, start=1):
            if is_on(properties, "hidden"):
                grid.hide(number, number)
            placing.row(number, properties)
            for kind, element in _inner(row):
                about = child(element, "tcPr")
                if kind != "tc":
                    self._note(kind)
                elif not placing.goes_on(about):
                    own = look.of(first_row=number == 1, last_row=number == len(rows), first=placing.first_in_row)
                    placing.put(about, self._cell(element, about, own))
        placing.lay(grid)

    def _cell(self, element: Any, about: Any, look: tuple[Bold, str]) -> Cell:
        bold, colour = look
        shade = child(about, "shd")
        if shade is not None:
            solid = value(shade, "val", "clear") == "solid"
            colour = plain(value(shade, "color" if solid else "fill", ""))
        pieces: list[bool] = []
        text = clean_text(self._blocks(element, pieces, bold))
        return Cell(text, bool(text) and bool(pieces) and all(pieces), colour)

    def _blocks(self, element: Any, pieces: list[bool], bold: Bold) -> str:
        """Paragraphs, each a line or more; a table inside is a line for each of its rows."""
        lines = []
        for kind, block in _inner(element):
            if kind == "p":
                lines.append(self._paragraph(block, pieces, bold))
            elif kind == "tbl":
                for row, _ in self._rows(block):
                    cells = [self._blocks(cell, pieces, bold) for inner, cell in _inner(row) if inner == "tc"]
                    lines.append(" ".join(filter(None, (clean_text(cell) for cell in cells))))
            else:
                self._note(kind)
        return "\n".join(lines)

    def _paragraph(self, element: Any, pieces: list[bool], bold: Bold) -> str:
        self._budget.spend("")  # for every paragraph, since each takes time
        about = child(element, "pPr")
        bold = bold.under(self._styles.paragraph(about))
        found: list[str] = []
        self._runs(element, found, pieces, bold)
        text = "".join(found)
        mark = self._numbering.mark(about)
        return f"{mark} {text}".strip() if mark and (text.strip() or mark != "•") else text

    def _runs(self, element: Any, found: list[str], pieces: list[bool], bold: Bold) -> None:
        for kind, inner in _inner(element):
            if kind == "r":
                self._run(inner, found, pieces, bold)
            elif kind == "t":
                found.append(inner.text or "")  # of a formula
            else:
                self._note(kind)

    def _run(self, element: Any, found: list[str], pieces: list[bool], bold: Bold) -> None:
        about = child(element, "rPr")
        if is_on(about, "vanish"):
            self._hidden("".join(inner.text or "" for kind, inner in _inner(element) if kind == "t"), found)
            return
        is_bold = bold.of(self._styles, about)
        for kind, inner in _inner(element):
            if kind == "t":
                text = inner.text or ""
                found.append(text)
                if text.strip():
                    pieces.append(is_bold)
            elif kind == "tab":
                found.append("\t")
            elif kind in {"br", "cr"}:
                found.append("\n")
            elif kind == "r":
                self._run(inner, found, pieces, bold)
            elif kind == "noBreakHyphen":
                found.append("-")
            elif kind == "sym":
                found.append(_symbol(inner))
            elif kind in {"drawing", "pict", "object"}:
                self._boxes(inner, found, pieces, bold)
            else:
                self._note(kind)

    def _hidden(self, text: str, found: list[str]) -> None:
        """Words that nobody sees are left; but for the keys of the rows in a table of our own export."""
        self._keyed = self._keyed or text.startswith(KEY_HEADING)
        if self._keyed and (text.isdigit() or text.startswith(KEY_HEADING)):
            found.append(text)
        else:
            self._seen.add("hidden")

    def _boxes(self, element: Any, found: list[str], pieces: list[bool], bold: Bold) -> None:
        for box in element.iter("{*}txbxContent"):
            if not any(_kind(above) == "txbxContent" for above in box.iterancestors()):
                found.append("\n" + self._blocks(box, pieces, bold) + "\n")


def _symbol(element: Any) -> str:
    """A sign of a font of signs: bullets and the ticks that boards put beside what is done."""
    font = value(element, "font", "").lower()
    try:
        code = int(value(element, "char", "0"), 16) & 0xFF
    except ValueError:
        return ""
    return _TICKS.get((font, code), "•" if code in {0xB7, 0xA7} else "")
