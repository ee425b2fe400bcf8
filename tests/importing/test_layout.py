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
    assert split_title("Priority One – Prevention") == split_title("Priority 1 – Prevention")
    titles = ["1.0 Prevention", "Key Priority 1: Prevention", "A. Prevention", "Prevention", "Objective 2 – Schools"]
    assert [(one.number, one.title) for one in map(split_title, titles)] == [
        ("1.0", "Prevention"), ("1", "Prevention"), ("A", "Prevention"), ("", "Prevention"), ("2", "Schools"),
    ]  # fmt: skip


def rows_of(*sheets: Sheet):
    layout = found(*sheets)
    return [(line.section.title if line.section else "", line.cells[1].text) for line in layout.lines]


def test_a_number_and_its_title_over_two_rows_or_two_cells_are_one_title():
    over_rows = [wide("Key Priority 1"), wide("Prevention"), HEAD, ["1", "Train.", "Police", "May"]]
    over_cells = [HEAD, ["Outcome 1", Drawn("Prevention", across=3), None, None], ["1", "Train.", "Police", "May"]]
    for rows in (over_rows, over_cells):
        (line,) = found(Sheet(rows)).lines
        assert (line.section.number, line.section.title) == ("1", "Prevention")


def test_parts_are_titles_by_whatever_word_they_are_counted_with_but_dates_are_not():
    said = ["Area for improvement 1: Meetings", "Blaenoriaeth 2: Atal", "November 14: done", "Action 3: Train"]
    assert [(one.number, one.title) for one in map(split_title, said)] == [
        ("1", "Meetings"), ("2", "Atal"), ("", "November 14: done"), ("", "Action 3: Train"),
    ]  # fmt: skip


def test_parts_counted_with_one_word_are_of_one_rank():
    rows = [HEAD, wide("Outcome 1: Safe"), ["1", "Train.", "Police", "May"], wide("Outcome 2: Well")]
    assert rows_of(Sheet([*rows, ["2", "Map.", "Health", "May"]])) == [("Safe", "Train."), ("Well", "Map.")]


def test_words_alone_over_headings_that_are_repeated_are_titles():
    one, two = ["1", "Train.", "Police", "May"], ["2", "Map.", "Health", "May"]
    parted = [["Is it safe?"], HEAD, one, ["Are they well?"], HEAD, two]
    assert rows_of(Sheet(parted)) == [("Is it safe?", "Train."), ("Are they well?", "Map.")]
    once = [["Elmshire board"], HEAD, one, two]
    assert rows_of(Sheet(once)) == [("", "Train."), ("", "Map.")]
    page_break = [HEAD, one, ["and goes on"], HEAD, two]
    assert rows_of(Sheet(page_break))[0][0] == ""


def test_words_alone_where_references_stand_are_a_title_or_a_sentence_beside_the_plan():
    rows = [HEAD, ["1", "Train.", "Police", "May"], ["Help to recover"], ["2", "Map.", "Health", "May"]]
    assert rows_of(Sheet(rows)) == [("", "Train."), ("Help to recover", "Map.")]
    layout = found(Sheet([*rows, ["We heard from forty children."]]))
    assert [one.why for one in layout.left_out] == ["It is a sentence beside the plan, not a row of it."]


def test_a_heading_over_two_others_needs_no_merging():
    rows = [
        ["Ref", "Action", "Timescale", "", "Lead"],
        ["", "", "Start", "End", ""],
        ["1", "Map.", "May", "June", "CSC"],
    ]
    assert found(Sheet(rows)).headings == ("Ref", "Action", "Timescale Start", "Timescale End", "Lead")


def test_another_word_for_a_heading_in_a_later_table_is_the_same_column():
    other = ["Ref", "Actions", "Lead agency", "Due"]
    layout = found(
        Sheet([HEAD, ["1", "Train.", "Police", "May"]], "Table 1"),
        Sheet([other, ["2", "Map.", "Health", "May"]], "Table 2"),
    )
    assert layout.headings == tuple(HEAD)
    apart = ["Ref", "Action", "Task", "Lead", "Due"]
    both = found(
        Sheet([HEAD, ["1", "Train.", "Police", "May"]], "Table 1"),
        Sheet([apart, ["2", "Map.", "Draw.", "Health", "May"]], "Table 2"),
    )
    assert both.headings == (*HEAD, "Task")


def test_the_tabs_of_several_sheets_are_sections_where_nothing_else_parts_the_plan():
    first, second = [HEAD, ["1", "Train.", "Police", "May"]], [HEAD, ["2", "Map.", "Health", "May"]]
    named = rows_of(Sheet(first, "Prevent"), Sheet(second, "2. Pursue"))
    assert named == [("Prevent", "Train."), ("Pursue", "Map.")]
    for tabs in (("Sheet1", "Sheet2"), ("Open actions", "Closed actions"), ("2024-25", "2025-26"), ("Plan", "Prevent")):
        assert rows_of(Sheet(first, tabs[0]), Sheet(second, tabs[1])) == [("", "Train."), ("", "Map.")]
    titled = [HEAD, wide("1.0 Prevention"), first[1]]
    assert rows_of(Sheet(titled, "Prevent"), Sheet(second, "Pursue"))[0] == ("Prevention", "Train.")
