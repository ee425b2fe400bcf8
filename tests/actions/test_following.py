"""Who has nobody, and what is left when a seat or a sub-group has ended and another follows it."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from actions import changes, following
from actions.models import Offer, OwnerRole, Plan
from actions.permissions import may_submit, readable_submissions
from actions.standing import standings, with_dates
from boards import changes as board_changes
from boards.audit import differences, verify
from boards.models import Event, Owner, Seat
from boards.redaction import details_of
from boards.sentences import sentence
from tests.actions.conftest import AT, moment

ENDS = date(2026, 5, 31)
AFTER = moment(2026, 6, 2)
MAY = moment(2026, 5, 4)


def told(board, verb):
    events = list(Event.objects.filter(board=board, verb=verb).order_by("sequence"))
    details = details_of(events)
    return [sentence(event, details[event.pk]) for event in events]


def leading(action):
    rows = OwnerRole.objects.filter(action=action, until=None).order_by("role")
    return list(rows.values_list("owner__name", "role"))


@pytest.fixture
def health_ends(small):
    """Health becomes the Integrated Care Board, which has an owner of its own, at the end of May."""
    who = {"by": small.manager, "at": MAY}
    small.icb_seat = board_changes.add_seat(board=small.board, agency_name="Care Board", agency_kind="health", **who)
    small.icb = board_changes.add_owner(board=small.board, name="Care Board", kind="seat", seat=small.icb_seat, **who)
    board_changes.end_seat(seat=small.health_seat, ends=ENDS, successor=small.icb_seat, **who)
    small.health_seat.refresh_from_db()
    return small


@pytest.fixture
def group_ends(small):
    who = {"by": small.manager, "at": MAY}
    small.new_group = board_changes.add_sub_group(board=small.board, name="Exploitation Group", **who)
    small.new_owner = board_changes.add_owner(
        board=small.board, name="Exploitation Group", kind="sub_group", sub_group=small.new_group, **who
    )
    board_changes.end_sub_group(group=small.group, ends=ENDS, successor=small.new_group, **who)
    small.group.refresh_from_db()
    return small


def followed(small, **more):
    given = {"place": small.health_seat, "to_owner": small.icb, "by": small.manager, "at": AFTER, **more}
    return changes.follow_successor(**given)


def test_the_open_actions_of_an_ended_seat_go_to_its_successor_as_versions(health_ends):
    small = health_ends
    followed(small)
    assert leading(small.two) == [("Police", "joint_lead"), ("Care Board", "lead")]
    version = small.two.versions.get(number=2)
    assert version.reason == "Northshire Health became Care Board on 1 June 2026."
    assert version.wording == "Agree the pathway"
    assert small.one.versions.count() == small.three.versions.count() == 1
    assert verify(small.board) is None
    assert differences(small.board, AFTER) == []
    assert told(small.board, "seat.followed") == [
        "Manager let Care Board take over what Northshire Health had. Its open actions went to Care Board."
    ]


def test_it_is_not_counted_as_passing_on_and_old_words_keep_their_name(health_ends):
    small = health_ends
    said = small.say(small.two, small.health, MAY, small.amber)
    followed(small)
    small.refresh()
    assert small.two.last_update == said
    assert said.owner.name == "Health"
    found = standings(with_dates(type(small.two).objects.filter(pk=small.two.pk)), on=AFTER.date(), known_by=AFTER)
    assert found[small.two.pk].passed_on == 0
    assert any("update for Health" in line for line in told(small.board, "update.entered"))


def test_who_is_joint_lead_already_leads_alone_afterwards(health_ends):
    small = health_ends
    changes.accept_offer(
        offer=changes.offer_action(
            action=small.two, from_owner=small.police, to_owner=small.icb, reason="They share it.",
            by=small.manager, at=MAY,
        ),
        by=small.manager,
        at=MAY,
    )  # fmt: skip
    followed(small)
    assert leading(small.two) == [("Care Board", "lead")]


def test_what_the_old_owner_had_begun_stays_theirs(health_ends):
    small = health_ends
    nurse = small.person("nurse", "contact", small.icb_seat)
    asked = changes.open_round(
        period=small.q1, opens=date(2026, 4, 15), due=date(2026, 7, 10), grace_ends=date(2026, 7, 17),
        closes=date(2026, 7, 24), by=small.manager, at=AT,
    )  # fmt: skip
    changes.save_draft(
        action=small.two, owner=small.health, round=asked, by=small.manager, at=MAY,
        answer=changes.Answer(status="in_progress", rating=small.green, words="Begun."),
    )  # fmt: skip
    followed(small)
    small.refresh()
    assert may_submit(nurse, small.two, AFTER.date())
    assert not readable_submissions(nurse, AFTER.date()).exists()


def test_offers_that_wait_are_withdrawn(health_ends):
    small = health_ends
    changes.offer_action(
        action=small.one, from_owner=small.police, to_owner=small.health, reason="So.", by=small.manager, at=MAY
    )
    changes.offer_action(
        action=small.two, from_owner=small.health, to_owner=small.cse_group, reason="So.", by=small.manager, at=MAY
    )
    followed(small)
    assert set(Offer.objects.values_list("state", "answer")) == {
        ("withdrawn", "Northshire Health became Care Board on 1 June 2026.")
    }


def test_what_is_done_or_of_a_plan_that_is_over_keeps_the_old_name(health_ends):
    small = health_ends
    small.say(small.two, small.health, MAY, small.blue, status="complete")
    with pytest.raises(ValidationError, match="Nothing open names Northshire Health any more"):
        followed(small)


def test_it_is_all_or_nothing_and_said_why(health_ends, monkeypatch):
    small = health_ends
    for given, words in (
        ({"to_owner": small.police}, "Choose an owner of Care Board"),
        ({"to_owner": None}, "Choose an owner of Care Board"),
        ({"at": moment(2026, 5, 31)}, "goes on until 31 May 2026"),
        ({"place": small.police_seat}, "has no last day"),
    ):
        with pytest.raises(ValidationError, match=words):
            followed(small, **given)
    monkeypatch.setattr("actions.changes.following._oversee", lambda turn, left: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        followed(small)
    monkeypatch.undo()
    assert leading(small.two) == [("Police", "joint_lead"), ("Health", "lead")]
    followed(small)
    with pytest.raises(ValidationError, match="Nothing open names"):
        followed(small)


def test_plans_and_sections_that_an_ended_sub_group_oversees_follow_its_successor(group_ends):
    small = group_ends
    draft = changes.create_plan(
        board=small.board, slug="next", title="Next plan", overseen_by=small.new_group, by=small.manager, at=MAY
    )
    section = changes.add_section(
        plan=draft, title="Pursue", number="2", overseen_by=small.group, by=small.manager, at=MAY
    )
    old = changes.create_plan(
        board=small.board, slug="old", title="Old plan", overseen_by=small.group, by=small.manager, at=MAY
    )
    Plan.objects.filter(pk=old.pk).update(as_at=date(2020, 1, 1))
    changes.follow_successor(place=small.group, to_owner=small.new_owner, by=small.manager, at=AFTER)
    for row, group in ((small.plan, small.new_group), (section, small.new_group), (old, small.group)):
        row.refresh_from_db()
        assert row.overseen_by == group
    assert leading(small.three) == [("Exploitation Group", "lead")]
    assert told(small.board, "plan.overseer_followed") == [
        "Manager let Exploitation Group, which follows CSE Group, oversee Action plan 2026."
    ]
    assert told(small.board, "section.overseer_followed") == [
        "Manager let Exploitation Group, which follows CSE Group, oversee 2 Pursue of Next plan."
    ]


def test_a_renamed_owner_keeps_its_actions_and_the_history_its_old_name(small):
    board_changes.change_owner(owner=small.health, name="Health and Care", by=small.manager, at=MAY)
    assert leading(small.two) == [("Police", "joint_lead"), ("Health and Care", "lead")]
    assert any("Health (lead)" in line for line in told(small.board, "action.added"))


# Who has nobody


def test_owners_with_open_actions_and_no_holder_are_listed_most_actions_first(small):
    holder = small.person("contact", "contact", small.police_seat)
    held = board_changes.appoint_holder(
        owner=small.police, person=holder, starts=date(2026, 4, 1), by=small.manager, at=AT
    )
    found = following.vacancies(small.board, date(2026, 5, 4))
    assert [(row.owner.name, row.actions) for row in found] == [("CSE Group", 1), ("Health", 1)]
    board_changes.end_holder(holder=held, ends=date(2026, 5, 10), by=small.manager, at=MAY)
    found = following.vacancies(small.board, date(2026, 5, 11))
    assert (found[0].owner, found[0].since, found[0].actions) == (small.police, date(2026, 5, 11), 2)
    small.say(small.one, small.police, MAY, small.blue, status="complete")
    assert {row.owner.name: row.actions for row in following.vacancies(small.board, ENDS)}["Police"] == 1


def test_what_is_left_takes_as_many_queries_for_many_as_for_one(health_ends, django_assert_max_num_queries):
    small = health_ends
    for number in range(8):
        seat = board_changes.add_seat(
            board=small.board, agency_name=f"Agency {number}", agency_kind="health", by=small.manager, at=MAY
        )
        Seat.objects.filter(pk=seat.pk).update(ends=ENDS, successor=small.icb_seat)
        board_changes.add_owner(
            board=small.board, name=f"Owner {number}", kind="seat", seat=seat, by=small.manager, at=MAY
        )
    with django_assert_max_num_queries(5):
        assert [left.place for left in following.waiting(small.board, AFTER.date())] == [small.health_seat]
    with django_assert_max_num_queries(3):
        following.vacancies(small.board, AFTER.date())
    assert Owner.objects.count() > 8
