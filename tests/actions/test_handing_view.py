"""Handing an action over in pages: asked, waiting, accepted or refused, written down, taken back."""

import pytest

from actions.models import Action, Offer
from boards.models import AccessLog
from tests.builders import TODAY, agree, at, make_action, make_board, make_plan

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
