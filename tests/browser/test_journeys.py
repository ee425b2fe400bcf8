"""What the product exists for, done in a real browser on the demo boards by the three people it is for.

One loading of the demo serves all of them; they act one after another, as in life. Every page they meet is checked by
axe, and at the end every address of the site has been met.
"""

import io
import re
from datetime import date, timedelta
from urllib.parse import urlsplit

import pdfplumber
import pytest
from django.conf import settings
from django.core import mail
from django.core.management import call_command
from django.urls import resolve, reverse
from django.utils import timezone

from actions.demo.people import PASSPHRASE
from actions.models import Action, Plan
from boards.accounts import urls as accounts
from boards.audit import verify
from boards.models import Board
from tests import builders
from tests.browser.clicking import click
from tests.doors.table import routes
from tests.importing import files, plans

OWN_ACCOUNT = set(routes(accounts.urlpatterns)) - {"sign_in", "sign_out"}
"""Pages of one's own account: tests.browser.test_account meets those."""

PLANS = (("dudley", 28), ("sandwell", 20), ("worcestershire", 42), ("stockport", 40))

pytestmark = pytest.mark.django_db(transaction=True)


class Visit:
    """Somebody at the site: every page is checked by axe, and remembered by the name of its address."""

    def __init__(self, page, no_violations, met):
        self.page, self.check, self.met = page, no_violations, met

    def sign_in(self, email):
        self.page.goto("/")
        self.look()
        self.page.get_by_label("E-mail address").fill(email)
        self.page.get_by_label("Password", exact=True).fill(PASSPHRASE)
        click(self.page.get_by_role("button", name="Sign in"))
        assert self.heading() == "Your work"
        self.look()

    def look(self):
        """Check the page by axe, the first time anybody meets one of its kind, and whenever it shows an error."""
        name = resolve(urlsplit(self.page.url).path).url_name
        if name not in self.met or self.page.title().startswith("Error"):
            self.check(self.page)
        self.met.add(name)

    def heading(self):
        return self.page.get_by_role("heading", level=1).inner_text()

    def follow(self, name, **more):
        click(self.page.get_by_role("link", name=name, **more).first)
        self.look()

    def press(self, name):
        click(self.page.get_by_role("button", name=name).first)
        self.look()

    def go(self, path):
        self.page.goto(path)
        self.look()

    def sign_out(self):
        click(self.page.get_by_role("button", name="Sign out"))
        self.met.add("sign_out")
        assert "Sign in" in self.heading()


@pytest.fixture
def demo(transactional_db):
    call_command("demo", stdout=io.StringIO())


def test_the_three_people_do_what_the_product_exists_for(demo, page, no_violations):
    met = set()
    visit = Visit(page, no_violations, met)
    for slug, actions in PLANS:
        the_coordinator_updates_an_action(visit, slug, actions)
    the_chair_sees_what_is_overdue_worst_first(visit)
    the_manager_downloads_the_quarterly_update(visit)
    the_contact_sends_an_update_and_the_coordinator_reads_it(visit)
    the_manager_reads_the_record(visit)
    the_manager_lets_people_in_and_out(visit)
    the_manager_looks_after_the_board(visit)
    the_coordinator_writes_a_plan_that_the_board_agrees(visit)
    the_coordinator_brings_a_file_in(visit)
    the_chair_decides_on_a_date_that_a_file_asked_for(visit)
    for board in Board.objects.all():
        assert verify(board) is None
    assert set(routes()) - met - OWN_ACCOUNT == set(), "pages that no journey met"


def address(action):
    return reverse("action", args=[action.board.slug, action.plan.slug, action.pk])


def the_coordinator_updates_an_action(visit, slug, actions):
    page, plan = visit.page, Plan.objects.get(board__slug=slug)
    visit.sign_in(f"coordinator.{slug}@example.org")
    visit.follow("Plans", exact=True)
    visit.follow("the actions that answer them")
    visit.follow("Plans", exact=True)
    visit.follow(plan.title)
    assert page.get_by_text(f"{actions} of {actions} actions").is_visible()
    action = plan.actions.filter(status="in_progress").order_by("position").first()
    click(page.locator(f"main table a[href='{address(action)}']").first)
    visit.look()
    visit.press("Update this action")

    # Amber without a reason: refused beside the box, the words kept.
    words = f"The draft for {action.reference} went round all agencies and came back."
    page.get_by_label("What has happened?").fill(words)
    page.get_by_role("radio", name="Amber").check()
    click(page.get_by_role("button", name="Put this update on the record"))
    visit.look()
    assert page.get_by_role("alert").get_by_text("Say why the rating is Amber.").is_visible()
    assert page.get_by_label("What has happened?").input_value() == words

    page.get_by_label(re.compile("^Why")).fill("Two agencies have still to sign.")
    click(page.get_by_role("button", name="Put this update on the record"))
    visit.look()
    assert page.get_by_text(words).first.is_visible()
    action.refresh_from_db()
    assert (action.rating.word, action.last_update.words) == ("Amber", words)
    visit.sign_out()


def the_chair_sees_what_is_overdue_worst_first(visit):
    page = visit.page
    visit.sign_in("chair.dudley@example.org")
    visit.follow("Review", exact=True)
    shown = [int(days) for days in re.findall(r"\b(\d+) days? overdue", page.locator("main table").inner_text())]
    late = Action.objects.filter(
        board__slug="dudley",
        next_due__lt=timezone.localdate(),
        status__in=("not_started", "in_progress", "proposed_complete"),
    )
    worst = [(timezone.localdate() - due).days for due in late.order_by("next_due").values_list("next_due", flat=True)]
    assert worst, "the demo has overdue actions"
    assert list(dict.fromkeys(shown))[: len(set(worst))] == sorted(set(worst), reverse=True)
    visit.sign_out()


def the_manager_downloads_the_quarterly_update(visit):
    page = visit.page
    visit.sign_in("manager.dudley@example.org")
    visit.follow("Board", exact=True)
    visit.follow("Reports", exact=True)
    period = Board.objects.get(slug="dudley").reportingperiod_set.filter(ends__lt=timezone.localdate()).last()
    visit.go(f"/boards/dudley/reports/{period.starts:%Y-%m-%d}/")
    assert visit.heading() == f"Quarterly update, {period.label}"
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the PDF").click()
    visit.met.add("report_pdf")
    assert download.value.suggested_filename.endswith("-OFFICIAL.pdf")
    with pdfplumber.open(download.value.path()) as paper:
        last = len(paper.pages)
        assert last > 5
        for number, sheet in enumerate(paper.pages, start=1):
            assert f"page {number} of {last}" in sheet.extract_text().lower()
        whole = " ".join(sheet.extract_text() for sheet in paper.pages)
        for action in Action.objects.filter(board__slug="dudley", limited=False):
            assert action.reference in whole
    visit.sign_out()


def the_contact_sends_an_update_and_the_coordinator_reads_it(visit):
    page = visit.page
    visit.sign_in("contact.dudley@example.org")
    visit.go("/plans/")
    assert visit.heading() == "All your plans"
    visit.follow("Your work", exact=True)
    owed = page.locator("main").get_by_role("link", name=re.compile(r"^\d+\.\d+\s")).first
    click(owed)
    visit.look()
    if "/update/" not in page.url:
        visit.press(re.compile("update", re.IGNORECASE))
    page.get_by_label("What has happened?").fill(
        "Officers of two teams have been briefed; the third is in the new year."
    )
    page.get_by_role("radio", name="Amber").check()
    page.get_by_label(re.compile("^Why")).fill("One team could not be released.")
    click(page.get_by_role("button", name=re.compile("^Submit")))
    visit.look()
    visit.sign_out()
    visit.sign_in("coordinator.dudley@example.org")
    waiting = page.locator("main").get_by_role("link", name=re.compile(r"^\d+\.\d+\s")).first
    click(waiting)
    visit.look()
    click(page.get_by_role("button", name=re.compile("^Accept")))
    visit.look()
    # Between rounds: a note, and that evidence has been seen.
    page.get_by_label("Add a progress note").fill("Briefing dates confirmed by telephone.")
    click(page.get_by_role("button", name="Add note"))
    visit.look()
    visit.met.add("note")
    shown = Action.objects.filter(
        board__slug="dudley", evidence__isnull=False, evidence__sightings__isnull=True
    ).first()
    visit.go(address(shown))
    click(page.get_by_role("button", name=re.compile("seen")).first)
    visit.look()
    visit.met.add("evidence_seen")
    visit.sign_out()


def the_manager_reads_the_record(visit):
    page = visit.page
    visit.sign_in("manager.dudley@example.org")
    visit.follow("Board", exact=True)
    visit.follow("Access log")
    assert page.locator("main table").get_by_text("Report downloaded").first.is_visible()
    visit.follow("history of the board")
    assert page.locator(".app-timeline__what").first.is_visible()
    visit.follow("Plans", exact=True)
    visit.follow(Plan.objects.get(board__slug="dudley").title)
    visit.follow("History of the plan")
    click(page.locator("main ol").get_by_role("link", name=re.compile("^Action ")).first)
    visit.look()
    visit.follow("See the action as at a past day")
    visit.follow("See it as it is today")
    visit.follow("Narrow the history or download it")
    with page.expect_download() as download:
        page.get_by_role("button", name=re.compile("^Download .* as CSV")).click()
    visit.go("/boards/dudley/redact/")
    page.get_by_label("Words that have to go").fill("Briefing dates confirmed by telephone.")
    visit.press("Find these words")
    page.get_by_label("Why they have to go").fill("written to the wrong action")
    visit.press(re.compile("^Redact in"))
    assert page.get_by_text("The words are gone from").is_visible()
    visit.go(reverse("plan_as_at", args=["dudley", Plan.objects.get(board__slug="dudley").slug]))
    page.get_by_role("textbox", name="Day").fill(f"{timezone.localdate() - timedelta(days=40):%Y-%m-%d}")
    visit.press("Show that day")
    assert "as at" in visit.heading()
    visit.go(reverse("plan", args=["dudley", Plan.objects.get(board__slug="dudley").slug]))
    page.get_by_text("Export the plan").click()
    with page.expect_download() as workbook:
        page.get_by_role("button", name="Excel (.xlsx)").click()
    assert re.search(r"^dudley-2016-17-\d{4}-\d\d-\d\d\.xlsx$", workbook.value.suggested_filename)
    visit.follow("Which file is for what")
    assert "Export" in visit.heading()
    visit.go(reverse("plan", args=["dudley", Plan.objects.get(board__slug="dudley").slug]))
    visit.follow("What changed in the plan")
    visit.follow("Since the plan was agreed")
    assert page.get_by_text(re.compile("^[0-9]+ of [0-9]+ actions differ")).is_visible()
    with page.expect_download() as copy:
        page.get_by_role("button", name="Download what is shown as CSV").click()
    assert "-compared-" in copy.value.suggested_filename
    assert download.value.suggested_filename.endswith("-history.csv")
    visit.sign_out()


def the_manager_lets_people_in_and_out(visit):
    page = visit.page
    visit.sign_in("manager.dudley@example.org")
    visit.follow("Board", exact=True)
    visit.follow("People and access")
    visit.press("Invite somebody")
    visit.press("Send the invitation")
    assert page.get_by_role("heading", name="There is a problem").is_visible()
    page.get_by_label("Name").fill("Robin New")
    page.get_by_label("E-mail address").fill("robin@example.org")
    page.get_by_label("Role").select_option(label="Contributor of Public Health")
    visit.press("Send the invitation")
    visit.press("Send again")
    visit.met.add("invitation_again")
    link = re.search(r"http://\S+/invitations/\S+", mail.outbox[-1].body)[0]
    visit.sign_out()

    visit.go(link)
    page.get_by_label("Password", exact=True).fill("too short")
    visit.press("Make the account and accept")
    page.get_by_label("Password", exact=True).fill("kettle marble onward")
    visit.press("Make the account and accept")
    assert visit.heading() == "Your work"
    assert page.get_by_text("Contributor of Public Health").first.is_visible()
    visit.sign_out()

    visit.sign_in("manager.dudley@example.org")
    visit.go("/boards/dudley/people/")
    visit.follow("Robin New")
    visit.follow("Let somebody cover")
    page.get_by_label("Who covers").select_option(label="Dudley CSE Coordinator")
    tomorrow = timezone.localdate() + timedelta(days=1)
    for part in ("First day", "Last day"):
        days = page.get_by_role("group", name=part)
        for name, value in (("Day", tomorrow.day), ("Month", tomorrow.month), ("Year", tomorrow.year)):
            days.get_by_label(name).fill(str(value))
    visit.press("Let them cover")
    assert page.get_by_text("Dudley CSE Coordinator covers for Robin New").is_visible()
    visit.press("Give a role")
    page.get_by_label("Role").select_option(label="Member")
    visit.press("Give this role")
    visit.follow("End it or set a last day")
    page.get_by_role("radio", name="At once").check()
    visit.press("Record it")
    visit.follow("End all of them")
    visit.press("End this role")
    assert page.get_by_text("None. The board is closed to this person.").is_visible()
    visit.follow("People and access")
    visit.follow("Review access")
    visit.press("Record that I have looked")
    assert page.get_by_text("Access was last reviewed on").is_visible()
    visit.press("Invite somebody")
    page.get_by_label("Name").fill("Sam Other")
    page.get_by_label("E-mail address").fill("sam@example.org")
    page.get_by_label("Role").select_option(label="Scrutineer")
    visit.press("Send the invitation")
    visit.press("Withdraw")
    visit.met.add("invitation_withdraw")
    assert page.get_by_text("The invitation of Sam Other is withdrawn.").is_visible()
    visit.sign_out()


def the_manager_looks_after_the_board(visit):
    page = visit.page
    visit.sign_in("manager.dudley@example.org")
    visit.follow("Board", exact=True)
    visit.follow("Board settings")
    visit.follow("Change name and marking")
    page.get_by_label("Short name").fill("Dudley board")
    visit.press("Change these details")
    assert page.get_by_text("The board’s details are changed.").is_visible()
    visit.follow("Change the board’s own words")
    page.get_by_label("In place of “recommendation”").fill("challenge")
    visit.press("Use these words")
    assert page.get_by_text("Enter a word in place of “recommendations”").first.is_visible()
    page.get_by_label("In place of “recommendations”").fill("challenges")
    visit.press("Use these words")
    assert page.get_by_text("Challenge in place of recommendation").is_visible()
    visit.follow("Change what is needed to sign in")
    for add in ("strategic priority", "reporting period", "agency", "sub-group"):
        visit.go("/boards/dudley/settings/")
        visit.press(re.compile(f"^Add an? (new )?{add}"))
        if add != "reporting period":
            click(page.locator("main form button[type=submit]"))
            visit.look()
            assert page.get_by_role("heading", name="There is a problem").is_visible()
    visit.go("/boards/dudley/settings/")
    visit.follow("Change Prevention")
    visit.go("/boards/dudley/settings/")
    visit.follow("Rename YOS")
    visit.go("/boards/dudley/settings/")
    visit.follow("Set a last day for YOS")
    visit.go("/boards/dudley/settings/")
    visit.follow("Change Missing operational group")
    visit.go("/boards/dudley/settings/")
    visit.follow("Set a last day for Missing operational group")
    its_actions_follow_what_ended(visit)
    visit.go("/boards/dudley/settings/")
    visit.press("Change the key to ratings")
    page.get_by_label("Word").nth(4).fill("Purple")
    visit.press("Rate in these words from now on")
    assert page.get_by_text("Say what Purple means").first.is_visible()
    page.get_by_label("What it means").nth(4).fill("Embedded in everyday work")
    page.get_by_label("Colour").nth(4).select_option("purple")
    visit.press("Rate in these words from now on")
    assert page.get_by_text("Embedded in everyday work").is_visible()
    visit.follow("Show the owners of actions")
    visit.press("Add a new owner")
    page.get_by_label("Name").fill("Head of Licensing")
    page.get_by_role("radio", name="Post").check()
    page.get_by_label("Agency", exact=True).last.select_option(label="Public Health")
    visit.press("Add it")
    visit.follow("Head of Licensing")
    visit.follow("Change name or kind")
    page.get_by_label("Name").fill("Head of Licensing and Trading")
    visit.press("Change it")
    visit.follow("Head of Licensing")
    visit.follow("Add one more spelling")
    page.get_by_label("Another spelling").fill("Licensing head")
    visit.press("Add it")
    visit.follow("Head of Licensing")
    visit.follow("Name somebody who answers for it")
    page.get_by_label("Who").select_option(label="Dudley Board Member")
    for name, value in (("Day", 1), ("Month", 9), ("Year", 2026)):
        page.get_by_role("group", name="First day").get_by_label(name).fill(str(value))
    visit.press("Record it")
    visit.follow("Head of Licensing")
    visit.follow("Set a last day for Dudley Board Member")
    visit.sign_out()


def the_coordinator_writes_a_plan_that_the_board_agrees(visit):
    page = visit.page
    visit.sign_in("coordinator.dudley@example.org")
    visit.follow("Plans", exact=True)
    visit.press("Begin a plan")
    visit.press("Begin this plan")
    assert page.get_by_text("Enter title").first.is_visible()
    page.get_by_label("Title").fill("CSE Action Plan, next")
    fill_day(page, "First day", date(2027, 4, 1))
    fill_day(page, "Last day", date(2028, 3, 31))
    page.get_by_label("Overseen by").select_option(index=1)
    visit.press("Begin this plan")
    visit.press("Add a new section")
    page.get_by_label("Number").fill("1.0")
    page.get_by_label("Title").fill("Prevent")
    visit.press("Add it")
    visit.press("Add a new objective")
    page.get_by_label("Objective").fill("Everybody knows the signs")
    page.get_by_label("Section").select_option(label="1.0 Prevent")
    visit.press("Add it")
    for number in range(1, 11):
        visit.follow("Add an action to 1.0 Prevent")
        page.get_by_label("Reference").fill(f"1.{number}")
        page.get_by_label("Action", exact=True).fill(f"Do what action {number} of the next plan promises")
        page.get_by_label("By when", exact=True).first.fill("June 2027")
        page.get_by_label("Owner", exact=True).first.select_option(label="Public Health")
        page.get_by_label("Part").first.select_option(label="Lead")
        visit.press("Add this action")
        assert page.get_by_text(f"Action 1.{number} is kept. We read “June 2027” as by 30 June 2027.").is_visible()
    visit.press("Down action 1.1")
    visit.met.add("plan_move")
    visit.follow("Number the actions anew")
    visit.press("Use these references")
    assert page.get_by_text("2 actions of the plan changed reference.").is_visible()
    visit.follow("Change action 1.10")
    page.get_by_label("By when", exact=True).first.fill("When it suits")
    visit.press("Give me more empty rows")
    visit.press("Keep these words")
    assert page.get_by_text("Has neither a date nor a review interval").is_visible()
    visit.follow("Take out action 1.9")
    visit.press("Take it out")
    visit.follow("Change what the plan is")
    visit.press("Change this")
    visit.follow("Change its column headings")
    visit.press("Use these headings")
    visit.follow("Change 1.0 Prevent")
    visit.press("Change it")
    visit.follow("Change Everybody knows the signs")
    visit.press("Change it")
    the_board_agrees_it(visit)
    the_coordinator_records_an_inspection(visit)
    health_hands_an_action_to_the_police(visit, Plan.objects.get(slug="cse-action-plan-next"))
    what_became_of_each_action_is_kept(visit, Plan.objects.get(slug="cse-action-plan-next"))
    visit.sign_out()


def the_board_agrees_it(visit):
    page = visit.page
    visit.press("Record that the board agreed it")
    fill_day(page, "On which day did the board agree the plan?", timezone.localdate())
    visit.press("Record the agreement of 9 actions")
    assert page.get_by_text("These actions are not complete: 1.10. Complete them, or say why not.").first.is_visible()
    page.get_by_label("Why is it agreed").fill("The date follows in spring.")
    visit.press("Record the agreement of 9 actions")
    assert page.get_by_text("CSE Action Plan, next is agreed.").is_visible()
    visit.follow("Add an action")
    visit.press("Add this action")
    assert page.get_by_role("heading", name="There is a problem").is_visible()
    visit.follow("Leave it as it is")
    plan = Plan.objects.get(slug="cse-action-plan-next")
    for reference in ("1.1", "1.2"):
        visit.go(address(plan.actions.get(reference=reference)))
        visit.follow("Change what it says")
        page.get_by_label("Action", exact=True).fill(f"Say it better in {reference}")
        page.get_by_label("Why does it change?").fill("Nobody understood it.")
        visit.press("Record the change")
        assert page.get_by_text("What the board agreed first stands beside it.").is_visible()
    visit.follow("Change its date")
    page.get_by_role("radio", name="The date moves").check()
    fill_day(page, "The date from now on", date(2027, 9, 30))
    page.get_by_label("Why?").fill("The trainer left.")
    visit.press("Change the date")
    assert page.get_by_text("first due 30 June 2027").first.is_visible()


def the_coordinator_records_an_inspection(visit):
    page = visit.page
    visit.go("/boards/dudley/recommendations/")
    visit.press("Record a review, inspection or audit")
    page.get_by_label("What was it called?").fill("Joint inspection 2026")
    page.get_by_role("radio", name="Inspection").check()
    page.get_by_label("Challenges").fill("1. Hear children\nShare what is known")
    visit.press("Record it")
    assert page.get_by_text("has no number, and others have").first.is_visible()
    page.get_by_label("Challenges").fill("1. Hear children\n2. Share what is known")
    visit.press("Record it")
    assert page.get_by_text("2 of 2 challenges have no action.").is_visible()
    visit.follow("Correct its words")
    page.get_by_label("Words").fill("Hear children first")
    visit.press("Correct it")
    assert page.get_by_text("The words of challenge 1 are corrected.").is_visible()
    visit.follow("Record further challenges")
    page.get_by_label("Challenges").fill("Share data")
    visit.press("Record them")
    visit.follow("Change its title, kind or date")
    page.get_by_role("radio", name="Audit").check()
    visit.press("Change it")
    with page.expect_download() as copy:
        page.get_by_role("button", name="Download what is shown as CSV").click()
    assert copy.value.suggested_filename == "joint-inspection-2026-recommendations.csv"


def health_hands_an_action_to_the_police(visit, plan):
    page, action = visit.page, plan.actions.get(reference="1.2")
    visit.go(address(action))
    visit.follow("Ask another owner to take over")
    page.get_by_label("To whom?").select_option(label="Police CSE Coordinator")
    page.get_by_label("Why?").fill("The officers do the work.")
    visit.press("Ask them to take over")
    visit.sign_out()
    visit.sign_in("contact.dudley@example.org")
    assert page.get_by_role("heading", name="1 action you are asked to take over").is_visible()
    click(page.locator(f"main a[href^='{address(action)}offers/']"))
    visit.look()
    visit.press("Accept for Police CSE Coordinator")
    assert page.get_by_text("passed on once").first.is_visible()
    visit.sign_out()
    visit.sign_in("coordinator.dudley@example.org")


def what_became_of_each_action_is_kept(visit, plan):
    """One split, two merged, one replaced, one withdrawn; the plan is closed with three carried over into another."""
    page = visit.page
    became = {
        reference: plan.actions.get(reference=reference)
        for reference in plan.actions.values_list("reference", flat=True)
    }

    def turn(reference, link, button, **typed):
        visit.go(address(became[reference]))
        visit.follow(link)
        for label, words in typed.items():
            page.get_by_label(label.replace("_", " "), exact=True).fill(words)
        page.get_by_label("Why?").fill("The board said so.")
        visit.press(button)
        assert page.get_by_role("heading", name="There is a problem").count() == 0, reference

    split = {"What_action_1_says": "Write the course", "What_action_2_says": "Hold the course"}
    turn("1.3", "Split", re.compile("^Split"), **split)
    turn("1.6", "Replace", re.compile("^Replace"), **{"What the new action says": "Do it with the schools"})
    turn("1.7", "Withdraw", re.compile("^Withdraw"))
    visit.go(address(became["1.4"]))
    visit.follow("Merge")
    page.get_by_role("checkbox", name=re.compile("^1.5 ")).check()
    page.get_by_label("What the new action says").fill("Do both at once")
    page.get_by_label("Why?").fill("They were the same.")
    visit.press(re.compile("^Merge"))
    visit.go("/boards/dudley/new-plan/")
    page.get_by_label("Title").fill("CSE Action Plan, after next")
    page.get_by_label("Overseen by").select_option(index=1)
    visit.press("Begin this plan")
    visit.go(address(became["1.1"]))
    visit.follow("Carry it over")
    page.get_by_label("Plan it is carried over into").select_option(label="CSE Action Plan, after next")
    page.get_by_label("Why?").fill("It is not done.")
    visit.press(re.compile("^Carry"))
    visit.go(reverse("plan", args=["dudley", plan.slug]))
    visit.follow("Begin next year’s plan")
    visit.go(reverse("plan", args=["dudley", plan.slug]))
    visit.follow("Close this plan")
    visit.press(re.compile("^Close the plan"))
    assert page.get_by_role("heading", name="There is a problem").is_visible()
    fill_day(page, "Last day of the plan", timezone.localdate())
    page.get_by_label("Why?").fill("Another plan follows.")
    for number, choice in enumerate(page.get_by_role("radio", name="Withdrawn").all()):
        if number < 2:
            page.get_by_role("radio", name="Carried over").nth(number).check()
            page.get_by_label("Into which plan?").nth(number).select_option(label="CSE Action Plan, after next")
        else:
            choice.check()
    visit.press(re.compile("^Close the plan"))
    plan.refresh_from_db()
    assert plan.state == "closed"
    after = Plan.objects.get(slug="cse-action-plan-after-next")
    assert after.actions.count() == 3
    visit.go(reverse("plan_agree", args=["dudley", after.slug]))
    fill_day(page, "On which day did the board agree the plan?", timezone.localdate())
    if page.get_by_label("Why is it agreed").count():
        page.get_by_label("Why is it agreed").fill("As it stands.")
    visit.press("Record the agreement of 3 actions")
    assert {action.first_due for action in after.actions.all()} == {date(2027, 6, 30)}
    visit.go(address(after.actions.get(predecessors__from_action=became["1.2"])))
    assert page.get_by_text("first due 30 June 2027").first.is_visible()


def the_coordinator_brings_a_file_in(visit):
    """A plan is begun from the board's Word file, and a spreadsheet that is older than the plan goes into it."""
    page = visit.page
    visit.sign_in("coordinator.dudley@example.org")
    visit.go("/boards/dudley/plans/")
    visit.press("Begin a plan from a file")
    choose(page, "dudley.docx", files.docx(plans.PUBLISHED["dudley-2016-17"]()))
    page.get_by_label("Title of the plan").fill("Dudley’s own plan")
    page.get_by_label("Overseen by").select_option(index=1)
    visit.press("Read this file")
    assert page.get_by_text("All rows: 28").is_visible()
    visit.follow("What the columns hold")
    assert page.get_by_label("Target Date").input_value() == "timescale"
    visit.press("This is right")
    visit.press("Take this into the plan")
    plan = Plan.objects.get(title="Dudley’s own plan")
    assert plan.actions.count() == 28

    visit.go(f"/boards/dudley/plans/{plan.slug}/")
    visit.follow("Take a file into this plan")
    rows = "No.,Action,Lead,Target Date\n1.1,Write a shorter strategy,Youth Council,May 2027\n"
    choose(page, "newer.csv", rows.encode())
    visit.press("Read this file")
    assert page.get_by_text("Say who is meant by Youth Council.").is_visible()
    visit.follow("Who is meant by names")
    page.get_by_label("Youth Council").select_option("outside")
    visit.press("This is right")
    visit.follow("Actions of the plan that the file does not have")
    visit.press("This is right")
    visit.follow("Put this row right")
    visit.press("This is right")
    visit.press("Take this into the plan")
    assert plan.actions.get(reference="1.1").version.wording == "Write a shorter strategy"
    visit.go(f"/boards/dudley/plans/{plan.slug}/file/")
    visit.press("Take back what it brought in")
    visit.met.add("import_undo")
    assert plan.actions.get(reference="1.1").version.wording != "Write a shorter strategy"
    visit.sign_out()


def the_chair_decides_on_a_date_that_a_file_asked_for(visit):
    page, plan = visit.page, Plan.objects.get(board__slug="sandwell")
    action = plan.actions.filter(status="in_progress", due__isnull=False, section__overseen_by=None).first()
    row = [action.reference, action.version.wording, "March 2031"]
    drawn = files.one_sheet(["Ref", "Action", "By when"], row)
    visit.sign_in("coordinator.sandwell@example.org")
    visit.go(reverse("import_into", args=["sandwell", plan.slug]))
    choose(page, "newer.csv", files.csv(drawn))
    visit.press("Read this file")
    visit.follow("Actions of the plan that the file does not have")
    visit.press("This is right")
    visit.press("Take this into the plan")
    visit.sign_out()
    visit.sign_in("chair.sandwell@example.org")
    assert page.get_by_role("heading", name="1 due date to decide").is_visible()
    click(page.locator(f"main a[href^='{address(action)}dates/']"))
    visit.look()
    visit.press("Keep ")
    assert page.get_by_role("alert").get_by_text("Say why the date stays as it is.").is_visible()
    visit.press("Agree to 31 March 2031")
    assert page.get_by_text("The action is due on 31 March 2031 from now on.").is_visible()
    visit.sign_out()


def choose(page, name, content):
    page.set_input_files("input[type=file]", {"name": name, "mimeType": "application/octet-stream", "buffer": content})


def fill_day(page, group, day):
    boxes = page.get_by_role("group", name=group)
    for name, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        boxes.get_by_label(name).fill(str(value))


def its_actions_follow_what_ended(visit):
    """As if the days had passed: an agency with actions, and a sub-group that oversees, ended yesterday."""
    board = Board.objects.get(slug="dudley")
    yesterday = timezone.localdate() - timedelta(days=1)
    owner = board.owner_set.filter(kind="seat", action_roles__role="lead", action_roles__action__status="in_progress")
    seat, following = owner.first().seat, board.seat_set.get(name="Public Health")
    group, after = board.plan_set.filter(state="agreed").first().overseen_by, board.subgroup_set.last()
    for place, successor in ((seat, following), (group, after)):
        type(place).objects.filter(pk=place.pk).update(ends=yesterday, successor=successor)
    visit.go("/boards/dudley/settings/")
    visit.follow(f"What is left of {group}")
    visit.go("/")
    visit.follow(f"Let {following} take over")
    assert visit.heading() == f"What {seat} leaves to {following}"
    if visit.page.get_by_role("radio").count() > 1:
        visit.page.get_by_role("radio").first.check()
    visit.press(f"Let {following} take over")
    assert visit.page.get_by_text(f"{following} has taken over what {seat} had.").is_visible()
    visit.go("/boards/dudley/settings/")


def test_the_four_published_plans_come_in_through_the_browser(demo, page, no_violations):
    """Each as its board's own Word file, on its own board, with nothing lost."""
    visit = Visit(page, no_violations, set())
    for slug, actions in PLANS:
        (file,) = [name for name in plans.PUBLISHED if name.startswith(slug)]
        facts = plans.fixture(file)["plan"]["actions"]
        visit.sign_in(f"coordinator.{slug}@example.org")
        visit.go(f"/boards/{slug}/new-plan/file/")
        choose(page, f"{slug}.docx", files.docx(plans.PUBLISHED[file]()))
        page.get_by_label("Title of the plan").fill("As published")
        page.get_by_label("Overseen by").select_option(index=1)
        visit.press("Read this file")
        assert page.get_by_text(f"All rows: {actions}").is_visible()
        if page.get_by_role("link", name="Who is meant by names").count():
            visit.follow("Who is meant by names")
            visit.press("This is right")
        visit.press("Take this into the plan")
        plan = Plan.objects.get(board__slug=slug, title="As published")
        written = plan.actions.select_related("version").order_by("position")
        assert [action.version.wording for action in written] == [fact["wording"] for fact in facts]
        visit.sign_out()


def test_a_session_that_was_lost_while_writing_costs_no_words(at_the_update):
    page, cast, action = at_the_update
    page.get_by_label("What has happened?").fill("An hour of careful writing.")
    page.get_by_role("radio", name="Amber").check()
    page.get_by_label(re.compile("^Why")).fill("Somebody left.")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    click(page.get_by_role("button", name="Put this update on the record"))
    assert action.updates.count() == 0
    sign_in(page, cast.coordinator.email)
    assert page.get_by_label("What has happened?").input_value() == "An hour of careful writing."
    assert page.get_by_role("radio", name="Amber").is_checked()
    click(page.get_by_role("button", name="Put this update on the record"))
    assert action.updates.get().words == "An hour of careful writing."


def sign_in(page, email):
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password", exact=True).fill("a long word")
    click(page.get_by_role("button", name="Sign in"))


@pytest.fixture
def at_the_update(page, live_server, transactional_db):
    """A coordinator on the update page of an action of a small board."""
    cast = builders.make_board()
    action = builders.make_plan(cast, actions=1).actions.get()
    page.goto("/sign-in/")
    sign_in(page, cast.coordinator.email)
    page.goto(f"{address(action)}update/")
    return page, cast, action
