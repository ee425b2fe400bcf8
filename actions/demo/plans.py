"""Reads the published plans in fixtures/, and builds one as a board with a draft plan through the product's verbs."""

import json
from dataclasses import dataclass, field
from datetime import date, datetime

from django.conf import settings

from actions import changes, timescales
from actions.changes.definition import MilestoneGiven, RoleGiven, StepGiven
from actions.demo.redating import Shift
from actions.models import Action, CrossReference, Plan, Recommendation, Round, Section
from boards import changes as boards
from boards.models import Board, Meeting, Owner, ReportingPeriod, Seat, StrategicPriority, SubGroup, User

FOLDER = settings.BASE_DIR / "fixtures"
SLUGS = ("dudley-2016-17", "sandwell-2017-19", "worcestershire-2015-16", "stockport-2014-16")


def read(slug):
    """One published plan with its board, as data."""
    return json.loads((FOLDER / f"{slug}.json").read_text(encoding="utf-8"))


@dataclass
class Built:
    """A demo board while it is being made: its rows by the keys that the fixture gives them."""

    facts: dict
    shift: Shift
    on: date
    password: str
    board: Board | None = None
    plan: Plan | None = None
    people: dict[str, User] = field(default_factory=dict)
    seats: dict[str, Seat] = field(default_factory=dict)
    groups: dict[str, SubGroup] = field(default_factory=dict)
    owners: dict[str, Owner] = field(default_factory=dict)
    priorities: dict[str, StrategicPriority] = field(default_factory=dict)
    sections: dict[str, Section] = field(default_factory=dict)
    objectives: dict = field(default_factory=dict)
    recommendations: dict[tuple[str, int], Recommendation] = field(default_factory=dict)
    actions: dict[str, Action] = field(default_factory=dict)
    meetings: list[Meeting] = field(default_factory=list)
    periods: list[ReportingPeriod] = field(default_factory=list)
    rounds: list[Round] = field(default_factory=list)

    @property
    def slug(self):
        return self.facts["board"]["slug"]

    @property
    def lead_group(self):
        """The key of the sub-group that oversees the plan."""
        return self.facts["plan"]["overseen_by"]


def build_board(built, *, at: datetime):
    """The board with its seats, sub-groups, owners and strands."""
    facts, told = built.facts, {"by": None, "at": at}
    about = {name: fact for name, fact in facts["board"].items() if name != "labels"}
    built.board = boards.create_board(**about, is_demo=True, second_factor_required=False, **told)
    if facts["board"]["labels"]:
        built.board = boards.change_labels(board=built.board, labels=facts["board"]["labels"], **told)
    agencies = {agency["key"]: agency for agency in facts["agencies"]}
    for seat in facts["seats"]:
        agency = agencies[seat["agency"]]
        built.seats[seat["key"]] = boards.add_seat(
            board=built.board, agency_name=agency["name"], agency_kind=agency["kind"], name=seat["name"], **told
        )
    for group in _parents_first(facts["sub_groups"]):
        built.groups[group["key"]] = boards.add_sub_group(
            board=built.board,
            name=group["name"],
            short_name=group["short_name"],
            reports_to=built.groups.get(group["reports_to"]),
            **told,
        )
    for priority in facts["priorities"]:
        built.priorities[priority["key"]] = boards.add_priority(
            board=built.board, name=priority["name"], code=priority["code"], **told
        )
    for owner in sorted(facts["owners"], key=lambda owner: bool(owner["members"])):
        built.owners[owner["key"]] = boards.add_owner(
            board=built.board,
            name=owner["name"],
            kind=owner["kind"],
            seat=built.seats.get(owner["seat"]),
            sub_group=built.groups.get(owner["sub_group"]),
            members=[built.owners[key] for key in owner["members"]],
            aliases=owner["aliases"],
            **told,
        )


def _parents_first(groups):
    """A group is added after the one it reports to."""
    done, left = set(), list(groups)
    while left:
        ready = [group for group in left if group["reports_to"] is None or group["reports_to"] in done]
        yield from ready
        done |= {group["key"] for group in ready}
        left = [group for group in left if group["key"] not in done]


def build_plan(built, *, starts: date, by, at: datetime, limited=()):
    """The plan as a draft, re-dated, with every action. `limited` names those of limited circulation."""
    plan, shift, told = built.facts["plan"], built.shift, {"by": by, "at": at}
    built.plan = changes.create_plan(
        board=built.board,
        slug=plan["slug"],
        title=shift.words(plan["title"]),
        overseen_by=built.groups[plan["overseen_by"]],
        columns=[(column["heading"], column["field"]) for column in plan["columns"]],
        starts=min(starts, shift.day(date.fromisoformat(plan["starts"]))),
        ends=shift.day(date.fromisoformat(plan["ends"])),
        note=shift.words(plan["note"]),
        prints_references=plan.get("references_printed", True),
        **told,
    )
    _build_parts(built, told)
    columns = {column.heading: column for column in built.plan.columns.all()}
    progress = next((column for column in columns.values() if column.field == "progress"), None)
    for action in plan["actions"]:
        cells = {columns[heading]: shift.words(text) for heading, text in action["printed"].items()}
        if progress and action["progress"]:
            cells[progress] = shift.words(action["progress"])
        built.actions[action["reference"]] = _build_action(built, action, cells, action["reference"] in limited, told)
    _link(built, told)


def _build_parts(built, told):
    plan, shift = built.facts["plan"], built.shift
    for section in plan["sections"]:
        built.sections[section["key"]] = changes.add_section(
            plan=built.plan,
            number=section["number"],
            title=section["title"],
            aim=section["aim"],
            priority=built.priorities.get(section["priority"]),
            **told,
        )
        for objective in section["objectives"]:
            built.objectives[objective["key"]] = changes.add_objective(
                plan=built.plan,
                section=built.sections[section["key"]],
                number=objective["number"],
                title=shift.words(objective["title"]),
                **told,
            )
    for source in plan["recommendation_sources"]:
        row = changes.add_recommendation_source(
            board=built.board,
            title=source["title"],
            kind=source["kind"],
            dated=source["dated"] and shift.day(date.fromisoformat(source["dated"])),
            recommendations=[(entry["number"], shift.words(entry["text"])) for entry in source["recommendations"]],
            **told,
        )
        for recommendation in row.recommendations.all():
            built.recommendations[source["key"], recommendation.number] = recommendation


def _build_action(built, action, cells, limited, told):
    shift = built.shift

    def owner_day(text):
        return text and shift.day(date.fromisoformat(text))

    return changes.add_action(
        plan=built.plan,
        reference=action["reference"],
        wording=shift.words(action["wording"]),
        section=built.sections.get(action["section"]),
        objective=built.objectives.get(action["objective"]),
        priorities=[built.priorities[key] for key in action["priorities"]],
        roles=[
            RoleGiven(built.owners[role["owner"]], role["role"], owner_day(role["starts"]), owner_day(role["ends"]))
            for role in action["owners"]
        ],
        steps=[
            StepGiven(
                shift.words(step["text"]),
                built.owners[step["lead"]] if step["lead"] else None,
                shift.words(step["timescale"] or ""),
            )
            for step in action["steps"]
        ],
        measures=[shift.words(text) for text in action["measures"]],
        milestones=[MilestoneGiven(stone["label"], shift.words(stone["timescale"])) for stone in action["milestones"]],
        recommendations=[
            built.recommendations[entry["source"], entry["number"]] for entry in action["recommendations"]
        ],
        cross_references=[entry["text"] for entry in action["cross_references"]],
        cells=cells,
        outcome=shift.words(action["outcome"]),
        reading=redated(action["timescale"], built.facts["plan"]["first_year"], shift),
        top_priority=action["top_priority"],
        limited=limited,
        year_hint=shift.day(date(built.facts["plan"]["first_year"], 4, 1)).year,
        **told,
    )


def redated(text, first_year, shift):
    """The shifted words, read with the year that makes them mean the shifted day ("June - August" prints none)."""
    then = timescales.read(text, year_hint=first_year)
    due = then.due and shift.day(then.due)
    moved = shift.day(date(first_year, 4, 1)).year
    readings = [timescales.read(shift.words(text), year_hint=year) for year in (moved, moved + 1, moved - 1)]
    return next((reading for reading in readings if reading.due == due), readings[0])


def _link(built, told):
    printed = {
        (action["reference"], entry["text"]): entry
        for action in built.facts["plan"]["actions"]
        for entry in action["cross_references"]
    }
    if not printed:
        return
    targets = {}
    for link in CrossReference.objects.filter(action__plan=built.plan).select_related("action"):
        entry = printed[link.action.reference, link.text]
        rows = built.actions if entry["kind"] == "action" else built.objectives
        targets[link.pk] = rows[entry["to"]]
    changes.link_references(plan=built.plan, targets=targets, **told)
