"""manage.py export_plan: a plan as a file, whole or not at all."""

import io

import pytest
from django.core.management import CommandError, call_command

from actions import exporting
from actions.management.commands import export_plan
from boards.audit import verify
from boards.models import AccessLog, Event
from boards.sentences import sentence
from tests.actions.exported import rows_of
from tests.builders import TODAY, agree, at, make_action, make_board, make_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    cast = make_board()
    plan = make_plan(cast, actions=2, agreed=False)
    make_action(cast, plan, "9", wording="Kept among few", limited=True)
    return agree(cast, plan)


def export(file, plan="cse-plan"):
    said = io.StringIO()
    with at(TODAY):
        call_command("export_plan", plan, str(file), stdout=said)
    return said.getvalue()


@pytest.mark.parametrize("name", ["plan.xlsx", "plan.docx", "plan.ods", "plan.csv", "plan.json", "PLAN.XLSX"])
def test_the_suffix_says_which_kind_of_file(plan, tmp_path, name):
    file = tmp_path / name
    said = export(file)
    assert said == f"{file}: CSE Action Plan 2026-28, 3 actions, 1 of them of limited circulation, OFFICIAL\n"
    kind = name.lower().rpartition(".")[2]
    texts = {text for row in rows_of(file.read_bytes(), kind) for text in row}
    assert {"Kept among few", "Limited circulation", "Do what action 1.1 of the plan promises"} <= texts
    assert [found.name for found in tmp_path.iterdir()] == [name]


def test_a_file_that_is_there_already_is_replaced(plan, tmp_path):
    file = tmp_path / "plan.csv"
    file.write_text("older")
    export(file)
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")


def test_that_it_was_taken_is_written_down(plan, tmp_path):
    export(tmp_path / "plan.docx")
    event = Event.objects.get(verb="plan.exported")
    told = {detail.name: detail.value for detail in event.details.all()}
    assert sentence(event, told) == "cseplan took a copy of CSE Action Plan 2026-28 as a Word document, on the server."
    line = AccessLog.objects.get(what="plan.exported")
    assert (line.by, line.subject, line.subject_id) == (None, "plan.docx", plan.pk)
    assert verify(plan.board) is None


@pytest.mark.parametrize(
    ("name", "slug", "told"),
    [
        ("plan.xlsx", "nothing", "There is no plan called “nothing”. There is: cse-plan."),
        ("plan.pdf", "cse-plan", "A plan cannot be written as “.pdf”. Use one of .xlsx, .docx, .ods, .csv, .json."),
        ("plan", "cse-plan", "A plan cannot be written as “plan”."),
        ("nowhere/plan.csv", "cse-plan", "plan.csv could not be written: No such file or directory."),
        ("folder.csv", "cse-plan", "folder.csv could not be written: Is a directory."),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do(plan, tmp_path, name, slug, told):
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(CommandError) as refused:
        export(tmp_path / name, slug)
    assert told in str(refused.value)
    assert [found.name for found in tmp_path.iterdir()] == ["folder.csv"]
    assert not Event.objects.filter(verb="plan.exported").exists()
    assert not AccessLog.objects.filter(what="plan.exported").exists()


def test_what_excel_cannot_hold_is_said(tmp_path):
    cast = make_board()
    plan = make_plan(cast, actions=0, agreed=False)
    make_action(cast, plan, "4", wording="long " * 7000)
    with pytest.raises(CommandError, match="too long for Excel"):
        export(tmp_path / "plan.xlsx")
    assert not list(tmp_path.iterdir())


def test_the_kinds_are_those_that_the_help_names():
    assert all(f".{suffix}" in export_plan.Command.help for suffix in exporting.KINDS)
