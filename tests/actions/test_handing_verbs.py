"""Handing an action over: an offer, its answer, and what stays with the old owner."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from actions import changes, history
from actions.models import Action, ActionVersion, Offer, OwnerRole, Plan
from actions.permissions import readable_events, readable_submissions
from actions.standing import standings, with_dates
from boards import changes as board_changes
from boards import redaction
from boards.audit import differences, verify
from boards.models import Event, EventDetail, Seat
from boards.redaction import details_of
from boards.sentences import sentence
from tests.actions.conftest import AT, moment
from tests.builders import make_draft_again

ON = moment(2026, 5, 4)
LATER = moment(2026, 5, 11)
MUCH_LATER = moment(2026, 6, 1)


def offered(small, **more):
    given = {
        "action": small.one,
        "from_owner": small.police,
        "to_owner": small.health,
        "reason": "The nurses hold the course now.",
        "by": small.manager,
        "at": ON,
        **more,
    }
    return changes.offer_action(**given)


def refused(call, words, **given):
    before = Event.objects.count()
    with pytest.raises(ValidationError) as wrong:
        call(**given)
    assert words in " ".join(wrong.value.messages)
    assert Event.objects.count() == before


def leads(action):
    return list(action.owner_roles.filter(role="lead", until=None).values_list("owner__name", flat=True))


def told(board):
    events = list(Event.objects.filter(board=board, verb__startswith="offer.").order_by("sequence"))
    details = details_of(events)
    return [sentence(event, details[event.pk]) for event in events]


def test_until_it_is_answered_the_old_owner_leads(small):
    offer = offered(small)
    assert (offer.state, offer.role, offer.from_owner, offer.to_owner) == ("open", "lead", small.police, small.health)
    assert leads(small.one) == ["Police"]
    assert small.one.versions.count() == 1


def test_an_acceptance_is_a_version_with_the_reason_of_the_offer(small):
    nurse = small.person("nurse", "contact", small.health_seat)
    meeting = board_changes.add_meeting(
        board=small.board, name="May meeting", held_on=date(2026, 5, 4), by=small.manager, at=ON
    )
    offer = changes.accept_offer(offer=offered(small, meeting=meeting), by=nurse, at=LATER)
    assert (offer.state, offer.answered_by, offer.answered_at) == ("accepted", nurse, LATER)
    version = small.one.versions.get(number=2)
    assert offer.version == version
    assert version.reason == "Handed over from Police to Health: The nurses hold the course now."
    assert (version.wording, version.meeting, version.by) == ("Train the front desk", meeting, nurse)
    assert leads(small.one) == ["Health"]
    assert small.one.owner_roles.get(owner=small.police).until == version


def test_the_trail_tells_it_in_sentences(small):
    nurse = small.person("nurse", "contact", small.health_seat)
    changes.withdraw_offer(offer=offered(small), answer="Too early.", by=small.manager, at=ON)
    changes.refuse_offer(offer=offered(small), answer="We lost two posts.", by=nurse, at=ON)
    changes.accept_offer(offer=offered(small), by=nurse, at=LATER)
    assert told(small.board) == [
        "Manager asked Health to take over the lead from Police, because “The nurses hold the course now.”",
        "Manager no longer asks Health to take over the lead, because “Too early.”",
        "Manager asked Health to take over the lead from Police, because “The nurses hold the course now.”",
        "Nurse refused for Health to take over the lead from Police, because “We lost two posts.”",
        "Manager asked Health to take over the lead from Police, because “The nurses hold the course now.”",
        "Nurse accepted for Health: Health took over the lead from Police.",
    ]
    assert verify(small.board) is None
    assert differences(small.board, MUCH_LATER) == []


def test_the_keeper_writes_down_who_agreed_and_how(small):
    outside = board_changes.add_owner(board=small.board, name="Barnardo’s", kind="outside", by=small.manager, at=AT)
    offer = offered(small, to_owner=outside)
    refused(changes.accept_offer, "Say how it was agreed", offer=offer, agreed_by="Jo", by=small.manager, at=LATER)
    how = "By telephone on 10 May."
    done = changes.accept_offer(offer=offer, agreed_by="Their service manager", answer=how, by=small.manager, at=LATER)
    assert (done.agreed_by, done.answer) == ("Their service manager", how)
    assert told(small.board)[-1] == (
        "Manager recorded that Barnardo’s took over the lead from Police, as agreed by Their service manager:"
        " “By telephone on 10 May.”"
    )


def test_a_joint_lead_hands_over_its_own_part_alone(small):
    offer = offered(small, action=small.two, to_owner=small.cse_group)
    assert offer.role == "joint_lead"
    changes.accept_offer(offer=offer, by=small.manager, at=LATER)
    now = small.two.owner_roles.filter(until=None).values_list("owner__name", "role")
    assert set(now) == {("Health", "lead"), ("CSE Group", "joint_lead")}


def test_a_joint_lead_who_takes_the_lead_over_no_longer_joins_in(small):
    offer = offered(small, action=small.two, from_owner=small.health, to_owner=small.police)
    changes.accept_offer(offer=offer, by=small.manager, at=LATER)
    assert list(small.two.owner_roles.filter(until=None).values_list("owner__name", "role")) == [("Police", "lead")]


def test_what_cannot_be_offered_is_refused_in_words(small):
    unsure = board_changes.add_owner(board=small.board, name="TBC", kind="to_be_confirmed", by=small.manager, at=AT)
    refused(offered, "does not lead this action", small=small, from_owner=small.cse_group)
    refused(offered, "leads this action already", small=small, to_owner=small.police)
    refused(offered, "Nobody can answer as “TBC”", small=small, to_owner=unsure)
    refused(offered, "Say why it is handed over", small=small, reason=" \n")
    refused(
        offered, "leads this action already",
        small=small, action=small.two, from_owner=small.police, to_owner=small.health,
    )  # fmt: skip
    other = board_changes.create_board(slug="southshire", name="Southshire", by=None, at=AT)
    theirs = board_changes.add_owner(board=other, name="Theirs", kind="outside", by=None, at=AT)
    refused(offered, "no owner of this board", small=small, to_owner=theirs)
    offered(small)
    refused(offered, "offered to Health already", small=small)
    Seat.objects.filter(pk=small.health_seat.pk).update(ends=date(2026, 5, 1))
    small.health.refresh_from_db()
    refused(offered, "ended on 1 May 2026", small=small, action=small.three, from_owner=small.cse_group)


def test_an_action_that_is_done_or_of_a_plan_not_in_use_is_not_handed_over(small):
    small.say(small.one, small.police, ON, small.blue, status="complete")
    refused(offered, "nobody is asked about it any more", small=small)
    make_draft_again(small.plan)
    refused(offered, "is a draft", small=small, action=small.two)


def test_an_offer_of_a_plan_that_closed_meanwhile_is_not_accepted_and_may_be_withdrawn(small):
    offer = offered(small)
    Plan.objects.filter(pk=small.plan.pk).update(state="closed", closed_on=date(2026, 5, 5))
    refused(changes.accept_offer, "is closed", offer=offer, by=small.manager, at=LATER)
    assert changes.withdraw_offer(offer=offer, by=small.manager, at=LATER).state == "withdrawn"


def test_an_offer_is_answered_once(small):
    offer = offered(small)
    refused(changes.refuse_offer, "Say why not", offer=offer, answer=" ", by=small.manager, at=LATER)
    changes.refuse_offer(offer=offer, answer="We lost two posts.", by=small.manager, at=LATER)
    for verb, more in (
        (changes.accept_offer, {}),
        (changes.withdraw_offer, {}),
        (changes.refuse_offer, {"answer": "No"}),
    ):
        refused(verb, "answered this offer on 11 May 2026: refused", offer=offer, by=small.manager, at=LATER, **more)
    assert leads(small.one) == ["Police"]


def test_who_no_longer_has_the_part_cannot_give_it(small):
    offer = offered(small, action=small.two, to_owner=small.cse_group)
    two = offered(small, action=small.two, from_owner=small.health, to_owner=small.police)
    changes.accept_offer(offer=two, by=small.manager, at=LATER)
    refused(changes.accept_offer, "no longer has this part", offer=offer, by=small.manager, at=LATER)


# What was said, and what was being said


def answer(small, words="Half of it is written."):
    return changes.Answer(status="in_progress", rating=small.green, words=words)


def round_of(small):
    return changes.open_round(
        period=small.q1, opens=date(2026, 4, 15), due=date(2026, 7, 10), grace_ends=date(2026, 7, 17),
        closes=date(2026, 7, 24), by=small.manager, at=AT,
    )  # fmt: skip


def test_what_the_old_owner_had_begun_never_passes_to_the_new_one(small):
    contact = small.person("contact", "contact", small.police_seat)
    nurse = small.person("nurse", "contact", small.health_seat)
    asked = round_of(small)
    draft = changes.save_draft(
        action=small.one, owner=small.police, round=asked, answer=answer(small), by=contact, at=ON
    )
    changes.accept_offer(offer=offered(small), by=nurse, at=LATER)
    day = LATER.date()
    draft.refresh_from_db()
    assert (draft.owner, draft.state) == (small.police, "draft")
    assert draft not in readable_submissions(nurse, day)
    assert draft in readable_submissions(contact, day)
    assert not readable_events(nurse, small.board, day).filter(verb="submission.saved").exists()
    assert readable_events(contact, small.board, day).filter(verb="submission.saved").exists()
    lines = history.timeline(small.one, internal=False, on_their_way=[small.health])
    assert "saved a draft" not in str(lines)
    mine = changes.save_draft(
        action=small.one, owner=small.health, round=asked, answer=answer(small, "Begun anew."), by=nurse, at=LATER
    )
    assert mine.pk != draft.pk
    with pytest.raises(changes.NotWhole, match="does not lead this action"):
        changes.submit_update(
            action=small.one, owner=small.police, round=asked, answer=answer(small), by=contact, at=LATER
        )


def test_what_the_old_owner_had_sent_in_may_still_be_accepted_under_its_name(small):
    contact = small.person("contact", "contact", small.police_seat)
    sent = changes.submit_update(
        action=small.one, owner=small.police, round=round_of(small), answer=answer(small), by=contact, at=ON
    )
    changes.accept_offer(offer=offered(small), by=small.manager, at=LATER)
    said = changes.accept_submission(submission=sent, by=small.manager, at=MUCH_LATER)
    assert said.owner == small.police
    small.refresh()
    assert small.one.last_update == said
    assert small.one.heard_on == date(2026, 5, 4)


def test_the_words_of_the_old_owner_stand_until_the_new_one_speaks(small):
    said = small.say(small.one, small.police, ON, small.amber)
    changes.accept_offer(offer=offered(small), by=small.manager, at=LATER)
    small.refresh()
    assert (small.one.last_update, small.one.rating) == (said, small.amber)
    new = small.say(small.one, small.health, MUCH_LATER, small.green)
    small.refresh()
    assert (small.one.last_update, small.one.rating) == (new, small.green)


# Times passed on


def passed_on(small, action, known_by=MUCH_LATER):
    found = standings(with_dates(Action.objects.filter(pk=action.pk)), on=date(2026, 6, 1), known_by=known_by)
    return found[action.pk].passed_on


def test_times_passed_on_counts_accepted_changes_of_the_lead_alone(small):
    assert passed_on(small, small.one) == 0
    changes.refuse_offer(offer=offered(small), answer="No.", by=small.manager, at=ON)
    changes.accept_offer(offer=offered(small), by=small.manager, at=LATER)
    back = offered(small, from_owner=small.health, to_owner=small.police, at=LATER)
    assert passed_on(small, small.one) == 1
    changes.accept_offer(offer=back, by=small.manager, at=MUCH_LATER)
    assert passed_on(small, small.one) == 2
    assert passed_on(small, small.one, known_by=LATER) == 1
    changes.accept_offer(offer=offered(small, action=small.two, to_owner=small.cse_group), by=small.manager, at=LATER)
    assert passed_on(small, small.two) == 0


def test_other_changes_of_an_agreed_action_are_not_passing_on(small):
    changes.reword_action(action=small.one, wording="Train all desks", reason="Wider", by=small.manager, at=LATER)
    assert passed_on(small, small.one) == 0


# Below the verbs


def below(call, match):
    with pytest.raises(IntegrityError, match=match), transaction.atomic():
        call()


def raw(offer, **values):
    return lambda: Offer.objects.filter(pk=offer.pk).update(**values)


def row(small, **values):
    given = {
        "board": small.board, "action": small.one, "from_owner": small.police, "to_owner": small.health,
        "role": "lead", "reason": "So.", "offered_at": ON, "offered_by": small.manager,
    }  # fmt: skip
    return lambda: Offer.objects.create(**given | values)


def test_the_database_keeps_an_offer_as_it_was_made_and_answered(small):
    offer = offered(small)
    below(raw(offer, to_owner=small.cse_group), "what was offered to whom stays")
    below(raw(offer, reason="Otherwise."), "what was offered to whom stays")
    below(lambda: Offer.objects.filter(pk=offer.pk)._raw_delete("default"), "what was offered to whom stays")
    changes.refuse_offer(offer=offer, answer="No.", by=small.manager, at=LATER)
    below(raw(offer, answer="Yes."), "it has been answered")
    below(raw(offer, state="open", answered_at=None, answered_by=None), "it has been answered")


def test_the_database_refuses_an_offer_that_makes_no_sense(small):
    other = board_changes.create_board(slug="southshire", name="Southshire", by=None, at=AT)
    theirs = board_changes.add_owner(board=other, name="Theirs", kind="outside", by=None, at=AT)
    below(row(small, to_owner=small.police), "offer_goes_to_another_owner")
    below(row(small, to_owner=theirs), "its to owner belongs to another board")
    below(row(small, from_owner=small.cse_group), "only an owner who has the part can hand it over")
    below(row(small, reason=""), "offer_says_why")
    below(row(small, state="refused", answer="No.", answered_at=ON, answered_by=small.manager), "it is open until")
    offer = offered(small)
    below(row(small, to_owner=small.cse_group), r"one_open_offer_an_action_and_role|action_id, .*role")
    below(raw(offer, state="refused", answered_at=ON, answered_by=small.manager), "offer_state_fits_its_answer")
    below(raw(offer, state="accepted", answered_at=ON, answered_by=small.manager), "offer_state_fits_its_answer")
    elsewhere = ActionVersion.objects.get(action=small.two)
    below(
        raw(offer, state="accepted", answered_at=ON, answered_by=small.manager, version=elsewhere),
        "its version belongs to another action",
    )


def test_a_redaction_reaches_the_words_of_an_offer(small):
    changes.refuse_offer(offer=offered(small), answer="The Xylon unit closed.", by=small.manager, at=ON)
    places = redaction.find(small.board, redaction.Passage("Xylon unit"))
    board_changes.redact(
        board=small.board, passage="Xylon unit", reason="names a unit", seen=redaction.fingerprint(places),
        by=small.manager, at=LATER,
    )  # fmt: skip
    assert "Xylon" not in Offer.objects.get().answer
    assert not any("Xylon" in str(value) for value in EventDetail.objects.values_list("value", flat=True))
    assert OwnerRole.objects.filter(action=small.one, until=None).get().owner == small.police
