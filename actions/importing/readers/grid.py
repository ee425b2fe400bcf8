"""A table as it grows under a reader's hands: bounded, with merged cells filled and empty edges cut. Pure."""

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from actions.importing.tables import ACROSS, DOWN, Cell, Row
from actions.importing.unreadable import Unreadable
from cseplan.text import clean_line

MOST_ROWS = 10_000
MOST_COLUMNS = 200
MOST_TABLES = 50
LONGEST_CELL = 32_767
"""Characters, as in Excel."""
LONGEST_NAME = 100
MOST_CELLS = 1_000_000
MOST_CHARACTERS = 20_000_000
LONGEST_GAP = 500
"""Rows without words that are kept between two with words; more are passed over with a note."""

EMPTY = Cell()

Span = tuple[int, int, int, int]
"""First row and column, last row and column."""


@dataclass
class Budget:
    """What one file may hold in all: merged cells and repeated ones can make very much of very little."""

    cells: int = MOST_CELLS
    characters: int = MOST_CHARACTERS
    tables: int = MOST_TABLES

    def spend(self, text: str) -> None:
        self.cells -= 1
        self.characters -= len(text)
        if self.cells < 0 or self.characters < 0:
            raise Unreadable(
                "This file holds more than any plan: over a million cells or 20 million characters. "
                "Copy the plan alone into a new file and bring that."
            )

    def spend_table(self) -> None:
        self.tables -= 1
        if self.tables < 0:
            raise Unreadable(
                f"This file holds more than {MOST_TABLES} tables. Copy the plan alone into a new file and bring that."
            )


class Grid:
    """The cells of one table. `where` is how a sentence names it: "the sheet “Plan”"."""

    def __init__(self, where: str, budget: Budget) -> None:
        self.where = where
        self.notes: list[str] = []
        self._budget = budget
        self._rows: dict[int, dict[int, Cell]] = {}
        self._hidden: list[tuple[int, int]] = []
        self._last = 0
        self._worded = 0
        self._widest = 0

    def put(self, row: int, column: int, cell: Cell) -> None:
        """A cell at its place, counted from 1. One without words is kept for its colour, near cells with words."""
        if not cell.text:
            if cell.colour and column <= MOST_COLUMNS and row <= self._last + MOST_ROWS:
                self._budget.spend("")
                self._rows.setdefault(row, {})[column] = cell
            return
        if column > MOST_COLUMNS:
            raise Unreadable(
                f"There are words in column {column:,} of {self.where}, and no more than {MOST_COLUMNS} columns can be "
                "read. Take away what stands far to the right, and try again."
            )
        if len(cell.text) > LONGEST_CELL:
            raise Unreadable(
                f"A cell in row {row:,} of {self.where} holds more than {LONGEST_CELL:,} characters. "
                "Shorten it, and try again."
            )
        self._budget.spend(cell.text)
        cells = self._rows.get(row)
        if cells is None:
            cells = self._rows[row] = {}
        cells[column] = cell
        if row > self._last:
            self._last = row
            self._worded += 1
            if self._worded > MOST_ROWS:
                self._refuse_rows()
        if column > self._widest:
            self._widest = column

    def hide(self, first: int, last: int) -> None:
        """Rows that are hidden, in order."""
        if self._hidden and self._hidden[-1][1] >= first - 1:
            self._hidden[-1] = (self._hidden[-1][0], last)
        elif len(self._hidden) < MOST_ROWS:
            self._hidden.append((first, last))

    def merge(self, spans: Iterable[Span]) -> None:
        """Fill merged cells from their first one, as far as there are words in the table."""
        lost = False
        for top, left, bottom, right in spans:
            if top > self._last or left > self._widest:
                continue
            first = self._rows.get(top, {}).get(left, EMPTY)
            across, down = replace(first, merged=ACROSS), replace(first, merged=DOWN)
            for row in range(top, min(bottom, self._last) + 1):
                for column in range(left, min(right, self._widest) + 1):
                    if (row, column) != (top, left):
                        self._budget.spend(first.text)
                        before = self._rows.get(row, {}).pop(column, EMPTY)
                        lost = lost or bool(before.text and not before.merged)
                        if first.text or first.colour:
                            self._rows.setdefault(row, {})[column] = across if column > left else down
        if lost:
            self.notes.append(f"Words beneath merged cells of {self.where}, which nobody sees there, were left out.")

    def rows(self) -> tuple[Row, ...]:
        """The rows down to the last with words, each to its last cell with words or a colour."""
        made: list[Row] = []
        before = 0
        starts = [first for first, _ in self._hidden]
        for number in sorted(self._rows):
            cells = self._rows[number]
            if number > self._last:
                break
            if not cells:
                continue
            gap = number - before - 1
            if gap > LONGEST_GAP:
                self.notes.append(f"Rows {before + 1:,} to {number - 1:,} of {self.where} are empty: passed over.")
            else:
                made += [Row(empty, (), self._is_hidden(empty, starts)) for empty in range(before + 1, number)]
            before = number
            width = max(cells)
            whole = tuple(cells.get(column, EMPTY) for column in range(1, width + 1))
            for _ in range(width - len(cells)):
                self._budget.spend("")
            made.append(Row(number, whole, self._is_hidden(number, starts)))
            if len(made) > MOST_ROWS:
                self._refuse_rows()
        self._tell_hidden({row.number for row in made})
        return tuple(made)

    def _is_hidden(self, number: int, starts: list[int]) -> bool:
        place = bisect_right(starts, number) - 1
        return place >= 0 and number <= self._hidden[place][1]

    def _tell_hidden(self, numbers: set[int]) -> None:
        spans = [(first, min(last, self._last)) for first, last in self._hidden if first <= self._last]
        told = [span for span in spans if any(number in numbers for number in range(span[0], span[1] + 1))]
        if told:
            self.notes.append(hidden_note("Row", told, self.where))

    def _refuse_rows(self) -> None:
        raise Unreadable(
            f"{self.where[0].upper()}{self.where[1:]} has more than {MOST_ROWS:,} rows. "
            "Copy the plan alone into a new file and bring that."
        )


def and_more(words: list[str], most: int = 8) -> str:
    """ "3, 5 and 7", or the first of many and how many more."""
    if len(words) > most:
        return f"{', '.join(words[:most])} and {len(words) - most:,} more"
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]])) if words else ""


def sheet_name(text: str) -> str:
    """The name of a sheet as one short line; Excel allows 31 characters."""
    return clean_line(text)[:LONGEST_NAME]


def hidden_note(
    what: str, spans: list[tuple[int, int]], where: str, shown: Callable[[int], str] = "{:,}".format
) -> str:
    """That rows or columns, each span from its first to its last, are hidden."""
    joined: list[tuple[int, int]] = []
    for first, last in spans:
        if joined and joined[-1][1] >= first - 1:
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    words = and_more([shown(first) if first == last else f"{shown(first)}-{shown(last)}" for first, last in joined])
    one = len(joined) == 1 and joined[0][0] == joined[0][1]
    return f"{what if one else what + 's'} {words} of {where} {'is' if one else 'are'} hidden; read all the same."


def letters(column: int) -> str:
    """A column as a spreadsheet names it: 28 is AB."""
    found = ""
    while column:
        column, left = divmod(column - 1, 26)
        found = chr(65 + left) + found
    return found
