"""What is said about an action: put on the record, drafted, submitted, accepted, sent back, refused when stale."""

from datetime import date

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from actions import changes
from actions.models import Evidence, Plan, Submission, Update
from boards import audit
from boards import changes as board_changes
from tests.actions.conftest import moment

NOW = moment(2026, 6, 20)


@pytest.fixture
def asked(small):
    """The small plan with its first round open."""
    small.round = changes.open_round(
        period=small.q1,
        opens=date(2026, 6, 10),
        due=date(2026, 6, 24),
        grace_ends=date(2026, 6, 26),
        closes=date(2026, 6, 30),
        by=small.manager,
        at=moment(2026, 6, 10),
    )
    small.contact = small.person("contact", "contact", small.police_seat)
    return small


def answer(small, rating="green", **more):
    said = {"status": "in_progress", "words": "Half of the course is written.", "reason": "As planned", **more}
    return changes.Answer(rating=getattr(small, rating), **said)


def test_an_update_is_on_the_record_with_who_when_and_for_which_period(small):
    update = small.say(small.one, small.police, NOW, small.amber, entered_for="told by telephone")
    assert (update.by, update.at, update.on, update.period) == (small.manager, NOW, date(2026, 6, 20), small.q1)
    assert (update.source, update.entered_for) == ("entered", "told by telephone")
    event = small.board.event_set.latest("sequence")
    said = dict(event.details.values_list("name", "value"))
    assert event.verb == "update.entered"
    assert (said["rating_before"], said["rating"], said["words"]) == (None, "Amber", "It goes on.")


def test_an_update_that_owes_words_is_refused_and_nothing_is_saved(small):
    events = small.board.event_set.count()
    with pytest.raises(changes.NotWhole) as refused:
        small.say(small.one, small.police, NOW, small.red, words="", answer={"reason": "", "date_answer": ""})
    assert set(refused.value.owed) == {"words", "reason", "date_answer"}
    assert not Update.objects.exists()
    assert small.board.event_set.count() == events


def test_a_rating_is_given_in_the_words_that_the_board_rates_with_now(asked):
    old = answer(asked)
    anew = [{**step, "meaning": "Said otherwise"} for step in board_changes.USUAL_SCALE]
    board_changes.set_rating_scale(board=asked.board, steps=anew, by=asked.manager, at=NOW)
    sent = {"owner": asked.police, "by": asked.contact, "at": NOW}
    told = r"The board no longer rates in these words \(“Green”\)\. Choose a rating anew\."
    with pytest.raises(changes.NotWhole, match=told):
        asked.say(asked.one, asked.police, NOW)
    with pytest.raises(changes.NotWhole, match=told):
        changes.submit_update(action=asked.one, round=asked.round, answer=old, **sent)
    assert not Update.objects.exists()
    asked.say(asked.one, asked.police, NOW, asked.board.rating_set.get(code="green", scale__version=2))


def test_an_update_on_a_form_that_has_gone_stale_is_refused_with_what_was_saved_since(small):
    first = small.say(small.one, small.police, NOW)
    other = small.person("other", "coordinator")
    newer = changes.enter_update(
        action=small.one,
        owner=small.police,
        answer=answer(small),
        period=small.q1,
        by=other,
        at=NOW,
        last_seen=first.pk,
    )
    with pytest.raises(changes.Stale) as refused:
        small.say(small.one, small.police, NOW, last_seen=first.pk)
    assert (refused.value.newer, refused.value.by, refused.value.at) == (newer, other, NOW)
    assert Update.objects.count() == 2


def test_the_record_is_never_rewritten(small):
    update = small.say(small.one, small.police, NOW)
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        Update.objects.filter(pk=update.pk).update(words="Other words")
    with pytest.raises(IntegrityError, match="never deleted"), transaction.atomic():
        Update.objects.filter(pk=update.pk)._raw_delete("default")


def test_an_update_is_superseded_once(small):
    wrong = small.say(small.one, small.police, NOW)
    small.say(small.one, small.police, NOW, supersedes=wrong, source="correction")
    with pytest.raises(IntegrityError), transaction.atomic():
        small.say(small.one, small.police, NOW, supersedes=wrong, source="correction")


def test_evidence_is_a_record_of_where_it_is_held_and_who_saw_it(small):
    given = changes.EvidenceGiven("Attendance list", "document", "Training folder, shelf 3", date(2026, 6, 1))
    update = small.say(small.one, small.police, NOW, answer={"evidence": given})
    kept = Evidence.objects.get()
    assert (kept.update, kept.shows, kept.where) == (update, "Attendance list", "Training folder, shelf 3")
    changes.see_evidence(evidence=kept, by=small.manager, at=NOW)
    changes.see_evidence(evidence=kept, by=small.manager, at=NOW)
    assert kept.sightings.count() == 1
    assert list(small.board.event_set.filter(verb__startswith="evidence").values_list("verb", flat=True)) == [
        "evidence.added",
        "evidence.seen",
    ]


def test_a_draft_counts_for_nothing_until_it_is_submitted_and_accepted(asked):
    kept = changes.save_draft(
        action=asked.one, owner=asked.police, round=asked.round, answer=answer(asked), by=asked.contact, at=NOW
    )
    assert (kept.state, kept.revision) == ("draft", 1)
    assert not Update.objects.exists()
    sent = changes.submit_update(
        action=asked.one, owner=asked.police, round=asked.round, answer=answer(asked), by=asked.contact, at=NOW
    )
    assert (sent.pk, sent.state, sent.revision) == (kept.pk, "submitted", 2)
    assert not Update.objects.exists()
    accepted = changes.accept_submission(submission=sent, by=asked.manager, at=moment(2026, 6, 25))
    asked.refresh()
    assert asked.one.last_update == accepted
    assert asked.one.rating == asked.green
    assert asked.one.heard_on == date(2026, 6, 20), "heard when it was submitted, not when it was read"
    assert accepted.source == "submission"


def test_an_accepted_update_no_longer_changes(asked):
    sent = changes.submit_update(
        action=asked.one, owner=asked.police, round=asked.round, answer=answer(asked), by=asked.contact, at=NOW
    )
    changes.accept_submission(submission=sent, by=asked.manager, at=NOW)
    with pytest.raises(IntegrityError, match="on the record"), transaction.atomic():
        Submission.objects.filter(pk=sent.pk).update(words="Other")
    with pytest.raises(changes.Stale):
        changes.submit_update(
            action=asked.one, owner=asked.police, round=asked.round, answer=answer(asked), by=asked.contact, at=NOW
        )
    with pytest.raises(changes.Stale):
        changes.accept_submission(submission=sent, by=asked.manager, at=NOW)
    assert Update.objects.count() == 1


def test_what_is_sent_back_says_what_is_missing_and_can_be_sent_again(asked):
    send = {"action": asked.one, "owner": asked.police, "round": asked.round, "by": asked.contact, "at": NOW}
    sent = changes.submit_update(answer=answer(asked), **send)
    with pytest.raises(changes.NotWhole):
        changes.send_back(submission=sent, comment=" ", by=asked.manager, at=NOW)
    back = changes.send_back(submission=sent, comment="How many people came?", by=asked.manager, at=NOW)
    assert (back.state, back.comment) == ("sent_back", "How many people came?")
    again = changes.submit_update(answer=answer(asked, words="Twenty people came."), revision=back.revision, **send)
    assert again.state == "submitted"
    assert changes.accept_submission(submission=again, by=asked.manager, at=NOW).words == "Twenty people came."
    assert audit.verify(asked.board) is None


def test_nothing_is_sent_back_or_accepted_once_the_plan_has_ended(asked):
    sent = changes.submit_update(
        action=asked.one, owner=asked.police, round=asked.round, answer=answer(asked), by=asked.contact, at=NOW
    )
    Plan.objects.filter(pk=asked.plan.pk).update(state="closed", closed_on=date(2026, 6, 20))
    with pytest.raises(changes.NotWhole, match="is closed"):
        changes.send_back(submission=sent, comment="Which course?", by=asked.manager, at=NOW)
    with pytest.raises(changes.NotWhole, match="is closed"):
        changes.accept_submission(submission=sent, by=asked.manager, at=NOW)
    assert Submission.objects.get().state == "submitted"


def test_a_draft_changed_by_a_colleague_meanwhile_is_not_overwritten(asked):
    save = {"action": asked.one, "owner": asked.police, "round": asked.round, "at": NOW}
    colleague = asked.person("colleague", "contact", asked.police_seat)
    first = changes.save_draft(answer=answer(asked), by=asked.contact, **save)
    changes.save_draft(answer=answer(asked, words="Theirs"), by=colleague, revision=first.revision, **save)
    with pytest.raises(changes.Stale) as refused:
        changes.save_draft(answer=answer(asked, words="Mine"), by=asked.contact, revision=first.revision, **save)
    assert refused.value.newer.words == "Theirs"
    assert refused.value.by == colleague
    assert Submission.objects.get().words == "Theirs"


def test_a_second_draft_opened_before_the_first_was_saved_is_stale(asked):
    save = {"action": asked.one, "owner": asked.police, "round": asked.round, "by": asked.contact, "at": NOW}
    changes.save_draft(answer=answer(asked, words="First"), revision=0, **save)
    with pytest.raises(changes.Stale):
        changes.save_draft(answer=answer(asked, words="Second"), revision=0, **save)


def test_contacts_propose_completion_and_do_not_declare_it(asked):
    send = {"action": asked.one, "owner": asked.police, "round": asked.round, "by": asked.contact, "at": NOW}
    for status in ("complete", "embedded", "withdrawn"):
        with pytest.raises(changes.NotWhole) as refused:
            changes.submit_update(answer=answer(asked, status=status), **send)
        assert "status" in refused.value.owed
    assert changes.submit_update(answer=answer(asked, status="proposed_complete"), **send).state == "submitted"


def test_only_a_lead_or_joint_lead_has_updates_of_their_own(asked):
    with pytest.raises(changes.NotWhole, match="Health does not lead this action"):
        asked.say(asked.one, asked.health, NOW)
    send = {"action": asked.one, "owner": asked.health, "round": asked.round, "by": asked.contact, "at": NOW}
    for verb in (changes.save_draft, changes.submit_update):
        with pytest.raises(changes.NotWhole, match="Health does not lead this action"):
            verb(answer=answer(asked), **send)
    assert not Submission.objects.exists()


def test_a_saved_draft_is_told_in_the_trail_without_its_words(asked):
    changes.save_draft(
        action=asked.one, owner=asked.police, round=asked.round, answer=answer(asked), by=asked.contact, at=NOW
    )
    event = asked.board.event_set.latest("sequence")
    assert event.verb == "submission.saved"
    assert "words" not in event.digests


@pytest.mark.parametrize(
    ("model", "words"),
    [("note", "words"), ("evidence", "shows"), ("step", "text"), ("measure", "text"), ("cell", "text")],
)
def test_what_was_written_is_not_rewritten(small, model, words):
    changes.add_note(action=small.one, words="A call came.", by=small.manager, at=NOW)
    changes.add_evidence(
        action=small.one, evidence=changes.EvidenceGiven("A list", "document", "A drawer"), by=small.manager, at=NOW
    )
    small.plan.columns.create(board=small.board, position=1, heading="Action", field="action")
    column = small.plan.columns.get()
    small.one.cells.create(board=small.board, since=small.one.version, column=column, text="As printed")
    small.one.measures.create(board=small.board, since=small.one.version, position=1, text="Forty trained")
    rows = apps.get_model("actions", model).objects.filter(action=small.one)
    assert rows.exists()
    with pytest.raises(IntegrityError, match="never change"), transaction.atomic():
        rows.update(**{words: "Other words"})


def test_notes_are_dated_and_may_be_internal(small):
    note = changes.add_note(action=small.one, words="A call came.", internal=True, by=small.manager, at=NOW)
    assert (note.on, note.internal) == (date(2026, 6, 20), True)
    assert small.board.event_set.latest("sequence").verb == "note.added"


def test_an_update_takes_away_no_tick_that_its_form_did_not_show(asked):
    step = asked.one.steps.get(text="Write the course")
    asked.say(asked.one, asked.police, moment(2026, 6, 19), answer={"steps_done": frozenset({step.pk})})
    begun_before = answer(asked, steps_shown=frozenset())
    sent = changes.submit_update(
        action=asked.one, owner=asked.police, round=asked.round, answer=begun_before, by=asked.contact, at=NOW
    )
    changes.accept_submission(submission=sent, by=asked.manager, at=moment(2026, 6, 25))
    step.refresh_from_db()
    assert step.done_on == date(2026, 6, 19)


def test_an_update_takes_away_a_tick_that_its_form_showed(asked):
    step = asked.one.steps.get(text="Write the course")
    asked.say(asked.one, asked.police, moment(2026, 6, 15), answer={"steps_done": frozenset({step.pk})})
    found_not_done = answer(asked, steps_shown=frozenset({step.pk}))
    sent = changes.submit_update(
        action=asked.one, owner=asked.police, round=asked.round, answer=found_not_done, by=asked.contact, at=NOW
    )
    changes.accept_submission(submission=sent, by=asked.manager, at=moment(2026, 6, 25))
    step.refresh_from_db()
    assert step.done_on is None
