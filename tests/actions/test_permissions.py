"""Who may see, update and submit what: each answer of a list is the answer for the single action."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from actions import changes, permissions
from actions.models import Action, OwnerRole, Plan
from boards import changes as board_changes
from boards.models import Seat, User
from tests.actions.conftest import AT
from tests.builders import make_draft_again, unguarded

ON = date(2026, 6, 1)


@pytest.fixture
def cast(small):
    """Everybody: the name says the role."""
    small.person("coordinator", "coordinator")
    small.person("approver", "approver")
    small.person("member", "member")
    small.person("scrutineer", "scrutineer")
    small.person("police_contact", "contact", small.police_seat)
    small.person("police_contributor", "contributor", small.police_seat)
    small.person("health_contact", "contact", small.health_seat)
    small.person("chair", "chair", small.group)
    small.person("secretary", "secretary", small.group)
    small.person("gone", "coordinator", ends=date(2026, 5, 31))
    small.person("nobody")
    other = board_changes.create_board(slug="elsewhere", name="Elsewhere", by=small.manager, at=AT)
    small.person("stranger", "coordinator", other)
    off = small.person("deactivated", "coordinator")
    off.is_active = False
    off.save()
    return small


SEES_ALL = {"manager", "coordinator", "scrutineer", "chair"}
SEES = SEES_ALL | {"approver", "member", "police_contact", "police_contributor", "health_contact", "secretary"}


def who(cast, may, *action):
    return {name for name, person in cast.people.items() if may(person, *action, ON)}


def test_everybody_with_a_role_reads_the_plan_and_its_actions(cast):
    assert who(cast, lambda person, on: permissions.readable_plans(person, on).exists()) == SEES
    assert who(cast, permissions.may_read, cast.one) == SEES
    assert not permissions.readable(AnonymousUser(), ON).exists()


def test_an_action_of_limited_circulation_is_for_its_own_people_and_those_who_see_all(cast):
    assert who(cast, permissions.may_read, cast.three) == SEES_ALL
    Action.objects.filter(pk=cast.one.pk).update(limited=True)
    assert who(cast, permissions.may_read, cast.one) == SEES_ALL | {"police_contact", "police_contributor"}


def test_the_chair_of_another_group_does_not_see_what_is_limited(cast):
    other = board_changes.add_sub_group(board=cast.board, name="Another group", by=cast.manager, at=AT)
    chair = cast.person("another_chair", "chair", other)
    assert permissions.may_read(chair, cast.two, ON)
    assert not permissions.may_read(chair, cast.three, ON)


def may(cast, action):
    """Whom `may_read` lets read an action; it must be those of whom `people_who_may_read` knows."""
    action = Action.objects.get(pk=action.pk)
    found = {person for person in User.objects.all() if permissions.may_read(person, action, ON)}
    assert set(permissions.people_who_may_read(action, ON)) == found
    return found


def test_a_seat_that_has_ended_makes_nobody_a_reader_of_what_is_limited(cast):
    """Not even somebody who reads the board by another role."""
    Action.objects.filter(pk=cast.one.pk).update(limited=True)
    person = cast.person("police_contact", "contact", cast.health_seat)
    assert person in may(cast, cast.one)
    Seat.objects.filter(pk=cast.police_seat.pk).update(ends=date(2026, 5, 31))
    assert permissions.may_read(person, cast.two, ON)
    assert person not in may(cast, cast.one)


def test_readers_of_a_draft_and_of_a_plan_that_another_board_receives_are_known(cast):
    other = board_changes.create_board(slug="region", name="Region", by=cast.manager, at=AT)
    reader = cast.person("region_member", "member", other)
    cast.plan.receivers.create(board=cast.board, receiving_board=other)
    assert reader in may(cast, cast.one)
    make_draft_again(cast.plan)
    assert reader not in may(cast, cast.one)
    assert cast.people["secretary"] in may(cast, cast.one)


def test_a_draft_plan_is_for_those_who_keep_check_or_oversee_it(cast):
    make_draft_again(cast.plan)
    assert who(cast, lambda person, on: permissions.readable_plans(person, on).exists()) == SEES_ALL | {"secretary"}


def test_only_those_who_keep_the_plan_enter_updates(cast):
    assert who(cast, permissions.may_update, cast.one) == {"manager", "coordinator"}


@pytest.mark.parametrize(
    "life",
    [{"state": "draft", "agreed_on": None}, {"state": "closed", "closed_on": ON}, {"as_at": ON}],
)
def test_nobody_updates_a_draft_a_closed_or_a_historic_plan(cast, life):
    with unguarded():
        Plan.objects.filter(pk=cast.plan.pk).update(**life)
    assert who(cast, permissions.may_update, cast.one) == set()
    assert who(cast, permissions.may_submit, cast.one) == set()


def test_contacts_submit_for_the_leads_and_joint_leads_of_their_seat(cast):
    assert who(cast, permissions.may_submit, cast.one) == {"police_contact"}
    assert who(cast, permissions.may_submit, cast.two) == {"police_contact", "health_contact"}


def test_a_chair_submits_for_the_sub_group_itself(cast):
    assert who(cast, permissions.may_submit, cast.three) == {"chair"}


def test_contributors_draft_and_do_not_submit(cast):
    drafting = {name for name, person in cast.people.items() if permissions.answerable(person, ON).exists()}
    assert drafting == {"police_contact", "police_contributor", "health_contact", "chair"}
    assert not permissions.submittable(cast.people["police_contributor"], ON).exists()


def test_a_contact_answers_for_the_owners_of_the_own_seat_only(cast):
    police = permissions.owners_answered_for(cast.people["police_contact"], cast.two, ON)
    assert [role.owner for role in police] == [cast.police]
    assert not permissions.owners_answered_for(cast.people["health_contact"], cast.one, ON).exists()


def test_a_joint_lead_whose_part_has_ended_no_longer_answers(cast):
    part = OwnerRole.objects.get(action=cast.two, owner=cast.police)
    with unguarded():
        OwnerRole.objects.filter(pk=part.pk).update(ends=date(2026, 5, 31))
    assert who(cast, permissions.may_submit, cast.two) == {"health_contact"}
    Action.objects.filter(pk=cast.two.pk).update(limited=True)
    assert who(cast, permissions.may_read, cast.two) == SEES_ALL | {"health_contact"}
    assert cast.police not in [role.owner for role in permissions.owners_asked(cast.two, ON)]
    assert not permissions.owners_answered_for(cast.people["police_contact"], cast.two, ON).exists()


def test_the_people_of_its_members_answer_for_a_group_of_owners(cast):
    both = board_changes.add_owner(
        board=cast.board, name="Both", kind="group", members=[cast.police, cast.health], by=cast.manager, at=AT
    )
    OwnerRole.objects.create(
        board=cast.board, action=cast.three, since=cast.three.version, owner=both, role="joint_lead"
    )
    assert who(cast, permissions.may_submit, cast.three) == {"chair", "police_contact", "health_contact"}
    readers = set(permissions.people_who_may_read(cast.three, ON).values_list("email", flat=True))
    assert readers == {person.email for person in User.objects.all() if permissions.may_read(person, cast.three, ON)}


def test_who_may_update_is_the_same_people_as_may_this_person_update(cast):
    listed = set(permissions.people_who_may_update(cast.one, ON).values_list("email", flat=True))
    assert listed == {person.email for person in User.objects.all() if permissions.may_update(person, cast.one, ON)}
    Plan.objects.filter(pk=cast.plan.pk).update(as_at=ON)
    assert not permissions.people_who_may_update(Action.objects.get(pk=cast.one.pk), ON).exists()


def test_who_may_read_is_the_same_people_as_may_this_person_read(cast):
    for action in (cast.one, cast.two, cast.three):
        listed = set(permissions.people_who_may_read(action, ON).values_list("email", flat=True))
        single = {person.email for person in User.objects.all() if permissions.may_read(person, action, ON)}
        assert listed == single, action.reference


def test_a_receiving_board_reads_an_agreed_plan_but_not_what_is_limited_and_changes_nothing(cast):
    other = board_changes.create_board(slug="region", name="Region", by=cast.manager, at=AT)
    reader = cast.person("region_coordinator", "coordinator", other)
    assert not permissions.readable_plans(reader, ON).exists()
    cast.plan.receivers.create(board=cast.board, receiving_board=other)
    assert list(permissions.readable_plans(reader, ON)) == [cast.plan]
    assert permissions.may_read(reader, cast.one, ON)
    assert not permissions.may_read(reader, cast.three, ON)
    assert not permissions.updatable(reader, ON).exists()
    make_draft_again(cast.plan)
    assert not permissions.readable_plans(reader, ON).exists()


def test_what_a_person_may_read_costs_the_same_queries_whatever_the_number_of_actions(cast, django_assert_num_queries):
    with django_assert_num_queries(3):
        list(permissions.readable(cast.people["police_contact"], ON))
    by = {"by": cast.manager, "at": AT}
    plan = changes.create_plan(board=cast.board, slug="long", title="Long", overseen_by=cast.group, **by)
    for number in range(30):
        changes.add_action(plan=plan, reference=str(number), wording="W", **by)
    Plan.objects.filter(pk=plan.pk).update(state="agreed", agreed_on=ON)
    with django_assert_num_queries(3):
        assert len(permissions.readable(cast.people["police_contact"], ON)) == 32
