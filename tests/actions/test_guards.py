"""What the database itself refuses below the verbs of actions/, on SQLite and PostgreSQL."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from actions import changes
from actions.changes.definition import RoleGiven
from actions.models import (
    Action,
    ActionPriority,
    ActionVersion,
    CrossReference,
    DateRequest,
    Measure,
    Milestone,
    OwnerRole,
    Plan,
    Reading,
    Recommendation,
    RecommendationSource,
    Step,
    Submission,
    Timescale,
    Update,
)
from boards import changes as board_changes
from tests.actions.conftest import AT, moment


def refused(call, match):
    with pytest.raises(IntegrityError, match=match), transaction.atomic():
        call()


def raw(model, row, **values):
    """A change that goes past every verb."""
    return lambda: model.objects.filter(pk=row.pk).update(**values)


def gone(model, row):
    return lambda: model.objects.filter(pk=row.pk)._raw_delete("default")


PART = "a part of an agreed action never changes"


def test_who_leads_an_agreed_action_is_not_written_over(small):
    lead = small.one.owner_roles.get()
    refused(raw(OwnerRole, lead, owner=small.health), PART)
    refused(raw(OwnerRole, lead, role="support"), PART)
    refused(raw(OwnerRole, lead, ends=date(2026, 5, 1)), PART)
    refused(gone(OwnerRole, lead), PART)


def test_strand_and_steps_of_an_agreed_action_are_not_written_over(small):
    step = small.one.steps.get(position=1)
    strand = small.one.action_priorities.get()
    pursue = board_changes.add_priority(board=small.board, name="Pursue", code="pursue", by=small.manager, at=AT)
    refused(raw(ActionPriority, strand, priority=pursue), PART)
    refused(gone(ActionPriority, strand), PART)
    refused(raw(Step, step, text="Write something"), PART)
    refused(raw(Step, step, lead=small.health), PART)
    refused(raw(Step, step, position=2), PART)
    refused(gone(Step, step), PART)
    raw(Step, step, done_on=date(2026, 5, 1), due=date(2026, 5, 30))()


def test_measures_and_milestones_of_an_agreed_action_are_not_written_over(small):
    whole = {"board": small.board, "action": small.one, "since": small.one.version, "position": 1}
    measure = Measure.objects.create(text="80% of staff trained", **whole)
    milestone = Milestone.objects.create(label="Course", timescale=small.one.timescale, **whole)
    refused(raw(Measure, measure, text="20% of staff trained"), PART)
    refused(raw(Milestone, milestone, label="Courses"), PART)
    refused(gone(Milestone, milestone), PART)


def test_a_part_ends_once_and_with_a_new_version(small):
    lead = small.one.owner_roles.get()
    second = ActionVersion.objects.create(
        board=small.board, action=small.one, number=2, wording="Train them all", reason="Wider", at=AT
    )
    raw(OwnerRole, lead, until=second)()
    refused(raw(OwnerRole, lead, until=None), "what has come to an end stays ended")


def test_parts_of_a_draft_are_written_over_freely(small):
    plan = changes.create_plan(
        board=small.board, slug="next", title="Next", overseen_by=small.group, by=small.manager, at=AT
    )
    action = changes.add_action(
        plan=plan,
        reference="1",
        wording="Start",
        timescale="June 2027",
        roles=[RoleGiven(small.police, "lead")],
        by=small.manager,
        at=AT,
    )
    lead = action.owner_roles.get()
    raw(OwnerRole, lead, owner=small.health)()
    gone(OwnerRole, lead)()


def test_an_action_shows_its_newest_version_and_reading(small):
    first = small.one.version
    refused(raw(Action, small.one, version=small.two.version), "it shows its newest version")
    second = ActionVersion.objects.create(
        board=small.board, action=small.one, number=2, wording="Train them all", reason="Wider", at=AT
    )
    raw(Action, small.one, version=second)()
    refused(raw(Action, small.one, version=first), "it shows its newest version")
    refused(raw(Action, small.one, version=None), "it shows its newest version")
    later = Timescale.objects.create(board=small.board, text="2029", kind="by_date", due=date(2029, 12, 31))
    refused(raw(Action, small.one, timescale=later), "as its newest reading says")
    Reading.objects.create(board=small.board, action=small.one, timescale=later, at=AT)
    raw(Action, small.one, timescale=later)()


def test_a_plan_goes_forward_only(small):
    refused(raw(Plan, small.plan, state="draft"), "no draft again")
    refused(raw(Plan, small.plan, agreed_on=date(2026, 5, 1)), "the days of its life never move")
    refused(gone(Plan, small.plan), "never deleted")
    raw(Plan, small.plan, state="closed", closed_on=date(2027, 3, 31))()
    refused(raw(Plan, small.plan, state="agreed"), "nor a closed one open")
    refused(raw(Plan, small.plan, closed_on=date(2027, 4, 1)), "the days of its life never move")


def test_a_recommendation_stands_once_an_agreed_plan_answers_it(small):
    source = RecommendationSource.objects.create(board=small.board, title="Review", kind="review")
    answered, other = (
        Recommendation.objects.create(board=small.board, source=source, number=number, text="Know your children")
        for number in (1, 2)
    )
    small.one.action_recommendations.create(
        board=small.board, action=small.one, since=small.one.version, recommendation=answered
    )
    refused(raw(Recommendation, answered, text="Know something"), "its words stay as they are")
    refused(raw(Recommendation, answered, number=3), "its words stay as they are")
    raw(Recommendation, other, text="Know something")()


def test_a_printed_cross_reference_stands_and_may_be_found_later(small):
    link = CrossReference.objects.create(board=small.board, action=small.one, text="links to 2")
    raw(CrossReference, link, target=small.two)()
    refused(raw(CrossReference, link, text="links to 3"), "what an agreed plan printed stays")
    refused(gone(CrossReference, link), "what an agreed plan printed stays")


def sent_in(small):
    asked = changes.open_round(
        period=small.q1,
        opens=date(2026, 6, 15),
        due=date(2026, 7, 10),
        grace_ends=date(2026, 7, 17),
        closes=date(2026, 7, 24),
        by=small.manager,
        at=moment(2026, 6, 15),
    )
    return changes.submit_update(
        action=small.one,
        owner=small.police,
        round=asked,
        answer=changes.Answer(status="in_progress", rating=small.green, words="Half done", reason="It will be."),
        by=small.person("contact", "contact", small.police_seat),
        at=moment(2026, 6, 20),
    )


def test_what_was_sent_in_is_kept_and_what_was_accepted_no_longer_changes(small):
    submission = sent_in(small)
    refused(gone(Submission, submission), "what was sent in is kept")
    changes.accept_submission(submission=submission, by=small.manager, at=moment(2026, 6, 21))
    refused(raw(Submission, submission, words="All done"), "an accepted update is on the record")
    refused(raw(Submission, submission, state="submitted"), "an accepted update is on the record")


def test_a_date_request_stays_as_it_was_asked_and_is_decided_once(small):
    asked = DateRequest.objects.create(
        board=small.board,
        action=small.one,
        to_due=date(2026, 9, 30),
        why="The trainer left",
        asked_at=AT,
        asked_by=small.manager,
    )
    refused(raw(DateRequest, asked, to_due=date(2026, 12, 31)), "what was asked for stays")
    refused(raw(DateRequest, asked, why="Another reason"), "what was asked for stays")
    refused(gone(DateRequest, asked), "what was asked for stays")
    raw(DateRequest, asked, state="refused", decided_at=AT, decided_by=small.manager)()
    refused(raw(DateRequest, asked, state="agreed"), "it has been decided")
    refused(raw(DateRequest, asked, answer="Other words"), "it has been decided")


@pytest.mark.parametrize(
    ("said", "match"),
    [
        ({"words": "  "}, "it says something"),
        ({"rating": "amber", "reason": ""}, "its rating needs a reason"),
        ({"rating": "blue"}, "its rating is for actions that are complete"),
        ({"owner": "health"}, "its owner leads the action"),
    ],
)
@pytest.mark.parametrize("source", ["entered", "submission"])
def test_an_update_on_the_record_is_whole(small, said, match, source):
    said = {name: getattr(small, value) if hasattr(small, value) else value for name, value in said.items()}
    values = {
        "board": small.board,
        "action": small.one,
        "owner": small.police,
        "period": small.q1,
        "source": source,
        "submission": sent_in(small) if source == "submission" else None,
        "status": "in_progress",
        "rating": small.green,
        "words": "It goes on.",
        "on": date(2026, 5, 1),
        "at": AT,
        "by": small.manager,
    }
    refused(lambda: Update.objects.create(**values | said), match)
    Update.objects.create(**values)


def test_what_was_imported_is_kept_as_it_was(small):
    Update.objects.create(
        board=small.board,
        action=small.one,
        owner=small.police,
        source="import",
        status="in_progress",
        rating=small.red,
        words="Off track",
        on=date(2026, 5, 1),
        at=AT,
        by=small.manager,
    )
