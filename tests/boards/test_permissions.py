"""Who may do what on a board, and the ways in that must stay shut."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser, Permission
from guardian.shortcuts import assign_perm

from boards import changes, permissions
from boards.models import BoardRole, Seat, User
from tests.boards.conftest import AT

ON = date(2026, 6, 1)


@pytest.fixture
def alice(board, manager):
    """Coordinator of the board."""
    alice = User.objects.create_user("alice@example.org", "Coordinator")
    changes.give_role(person=alice, role="coordinator", on=board, by=manager, at=AT)
    return alice


@pytest.fixture
def seat(board, manager):
    return changes.add_seat(board=board, agency_name="Northshire Police", agency_kind="police", by=manager, at=AT)


@pytest.fixture
def pat(seat, manager):
    """Contact of the police."""
    pat = User.objects.create_user("pat@example.org", "Police contact")
    changes.give_role(person=pat, role="contact", on=seat, by=manager, at=AT)
    return pat


@pytest.fixture
def charlie(db):
    """Has an account and no role: must see nothing."""
    return User.objects.create_user("charlie@example.org", "Charlie")


@pytest.mark.parametrize("role", ["business_manager", "coordinator", "approver", "member", "scrutineer"])
def test_any_role_on_a_board_implies_reading_it_and_no_other(board, other_board, manager, charlie, role):
    assert not permissions.may_read_board(charlie, board, ON)
    changes.give_role(person=charlie, role=role, on=board, by=manager, at=AT)
    assert list(permissions.readable_boards(charlie, ON)) == [board]
    assert not permissions.may_read_board(charlie, other_board, ON)


def test_a_role_on_a_seat_or_a_sub_group_implies_reading_the_board(board, manager, pat, charlie):
    group = changes.add_sub_group(board=board, name="CSE Group", by=manager, at=AT)
    changes.give_role(person=charlie, role="chair", on=group, by=manager, at=AT)
    assert list(permissions.readable_boards(pat, ON)) == [board]
    assert list(permissions.readable_boards(charlie, ON)) == [board]


def test_only_the_business_manager_and_the_coordinator_keep_the_plan(board, manager, alice, pat, charlie):
    for role in ("approver", "member", "scrutineer"):
        changes.give_role(person=charlie, role=role, on=board, by=manager, at=AT)
    assert permissions.may_keep_board(alice, board, ON)
    assert not permissions.may_keep_board(pat, board, ON)
    assert not permissions.may_keep_board(charlie, board, ON)
    changes.give_role(person=charlie, role="business_manager", on=board, by=manager, at=AT)
    assert permissions.may_keep_board(charlie, board, ON)


@pytest.mark.parametrize(
    ("starts", "ends", "holds"),
    [
        (None, None, True),
        (None, date(2026, 6, 1), True),
        (None, date(2026, 5, 31), False),
        (date(2026, 6, 1), None, True),
        (date(2026, 6, 2), None, False),
        (date(2026, 6, 1), date(2026, 6, 1), True),
    ],
)
def test_a_role_holds_from_its_first_day_to_its_last(board, manager, charlie, starts, ends, holds):
    changes.give_role(person=charlie, role="member", on=board, by=manager, at=AT, starts=starts, ends=ends)
    assert permissions.may_read_board(charlie, board, ON) is holds
    assert permissions.people_who_may_read_board(board, ON).filter(pk=charlie.pk).exists() is holds


def test_a_deactivated_account_holds_nothing(board, alice):
    alice.is_active = False
    alice.save()
    assert not permissions.readable_boards(alice, ON).exists()
    assert alice not in permissions.people_who_may_read_board(board, ON)


def test_an_anonymous_visitor_holds_nothing(board, alice):
    assert not permissions.readable_boards(AnonymousUser(), ON).exists()


def test_a_superuser_without_a_role_holds_nothing(board, charlie):
    charlie.is_superuser = True
    charlie.save()
    assert not permissions.readable_boards(charlie, ON).exists()
    assert charlie not in permissions.people_who_may_read_board(board, ON)


def test_a_permission_given_to_all_boards_at_once_opens_none(board, charlie):
    charlie.user_permissions.add(Permission.objects.get(codename="coordinator", content_type__app_label="boards"))
    assert charlie.has_perm("boards.coordinator"), "guardian and Django would say yes"
    assert not permissions.readable_boards(charlie, ON).exists()


def test_a_seat_that_has_ended_gives_no_rights(board, seat, pat):
    Seat.objects.filter(pk=seat.pk).update(ends=date(2026, 5, 31))
    assert not permissions.readable_boards(pat, ON).exists()
    assert pat not in permissions.people_who_may_read_board(board, ON)


def test_a_role_given_through_guardians_own_words_counts(board, charlie):
    assign_perm("member", charlie, board)
    assert BoardRole.objects.get(user=charlie).content_object == board
    assert permissions.may_read_board(charlie, board, ON)


def test_who_may_is_the_same_people_as_may_this_person(board, alice, pat, charlie):
    may = {person for person in User.objects.all() if permissions.may_read_board(person, board, ON)}
    assert set(permissions.people_who_may_read_board(board, ON)) == may == {alice, pat}


def test_the_roles_of_a_person_name_what_they_are_on(board, alice, seat, manager):
    changes.give_role(person=alice, role="contact", on=seat, by=manager, at=AT)
    assert permissions.roles_of(alice, board, ON) == [
        ("coordinator", "Northshire Partnership"),
        ("contact", "Northshire Police"),
    ]


def test_what_a_person_may_read_costs_one_query_for_the_roles_and_one_for_the_boards(
    board, alice, django_assert_num_queries
):
    with django_assert_num_queries(2):
        list(permissions.readable_boards(alice, ON))


def test_whoever_is_asked_about_within_a_request_is_asked_for_once(board, alice, django_assert_num_queries):
    permissions.ask_once(alice)
    with django_assert_num_queries(1):
        for _ in range(3):
            assert permissions.may_keep_board(alice, board, ON)
    with django_assert_num_queries(1):
        assert permissions.may_keep_board(alice, board, date(2026, 6, 2)), "another day is another question"


def test_a_change_of_rights_holds_from_the_next_request_on(client, board, alice):
    client.force_login(alice)
    assert client.get(f"/boards/{board.slug}/").status_code == 200
    changes.end_role(held=BoardRole.objects.get(user=alice), by=None, at=AT)
    assert client.get(f"/boards/{board.slug}/").status_code == 404
