"""A plan that goes out as a file and comes in again is the same plan, whatever it says and whichever kind it is."""

from datetime import date, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from actions import changes, exporting
from actions.changes.definition import RoleGiven, StepGiven
from actions.importing import child, readers
from actions.importing.layout import named_apart
from actions.importing.proposal import UNCHANGED, propose
from actions.importing.readings import BULLETS
from actions.models import Import, PlanColumn
from actions.permissions import everything_in
from cseplan.text import clean_line, clean_text
from tests.actions.exported import rows_of
from tests.builders import AGREED_ON, TODAY, agree, make_board, moment, say

Field = PlanColumn.Field

ANY = settings(
    max_examples=30, deadline=None, report_multiple_bugs=False, suppress_health_check=list(HealthCheck),
    phases=(Phase.reuse, Phase.generate), derandomize=True,
)  # fmt: skip
KINDS = ("xlsx", "docx", "ods", "csv")
SAYS_SO_ALREADY = ["The file says what the plan says already. There is nothing to confirm."]

# Any words

ODD = (
    "=1+1", "'quote", "''=1", "@SUM(A1)", "+44", "-", "- one\n- two", "• one\n• two", "Do this:\n• one\n• two",
    "1. one\n2. two", "a;b;c", "a,b\t\"c\"", "line\nline\n\nline", "0012", "1.10", "31/03/2025", "March 2016", "1e5",
    "TRUE", "#N/A", "_x0041_", "Total", "Key", "RAG key", "Red = late", "Note: see below", "Page 1 of 2", "Draft",
    "Action", "Lead", "No.", "Status", "cseplan key", "Objective 1: Prevent", "1.0 Prevent", "Priority 2 - Protect",
    "Aim: to help", "links to 1.1", "see action 2", "Police and Health", "ongoing", "n/a", "sep=;", "فارسی و عربی",
    "שלום world", "👩‍👧 help", "naïve café", "Ωmega", "x" * 400, "long " * 90, "<b>&amp;</b>", "]]>", "C:\\temp",
    "“quoted”", "a  b   c", "…and goes on", "and goes on",
)  # fmt: skip
ADDED_TO = st.tuples(st.sampled_from(ODD), st.text(max_size=5)).map("".join)
TEXT = st.one_of(st.sampled_from(ODD), st.text(max_size=30), ADDED_TO)
WORDS = TEXT.map(clean_text)
SAID = WORDS.filter(bool)
LINE = TEXT.map(lambda text: clean_line(text)[:100].strip())
TITLE = LINE.filter(bool)
REFERENCE = st.one_of(
    st.sampled_from(("1", "1.", "1.1", "1.1a", "2.10", "A", "a", "R4", "No. 7", "=1", "'1", "0", "1.0", "٣")),
    TEXT.map(lambda text: clean_line(text)[:30].strip()).filter(bool),
)
TIMESCALE = st.one_of(
    st.sampled_from((
        "", "March 2027", "31.3.27", "Q3 2026/27", "April 2026 - June 2027", "Ongoing", "Quarterly", "End of Sept",
        "When the review is published", "Training: May 2026; Evaluation: June 2027", "within 3 months", "TBC",
    )),
    WORDS,
)  # fmt: skip
KNOWN = ("Action", "Lead", "Notes", "RAG", "Review Date", "Section", "Circulation", "2")
HEADING = st.one_of(st.sampled_from(KNOWN), LINE.filter(bool))
COLUMN = st.tuples(HEADING, st.sampled_from(Field.values))
ROLE = st.tuples(st.integers(0, 4), st.sampled_from(("joint_lead", "support", "accountable")))
ROLES = st.lists(ROLE, max_size=4, unique=True)
ACTION = st.fixed_dictionaries({
    "reference": REFERENCE, "wording": SAID, "section": st.integers(0, 3), "objective": st.integers(0, 3),
    "timescale": TIMESCALE, "lead": st.integers(-1, 4), "roles": ROLES, "outcome": WORDS,
    "steps": st.lists(SAID, max_size=3), "measures": st.lists(SAID, max_size=3), "priorities": st.integers(0, 3),
    "recommendations": st.sets(st.integers(1, 3)), "top_priority": st.booleans(), "limited": st.booleans(),
    "cells": st.lists(WORDS, max_size=6), "life": st.sampled_from(("", "", "said", "moved", "withdrawn", "reworded")),
    "code": st.sampled_from(("red", "amber", "green")), "status": st.sampled_from(("in_progress", "not_started")),
    "words": SAID,
})  # fmt: skip
PLAN = st.fixed_dictionaries({
    "columns": st.lists(COLUMN, max_size=9), "agreed": st.booleans(), "prints_references": st.booleans(),
    "sections": st.lists(st.tuples(LINE.map(lambda text: text[:30].strip()), TITLE, WORDS), max_size=2),
    "objectives": st.lists(st.tuples(LINE.map(lambda text: text[:30].strip()), TITLE, st.integers(0, 2)), max_size=3),
    "actions": st.lists(ACTION, min_size=1, max_size=4),
})  # fmt: skip

# The same with a column for everything, and nothing in a cell that its fact does not say: a plan that can be had anew

FACTS = ("strand", "action", "steps", "lead", "support", "accountable", "timescale", "measure", "outcome",
         "recommendation", "top_priority", "progress")  # fmt: skip
MORE = st.lists(st.sampled_from(("extra", "notes", "evidence")), max_size=3)
FIELDS = MORE.flatmap(lambda more: st.permutations([*FACTS, *more]))
ITEM = TITLE.filter(lambda text: not (BULLETS.match(text) or any(mark in text for mark in "•●▪")))
WHOLE = st.fixed_dictionaries({
    "columns": FIELDS.flatmap(
        lambda fields: st.lists(HEADING, min_size=len(fields), max_size=len(fields)).map(
            lambda headings: list(zip(headings, fields, strict=True))
        )
    ),
    "agreed": st.booleans(), "prints_references": st.just(True),
    "sections": st.lists(st.tuples(TITLE.map(lambda text: text[:30].strip()), TITLE, st.just("")), max_size=2),
    "objectives": st.lists(st.tuples(TITLE.map(lambda text: text[:30].strip()), TITLE, st.integers(0, 2)), max_size=3),
    "actions": st.lists(ACTION, min_size=1, max_size=4),
    "items": st.lists(ITEM, max_size=3),
})  # fmt: skip


class Writer:
    """Writes a plan that was drawn, by the product's own verbs."""

    def __init__(self, cast, drawn):
        self.cast, self.drawn = cast, drawn
        self.who = {"by": cast.manager, "at": moment(AGREED_ON)}
        self.owners = (
            cast.police_owner, cast.health_owner, cast.post_owner, cast.group_owner, cast.outside_owner,
        )  # fmt: skip

    def write(self):
        drawn, cast = self.drawn, self.cast
        plan = changes.create_plan(
            board=cast.board, slug="drawn", title="A plan as drawn", overseen_by=cast.strategic,
            columns=drawn["columns"], starts=date(2026, 1, 1), ends=date(2028, 3, 31),
            prints_references=drawn["prints_references"], **self.who,
        )  # fmt: skip
        self.sections = [
            changes.add_section(plan=plan, number=number, title=title, aim=aim, **self.who)
            for number, title, aim in drawn["sections"]
        ]
        self.objectives = [
            changes.add_objective(plan=plan, number=number, title=title, section=_at(self.sections, place), **self.who)
            for number, title, place in drawn["objectives"]
        ]
        self.columns = list(plan.columns.all())
        taken, written = set(), []
        for one, spare in zip(drawn["actions"], count(100)):
            reference = one["reference"] if one["reference"] not in taken else f"Z{spare}"
            taken.add(reference)
            written.append((self.write_action(plan, one, reference), one))
        if drawn["agreed"]:
            plan = agree(cast, plan)
            for action, one in written:
                self.live(action, one)
        plan.refresh_from_db()
        return plan

    def write_action(self, plan, one, reference):
        cast = self.cast
        leads = max(one["lead"], 0 if self.drawn["agreed"] else -1)  # no plan is agreed with an action nobody leads
        lead = [RoleGiven(self.owners[leads], "lead")] if leads >= 0 else []
        besides = [(who, role) for who, role in one["roles"] if (who, role) != (leads, "joint_lead")]
        roles = [RoleGiven(self.owners[who], role) for who, role in besides]
        objective = _at(self.objectives, one["objective"])
        section = objective.section if objective else _at(self.sections, one["section"])
        return changes.add_action(
            plan=plan, reference=reference, wording=one["wording"], outcome=one["outcome"], section=section,
            objective=objective, timescale=one["timescale"], roles=[*lead, *roles],
            steps=[StepGiven(text) for text in one["steps"]], measures=one["measures"],
            priorities=[cast.prevent, cast.pursue][: one["priorities"] % 3],
            recommendations=[row for row in cast.recommendations if row.number in one["recommendations"]],
            top_priority=one["top_priority"], limited=one["limited"],
            cells={column: text for column, text in zip(self.columns, one["cells"], strict=False) if text}, **self.who,
        )  # fmt: skip

    def live(self, action, one):
        who = {"by": self.cast.coordinator, "at": moment(TODAY - timedelta(days=9), 10)}
        if one["life"] == "said":
            say(
                self.cast, action, one["code"], on=TODAY - timedelta(days=8), period="Q1 2026/27", words=one["words"],
                status=one["status"],
            )  # fmt: skip
        elif one["life"] == "moved" and action.due and action.due != date(2027, 5, 9):
            changes.move_date(action=action, to_due=date(2027, 5, 9), why="Later", **who)
        elif one["life"] == "withdrawn":
            changes.withdraw_action(action=action, reason="Over.", **who)
        elif one["life"] == "reworded" and one["words"] != one["wording"]:
            changes.reword_action(action=action, wording=one["words"], reason="Better.", **who)


def _at(rows, place):
    return rows[place] if place < len(rows) else None


def the_board():
    cast = make_board()
    source = changes.add_recommendation_source(
        board=cast.board, title="The review", kind="review",
        recommendations=[(number, f"Do thing {number}") for number in (1, 2, 3)], by=cast.manager, at=moment(AGREED_ON),
    )  # fmt: skip
    cast.recommendations = list(source.recommendations.all())
    return cast


def file_of(plan, kind):
    sheet = exporting.sheet_of(plan, everything_in(plan), on=TODAY, at=moment(TODAY, 12))
    return exporting.write(sheet, kind)


def brought_in(cast, data, kind, *, read=None, plan=None, **about):
    file = (read or _read)(data, f"plan.{kind}")
    held = changes.hold_file(
        board=cast.board, plan=plan, file=file, data=data, name=f"plan.{kind}", by=cast.coordinator,
        at=moment(TODAY, 13), **about,
    )  # fmt: skip
    return propose(held, on=TODAY, at=moment(TODAY, 13))


def _read(data, name):
    """As the process of its own reads it, in this one."""
    return readers.read(data, name.rpartition(".")[2], name)


def what_differs(found):
    rows = [row for row in found.rows if row.change != UNCHANGED]
    return [(row.place, row.change, row.reference, row.changes, row.left) for row in rows]


class AnyPlan(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.cast = the_board()

    def comes_back(self, drawn, read=None):
        plan = Writer(self.cast, drawn).write()
        for kind in KINDS:
            found = brought_in(self.cast, file_of(plan, kind), kind, plan=plan, read=read)
            assert what_differs(found) == [], kind
            assert [str(one) for one in found.missing] == [], kind
            assert len(found.rows) == plan.actions.count(), kind
            assert found.waits_for == SAYS_SO_ALREADY, kind
        assert rows_of(file_of(plan, "json"), "json")[1:] == rows_of(file_of(plan, "csv"), "csv")[1:]

    @ANY
    @given(drawn=PLAN)
    def test_an_untouched_file_of_it_changes_nothing(self, drawn):
        self.comes_back(drawn)

    @pytest.mark.prove
    @settings(ANY, derandomize=False, max_examples=400)
    @given(drawn=PLAN)
    def test_nor_does_one_of_hundreds(self, drawn):
        self.comes_back(drawn)

    @pytest.mark.prove
    @settings(ANY, derandomize=False, max_examples=40)
    @given(drawn=PLAN)
    def test_nor_does_one_that_the_process_of_its_own_reads(self, drawn):
        self.comes_back(drawn, read=child.read)


ADDED_WORDS = tuple(f"Imported from plan.{kind}. It says nothing of progress." for kind in KINDS)


def whole(drawn):
    """Of a plan that was drawn, what a file with a column for everything can say of it."""
    for place, one in enumerate(drawn["actions"]):
        one |= {"steps": drawn["items"], "measures": drawn["items"]}
        one["reference"] = f"{place}{one['reference']}"[:30]
        one["lead"] = max(one["lead"], 0)
        if one["life"] in ("moved", "withdrawn"):
            one["life"] = "said"
        one["cells"] = [
            text if field in ("extra", "notes", "evidence") else ""
            for (_, field), text in zip(drawn["columns"], [*one["cells"], *[""] * 20], strict=False)
        ]
    return drawn


def facts_of(plan):
    """Everything that a file with a column for everything says of a plan, by reference: a draft puts its actions under
    their sections and objectives, in whatever order they stood in the file."""
    sheet = exporting.sheet_of(plan, everything_in(plan), on=TODAY, at=moment(TODAY, 14))
    found = [
        {
            "reference": action.reference,
            "section": str(action.section or ""), "objective": str(action.objective or ""),
            "wording": action.version.wording, "outcome": action.version.outcome, "top": action.top_priority,
            "limited": action.limited,
            "roles": [(role.owner.name, role.role) for role in line.row.parts],
            "steps": [step.text for step in action.steps.all()],
            "measures": [measure.text for measure in action.measures.all()],
            "priorities": [part.priority.name for part in action.action_priorities.all()],
            "recommendations": [part.recommendation.number for part in action.action_recommendations.all()],
            "due": action.due, "timescale": str(action.timescale or ""), "status": action.status,
            "rating": action.rating and action.rating.word,
            "words": line.row.words if line.row.spoken and line.row.words not in ADDED_WORDS else "",
            "kept": [text for column, text in zip(sheet.columns, line.texts, strict=True) if column.field == "extra"],
        }
        for line in sheet.lines
        for action in [line.row.action]
    ]  # fmt: skip
    return sorted(found, key=lambda facts: facts["reference"])


def fields_of(plan):
    """What is under each heading of its file, as its person would say it."""
    names = []
    sheet = exporting.sheet_of(plan, everything_in(plan), on=TODAY, at=moment(TODAY, 12))
    named_apart([column.heading for column in sheet.columns], names)
    return {name: column.field for name, column in zip(names, sheet.columns, strict=True)}


class PlanHadAnew(TestCase):
    """An exported plan, brought in as another plan of the same board, says the same."""

    @classmethod
    def setUpTestData(cls):
        cls.cast = the_board()

    def comes_in_anew(self, drawn, kind):
        cast, plan = self.cast, Writer(self.cast, whole(drawn)).write()
        life = Import.Life.AGREED if drawn["agreed"] else Import.Life.DRAFT
        found = brought_in(
            cast, file_of(plan, kind), kind, title="Had anew", overseen_by=cast.strategic, starts=plan.starts,
            life=life, day=AGREED_ON if drawn["agreed"] else None,
        )  # fmt: skip
        fields = fields_of(plan)
        held = changes.settle_columns(
            held=found.held, bold=False,
            columns={column.index: fields.get(column.heading, column.field) for column in found.columns},
        )  # fmt: skip
        found = propose(held, on=TODAY, at=moment(TODAY, 13))
        assert found.waits_for == []
        done = changes.confirm_import(held=held, seen=found.token, by=cast.coordinator, at=moment(TODAY, 13))
        new, old = facts_of(done.plan), facts_of(plan)
        assert len(new) == len(old)
        assert [
            (name, a[name], b[name]) for a, b in zip(old, new, strict=True) for name in a if a[name] != b[name]
        ] == []

    @ANY
    @given(drawn=WHOLE, kind=st.sampled_from(KINDS))
    def test_it_says_the_same(self, drawn, kind):
        self.comes_in_anew(drawn, kind)

    @pytest.mark.prove
    @settings(ANY, derandomize=False, max_examples=600)
    @given(drawn=WHOLE, kind=st.sampled_from(KINDS))
    def test_so_do_hundreds(self, drawn, kind):
        self.comes_in_anew(drawn, kind)
