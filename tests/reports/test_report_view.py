"""Reports of a board: the list, the quarterly update as a page, and its download."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from boards.models import AccessLog
from tests.builders import TODAY, at, make_board, make_plan
from tests.reports.small_board import make_small_board

pytestmark = pytest.mark.django_db

STARTS = date(2026, 7, 1)


@pytest.fixture
def cast():
    return make_small_board()


def get(client, person, name, *args, **query):
    if person:
        client.force_login(person)
    with at(TODAY):
        return client.get(reverse(name, args=args), query)


def test_the_list_shows_quarters_that_have_begun_newest_first_and_marks_the_open_one(client, cast):
    page = get(client, cast.member, "reports", cast.board.slug).content.decode()
    places = [page.index(label) for label in ("Q2 2026/27", "Q1 2026/27", "Q4 2025/26")]
    assert places == sorted(places)
    assert page.count("This quarter") == 1
    assert reverse("report_pdf", args=[cast.board.slug, STARTS]) in page


def test_a_quarter_that_has_not_begun_is_not_listed_nor_found(client, cast):
    client.force_login(cast.member)
    with at(date(2026, 6, 30)):
        assert "Q2 2026/27" not in client.get(reverse("reports", args=[cast.board.slug])).content.decode()
        for name in ("report", "report_pdf"):
            assert client.get(reverse(name, args=[cast.board.slug, STARTS])).status_code == 404


def test_the_page_says_what_the_paper_says(client, cast):
    response = get(client, cast.member, "report", cast.board.slug, STARTS)
    page = response.content.decode()
    for words in (
        "Quarterly update, Q2 2026/27",
        "As at",
        "28 September 2026",
        "OFFICIAL",
        "No update received",
        "1 of 6 open actions is overdue",
        "The post is vacant.",
        "Minutes record the sign-off",
        "Inspection of 2025",
        "Date moved from 31 July 2026 to 31 December 2026",
    ):
        assert words in page
    assert "Download the PDF" in page


@pytest.mark.parametrize(
    "role", ["manager", "coordinator", "approver", "member", "scrutineer", "chair", "secretary", "contact", "nurse"]
)
def test_whoever_reads_the_board_reads_the_same_report(client, cast, role):
    response = get(client, getattr(cast, role), "report", cast.board.slug, STARTS)
    assert response.status_code == 200
    assert "secret" not in response.content.decode()
    assert ">A8<" not in response.content.decode()


@pytest.mark.parametrize("name", ["report", "report_pdf"])
def test_whoever_has_no_right_finds_what_they_find_where_there_is_nothing(client, cast, name):
    refused = get(client, cast.stranger, name, cast.board.slug, STARTS)
    nothing = get(client, cast.stranger, name, "no-such-board", STARTS)
    assert (refused.status_code, refused.content) == (404, nothing.content)


def test_another_boards_manager_is_a_stranger_here(client, cast):
    neighbours = make_board("riverford", "Riverford Partnership")
    assert get(client, neighbours.manager, "reports", cast.board.slug).status_code == 404


@pytest.mark.parametrize("name", ["report", "report_pdf"])
@pytest.mark.parametrize("starts", ["2026-07-02", "2031-07-01", "2026-13-01", "2026-02-30"])
def test_a_quarter_that_is_not_one_is_not_found(client, cast, name, starts):
    client.force_login(cast.member)
    address = reverse(name, args=[cast.board.slug, STARTS]).replace("2026-07-01", starts)
    with at(TODAY):
        assert client.get(address).status_code == 404


def test_one_plan_can_be_asked_for_and_one_that_is_not_there_is_not_found(client, cast):
    make_plan(cast, actions=3, slug="second", title="Second plan")
    both = get(client, cast.member, "report", cast.board.slug, STARTS)
    alone = get(client, cast.member, "report", cast.board.slug, STARTS, plan="second")
    assert (both.context["figures"].total, alone.context["figures"].total) == (11, 3)
    assert "?plan=second" in alone.context["pdf"]
    assert get(client, cast.member, "report", cast.board.slug, STARTS, plan="draft").status_code == 404
    make_plan(cast, actions=1, agreed=False, slug="draft", title="Draft")
    assert get(client, cast.manager, "report", cast.board.slug, STARTS, plan="draft").status_code == 404


@pytest.mark.parametrize("slug", ["\0", "x" * 300, "🙂"])
def test_a_plan_that_could_not_be_one_is_not_found(client, cast, slug):
    assert get(client, cast.member, "report", cast.board.slug, date(2026, 7, 1), plan=slug).status_code == 404


def test_another_boards_plan_is_not_found_here(client, cast):
    neighbours = make_board("riverford", "Riverford Partnership")
    make_plan(neighbours, actions=1, slug="theirs")
    assert get(client, cast.manager, "report", cast.board.slug, STARTS, plan="theirs").status_code == 404


def test_a_download_has_a_telling_name_and_is_written_into_the_access_log(client, cast):
    response = get(client, cast.member, "report_pdf", cast.board.slug, STARTS)
    name = "elmshire-quarterly-update-q2-2026-27-OFFICIAL.pdf"
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response.content.startswith(b"%PDF-1.7")
    row = AccessLog.objects.get(what="report.downloaded")
    assert (row.board, row.by, row.subject) == (cast.board, cast.member, name)


def test_who_is_not_signed_in_is_asked_to(client, cast):
    for name, args in (("reports", ()), ("report", (STARTS,)), ("report_pdf", (STARTS,))):
        response = get(client, None, name, cast.board.slug, *args)
        assert response.status_code == 302
        assert response["Location"].startswith(reverse("sign_in"))
    assert not AccessLog.objects.exists()


def test_reports_are_only_read(client, cast):
    client.force_login(cast.manager)
    for name, args in (("reports", ()), ("report", (STARTS,)), ("report_pdf", (STARTS,))):
        with at(TODAY):
            assert client.post(reverse(name, args=[cast.board.slug, *args])).status_code == 405


def test_the_page_takes_as_many_queries_for_many_actions_as_for_few(client):
    taken = []
    for more in (1, 60):
        cast = make_board(f"board{more}")
        make_plan(cast, actions=3, more=more, slug=f"plan{more}")
        client.force_login(cast.member)
        with at(TODAY), CaptureQueriesContext(connection) as queries:
            client.get(reverse("report", args=[cast.board.slug, STARTS]))
        taken.append(len(queries))
    assert taken[0] == taken[1]
