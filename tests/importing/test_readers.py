"""What is drawn comes back, whichever kind of file it is saved as: any words, merges, colours and days."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.importing import readers
from actions.importing.tables import ACROSS, DOWN, Cell
from cseplan.text import clean_text
from tests.importing import files
from tests.importing.drawn import Document, Drawn, Sheet

KINDS = ["xlsx", "docx", "ods"]
WRITABLE = st.characters(exclude_categories=["Cc", "Cs", "Cn"], exclude_characters="\u2028\u2029\ufffe\uffff\u0085")
WORDS = st.text(WRITABLE, min_size=1, max_size=30).filter(lambda text: clean_text(text) == text)
LINES = st.lists(WORDS, min_size=1, max_size=3).map("\n".join)
COLOURS = st.sampled_from(["", "", "FF0000", "FFC000", "00B050"])
SHOWN = st.sampled_from(["dd/mm/yyyy", "mmm-yy", "mmmm yyyy"])
DAYS = st.builds(Drawn, day=st.dates(date(1950, 1, 1), date(2099, 12, 31)), shown=SHOWN)
CELLS = st.one_of(st.builds(Drawn, text=LINES, bold=st.booleans(), colour=COLOURS), DAYS, st.none())


@st.composite
def sheets(draw) -> Sheet:
    """A table with words at its edges, some of its cells merged over empty ones."""
    width = draw(st.integers(2, 4))
    rows = draw(st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=4))
    rows = [["No.", *["x"] * width], *[["1", *row[1:], "end"] for row in rows]]
    if draw(st.booleans()):
        rows[1] = [Drawn(draw(WORDS), bold=True, across=len(rows[1])), *[None] * (len(rows[1]) - 1)]
    if len(rows) > 3:
        rows[2][0], rows[3][0] = Drawn(draw(LINES), down=2), None
    return Sheet(rows, draw(st.sampled_from(["Plan", "Action plan (2)", "Überblick"])))


def expected(sheet: Sheet, days: bool) -> list[list[Cell]]:
    made: list[list[Cell]] = []
    for number, row in enumerate(sheet.rows):
        cells: list[Cell] = []
        for column, drawn in enumerate(row):
            if drawn is None:
                cells.append(_covered(sheet, made, cells, number, column))
            else:
                cell = Drawn(drawn) if isinstance(drawn, str) else drawn
                day = cell.day if days else None
                cells.append(Cell(files.printed(cell), cell.bold, cell.colour, day))
        while cells and cells[-1] == Cell():
            cells.pop()
        made.append(cells)
    return made


def _covered(sheet: Sheet, made: list[list[Cell]], cells: list[Cell], number: int, column: int) -> Cell:
    first = sheet.rows[number][0]
    if column and isinstance(first, Drawn) and first.across > column:
        return Cell(first.text, first.bold, first.colour, merged=ACROSS)
    above = sheet.rows[number - 1][column]
    if isinstance(above, Drawn) and above.down > 1:
        return Cell(above.text, above.bold, above.colour, merged=DOWN)
    return Cell()


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=40, deadline=None)
@given(sheet=sheets())
def test_what_is_drawn_comes_back(kind, sheet):
    data = getattr(files, kind)(Document([sheet]))
    found = readers.read(data, kind, f"plan.{kind}").tables[0]
    assert [list(row.cells) for row in found.rows] == expected(sheet, days=kind != "docx")
    assert [row.number for row in found.rows] == list(range(1, len(sheet.rows) + 1))


@pytest.mark.parametrize("name", ["plan.xls", "plan.docx"])
def test_a_name_that_says_something_else_is_told_of(name):
    file = readers.read(files.xlsx(files.one_sheet(["a"])), "xlsx", name)
    assert file.notes == (f"The name of this file ends in {name[4:]}, but it holds an Excel workbook; read as that.",)
