"""The four published plans, drawn with their mess, read into exactly the facts of their fixtures."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions import timescales
from actions.importing import rows
from actions.importing.readings import BoardWords, OwnerWords
from actions.importing.tables import Cell, File, Row, Table
from tests.importing.drawn import Document, Drawn, Sheet
from tests.importing.plans import PUBLISHED, SCALE, drawn_to_file, fixture, stockport, words_of

WORDS = BoardWords(
    owners=(
        OwnerWords("West Midlands Police", ("Police",), "seat"),
        OwnerWords("Health", ("ICB",), "seat"),
        OwnerWords("CSE Coordinator", (), "post"),
    ),
    ratings=SCALE,
    first_year=2016,
)


def read(*sheets: Sheet, **options):
    return rows.read(drawn_to_file(Document(list(sheets))), options.pop("words", WORDS), **options)


@pytest.fixture(params=PUBLISHED)
def published(request):
    facts = fixture(request.param)
    return facts, rows.read(drawn_to_file(PUBLISHED[request.param]()), words_of(facts))


def test_each_published_plan_has_its_columns(published):
    facts, plan = published
    wanted = {column["heading"]: column["field"] for column in facts["plan"]["columns"]}
    found = {column.heading: column.field for column in plan.columns}
    found["No."] = found.get("Column 1", "")
    assert {heading: found[heading] for heading in wanted} == wanted


def test_each_published_plan_has_its_sections_in_order(published):
    facts, plan = published
    wanted = [(one["number"], one["title"], one["aim"]) for one in facts["plan"]["sections"]]
    assert [(one.number, one.title, one.aim) for one in plan.sections] == wanted


def test_each_action_of_a_published_plan_is_read_as_it_is(published):
    facts, plan = published
    codes = {one["key"]: one["code"] for one in facts["priorities"]}
    titles = {one["key"]: one["title"] for one in facts["plan"]["sections"]}
    objectives = {one["key"]: one["title"] for s in facts["plan"]["sections"] for one in s["objectives"]}
    printed = {column["field"] for column in facts["plan"]["columns"]}
    assert len(plan.rows) == len(facts["plan"]["actions"])
    for one, row in zip(facts["plan"]["actions"], plan.rows, strict=True):
        where = f"{facts['plan']['slug']} {one['reference']}"
        assert row.reference == ("" if facts["plan"].get("references_printed") is False else one["reference"]), where
        assert (row.section.title if row.section else None) == titles.get(one["section"]), where
        assert (row.objective.title if row.objective else None) == objectives.get(one["objective"]), where
        assert list(row.priorities) == [codes[key] for key in one["priorities"]], where
        assert row.action == one["wording"], where
        assert list(row.measures) == one["measures"], where
        assert (row.outcome, row.progress) == (one["outcome"], one["progress"]), where
        if "recommendation" in printed:
            assert list(row.recommendations) == [each["number"] for each in one["recommendations"]], where
        assert list(row.cross_references) == [each["to"] for each in one["cross_references"]], where


def test_each_owner_of_a_published_plan_is_found_in_their_part(published):
    facts, plan = published
    names = {one["key"]: one["name"] for one in facts["owners"]}
    for one, row in zip(facts["plan"]["actions"], plan.rows, strict=True):
        wanted: dict[str, list[str]] = {"lead": [], "joint_lead": [], "support": [], "accountable": []}
        for each in one["owners"]:
            wanted[each["role"]].append(names[each["owner"]])
        found: dict[str, list[str]] = {role: [] for role in wanted}
        for each in (*row.leads, *row.support, *row.accountable):
            found[each.role].append(each.owner)
        assert found == wanted, one["reference"]


def test_each_timescale_and_step_of_a_published_plan_is_read(published):
    facts, plan = published
    names = {one["key"]: one["name"] for one in facts["owners"]}
    for one, row in zip(facts["plan"]["actions"], plan.rows, strict=True):
        year = facts["plan"]["first_year"]
        assert row.timescale == timescales.read(one["timescale"], year_hint=year, year_start_month=4)
        assert [step.text for step in row.steps] == [step["text"] for step in one["steps"]]
        for step, wanted in zip(row.steps, one["steps"], strict=True):
            assert [each.owner for each in step.leads] == ([names[wanted["lead"]]] if wanted["lead"] else [])
            assert (step.timescale.text if step.timescale else None) == wanted["timescale"]


def test_bold_is_a_top_priority_where_the_board_says_so():
    facts = fixture("stockport-2014-16")
    plan = rows.read(drawn_to_file(stockport(frozenset({"3", "17"}))), words_of(facts))
    assert [at for at, row in enumerate(plan.rows, 1) if row.top_priority] == [3, 17]


def test_a_plan_without_headings_is_read_and_asked_about():
    plan = read(
        Sheet([
            ["1", "Train every taxi driver in the borough before a licence is renewed", "Police", "May 2016"],
            ["2", "Map what return home interviews say about places of risk in the town", "Health", "June 2016"],
            ["3", "Tell parents where they can get help, and in which languages", "CSE Coordinator", "July 2016"],
        ])
    )  # fmt: skip
    assert [column.field for column in plan.columns] == ["reference", "action", "lead", "timescale"]
    assert [row.reference for row in plan.rows] == ["1", "2", "3"]
    assert "No row of headings was found: say for each column what it holds." in [one.message for one in plan.problems]


def test_two_rows_of_headings_are_one():
    plan = read(
        Sheet([
            [Drawn("No.", down=2), Drawn("Action", down=2), Drawn("Lead", across=2), None, Drawn("Due", down=2)],
            [None, None, "Agency", "Support", None],
            ["1", "Train taxi drivers.", "Police", "Health", "May 2016"],
        ])
    )  # fmt: skip
    assert [column.heading for column in plan.columns] == ["No.", "Action", "Lead Agency", "Lead Support", "Due"]
    assert [each.owner for each in plan.rows[0].leads] == ["West Midlands Police"]


def test_a_form_for_each_action_is_read_as_rows():
    def form(number: str, action: str, lead: str) -> Sheet:
        return Sheet([["Ref", number], ["Action", action], ["Lead", lead], ["Due date", "May 2016"]], f"Table {number}")

    plan = read(form("1", "Train taxi drivers.", "Police"), form("2", "Map places of risk.", "Health"))
    assert [(row.reference, row.action, row.leads[0].owner) for row in plan.rows] == [
        ("1", "Train taxi drivers.", "West Midlands Police"), ("2", "Map places of risk.", "Health"),
    ]  # fmt: skip


def test_lead_and_support_in_one_cell_are_told_apart():
    plan = read(Sheet([["Action", "Who", "When"], ["Train drivers.", "Lead: Police\nSupport: Health", "May 2016"]]))
    assert [each.owner for each in plan.rows[0].leads] == ["West Midlands Police"]
    assert [each.owner for each in plan.rows[0].support] == ["Health"]


def test_dates_in_three_styles_are_dates():
    plan = read(
        Sheet([
            ["Action", "Lead", "Due"],
            ["One thing.", "Police", Drawn(day=date(2016, 5, 9))],
            ["Two things.", "Police", Drawn(day=date(2016, 5, 1), shown="mmm-yy")],
            ["Three things.", "Police", "end of May 2016"],
        ])
    )  # fmt: skip
    assert [row.timescale.due for row in plan.rows] == [date(2016, 5, 9), date(2016, 5, 31), date(2016, 5, 31)]


def test_a_rating_by_colour_alone_is_read_with_a_doubt():
    colours = {"FF0000": "red", "FFC000": "amber", "92D050": "green", "FFC7CE": "red"}
    plan = read(Sheet([["Action", "Lead", "RAG"], *[[f"Do {c}.", "Police", Drawn("", colour=c)] for c in colours]]))
    assert [row.rating for row in plan.rows] == list(colours.values())
    assert sum("Only the colour" in one.message for one in plan.problems) == 4


def test_a_rating_in_the_status_is_read_where_no_column_has_one():
    head, said = ["Action", "Lead", "Status"], ["Train drivers.", "Police", "On track – Green"]
    (row,) = read(Sheet([head, said])).rows
    assert (row.status, row.rating) == ("in_progress", "green")
    (row,) = read(Sheet([[*head, "RAG"], [*said, "Red"]])).rows
    assert row.rating == "red"
    (row,) = read(Sheet([head, ["Train drivers.", "Police", "Ongoing"]])).rows
    assert row.rating == ""


def test_updates_of_four_quarters_are_kept():
    plan = read(
        Sheet([["Action", "Lead", "Q1", "Q2", "Q3"], ["Train drivers.", "Police", "Begun.", "Half of them.", "All."]])
    )
    assert plan.rows[0].progress == "All."
    assert plan.rows[0].extra == {"Q1": "Begun.", "Q2": "Half of them."}


def test_doubtful_rows_are_pointed_at():
    plan = read(
        Sheet([
            ["Ref", "Action", "Lead"], ["1", "Train drivers.", "Police"], ["1", "Map places.", "Health"],
            ["2", "", "Health"], ["3", "x" * 10_001, "Police"],
        ])
    )  # fmt: skip
    said = {(one.row, one.message) for one in plan.problems}
    assert (3, "Row 2 has the reference 1 too: give each action its own.") in said
    assert (4, "The action is empty: give its words, or leave this row out.") in said
    assert (5, "This cell has 10,001 characters, and 10,000 is the most: shorten it.") in said


def test_a_file_without_rows_says_so():
    assert [one.message for one in rows.read(File("csv", ()), WORDS).problems] == [
        "No row of a plan was found in this file: check that it is the right one."
    ]


def test_a_person_chooses_and_the_board_remembers():
    head = [Drawn(text, bold=True) for text in ("Thing", "Body", "Mystery")]
    sheet = Sheet([head, ["Train drivers.", "Police", "May 2016"]])
    chosen = {0: "action", 1: "lead", 2: "timescale"}
    assert read(sheet, columns=chosen).rows[0].timescale.due == date(2016, 5, 31)
    sheet = Sheet([["Action", "Lead", "Mystery"], ["Train drivers.", "Police", "May 2016"]])
    assert read(sheet, remembered={"MYSTERY ": "notes"}).rows[0].notes == "May 2016"


def test_it_goes_out_as_json_by_the_design():
    told = rows.as_json(read(Sheet([["Ref", "Action", "Lead", "Due"], ["1", "Train.", "Police", "May 2016"]])))
    assert list(told) == ["columns", "rows", "problems"]
    assert told["rows"] == [{
        "reference": "1", "section": "", "objective": "", "priorities": [], "action": "Train.", "steps": [],
        "leads": ["West Midlands Police"], "support": [], "accountable": [],
        "timescale": {"text": "May 2016", "kind": "by_date", "start": None, "due": "2016-05-31"},
        "status": "", "progress": "", "measures": [], "outcome": "", "rating": "", "evidence": "",
        "recommendations": [], "top_priority": False, "extra": {},
    }]  # fmt: skip


TEXT = st.one_of(
    st.sampled_from(
        ["", "", "Action", "Lead", "No.", "Due", "1.0 Prevention", "May 2016", "• a\n• b", "Total", "Key", "1"]
    ),
    st.text(max_size=25),
)
CELL = st.builds(
    Cell, TEXT, st.booleans(), st.sampled_from(["", "FF0000"]), st.sampled_from([None, date(2016, 5, 1)]),
    st.sampled_from(["", "", "", "down", "across"]),
)  # fmt: skip
TABLES = st.lists(
    st.tuples(st.lists(st.lists(CELL, max_size=5), max_size=7), st.lists(TEXT, max_size=3)), min_size=1, max_size=3
)


@given(TABLES)
@settings(max_examples=200, deadline=None)
def test_no_words_of_any_table_are_lost(drawn):
    tables = tuple(
        Table(f"T{at}", tuple(Row(n, tuple(cells)) for n, cells in enumerate(lines, 1)), tuple(above))
        for at, (lines, above) in enumerate(drawn)
    )
    plan = rows.read(File("docx", tables), WORDS)
    kept = {source for row in plan.rows for source in row.sources}
    kept |= {(one.sheet, one.row) for one in plan.left_out} | set(plan.head_rows) | set(plan.section_rows)
    wanted = {
        (table.name, row.number)
        for table in tables
        for row in table.rows
        if any(cell.text.strip() and cell.merged != "across" for cell in row.cells)
    }
    assert wanted <= kept
