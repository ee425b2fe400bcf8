"""A plan as a file in its own headings: what stands in it, how it is laid out, and that every text comes back."""

import json
from dataclasses import replace
from datetime import date
from io import BytesIO

import docx
import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx.oxml.ns import qn
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from odf import opendocument, table

from actions import as_at, exporting
from actions.changes import add_section, move_date, reword_action
from actions.changes.definition import RoleGiven, StepGiven, roles_of
from actions.exporting.sheet import PlanResource
from actions.models import Action, Cell
from actions.permissions import everything_in, readable
from boards.periods import last_moment
from cseplan.text import clean_text
from tests.actions.exported import everything_in_file, hidden, rows_of
from tests.builders import TODAY, agree, make_action, make_board, make_plan, moment, rating, say, unguarded

pytestmark = pytest.mark.django_db

KINDS = list(exporting.KINDS)
OWN = ["No.", "What we will do", "How will we do this?", "Lead agency", "Supported by", "By when", "How we will know"]
HEADINGS = ["Section", "Objective", *OWN, "RAG", "Status", "cseplan key"]


@pytest.fixture
def cast():
    return make_board()


@pytest.fixture
def plan(cast):
    return make_plan(cast, actions=4)


def sheet_of(plan, actions=None):
    return exporting.sheet_of(plan, actions or everything_in(plan), on=TODAY, at=moment(TODAY))


def file_of(plan, kind):
    return exporting.write(sheet_of(plan), kind)


def cells_of(plan, action):
    """{heading: text} of an action."""
    headings, *rows = rows_of(file_of(plan, "csv"), "csv")
    return next(dict(zip(headings, row, strict=True)) for row in rows if row[-1] == str(action.pk))


def book_of(plan):
    return openpyxl.load_workbook(BytesIO(file_of(plan, "xlsx")))


@pytest.mark.parametrize("kind", ["xlsx", "ods", "csv", "json"])
def test_a_plan_goes_out_in_its_own_headings_with_what_every_file_needs_around_them(plan, kind):
    headings, *rows = rows_of(file_of(plan, kind), kind)
    assert headings == HEADINGS
    first, *_, last = plan.actions.all()
    assert len(rows) == 4
    assert rows[0] == [
        "1.0 Prevent", "1.1 Know the signs", "1.1", first.version.wording, "", "Police", "", "March 2026", "", "",
        "Not started", str(first.pk),
    ]  # fmt: skip
    assert rows[3][:3] == ["2.0 Pursue", "", "2.4"]
    assert rows[3][-1] == str(last.pk)


def test_an_action_says_what_was_printed_until_it_is_changed(cast):
    plan = make_plan(cast, actions=0, agreed=False)
    columns = {column.field: column for column in plan.columns.all()}
    action = make_action(
        cast, plan, "1", wording="Open the centre", steps=["Find a place", "Paint it"], measures=["It is open"],
        roles=[("joint_lead", cast.health_owner)],
        cells={columns["reference"]: "1.", columns["lead"]: "The Police & Health", columns["steps"]: "find; paint"},
    )  # fmt: skip
    plan = agree(cast, plan)
    cells = cells_of(plan, action)
    assert (cells["No."], cells["Lead agency"]) == ("1.", "The Police & Health")
    assert cells["How will we do this?"] == "find; paint"
    assert cells["How we will know"] == "It is open"
    reword_action(action=action, wording="Open two", reason="More money", by=cast.manager, at=moment(TODAY, 8))
    cells = cells_of(plan, action)
    assert (cells["No."], cells["What we will do"]) == ("1.", "Open two")
    assert cells["Lead agency"] == "The Police & Health"
    accountable = [*roles_of(action), RoleGiven(cast.health_owner, "accountable")]
    steps = {"steps": [StepGiven("Find a place"), StepGiven("Paint it blue")], "roles": accountable}
    reword_action(action=action, wording="Open two", reason="More money", by=cast.manager, at=moment(TODAY, 9), **steps)
    cells = cells_of(plan, action)
    assert cells["How will we do this?"] == "• Find a place\n• Paint it blue"
    assert cells["Lead agency"] == "The Police & Health"


def test_what_is_on_the_record_stands_in_the_columns_for_it(cast, plan):
    action = plan.actions.first()
    say(cast, action, "amber", on=date(2026, 7, 2), period="Q1 2026/27", words="Half of it")
    move_date(action=action, to_due=date(2026, 12, 1), why="Later", by=cast.chair, at=moment(date(2026, 7, 3)))
    cells = cells_of(plan, action)
    assert (cells["RAG"], cells["Status"], cells["By when"]) == ("Amber", "In progress", "1 December 2026")


def test_last_words_stand_where_the_plan_has_a_column_for_progress(cast):
    columns = (("Action", "action"), ("Where we are", "progress"), ("Remarks", "extra"), ("Status", "extra"))
    plan = make_plan(cast, actions=2, columns=columns)
    one, other = plan.actions.all()
    for action in (one, other):
        Cell.objects.bulk_create(
            Cell(board=cast.board, action=action, since=action.version, column=column, text=f"Printed {column.heading}")
            for column in plan.columns.exclude(field="action")
        )
    say(cast, one, on=date(2026, 7, 2), period="Q1 2026/27", words="Half of it")
    assert cells_of(plan, one)["Where we are"] == "Half of it"
    cells = cells_of(plan, other)
    assert (cells["Where we are"], cells["Remarks"]) == ("Printed Where we are", "Printed Remarks")
    assert (cells["Status"], cells["Status (cseplan)"]) == ("Printed Status", "Not started")
    assert list(cells)[:3] == ["Section", "Objective", "Reference"]


def test_few_see_what_is_of_limited_circulation_and_nobody_else_sees_that_there_is_any(cast):
    plan = make_plan(cast, actions=1, agreed=False)
    make_action(cast, plan, 9, wording="Kept among few", limited=True)
    plan = agree(cast, plan)
    for who, sees in ((cast.coordinator, True), (cast.member, False), (cast.nurse, False)):
        for kind in KINDS:
            rows = rows_of(exporting.write(sheet_of(plan, readable(who, TODAY)), kind), kind)
            texts = [text for row in rows for text in row]
            assert ("Kept among few" in texts) is sees, (who, kind)
            assert ("Circulation" in texts) is sees, (who, kind)
            assert ("Limited circulation" in texts) is sees, (who, kind)


def test_a_past_day_shows_what_held_then(cast, plan):
    action = plan.actions.first()
    say(cast, action, "red", on=date(2026, 7, 2), period="Q1 2026/27")
    reword_action(action=action, wording="Other words", reason="So", by=cast.manager, at=moment(date(2026, 8, 1)))
    day = date(2026, 6, 1)
    past = as_at.past_of(plan, on=day, known_by=last_moment(day))
    written = readable(cast.member, TODAY, of=Action.ever_written).filter(plan=plan)
    sheet = exporting.sheet_as_at(past, written, at=moment(TODAY))
    headings, first, *_ = sheet.dataset.headers, *sheet.dataset
    cells = dict(zip(headings, first, strict=True))
    assert (cells["What we will do"], cells["RAG"]) == ("Do what action 1.1 of the plan promises", "")
    assert sheet.file_name == "cse-plan-as-at-2026-06-01"
    told = json.loads(exporting.write(sheet, "json"))
    assert told["as_at"] == "2026-06-01"
    assert [version["number"] for version in told["rows"][0]["versions"]] == [1]
    assert "As at 1 June 2026" in docx.Document(BytesIO(exporting.write(sheet, "docx"))).paragraphs[2].text


def test_the_workbook_can_be_worked_in(cast, plan):
    say(cast, plan.actions.first(), "red", on=date(2026, 7, 2), period="Q1 2026/27")
    page = book_of(plan).active
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == "A1:L5"
    assert page.print_title_rows == "$1:$1"
    assert (page.page_setup.orientation, page.page_setup.paperSize, page.page_setup.fitToHeight) == (
        "landscape",
        9,
        0,
    )
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.protection.sheet
    assert not page.protection.autoFilter
    assert not page.protection.formatRows
    cells = dict(zip(HEADINGS, page[2], strict=True))
    assert {heading for heading, cell in cells.items() if cell.protection.locked} == {"No.", "cseplan key"}
    assert all(cell.alignment.wrap_text for cell in cells.values())
    assert cells["RAG"].fill.fgColor.rgb == "00B3121D"
    assert page.column_dimensions["L"].hidden
    assert page.column_dimensions["D"].width > page.column_dimensions["C"].width
    lists = {str(found.sqref): found.formula1 for found in page.data_validations.dataValidation}
    assert lists == {
        "J2:J205": '"Red,Amber,Green,Blue"',
        "K2:K205": '"Not started,In progress,Proposed complete,Complete,Embedded,Withdrawn"',
    }


def test_ratings_that_a_list_in_a_workbook_cannot_say_are_typed(cast, plan):
    step = rating(cast, "red")
    with unguarded("boards"):
        type(step).objects.filter(pk=step.pk).update(word="Red, or worse")
    assert len(book_of(plan).active.data_validations.dataValidation) == 1
    assert "Red, or worse" in everything_in_file(file_of(plan, "ods"), "ods")


def test_no_file_has_a_formula(cast):
    plan = make_plan(cast, actions=0, agreed=False, columns=(("=1+1", "action"), ("@x", "lead")), title="=2+2")
    for number, words in enumerate(
        ("=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "#N/A", "|calc", "TRUE", "12", "%0A", "'tis")
    ):
        make_action(cast, plan, str(number), wording=words)
    page = book_of(plan).active
    assert {cell.data_type for row in page.iter_rows() for cell in row if cell.value is not None} == {"s"}
    quoted = [row[1].quotePrefix for row in page.iter_rows(min_row=2)]
    assert quoted == [True, True, True, True, False, True, False, False, True, True]
    sheet = opendocument.load(BytesIO(file_of(plan, "ods"))).spreadsheet
    for cell in sheet.getElementsByType(table.TableCell):
        assert cell.getAttribute("formula") is None
        assert cell.getAttribute("valuetype") in ("string", None)
    raw = file_of(plan, "csv").decode("utf-8-sig")
    assert "'=1+1,'@x" in raw
    assert "'=HYPERLINK(1)" in raw


def test_the_document_has_the_shape_that_boards_circulate(cast):
    plan = make_plan(cast, actions=4, agreed=False)
    add_section(plan=plan, number="3.0", title="Nothing yet", by=cast.manager, at=moment(TODAY))
    plan = agree(cast, plan)
    say(cast, plan.actions.first(), "red", on=date(2026, 7, 2), period="Q1 2026/27")
    paper = docx.Document(BytesIO(file_of(plan, "docx")))
    page = paper.sections[0]
    assert round(page.page_width.mm) == 297
    assert [p.text for p in paper.paragraphs if p.style.name == "Heading 1"] == ["1.0 Prevent", "2.0 Pursue"]
    assert paper.paragraphs[1].text == plan.title
    assert "Agreed 12 January 2026. Overseen by Strategic Group." in paper.paragraphs[2].text
    assert len(paper.tables) == 2
    for each in paper.tables:
        assert each.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in each.rows)
        assert all(hidden(row.cells[-1].paragraphs[0].runs[0]) for row in each.rows if row.cells[-1].text)
    first = paper.tables[0]
    assert [cell.text for cell in first.rows[0].cells] == [*HEADINGS[2:]]
    assert {cell.text for cell in first.rows[1].cells} == {"1.1 Know the signs", ""}
    shade = first.rows[2].cells[7]._tc.tcPr.find(qn("w:shd"))
    assert (first.rows[2].cells[7].text, shade.get(qn("w:fill"))) == ("Red", "B3121D")


def test_a_document_leaves_no_doubt_where_an_action_stands(cast):
    """An objective that ends before its section, and actions outside sections, are told in columns."""
    plan = make_plan(cast, actions=2, agreed=False)
    section = plan.sections.first()
    make_action(cast, plan, "7", section=section)
    make_action(cast, plan, "8")
    headings, *rows = rows_of(file_of(plan, "docx"), "docx")
    assert headings[:3] == ["Section", "Objective", "No."]
    told = {row[2]: row[:2] for row in rows if row[2] != "No."}
    assert told["7"] == ["1.0 Prevent", ""]
    assert told["8"] == ["", ""]


def test_an_objective_that_the_plan_has_a_column_for_spans_its_rows(cast):
    columns = (("Objective", "objective"), ("Action", "action"))
    paper = docx.Document(BytesIO(file_of(make_plan(cast, actions=4, columns=columns), "docx")))
    first = paper.tables[0]
    assert [cell.text for cell in first.columns[1].cells] == ["Objective", "1.1 Know the signs", "1.1 Know the signs"]
    assert first.rows[1].cells[1]._tc is first.rows[2].cells[1]._tc


def test_a_plan_without_actions_is_a_file_too(cast):
    plan = make_plan(cast, actions=0, agreed=False)
    for kind in KINDS:
        assert len(rows_of(file_of(plan, kind), kind)) == (0 if kind == "docx" else 1)


def test_json_is_complete(cast):
    plan = make_plan(cast, actions=0, agreed=False, columns=(("Action", "action"), ("Remarks", "extra")))
    action = make_action(
        cast, plan, "1.2", wording="Open it", outcome="It helps", timescale="March 2026", measures=["So many"],
        roles=[("support", cast.health_owner)], steps=[("Begin", cast.group_owner, "May 2026")],
        milestones=[("Half way", "April 2026")], cross_references=["links to 1.3"], priorities=[cast.prevent],
        cells={plan.columns.get(field="extra"): "A remark"}, section=plan.sections.first(),
    )  # fmt: skip
    plan = agree(cast, plan)
    say(cast, action, "green", on=date(2026, 4, 2), period="Q4 2025/26", words="It goes on")
    move_date(action=action, to_due=date(2026, 12, 1), why="Later", by=cast.chair, at=moment(date(2026, 7, 3)))
    told = json.loads(file_of(plan, "json"))
    assert (told["plan"]["slug"], told["plan"]["state"], told["plan"]["agreed_on"]) == (
        "cse-plan",
        "agreed",
        "2026-01-12",
    )
    assert [step["code"] for step in told["ratings"]] == ["red", "amber", "green", "blue"]
    (row,) = told["rows"]
    assert row | {
        "key": str(action.pk), "reference": "1.2", "section": "1.0 Prevent", "objective": "", "priorities": ["prevent"],
        "action": "Open it", "steps": ["Begin"], "leads": ["Police"], "support": ["Health"], "accountable": [],
        "timescale": {"text": "March 2026", "kind": "by_date", "start": None, "due": "2026-03-31"},
        "status": "in_progress", "progress": "It goes on", "measures": ["So many"], "outcome": "It helps",
        "rating": "green", "recommendations": [], "top_priority": False, "extra": {"Remarks": "A remark"},
        "limited": False, "due": "2026-12-01", "first_due": "2026-03-31", "heard_on": "2026-04-02",
        "cross_references": ["links to 1.3"],
    } == row  # fmt: skip
    assert row["steps_in_full"][0]["lead"] == "Operational Group"
    assert row["milestones"][0]["timescale"]["due"] == "2026-04-30"
    assert [(move["from"], move["to"], move["why"]) for move in row["date_changes"]] == [
        ("2026-03-31", "2026-12-01", "Later")
    ]


def test_what_excel_cannot_hold_is_refused_and_nothing_is_cut_off(cast):
    plan = make_plan(cast, actions=0, agreed=False)
    make_action(cast, plan, "4", wording="long " * 7000)
    with pytest.raises(exporting.NotWritable, match="“What we will do” of action 4 is too long for Excel"):
        file_of(plan, "xlsx")
    for kind in ("docx", "ods", "csv"):
        assert any(("long " * 7000).strip() in row for row in rows_of(file_of(plan, kind), kind)), kind


def test_a_file_takes_as_many_queries_for_300_actions_as_for_10(cast):
    taken = []
    for slug, more in (("short", 1), ("long", 291)):
        plan = make_plan(cast, actions=9, more=more, slug=slug)
        for action in plan.actions.all()[:3]:
            say(cast, action, "amber", on=date(2026, 7, 2), period="Q1 2026/27")
        for kind in KINDS:
            with CaptureQueriesContext(connection) as queries:
                file_of(plan, kind)
            taken.append((kind, len(queries)))
    assert taken[: len(KINDS)] == taken[len(KINDS) :]
    assert max(count for _, count in taken) < 30


TEXTS = st.one_of(
    st.text(min_size=1),
    st.text(alphabet="=+-@|%'\t\n  \u00a0aé🙂👩‍👧אב_x0D", min_size=1),
    st.sampled_from(["=1+1", "'=1+1", "_x000D_", "_x005F_x000D_", "a  b\n\n c", "• one\n• two", "שלום עולם", "#REF!"]),
).map(clean_text).filter(bool)  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_every_text_comes_back_as_it_was(cast, kind):
    """Written into the plan as people write it, out through the file, read by libraries that know nothing of us."""
    columns = (("No.", "reference"), ("Action", "action"), ("Remarks", "extra"))
    plan = make_plan(cast, actions=0, agreed=False, columns=columns)
    make_action(cast, plan, "1")
    sheet = sheet_of(plan)
    (line,) = sheet.lines

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(TEXTS, TEXTS)
    @example("_x000D_ and _x0041_x0042_", "_x_x0000_")
    @example("=1\n=2", "'")
    def same(wording, remark):
        texts = (line.texts[0], wording, remark, *line.texts[3:])
        changed = [replace(line, texts=texts)]
        dataset = PlanResource(sheet.columns).export(changed)
        file = exporting.write(replace(sheet, lines=changed, dataset=dataset), kind)
        assert rows_of(file, kind)[-1] == list(texts)

    same()
