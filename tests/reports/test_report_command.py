"""manage.py report: the quarterly update as a file."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from boards.models import AccessLog
from tests.builders import TODAY, at
from tests.reports.small_board import make_small_board

pytestmark = pytest.mark.django_db

NAME = "Elmshire Safeguarding Children Partnership"
NO_PERIOD = f"There is no reporting period of {NAME} that has begun"
NO_PLAN = f"There is no plan in use on {NAME} in Q2 2026/27"
BEGUN = "There is: Q2 2026/27, Q1 2026/27 or Q4 2025/26."


@pytest.fixture
def cast():
    return make_small_board()


def write(out, **options):
    said = io.StringIO()
    with at(TODAY):
        call_command("report", **{"board": "elmshire", "period": "Q2 2026/27", "out": out, **options}, stdout=said)
    return said.getvalue()


def test_a_json_file_holds_the_figures_as_plain_data(cast, tmp_path):
    said = write(tmp_path / "q2.json")
    read = json.loads((tmp_path / "q2.json").read_text(encoding="utf-8"))
    assert (read["title"], read["as_at"], read["total"]) == ("Quarterly update, Q2 2026/27", "2026-09-28", 8)
    assert [line["reference"] for line in read["overdue"]] == ["A1"]
    assert (
        said == f"{tmp_path / 'q2.json'}: Quarterly update, Q2 2026/27, 8 actions, as at 28 September 2026, OFFICIAL\n"
    )


def test_a_pdf_file_is_one(cast, tmp_path):
    write(tmp_path / "q2.PDF")
    assert (tmp_path / "q2.PDF").read_bytes().startswith(b"%PDF-1.7")


def test_an_html_file_needs_no_other_file(cast, tmp_path):
    write(tmp_path / "q2.html")
    text = (tmp_path / "q2.html").read_text(encoding="utf-8")
    assert text.startswith("<!doctype html>")
    assert text.count("OFFICIAL") >= 3
    assert text.count("<link") == text.count('href="data:text/css;base64,') == 1
    for outside in ("<script", "src=", "http://", "https://"):
        assert outside not in text.replace('xmlns="http://www.w3.org/2000/svg"', "")


def test_one_plan_alone(cast, tmp_path):
    write(tmp_path / "q2.json", plan="elmshire-plan")
    assert json.loads((tmp_path / "q2.json").read_text())["one_plan"] == "elmshire-plan"


def test_each_file_is_written_into_the_access_log(cast, tmp_path):
    write(tmp_path / "q2.json")
    row = AccessLog.objects.get()
    assert (row.what, row.by, row.subject) == (
        "report.exported",
        None,
        "elmshire-quarterly-update-q2-2026-27-OFFICIAL.json",
    )


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"board": "nowhere"}, "There is no board called “nowhere”. There is: elmshire."),
        (
            {"period": "Q3 2026/27"},
            f"{NO_PERIOD} called “Q3 2026/27”. {BEGUN}",
        ),
        (
            {"plan": "other"},
            f"{NO_PLAN} called “other”. There is: elmshire-plan.",
        ),
        ({"audience": "public"}, "There is no report for the audience “public” yet. Use --audience board."),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(cast, tmp_path, options, sentence):
    with pytest.raises(CommandError) as refused:
        write(tmp_path / "q2.json", **options)
    assert str(refused.value) == sentence
    assert not (tmp_path / "q2.json").exists()


@pytest.mark.parametrize("name", ["q2.docx", "q2", "q2.exe"])
def test_other_kinds_of_file_are_refused(cast, tmp_path, name):
    with pytest.raises(CommandError, match=r"Use \.pdf, \.html or \.json\."):
        write(tmp_path / name)


def test_a_folder_that_is_not_there_is_said_so(cast, tmp_path):
    with pytest.raises(CommandError, match="could not be written: No such file or directory"):
        write(tmp_path / "nowhere" / "q2.json")
    assert not AccessLog.objects.exists()
