"""Somebody asks for another date, and the board decides: the verbs, and their pages."""

import html
import re
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actions import changes
from actions.models import Action, DateChange, DateRequest, Plan
from boards.audit import differences, verify
from boards.changes import MeetingGiven, give_role, redact
from boards.models import AccessLog, Event
from boards.redaction import details_of
from boards.sentences import sentence
from tests import builders
from tests.actions.conftest import moment
from tests.builders import TODAY

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


# The page


class Desk:
    """Somebody's browser on TODAY, and a request of the business manager for an action of the police."""

    def __init__(self, client, cast, action):
        self.client, self.cast, self.action = client, cast, action
        self.address = f"/boards/elmshire/plans/cse-plan/actions/{action.pk}/"
        self.request = self.ask(action)

    def ask(self, action, to_due=date(2027, 6, 30), why="The trainer left."):
        given = {"action": action, "to_due": to_due, "why": why}
        return changes.ask_for_date(**given, by=self.cast.manager, at=builders.moment(TODAY, 8))

    @property
    def page(self):
        return f"{self.address}dates/{self.request.pk}/"

    def get(self, who, page=None):
        self.client.force_login(getattr(self.cast, who))
        with builders.at(TODAY):
            return self.client.get(page or self.page)

    def post(self, who, button, page=None, **typed):
        self.client.force_login(getattr(self.cast, who))
        sent = {button: "", "seen": "2027-03-31", **typed}
        with builders.at(TODAY):
            return self.client.post(page or self.page, sent, follow=True)

    def due(self):
        return Action.objects.get(pk=self.action.pk).due


@pytest.fixture
def desk(client, db):
    cast = builders.make_board()
    plan = builders.make_plan(cast, actions=0, agreed=False)
    for reference, limited in (("1.1", False), ("9.1", True)):
        builders.make_action(cast, plan, reference, wording=f"Words of {reference}", limited=limited)
    builders.agree(cast, plan)
    return Desk(client, cast, plan.actions.get(reference="1.1"))


@pytest.mark.parametrize("who", ["coordinator", "manager", "chair"])
def test_who_keeps_the_plan_and_who_oversees_it_find_the_request_and_agree(desk, who):
    work = words(desk.get(who, "/"))
    assert "1 due date to decide" in work
    assert "1.1 Words of 1.1 30 June 2027 is asked for in place of 31 March 2027 by Morgan Manager" in work
    assert f'href="{desk.page}"' in desk.get(who, "/").text
    assert "Another due date is asked for: 30 June 2027." in words(desk.get("member", desk.address))
    page = words(desk.get(who))
    for told in ("The trainer left.", "never moved", "91 days later", "asked by Morgan Manager", "Not decided yet"):
        assert told in page
    assert ("At which meeting?" in page) is (who != "chair")
    page = desk.post(who, "agree")
    assert "The action is due on 30 June 2027 from now on." in page.text
    assert desk.due() == date(2027, 6, 30)
    assert "asked by Morgan Manager" in words(page)
    assert "is asked for" not in words(page)
    assert "to decide" not in words(desk.get(who, "/"))
    told = words(desk.get("member"))
    assert f"Agreed by {getattr(desk.cast, who)} on 28 September 2026; it was due on 31 March 2027" in told
    assert "Agree to" not in told


def test_a_date_that_is_kept_says_why(desk):
    page = desk.post("chair", "keep", answer="  ")
    assert "Say why the date stays as it is. Whoever asked reads it." in page.text
    page = desk.post("chair", "keep", answer="Somebody else <b>trains</b>.")
    assert "The date stays as it is." in page.text
    assert desk.due() == date(2027, 3, 31)
    page = desk.get("contact")
    assert "Not agreed: the date stays Somebody else" in words(page)
    assert "&lt;b&gt;trains" in page.text
    assert "to decide" not in words(desk.get("coordinator", "/"))


@pytest.mark.parametrize("who", ["contact", "contributor", "member", "approver", "scrutineer", "secretary", "nurse"])
def test_others_read_it_and_decide_nothing(desk, who):
    page = words(desk.get(who))
    assert "The trainer left." in page
    assert "Agree to it" not in page
    for button in ("agree", "keep"):
        assert desk.post(who, button, answer="").status_code == 403
    assert "to decide" not in words(desk.get(who, "/"))
    assert DateRequest.objects.get().is_open


def test_a_chair_who_oversees_another_part_decides_nothing_here(desk):
    person, who = desk.cast.member, {"by": desk.cast.manager, "at": builders.moment(TODAY, 7)}
    give_role(person=person, role="chair", on=desk.cast.operational, **who)
    assert desk.post("member", "agree").status_code == 403


def test_whoever_covers_the_chair_decides(desk):
    cast, who = desk.cast, {"by": desk.cast.manager, "at": builders.moment(TODAY, 7)}
    give_role(
        person=cast.stranger, role="chair", on=cast.strategic, starts=TODAY, ends=TODAY, covering=cast.chair, **who
    )
    assert "The action is due on 30 June 2027" in desk.post("stranger", "agree").text


def test_the_keeper_names_the_meeting_and_a_chair_cannot(desk):
    new = {
        "new_meeting": "June meeting",
        "new_meeting_on_day": 1,
        "new_meeting_on_month": 6,
        "new_meeting_on_year": 2026,
    }
    page = desk.post("coordinator", "agree", new_meeting="June meeting")
    assert "Say on which day the meeting was." in page.text
    assert desk.request.state == "open"
    other = desk.ask(desk.action, date(2027, 7, 31))
    desk.post("chair", "agree", page=f"{desk.address}dates/{other.pk}/", **new)
    assert not desk.cast.board.meeting_set.filter(name="June meeting").exists()
    desk.post("coordinator", "agree", **new, seen="2027-07-31")
    assert str(desk.action.date_changes.get(request=desk.request).meeting) == "June meeting"
    assert "; at June meeting" in words(desk.get("member"))


@pytest.mark.parametrize("who", ["stranger", "nurse", "member", "contributor"])
def test_one_of_limited_circulation_is_there_for_its_own_people_alone(client, desk, who):
    limited = Desk(client, desk.cast, Action.objects.get(reference="9.1"))
    if who == "contributor":
        assert limited.get(who).status_code == 200
        assert AccessLog.objects.filter(what="action.read", by=desk.cast.contributor).exists()
        return
    missing = limited.get(who, f"{limited.address}dates/999999/")
    assert limited.get(who).status_code == limited.post(who, "agree").status_code == missing.status_code == 404
    assert "Words of 9.1" not in limited.get(who, "/").text
    assert "2 due dates to decide" in words(limited.get("chair", "/"))


def test_one_of_another_board_or_of_another_action_is_not_there(client, desk):
    there = builders.make_board("oakshire", "Oakshire Partnership")
    plan = builders.make_plan(there, actions=1, slug="oak-plan")
    theirs = Desk(client, there, plan.actions.get())
    crossed = f"{desk.address}dates/{theirs.request.pk}/"
    other = Desk(client, desk.cast, Action.objects.get(reference="9.1"))
    for page in (crossed, f"/boards/oakshire/plans/oak-plan/actions/{theirs.action.pk}/dates/{theirs.request.pk}/",
                 f"{desk.address}dates/{other.request.pk}/"):  # fmt: skip
        assert desk.get("manager", page).status_code == 404
        assert desk.post("manager", "agree", page=page).status_code == 404
    assert DateRequest.objects.filter(state="open").count() == 3
    assert "Oakshire" not in words(desk.get("manager", "/"))


@pytest.mark.parametrize("second", ["agree", "keep"])
def test_a_second_click_and_a_page_decided_meanwhile_are_told_and_lose_nothing(desk, second):
    desk.post("chair", "agree")
    page = desk.post("coordinator", second, answer="Somebody else trains." if second == "keep" else "")
    assert page.status_code == 200
    assert "Charlie Chair agreed to this date on 28 September 2026." in page.text
    assert ("Somebody else trains." in words(page)) is (second == "keep")
    assert desk.action.date_changes.count() == 1


def test_a_date_that_moved_since_the_page_was_opened_is_told_and_agreed_to_when_sent_again(desk):
    who = {"by": desk.cast.manager, "at": builders.moment(TODAY, 9)}
    changes.move_date(action=desk.action, to_due=date(2027, 4, 30), why="A month", **who)
    page = desk.post("coordinator", "agree", new_meeting="Board", new_meeting_on_day="", seen="2027-03-31")
    assert "Say on which day" in page.text
    typed = {"new_meeting": "Board", "new_meeting_on_day": 1, "new_meeting_on_month": 9, "new_meeting_on_year": 2026}
    page = desk.post("coordinator", "agree", **typed)
    assert "it was 31 March 2027 when you opened this page" in page.text
    assert 'value="2027-04-30"' in page.text
    assert 'value="Board"' in page.text
    assert "61 days later" in words(page)
    assert "moved once" in words(page)
    assert desk.due() == date(2027, 4, 30)
    desk.post("coordinator", "agree", **typed, seen="2027-04-30")
    assert desk.due() == date(2027, 6, 30)


def test_words_for_keeping_the_date_are_not_dropped_by_agreeing(desk):
    page = desk.post("coordinator", "agree", answer="It is needed by March.")
    assert "Take these words out to agree, or keep the date." in page.text
    assert "It is needed by March.</textarea>" in page.text
    assert desk.due() == date(2027, 3, 31)


def test_of_an_action_that_is_over_the_request_can_only_be_cleared(desk):
    builders.say(desk.cast, desk.action, on=TODAY, period="Q2 2026/27", status="complete")
    assert "to decide" not in words(desk.get("coordinator", "/"))
    page = words(desk.get("coordinator"))
    assert "The action is complete, and its date moves no more." in page
    assert "Agree to it" not in page
    assert "its date moves no more" in desk.post("coordinator", "agree").text
    desk.post("coordinator", "keep", answer="It is done.")
    assert DateRequest.objects.get().state == "refused"


def test_in_a_closed_plan_it_says_that_nobody_decided(desk):
    Plan.objects.filter(pk=desk.action.plan_id).update(state="closed", closed_on=TODAY)
    assert "The plan was closed before anybody decided." in words(desk.get("coordinator"))
    assert desk.post("coordinator", "keep", answer="No.").status_code == 403
    assert "to decide" not in words(desk.get("coordinator", "/"))


def test_an_action_without_a_date_is_asked_for_its_first(client, desk):
    plan = builders.make_plan(desk.cast, actions=0, slug="other", agreed=False)
    builders.make_action(desk.cast, plan, "1", timescale="Ongoing")
    builders.agree(desk.cast, plan)
    undated = Desk(client, desk.cast, plan.actions.get())
    undated.address = undated.address.replace("cse-plan", "other")
    assert "A first due date is asked for: 30 June 2027." in words(undated.get("member", undated.address))
    page = words(undated.get("chair"))
    assert "Due now No date" in page
    assert "Keep it without a date" in page
    undated.post("chair", "agree", seen="")
    assert undated.due() == date(2027, 6, 30)
    assert "Agreed by Charlie Chair on 28 September 2026" in words(undated.get("member"))


def test_long_words_are_shown_whole(desk):
    long = "Überraschungs" * 300
    other = desk.ask(desk.action, date(2027, 7, 31), f"<b>{long}")
    page = desk.get("member", f"{desk.address}dates/{other.pk}/").text
    assert f"&lt;b&gt;{long}" in page


def test_how_late_the_action_is_stands_beside_its_date_until_it_is_decided(desk):
    who = {"by": desk.cast.manager, "at": builders.moment(TODAY, 8)}
    changes.move_date(action=desk.action, to_due=date(2026, 9, 20), why="Sooner", **who)
    assert "Due now 20 September 2026 8 days overdue moved once the plan says “March 2027”" in words(desk.get("member"))
    desk.post("coordinator", "keep", answer="It is late enough.")
    assert "overdue" not in words(desk.get("member"))


def test_the_page_of_a_past_day_says_what_was_asked_then(desk):
    first, then = date(2026, 5, 4), date(2026, 5, 6)
    given = {"action": desk.action, "to_due": date(2027, 8, 31), "why": "So.", "by": desk.cast.manager}
    asked = changes.ask_for_date(**given, at=builders.moment(first))
    changes.refuse_date(request=asked, answer="No.", by=desk.cast.chair, at=builders.moment(then))
    told = "Another due date was asked for: 31 August 2027. Morgan Manager asked on 4 May 2026. That was not decided."
    for day, shown in (("2026-05-03", False), ("2026-05-04", True), ("2026-05-05", True), ("2026-05-06", False)):
        page = words(desk.get("member", f"{desk.address}as-at/?day={day}"))
        assert (told in page) is shown, day


def test_what_was_redacted_reads_as_removed(desk):
    redact(board=desk.cast.board, passage="The trainer left.", reason="Named somebody", by=desk.cast.manager,
           at=builders.moment(TODAY, 9))  # fmt: skip
    page = words(desk.get("member"))
    assert "The trainer left." not in page
    history = words(desk.get("member", f"{desk.address}history/"))
    assert "The trainer left." not in history
    assert "asked that the due date move from 31 March 2027 to 30 June 2027, because" in history
    assert "The action is due on" in desk.post("coordinator", "agree").text


def test_the_pages_take_as_many_queries_for_many_requests_as_for_one(desk):
    taken = {}
    for more in (0, 12):
        for number in range(more):
            desk.ask(desk.action, date(2027, 7, 1 + number))
        for page in ("/", desk.address, desk.page):
            desk.get("coordinator", page)
            with CaptureQueriesContext(connection) as queries:
                assert desk.get("coordinator", page).status_code == 200
            taken.setdefault(page, []).append(len(queries))
    assert "13 due dates to decide" in words(desk.get("coordinator", "/"))
    for page, (few, many) in taken.items():
        assert few == many, page


def words(page):
    return " ".join(html.unescape(re.sub("<[^>]*>", " ", page.text)).split()).replace(" .", ".").replace(" ;", ";")
