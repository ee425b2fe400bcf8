"""Handing an action over in pages: asked, waiting, accepted or refused, written down, taken back."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actions import changes
from actions.models import Action, Offer
from boards.changes import add_meeting, add_owner
from boards.models import AccessLog
from tests.builders import TODAY, agree, at, make_action, make_board, make_plan, moment, say

pytestmark = pytest.mark.django_db


class Desk:
    """Somebody's browser on TODAY."""

    def __init__(self, client, cast, action):
        self.client, self.cast, self.action = client, cast, action
        self.address = f"/boards/elmshire/plans/cse-plan/actions/{action.pk}/"

    def get(self, who, page="", **more):
        self.client.force_login(getattr(self.cast, who))
        with at(TODAY):
            return self.client.get(self.address + page if not page.startswith("/") else page, **more)

    def post(self, who, page, **sent):
        self.client.force_login(getattr(self.cast, who))
        with at(TODAY):
            return self.client.post(self.address + page, sent, follow=True)

    def offer(self, who="coordinator", to="health_owner"):
        page = self.post(who, "hand-over/", to_owner=getattr(self.cast, to).pk, reason="They do the work")
        assert "is asked to take over. Until they answer, Police has the action." in page.text
        return f"offers/{Offer.objects.get(state='open').pk}/"

    def leads(self):
        rows = Action.objects.get(pk=self.action.pk).owner_roles.filter(role="lead", until=None)
        return [str(row.owner) for row in rows]


@pytest.fixture
def desk(client):
    cast = make_board()
    plan = make_plan(cast, actions=1, agreed=False)
    make_action(cast, plan, "9.1", wording="Kept among few", limited=True)
    agree(cast, plan)
    return Desk(client, cast, plan.actions.get(reference="1.1"))


def test_the_other_owners_contact_finds_the_offer_and_accepts_it(desk):
    offer = desk.offer()
    assert desk.leads() == ["Police"]
    work = desk.get("nurse", "/").text
    assert "1 action you are asked to take over" in work
    assert "for Health, from Police" in work
    page = desk.get("nurse", offer)
    assert "They do the work" in page.text
    page = desk.post("nurse", offer, accept="")
    assert "Health has taken over, and is asked for updates from now on." in page.text
    assert desk.leads() == ["Health"]
    assert "passed on once" in page.text
    assert "passed on once" in desk.get("member", "/boards/elmshire/plans/cse-plan/").text
    assert "asked to take over" not in desk.get("nurse", "/").text


def test_a_refusal_says_why_and_the_old_owner_goes_on(desk):
    offer = desk.offer()
    page = desk.post("nurse", offer, refuse="", answer=" ")
    assert "There is a problem" in page.text
    page = desk.post("nurse", offer, refuse="", answer="Not ours: it is school work")
    assert "You have refused for Health. Police goes on." in page.text
    assert desk.leads() == ["Police"]
    assert "Not ours: it is school work" in desk.get("coordinator", "history/").text


def test_whoever_asked_sees_it_wait_and_takes_it_back(desk):
    offer = desk.offer("contact")
    assert "Handed over, not yet answered" in desk.get("contact", "/").text
    assert "Health is asked to take over" in " ".join(
        desk.get("member").text.replace("<strong>", "").replace("</strong>", "").split()
    )
    page = desk.post("contact", offer, withdraw="")
    assert "Health is no longer asked. Police goes on." in page.text
    assert desk.leads() == ["Police"]


def test_for_an_owner_without_people_the_keeper_writes_down_who_agreed(desk):
    offer = desk.offer(to="outside_owner")
    assert "Nobody who signs in here speaks for" in desk.get("coordinator", offer).text
    assert desk.post("coordinator", offer, record="").status_code == 200
    assert desk.leads() == ["Police"]
    desk.post("coordinator", offer, record="", agreed_by="Their service manager", answer="By telephone")
    assert desk.leads() == ["Barnardo’s"]


def test_a_keeper_does_not_answer_for_those_who_can(desk):
    offer = desk.offer()
    for button in ("accept", "record"):
        assert desk.post("coordinator", offer, **{button: "", "agreed_by": "X", "answer": "Y"}).status_code == 403
    assert desk.leads() == ["Police"]


@pytest.mark.parametrize(("who", "status"), [("member", 403), ("contributor", 403), ("nurse", 403), ("stranger", 404)])
def test_others_do_not_hand_over(desk, who, status):
    assert desk.get(who, "hand-over/").status_code == status
    assert desk.post(who, "hand-over/", to_owner=desk.cast.health_owner.pk, reason="X").status_code == status


def test_a_limited_action_opens_to_the_asked_while_they_are_asked(client, desk):
    limited = Desk(client, desk.cast, Action.objects.get(reference="9.1"))
    assert limited.get("contact", "hand-over/").status_code == 403
    offer = limited.offer()
    assert limited.get("nurse").status_code == 404
    page = limited.get("nurse", offer)
    assert "Talk about it with nobody else." in page.text
    assert AccessLog.objects.filter(what="action.read", by=desk.cast.nurse).exists()
    limited.post("nurse", offer, refuse="", answer="Not ours")
    assert limited.get("nurse", offer).status_code == 404
    assert "Kept among few" not in limited.get("nurse", "/").text


def test_an_answer_given_twice_is_said_and_changes_nothing(desk):
    offer = desk.offer()
    desk.post("nurse", offer, accept="")
    page = desk.post("nurse", offer, accept="")
    assert page.status_code == 200
    assert "There is a problem" in page.text
    assert desk.leads() == ["Health"]


def test_freshness_says_whose_words_they_are_until_the_new_lead_speaks(desk):
    cast = desk.cast
    say(cast, desk.action, "amber", on=date(2026, 7, 3), period="Q2 2026/27", words="Half of it is done.")
    desk.post("nurse", desk.offer(), accept="")
    page, plan = desk.get("member").text, desk.get("member", "/boards/elmshire/plans/cse-plan/").text
    assert "87 days ago, from Police, who led before" in page
    assert "Police, 3 July 2026" in plan
    assert desk.get("member", "/boards/elmshire/overdue/").text.count("passed on once") == 1
    report = desk.get("member", "/boards/elmshire/reports/2026-07-01/").text
    assert "<strong>Police:</strong> Half of it is done." in report
    assert report.count("passed on once") > 1
    say(
        cast,
        desk.action,
        "green",
        on=date(2026, 9, 27),
        period="Q2 2026/27",
        words="We go on.",
        owner=cast.health_owner,
    )
    assert "who led before" not in desk.get("member").text
    assert "Police, " not in desk.get("member", "/boards/elmshire/plans/cse-plan/").text


def test_the_page_of_a_past_day_says_who_was_asked_then(desk):
    given = {"from_owner": desk.cast.police_owner, "to_owner": desk.cast.group_owner, "reason": "So."}
    first, then = date(2026, 5, 4), date(2026, 5, 6)
    made = changes.offer_action(action=desk.action, **given, by=desk.cast.manager, at=moment(first))
    changes.withdraw_offer(offer=made, by=desk.cast.manager, at=moment(then))
    words = f"{desk.cast.group_owner} was asked to take over from Police, since 4 May 2026, and had not answered."
    for asked, told in (("2026-05-03", False), ("2026-05-04", True), ("2026-05-05", True), ("2026-05-06", False)):
        page = " ".join(desk.get("member", f"as-at/?day={asked}").text.replace("</strong>", "").split())
        assert (words in page) is told, asked
        assert "See what was asked" not in page


def test_the_keeper_chooses_whose_part_and_which_meeting(client, desk):
    cast = desk.cast
    plan = make_plan(cast, actions=0, agreed=False, slug="other")
    make_action(cast, plan, "4.1", roles=[("joint_lead", cast.health_owner)])
    both = Desk(client, cast, agree(cast, plan).actions.get())
    both.address = both.address.replace("cse-plan", "other")
    met = add_meeting(board=cast.board, name="May meeting", held_on=TODAY, by=cast.manager, at=moment(TODAY, 7))
    assert "Whose part is handed over?" in both.get("coordinator", "hand-over/").text
    sent = {"from_owner": cast.health_owner.pk, "to_owner": cast.group_owner.pk, "reason": "So.", "meeting": met.pk}
    both.post("coordinator", "hand-over/", **sent)
    offer = Offer.objects.get()
    assert (offer.role, offer.from_owner, offer.meeting) == ("joint_lead", cast.health_owner, met)
    page = both.get("nurse", "hand-over/").text
    assert "is a joint lead now" in page
    assert "Whose part" not in page
    assert "May meeting" not in page


def test_the_keeper_names_a_meeting_that_the_board_does_not_know_yet_and_nobody_else_does(desk):
    cast, board = desk.cast, desk.cast.board
    new = {
        "new_meeting": "June meeting",
        "new_meeting_on_day": 1,
        "new_meeting_on_month": 6,
        "new_meeting_on_year": 2026,
    }
    page = desk.get("coordinator", "hand-over/").text
    assert "At which meeting?" in page
    assert "At which meeting?" not in desk.get("contact", "hand-over/").text
    page = desk.post("coordinator", "hand-over/", to_owner=cast.health_owner.pk, reason="So.", new_meeting="June").text
    assert "Say on which day the meeting was." in page
    assert not Offer.objects.exists()
    desk.post("contact", "hand-over/", to_owner=cast.health_owner.pk, reason="So.", **new)
    assert Offer.objects.get().meeting is None
    assert not board.meeting_set.filter(name="June meeting").exists()
    desk.post("coordinator", f"offers/{Offer.objects.get().pk}/", withdraw="yes")
    desk.post("coordinator", "hand-over/", to_owner=cast.health_owner.pk, reason="So.", **new)
    assert str(Offer.objects.get(state="open").meeting) == "June meeting"


def test_a_contact_is_not_told_of_owners_of_what_they_may_not_read(desk):
    cast = desk.cast
    add_owner(board=cast.board, name="Quiet Clinic", kind="outside", by=cast.manager, at=moment(TODAY, 7))
    assert "Quiet Clinic" not in desk.get("contact", "hand-over/").text
    assert "Quiet Clinic" in desk.get("manager", "hand-over/").text


def test_what_was_typed_is_kept_when_it_is_refused(desk):
    long = "Überraschungs" * 60
    page = desk.post("contact", "hand-over/", to_owner=desk.cast.police_owner.pk, reason=f"<b>{long}").text
    assert "Police leads this action already. Choose another owner." in page
    assert f"&lt;b&gt;{long}</textarea>" in page
    assert not Offer.objects.exists()


def test_the_form_takes_as_many_queries_for_many_owners_as_for_few(desk):
    desk.get("manager", "hand-over/")
    taken = []
    for more in (0, 30):
        for number in range(more):
            add_owner(board=desk.cast.board, name=f"Owner {number}", kind="outside", by=None, at=moment(TODAY, 7))
        with CaptureQueriesContext(connection) as queries:
            desk.get("manager", "hand-over/")
        taken.append(len([query for query in queries if "boards_" in query["sql"]]))
    assert taken[0] == taken[1]
