"""Where actions stand: the lead's last word is the truth, the past stays as it was known, the caches follow."""

from datetime import date

from actions import changes, standing
from actions.changes.definition import RoleGiven, StepGiven
from actions.models import Action, Status, Update
from tests.actions.conftest import AT, moment

LATER = moment(2027, 1, 1)


def stands(action, on, known_by=LATER):
    actions = standing.with_dates(Action.objects.filter(pk=action.pk))
    return standing.standings(actions, on=on, known_by=known_by)[action.pk]


def test_an_action_nobody_has_spoken_about_is_not_started_and_not_rated(small):
    found = stands(small.one, date(2026, 5, 1))
    assert (found.status, found.rating, found.heard_on) == (Status.NOT_STARTED, None, None)
    assert found.said == []


def test_the_leads_last_word_is_the_truth_and_a_joint_leads_stands_beside_it(small):
    mine = small.say(small.two, small.health, moment(2026, 5, 1), small.green)
    theirs = small.say(small.two, small.police, moment(2026, 5, 9), small.red, last_seen=mine.pk)
    found = stands(small.two, date(2026, 6, 1))
    assert found.update == mine
    assert found.rating == small.green
    assert found.joint == {small.police.pk: theirs}
    small.refresh()
    assert (small.two.rating, small.two.heard_on) == (small.green, date(2026, 5, 1))


def test_what_was_said_later_does_not_change_what_was_known_then(small):
    small.say(small.one, small.police, moment(2026, 5, 1), small.green)
    small.say(small.one, small.police, moment(2026, 6, 1), small.red)
    assert stands(small.one, date(2026, 5, 31)).rating == small.green
    assert stands(small.one, date(2026, 6, 1)).rating == small.red
    assert stands(small.one, date(2026, 6, 1), known_by=moment(2026, 5, 31)).rating == small.green


def test_a_superseded_update_no_longer_counts_once_that_is_known(small):
    wrong = small.say(small.one, small.police, moment(2026, 5, 1), small.red)
    small.say(
        small.one,
        small.police,
        moment(2026, 5, 2),
        small.green,
        supersedes=wrong,
        source=Update.Source.CORRECTION,
    )
    assert stands(small.one, date(2026, 5, 2)).rating == small.green
    assert stands(small.one, date(2026, 5, 2)).said[0].rating == small.green
    assert stands(small.one, date(2026, 5, 2), known_by=moment(2026, 5, 1, hour=13)).rating == small.red


def test_an_import_or_a_decision_is_not_the_lead_speaking(small):
    small.say(small.one, small.police, moment(2026, 5, 1), small.amber, source=Update.Source.IMPORT)
    found = stands(small.one, date(2026, 6, 1))
    assert found.rating == small.amber
    assert found.heard_on is None
    assert found.said == []


def test_moved_dates_are_counted_and_the_first_one_stays(small):
    for to_due, at in ((date(2026, 7, 31), moment(2026, 6, 1)), (date(2026, 9, 30), moment(2026, 7, 20))):
        changes.move_date(action=small.one, to_due=to_due, why="The trainer left", by=small.manager, at=at)
    found = stands(small.one, date(2026, 8, 1))
    assert (found.first_due, found.due, len(found.moves)) == (date(2026, 6, 30), date(2026, 9, 30), 2)
    before = stands(small.one, date(2026, 6, 30))
    assert (before.first_due, before.due, len(before.moves)) == (date(2026, 6, 30), date(2026, 7, 31), 1)


def test_standing_costs_the_same_queries_for_one_action_and_for_sixty(small, django_assert_num_queries):
    by = {"by": small.manager, "at": AT}
    plan = changes.create_plan(board=small.board, slug="long", title="Long", overseen_by=small.group, **by)
    for number in range(60):
        changes.add_action(
            plan=plan,
            reference=str(number),
            wording="W",
            roles=[RoleGiven(small.police, "lead")],
            steps=[StepGiven("S", timescale="May 2026")],
            **by,
        )
    for actions in (Action.objects.filter(pk=small.one.pk), Action.objects.filter(plan=plan)):
        with django_assert_num_queries(9):
            standing.standings(standing.with_dates(actions), on=date(2026, 6, 1), known_by=LATER)


def test_the_caches_are_what_the_record_says(small):
    step = small.one.steps.first()
    small.say(small.one, small.police, moment(2026, 5, 1), small.amber, answer={"steps_done": frozenset({step.pk})})
    small.say(small.two, small.health, moment(2026, 5, 3), small.green)
    changes.move_date(
        action=small.two, to_due=date(2026, 12, 31), why="Staff left", by=small.manager, at=moment(2026, 5, 4)
    )
    changes.give_first_date(
        action=small.three, to_due=date(2026, 12, 1), why="Asked for", by=small.manager, at=moment(2026, 5, 5)
    )
    actions = list(standing.with_dates(Action.objects.filter(plan=small.plan)))
    rebuilt = standing.standings(actions, on=date(2026, 5, 31), known_by=LATER)
    for action in actions:
        found = rebuilt[action.pk]
        assert (action.status, action.rating, action.due, action.next_due, action.heard_on, action.last_update) == (
            found.status,
            found.rating,
            found.due,
            found.next_due,
            found.heard_on,
            found.update,
        )
