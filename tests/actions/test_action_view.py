"""The page of an action: what it says, to whom, in how many queries; notes and evidence."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actions import changes
from actions.models import Action, Note
from boards import changes as board_changes
from tests.builders import AGREED_ON, TODAY, agree, at, make_action, make_board, make_plan, moment, rating, say


@pytest.fixture(autouse=True)
def today():
    with at(TODAY):
        yield


@pytest.fixture
def cast(db):
    return make_board()


@pytest.fixture
def draft(cast):
    return make_plan(cast, actions=1, agreed=False)


@pytest.fixture
def action(cast, draft):
    """Led by police with health, due in March 2026, with steps, and everything else a plan can print."""
    columns = {column.field: column for column in draft.columns.all()}
    source = board_changes_source(cast)
    made = make_action(
        cast,
        draft,
        "2.10",
        wording="Train every licensed driver and door supervisor",
        timescale="March 2026",
        roles=[
            ("joint_lead", cast.health_owner),
            ("support", cast.outside_owner),
            ("accountable", cast.group_owner),
        ],
        steps=["Write the course", ("Train 150 drivers", cast.health_owner, "June 2026")],
        measures=["Nine in ten drivers have been trained"],
        milestones=[("Evaluation", "November 2026")],
        recommendations=[source.recommendations.get()],
        cross_references=["links to 1.1", "see the strategy"],
        cells={columns["lead"]: "Police / Health", columns["rating"]: "On track (printed)"},
        outcome="People who work at night know whom to tell",
        section=draft.sections.last(),
        priorities=[cast.prevent],
    )
    link = made.cross_references.first()
    first = draft.actions.first()
    changes.link_references(plan=draft, targets={link.pk: first}, by=cast.manager, at=moment(AGREED_ON))
    agree(cast, draft)
    made.refresh_from_db()
    return made


def board_changes_source(cast):
    return changes.add_recommendation_source(
        board=cast.board,
        title="Joint inspection",
        kind="inspection",
        recommendations=[(4, "Reach the night-time economy")],
        by=cast.manager,
        at=moment(AGREED_ON),
    )


def address(action, name="action", *more):
    return reverse(name, args=[action.board.slug, action.plan.slug, action.pk, *more])


def page(client, who, action, **query):
    client.force_login(who)
    response = client.get(address(action), query)
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_says_everything_that_was_promised(client, cast, action):
    text = page(client, cast.member, action)
    for words in (
        "Train every licensed driver and door supervisor",
        "How will we do this?",
        "Write the course",
        "Train 150 drivers",
        "How we will know",
        "Nine in ten drivers have been trained",
        "People who work at night know whom to tell",
        "Reach the night-time economy",
        "Joint inspection",
        "Evaluation: 30 November 2026",
        "Police / Health",
        "On track (printed)",
        "see the strategy",
    ):
        assert words in text


def test_a_milestone_that_has_passed_says_so_while_the_action_is_to_be_done(client, cast, action):
    def milestones(on):
        with at(on):
            text = page(client, cast.member, action)
        return " ".join(text[text.index("Milestones") :].split("</ul>")[0].split())

    assert "has passed" not in milestones(date(2026, 11, 30))
    assert "<strong>has passed</strong>" in milestones(date(2026, 12, 1))
    say(cast, action, "blue", on=date(2026, 12, 2), period="Q2 2026/27", status="complete")
    assert "has passed" not in milestones(date(2026, 12, 3))


def test_the_page_says_who_answers_and_since_when_nobody_does(client, cast, action):
    text = page(client, cast.member, action)
    assert "held by Kit Contact" in text
    assert "vacant since 1 June 2026" in text
    assert "Barnardo’s" in text
    assert "Overseen by" in text


def test_a_date_that_moved_shows_where_it_came_from(client, cast, action):
    for to_due, on in ((date(2026, 6, 30), date(2026, 4, 1)), (date(2026, 8, 31), date(2026, 7, 1))):
        changes.move_date(action=action, to_due=to_due, why=f"Not before {to_due:%B}", by=cast.manager, at=moment(on))
    text = page(client, cast.member, action)
    assert "31 August 2026" in text
    assert "first due 31 March 2026, moved twice" in text
    assert "Not before June" in text


def test_first_wording_and_why_it_changed_are_folded_beside_the_current(client, cast, action):
    assert "First wording" not in page(client, cast.member, action)
    changes.reword_action(
        action=action,
        wording="Train every driver",
        reason="Others are trained elsewhere",
        by=cast.manager,
        at=moment(TODAY),
    )
    text = page(client, cast.member, action)
    assert "First wording" in text
    assert "Train every licensed driver and door supervisor" in text
    assert "Others are trained elsewhere" in text


def test_what_changed_of_the_first_wording_is_marked_in_words_and_lines(client, cast, action):
    for wording in ("Train every driver and <b>door</b> supervisor", "Train every driver"):
        changes.reword_action(action=action, wording=wording, reason="Shorter", by=cast.manager, at=moment(TODAY))
    text = page(client, cast.member, action)
    folded = text.split("First wording, and what changed since")[1].split("</details>")[0]
    gone = '<del class="app-gone"><span class="govuk-visually-hidden"> removed: </span>{}<'
    assert gone.format("licensed ") in folded
    assert gone.format(" and door supervisor") in folded
    assert "&lt;b&gt;door" in folded
    assert "<b>door" not in text
    first, current, *_ = folded.split("<h3")[1:]
    assert "</del>" in first
    assert "</del>" not in current.split("</div>")[0]


def test_a_rating_that_disagrees_with_the_date_says_so(client, cast, action):
    say(cast, action, "green", on=date(2026, 9, 20), period="Q2 2026/27", reason="Nearly there")
    text = page(client, cast.member, action)
    assert "Green, 181 days overdue" in text
    assert "Nearly there" in text


def test_each_quarter_shows_the_lead_with_the_joint_lead_beside_and_silence_as_silence(client, cast, action):
    say(cast, action, "green", on=date(2026, 3, 20), period="Q4 2025/26", words="The course is written.")
    say(
        cast,
        action,
        "amber",
        on=date(2026, 3, 21),
        period="Q4 2025/26",
        words="Trainers left.",
        owner=cast.health_owner,
    )
    client.force_login(cast.member)
    quarters = client.get(address(action)).context["quarters"]
    assert [quarter.label for quarter in quarters] == ["Q2 2026/27", "Q1 2026/27", "Q4 2025/26"]
    assert [quarter.silent for quarter in quarters] == [False, True, False]
    assert quarters[0].asked.due == date(2026, 10, 9)
    assert [update.words for update in quarters[2].lead] == ["The course is written."]
    assert [update.words for update in quarters[2].joint] == ["Trainers left."]
    text = page(client, cast.member, action)
    assert "No update received" in text
    assert "The lead’s update is due on 9 October 2026" in text


def test_a_complete_action_owes_no_further_update(client, cast, action):
    say(cast, action, "blue", on=date(2026, 3, 20), period="Q4 2025/26", status="complete")
    client.force_login(cast.member)
    quarters = client.get(address(action)).context["quarters"]
    assert [quarter.label for quarter in quarters] == ["Q4 2025/26"]


def test_the_history_reads_as_sentences_newest_first_with_quarters_between(client, cast, action):
    say(cast, action, "green", on=date(2026, 3, 20), period="Q4 2025/26")
    changes.move_date(
        action=action, to_due=date(2026, 12, 31), why="Tender", by=cast.manager, at=moment(date(2026, 4, 2))
    )
    client.force_login(cast.member)
    timeline = client.get(address(action)).context["timeline"]
    assert [(label, [line.sentence.split(":")[0] for line in lines]) for label, lines in timeline.quarters] == [
        ("Q1 2026/27", ["Morgan Manager moved the due date from 31 March 2026 to 31 December 2026, because “Tender”."]),
        (
            "Q4 2025/26",
            [
                "Casey Coordinator entered an update for Police",
                "Morgan Manager wrote the action into CSE Action Plan 2026-28",
            ],
        ),
    ]


def test_a_long_history_is_cut_until_somebody_asks_for_all_of_it(client, cast, action):
    for number in range(45):
        changes.add_note(action=action, words=f"Note {number}.", by=cast.coordinator, at=moment(TODAY))
    client.force_login(cast.member)
    timeline = client.get(address(action)).context["timeline"]
    assert (timeline.shown, timeline.total) == (40, 46)
    assert "Show all 46" in page(client, cast.member, action)
    assert "Show all" not in page(client, cast.member, action, history="all")


def test_a_cross_reference_leads_only_where_the_reader_may_go(client, cast, action):
    target = action.cross_references.first().target
    link = f'href="{address(target)}"'
    assert link in page(client, cast.member, action)
    Action.objects.filter(pk=target.pk).update(limited=True)
    text = page(client, cast.member, action)
    assert link not in text
    assert "links to 1.1" in text
    assert link in page(client, cast.scrutineer, action)


def test_an_accountable_body_that_changes_on_a_day_shows_its_dates(client, cast, draft):
    from actions.changes.definition import RoleGiven

    made = changes.add_action(
        plan=draft,
        reference="9",
        wording="Hand over",
        timescale="March 2027",
        roles=[
            RoleGiven(cast.police_owner, "lead"),
            RoleGiven(cast.group_owner, "accountable", None, date(2026, 6, 30)),
            RoleGiven(cast.health_owner, "accountable", date(2026, 7, 1), None),
        ],
        by=cast.manager,
        at=moment(AGREED_ON),
    )
    agree(cast, draft)
    text = page(client, cast.member, made)
    assert "until 30 June 2026" in text
    assert "from 1 July 2026" in text


# Who sees what


@pytest.mark.parametrize("who", ["member", "contact", "contributor", "nurse", "approver", "chair", "secretary"])
def test_everybody_with_a_role_on_the_board_reads_an_action(client, cast, action, who):
    assert "Train every licensed driver" in page(client, getattr(cast, who), action)


def test_whoever_has_no_role_gets_the_same_page_as_for_what_does_not_exist(client, cast, action):
    client.force_login(cast.stranger)
    missing = reverse("action", args=["elmshire", "cse-plan", 10**12])
    bodies = {client.get(path).content for path in (address(action), address(action, "action_update"), missing)}
    assert len(bodies) == 1
    assert client.get(address(action)).status_code == 404


def test_board_plan_and_action_in_the_address_must_belong_together(client, cast, action):
    other = make_board("northshire", "Northshire Partnership")
    make_plan(other, actions=1, slug="north-plan")
    client.force_login(cast.member)
    for board, plan in (("northshire", "cse-plan"), ("elmshire", "north-plan"), ("nowhere", "cse-plan")):
        assert client.get(reverse("action", args=[board, plan, action.pk])).status_code == 404


def test_an_action_of_limited_circulation_is_not_there_for_a_member(client, cast, action):
    Action.objects.filter(pk=action.pk).update(limited=True)
    client.force_login(cast.member)
    assert client.get(address(action)).status_code == 404
    assert "Limited circulation" in page(client, cast.contact, action)


def test_an_anonymous_visitor_signs_in_first(client, action):
    assert client.get(address(action)).url == f"{reverse('sign_in')}?next={address(action)}"


def test_what_is_not_on_the_record_yet_is_for_those_who_may_read_it(client, cast, action):
    sent = submit(cast, action)
    for who in (cast.coordinator, cast.scrutineer, cast.contact, cast.contributor):
        assert "Words on their way" in page(client, who, action)
    for who in (cast.member, cast.chair):
        assert "Words on their way" not in page(client, who, action)
    link = f'href="{address(action, "submission", sent.pk)}"'
    assert link in page(client, cast.coordinator, action)
    assert link not in page(client, cast.member, action)


def submit(cast, action, **more):
    answer = changes.Answer(
        status="in_progress", rating=rating(cast, "red"), reason="Late", words="Words on their way", date_answer="holds"
    )
    return changes.submit_update(
        action=action,
        owner=cast.police_owner,
        round=cast.rounds["Q2 2026/27"],
        answer=answer,
        by=cast.contact,
        at=moment(TODAY, 9),
        **more,
    )


@pytest.mark.parametrize(
    ("who", "may"),
    [
        *((who, True) for who in ("coordinator", "manager", "contact", "contributor", "nurse")),
        *((who, False) for who in ("member", "scrutineer", "approver", "secretary", "chair")),
    ],
)
def test_only_those_who_may_update_are_led_to_it(client, cast, action, who, may):
    assert (address(action, "action_update") in page(client, getattr(cast, who), action)) is may


# Notes


def note(client, action, **data):
    return client.post(address(action, "note"), {"seen": "0", **data})


def test_an_owners_person_adds_a_progress_note(client, cast, action):
    client.force_login(cast.contributor)
    response = note(client, action, words="98 drivers\u202e now.\x00", internal="on")
    assert response.url == address(action)
    kept = Note.objects.get()
    assert (kept.words, kept.internal, kept.by) == ("98 drivers now.", False, cast.contributor)
    assert "98 drivers now." in page(client, cast.member, action)


def test_an_internal_note_is_only_for_those_who_keep_the_plan(client, cast, action):
    client.force_login(cast.coordinator)
    note(client, action, words="They will not come.", internal="on")
    assert page(client, cast.manager, action).count("They will not come.") == 2
    for who in (cast.member, cast.contact, cast.scrutineer, cast.chair):
        assert "They will not come." not in page(client, who, action)


def test_a_second_click_adds_no_second_note(client, cast, action):
    client.force_login(cast.contact)
    for _ in range(2):
        assert note(client, action, words="98 drivers now.").status_code == 302
    assert Note.objects.count() == 1


@pytest.mark.parametrize(
    ("words", "error"), [("", "Write the note before you add it."), ("x" * 5001, "5,000 characters or fewer")]
)
def test_a_note_that_cannot_be_kept_says_why_and_stays_on_the_page(client, cast, action, words, error):
    client.force_login(cast.contact)
    text = note(client, action, words=words).content.decode()
    assert "There is a problem" in text
    assert error in text
    assert words in text
    assert not Note.objects.exists()


@pytest.mark.parametrize("who", ["member", "scrutineer", "chair", "secretary", "approver"])
def test_a_reader_who_writes_a_note_is_refused(client, cast, action, who):
    client.force_login(getattr(cast, who))
    assert note(client, action, words="Let me in.").status_code == 403
    assert not Note.objects.exists()


def test_the_address_of_a_note_leads_back_to_the_action(client, cast, action):
    client.force_login(cast.contact)
    assert client.get(address(action, "note")).url == address(action)


# Evidence


@pytest.fixture
def evidence(cast, action):
    given = changes.EvidenceGiven("Attendance lists", "document", "https://example.org/lists", date(2026, 5, 20))
    return changes.add_evidence(action=action, evidence=given, by=cast.contact, at=moment(date(2026, 6, 2)))


def test_evidence_shows_where_it_is_held_and_who_has_seen_it(client, cast, action, evidence):
    text = page(client, cast.member, action)
    assert "Attendance lists" in text
    assert 'href="https://example.org/lists"' in text
    assert "Nobody yet" in text
    assert "I have seen this" not in text
    changes.see_evidence(evidence=evidence, by=cast.manager, at=moment(date(2026, 6, 3)))
    assert "Morgan Manager, 3 June 2026" in page(client, cast.member, action)


def test_an_address_that_would_run_a_script_is_only_text(client, cast, action):
    given = changes.EvidenceGiven("<script>alert(1)</script>", "other", "javascript:alert(1)")
    changes.add_evidence(action=action, evidence=given, by=cast.contact, at=moment(TODAY))
    text = page(client, cast.member, action)
    assert "<script>alert" not in text
    assert 'href="javascript:' not in text


def test_a_coordinator_says_once_that_they_have_seen_it(client, cast, action, evidence):
    client.force_login(cast.coordinator)
    assert "I have seen this" in client.get(address(action)).content.decode()
    for _ in range(2):
        response = client.post(address(action, "evidence_seen", evidence.pk))
        assert response.url == f"{address(action)}#evidence"
    assert evidence.sightings.get().by == cast.coordinator
    assert "I have seen this" not in client.get(address(action)).content.decode()


def test_nobody_else_says_so_and_evidence_of_another_action_is_not_there(client, cast, action, evidence):
    other = action.plan.actions.first()
    client.force_login(cast.contact)
    assert client.post(address(action, "evidence_seen", evidence.pk)).status_code == 403
    client.force_login(cast.coordinator)
    assert client.post(address(other, "evidence_seen", evidence.pk)).status_code == 404
    assert not evidence.sightings.exists()


# How much it asks the database


def test_the_page_asks_the_same_however_much_there_is(client, cast, action):
    client.force_login(cast.coordinator)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address(action)).status_code == 200
        return len(queries)

    everything(cast, action, 1)
    asked()
    few = asked()
    everything(cast, action, 5)
    assert asked() == few
    assert few <= 75


def everything(cast, action, times):
    for number in range(times):
        say(cast, action, "amber", on=date(2026, 6, 20), period="Q1 2026/27", words=f"Lead {number}")
        say(cast, action, "red", on=date(2026, 6, 21), period="Q1 2026/27", owner=cast.health_owner)
        changes.add_note(action=action, words=f"Note {number}", by=cast.contact, at=moment(TODAY))
        given = changes.EvidenceGiven(f"List {number}", "document", "A drawer")
        seen = changes.add_evidence(action=action, evidence=given, by=cast.contact, at=moment(TODAY))
        changes.see_evidence(evidence=seen, by=cast.manager, at=moment(TODAY))
        changes.reword_action(
            action=action, wording=f"{times}: {number}", reason="So", by=cast.manager, at=moment(TODAY)
        )
        day = Action.objects.get(pk=action.pk).due.replace(year=2027, day=number + times)
        changes.move_date(action=action, to_due=day, why="So", by=cast.manager, at=moment(TODAY))
    person = cast.nurse
    board_changes.appoint_holder(
        owner=cast.health_owner, person=person, starts=date(2026, 9, times), by=cast.manager, at=moment(TODAY)
    )
