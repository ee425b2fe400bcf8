"""A file that was read, as plain values: on its way out of the process that read it, and while its person looks at it.

Pure.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from actions.importing.tables import Cell, File, Row, Table


def packed(file: File) -> Iterator[list[Any]]:
    """One list for the file, one for each table and row: a cell of plain words is those words alone."""
    yield [file.kind, file.notes]
    for table in file.tables:
        yield [table.name, table.above, len(table.rows), table.headings]
        for row in table.rows:
            yield [row.number, row.hidden, [_packed_cell(cell) for cell in row.cells]]


def _packed_cell(cell: Cell) -> str | list[Any]:
    if not (cell.bold or cell.colour or cell.day or cell.merged):
        return cell.text
    return [cell.text, cell.bold, cell.colour, cell.day.isoformat() if cell.day else "", cell.merged]


def unpacked(parts: Iterable[list[Any]]) -> File:
    """The file that was packed."""
    parts = iter(parts)
    kind, notes = next(parts)
    return File(kind, tuple(_tables(parts)), tuple(notes))


def _tables(parts: Iterator[list[Any]]) -> Iterator[Table]:
    plain = {"": Cell()}
    for name, above, count, *headings in parts:
        rows = tuple(_row(next(parts), plain) for _ in range(count))
        yield Table(name, rows, tuple(above), tuple(*headings))


def _row(packed: list[Any], plain: dict[str, Cell]) -> Row:
    number, hidden, cells = packed
    return Row(number, tuple(_cell(cell, plain) for cell in cells), hidden)


def _cell(packed: str | list[Any], plain: dict[str, Cell]) -> Cell:
    if isinstance(packed, str):
        if packed not in plain:
            plain[packed] = Cell(packed)
        return plain[packed]
    text, bold, colour, day, merged = packed
    return Cell(text, bold, colour, date.fromisoformat(day) if day else None, merged)
