"""Where the plan is in a file: headings, sections, rows, and what is left out and why."""

from actions.importing.layout import find, split_title
from tests.importing.drawn import Document, Drawn, Sheet
from tests.importing.plans import drawn_to_file

HEAD = ["Ref", "Action", "Lead", "Due"]


def found(*sheets: Sheet):
    return find(drawn_to_file(Document(list(sheets))))


def wide(text: str, width: int = 4) -> list:
    return [Drawn(text, across=width), *[None] * (width - 1)]


def test_headings_are_found_under_titles_and_skipped_when_repeated():
    layout = found(Sheet([wide("CSE Action Plan 2016"), [None] * 4, HEAD, ["1", "Train.", "Police", "May"], HEAD]))
    assert layout.headings == tuple(HEAD)
    assert [line.numbers for line in layout.lines] == [[4]]
    assert layout.head_rows == (("Sheet1", 3), ("Sheet1", 5))
    assert [(one.row, one.why) for one in layout.left_out] == [(1, "It stands above the headings of the plan.")]


def test_sections_objectives_and_aims_are_rows_over_the_width():
    layout = found(
        Sheet([
            HEAD, wide("1.0 Prevention"), wide("Aim: fewer children are harmed."), wide("1.1 Schools"),
            ["1", "Train.", "Police", "May"], wide("2.0 Pursue"), ["2", "Map.", "Health", "May"],
        ])
    )  # fmt: skip
    assert [(one.number, one.title, one.aim) for one in layout.sections] == [
        ("1.0", "Prevention", "fewer children are harmed."), ("2.0", "Pursue", ""),
    ]  # fmt: skip
    assert [line.objective.title if line.objective else "" for line in layout.lines] == ["Schools", ""]


def test_a_table_for_each_section_takes_its_title_from_the_paragraph_above():
    layout = found(
        Sheet([HEAD, ["1", "Train.", "Police", "May"]], "Table 1", ["This plan was agreed in May.", "Prevention"]),
        Sheet([HEAD, ["2", "Map.", "Health", "May"]], "Table 2", ["Protection"]),
    )
    assert [line.section.title for line in layout.lines if line.section] == ["Prevention", "Protection"]
    assert [one.text for one in layout.left_out] == ["This plan was agreed in May."]


def test_totals_keys_and_notes_are_left_out_with_a_reason():
    layout = found(
        Sheet([
            HEAD, ["1", "Train.", "Police", "May"], ["Total", "1", None, None], wide("Key: red is late"),
            wide("* as agreed in May"),
        ])
    )  # fmt: skip
    assert [one.row for one in layout.left_out] == [3, 4, 5]
    assert len(layout.lines) == 1


def test_a_cover_sheet_and_a_key_of_ratings_are_no_plan():
    layout = found(
        Sheet([["Author", "The business unit"], ["Version", "2"]], "Cover"),
        Sheet([HEAD, ["1", "Train.", "Police", "May"]], "Plan"),
        Sheet([["Red", "Late"], ["Green", "On course"]], "Key"),
    )
    assert {one.sheet for one in layout.left_out} == {"Cover", "Key"}
    assert [line.sheet for line in layout.lines] == ["Plan"]


def test_a_table_goes_on_after_a_page_without_its_headings():
    layout = found(
        Sheet([HEAD, ["1", "Train.", "Police", "May"]], "Table 1"), Sheet([["2", "Map.", "Health", "May"]], "Table 2")
    )
    assert [line.sources for line in layout.lines] == [[("Table 1", 2)], [("Table 2", 1)]]


def test_a_file_without_headings_says_so():
    layout = found(Sheet([["1", "Train every driver.", "Police", "May"], ["2", "Map.", "Health", "May"]]))
    assert not layout.headed
    assert len(layout.lines) == 2


def test_titles_are_numbers_and_words():
    titles = ["1.0 Prevention", "Key Priority 1: Prevention", "A. Prevention", "Prevention", "Objective 2 – Schools"]
    assert [(one.number, one.title) for one in map(split_title, titles)] == [
        ("1.0", "Prevention"), ("1", "Prevention"), ("A", "Prevention"), ("", "Prevention"), ("2", "Schools"),
    ]  # fmt: skip
