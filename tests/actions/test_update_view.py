"""Updating an action in the browser: put on the record by the coordinator, drafted and sent in by an owner's people."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actions import changes
from actions.models import Action, Evidence, Submission, Update
from boards import changes as board_changes
from boards.models import Event
from tests.builders import AGREED_ON, TODAY, agree, at, make_action, make_board, make_plan, moment, rating, say


@pytest.fixture(autouse=True)
def today():
    with at(TODAY):
        yield


@pytest.fixture
def cast(db):
    return make_board()


@pytest.fixture
def action(cast):
    """Led by police with health, due on 31 December 2026, in two steps."""
    plan = make_plan(cast, actions=1, agreed=False)
    made = make_action(
        cast,
        plan,
        "2.10",
        timescale="December 2026",
        roles=[("joint_lead", cast.health_owner)],
        steps=["Write the course", ("Train 150 drivers", cast.health_owner, "")],
    )
    agree(cast, plan)
    made.refresh_from_db()
    return made


def address(action, name="action_update"):
    return reverse(name, args=[action.board.slug, action.plan.slug, action.pk])


def opened(client, who, action, **query):
    client.force_login(who)
    return client.get(address(action), query)


def answer(cast, code="green", **more):
    chosen = rating(cast, code)
    said = {
        "seen": "0",
        "owner": cast.police_owner.pk,
        "words": "Half of the drivers are trained.",
        "rating": chosen.pk if chosen else "",
        "status": "in_progress",
    }
    return said | more


def send(client, action, data, **query):
    path = address(action)
    return client.post(f"{path}?owner={query['owner']}" if query else path, data)


def errors(response):
    return {name: " ".join(said) for name, said in response.context["form"].errors.items()}


# The coordinator


def test_the_page_shows_last_words_rating_and_notes_beside_the_boxes(client, cast, action):
    say(cast, action, "amber", on=date(2026, 6, 20), period="Q1 2026/27", words="Course written.", next_steps="Dates.")
    changes.add_note(action=action, words="40 trained by now.", by=cast.contact, at=moment(date(2026, 8, 1)))
    page = opened(client, cast.coordinator, action).content.decode()
    for words in ("Course written.", "It is amber for a reason.", "Dates.", "40 trained by now.", "Q1 2026/27"):
        assert words in page
    for step in cast.board.rating_set.all():
        assert step.meaning in page
    assert "Will the date hold: 31 December 2026?" in page
    assert "go on the record for Q2 2026/27" in page


def test_a_coordinator_puts_an_update_on_the_record_in_one_go(client, cast, action):
    client.force_login(cast.coordinator)
    step = action.steps.first()
    data = answer(cast, "amber", reason="A trainer left.", next_steps="Advertise.", steps_done=[step.pk])
    data |= {"owner": cast.health_owner.pk, "entered_for": "told by telephone", "date_answer": "holds"}
    data |= {"evidence_shows": "Lists", "evidence_where": "A drawer", "evidence_kind": "document"}
    data |= {"evidence_dated_day": "20", "evidence_dated_month": "5", "evidence_dated_year": "2026"}
    response = send(client, action, data)
    assert response.url == address(action, "action")
    update = Update.objects.get()
    assert (update.owner, update.period, update.by) == (
        cast.health_owner,
        cast.periods["Q2 2026/27"],
        cast.coordinator,
    )
    assert (update.rating.code, update.reason, update.entered_for) == ("amber", "A trainer left.", "told by telephone")
    assert (update.next_steps, update.date_answer, update.on) == ("Advertise.", "holds", TODAY)
    step.refresh_from_db()
    assert step.done_on == TODAY
    evidence = Evidence.objects.get()
    assert (evidence.update, evidence.shows, evidence.where, evidence.dated) == (
        update,
        "Lists",
        "A drawer",
        date(2026, 5, 20),
    )
    assert "Your update for Health is on the record." in client.get(response.url).content.decode()


def test_nothing_has_changed_is_an_answer(client, cast, action):
    client.force_login(cast.coordinator)
    assert send(client, action, answer(cast, words="", no_change="on")).status_code == 302
    assert Update.objects.get().no_change


def test_what_an_update_owes_is_asked_for_beside_its_box_and_everything_typed_is_kept(client, cast, action):
    client.force_login(cast.coordinator)
    data = answer(cast, "red", words="  ", next_steps="Find a trainer.", entered_for="by telephone", steps_done=["1"])
    data |= {"evidence_shows": "Lists", "evidence_where": "A drawer", "steps_done": [action.steps.last().pk]}
    response = send(client, action, data)
    page = response.content.decode()
    assert response.status_code == 200
    assert set(errors(response)) == {"words", "reason", "date_answer"}
    assert "There is a problem" in page
    assert 'href="#id_reason"' in page
    assert 'href="#id_date_answer_0"' in page
    assert "<title>Error: Update action 2.10" in page
    for typed in ("Find a trainer.", "by telephone", "Lists", "A drawer"):
        assert typed in page
    form = response.context["form"]
    assert form["rating"].value() == str(data["rating"])
    assert form["steps_done"].value() == [str(action.steps.last().pk)]
    assert not Update.objects.exists()


def test_what_cannot_be_read_and_what_is_owed_are_said_together(client, cast, action):
    client.force_login(cast.coordinator)
    response = send(client, action, answer(cast, "amber", words="", entered_for="x" * 201))
    assert set(errors(response)) == {"entered_for", "words", "reason"}


def test_a_rating_must_be_chosen_afresh(client, cast, action):
    say(cast, action, "green", on=date(2026, 6, 20), period="Q1 2026/27")
    page = opened(client, cast.coordinator, action)
    assert page.context["form"]["rating"].value() is None
    response = send(client, action, answer(cast, "", seen=page.context["form"]["seen"].value()))
    assert errors(response) == {"rating": "Choose how the action is going."}


def test_green_on_a_late_action_owes_a_reason(client, cast, action):
    changes.move_date(action=action, to_due=date(2026, 8, 31), why="Sooner", by=cast.manager, at=moment(TODAY))
    page = opened(client, cast.coordinator, action).content.decode()
    assert "The action is 28 days overdue, so Green needs a reason, too." in page
    assert "The date, 31 August 2026, has passed. Is another one needed?" in page
    assert "28 days overdue" in errors(send(client, action, answer(cast)))["reason"]


@pytest.mark.parametrize(
    ("field", "typed", "error"),
    [
        ("words", "x" * 5001, "“What has happened?” must be 5,000 characters or fewer. It is 5,001."),
        ("reason", "x" * 2001, "must be 2,000 characters or fewer"),
        ("entered_for", "x" * 10_000, "must be 200 characters or fewer. It is 10,000."),
        ("evidence_where", "x" * 10_000, "must be 500 characters or fewer. It is 10,000."),
        ("rating", "999999999999999999999999", "Select a valid choice"),
        ("status", "withdrawn", "Select a valid choice"),
        ("owner", "999999999999999999999999", "Select a valid choice"),
        ("steps_done", "999999999999999999999999", "The steps have been changed since you ticked one."),
        ("seen", "x", "whole number"),
        ("evidence_dated_year", "2027", "The date of the evidence must not be in the future."),
        ("evidence_dated_month", "13", "must be a real date"),
    ],
)
def test_bad_input_gets_a_plain_error_beside_its_box(client, cast, action, field, typed, error):
    client.force_login(cast.coordinator)
    evidence = {"evidence_shows": "Lists", "evidence_where": "A drawer", "evidence_kind": "document"}
    dated = {"evidence_dated_day": "20", "evidence_dated_month": "5", "evidence_dated_year": "2026"}
    response = send(client, action, answer(cast, **evidence, **dated) | {field: typed})
    assert response.status_code == 200
    assert error in " ".join(errors(response).values())
    assert not Update.objects.exists()


@pytest.mark.parametrize("given", ["evidence_shows", "evidence_where"])
def test_evidence_says_what_and_where_or_nothing(client, cast, action, given):
    client.force_login(cast.coordinator)
    response = send(client, action, answer(cast) | {given: "Half of it"})
    (missing,) = {"evidence_shows", "evidence_where"} - {given}
    assert set(errors(response)) == {missing}


def test_invisible_and_reversing_characters_go_and_emoji_stay(client, cast, action):
    client.force_login(cast.coordinator)
    send(client, action, answer(cast, words="Good\u202e news\x00 👍🏽\r\nSecond line", entered_for="by\tphone\u2066"))
    update = Update.objects.get()
    assert (update.words, update.entered_for) == ("Good news 👍🏽\nSecond line", "by phone")


def test_words_that_look_like_markup_stay_words(client, cast, action):
    client.force_login(cast.coordinator)
    response = send(client, action, answer(cast, words="<b>bold</b> {{ user }}"))
    page = client.get(response.url).content.decode()
    assert "&lt;b&gt;bold&lt;/b&gt; {{ user }}" in page


# Somebody saved since


def test_a_stale_save_is_refused_with_who_and_when_both_words_side_by_side_and_then_taken(client, cast, action):
    form = opened(client, cast.coordinator, action).context["form"]
    seen = form["seen"].value()
    say(cast, action, "red", on=TODAY, period="Q2 2026/27", words="The manager was faster.", by=cast.manager)
    response = send(client, action, answer(cast, words="My own words.", seen=seen))
    page = response.content.decode()
    assert "Morgan Manager saved before you" in page
    assert "28 September 2026 at 12:00" in page
    assert "The manager was faster." in page
    assert "My own words." in page
    assert Update.objects.count() == 1
    again = response.context["form"]["seen"].value()
    assert send(client, action, answer(cast, words="My own words.", seen=again)).status_code == 302
    assert Update.objects.order_by("id").last().words == "My own words."


def test_a_second_click_records_nothing_twice_and_reads_as_success(client, cast, action):
    client.force_login(cast.coordinator)
    for _ in range(2):
        assert send(client, action, answer(cast)).url == address(action, "action")
    assert Update.objects.count() == 1
    assert Event.objects.filter(verb="update.entered").count() == 1


def test_other_words_sent_from_a_page_gone_back_to_are_told_as_ones_own(client, cast, action):
    client.force_login(cast.coordinator)
    send(client, action, answer(cast))
    text = send(client, action, answer(cast) | {"words": "Other words."}).content.decode()
    assert "<title>Error: " in text
    assert "You saved this before" in text
    assert "Other words." in text
    assert "Casey Coordinator saved before you" not in text


def test_the_same_words_of_somebody_else_are_no_second_click(client, cast, action):
    client.force_login(cast.coordinator)
    send(client, action, answer(cast))
    client.force_login(cast.manager)
    assert "Casey Coordinator saved before you" in send(client, action, answer(cast)).content.decode()


# An owner's people


def test_a_contact_submits_an_update_which_waits_to_be_read(client, cast, action):
    page = opened(client, cast.contact, action)
    assert "due on 9 October 2026" in page.content.decode()
    response = send(client, action, answer(cast, steps_done=[action.steps.first().pk]) | {"submit": ""})
    assert response.url == address(action, "action")
    sent = Submission.objects.get()
    assert (sent.state, sent.owner, sent.submitted_by) == ("submitted", cast.police_owner, cast.contact)
    assert sent.steps_done == [action.steps.first().pk]
    assert not Update.objects.exists()
    assert "has been submitted. The coordinator reads it next." in client.get(response.url).content.decode()


def test_a_draft_may_be_unfinished_and_is_there_again(client, cast, action):
    client.force_login(cast.contact)
    response = send(client, action, answer(cast, "", words="Half a sentence") | {"draft": ""})
    assert response.url == address(action)
    page = client.get(response.url).content.decode()
    assert "Draft saved at 11:00. It is not sent until you submit it." in page
    assert "Half a sentence" in page
    assert Submission.objects.get().state == "draft"


def test_a_contributor_drafts_and_does_not_submit(client, cast, action):
    page = opened(client, cast.contributor, action).content.decode()
    assert "Save draft" in page
    assert 'name="submit"' not in page
    assert send(client, action, answer(cast) | {"draft": ""}).status_code == 302
    assert send(client, action, answer(cast, seen="1") | {"submit": ""}).status_code == 403
    assert Submission.objects.get().state == "draft"


def test_a_contact_may_only_propose_that_it_is_complete(client, cast, action):
    form = opened(client, cast.contact, action).context["form"]
    assert [value for value, _ in form.fields["status"].choices] == ["not_started", "in_progress", "proposed_complete"]
    assert set(errors(send(client, action, answer(cast, status="complete") | {"submit": ""}))) == {"status"}
    assert not Submission.objects.exists()


def test_a_comment_of_the_coordinator_stands_on_top_of_what_was_sent_back(client, cast, action):
    client.force_login(cast.contact)
    send(client, action, answer(cast) | {"submit": ""})
    changes.send_back(
        submission=Submission.objects.get(), comment="How many of how many?", by=cast.coordinator, at=moment(TODAY)
    )
    page = client.get(address(action)).content.decode()
    assert page.index("How many of how many?") < page.index("Half of the drivers are trained.")
    assert "Casey Coordinator sent this update back" in page
    assert "How many of how many?" in client.get(address(action, "action")).content.decode()
    assert send(client, action, answer(cast, words="98 of 150.", seen="1") | {"submit": ""}).status_code == 302
    assert Submission.objects.get().state == "submitted"


def test_two_people_of_one_owner_do_not_overwrite_each_other(client, cast, action):
    client.force_login(cast.contact)
    send(client, action, answer(cast, words="First.") | {"draft": ""})
    client.force_login(cast.contributor)
    response = send(client, action, answer(cast, words="Second.") | {"draft": ""})
    page = response.content.decode()
    assert "Kit Contact saved before you" in page
    assert "First." in page
    assert "Second." in page
    assert send(client, action, answer(cast, words="Second.", seen="1") | {"draft": ""}).status_code == 302
    assert Submission.objects.get().words == "Second."


def test_a_second_click_on_submit_is_no_conflict(client, cast, action):
    client.force_login(cast.contact)
    for _ in range(2):
        assert send(client, action, answer(cast) | {"submit": ""}).url == address(action, "action")
    assert Event.objects.filter(verb="submission.submitted").count() == 1


def test_what_was_submitted_can_be_changed_by_a_contact_but_not_drafted_over(client, cast, action):
    client.force_login(cast.contact)
    send(client, action, answer(cast) | {"submit": ""})
    page = client.get(address(action)).content.decode()
    assert "Submit update again" in page
    assert "Save draft" not in page
    send(client, action, answer(cast, words="Sneaked in.", seen="1") | {"draft": ""})
    assert Submission.objects.get().words == "Half of the drivers are trained."
    client.force_login(cast.contributor)
    assert 'name="words"' in (page := client.get(address(action)).content.decode())
    assert "It waits to be read." in page
    assert "Add note" in page


def test_what_was_accepted_meanwhile_is_not_overwritten(client, cast, action):
    client.force_login(cast.contact)
    send(client, action, answer(cast) | {"submit": ""})
    changes.accept_submission(submission=Submission.objects.get(), by=cast.coordinator, at=moment(TODAY, 12))
    response = send(client, action, answer(cast, words="Too late.", seen="1") | {"submit": ""})
    page = response.content.decode()
    assert "Casey Coordinator" in page
    assert "is on the record" in page
    assert "Nothing of what you sent was saved" in page
    assert "Too late." in page
    assert Submission.objects.get().words == "Half of the drivers are trained."
    assert Update.objects.count() == 1


def test_without_an_open_round_the_page_says_so_and_takes_a_note(client, cast, action):
    with at(date(2026, 8, 3)):
        page = opened(client, cast.contact, action).content.decode()
        assert "No round of updates is open for this plan at the moment." in page
        assert "Add note" in page
        assert 'name="rating"' not in page
        send(client, action, answer(cast) | {"submit": ""})
    assert not Submission.objects.exists()


def test_a_complete_action_asks_its_owners_for_nothing(client, cast, action):
    say(cast, action, "blue", on=date(2026, 6, 20), period="Q1 2026/27", status="complete")
    assert (
        "This action is complete, so no update is asked for." in opened(client, cast.contact, action).content.decode()
    )
    send(client, action, answer(cast) | {"submit": ""})
    assert not Submission.objects.exists()


def test_somebody_who_answers_for_two_owners_writes_for_each(client, cast, action):
    board_changes.give_role(person=cast.contact, role="contact", on=cast.health, by=cast.manager, at=moment(TODAY))
    page = opened(client, cast.contact, action)
    assert page.context["owner"] == cast.police_owner
    assert f'href="?owner={cast.health_owner.pk}"' in page.content.decode()
    send(client, action, answer(cast) | {"submit": ""}, owner=cast.health_owner.pk)
    assert Submission.objects.get().owner == cast.health_owner


def test_a_chair_writes_for_the_sub_group_they_chair(client, cast):
    plan = make_plan(cast, actions=3)
    own = plan.actions.get(owner_roles__owner=cast.group_owner)
    client.force_login(cast.chair)
    assert client.get(address(own)).status_code == 403
    board_changes.give_role(person=cast.chair, role="chair", on=cast.operational, by=cast.manager, at=moment(TODAY))
    response = client.post(address(own), answer(cast, "amber", reason="Late", date_answer="holds") | {"submit": ""})
    assert response.status_code == 302
    assert Submission.objects.get().owner == cast.group_owner


# Rights


@pytest.mark.parametrize("who", ["member", "approver", "scrutineer", "chair", "secretary"])
def test_a_reader_who_tries_to_update_is_refused(client, cast, action, who):
    client.force_login(getattr(cast, who))
    assert client.get(address(action)).status_code == 403
    assert send(client, action, answer(cast)).status_code == 403
    assert not Update.objects.exists()


def test_a_contact_of_another_agency_may_not_update(client, cast):
    plan = make_plan(cast, actions=1)
    assert opened(client, cast.nurse, plan.actions.get()).status_code == 403


def test_whoever_cannot_see_the_action_gets_404(client, cast, action):
    client.force_login(cast.stranger)
    assert client.get(address(action)).status_code == 404
    assert send(client, action, answer(cast)).status_code == 404
    Action.objects.filter(pk=action.pk).update(limited=True)
    assert opened(client, cast.member, action).status_code == 404


def test_nothing_is_updated_in_a_draft_plan(client, cast):
    draft = make_plan(cast, actions=1, agreed=False, slug="draft").actions.get()
    assert opened(client, cast.coordinator, draft).status_code == 403


def test_a_role_that_has_ended_updates_nothing(client, cast, action):
    held = cast.board.roles.get(user=cast.coordinator)
    board_changes.limit_role(held=held, ends=date(2026, 9, 27), by=cast.manager, at=moment(date(2026, 9, 20)))
    assert opened(client, cast.coordinator, action).status_code == 404


def test_a_board_that_receives_the_plan_reads_the_action_and_changes_nothing(client, cast):
    other = make_board("northshire", "Northshire Partnership")
    action = make_plan(cast, actions=1, receiving_boards=[other.board]).actions.get()
    client.force_login(other.coordinator)
    assert client.get(address(action, "action")).status_code == 200
    assert client.get(address(action)).status_code == 403
    assert send(client, action, answer(cast)).status_code == 403


def test_an_action_that_nobody_leads_takes_notes_only(client, cast):
    plan = make_plan(cast, actions=1, agreed=False)
    action = changes.add_action(
        plan=plan, reference="9", wording="Nobody's", timescale="tbc", by=cast.manager, at=moment(AGREED_ON)
    )
    agree(cast, plan)
    page = opened(client, cast.coordinator, action).content.decode()
    assert "Nobody leads this action" in page
    assert send(client, action, answer(cast)).status_code == 200
    assert not Update.objects.exists()
    assert client.get(address(action, "action")).status_code == 200


def test_the_page_asks_the_database_the_same_however_much_was_said(client, cast, action):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert opened(client, cast.contact, action).status_code == 200
        return len(queries)

    say(cast, action, on=date(2026, 6, 20), period="Q1 2026/27")
    asked()
    few = asked()
    for _ in range(4):
        say(cast, action, on=date(2026, 6, 20), period="Q1 2026/27")
        changes.add_note(action=action, words="More", by=cast.contact, at=moment(TODAY))
    assert asked() == few
    assert few <= 50
