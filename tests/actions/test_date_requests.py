"""Somebody asks for another date, and the board decides: the verbs, and their pages."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from actions import changes
from actions.models import Action, DateChange, DateRequest, Plan
from boards.audit import differences, verify
from boards.changes import MeetingGiven
from boards.models import Event
from boards.redaction import details_of
from boards.sentences import sentence
from tests.actions.conftest import moment

ON, LATER = moment(2026, 5, 4), moment(2026, 5, 11)
ASKED_FOR = date(2026, 9, 30)


def asked(small, **more):
    given = {"action": small.one, "to_due": ASKED_FOR, "why": "He left.", "by": small.person("asker"), "at": ON}
    return changes.ask_for_date(**given | more)


def refused(call, words, **given):
    before = Event.objects.count()
    with pytest.raises(ValidationError) as wrong:
        call(**given)
    assert words in " ".join(wrong.value.messages)
    assert Event.objects.count() == before
    assert not DateChange.objects.filter(request__isnull=False).exists()


def decision(small):
    return {"by": small.manager, "at": LATER}


def told(board):
    events = list(Event.objects.filter(board=board, verb__startswith="date.").order_by("sequence"))
    details = details_of(events)
    return [sentence(event, details[event.pk]) for event in events]


def test_an_agreed_request_moves_the_date_for_the_reason_it_gave(small):
    request = asked(small)
    assert small.one.due == date(2026, 6, 30)
    meeting = MeetingGiven("May meeting", date(2026, 5, 11))
    changes.agree_date(request=request, meeting=meeting, seen=date(2026, 6, 30), **decision(small))
    small.refresh()
    request.refresh_from_db()
    assert (small.one.due, small.one.first_due) == (ASKED_FOR, date(2026, 6, 30))
    assert (request.state, request.decided_by, request.decided_at) == ("agreed", small.manager, LATER)
    moved = small.one.date_changes.get()
    assert (moved.kind, moved.request, moved.why) == ("moved", request, "He left.")
    assert (moved.asked_by, moved.agreed_by, str(moved.meeting)) == ("Asker", small.manager, "May meeting")
    assert told(small.board) == [
        "Asker asked that the due date move from 30 June 2026 to 30 September 2026, because “He left.”",
        "Manager moved the due date from 30 June 2026 to 30 September 2026, asked by Asker, because “He left.”",
    ]
    assert verify(small.board) is None
    assert not list(differences(small.board, LATER))


def test_an_action_without_a_date_gets_its_first(small):
    request = asked(small, action=small.three)
    changes.agree_date(request=request, seen="", **decision(small))
    small.refresh()
    assert (small.three.due, small.three.first_due) == (ASKED_FOR, ASKED_FOR)
    assert small.three.date_changes.get().kind == "dated"
    assert told(small.board) == [
        "Asker asked for a first due date, 30 September 2026, because “He left.”",
        "Manager gave the action its first due date, 30 September 2026, asked by Asker, because “He left.”",
    ]


def test_a_date_that_is_kept_needs_a_reason_and_stays(small):
    request = asked(small)
    refused(changes.refuse_date, "Say why the date stays", request=request, answer=" \n", **decision(small))
    changes.refuse_date(request=request, answer="Somebody else trains.", **decision(small))
    small.refresh()
    request.refresh_from_db()
    assert small.one.due == date(2026, 6, 30)
    assert (request.state, request.answer, request.decided_by) == ("refused", "Somebody else trains.", small.manager)
    assert told(small.board)[-1] == (
        "Manager did not agree to 30 September 2026, the due date that was asked for, because “Somebody else trains.”"
    )
    assert not list(differences(small.board, LATER))


@pytest.mark.parametrize("first", ["agree", "keep"])
def test_what_is_decided_is_not_decided_again(small, first):
    request = asked(small)
    if first == "agree":
        changes.agree_date(request=request, **decision(small))
    else:
        changes.refuse_date(request=request, answer="No.", **decision(small))
    words = "agreed to this date on 11 May 2026" if first == "agree" else "that the date stays on 11 May"
    before = Event.objects.count()
    for verb, more in ((changes.agree_date, {}), (changes.refuse_date, {"answer": "No."})):
        with pytest.raises(ValidationError, match=words):
            verb(request=request, by=small.manager, at=moment(2026, 5, 12), **more)
    assert Event.objects.count() == before
    assert DateChange.objects.count() == (first == "agree")


def test_a_date_that_moved_meanwhile_is_said(small):
    request, first = asked(small), asked(small, action=small.three)
    changes.move_date(action=small.one, to_due=date(2026, 7, 31), why="A week", by=small.manager, at=ON)
    changes.give_first_date(action=small.three, to_due=date(2026, 7, 31), why="Now", by=small.manager, at=ON)
    words = "meanwhile: it was 30 June 2026 when you opened this page"
    refused(changes.agree_date, words, request=request, seen=date(2026, 6, 30), **decision(small))
    refused(changes.agree_date, "meanwhile: there was none", request=first, seen="", **decision(small))
    assert DateRequest.objects.filter(state="open").count() == 2
    changes.agree_date(request=request, seen=date(2026, 7, 31), **decision(small))
    changes.agree_date(request=first, seen=date(2026, 7, 31), **decision(small))
    small.refresh()
    assert small.one.due == small.three.due == ASKED_FOR
    assert [change.kind for change in small.three.date_changes.all()] == ["dated", "moved"]
    assert small.three.first_due == date(2026, 7, 31)


def test_a_date_that_it_has_already_is_not_agreed_but_may_be_taken_off_the_table(small):
    request = asked(small)
    changes.move_date(action=small.one, to_due=ASKED_FOR, why="As asked", by=small.manager, at=ON)
    refused(changes.agree_date, "Keep the date as it is, and say so", request=request, **decision(small))
    changes.refuse_date(request=request, answer="It has it already.", **decision(small))


def test_the_date_of_an_action_that_is_over_no_longer_moves_and_what_was_asked_is_cleared(small):
    done, gone = asked(small), asked(small, action=small.two, to_due=date(2026, 12, 31))
    small.say(small.one, small.police, moment(2026, 5, 5), status="complete")
    changes.replace_action(action=small.two, wording="Agree another", reason="So", by=small.manager, at=ON)
    refused(changes.agree_date, "The action is complete, and its date moves no more", request=done, **decision(small))
    refused(changes.agree_date, "it goes on in another action", request=gone, **decision(small))
    for request in (done, gone):
        changes.refuse_date(request=request, answer="It is over.", **decision(small))


@pytest.mark.parametrize(
    ("ended", "words"),
    [
        ({"state": "closed", "closed_on": date(2026, 5, 5)}, "is closed, and its record stays as it is"),
        ({"as_at": date(2026, 5, 5)}, "is the record of a plan as at 5 May 2026"),
    ],
)
def test_nothing_is_decided_in_a_plan_that_has_ended(small, ended, words):
    request = asked(small)
    Plan.objects.filter(pk=small.plan.pk).update(**ended)
    refused(changes.agree_date, words, request=request, **decision(small))
    refused(changes.refuse_date, words, request=request, answer="No.", **decision(small))
    assert Action.objects.get(pk=small.one.pk).due == date(2026, 6, 30)
