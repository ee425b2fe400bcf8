"""Writing and agreeing a plan, dates that move, words that change: what is kept and what is refused."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from actions import changes, timescales
from actions.changes.definition import MilestoneGiven, RoleGiven, StepGiven
from actions.models import Action, ActionVersion, CrossReference, OwnerRole, Plan
from boards import audit
from boards import changes as board_changes
from tests.actions.conftest import AT, moment


@pytest.fixture
def draft(small):
    by = {"by": small.manager, "at": AT}
    return changes.create_plan(
        board=small.board,
        slug="next",
        title="Next plan",
        overseen_by=small.group,
        starts=date(2027, 4, 1),
        columns=[("Action", "action"), ("Who", "lead")],
        **by,
    )


def add(small, plan, reference="1", **more):
    facts = {"wording": "Do it", "roles": [RoleGiven(small.police, "lead")], "timescale": "June 2027", **more}
    return changes.add_action(plan=plan, reference=reference, by=small.manager, at=AT, **facts)


def test_a_reference_is_used_once_in_a_plan_and_the_refusal_says_what_to_do(small, draft):
    add(small, draft, "2.1")
    add(small, draft, "2.10")
    with pytest.raises(
        ValidationError, match=r"Next plan already has an action 2\.1\. Give this one another reference\."
    ):
        add(small, draft, "2.1")
    assert draft.actions.count() == 2


def test_an_action_has_one_lead(small, draft):
    with pytest.raises(ValidationError, match="An action has one lead"):
        add(small, draft, roles=[RoleGiven(small.police, "lead"), RoleGiven(small.health, "lead")])
    action = add(small, draft)
    with pytest.raises(IntegrityError), transaction.atomic():
        OwnerRole.objects.create(
            board=small.board, action=action, since=action.version, owner=small.health, role="lead"
        )


def test_a_lead_may_follow_another_on_a_date_that_the_plan_names(small, draft):
    handed_on = [
        RoleGiven(small.police, "lead", ends=date(2027, 3, 31)),
        RoleGiven(small.health, "lead", starts=date(2027, 4, 1)),
    ]
    action = add(small, draft, roles=handed_on)
    assert [role.owner for role in action.owner_roles.standing(date(2027, 3, 31))] == [small.police]
    assert [role.owner for role in action.owner_roles.standing(date(2027, 4, 1))] == [small.health]
    with pytest.raises(IntegrityError, match="one lead at a time"), transaction.atomic():
        OwnerRole.objects.filter(action=action, owner=small.police).update(ends=date(2027, 4, 1))


def test_a_plan_without_actions_is_not_agreed(small, draft):
    with pytest.raises(ValidationError, match="no actions yet"):
        changes.agree_plan(plan=draft, agreed_on=date(2027, 4, 1), by=small.manager, at=AT, reason="Soon")


def test_the_exact_words_about_time_are_kept_beside_their_reading(small, draft):
    kept = add(small, draft, timescale="July- August 2027 in line with HR processes").timescale
    assert kept.text == "July- August 2027 in line with HR processes"
    assert (kept.kind, kept.start, kept.due) == ("window", date(2027, 7, 1), date(2027, 8, 31))


def test_words_that_count_from_approval_get_their_date_when_the_plan_is_agreed(small, draft):
    action = add(small, draft, timescale="within 3 months of approval")
    assert action.timescale.due is None
    changes.agree_plan(plan=draft, agreed_on=date(2027, 4, 1), by=small.manager, at=moment(2027, 4, 1))
    action.refresh_from_db()
    assert action.first_due == action.due == action.timescale.due == date(2027, 7, 1)
    assert action.timescale.text == "within 3 months of approval"


def test_so_do_the_words_of_its_steps_and_milestones(small, draft):
    action = add(
        small,
        draft,
        steps=[StepGiven("Write it", timescale="within 3 months of approval")],
        milestones=[MilestoneGiven("Review", "within 6 months of approval")],
    )
    changes.agree_plan(plan=draft, agreed_on=date(2027, 1, 1), by=small.manager, at=moment(2027, 1, 1))
    action.refresh_from_db()
    assert action.steps.get().due == action.next_due == date(2027, 4, 1)
    assert action.milestones.get().timescale.due == date(2027, 7, 1)


def test_an_agreed_plan_takes_no_new_parts_however_it_was_reached(small, draft):
    """The draft somebody still has in hand is not the plan any more."""
    in_hand = Plan.objects.get(pk=draft.pk)
    add(small, draft)
    changes.agree_plan(plan=draft, agreed_on=date(2027, 1, 1), by=small.manager, at=moment(2027, 1, 1))
    with pytest.raises(ValidationError, match="added to a draft plan"):
        add(small, in_hand, "2")
    for verb in (changes.add_section, changes.add_objective):
        with pytest.raises(ValidationError, match="added to a draft plan"):
            verb(plan=in_hand, title="Late", by=small.manager, at=AT)
    assert (in_hand.actions.count(), in_hand.sections.count(), in_hand.objectives.count()) == (1, 0, 0)


ENDED = [
    ({"state": "closed", "closed_on": date(2026, 8, 1)}, "Action plan 2026 is closed, and its record stays as it is"),
    ({"as_at": date(2026, 8, 1)}, "Action plan 2026 is the record of a plan as at 1 August 2026, and stays as it is"),
]
ON_THE_RECORD = {
    "move_date": {"to_due": date(2027, 9, 30), "why": "Late"},
    "give_first_date": {"to_due": date(2027, 9, 30), "why": "Late"},
    "reword_action": {"wording": "New", "reason": "Clearer"},
}
BESIDE_THE_RECORD = {
    "add_note": {"words": "One more thing"},
    "add_evidence": {"evidence": changes.EvidenceGiven(shows="The course", kind="minute", where="Our drive")},
    "correct_reading": {"reading": timescales.read("June 2026"), "why": "Misread"},
}


@pytest.mark.parametrize("verb", [*ON_THE_RECORD, *BESIDE_THE_RECORD])
@pytest.mark.parametrize(("ended", "told"), ENDED)
def test_the_record_of_a_plan_that_has_ended_stays_as_it_is(small, ended, told, verb):
    Plan.objects.filter(pk=small.plan.pk).update(**ended)
    events = small.board.event_set.count()
    with pytest.raises(ValidationError, match=told):
        getattr(changes, verb)(
            action=small.one, by=small.manager, at=moment(2026, 9, 1), **(ON_THE_RECORD | BESIDE_THE_RECORD)[verb]
        )
    assert small.board.event_set.count() == events


@pytest.mark.parametrize(("ended", "told"), ENDED)
def test_nobody_is_heard_of_a_plan_that_has_ended(small, ended, told):
    Plan.objects.filter(pk=small.plan.pk).update(**ended)
    with pytest.raises(changes.NotWhole, match=told):
        small.say(small.one, small.police, moment(2026, 9, 1))


@pytest.mark.parametrize("verb", ON_THE_RECORD)
def test_what_becomes_of_an_action_is_told_once_the_board_has_agreed_it(small, draft, verb):
    action = add(small, draft)
    with pytest.raises(ValidationError, match=r"Next plan is a draft\. Wait until the board has agreed it\."):
        getattr(changes, verb)(action=action, by=small.manager, at=AT, **ON_THE_RECORD[verb])
    with pytest.raises(changes.NotWhole, match="Next plan is a draft"):
        small.say(action, small.police, moment(2026, 9, 1))


def test_a_date_of_another_age_is_a_slip_of_the_keyboard(small):
    move = {"action": small.one, "why": "Staff left", "by": small.manager, "at": moment(2026, 6, 1)}
    for day, told in (
        (date(2026, 3, 31), r"Action plan 2026 begins on 1 April 2026\. Choose a date on or after it\."),
        (date(2062, 9, 30), r"more than 20 years after the board agreed the plan\. Check the year\."),
    ):
        with pytest.raises(ValidationError, match=told):
            changes.move_date(to_due=day, **move)
    changes.move_date(to_due=date(2026, 4, 1), **move)


def test_new_words_must_be_words_and_new(small):
    who = {"reason": "Clearer", "by": small.manager, "at": AT}
    with pytest.raises(ValidationError, match="Write the new words"):
        changes.reword_action(action=small.one, wording=" ", **who)
    with pytest.raises(ValidationError, match="has already"):
        changes.reword_action(action=small.one, wording=f" {small.one.version.wording}\n", **who)


def test_a_plan_is_agreed_with_gaps_only_when_a_reason_is_given(small, draft):
    add(small, draft, "1")
    add(small, draft, "2", roles=[])
    add(small, draft, "3", timescale="tbc")
    agree = {"plan": draft, "agreed_on": date(2027, 4, 1), "by": small.manager, "at": moment(2027, 4, 1)}
    with pytest.raises(ValidationError, match="These actions are not complete: 2, 3"):
        changes.agree_plan(**agree)
    draft.refresh_from_db()
    assert draft.state == Plan.State.DRAFT
    changes.agree_plan(reason="Owners follow in May", **agree)
    with pytest.raises(ValidationError, match="agreed already"):
        changes.agree_plan(reason="Twice", **agree)


def test_agreement_fixes_the_first_date_and_no_verb_or_statement_moves_it(small):
    changes.move_date(
        action=small.one, to_due=date(2026, 9, 30), why="Staff left", by=small.manager, at=moment(2026, 6, 1)
    )
    small.refresh()
    assert (small.one.first_due, small.one.due) == (date(2026, 6, 30), date(2026, 9, 30))
    for value in (date(2026, 12, 31), None):
        with (
            pytest.raises(IntegrityError, match="first due date of an agreed action never moves"),
            transaction.atomic(),
        ):
            Action.objects.filter(pk=small.one.pk).update(first_due=value)


def test_a_date_moves_only_with_a_reason_and_only_to_another_date(small):
    move = {"action": small.one, "by": small.manager, "at": moment(2026, 6, 1)}
    with pytest.raises(ValidationError, match="Say why the date changes"):
        changes.move_date(to_due=date(2026, 9, 30), why="  ", **move)
    with pytest.raises(ValidationError, match="the date it has already"):
        changes.move_date(to_due=date(2026, 6, 30), why="No reason", **move)


def meant(small, day):
    """The words of the first action, read as this day."""
    return replace(timescales.read(day), text=small.one.timescale.text)


def correct(small, reading, month=5):
    changes.correct_reading(
        action=small.one, reading=reading, why="The 15th was meant", by=small.manager, at=moment(2026, month, 1)
    )
    small.refresh()


def test_correcting_a_misread_date_is_not_slippage(small):
    correct(small, meant(small, "15 January 2027"))
    assert (small.one.first_due, small.one.due) == (date(2027, 1, 15), date(2027, 1, 15))
    assert small.one.date_changes.get().kind == "correction"


def test_a_correction_leaves_a_date_that_was_moved_since_where_it_is(small):
    changes.move_date(action=small.one, to_due=date(2027, 6, 30), why="Staff", by=small.manager, at=moment(2026, 4, 1))
    correct(small, meant(small, "15 January 2027"))
    assert (small.one.first_due, small.one.due) == (date(2027, 1, 15), date(2027, 6, 30))


def test_a_correction_keeps_the_plans_words_and_says_something_new(small):
    with pytest.raises(ValidationError, match="not the plan’s words"):
        correct(small, timescales.read("15 January 2027"))
    correct(small, meant(small, "15 January 2027"))
    with pytest.raises(ValidationError, match="how the words are read already"):
        correct(small, meant(small, "15 January 2027"), month=6)


def test_a_first_date_given_later_is_the_first_due_date(small):
    changes.give_first_date(
        action=small.three, to_due=date(2026, 12, 1), why="Asked for", by=small.manager, at=moment(2026, 5, 1)
    )
    small.refresh()
    assert (small.three.first_due, small.three.due) == (date(2026, 12, 1), date(2026, 12, 1))


def test_new_words_are_a_new_version_and_the_first_stay(small):
    with pytest.raises(ValidationError):
        changes.reword_action(action=small.one, wording="New", reason=" ", by=small.manager, at=AT)
    changes.reword_action(
        action=small.one, wording="Train every desk", reason="Scope widened", by=small.manager, at=moment(2026, 5, 1)
    )
    small.refresh()
    assert list(small.one.versions.values_list("number", "wording")) == [
        (1, "Train the front desk"),
        (2, "Train every desk"),
    ]
    assert small.one.version.wording == "Train every desk"
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        ActionVersion.objects.filter(action=small.one, number=1).update(wording="Washed clean")


def test_an_action_cannot_stand_in_another_plans_section_nor_move_plan(small, draft):
    section = changes.add_section(plan=draft, title="Prevention", by=small.manager, at=AT)
    with pytest.raises(IntegrityError, match="belongs to another plan"), transaction.atomic():
        Action.objects.filter(pk=small.one.pk).update(section=section)
    with pytest.raises(IntegrityError, match="cannot move to another plan"), transaction.atomic():
        Action.objects.filter(pk=small.one.pk).update(plan=draft)


def test_a_rating_of_another_board_is_refused_by_the_database(small):
    other = board_changes.create_board(slug="elsewhere", name="Elsewhere", by=small.manager, at=AT)
    theirs = other.rating_set.first()
    with pytest.raises(IntegrityError, match="belongs to another board"), transaction.atomic():
        Action.objects.filter(pk=small.one.pk).update(rating=theirs)
    with pytest.raises(IntegrityError, match="belongs to another board"), transaction.atomic():
        small.say(small.one, small.police, AT, theirs)


def test_printed_cross_references_are_linked_to_what_they_name(small, draft):
    first = add(small, draft, "1.3.1")
    second = add(small, draft, "2.1.4", cross_references=["links with 1.3.1"])
    link = CrossReference.objects.get(action=second)
    changes.link_references(plan=draft, targets={link.pk: first}, by=small.manager, at=AT)
    link.refresh_from_db()
    assert (link.text, link.target) == ("links with 1.3.1", first)
    with pytest.raises(IntegrityError), transaction.atomic():
        CrossReference.objects.filter(pk=link.pk).update(target=second)


def test_rounds_keep_their_dates_in_order(small):
    with pytest.raises(ValidationError, match="in that order"):
        changes.open_round(
            period=small.q1,
            opens=date(2026, 6, 10),
            due=date(2026, 6, 9),
            grace_ends=date(2026, 6, 26),
            closes=date(2026, 6, 30),
            by=small.manager,
            at=AT,
        )


def test_every_verb_leaves_a_whole_chain(small, draft):
    add(small, draft)
    changes.agree_plan(plan=draft, agreed_on=date(2027, 4, 1), by=small.manager, at=moment(2027, 4, 1))
    assert audit.verify(small.board) is None
