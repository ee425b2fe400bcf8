"""Plans as boards keep them, in real files of every kind, and the facts that stand in the plan once they are in."""

from datetime import date

import pytest

from actions import changes, timescales
from actions.demo.plans import Built, build_board
from actions.demo.redating import Shift
from actions.importing import readers
from actions.importing.proposal import places_of, propose, proposed_meaning
from boards import audit
from boards.changes import add_owner
from tests.builders import AGREED_ON, TODAY, make_board, moment
from tests.importing import files, plans
from tests.importing.drawn import Document, Drawn, Sheet
from tests.importing.invented import INVENTED, OWNERS, Fact
from tests.importing.strangers import STRANGERS

pytestmark = pytest.mark.django_db

WINDOWS = "Windows-1252, with semicolons"
KINDS = ("xlsx", "docx", "ods", "csv", WINDOWS)
WHEN = moment(TODAY, 13)


def written(document, kind):
    """The document as a real file: its data and its name. What one sheet must hold stands in it one below the other."""
    if kind == "docx":
        named = len(document.sheets) > 1
        document = Document([Sheet(one.rows, one.name, one.above or [one.name] * named) for one in document.sheets])
        return files.docx(document), "plan.docx"
    document = stacked(document)
    if kind in ("xlsx", "ods"):
        return getattr(files, kind)(document), f"plan.{kind}"
    in_view = Document([max(document.sheets, key=lambda sheet: len(sheet.rows))])
    return files.csv(in_view, *((";", "cp1252") if kind == WINDOWS else ())), "plan.csv"


def stacked(document):
    """Tables with words above them, as a spreadsheet has them: all in one sheet, the words in rows of their own."""
    if not any(sheet.above for sheet in document.sheets):
        return document
    width = max(len(row) for sheet in document.sheets for row in sheet.rows)
    rows = []
    for sheet in document.sheets:
        for words in sheet.above:
            rows.append([Drawn(words, bold=True, across=width), *[None] * (width - 1)])
        rows += [[*row, *[None] * (width - len(row))] for row in sheet.rows]
        rows.append([None] * width)
    return Document([Sheet(rows, "Plan")])


def taken_in(board, overseen_by, data, name, *, starts, by=None, bold=False, life="draft", day=None, columns=None):
    """The plan that the file begins, its person having agreed to what was proposed."""
    held = changes.hold_file(
        board=board, file=readers.read(data, name.rpartition(".")[2], name), data=data, name=name, by=by, at=WHEN,
        title="Their plan", overseen_by=overseen_by, starts=starts, life=life, day=day,
    )  # fmt: skip
    held = changes.settle_columns(held=held, columns=columns or {}, bold=bold)
    found = propose(held, on=TODAY, at=WHEN)
    said = {asked.name.casefold(): proposed_meaning(asked.read, places_of(board)) for asked in found.names}
    held = changes.settle(held=held, part="owners", said=said)
    found = propose(held, on=TODAY, at=WHEN)
    assert found.waits_for == []
    return changes.confirm_import(held=held, seen=found.token, by=by, at=WHEN).plan


def roles_of(action):
    """{part: names of who has it}, the lead before those who lead with it."""
    found = {}
    for role in action.owner_roles.select_related("owner").order_by("id"):
        found.setdefault(role.role, []).append(role.owner.name)
    return found


class Published:
    """What the fixture says of an action, in the words of the database."""

    def __init__(self, facts):
        plan = self.plan = facts["plan"]
        self.names = {one["key"]: one["name"] for one in facts["owners"]}
        self.strands = {one["key"]: one["code"] for one in facts["priorities"]}
        self.sections = {one["key"]: _title(one) for one in plan["sections"]}
        self.objectives = {one["key"]: _title(one) for each in plan["sections"] for one in each["objectives"]}
        self.printed = {column["field"] for column in plan["columns"]}

    def of(self, one):
        year = self.plan["first_year"]
        roles = {}
        for each in sorted(one["owners"], key=lambda each: each["role"] != "lead"):
            roles.setdefault(each["role"], []).append(self.names[each["owner"]])
        time = timescales.read(one["timescale"], year_hint=year, year_start_month=4)
        return {
            "reference": one["reference"], "section": self.sections.get(one["section"], ""),
            "objective": self.objectives.get(one["objective"], ""), "wording": one["wording"],
            "outcome": one["outcome"], "roles": roles, "timescale": one["timescale"], "due": time.due,
            "steps": [
                (step["text"], self.names.get(step["lead"], ""), step["timescale"] or "") for step in one["steps"]
            ],
            "measures": one["measures"],
            "strands": {self.strands[key] for key in one["priorities"]},
            "recommendations": [
                each["number"] for each in one["recommendations"] if "recommendation" in self.printed
            ],
            "cross_references": [each["to"] for each in one["cross_references"]],
        }  # fmt: skip


def _title(one):
    return f"{one['number']} {one['title']}".strip()


def written_of(action):
    return {
        "reference": action.reference, "section": str(action.section or ""), "objective": str(action.objective or ""),
        "wording": action.version.wording, "outcome": action.version.outcome, "roles": roles_of(action),
        "timescale": str(action.timescale or ""), "due": action.due,
        "steps": [(step.text, str(step.lead or ""), str(step.timescale or "")) for step in action.steps.all()],
        "measures": [measure.text for measure in action.measures.all()],
        "strands": {part.priority.code for part in action.action_priorities.all()},
        "recommendations": [part.recommendation.number for part in action.action_recommendations.all()],
        "cross_references": [link.text for link in action.cross_references.all()],
    }  # fmt: skip


def differences(wanted, found):
    return [
        (one["reference"], name, one[name], other[name])
        for one, other in zip(wanted, found, strict=True)
        for name in one
        if one[name] != other[name]
    ]


@pytest.mark.parametrize("slug", sorted(plans.PUBLISHED))
@pytest.mark.parametrize("kind", KINDS)
def test_each_fact_of_a_published_plan_comes_in(slug, kind):
    facts = plans.fixture(slug)
    built = Built(facts, Shift(0, facts["plan"]["first_year"]), TODAY, "")
    build_board(built, at=moment(TODAY, 8))
    data, name = written(plans.PUBLISHED[slug](), kind)
    year = facts["plan"]["first_year"]
    plan = taken_in(
        built.board, next(iter(built.groups.values())), data, name, starts=date(year, 4, 1),
        bold=kind not in ("csv", WINDOWS),
    )  # fmt: skip
    expected = Published(facts)
    wanted = [expected.of(one) for one in facts["plan"]["actions"]]
    assert differences(wanted, [written_of(action) for action in plan.actions.order_by("position")]) == []
    if slug == "stockport-2014-16" and kind not in ("csv", WINDOWS):
        assert list(plan.actions.filter(top_priority=True).values_list("reference", flat=True)) == ["3", "17"]
    assert audit.verify(built.board) is None


# Layouts of invention


@pytest.fixture
def board():
    cast = make_board()
    for name, aliases in OWNERS:
        add_owner(board=cast.board, name=name, kind="outside", aliases=aliases, by=cast.manager, at=moment(AGREED_ON))
    return cast


def fact_of(action, fields):
    """An action as a `Fact`, with nothing of what its file could not say."""
    roles = roles_of(action)
    found = Fact(
        reference=action.reference, wording=action.version.wording,
        leads=tuple(roles.get("lead", []) + roles.get("joint_lead", [])), due=action.due,
        section=str(action.section or ""), objective=str(action.objective or ""),
        support=tuple(roles.get("support", [])), steps=tuple(step.text for step in action.steps.all()),
        numbers=tuple(part.recommendation.number for part in action.action_recommendations.all()),
        links=tuple(link.text for link in action.cross_references.all()),
        rating=action.rating.word if action.rating else "", status=action.status, top=action.top_priority,
    )  # fmt: skip
    return {name: getattr(found, name) for name in fields}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("layout", [*INVENTED, *STRANGERS], ids=lambda layout: layout.__name__)
def test_each_fact_of_an_invented_layout_comes_in(board, layout, kind):
    invented = layout()
    if invented.shown and kind in ("csv", WINDOWS):
        return
    data, name = written(invented.document, kind)
    plan = taken_in(
        board.board, board.strategic, data, name, starts=date(2024, 4, 1), by=board.coordinator, life="agreed",
        day=date(2024, 4, 1),
    )  # fmt: skip
    fields = list(Fact.__dataclass_fields__)
    wanted = [{name: getattr(one, name) for name in fields} for one in invented.facts]
    found = [fact_of(action, fields) for action in plan.actions.order_by("position")]
    assert len(found) == len(wanted), found
    assert differences(wanted, found) == []
