"""Reading a quarterly update beside the last accepted one; accepting it, or sending it back."""

from datetime import date

import pytest
from django.urls import reverse

from actions import changes
from actions.models import Action, Submission, Update
from actions.rounds import asked_of, asking
from tests.builders import TODAY, at, make_board, make_plan, moment, rating, say


@pytest.fixture(autouse=True)
def today():
    with at(TODAY):
        yield


@pytest.fixture
def cast(db):
    return make_board()


@pytest.fixture
def action(cast):
    return make_plan(cast, actions=1).actions.get()


@pytest.fixture
def sent(cast, action):
    return submit(cast, action, "98 of 150 drivers are trained.")


def submit(cast, action, words, **more):
    answer = changes.Answer(
        status="in_progress",
        rating=rating(cast, "amber"),
        reason="A trainer left.",
        words=words,
        next_steps="Advertise.",
        evidence=changes.EvidenceGiven("Lists", "document", "A drawer", date(2026, 5, 20)),
    )
    return changes.submit_update(
        action=action,
        owner=cast.police_owner,
        round=cast.rounds["Q2 2026/27"],
        answer=answer,
        by=cast.contact,
        at=moment(TODAY, 8),
        **more,
    )


def address(sent, action=None):
    action = action or sent.action
    return reverse("submission", args=[action.board.slug, action.plan.slug, action.pk, sent.pk])


def read(client, who, sent):
    client.force_login(who)
    return client.get(address(sent))


def test_the_update_stands_beside_what_is_on_the_record(client, cast, action, sent):
    say(cast, action, "green", on=date(2026, 6, 20), period="Q1 2026/27", words="Course written.")
    page = read(client, cast.coordinator, sent).content.decode()
    for words in ("98 of 150 drivers are trained.", "A trainer left.", "Advertise.", "Lists", "A drawer"):
        assert words in page
    assert "Course written." in page
    assert "Submitted by Kit Contact, 28 September 2026" in page


def test_accepting_puts_it_on_the_record(client, cast, action, sent):
    client.force_login(cast.coordinator)
    response = client.post(address(sent), {"seen": sent.revision, "accept": ""})
    assert response.status_code == 302
    update = Update.objects.get()
    assert (update.submission, update.words, update.source) == (sent, "98 of 150 drivers are trained.", "submission")
    kept = update.evidence.get()
    assert (kept.shows, kept.where, kept.dated) == ("Lists", "A drawer", date(2026, 5, 20))
    page = client.get(response.url).content.decode()
    assert "The update of Police is accepted and on the record." in page
    assert "98 of 150 drivers are trained." in page


def test_sending_back_says_what_is_missing(client, cast, sent):
    client.force_login(cast.coordinator)
    response = client.post(address(sent), {"seen": sent.revision, "comment": "And the hotels?", "send_back": ""})
    assert response.status_code == 302
    sent.refresh_from_db()
    assert (sent.state, sent.comment, sent.reviewed_by) == ("sent_back", "And the hotels?", cast.coordinator)
    assert not Update.objects.exists()


@pytest.mark.parametrize(
    ("comment", "error"), [(" ", "Say what is missing"), ("x" * 2001, "2,000 characters or fewer")]
)
def test_sending_back_without_fitting_words_is_refused_beside_the_box(client, cast, sent, comment, error):
    client.force_login(cast.coordinator)
    response = client.post(address(sent), {"seen": sent.revision, "comment": comment, "send_back": ""})
    page = response.content.decode()
    assert "There is a problem" in page
    assert error in page
    assert comment in page
    sent.refresh_from_db()
    assert sent.state == "submitted"


def test_what_was_written_anew_meanwhile_is_read_before_it_is_accepted(client, cast, action, sent):
    read(client, cast.coordinator, sent)
    submit(cast, action, "Now 110 of 150.")
    response = client.post(address(sent), {"seen": sent.revision, "accept": ""})
    page = response.content.decode()
    assert "Kit Contact changed this before you" in page
    assert "Now 110 of 150." in page
    assert not Update.objects.exists()
    assert (
        client.post(address(sent), {"seen": response.context["form"]["seen"].value(), "accept": ""}).status_code == 302
    )
    assert Update.objects.get().words == "Now 110 of 150."


def test_what_a_colleague_dealt_with_meanwhile_is_refused_with_who_and_when(client, cast, sent):
    changes.send_back(submission=sent, comment="And the hotels?", by=cast.manager, at=moment(TODAY, 9))
    client.force_login(cast.coordinator)
    page = client.post(address(sent), {"seen": sent.revision, "accept": ""}).content.decode()
    assert "Morgan Manager sent this update back on 28 September 2026 at 10:00" in page
    assert 'name="accept"' not in page
    assert not Update.objects.exists()


def test_a_second_click_accepts_nothing_twice(client, cast, sent):
    client.force_login(cast.coordinator)
    for _ in range(2):
        assert client.post(address(sent), {"seen": sent.revision, "accept": ""}).status_code == 302
    assert Update.objects.count() == 1


def test_what_was_sent_back_and_then_came_by_telephone_is_not_owed_any_more(client, cast, sent):
    changes.send_back(submission=sent, comment="And the hotels?", by=cast.manager, at=moment(TODAY, 9))
    asks = asking([sent.action.plan], TODAY)
    actions = Action.objects.filter(pk=sent.action_id)
    assert [row.is_received for row in asked_of(actions, asks, TODAY)] == [False]
    say(cast, sent.action, "amber", on=TODAY, period="Q2 2026/27", owner=sent.owner)
    assert [row.is_read for row in asked_of(actions, asks, TODAY)] == [True]


def test_an_accepted_update_cannot_be_sent_back(client, cast, sent):
    client.force_login(cast.coordinator)
    client.post(address(sent), {"seen": sent.revision, "accept": ""})
    response = client.post(address(sent), {"seen": sent.revision, "comment": "No!", "send_back": ""})
    assert "accepted this update" in response.content.decode()
    sent.refresh_from_db()
    assert sent.state == "accepted"


def test_the_form_needs_its_token(client, cast, sent):
    client.force_login(cast.coordinator)
    assert client.post(address(sent), {"accept": ""}).status_code == 200
    assert not Update.objects.exists()


@pytest.mark.parametrize("who", ["contact", "contributor", "scrutineer"])
def test_its_own_people_and_the_scrutineer_read_it_and_change_nothing(client, cast, sent, who):
    response = read(client, getattr(cast, who), sent)
    assert response.status_code == 200
    assert 'name="accept"' not in response.content.decode()
    assert client.post(address(sent), {"seen": sent.revision, "accept": ""}).status_code == 403
    sent.refresh_from_db()
    assert sent.state == "submitted"


@pytest.mark.parametrize("who", ["member", "approver", "chair", "secretary", "nurse", "stranger"])
def test_nobody_else_knows_of_it(client, cast, sent, who):
    assert read(client, getattr(cast, who), sent).status_code == 404
    assert client.post(address(sent), {"seen": sent.revision, "accept": ""}).status_code == 404


def test_an_update_of_another_action_is_not_there(client, cast, action, sent):
    other = make_plan(cast, actions=1, slug="other-plan", title="Other").actions.get()
    client.force_login(cast.coordinator)
    assert client.get(address(sent, other)).status_code == 404


def test_an_anonymous_visitor_signs_in_first(client, sent):
    assert client.get(address(sent)).url == f"{reverse('sign_in')}?next={address(sent)}"
    assert Submission.objects.get().state == "submitted"
