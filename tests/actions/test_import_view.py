"""Bringing a file in by the browser's pages: chosen, looked at, settled, confirmed once, taken back."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from actions import changes
from actions.models import Import, Plan, Update
from boards.models import Owner
from tests.builders import TODAY, at, make_board, make_plan, moment

pytestmark = pytest.mark.django_db

NEW = "/boards/elmshire/new-plan/file/"
HEAD = "No.,What we will do,Lead agency,By when"


@pytest.fixture
def cast():
    return make_board()


@pytest.fixture
def post(client, cast):
    client.force_login(cast.coordinator)

    def send(address, follow=True, **typed):
        with at(TODAY):
            return client.post(address, typed, follow=follow)

    return send


@pytest.fixture
def get(client, cast):
    client.force_login(cast.coordinator)

    def fetch(address):
        with at(TODAY):
            return client.get(address)

    return fetch


def csv(*lines, name="plan.csv"):
    return SimpleUploadedFile(name, "\n".join(lines).encode(), "text/csv")


def begun(post, cast, *lines, **more):
    about = {"title": "Our plan", "overseen_by": cast.strategic.pk, "life": "draft"}
    return post(NEW, file=csv(*lines), **{**about, **more})


def words(page):
    return re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", page.text))


def token(page):
    return re.search(r'name="seen" value="([^"]*)"', page.text)[1]


def test_a_plan_is_begun_from_a_file_after_every_name_is_settled(post, get, cast):
    page = begun(post, cast, HEAD, "1,Train all staff,Police,June 2027", "2,Ask them,Youth Service,ongoing")
    held = Import.objects.get()
    home = f"/boards/elmshire/files/{held.pk}/"
    said = words(page)
    assert "Say who is meant by Youth Service." in said
    assert "Train all staff" in said
    assert "Take this into the plan" not in said
    assert not Plan.objects.exists()
    assert "Youth Service" in words(get(f"{home}owners/"))
    page = post(f"{home}owners/", **{"name-0": f"post:{cast.police.pk}"})
    assert "Before you can confirm it" not in words(page)
    page = post(home, seen=token(page))
    plan = Plan.objects.get(title="Our plan")
    assert "is in the plan" in words(page)
    assert [action.version.wording for action in plan.actions.all()] == ["Train all staff", "Ask them"]
    assert Owner.objects.get(name="Youth Service").kind == Owner.Kind.POST
    again = post(home, seen="anything")
    assert "has been confirmed" in words(again)
    assert Plan.objects.count() == 1
    held.refresh_from_db()
    assert (held.read, held.settled, held.state) == (None, {}, Import.State.DONE)


def test_a_plan_that_the_board_has_agreed_comes_in_with_its_progress_unchecked(post, cast):
    more = {"agreed_on_day": "1", "agreed_on_month": "4", "agreed_on_year": "2026", "life": "agreed"}
    page = begun(post, cast, f"{HEAD},Progress,RAG", "1,Train all staff,Police,June 2027,Half done,Amber", **more)
    held = Import.objects.get()
    post(f"/boards/elmshire/files/{held.pk}/", seen=token(page))
    plan = Plan.objects.get()
    assert (plan.state, plan.agreed_on) == (Plan.State.AGREED, date(2026, 4, 1))
    update = Update.objects.get()
    assert (update.get_source_display(), update.words, update.rating.word) == (
        "Imported, unchecked", "Half done", "Amber",
    )  # fmt: skip
    assert plan.actions.get().first_due == date(2027, 6, 30)


def test_the_day_is_asked_of_a_plan_that_is_not_a_draft(post, cast):
    assert "On which day did the board agree it? Give the day." in words(
        begun(post, cast, HEAD, "1,A,B,C", life="agreed")
    )
    assert "As at which day is it? Give the day." in words(begun(post, cast, HEAD, "1,A,B,C", life="record"))
    assert not Import.objects.exists()


def test_what_is_no_plan_is_said_in_a_sentence_and_the_words_stay(post, cast):
    file = SimpleUploadedFile("plan.xlsx", b"%PDF-1.7", "application/pdf")
    page = post(NEW, file=file, title="Our long title", overseen_by=cast.strategic.pk, life="draft")
    assert "This is a PDF" in words(page)
    assert "Our long title" in page.text
    assert "Choose" in words(post(NEW, title="Our plan", life="draft"))
    assert not Import.objects.exists()


def test_a_row_is_put_right_or_left_out(post, get, cast):
    begun(post, cast, HEAD, "1,Train all staff,Police,when we can", "1,Ask them,Police,May 2027")
    home = f"/boards/elmshire/files/{Import.objects.get().pk}/"
    assert "have the reference 1. Give one of them another." in words(get(home))
    assert "when we can" in get(f"{home}rows/0/").text
    due = {"due_day": "1", "due_month": "5", "due_year": "2027"}
    post(f"{home}rows/0/", reference="7", **due)
    page = post(f"{home}rows/1/", reference="1", leave="on")
    post(home, seen=token(page))
    action = Plan.objects.get().actions.get()
    assert (action.reference, action.due) == ("7", date(2027, 5, 1))
    assert action.timescale.text == "when we can"


def test_columns_are_put_right(post, get, cast):
    begun(
        post,
        cast,
        "Undertaking,Body,Horizon",
        "Train all the staff of the borough,Police,June 2027",
        "Ask every school,Police,May 2027",
    )
    home = f"/boards/elmshire/files/{Import.objects.get().pk}/"
    assert "No row of headings was found" in words(get(home))
    page = get(f"{home}columns/")
    assert "Train all the staff of the borough" in page.text
    page = post(f"{home}columns/", **{"column-0": "action", "column-1": "lead", "column-2": "extra"})
    page = post(f"{home}rows/0/", reference="0", leave="on")
    post(home, seen=token(page))
    plan = Plan.objects.get()
    assert list(plan.columns.values_list("field", flat=True)) == ["action", "lead", "extra"]
    assert {cell.text for cell in plan.actions.first().cells.all()} == {
        "Train all the staff of the borough", "Police", "June 2027",
    }  # fmt: skip


def test_a_plan_that_changed_meanwhile_shows_the_new_preview(post, cast):
    plan = make_plan(cast, actions=2, agreed=False)
    first = plan.actions.first()
    address = f"/boards/elmshire/plans/{plan.slug}/file/"
    page = post(address, file=csv(HEAD, f"{first.reference},Something else entirely,,"))
    home = f"/boards/elmshire/files/{Import.objects.get().pk}/"
    assert "Say what becomes of the actions that the file does not have" in words(page)
    missing = plan.actions.last()
    page = post(f"{home}missing/", **{f"action-{missing.pk}": "take_out"})
    seen = token(page)
    changes.change_action(action=first, wording="Other words", by=cast.manager, at=moment(TODAY, 8))
    page = post(home, seen=seen)
    assert "The plan has changed since you opened this page. Nothing was taken over." in words(page)
    assert "Other words" in words(page)
    assert plan.actions.count() == 2
    post(home, seen=token(page))
    first.refresh_from_db()
    assert first.version.wording == "Something else entirely"
    assert plan.actions.count() == 1


def test_nobody_else_sees_a_file_that_somebody_looks_at(post, client, cast):
    begun(post, cast, HEAD, "1,Train all staff,Police,June 2027")
    home = f"/boards/elmshire/files/{Import.objects.get().pk}/"
    client.force_login(cast.manager)
    with at(TODAY):
        assert client.get(home).status_code == 404


def test_another_file_takes_the_place_of_one_that_was_left_and_one_can_be_forgotten(post, cast):
    begun(post, cast, HEAD, "1,Train all staff,Police,June 2027")
    begun(post, cast, HEAD, "2,Ask them,Police,June 2027")
    held = Import.objects.get()
    page = post(f"/boards/elmshire/files/{held.pk}/", forget="yes")
    assert "nothing of it is kept" in words(page)
    assert not Import.objects.exists()


def test_what_a_file_brought_into_a_draft_is_taken_back(post, get, cast):
    plan = make_plan(cast, actions=0, agreed=False)
    address = f"/boards/elmshire/plans/{plan.slug}/file/"
    page = post(address, file=csv(HEAD, "9,Something new,Police,May 2027"))
    held = Import.objects.get()
    post(f"/boards/elmshire/files/{held.pk}/", seen=token(page))
    assert plan.actions.count() == 1
    assert "Take back what it brought in" in words(get(address))
    page = post(f"{address}{held.pk}/undo/")
    assert "is taken back" in words(page)
    assert plan.actions.count() == 0
    assert "Take back what it brought in" not in words(page)


def test_words_of_a_file_are_escaped(post, cast):
    page = begun(post, cast, HEAD, "1,<script>alert(1)</script>,<b>Them</b>,June 2027")
    assert "<script>alert" not in page.text
    assert "&lt;script&gt;alert" in page.text


@pytest.mark.parametrize("rows", [3, 60])
def test_the_number_of_queries_does_not_grow_with_the_rows(post, get, cast, django_assert_max_num_queries, rows):
    lines = [f"{number},Do thing number {number},Police,June 2027" for number in range(rows)]
    begun(post, cast, HEAD, *lines)
    home = f"/boards/elmshire/files/{Import.objects.get().pk}/"
    get(home)
    with django_assert_max_num_queries(24):
        get(home)


def test_a_persons_name_is_given_no_meaning_until_somebody_says(post, get, cast):
    begun(post, cast, HEAD, "1,Train all staff,Jane Smith,June 2027")
    home = f"/boards/elmshire/files/{Import.objects.get().pk}/"
    assert "looks like a person’s name" in words(get(f"{home}owners/"))
    assert "Say who “Jane Smith” is" in words(post(f"{home}owners/", **{"name-0": ""}))
    assert 'value="" selected' in get(f"{home}owners/").text


def test_words_that_give_no_date_stay_out_of_an_agreed_plan_and_that_is_said(post, cast):
    plan = make_plan(cast, actions=1)
    action = plan.actions.get()
    rows = csv("No.,What we will do,By when", f"{action.reference},Other words,when we can")
    page = post(f"/boards/elmshire/plans/{plan.slug}/file/", file=rows)
    assert "These words give no date to ask for, so the plan keeps its own." in words(page)
    post(f"/boards/elmshire/files/{Import.objects.get().pk}/", seen=token(page))
    assert not action.date_requests.exists()


def test_what_is_settled_of_a_row_stays_with_it_when_the_columns_change(post, get, cast):
    begun(post, cast, HEAD, "1,Train all staff,Police,June 2027", "2,Ask them,Police,May 2027")
    home = f"/boards/elmshire/files/{Import.objects.get().pk}/"
    post(f"{home}rows/1/", reference="2", leave="on")
    fields = {"column-0": "reference", "column-1": "action", "column-2": "extra", "column-3": "extra"}
    page = post(f"{home}columns/", **fields)
    post(home, seen=token(page))
    assert [action.version.wording for action in Plan.objects.get().actions.all()] == ["Train all staff"]


@pytest.mark.parametrize("names", [2, 40])
def test_the_number_of_queries_does_not_grow_with_the_names(post, get, cast, django_assert_max_num_queries, names):
    begun(post, cast, HEAD, *[f"{number},Do it,Body number {number}a,June 2027" for number in range(names)])
    home = f"/boards/elmshire/files/{Import.objects.get().pk}/"
    get(home)
    with django_assert_max_num_queries(30):
        get(f"{home}owners/")
