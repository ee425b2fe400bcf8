"""manage.py import_plan: a board's own file in, whole or not at all, and what an untouched export changes: nothing."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actions import changes, exporting
from actions.demo.plans import Built, build_board
from actions.demo.redating import Shift
from actions.models import Action, Import, OwnerRole, Plan, Update
from actions.permissions import everything_in
from boards import audit
from boards.models import Event, Owner
from tests.builders import TODAY, agree, at, make_action, make_board, make_plan, moment, say
from tests.importing import files, plans

pytestmark = pytest.mark.django_db


def run(*args, **options):
    out, err = StringIO(), StringIO()
    with at(TODAY):
        call_command("import_plan", *map(str, args), stdout=out, stderr=err, **options)
    return out.getvalue()


@pytest.fixture
def cast():
    return make_board()


@pytest.mark.parametrize("slug", sorted(plans.PUBLISHED))
@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_each_published_plan_comes_in_from_a_real_file_with_nothing_lost(tmp_path, slug, kind):
    facts = plans.fixture(slug)
    built = Built(facts, Shift(0, facts["plan"]["first_year"]), TODAY, "")
    build_board(built, at=moment(TODAY, 8))
    file = tmp_path / f"plan.{kind}"
    file.write_bytes(getattr(files, kind)(plans.PUBLISHED[slug]()))
    run(file, "--board", built.slug, "--title", "Their plan")
    plan = Plan.objects.get(title="Their plan")
    assert plan.state == Plan.State.DRAFT
    written = plan.actions.select_related("version", "timescale")
    assert [action.version.wording for action in written] == [action["wording"] for action in facts["plan"]["actions"]]
    for action, fact in zip(written, facts["plan"]["actions"], strict=True):
        led = action.owner_roles.filter(role__in=("lead", "joint_lead"))
        assert led.count() == sum(role["role"] in ("lead", "joint_lead") for role in fact["owners"]), fact["reference"]
    assert audit.verify(built.board) is None


@pytest.mark.parametrize("kind", ["xlsx", "docx", "ods", "csv"])
def test_an_untouched_export_changes_nothing(cast, tmp_path, kind):
    plan = make_plan(cast, actions=3)
    say(cast, plan.actions.first(), "amber", on=TODAY, period="Q1 2026/27", words="=Half\nof it")
    file = tmp_path / f"plan.{kind}"
    with at(TODAY):
        sheet = exporting.sheet_of(plan, everything_in(plan), on=TODAY, at=moment(TODAY, 12))
    file.write_bytes(exporting.write(sheet, kind))
    told = json.loads(run(file, "--board", "elmshire", "--plan", plan.slug, "--dry-run", "--json"))
    assert [row["change"] for row in told["rows"]] == ["unchanged"] * 3, told["rows"]
    with pytest.raises(CommandError, match="says what the plan says already"):
        run(file, "--board", "elmshire", "--plan", plan.slug)


def table(*lines, name="plan.csv"):
    return ("\n".join(lines)).encode()


def test_owners_that_the_board_does_not_have_are_refused_or_added(cast, tmp_path):
    file = tmp_path / "plan.csv"
    file.write_bytes(
        table("No,Action,Lead,By when", "1,Train staff,Police,June 2027", "2,Ask them,Youth Service,May 2027")
    )
    with pytest.raises(CommandError, match="no owner called: Youth Service"):
        run(file, "--board", "elmshire", "--title", "New")
    assert not Plan.objects.exists()
    assert not Import.objects.exists()
    run(file, "--board", "elmshire", "--title", "New", "--create-owners")
    assert Owner.objects.get(name="Youth Service").kind == Owner.Kind.OUTSIDE
    assert OwnerRole.objects.get(action__reference="1").owner == cast.police_owner


def test_a_dry_run_writes_nothing(cast, tmp_path):
    file = tmp_path / "plan.csv"
    file.write_bytes(table("No,Action,Lead,By when,Weather", "1,Train staff,Police,June 2027,Sunny spells"))
    events = Event.objects.count()
    told = json.loads(run(file, "--board", "elmshire", "--dry-run", "--json"))
    assert set(told) >= {"columns", "rows", "problems"}
    row = told["rows"][0]
    assert (row["reference"], row["leads"], row["timescale"]["due"]) == ("1", ["Police"], "2027-06-30")
    assert (row["extra"], row["change"]) == ({"Weather": "Sunny spells"}, "new")
    assert Event.objects.count() == events
    assert not Import.objects.exists()


def test_the_record_of_an_old_plan_is_as_at_its_day(cast, tmp_path):
    file = tmp_path / "old.csv"
    file.write_bytes(table("No,Action,Lead,By when,Progress,RAG", "1,Train staff,Police,June 2016,Half done,Amber"))
    run(file, "--board", "elmshire", "--title", "Old", "--as-at", "2016-09-30")
    plan = Plan.objects.get(title="Old")
    assert (plan.as_at.isoformat(), plan.state) == ("2016-09-30", Plan.State.AGREED)
    update = Update.objects.get()
    assert (update.source, update.words, update.rating.code) == (Update.Source.IMPORT, "Half done", "amber")


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("plan.pdf", b"%PDF-1.7 plan", "PDF"),
        ("plan.xlsx", b"", "empty"),
        ("plan.csv", b"No,Action\n", "No row of the file is an action"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(cast, tmp_path, name, data, sentence):
    file = tmp_path / name
    file.write_bytes(data)
    with pytest.raises(CommandError, match=sentence):
        run(file, "--board", "elmshire", "--title", "New", "--create-owners")
    assert not Plan.objects.exists()
    assert not Import.objects.exists()


def test_two_rows_with_one_reference_are_refused(cast, tmp_path):
    file = tmp_path / "plan.csv"
    file.write_bytes(table("No,Action,Lead", "1,Train staff,Police", "1,Ask them,Police"))
    with pytest.raises(CommandError, match=r"row 2 and .*row 3 have the reference 1"):
        run(file, "--board", "elmshire", "--title", "New")
    assert not Plan.objects.exists()


def test_boards_plans_and_people_that_are_not_there_are_named(cast, tmp_path):
    file = tmp_path / "plan.csv"
    file.write_bytes(table("No,Action", "1,Train"))
    for args, sentence in (
        (("--board", "none"), "no board called"),
        (("--board", "elmshire", "--plan", "none"), "no plan called"),
        (("--board", "elmshire", "--by", "nobody@example.org"), "Nobody here"),
        (("--board", "elmshire", "--as-at", "yesterday"), "is not a day"),
        (("--board", "elmshire", "--sheet", "Other"), "no sheet called"),
    ):
        with pytest.raises(CommandError, match=sentence):
            run(file, *args)


def test_in_an_agreed_plan_nothing_moves_silently(cast, tmp_path):
    plan = make_plan(cast, actions=0, agreed=False)
    action = make_action(cast, plan, "1", wording="Train all the staff of the borough")
    agree(cast, plan)
    file = tmp_path / "plan.csv"
    head = "No.,What we will do,Lead agency,By when,RAG,Progress"
    file.write_bytes(table(head, "1,Train all the staff of the county,Health,June 2027,Amber,Half of it"))
    due = Action.objects.get(pk=action.pk).due
    with pytest.raises(CommandError, match="use --by"):
        run(file, "--board", "elmshire", "--plan", plan.slug)
    assert action.versions.count() == 1
    run(file, "--board", "elmshire", "--plan", plan.slug, "--by", cast.coordinator.email)
    action.refresh_from_db()
    assert (action.version.number, action.version.wording) == (2, "Train all the staff of the county")
    assert action.due == due == action.first_due
    assert [str(asked.to_due) for asked in action.date_requests.all()] == ["2027-06-30"]
    assert action.owner_roles.get(role="lead", until__isnull=True).owner == cast.police_owner
    assert action.offers.get().to_owner == cast.health_owner
    update = action.updates.get()
    assert (update.source, update.rating.code, update.words) == (Update.Source.IMPORT, "amber", "Half of it")
    assert audit.verify(cast.board) is None


def test_what_a_file_says_of_progress_takes_no_tick_off_a_step(cast, tmp_path):
    columns = (("No.", "reference"), ("What we will do", "action"), ("Progress", "progress"))
    plan = make_plan(cast, actions=0, agreed=False, columns=columns)
    action = make_action(cast, plan, "1", wording="Train all the staff", steps=("Ask", "Train"))
    agree(cast, plan)
    step = action.steps.first()
    told = TODAY - timedelta(days=1)
    say(cast, action, on=told, period="Q1 2026/27", words="We asked.", steps_done=frozenset({step.pk}))
    file = tmp_path / "plan.csv"
    file.write_bytes(table("No.,What we will do,Progress", "1,Train all the staff,Half of it"))
    run(file, "--board", "elmshire", "--plan", plan.slug, "--by", cast.coordinator.email)
    assert action.updates.count() == 2
    step.refresh_from_db()
    assert step.done_on == told


def test_what_a_file_says_in_columns_that_the_plan_does_not_print_is_taken_in_too(cast, tmp_path):
    plan = make_plan(cast, actions=0, agreed=False)
    action = make_action(cast, plan, "1", wording="Train all the staff")
    agree(cast, plan)
    file = tmp_path / "plan.csv"
    head, row = "No.,What we will do,Progress,Weather,Sky", "1,Train all the staff,Half of it,Sunny,"
    file.write_bytes(table(head, row))
    run(file, "--board", "elmshire", "--plan", plan.slug, "--by", cast.coordinator.email)
    assert action.updates.get().words == "Half of it"
    assert action.cells.get(column__heading="Weather", until__isnull=True).text == "Sunny"
    assert set(plan.columns.values_list("heading", flat=True)) >= {"Progress", "Weather"}
    assert not plan.columns.filter(heading="Sky").exists()
    with pytest.raises(CommandError, match="says what the plan says already"):
        run(file, "--board", "elmshire", "--plan", plan.slug, "--by", cast.coordinator.email)
    assert audit.verify(cast.board) is None


def test_a_cell_changed_in_an_export_adds_no_column_to_the_plan(cast, tmp_path):
    plan = make_plan(cast, actions=2)
    with at(TODAY):
        sheet = exporting.sheet_of(plan, everything_in(plan), on=TODAY, at=moment(TODAY, 12))
    said = exporting.write(sheet, "csv").decode("utf-8-sig")
    assert {"Status", "Section"} <= set(said.splitlines()[0].split(","))
    file = tmp_path / "plan.csv"
    file.write_bytes(said.replace("promises", "promised").encode("utf-8-sig"))
    columns = list(plan.columns.values_list("heading", "field"))
    run(file, "--board", "elmshire", "--plan", plan.slug, "--by", cast.coordinator.email)
    assert all(action.version.wording.endswith("promised") for action in plan.actions.all())
    assert list(plan.columns.values_list("heading", "field")) == columns


@pytest.mark.parametrize("life", [(), ("--as-at", "2026-09-01")])
def test_a_longer_file_asks_no_more_of_the_database(cast, tmp_path, life):
    asked = {}
    for size in (2, 12):
        file = tmp_path / f"{size}.csv"
        rows = [f"{n},Train {n} people,Police,{n} June 2027,Half of {n},Amber" for n in range(1, size + 1)]
        file.write_bytes(table("No,Action,Lead,By when,Progress,RAG", *rows))
        with CaptureQueriesContext(connection) as queries:
            run(file, "--board", "elmshire", "--title", f"Plan of {size}", *life)
        asked[size] = len(queries)
        assert Plan.objects.get(title=f"Plan of {size}").actions.exclude(due=None).count() == size
    assert asked[2] == asked[12], asked


def test_what_a_file_adds_to_an_agreed_plan_says_where_it_comes_from_and_stands_under_its_heading(cast, tmp_path):
    plan = make_plan(cast, actions=4)
    first = plan.actions.first()
    file = tmp_path / "plan.csv"
    head = "No.,Section,What we will do,Lead agency,By when"
    file.write_bytes(table(head, f"9.9,{first.section},Something new,Police,June 2027"))
    run(file, "--board", "elmshire", "--plan", plan.slug, "--by", cast.coordinator.email)
    added = plan.actions.get(reference="9.9")
    assert added.version.reason == "Imported from plan.csv."
    assert added.first_due == added.due
    sections = list(plan.actions.values_list("section__number", flat=True))
    assert sections == sorted(sections)


def test_an_import_into_a_draft_is_undone_until_somebody_touches_it(cast, tmp_path):
    plan = make_plan(cast, actions=2, agreed=False)
    first = plan.actions.first()
    said, when = first.version.wording, first.timescale.text
    file = tmp_path / "plan.csv"
    file.write_bytes(
        table("No.,What we will do,By when", f"{first.reference},{said} at once,May 2027", "77,Something new,June 2027")
    )
    run(file, "--board", "elmshire", "--plan", plan.slug)
    first.refresh_from_db()
    assert (first.version.wording, first.timescale.text) == (f"{said} at once", "May 2027")
    assert plan.actions.filter(reference="77").exists()
    who = {"by": cast.coordinator, "at": moment(TODAY, 15)}
    held = changes.undo_import(held=plan.imports.get(), **who)
    first.refresh_from_db()
    assert (first.version.wording, first.timescale.text) == (said, when)
    assert not plan.actions.filter(reference="77").exists()
    assert held.state == Import.State.UNDONE
    assert "undone" in changes.why_not_undone(held)
    assert audit.verify(cast.board) is None


def test_what_the_file_does_not_have_has_every_key_of_a_row(cast, tmp_path):
    plan = make_plan(cast, actions=2)
    file = tmp_path / "plan.csv"
    file.write_bytes(table("No.,What we will do", f"{plan.actions.first().reference},Other words"))
    read, missing = json.loads(run(file, "--board", "elmshire", "--plan", plan.slug, "--dry-run", "--json"))["rows"]
    assert (read["change"], missing["change"]) == ("changed", "missing")
    assert read.keys() == missing.keys()
    assert missing["reference"] == plan.actions.last().reference


def test_confirming_twice_does_it_once_and_what_was_changed_since_is_not_taken_back(cast, tmp_path):
    plan = make_plan(cast, actions=1, agreed=False)
    file = tmp_path / "plan.csv"
    file.write_bytes(table("No.,What we will do", "77,Something new"))
    run(file, "--board", "elmshire", "--plan", plan.slug)
    held, who = plan.imports.get(), {"by": cast.coordinator, "at": moment(TODAY, 15)}
    events = Event.objects.count()
    assert changes.confirm_import(held=held, seen="", **who) == held
    assert Event.objects.count() == events
    changes.change_action(action=plan.actions.get(reference="77"), wording="Something else", **who)
    with pytest.raises(ValidationError, match="have been changed since"):
        changes.undo_import(held=held, **who)
    assert plan.actions.filter(reference="77").exists()
