"""The figures of a quarter, against a board counted by hand (tests.reports.small_board)."""

import json
from dataclasses import FrozenInstanceError, replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actions import changes
from actions.changes.definition import RoleGiven, StepGiven
from actions.rag import track
from boards.changes import set_rating_scale
from boards.models.board import Marking
from reports.contents import plain
from reports.figures import figures_for
from tests.builders import (
    TODAY,
    agree,
    make_action,
    make_board,
    make_person,
    make_plan,
    moment,
    say,
)
from tests.reports.small_board import Q1, Q1_CLOSES, Q2, figures, make_small_board, references

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_small_board()


def counts(found):
    return {headline.group: headline.count for headline in (*found.headlines, found.complete, found.not_rated)}


def test_every_action_counts_in_one_headline_figure(cast):
    found = figures(cast)
    assert counts(found) == {
        "on_track": 3,
        "at_risk": 1,
        "off_track": 1,
        "no_update": 1,
        "complete": 2,
        "not_rated": 0,
    }
    assert found.total == 8 == sum(counts(found).values())
    assert found.open == 6


def test_the_change_is_from_the_last_quarter_counted_in_the_same_way(cast):
    found, last = figures(cast), figures(cast, Q1)
    assert counts(last) == {
        "on_track": 3,
        "at_risk": 2,
        "off_track": 0,
        "no_update": 2,
        "complete": 1,
        "not_rated": 0,
    }
    assert [headline.before for headline in found.headlines] == [headline.count for headline in last.headlines]
    assert [headline.change for headline in found.headlines] == [0, -1, 1, -1]
    assert [headline.change_words for headline in found.headlines] == ["no change", "1 fewer", "1 more", "1 fewer"]
    assert found.complete.change == 1
    assert found.before == Q1


def test_the_first_quarter_has_nothing_to_compare_with(cast):
    found = figures(cast, "Q4 2025/26")
    assert found.before == ""
    assert {headline.change for headline in found.headlines} == {None}
    assert "no earlier quarter" in found.moved_sentence


def test_ratings_are_counted_in_the_boards_own_words_with_no_update_apart(cast):
    found = {row.word: (row.open, row.complete, row.change) for row in figures(cast).ratings}
    assert found == {
        "Red": (1, 0, 1),
        "Amber": (1, 0, -1),
        "Green": (3, 0, 0),
        "Blue": (0, 2, 1),
        "Not yet rated": (0, 0, 0),
        "No update received": (1, 0, -1),
    }


def test_an_action_not_heard_of_shows_its_last_rating_and_age_and_is_not_among_the_greens(cast):
    (line,) = [line for line in figures(cast).due_next if line.reference == "A3"]
    assert (line.group, line.heard, line.rating.word, line.age) == ("no_update", False, "Green", "92 days ago")
    assert line.words == ""


def test_a_complete_action_owes_no_further_update(cast):
    (group,) = figures(cast).plan_pages[0].groups
    (line,) = [line for line in group.lines if line.reference == "A5"]
    assert (line.group, line.heard, line.ended_on) == ("complete", True, date(2026, 6, 20))


def test_an_action_counts_in_each_of_its_strands(cast):
    found = {strand.name: strand.total for strand in figures(cast).strands}
    assert found == {"Prevent": 7, "Pursue": 2}
    pursue = figures(cast).strands[1]
    assert [(part.word, part.count) for part in pursue.segments] == [("Red", 1), ("Green", 1)]


def test_overdue_comes_with_its_reason_and_next_step_worst_first(cast):
    (line,) = figures(cast).overdue
    assert (line.reference, line.days_overdue, line.first_due) == ("A1", 90, date(2026, 6, 30))
    assert (line.reason, line.next_steps, line.travel) == ("The post is vacant.", "Recruit.", "worse than Q1 2026/27")
    say(cast, cast.actions.A2, "green", on=TODAY, period=Q2)
    later = figures(cast, on=date(2026, 10, 5))
    assert references(later.overdue) == ["A1", "A2"]


@pytest.mark.parametrize(("on", "late"), [(date(2026, 9, 30), ["A1"]), (date(2026, 10, 1), ["A1", "A2"])])
def test_the_due_day_itself_is_not_overdue(cast, on, late):
    assert references(figures(cast, on=on).overdue) == late


def test_a_moved_date_shows_first_and_current_date_and_why(cast):
    (line,) = figures(cast).slipped
    assert (line.reference, line.first_due, line.due, line.times_moved, line.days_slipped) == (
        "A7",
        date(2026, 7, 31),
        date(2026, 12, 31),
        1,
        153,
    )
    assert line.reason == "It is amber for a reason."


def test_completed_in_the_quarter_comes_with_evidence_and_who_accepted_it(cast):
    (line,) = figures(cast).completed
    assert (line.reference, line.ended_on, line.accepted_by) == (
        "A4",
        date(2026, 9, 15),
        "entered by Casey Coordinator",
    )
    (evidence,) = line.evidence
    assert (evidence.shows, evidence.where) == ("Minutes record the sign-off", "Board store")
    assert references(figures(cast, Q1).completed) == ["A5"]


def test_what_is_proposed_complete_waits_and_is_still_open(cast):
    found = figures(cast)
    assert references(found.waiting) == ["A9"]
    assert found.waiting[0].is_open


def test_due_next_runs_from_the_day_of_the_report_to_the_end_of_the_next_quarter(cast):
    found = figures(cast)
    assert found.next_ends == date(2026, 12, 31)
    assert references(found.due_next) == ["A2", "A9", "A3", "A7"]
    assert references(figures(cast, on=date(2026, 9, 30)).due_next)[0] == "A2"
    assert "A2" not in references(figures(cast, on=date(2026, 10, 1)).due_next)
    changes.move_date(action=cast.actions.A3, to_due=date(2027, 1, 1), why="Later.", by=cast.chair, at=moment(TODAY, 8))
    assert "A3" not in references(figures(cast).due_next)


def test_what_has_no_date_shows_the_plans_words(cast):
    (line,) = figures(cast).undated
    assert (line.reference, line.due_words, line.heard_on) == ("A6", "Ongoing", date(2026, 9, 20))
    assert line.words == "Nothing has changed."


def test_each_lead_has_its_own_line(cast):
    found = [(row.name, row.open, row.overdue, row.no_update, row.complete) for row in figures(cast).leads]
    assert found == [("Health", 1, 0, 1, 0), ("Police", 5, 1, 0, 2)]


def test_recommendations_show_the_actions_that_answer_them_and_those_nobody_answers(cast):
    first, second = figures(cast).recommendations
    assert first.actions == (("A1", "Red"), ("A4", "Blue"))
    assert (first.complete, second.number, second.actions) == (1, 2, ())


def test_the_log_names_what_was_redated_and_reworded_since_the_last_report(cast):
    moved, worded = figures(cast).changes
    assert (moved.reference, moved.what) == ("A7", "Date moved from 31 July 2026 to 31 December 2026")
    assert (moved.why, moved.agreed_by) == ("The supplier withdrew.", "Charlie Chair")
    assert (worded.reference, worded.what, worded.on) == ("A6", "Words changed to: New words", date(2026, 8, 3))
    assert figures(cast, Q1).changes == ()


def test_a_step_that_moves_is_in_the_log_and_no_date_of_an_action_has_moved(cast):
    action = cast.actions.A2
    for when in ("October 2026", "November 2026"):
        action.refresh_from_db()
        steps = [StepGiven("Ask them", None, when)]
        given = {"action": action, "wording": action.version.wording, "steps": steps, "reason": "The supplier."}
        changes.reword_action(**given, by=cast.chair, at=moment(TODAY))
    found = figures(cast)
    stays = "Its words stay; its owners, steps, measures or headings changed"
    moved = "Date of the step “Ask them” moved from 31 October 2026 to 30 November 2026"
    assert sorted(change.what for change in found.changes if change.reference == "A2") == [moved, stays, stays]
    assert "the date of 1 action moved" in found.moved_sentence


def test_what_the_board_added_to_the_plan_is_in_the_log_and_counts_from_then_on(cast):
    last, this = figures(cast, Q1).total, figures(cast).total
    plan, lead = cast.actions.A2.plan, cast.actions.A2.owner_roles.get(role="lead", until=None).owner
    changes.add_agreed_action(
        plan=plan, reference="A99", wording="Act on the <review>", reason="The review asks for it.",
        roles=[RoleGiven(lead, "lead")], by=cast.chair, at=moment(date(2026, 8, 20)),
    )  # fmt: skip
    assert (figures(cast, Q1).total, figures(cast).total) == (last, this + 1)
    (found,) = (change for change in figures(cast).changes if change.reference == "A99")
    assert (found.what, found.why) == ("Added to the plan: Act on the <review>", "The review asks for it.")
    assert found.on == date(2026, 8, 20)


def test_the_three_sentences_say_facts(cast):
    found = figures(cast)
    assert found.moved_sentence == (
        "Since Q1 2026/27, 2 actions are rated better (A2, A9) and 1 worse (A1); the date of 1 action moved."
    )
    assert found.overdue_sentence == (
        "1 of 6 open actions is overdue (2 in Q1 2026/27), the longest by 90 days: A1, led by Police."
    )
    assert found.completed_sentence == (
        "1 action was completed (A4); 1 action proposed as complete waits to be accepted (A9)."
    )


def test_limited_circulation_is_said_nothing_of(cast):
    said = json.dumps(plain(figures(cast)), ensure_ascii=False)
    assert "A8" not in said
    assert "secret" not in said


def test_the_wording_is_the_one_known_on_the_day(cast):
    def worded(found):
        return {line.reference: line.promise for group in found.plan_pages[0].groups for line in group.lines}

    assert worded(figures(cast))["A6"] == "New words"
    assert worded(figures(cast, Q1))["A6"].startswith("Do what action A6")


def test_the_figures_of_a_quarter_that_is_over_never_change(cast):
    before = figures(cast, Q1, on=Q1_CLOSES + timedelta(days=1))
    say(cast, cast.actions.A4, "green", on=TODAY, period=Q1)
    changes.move_date(action=cast.actions.A9, to_due=date(2026, 11, 30), why="Later.", by=cast.chair, at=moment(TODAY))
    assert figures(cast, Q1) == before
    assert before.as_at == Q1_CLOSES


@pytest.mark.parametrize(("on", "no_update"), [(Q1_CLOSES, 1), (Q1_CLOSES + timedelta(days=1), 2)])
def test_an_update_counts_for_the_quarter_until_its_round_closes(cast, on, no_update):
    late = make_action_of_another_plan(cast)
    say(cast, late, "green", on=on, period=Q1)
    found = figures(cast, Q1)
    assert counts(found)["no_update"] == no_update + 1


def make_action_of_another_plan(cast):
    plan = make_plan(cast, actions=0, agreed=False, slug="other", title="Another plan")
    make_action(cast, plan, "B1")
    return agree(cast, plan).actions.get()


def test_an_update_accepted_after_the_day_was_not_known_then(cast):
    """Sent in on the last day of the round and accepted a week later: the figures of that day stay as they were."""
    answer = changes.Answer(status="in_progress", words="Sent in time.", rating=cast.board.rating_set.get(code="green"))
    sent = changes.submit_update(
        action=cast.actions.A4,
        owner=cast.police_owner,
        round=cast.rounds[Q1],
        answer=replace(answer, reason="The date has passed, but it is nearly done."),
        by=cast.contact,
        at=moment(Q1_CLOSES),
    )
    before = figures(cast, Q1, on=Q1_CLOSES + timedelta(days=1))
    changes.accept_submission(submission=sent, by=cast.coordinator, at=moment(Q1_CLOSES + timedelta(days=7)))
    assert figures(cast, Q1) == before
    (line,) = (line for line in before.plan_pages[0].groups[0].lines if line.reference == "A4")
    assert (line.group, line.unread, before.unread) == ("no_update", True, 1)


def test_until_updates_are_due_nothing_is_compared_and_silence_means_nothing_yet(cast):
    found = figures(cast, on=date(2026, 9, 25))
    assert found.due == date(2026, 9, 25)
    assert {headline.change for headline in found.headlines} == {None}
    assert {row.change for row in found.ratings} == {None}
    assert figures(cast, on=date(2026, 9, 26)).due is None


def test_updates_can_be_sent_until_the_round_closes_and_no_longer(cast):
    closes = cast.rounds[Q2].closes
    assert closes.strftime("%-d %B %Y") in figures(cast, on=closes).version_note
    assert figures(cast, on=closes + timedelta(days=1)).version_note == "not yet signed off"


def test_the_figures_stand_at_the_later_of_period_end_and_close_but_never_later_than_today(cast):
    assert figures(cast).as_at == TODAY
    assert figures(cast, on=date(2026, 11, 20)).as_at == date(2026, 10, 23)
    assert figures(cast).version_note == "the quarter’s updates can be sent until 23 October 2026"
    assert figures(cast, on=date(2026, 11, 20)).version_note == "not yet signed off"


def test_drafts_and_records_of_old_plans_are_not_reported(cast):
    make_plan(cast, actions=2, agreed=False, slug="draft", title="Draft")
    make_plan(cast, actions=2, slug="old", title="Old", as_at=date(2020, 1, 1))
    assert figures(cast).plans == ("CSE Action Plan 2026-28",)


def test_a_board_reports_the_plans_it_receives(cast):
    neighbours = make_board("riverford", "Riverford Partnership")
    plan = make_plan(cast, actions=3, slug="shared", title="Shared plan", receiving_boards=[neighbours.board])
    say(cast, plan.actions.first(), "green", on=date(2026, 9, 20), period=Q2)
    found = figures(neighbours)
    assert (found.plans, found.total) == (("Shared plan",), 3)
    assert counts(found)["on_track"] == 1
    assert [(pages.title, pages.board) for pages in found.plan_pages] == [("Shared plan", cast.board.name)]
    assert {row.word for row in found.ratings} >= {"Red", "Green"}


def test_one_plan_can_be_reported_alone(cast):
    make_plan(cast, actions=3, slug="second", title="Second plan")
    both, alone = figures(cast), figures(cast, plan=cast.plan)
    assert (both.total, alone.total) == (11, 8)
    assert both.several_plans
    assert alone.file_name == "elmshire-elmshire-plan-quarterly-update-q2-2026-27-OFFICIAL"
    assert both.file_name == "elmshire-quarterly-update-q2-2026-27-OFFICIAL"


def test_the_higher_marking_of_board_and_plans_stands_on_the_report(cast):
    assert figures(cast).marking == "OFFICIAL"
    make_plan(cast, actions=1, slug="second", title="Second plan", marking=Marking.OFFICIAL_SENSITIVE)
    assert figures(cast).marking == "OFFICIAL-SENSITIVE"


WORSE, FINE, DONE = {"needs_reason": True}, {}, {"requires_completion": True}
SCALES = {
    "three steps": {"off": WORSE, "behind": WORSE, "going well": FINE},
    "two good steps": {"not achieved": WORSE, "slipped": WORSE, "on target": FINE, "ahead": FINE},
    "complete twice": {"red": WORSE, "amber": FINE, "green": DONE, "blue": DONE},
    "five steps": {"red": WORSE, "amber-red": WORSE, "amber-green": WORSE, "green": FINE, "blue": DONE},
}
"""Steps of a scale, worst first."""

TRACKS = {
    "three steps": ["off_track", "at_risk", "on_track"],
    "two good steps": ["off_track", "at_risk", "on_track", "on_track"],
    "complete twice": ["off_track", "on_track", "on_track", "on_track"],
    "five steps": ["off_track", "at_risk", "at_risk", "on_track", "on_track"],
}


@pytest.mark.parametrize("name", SCALES)
def test_any_scale_of_three_to_five_steps_has_its_place_in_the_headline(name):
    cast = make_board()
    scale = set_rating_scale(
        board=cast.board,
        steps=[
            {
                "code": word.replace(" ", "-"),
                "word": word.capitalize(),
                "meaning": word,
                "colour": "purple",
                "severity": len(SCALES[name]) - place,
                **kind,
            }
            for place, (word, kind) in enumerate(SCALES[name].items())
        ],
        by=cast.manager,
        at=moment(date(2026, 2, 1)),
    )
    steps = list(scale.ratings.all())
    assert [track(step, steps) for step in steps] == TRACKS[name]
    found = figures(cast)
    assert [row.word for row in found.ratings][: len(steps)] == [step.word for step in steps]
    assert found.headlines[2].words == (steps[0].word,)


def test_text_that_could_harm_a_page_is_cleaned(cast):
    cast.board.name = "Elm\x00shire \u202eprank"
    found = figures(cast)
    assert found.board == "Elmshire prank"


def test_the_figures_are_plain_frozen_data(cast):
    found = figures(cast)
    with pytest.raises(FrozenInstanceError):
        found.total = 9
    read = json.loads(json.dumps(plain(found)))
    assert read["headlines"][2] == {
        "group": "off_track",
        "label": "Off track",
        "words": ["Red"],
        "count": 1,
        "before": 0,
        "change": 1,
        "change_words": "1 more",
    }


def test_the_figures_take_as_many_queries_for_200_actions_as_for_10():
    taken = {}
    for more in (1, 191):
        cast = make_board(f"board{more}")
        plan = make_plan(cast, actions=9, more=more, slug=f"plan{more}")
        for action in plan.actions.all()[:5]:
            say(cast, action, "green", on=date(2026, 9, 20), period=Q2, reason="It is nearly there.")
        with CaptureQueriesContext(connection) as queries:
            assert figures(cast).total == 9 + more
        taken[more] = len(queries)
    assert taken[1] == taken[191] <= 30


def test_a_stranger_to_the_board_changes_nothing(cast):
    """The figures know no user: they are the same whoever asks."""
    before = figures(cast)
    make_person("Someone Else")
    assert figures_for(cast.board, cast.periods[Q2], on=TODAY, known_by=moment(TODAY, 12)) == before
