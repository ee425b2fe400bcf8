"""Where the cells of a Word table stand: which go on from above or the left, and which lines make a column. Pure."""

from bisect import bisect_right
from typing import Any

from actions.importing.readers.grid import Grid, Span
from actions.importing.readers.wordstyles import child, value
from actions.importing.tables import Cell
from actions.importing.unreadable import DAMAGED, Unreadable

NEAR = 120
"""Twentieths of a point: lines nearer to each other than two millimetres were meant to be one."""
MOST_LINES = 1_000


class Placing:
    """The cells of one table, row by row, by the lines of its grid from 1; `lay` makes columns of the lines."""

    def __init__(self, table: Any) -> None:
        grid = child(table, "tblGrid")
        self._places = [0, 0]
        for column in [] if grid is None else grid.iterfind("{*}gridCol"):
            self._places.append(self._places[-1] + _number(column, "w"))
        self._cells: list[tuple[int, int, Cell]] = []
        self._spans: list[Span] = []
        self._from_above: dict[int, int] = {}
        self._to_below: dict[int, int] = {}
        self._row = 0
        self._line = 1

    def row(self, number: int, properties: Any) -> None:
        """Begin a row, which may leave some columns free on its left."""
        self._row = number
        self._line = 1 + _number(child(properties, "gridBefore"), "val")
        self._from_above, self._to_below = self._to_below, {}

    def goes_on(self, about: Any) -> bool:
        """Whether a cell with these properties is only more of the one to its left or above it."""
        width = _width(about)
        if _continues(child(about, "hMerge")) and self._spans and self._spans[-1][0] == self._row:
            top, left, bottom, right = self._spans[-1]
            self._spans[-1] = (top, left, bottom, right + width)
        elif _continues(child(about, "vMerge")) and self._line in self._from_above:
            place = self._to_below[self._line] = self._from_above[self._line]
            top, left, _, right = self._spans[place]
            self._spans[place] = (top, left, self._row, right)
        else:
            return False
        self._line += width
        return True

    def put(self, about: Any, cell: Cell) -> None:
        """A cell of its own."""
        if child(about, "vMerge") is not None:
            self._to_below[self._line] = len(self._spans)
        self._cells.append((self._row, self._line, cell))
        self._spans.append((self._row, self._line, self._row, self._line + _width(about) - 1))
        self._line += _width(about)

    @property
    def first_in_row(self) -> bool:
        """Whether the next cell is at the left edge of the table."""
        return self._line == 1

    def lay(self, grid: Grid) -> None:
        """Put the cells into their columns. A line at which no cell begins makes none."""
        columns = self._columns()
        starts = sorted(columns)
        for row, line, cell in self._cells:
            grid.put(row, columns[line], cell)
        merged = []
        for top, left, bottom, right in self._spans:
            after = bisect_right(starts, right)
            last = columns[starts[after]] - 1 if after < len(starts) else columns[starts[-1]]
            if bottom > top or last > columns[left]:
                merged.append((top, columns[left], bottom, max(last, columns[left])))
        grid.merge(merged)

    def _columns(self) -> dict[int, int]:
        """The column of every line at which a cell begins: of two near lines the same, if no row has cells at both."""
        rows: dict[int, set[int]] = {}
        for row, line, _ in self._cells:
            rows.setdefault(line, set()).add(row)
        columns: dict[int, int] = {}
        first, taken = 0, set[int]()
        for line in sorted(rows):
            if first and self._is_near(first, line) and not taken & rows[line]:
                columns[line] = columns[first]
                taken |= rows[line]
            else:
                columns[line] = columns[first] + 1 if first else 1
                first, taken = line, set(rows[line])
        return columns

    def _is_near(self, first: int, line: int) -> bool:
        return line < len(self._places) and self._places[line] - self._places[first] < NEAR


def _continues(merge: Any) -> bool:
    return merge is not None and value(merge, "val", "continue") == "continue"


def _width(about: Any) -> int:
    return max(_number(child(about, "gridSpan"), "val", "1"), 1)


def _number(element: Any, local: str, otherwise: str = "0") -> int:
    try:
        return min(max(int(float(value(element, local, otherwise))), 0), MOST_LINES * NEAR)
    except (ValueError, OverflowError) as error:
        raise Unreadable(DAMAGED) from error
