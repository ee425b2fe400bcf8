"""Redaction: the words are gone from everything kept, what is left says when and why, and the chain is whole."""

import json
from datetime import date

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import TestCase

from actions import changes, history
from actions.changes.definition import StepGiven
from actions.models import Action, ActionVersion, Cell, DateChange, Evidence, Note, Submission, Timescale, Update
from boards import redaction
from boards.audit import verify
from boards.changes import add_meeting, redact
from boards.models import Event, EventDetail
from boards.signing_in import KEPT
from boards.words import tables_of_words, words_of
from tests.builders import (
    TODAY,
    agree,
    make_action,
    make_board,
    make_plan,
    moment,
    rating,
    say,
)

NAME = "Zebedee O’Zorro"
SAID = f"We met {NAME} at the centre."
MARK = "[redacted on 28 September 2026: it named a child]"


def everywhere(cast):
    """A plan with the name in everything that somebody may write."""
    plan = make_plan(cast, actions=1, agreed=False, slug="zplan", title=f"Plan for {NAME}")
    action = make_action(
        cast,
        plan,
        "5.1",
        wording=SAID,
        outcome=SAID,
        timescale=f"{NAME} by June 2026",
        steps=[StepGiven(SAID), "Something else"],
        measures=[SAID],
        milestones=[(NAME, "May 2026")],
        cells={plan.columns.first(): SAID},
        cross_references=[NAME],
    )
    agree(cast, plan)
    action = Action.objects.select_related("board").get(pk=action.pk)
    by = {"by": cast.coordinator}
    step = action.steps.first()
    say(
        cast, action, "red", on=date(2026, 8, 1), period="Q2 2026/27", words=SAID, reason=SAID, next_steps=SAID,
        steps_done=frozenset([step.pk]), evidence=changes.EvidenceGiven(SAID, "document", SAID),
    )  # fmt: skip
    changes.add_note(action=action, words=SAID, at=moment(date(2026, 8, 2)), **by)
    changes.move_date(
        action=action, to_due=date(2026, 12, 1), why=SAID, asked_by=NAME, at=moment(date(2026, 8, 3)), **by
    )
    changes.reword_action(action=action, wording=f"{SAID} Again.", reason=SAID, at=moment(date(2026, 8, 4)), **by)
    sent = changes.submit_update(
        action=action,
        owner=cast.police_owner,
        round=cast.rounds["Q2 2026/27"],
        answer=changes.Answer(
            status="in_progress",
            rating=rating(cast, "green"),
            words=SAID,
            reason=SAID,
            evidence=changes.EvidenceGiven(SAID, "document", "Here"),
        ),
        by=cast.contact,
        at=moment(date(2026, 9, 21)),
    )
    changes.accept_submission(submission=sent, at=moment(date(2026, 9, 22)), **by)
    add_meeting(board=cast.board, name=f"About {NAME}", held_on=TODAY, by=cast.manager, at=moment(TODAY, 8))
    return plan, action


def rows_of_everything():
    """Every value of every table of the database."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            yield from ((table, row) for row in cursor.fetchall())


def traces():
    return {
        table
        for table, row in rows_of_everything()
        if any(word in str(row).encode("utf-8", "backslashreplace").decode() for word in ("Zebedee", "Zorro"))
    }


class Redacting(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.cast = make_board()
        cls.there = make_board("oakshire", "Oakshire Safeguarding Partnership")
        cls.plan, cls.action = everywhere(cls.cast)
        changes.add_note(
            action=make_plan(cls.there, actions=1, slug="there").actions.select_related("board").get(),
            words=SAID,
            by=cls.there.coordinator,
            at=moment(TODAY, 8),
        )

    def redact(self, passage=NAME, reason="it named a child", board=None, by=None):
        return redact(
            board=board or self.cast.board, passage=passage, reason=reason, by=by or self.cast.manager, at=moment(TODAY)
        )

    def test_no_trace_is_left_in_any_table(self):
        assert len(traces()) > 12
        self.redact()
        self.redact(board=self.there.board, by=self.there.manager)
        assert traces() == set()

    def test_the_chain_still_verifies(self):
        self.redact()
        assert verify(self.cast.board) is None
        assert verify(self.there.board) is None

    def test_the_mark_stands_where_the_words_stood(self):
        self.redact()
        left = SAID.replace(NAME, MARK)
        self.action.refresh_from_db()
        assert self.action.version.wording == f"{left} Again."
        update = Update.objects.filter(action=self.action).first()
        assert (update.words, update.reason, update.next_steps) == (left, left, left)
        assert Note.objects.get(action=self.action).words == left
        assert DateChange.objects.get(action=self.action).why == left
        assert Cell.objects.get(action=self.action).text == left
        assert Submission.objects.get(action=self.action).words == left
        self.plan.refresh_from_db()
        assert self.plan.title == f"Plan for {MARK}"

    def test_the_board_next_door_is_not_touched(self):
        before = list(Note.objects.filter(board=self.there.board).values())
        self.redact()
        assert list(Note.objects.filter(board=self.there.board).values()) == before
        assert not Event.objects.filter(board=self.there.board, verb="words.redacted").exists()

    def test_history_reads_with_the_mark_in_it(self):
        self.redact()
        lines = history.timeline(self.action, internal=True, on_their_way=True, limit=None)
        told = " ".join(line.sentence for _, found in lines.quarters for line in found)
        assert f"added a progress note: “We met {MARK} at the centre.”" in told
        assert f"asked by {MARK}" in told
        assert "[removed]" not in told

    def test_one_event_of_the_board_says_that_it_was_done(self):
        found = self.redact()
        event = Event.objects.filter(verb="passage.redacted").get()
        details = {detail.name: detail.value for detail in event.details.all()}
        assert (event.by, details["reason"], details["places"]) == (self.cast.manager, "it named a child", found)
        assert found["history"] > 10

    def test_capitals_spaces_and_apostrophes_do_not_hide_it(self):
        changes.add_note(action=self.action, words="ZEBEDEE\n  o'zorro", by=self.cast.coordinator, at=moment(TODAY, 9))
        self.redact()
        assert Note.objects.filter(action=self.action).last().words == MARK

    def test_a_second_redaction_takes_words_out_of_what_the_first_left(self):
        self.redact(passage="the centre", reason="a place")
        self.redact()
        changes.add_note(action=self.action, words="the centre", by=self.cast.coordinator, at=moment(TODAY, 11))
        self.redact(passage="the centre", reason="again")
        assert verify(self.cast.board) is None
        assert NAME not in str(list(EventDetail.objects.filter(board=self.cast.board).values_list("value")))
        lines = history.timeline(self.action, internal=True, on_their_way=True, limit=None)
        told = " ".join(line.sentence for _, found in lines.quarters for line in found)
        assert f"We met {MARK} at [redacted on 28 September 2026: a place]." in told

    def test_what_cannot_be_done_is_refused_in_words_and_nothing_changes(self):
        events = Event.objects.count()
        for given, sentence in (
            ({"passage": "Ze"}, "The passage must be 3 characters or more."),
            ({"passage": "no such words"}, "This passage stands nowhere in what the board keeps."),
            ({"reason": " "}, "Say why the passage has to go."),
            ({"reason": f"{NAME} is a child"}, "The reason stays on the record. Give it without the passage in it."),
            ({"passage": "Morgan"}, "This is in your own name, which stands beside all that you do."),
        ):
            with pytest.raises(ValidationError) as refused:
                self.redact(**given)
            assert sentence in str(refused.value)
        assert Event.objects.count() == events
        assert Note.objects.get(action=self.action).words == SAID

    def test_the_database_lets_words_become_nothing_but_what_the_redaction_left(self):
        self.redact()
        spoils = (
            lambda: Note.objects.filter(action=self.action).update(words="Nothing happened"),
            lambda: Note.objects.filter(action=self.action).update(internal=True),
            lambda: Update.objects.filter(action=self.action).update(words="All is well"),
            lambda: ActionVersion.objects.filter(action=self.action).update(wording=SAID),
            lambda: ActionVersion.objects.filter(action=self.action).update(number=9),
            lambda: Cell.objects.filter(action=self.action).update(text=""),
            lambda: DateChange.objects.filter(action=self.action).update(why="So"),
            lambda: Evidence.objects.filter(action=self.action).update(where="Elsewhere"),
            lambda: Timescale.objects.filter(text__contains="redacted").update(due=TODAY),
            lambda: Submission.objects.filter(action=self.action).update(words="No"),
            lambda: self.action.steps.filter(text__contains="redacted").update(text="Another step"),
            lambda: self.action.measures.update(text="Another measure"),
            lambda: Note.objects.filter(action=self.action).delete(),
            lambda: EventDetail.objects.filter(event__verb="note.added", name="by").delete(),
            lambda: EventDetail.objects.filter(event__verb="words.redacted").delete(),
            lambda: EventDetail.objects.filter(event__verb="words.redacted").update(value="Other"),
        )
        for number, spoil in enumerate(spoils):
            with self.subTest(number), pytest.raises(IntegrityError), transaction.atomic():
                spoil()

    def test_words_that_wait_in_a_session_go_too(self):
        for slug in ("elmshire", "oakshire"):
            kept = SessionStore()
            kept[KEPT] = [f"/boards/{slug}/plans/", json.dumps({"words": [SAID]})]
            kept["who"] = slug
            kept.save()
        self.redact()
        left = {data["who"]: KEPT in data for data in (row.get_decoded() for row in Session.objects.all())}
        assert left == {"elmshire": False, "oakshire": True}

    def test_every_column_of_words_is_searched(self):
        names = {f"{model._meta.label}.{field.name}" for model in tables_of_words() for field in words_of(model)}
        for expected in (
            "boards.EventDetail.value", "boards.Board.name", "boards.Meeting.name", "boards.Owner.name",
            "actions.Action.reference", "actions.ActionVersion.wording", "actions.Cell.text", "actions.Update.words",
            "actions.Submission.comment", "actions.Note.words", "actions.Evidence.where", "actions.DateRequest.answer",
            "actions.Decision.reason", "actions.Succession.reason", "actions.Timescale.text",
        ):  # fmt: skip
            assert expected in names
        assert not {name for name in names if name.startswith(("boards.AccessLog", "boards.Event."))}


@pytest.mark.django_db(transaction=True)
def test_nothing_is_left_in_the_files_of_the_database():
    cast = make_board()
    _, action = everywhere(cast)
    redact(board=cast.board, passage=NAME, reason="it named a child", by=cast.manager, at=moment(TODAY))
    assert traces() == set()
    assert Note.objects.get(action=action).words == SAID.replace(NAME, MARK)
    if connection.vendor == "sqlite":
        name = connection.settings_dict["NAME"]
        for suffix in ("", "-wal"):
            with open(f"{name}{suffix}", "rb") as file:
                content = file.read()
            for word in ("Zebedee", "Zorro"):
                assert word.encode() not in content, suffix
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            assert cursor.fetchone() == ("ok",)


def test_a_mark_that_is_too_long_for_its_column_is_a_short_one():
    passage = redaction.Passage("Zebedee", redaction.mark_of(TODAY, "it named a child"))
    assert passage.taken_out_of("Zebedee’s rota", 30) == "[redacted]’s rota"
    assert passage.taken_out_of({"Zebedee": ["Zebedee", 1, None]}) == {MARK: [MARK, 1, None]}
