"""Writing a draft through the verbs: each change is a version, nothing is washed away, what cannot be is refused."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction

from actions import as_at, changes, timescales
from actions.changes.definition import MilestoneGiven, RoleGiven, StepGiven
from actions.models import Action, ActionVersion, Plan
from boards import audit
from boards.changes import MeetingGiven
from boards.redaction import details_of
from tests.builders import AGREED_ON, agree, make_action, make_board, make_plan, moment

pytestmark = pytest.mark.django_db

FEBRUARY = date(2026, 2, 2)


@pytest.fixture
def cast():
    return make_board()


@pytest.fixture
def draft(cast):
    """Three actions: 1.1 and 1.2 under Prevent, 2.3 under Pursue."""
    return make_plan(cast, actions=3, agreed=False)


@pytest.fixture
def who(cast):
    return {"by": cast.coordinator, "at": moment(AGREED_ON, 11)}


def action(draft, reference):
    return draft.actions.get(reference=reference)


def standing(rows):
    return [str(row) for row in rows.filter(until__isnull=True)]


def whole(cast):
    found = [*audit.differences(cast.board, moment(date(2026, 9, 1)))]
    return audit.verify(cast.board) is None and not found


def test_a_change_in_a_draft_is_a_version_and_each_part_says_from_when(cast, draft, who):
    one = action(draft, "1.1")
    changes.change_action(
        action=one,
        wording="Say it better",
        steps=[StepGiven("First"), StepGiven("Second", cast.health_owner, "June 2026")],
        measures=["How many", "How well"],
        milestones=[MilestoneGiven("Half way", "May 2026")],
        roles=[RoleGiven(cast.health_owner, "lead"), RoleGiven(cast.outside_owner, "support")],
        priorities=[cast.prevent, cast.pursue],
        top_priority=True,
        **who,
    )
    one.refresh_from_db()
    assert (one.version.number, one.version.wording, one.top_priority) == (2, "Say it better", True)
    assert standing(one.steps) == ["First", "Second"]
    assert one.steps.get(text="Second").due == date(2026, 6, 30)
    assert standing(one.owner_roles) == ["Health (lead)", "Barnardo’s (support)"]
    assert one.owner_roles.filter(until=one.version).get().owner == cast.police_owner
    assert one.next_due == date(2026, 3, 31)
    assert whole(cast)


def test_parts_are_rewritten_in_the_order_given(draft, who):
    one = action(draft, "1.1")
    changes.change_action(action=one, measures=["a", "b", "c"], **who)
    changes.change_action(action=one, measures=["c", "a", "x"], **who)
    assert standing(one.measures) == ["c", "a", "x"]
    assert [row.position for row in one.measures.filter(until__isnull=True)] == [1, 2, 3]


def test_the_same_again_is_no_change(cast, draft, who):
    one = action(draft, "1.1")
    events = cast.board.event_set.count()
    changes.change_action(action=one, wording=one.version.wording, timescale=one.timescale.text, **who)
    assert one.versions.count() == 1
    assert cast.board.event_set.count() == events


def test_a_stale_change_is_refused_and_nothing_is_written(draft, who):
    one = action(draft, "1.1")
    changes.change_action(action=one, wording="Theirs", seen=1, **who)
    with pytest.raises(ValidationError, match="Casey Coordinator has changed this action meanwhile"):
        changes.change_action(action=one, wording="Mine", seen=1, **who)
    one.refresh_from_db()
    assert one.version.wording == "Theirs"


@pytest.mark.parametrize("theirs", [{"timescale": "May 2027"}, {"limited": True}, {"related": ["1.2"]}])
def test_whatever_somebody_else_changed_a_stale_change_is_refused(draft, who, theirs):
    one = action(draft, "1.1")
    changes.change_action(action=one, seen=1, **theirs, **who)
    with pytest.raises(ValidationError, match="has changed this action meanwhile"):
        changes.change_action(action=one, timescale="June 2027", seen=1, **who)
    one.refresh_from_db()
    assert one.version.number == 2


def test_words_about_time_are_read_anew_in_a_draft_and_may_be_read_by_a_person(draft, who):
    one = action(draft, "1.1")
    changes.change_action(action=one, timescale="By Christmas", reading=timescales.read("December 2026"), **who)
    one.refresh_from_db()
    assert one.due == date(2026, 12, 31)
    changes.change_action(action=one, timescale="May 2027", **who)
    one.refresh_from_db()
    assert (one.due, one.timescale.text, one.readings.count()) == (date(2027, 5, 31), "May 2027", 3)


def test_agreement_fixes_what_the_draft_said_last(cast, draft, who):
    one = action(draft, "1.1")
    changes.change_action(action=one, wording="Said at last", timescale="May 2027", **who)
    agree(cast, draft)
    one.refresh_from_db()
    assert (one.first_version.wording, one.first_due) == ("Said at last", date(2027, 5, 31))
    with pytest.raises(IntegrityError, match="first wording"), transaction.atomic():
        Action.objects.filter(pk=one.pk).update(first_version=one.versions.first())


@pytest.mark.parametrize(
    ("verb", "given"),
    [
        ("change_plan", {"title": "Another"}),
        ("set_headings", {"headings": []}),
        ("renumber", {"references": {}}),
    ],
)
def test_an_agreed_plan_is_not_written_in(cast, draft, who, verb, given):
    plan = agree(cast, draft)
    events = cast.board.event_set.count()
    with pytest.raises(ValidationError, match="This plan is agreed"):
        getattr(changes, verb)(plan=plan, **given, **who)
    for name in ("change_action", "remove_action"):
        with pytest.raises(ValidationError, match="This plan is agreed"):
            getattr(changes, name)(action=action(plan, "1.1"), **who)
    assert cast.board.event_set.count() == events


def test_an_action_taken_out_is_gone_from_the_plan_and_stays_in_the_record(cast, draft, who):
    one = action(draft, "1.1")
    changes.remove_action(action=one, by=cast.coordinator, at=moment(FEBRUARY))
    assert list(draft.actions.values_list("reference", flat=True)) == ["1.2", "2.3"]
    make_action(cast, draft, "1.1", wording="Another of that number")
    past = as_at.past_of(draft, on=FEBRUARY, known_by=moment(FEBRUARY, 9))
    before = as_at.rows(Action.ever_written.filter(plan=draft), past)
    assert [row.reference for row in before] == ["1.1", "1.2", "2.3", "1.1"]
    past = as_at.past_of(draft, on=FEBRUARY, known_by=moment(FEBRUARY, 11))
    assert len(as_at.rows(Action.ever_written.filter(plan=draft), past)) == 3
    with pytest.raises(ValidationError, match="taken out of the plan already"):
        changes.remove_action(action=one, **who)
    assert whole(cast)


def test_nothing_is_taken_out_of_an_agreed_plan_beneath_the_verbs(cast, draft):
    agree(cast, draft)
    with pytest.raises(IntegrityError, match="only from a draft"), transaction.atomic():
        Action.objects.filter(plan=draft).update(removed_at=moment(FEBRUARY))


def test_actions_and_headings_change_places_and_what_stands_under_them_follows(draft, who):
    def order():
        return list(draft.actions.order_by("position").values_list("reference", flat=True))

    assert changes.move(row=action(draft, "1.2"), way=changes.UP, **who)
    assert order() == ["1.2", "1.1", "2.3"]
    assert not changes.move(row=action(draft, "1.2"), way=changes.UP, **who)
    assert not changes.move(row=action(draft, "2.3"), way=changes.UP, **who)
    assert changes.move(row=draft.sections.get(number="2.0"), way=changes.UP, **who)
    assert order() == ["2.3", "1.2", "1.1"]


def test_an_action_that_goes_under_another_heading_stands_there(draft, who):
    changes.change_action(action=action(draft, "1.1"), section=draft.sections.get(number="2.0"), objective=None, **who)
    assert list(draft.actions.order_by("position").values_list("reference", flat=True)) == ["1.2", "1.1", "2.3"]


def test_renumbering_counts_under_the_headings_and_cross_references_follow(cast, draft, who):
    three = action(draft, "2.3")
    changes.change_action(action=three, related=["1.2", "the regional plan"], **who)
    numbers = changes.writing.numbers_in_order(draft)
    assert list(numbers.values()) == ["1.1.1", "1.1.2", "2.1"]
    assert changes.renumber(plan=draft, references=numbers, **who) == 3
    assert [link.text for link in three.cross_references.all()] == ["1.1.2", "the regional plan"]
    assert three.cross_references.first().target.reference == "1.1.2"
    assert whole(cast)


def test_two_actions_change_references_with_one_another(draft, who):
    one, two = action(draft, "1.1"), action(draft, "1.2")
    changes.renumber(plan=draft, references={one.pk: "1.2", two.pk: "1.1"}, **who)
    one.refresh_from_db()
    assert (one.reference, one.version.reference) == ("1.2", "1.2")


@pytest.mark.parametrize(("reference", "words"), [("1.2", "Two actions would have"), (" ", "Every action needs")])
def test_a_reference_twice_or_none_is_refused_whole(draft, who, reference, words):
    one = action(draft, "1.1")
    with pytest.raises(ValidationError, match=words):
        changes.renumber(plan=draft, references={one.pk: reference}, **who)
    with pytest.raises(ValidationError, match="already has an action"):
        changes.change_action(action=one, reference="1.2", **who)
    one.refresh_from_db()
    assert (one.reference, one.versions.count()) == ("1.1", 1)


def test_an_action_is_not_related_to_itself(draft, who):
    with pytest.raises(ValidationError, match=r"Action 1\.1 cannot be related to itself\."):
        changes.change_action(action=action(draft, "1.1"), related=["1.1"], **who)


def test_headings_are_worded_ordered_and_added(draft, who):
    columns = list(draft.columns.all())
    given = [changes.HeadingGiven("Our promise", "action", columns[1].pk), changes.HeadingGiven("Notes", "notes")]
    changes.set_headings(plan=draft, headings=given, **who)
    assert list(draft.columns.values_list("heading", "position")) == [("Our promise", 1), ("Notes", 2)]


def test_a_heading_with_printed_words_stays(cast, draft, who):
    column = draft.columns.first()
    make_action(cast, draft, "9", cells={column: "Printed"})
    with pytest.raises(ValidationError, match=r"Actions have words under “No\.”, which would be lost"):
        changes.set_headings(plan=draft, headings=[], **who)
    assert draft.columns.count() == 8


def test_a_heading_of_the_plan_that_has_had_actions_stays(draft, who):
    with pytest.raises(ValidationError, match="has had actions or objectives under it"):
        changes.remove_section(section=draft.sections.first(), **who)
    empty = changes.add_section(plan=draft, title="Empty", **who)
    changes.remove_section(section=empty, **who)
    assert draft.sections.count() == 2


def test_a_section_may_name_a_sub_group_of_its_own(cast, draft, who):
    section = draft.sections.first()
    changes.change_section(section=section, title="Prevention", overseen_by=cast.operational, **who)
    section.refresh_from_db()
    assert (section.title, section.overseen_by) == ("Prevention", cast.operational)


def test_a_plan_is_changed_and_received(cast, draft, who):
    other = make_board("oakshire", "Oakshire")
    changes.change_plan(plan=draft, title="Better", overseen_by=cast.operational, receiving_boards=[other.board], **who)
    assert Plan.objects.get(pk=draft.pk).title == "Better"
    assert draft.receivers.get().receiving_board == other.board
    changes.change_plan(plan=draft, receiving_boards=[], **who)
    assert not draft.receivers.exists()


def test_a_copy_has_the_words_and_none_of_the_dates(cast, draft, who):
    changes.change_action(
        action=action(draft, "1.1"),
        steps=[StepGiven("First", cast.health_owner, "June 2026")],
        measures=["How many"],
        **who,
    )
    plan = agree(cast, draft)
    new = changes.copy_plan(plan=plan, slug="next", title="Next", overseen_by=cast.strategic, **who)
    assert [str(row) for row in new.sections.all()] == ["1.0 Prevent", "2.0 Pursue"]
    one = action(new, "1.1")
    assert (one.version.wording, one.due, one.timescale.text) == (action(plan, "1.1").version.wording, None, "")
    assert (str(one.section), str(one.objective)) == ("1.0 Prevent", "1.1 Know the signs")
    assert one.steps.get().lead == cast.health_owner
    assert one.steps.get().due is None
    assert ActionVersion.objects.get(action=one).number == 1
    assert whole(cast)


def printed_of(one):
    return {cell.column.field: cell.text for cell in one.cells.filter(until__isnull=True)}


def test_what_was_printed_stands_until_the_action_says_something_else_there(cast, draft, who):
    columns = {column.field: column for column in draft.columns.all()}
    cells = {
        columns["lead"]: "The Police",
        columns["action"]: "• Act",
        columns["timescale"]: "Spring",
        columns["rating"]: "A",
    }
    one = make_action(cast, draft, "9", cells=cells, timescale="Spring")
    changes.change_action(action=one, wording="Act at once", **who)
    assert printed_of(one) == {"lead": "The Police", "timescale": "Spring", "rating": "A"}
    changes.change_action(action=one, roles=[RoleGiven(cast.health_owner, "lead")], timescale="May 2027", **who)
    assert printed_of(one) == {"rating": "A"}
    changes.change_action(
        action=one, roles=[RoleGiven(cast.health_owner, "lead"), RoleGiven(cast.police_owner, "support")], **who
    )
    assert {cell.text for cell in one.cells.all()} == {"The Police", "• Act", "Spring", "A"}


def test_a_plan_prints_something_else_from_a_version_on(cast, draft, who):
    columns = {column.field: column for column in draft.columns.all()}
    one = make_action(cast, draft, "9", cells={columns["rating"]: "A", columns["lead"]: "The Police"})
    changes.change_action(action=one, cells={columns["rating"]: "G", columns["lead"]: ""}, **who)
    one.refresh_from_db()
    assert printed_of(one) == {"rating": "G"}
    assert one.version.number == 2
    changes.change_action(action=one, cells={columns["rating"]: "G", columns["lead"]: ""}, **who)
    assert one.versions.count() == 2


def test_an_action_comes_into_an_agreed_plan_with_why_and_where_it_was_agreed(cast, draft, who):
    plan = agree(cast, draft)
    given = {
        "roles": [RoleGiven(cast.police_owner, "lead")],
        "section": action(plan, "1.1").section,
        "timescale": "June 2027",
    }
    new = changes.add_agreed_action(
        plan=plan, reference="1.9", wording="Act on the review", reason="The review asks for it", related=["1.1"],
        meeting=MeetingGiven("Extraordinary meeting", AGREED_ON), **given, **who,
    )  # fmt: skip
    new.refresh_from_db()
    assert (new.first_due, new.due, new.status) == (date(2027, 6, 30), date(2027, 6, 30), "not_started")
    assert (new.first_version.reason, str(new.first_version.meeting)) == (
        "The review asks for it",
        "Extraordinary meeting",
    )
    assert list(plan.actions.order_by("position").values_list("reference", flat=True)) == ["1.1", "1.2", "1.9", "2.3"]
    assert [link.target for link in new.cross_references.all()] == [action(plan, "1.1")]
    event = cast.board.event_set.get(verb="action.added", subject_id=new.pk)
    assert details_of([event])[event.pk]["reason"] == "The review asks for it"
    with time_machine.travel(moment(date(2026, 9, 1)), tick=False):
        call_command("verify_audit")


def test_an_action_comes_into_no_agreed_plan_without_a_reason_a_lead_or_a_reference_of_its_own(cast, draft, who):
    lead = {"roles": [RoleGiven(cast.police_owner, "lead")]}
    given = {"reference": "1.9", "wording": "Act", "reason": "So", **lead}
    with pytest.raises(ValidationError, match="not in use"):
        changes.add_agreed_action(plan=draft, **given, **who)
    plan = agree(cast, draft)
    wrong = {"Say why": {"reason": " "}, "Say who leads": {"roles": []}, "1.1": {"reference": "1.1"}}
    for match, other in wrong.items():
        with pytest.raises(ValidationError, match=match):
            changes.add_agreed_action(plan=plan, **given | other, **who)
    assert plan.actions.count() == 3
