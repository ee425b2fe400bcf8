"""Writing a plan in pages: begun, worded, put in order, agreed; and what an agreed action says anew."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actions import as_at, changes
from actions.changes.definition import RoleGiven, StepGiven
from actions.models import Action, Plan
from boards import audit
from tests.builders import AGREED_ON, TODAY, agree, at, make_action, make_board, make_plan, moment, say

pytestmark = pytest.mark.django_db

PLANS = "/boards/elmshire/plans/"
DRAFT = f"{PLANS}cse-plan/"
WRITE = f"{DRAFT}write/"


@pytest.fixture
def cast():
    return make_board()


@pytest.fixture
def draft(cast):
    return make_plan(cast, actions=3, agreed=False)


@pytest.fixture
def desk(client, cast):
    """The coordinator's browser, on TODAY."""
    client.force_login(cast.coordinator)
    with at(TODAY):
        yield client


def sent(page):
    """What a browser would send of a form as it stands."""
    form = page.text.split("<main")[1].split('<form method="post" novalidate>')[1].split("</form>")[0]
    fields = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, kind = (re.search(rf'\b{what}="([^"]*)"', tag) for what in ("name", "type"))
        if not name or (kind.group(1) in ("checkbox", "radio") and "checked" not in tag):
            continue
        value = re.search(r'\bvalue="([^"]*)"', tag)
        otherwise = "on" if kind.group(1) == "checkbox" else ""
        fields.setdefault(name.group(1), []).append(value.group(1) if value else otherwise)
    for name, inside in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', form, re.DOTALL):
        fields[name] = [inside.strip("\n")]
    for name, inside in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', inside)
        fields[name] = [chosen.group(1) if chosen else ""]
    fields.pop("csrfmiddlewaretoken", None)
    return fields


def one(draft, reference):
    return draft.actions.get(reference=reference)


def test_a_plan_is_begun_written_and_agreed(desk, cast):
    page = desk.get(PLANS)
    assert "This board has no plan yet." in page.text
    assert "/boards/elmshire/new-plan/" in page.text
    page = desk.post(
        "/boards/elmshire/new-plan/", {"title": "CSE Plan 2027", "overseen_by": cast.strategic.pk}, follow=True
    )
    assert "The draft is begun." in page.text
    assert "Nothing is written yet." in page.text
    plan = Plan.objects.get(slug="cse-plan-2027")
    assert plan.columns.count() == 8
    write = f"{PLANS}cse-plan-2027/write/"
    desk.post(f"{write}sections/add/", {"number": "1.0", "title": "Prevent", "priority": cast.prevent.pk})
    section = plan.sections.get()
    form = sent(desk.get(f"{write}actions/add/?section={section.pk}"))
    assert form["section"] == [str(section.pk)]
    form |= {
        "reference": "1.1",
        "wording": "Train every taxi driver",
        "timescale": "June 2027",
        "measures": "Drivers trained\n\nComplaints",
        "priorities": [cast.prevent.pk],
        "owner-0-owner": cast.police_owner.pk,
        "owner-0-role": "lead",
        "step-0-text": "Write the course",
        "step-0-lead": cast.health_owner.pk,
        "step-0-timescale": "March 2027",
        "milestone-0-label": "Half way",
        "milestone-0-timescale": "April 2027",
    }
    page = desk.post(f"{write}actions/add/", form, follow=True)
    assert "Action 1.1 is kept. We read “June 2027” as by 30 June 2027." in page.text
    action = plan.actions.get()
    assert [row.text for row in action.measures.all()] == ["Drivers trained", "Complaints"]
    assert action.next_due == date(2027, 3, 31)
    agreed = day(agreed_on=AGREED_ON) | {"new_meeting": "The board"} | day(new_meeting_on=AGREED_ON)
    page = desk.post(f"{PLANS}cse-plan-2027/agree/", agreed, follow=True)
    assert "CSE Plan 2027 is agreed." in page.text
    plan.refresh_from_db()
    assert (plan.state, plan.agreed_at_meeting.name) == ("agreed", "The board")
    action.refresh_from_db()
    assert (action.first_due, action.first_version.wording) == (date(2027, 6, 30), "Train every taxi driver")
    assert audit.verify(cast.board) is None


def day(**named):
    ((name, value),) = named.items()
    return {f"{name}_day": value.day, f"{name}_month": value.month, f"{name}_year": value.year}


def test_a_plan_is_begun_with_the_words_of_another(desk, cast, draft):
    page = desk.post(
        "/boards/elmshire/new-plan/",
        {"title": "CSE plan", "overseen_by": cast.strategic.pk, "copied": draft.pk},
        follow=True,
    )
    assert "Do what action 1.1 of the plan promises" in page.text
    assert Plan.objects.exclude(pk=draft.pk).get().slug == "cse-plan-elmshire"


def test_the_outline_shows_what_each_action_lacks_and_how_its_words_are_read(desk, cast, draft):
    make_action(cast, draft, "3.1", timescale="When it suits")
    page = desk.get(WRITE)
    assert "Has neither a date nor a review interval" in page.text
    assert "We read “March 2026” as by 31 March 2026." in page.text
    changes.change_action(
        action=one(draft, "3.1"),
        timescale="In line with the forward planner",
        by=cast.manager,
        at=moment(AGREED_ON, 12),
    )
    assert "“In line with the forward planner” depends on something other than a date." in desk.get(WRITE).text
    assert "1 action has no lead, or neither a date nor a review interval: 3.1." in page.text


def test_an_action_sent_back_as_it_is_changes_nothing(desk, cast, draft):
    action = one(draft, "1.1")
    make_action(
        cast, draft, "3.1", steps=["First", ("Second", cast.health_owner, "May 2026")],
        milestones=[("Half", "April 2026")], roles=[("support", cast.outside_owner)], measures=["One", "Two"],
        outcome="Better", top_priority=True,
    )  # fmt: skip
    for action in draft.actions.all():
        events = cast.board.event_set.count()
        page = desk.post(f"{WRITE}actions/{action.pk}/", sent(desk.get(f"{WRITE}actions/{action.pk}/")), follow=True)
        assert f"Action {action.reference} is kept." in page.text
        assert cast.board.event_set.count() == events
        assert action.versions.count() == 1


def test_an_agreed_action_sent_back_as_it_is_is_told_so(desk, cast, draft):
    agree(cast, draft)
    action = one(draft, "1.1")
    address = f"{DRAFT}actions/{action.pk}/words/"
    page = desk.post(address, sent(desk.get(address)) | {"reason": "Because"})
    assert "These are the words it has already." in page.text
    assert action.versions.count() == 1


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"reference": "1.2"}, "already has an action 1.2. Give this one another reference."),
        ({"reference": ""}, "Enter reference"),
        ({"wording": " "}, "Enter action"),
        ({"related": "1.1"}, "Action 1.1 cannot be related to itself."),
        ({"owner-1-role": "support"}, "Choose who takes this part, or leave the part empty"),
        ({"milestone-0-label": "Half way"}, "Say by when, or leave the milestone empty"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(desk, draft, typed, words):
    action = one(draft, "1.1")
    form = sent(desk.get(f"{WRITE}actions/{action.pk}/")) | {"outcome": "Typed at length"} | typed
    page = desk.post(f"{WRITE}actions/{action.pk}/", form)
    assert page.status_code == 200
    assert words in page.text
    assert "Typed at length" in page.text
    action.refresh_from_db()
    assert action.version.number == 1


def test_two_leads_are_refused_in_words(desk, cast, draft):
    action = one(draft, "1.1")
    form = sent(desk.get(f"{WRITE}actions/{action.pk}/"))
    form |= {"owner-1-owner": cast.health_owner.pk, "owner-1-role": "lead"}
    assert "An action has one lead at a time." in desk.post(f"{WRITE}actions/{action.pk}/", form).text


def test_more_empty_rows_keep_what_was_typed(desk, draft):
    address = f"{WRITE}actions/{one(draft, '1.1').pk}/"
    form = sent(desk.get(address)) | {"step-0-text": "Typed", "more": "yes"}
    page = desk.post(address, form)
    assert "Typed" in page.text
    assert 'name="step-5-text"' in page.text
    assert "There is a problem" not in page.text


def test_two_people_at_one_action_see_both_versions_and_lose_nothing(desk, cast, draft):
    address = f"{WRITE}actions/{one(draft, '1.1').pk}/"
    mine = sent(desk.get(address)) | {"wording": "Mine"}
    theirs = sent(desk.get(address)) | {"wording": "Theirs"}
    desk.post(address, theirs)
    page = desk.post(address, mine)
    assert "Casey Coordinator has changed this action meanwhile." in page.text
    assert "Theirs" in page.text
    assert ">\nMine</textarea>" in page.text
    assert one(draft, "1.1").version.wording == "Theirs"
    desk.post(address, sent(page))
    assert one(draft, "1.1").version.wording == "Mine"


def test_rows_are_moved_by_a_button_and_one_comes_back_to_them(desk, draft):
    two = one(draft, "1.2")
    page = desk.post(f"{WRITE}move/", {"what": f"action-{two.pk}", "way": "up"})
    assert page["Location"] == f"{WRITE}#action-{two.pk}"
    assert list(draft.actions.values_list("reference", flat=True)) == ["1.2", "1.1", "2.3"]
    page = desk.post(f"{WRITE}move/", {"what": f"action-{two.pk}", "way": "up"}, follow=True)
    assert "1.2 stands at the end already." in page.text
    for what in ("", "action-x", "plan-1", f"action-{10**12}"):
        assert "no longer in the plan" in desk.post(f"{WRITE}move/", {"what": what, "way": "up"}, follow=True).text


def test_numbers_are_given_anew_and_a_doubled_one_is_refused_with_what_was_typed(desk, draft):
    address = f"{WRITE}numbers/"
    form = sent(desk.get(address))
    assert [value for name, (value,) in form.items() if name != "seen"] == ["1.1.1", "1.1.2", "2.1"]
    doubled = dict(form) | {f"reference-{one(draft, '1.1').pk}": "2.1"}
    page = desk.post(address, doubled)
    assert "Two actions would have the reference 2.1." in page.text
    desk.post(address, form)
    assert list(draft.actions.values_list("reference", flat=True)) == ["1.1.1", "1.1.2", "2.1"]


def test_headings_are_changed_in_rows(desk, draft):
    address = f"{WRITE}headings/"
    form = sent(desk.get(address)) | {"heading-0-heading": "", "heading-1-heading": "Our promise"}
    desk.post(address, form)
    assert draft.columns.first().heading == "Our promise"
    assert draft.columns.count() == 7


def stale_pages(cast, draft):
    """The forms about a draft that are not about an action: (address, a box, what it held, two things typed)."""
    section = draft.sections.first()
    objective = draft.objectives.first()
    return {
        "details": (f"{WRITE}details/", "title", "Theirs & their plan", "My plan"),
        "section": (f"{WRITE}sections/{section.pk}/", "title", "Theirs & their section", "My section"),
        "objective": (f"{WRITE}objectives/{objective.pk}/", "title", "Theirs & their objective", "My objective"),
        "headings": (f"{WRITE}headings/", "heading-1-heading", "Theirs & their heading", "My heading"),
        "numbers": (f"{WRITE}numbers/", f"reference-{one(draft, '1.1').pk}", "T & 1", "M 1"),
    }


@pytest.mark.parametrize("name", ["details", "section", "objective", "headings", "numbers"])
def test_two_people_at_one_form_of_a_draft_see_both_versions_and_lose_nothing(desk, cast, draft, name):
    address, box, theirs, mine = stale_pages(cast, draft)[name]
    form = sent(desk.get(address))
    assert desk.post(address, dict(form) | {box: theirs}).status_code == 302
    page = desk.post(address, dict(form) | {box: mine})
    assert page.status_code == 200
    assert "Casey Coordinator has changed" in page.text
    again = sent(page)
    assert again[box] == [mine]
    assert theirs.replace("&", "&amp;") in page.text
    assert sent(desk.get(address))[box] != [mine], "nothing is written over unseen"
    assert desk.post(address, again).status_code == 302
    assert mine in desk.get(WRITE).text if name != "headings" else draft.columns.get(heading=mine)
    assert audit.verify(cast.board) is None


@pytest.mark.parametrize("name", ["details", "section", "objective", "headings", "numbers"])
def test_a_form_of_a_draft_that_comes_back_for_a_mistake_accuses_nobody(desk, cast, draft, name):
    address, box, _, _ = stale_pages(cast, draft)[name]
    form = sent(desk.get(address)) | {box: "2.1" if name == "numbers" else ""}
    page = desk.post(address, form)
    assert "meanwhile" not in page.text


def test_what_stands_otherwise_in_a_plan_is_named_in_words_when_somebody_changed_it_meanwhile(desk, cast, draft):
    address = f"{WRITE}details/"
    form = sent(desk.get(address))
    theirs = dict(form) | day(ends=date(2027, 3, 31)) | {"overseen_by": cast.operational.pk, "note": "A <b>note</b>"}
    desk.post(address, theirs)
    page = desk.post(address, dict(form) | {"title": "Mine"})
    told = page.text.split('id="newer"')[1].split("<form")[0]
    for words in ("31 March 2027", str(cast.operational), "A &lt;b&gt;note&lt;/b&gt;", draft.title):
        assert words in told
    assert "Marking" not in told, "what both say alike is not told"


def test_an_action_is_taken_out_when_asked_twice(desk, draft):
    action = one(draft, "1.2")
    page = desk.get(f"{WRITE}actions/{action.pk}/remove/")
    assert "Take action 1.2 out of the plan?" in page.text
    page = desk.post(f"{WRITE}actions/{action.pk}/remove/", follow=True)
    assert "Action 1.2 is no longer in the plan." in page.text
    assert desk.post(f"{WRITE}actions/{action.pk}/remove/").status_code == 404


def test_a_section_is_changed_and_one_with_actions_is_not_taken_out(desk, cast, draft):
    section = draft.sections.first()
    address = f"{WRITE}sections/{section.pk}/"
    desk.post(address, {"number": "1", "title": "Prevention", "overseen_by": cast.operational.pk})
    section.refresh_from_db()
    assert str(section) == "1 Prevention"
    page = desk.post(address, {"remove": "yes"}, follow=True)
    assert "has had actions or objectives under it" in page.text


def test_agreement_lists_what_is_not_complete_and_wants_a_reason(desk, cast, draft):
    make_action(cast, draft, "3.1", timescale="")
    page = desk.get(f"{DRAFT}agree/")
    assert "1 action has no lead, or neither a date nor a review interval." in page.text
    page = desk.post(f"{DRAFT}agree/", day(agreed_on=AGREED_ON))
    assert "These actions are not complete: 3.1. Complete them, or say why not." in page.text
    page = desk.post(f"{DRAFT}agree/", day(agreed_on=date(2026, 12, 1)) | {"reason": "It is late"})
    assert "The day of agreement must be today or in the past." in page.text
    desk.post(f"{DRAFT}agree/", day(agreed_on=AGREED_ON) | {"reason": "It is late"})
    draft.refresh_from_db()
    assert draft.state == "agreed"


def test_what_happened_since_to_what_a_draft_carries_over_is_said_before_the_board_agrees_it(desk, cast):
    plan, who = make_plan(cast, actions=3), {"by": cast.coordinator}
    one, two, three = plan.actions.order_by("position")
    changes.move_date(action=three, to_due=date(2026, 12, 1), why="Later", at=moment(date(2026, 4, 1)), **who)
    new = changes.begin_next_plan(
        plan=plan, title="Next", slug="next", reason="A new year", at=moment(date(2026, 5, 1)), **who
    )
    write, agreement = f"{PLANS}next/write/", f"{PLANS}next/agree/"
    said = "Since it was taken into this draft, action {} of CSE Action Plan 2026-28 {}."
    for address in (write, agreement):
        assert "Since it was taken" not in desk.get(address).text
    later = {"at": moment(date(2026, 6, 1)), **who}
    changes.reword_action(action=one, wording="Otherwise", reason="Clearer", **later)
    changes.move_date(action=one, to_due=date(2026, 12, 1), why="Later", **later)
    say(cast, two, "green", on=date(2026, 7, 3), period="Q1 2026/27", status="complete")
    for address in (write, agreement):
        page = desk.get(address).text
        assert said.format("1.1", "has been changed and has another date") in page
        assert said.format("1.2", "is complete") in page
        assert page.count("Since it was taken") == 2
    assert "Changed where it came from" in desk.get(agreement).text
    assert new.actions.get(reference="1.1").version.wording != "Otherwise"


def test_an_agreed_plan_leads_away_from_writing(desk, cast, draft):
    agree(cast, draft)
    for page in ("", "details/", "headings/", "numbers/", "actions/add/", "sections/add/"):
        answer = desk.get(f"{WRITE}{page}", follow=True)
        assert answer.redirect_chain == [(DRAFT, 302)]
        assert "has been agreed" in answer.text


def test_what_the_board_agrees_later_is_added_to_the_agreed_plan(desk, cast, draft):
    agree(cast, draft)
    address = f"{DRAFT}actions/add/"
    assert f'href="{address}"' in desk.get(DRAFT).text
    form = sent(desk.get(address)) | {
        "reference": "2.9",
        "wording": "Act on the <b>review</b>",
        "timescale": "June 2027",
    }
    page = desk.post(address, form)
    assert "Why is it added?" in page.text
    assert "Say who leads it" not in page.text, "one mistake at a time"
    form |= {"reason": "The review asks for it"}
    page = desk.post(address, form)
    assert "Say who leads it: from today the board asks somebody about it." in page.text
    assert ">\nAct on the &lt;b&gt;review&lt;/b&gt;</textarea>" in page.text
    form |= {"owner-0-owner": cast.police_owner.pk, "owner-0-role": "lead"}
    form |= {"new_meeting": "June meeting"} | day(new_meeting_on=AGREED_ON)
    page = desk.post(address, form, follow=True)
    assert "Action 2.9 is part of CSE Action Plan 2026-28 from now on." in page.text
    told = " ".join(page.text.split())
    assert "(agreed at June meeting), because “The review asks for it”: “Act on the &lt;b&gt;review&lt;/b&gt;”." in told
    assert "30 June 2027" in told
    assert desk.post(address, form).status_code == 200, "the reference is taken"
    page = desk.get(f"{DRAFT}compare/?since=2026-01-31&until=2026-09-28")
    assert "Added: 1" in page.text


def test_of_what_was_added_to_an_agreed_plan_nobody_was_asked_before(desk, cast, draft):
    plan = agree(cast, draft)
    given = {"plan": plan, "reason": "So", "roles": [RoleGiven(cast.police_owner, "lead")], "by": cast.coordinator}
    early = changes.add_agreed_action(reference="2.8", wording="Early", at=moment(date(2026, 5, 4)), **given)
    late = changes.add_agreed_action(reference="2.9", wording="Late", at=moment(date(2026, 8, 3)), **given)
    silent = desk.get(f"{DRAFT}?rating=no_update").text
    assert "Early" in silent
    assert "Late" not in silent
    for action, owed in ((early, 1), (late, 0)):
        said = desk.get(f"{DRAFT}actions/{action.pk}/").text.split('id="said-title"')[1].split('id="history-title"')[0]
        assert said.count("No update received") == owed
        past = as_at.rows(plan.actions.filter(pk=action.pk), as_at.past_of(plan, on=TODAY, known_by=moment(TODAY, 23)))
        assert [row.no_update for row in past] == [bool(owed)]


def test_an_agreed_action_says_something_else_with_a_reason_and_its_first_words_stay(desk, cast, draft):
    agree(cast, draft)
    action = one(draft, "1.1")
    address = f"{DRAFT}actions/{action.pk}/words/"
    form = sent(desk.get(address))
    assert "timescale" not in form
    assert "to_due" not in form
    page = desk.post(address, form | {"wording": "Say it better"})
    assert "There is a problem" in page.text
    form |= {
        "wording": "Say it better",
        "reason": "It was not clear",
        "owner-0-owner": cast.health_owner.pk,
        "owner-0-role": "joint_lead",
        "section": draft.sections.last().pk,
        "objective": "",
    }
    page = desk.post(address, form, follow=True)
    assert "The action says this from now on." in page.text
    action.refresh_from_db()
    assert action.first_version.wording == "Do what action 1.1 of the plan promises"
    assert action.section == draft.sections.last()
    assert {str(row) for row in action.owner_roles.filter(until=None)} == {"Police (lead)", "Health (joint lead)"}
    page = desk.get(f"{DRAFT}actions/{action.pk}/history/")
    assert "because “It was not clear”" in page.text
    assert "Section: from 1.0 Prevent to 2.0 Pursue." in page.text


@pytest.fixture
def stepped(cast):
    """An agreed action with two steps and a milestone."""
    plan = make_plan(cast, slug="stepped", title="Plan with steps", actions=0, agreed=False)
    steps = ("Find a trainer", ("Train everybody", cast.health_owner, "June 2026"))
    action = make_action(cast, plan, "1.1", steps=steps, milestones=[("Half of them", "May 2026")])
    agree(cast, plan)
    return action


def test_steps_and_milestones_of_an_agreed_action_are_changed_on_its_page(desk, cast, stepped):
    page_of = f"{PLANS}stepped/actions/{stepped.pk}/"
    form = sent(desk.get(f"{page_of}words/"))
    page = desk.post(f"{page_of}words/", form | {"reason": "None"})
    assert "These are the words it has already" in page.text
    form |= {"step-1-timescale": "no date at all", "reason": "The trainer left"}
    page = desk.post(f"{page_of}words/", form)
    assert "The step “Train everybody” is due on 30 June 2026" in page.text
    assert 'value="no date at all"' in page.text
    form |= {"step-1-timescale": "December 2026", "step-2-text": "Look back", "milestone-0-timescale": "July 2026"}
    desk.post(f"{page_of}words/", form)
    page = desk.get(page_of).text
    assert "due 31 December 2026 (“December 2026”); first due 30 June 2026; moved once" in page
    assert ">Steps, first</h3>" in page
    assert ">Milestones, now</h3>" in page
    assert "added: </span>Look back" in page
    stepped.refresh_from_db()
    assert (stepped.due, stepped.first_due) == (date(2027, 3, 31), date(2027, 3, 31))
    assert [step.text for step in stepped.steps.filter(until=None)] == [
        "Find a trainer", "Train everybody", "Look back",
    ]  # fmt: skip
    past = desk.get(f"{page_of}as-at/?day=2026-09-27")
    assert "Steps, first" not in past.text
    assert "due 30 June 2026 (“June 2026”)</span>" in past.text


def test_a_step_without_words_is_asked_for_them(desk, stepped):
    address = f"{PLANS}stepped/actions/{stepped.pk}/words/"
    form = sent(desk.get(address)) | {"step-2-timescale": "May 2027", "reason": "More"}
    assert "Say what the step is" in desk.post(address, form).text


def test_whoever_rewords_an_action_sees_what_somebody_else_changed_of_its_steps(desk, cast, stepped):
    address = f"{PLANS}stepped/actions/{stepped.pk}/words/"
    mine = sent(desk.get(address)) | {"wording": "Mine", "reason": "Mine"}
    theirs = sent(desk.get(address)) | {"step-1-timescale": "December 2026", "reason": "Theirs"}
    desk.post(address, theirs)
    page = desk.post(address, mine)
    assert "Casey Coordinator has changed this action meanwhile." in page.text
    assert "<strong>Steps</strong>" in page.text
    assert ">December<" in page.text.split("<strong>Steps</strong>")[1].split("</p>")[0]
    assert ">\nMine</textarea>" in page.text
    assert stepped.versions.count() == 2


def test_the_page_of_a_reworded_action_asks_no_more_for_more_steps(desk, cast, stepped, django_assert_num_queries):
    address = f"{PLANS}stepped/actions/{stepped.pk}/"

    def reword(steps):
        stepped.refresh_from_db()
        given = [StepGiven(text, None, when) for text, when in steps]
        changes.reword_action(
            action=stepped, wording=f"With {len(steps)} steps", steps=given, reason="More", by=cast.manager,
            at=moment(AGREED_ON),
        )  # fmt: skip

    reword([("Train everybody", "July 2026")])
    desk.get(address)
    with CaptureQueriesContext(connection) as few:
        desk.get(address)
    reword([("Train everybody", "August 2026"), *((f"Step {number}", "May 2026") for number in range(30))])
    with django_assert_num_queries(len(few)):
        desk.get(address)


@pytest.mark.parametrize(
    ("what", "moved", "first"), [("moves", 1, date(2026, 3, 31)), ("misread", 0, date(2026, 11, 30))]
)
def test_a_date_moves_or_had_been_misread_and_the_two_are_told_apart(desk, cast, draft, what, moved, first):
    agree(cast, draft)
    action = one(draft, "1.1")
    address = f"{DRAFT}actions/{action.pk}/date/"
    assert "It is due on <strong>31 March 2026</strong>" in desk.get(address).text
    form = {"what": what, "why": "The trainer left"} | day(to_due=date(2026, 11, 30))
    page = desk.post(address, form, follow=True)
    assert "The date is changed." in page.text
    action.refresh_from_db()
    assert (action.due, action.first_due) == (date(2026, 11, 30), first)
    assert action.date_changes.filter(kind="moved").count() == moved
    assert "That is" in desk.post(address, form).text


def test_a_board_that_receives_the_plan_stays_though_the_writer_does_not_read_it(desk, cast, draft):
    there = make_board("oakshire", "Oakshire Partnership")
    changes.change_plan(plan=draft, receiving_boards=[there.board], by=cast.manager, at=moment(AGREED_ON))
    address = f"{WRITE}details/"
    form = sent(desk.get(address))
    assert form["receiving_boards"] == [str(there.board.pk)]
    desk.post(address, form | {"title": "Better"})
    draft.refresh_from_db()
    assert (draft.title, draft.receivers.count()) == ("Better", 1)


def test_a_date_that_somebody_else_moved_meanwhile_is_not_moved_unseen(desk, cast, draft):
    agree(cast, draft)
    action = one(draft, "1.1")
    address = f"{DRAFT}actions/{action.pk}/date/"
    mine = sent(desk.get(address)) | {"what": "moves", "why": "Mine"} | day(to_due=date(2026, 12, 31))
    theirs = sent(desk.get(address)) | {"what": "moves", "why": "Theirs"} | day(to_due=date(2026, 11, 30))
    desk.post(address, theirs)
    page = desk.post(address, mine)
    assert "Somebody has changed the date meanwhile: it was 31 March 2026 when you opened this page" in page.text
    assert "It is due on <strong>30 November 2026</strong>" in page.text
    assert "Mine" in page.text
    assert action.date_changes.count() == 1
    desk.post(address, sent(page) | {"what": "moves"})
    action.refresh_from_db()
    assert action.due == date(2026, 12, 31)


def test_a_member_reads_and_is_refused_and_a_stranger_meets_nothing(client, cast, draft):
    agree(cast, draft)
    action = one(draft, "1.1")
    addresses = ["/boards/elmshire/new-plan/", WRITE, f"{DRAFT}agree/", f"{DRAFT}actions/{action.pk}/words/"]
    for who, status in (("member", 403), ("contact", 403), ("stranger", 404)):
        client.force_login(getattr(cast, who))
        with at(TODAY):
            assert [client.get(address).status_code for address in addresses] == [status] * 4, who


def test_the_outline_of_a_longer_plan_asks_no_more(desk, cast, django_assert_num_queries):
    make_plan(cast, actions=2, agreed=False)
    long = make_plan(cast, actions=1, more=60, slug="long", title="Long", agreed=False)
    desk.get(WRITE)  # the first visit of a day is written down
    with django_assert_num_queries(11):
        desk.get(WRITE)
    with django_assert_num_queries(11):
        desk.get(f"{PLANS}{long.slug}/write/")
    assert Action.objects.filter(plan=long).count() == 61
