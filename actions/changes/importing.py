"""A board's own file comes into a plan, as its person saw that it would: all of it or nothing.

What it would do is worked out in `actions.importing.proposal`. In a draft everything is written as the file says. In a
plan that the board has agreed nothing moves silently: other words are a new version, another date is asked for, another
lead is asked, and what the file says of progress is an update marked as imported and unchecked.
"""

from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date

from django.core.exceptions import ValidationError

from actions import timescales
from actions.changes.adding import ActionGiven, write_actions
from actions.changes.dates import ask_for_date
from actions.changes.definition import (
    IN_DRAFT,
    MilestoneGiven,
    RoleGiven,
    StepGiven,
    keep_timescale,
    read_as,
    roles_of,
    write_version,
)
from actions.changes.handing import offer_action
from actions.changes.order import put_each_in_place, put_in_order
from actions.changes.plans import (
    add_objective,
    add_section,
    agree_plan,
    create_plan,
    lacking_in,
    link_references,
    reword_action,
)
from actions.changes.recommendations import add_recommendation_source, add_recommendations
from actions.changes.succession import withdraw_action
from actions.changes.updates import Answer, import_updates
from actions.changes.writing import free_slug, remove_action
from actions.importing.columns import IGNORE
from actions.importing.proposal import (
    ADDED,
    CHANGED,
    TAKE_OUT,
    Proposal,
    Proposed,
    everybody,
    meant,
    priorities_of,
    propose,
    title_of,
)
from actions.importing.readings import LEAD
from actions.models import (
    Action,
    CrossReference,
    Import,
    Objective,
    OwnerRole,
    Plan,
    PlanColumn,
    Recommendation,
    RecommendationSource,
    Section,
    Status,
)
from actions.standing import refresh, refresh_once
from boards.audit import change
from boards.changes import add_alias, add_owner, add_priority
from boards.models import Owner, Seat, StrategicPriority, SubGroup
from boards.ratings import ratings_of
from cseplan.text import clean_line

Field = PlanColumn.Field

OF_LEADS, OF_SUPPORT, OF_ACCOUNTABLE = "lead", "support", "accountable"
ROWS_A_SENTENCE, CHANGES_A_SENTENCE = 500, 50
"""After how many rows whoever waits is told how far it is."""

LIVING = {Field.STATUS, Field.RATING, Field.PROGRESS}


@dataclass
class Writing:
    """An import while it is written: where it goes, and what it has done so far."""

    held: Import
    proposal: Proposal
    plan: Plan
    turn: object
    columns: dict[str, PlanColumn]
    tell: Callable[[str], None]
    owners: dict[str, Owner | None] = field(default_factory=dict)
    priorities: list[StrategicPriority] = field(default_factory=list)
    sections: dict[tuple, Section] = field(default_factory=dict)
    objectives: dict[tuple, Objective] = field(default_factory=dict)
    recommendations: dict[int, Recommendation] = field(default_factory=dict)
    did: dict = field(default_factory=lambda: {"added": [], "changed": [], "asked": [], "offered": [], "updates": []})

    @property
    def by(self):
        return {"by": self.turn.by, "at": self.turn.at}

    @property
    def told(self):
        return f"Imported from {self.held.file_name}."


def confirm_import(*, held, seen, by, at, tell=lambda sentence: None):
    """Write everything that the preview showed, or nothing.

    Args:
        seen: the token of the proposal that the person saw.
        tell: takes a sentence about how far it is, for whoever waits.
    Returns:
        the import as it is done; one that was confirmed before is left as it is.
    Raises:
        ValidationError: with code "stale", when it would now do something else than it showed.
    """
    with change(held.board, by=by, at=at) as turn:
        held = Import.objects.select_for_update(of=("self",)).select_related("board", "plan__board").get(pk=held.pk)
        if held.state != Import.State.OPEN:
            return held
        proposal = propose(held, on=turn.on, at=at)
        if proposal.token != seen:
            raise ValidationError(
                "The plan has changed since you opened this page. Nothing was taken over. What the file would do now "
                "stands below: look at it, and confirm it again.",
                code="stale",
            )
        if proposal.waits_for:
            raise ValidationError(proposal.waits_for)
        with refresh_once():
            writing = _begin(held, proposal, turn, tell)
            _write_all(writing)
            _finish(writing)
            tell("Working out where each action stands.")
    return held


def _begin(held, proposal, turn, tell):
    plan = held.plan or create_plan(
        board=held.board, slug=free_slug(held.board, held.title), title=held.title, overseen_by=held.overseen_by,
        starts=held.starts, columns=_headings(proposal),
        as_at=held.day if held.life == Import.Life.RECORD else None,
        prints_references=any(row.read.reference for row in proposal.rows), by=turn.by, at=turn.at,
    )  # fmt: skip
    columns = {heading: column for heading, column in proposal.own.items() if column}
    if held.plan is None:
        columns = {column.heading: column for column in plan.columns.all()}
    writing = Writing(held, proposal, plan, turn, columns, tell)
    if held.plan:
        _add_columns(writing)
    _name_owners(writing)
    _name_priorities(writing)
    _name_recommendations(writing)
    return writing


def _headings(proposal):
    return [
        (clean_line(column.heading)[:200], column.field)
        for column in proposal.columns
        if column.field not in (IGNORE, "key")
    ]


def _add_columns(writing):
    """A column that the plan has no heading for is kept as one more of its own; what an export of ours adds is none."""
    standing = list(writing.plan.columns.order_by("position"))
    position = standing[-1].position if standing else 0
    fields = {column.field for column in standing}
    for heading, name in _headings(writing.proposal):
        if heading in writing.proposal.own or not any(row.read.printed.get(heading) for row in writing.proposal.taken):
            continue
        position += 1
        writing.columns[heading] = PlanColumn.objects.create(
            board=writing.plan.board, plan=writing.plan, position=position, heading=heading,
            field=Field.EXTRA if name in fields else name,
        )  # fmt: skip
        fields.add(name)


def _write_all(writing):
    proposal, plan = writing.proposal, writing.plan
    _find_headings(writing)
    _add(writing)
    for number, row in enumerate(rows := proposal.of(CHANGED), start=1):
        with _at(row):
            (_change_draft if plan.state == Plan.State.DRAFT else _change_agreed)(writing, row)
        if number % CHANGES_A_SENTENCE == 0:
            writing.tell(f"{number:,} of {len(rows):,} changed actions are written.")
    for action in proposal.missing:
        if proposal.fate(action) == TAKE_OUT:
            _take_out(writing, action)
    if plan.state == Plan.State.DRAFT:
        put_in_order(plan)
    _link(writing)


def _add(writing):
    given, rows = [], writing.proposal.of(ADDED)
    for row in rows:
        with _at(row):
            given.append(ActionGiven(**_said(writing, row)))
    for begin in range(0, len(rows), ROWS_A_SENTENCE):
        some = slice(begin, begin + ROWS_A_SENTENCE)
        actions = write_actions(writing.turn, writing.plan, given[some])
        for row, action in zip(rows[some], actions, strict=True):
            writing.did["added"].append([action.pk, action.version.number])
            row.action = action
        writing.tell(f"{begin + len(actions):,} of {len(rows):,} new actions are written.")
    if writing.plan.state == Plan.State.AGREED and rows:
        put_each_in_place(writing.plan, [row.action for row in rows])


@contextmanager
def _at(row):
    """A refusal says which row of the file it is about."""
    try:
        yield
    except ValidationError as refused:
        raise ValidationError(f"{row.place}: {' '.join(refused.messages)}") from refused


def _finish(writing):
    held, plan, turn = writing.held, writing.plan, writing.turn
    begun = held.plan is None
    if begun and held.life != Import.Life.DRAFT:
        lacking = lacking_in(plan)
        reason = "It is taken over as the board agreed it." if lacking else ""
        plan = agree_plan(plan=plan, agreed_on=held.day, reason=reason, **writing.by)
    if begun and plan.state == Plan.State.AGREED:
        writing.tell("Writing down what the file says of progress.")
        _report(writing, writing.proposal.of(ADDED))
    taken_out = sum(writing.proposal.fate(action) == TAKE_OUT for action in writing.proposal.missing)
    counts = {name: len(writing.proposal.of(name)) for name in (ADDED, CHANGED)}
    turn.record(
        "plan.imported", plan, file=held.file_name, digest=held.file_hash, **counts,
        taken_out=taken_out, left=[row.place for row in writing.proposal.rows if row.left],
    )  # fmt: skip
    held.plan, held.state, held.done_at = plan, Import.State.DONE, turn.at
    held.did = writing.did | {"begun": begun, "taken_out": taken_out}
    held.read, held.settled = None, {}
    held.save()


# What the rows name


def _name_owners(writing):
    board, by = writing.held.board, writing.by
    known = {owner.name.casefold(): owner for owner in Owner.objects.filter(board=board)}
    for owner in Owner.objects.filter(board=board).prefetch_related("aliases"):
        known |= {alias.name.casefold(): owner for alias in owner.aliases.all()}
    for asked in writing.proposal.names:
        said = meant(asked.settled, board)
        name, folded = clean_line(asked.name)[:200], asked.name.casefold()
        if said.owner:
            if name.casefold() not in known:
                add_alias(owner=said.owner, name=name, **by)
            known[folded] = said.owner
        elif said.kind and folded not in known:
            seat = Seat.objects.filter(board=board, pk=said.seat).first() if said.seat else None
            group = SubGroup.objects.filter(board=board, pk=said.sub_group).first() if said.sub_group else None
            known[folded] = add_owner(board=board, name=name, kind=said.kind, seat=seat, sub_group=group, **by)
    for row in writing.proposal.taken:
        for one in everybody(row.read):
            writing.owners[one.name.casefold()] = known.get(one.name.casefold()) or known.get(one.owner.casefold())


def _name_priorities(writing):
    """Strategic priorities of the board, with those added that a row names and the board does not have."""
    board = writing.held.board
    rows = list(StrategicPriority.objects.filter(board=board).order_by("position"))
    for row in writing.proposal.taken:
        for code in row.read.priorities:
            if not any(priority.code == code for priority in rows):
                own = clean_line(row.read.priorities_text)
                name = own if len(row.read.priorities) == 1 and len(own) <= 60 else code.capitalize()
                rows.append(add_priority(board=board, name=name, code=code, **writing.by))
    writing.priorities = rows


def _name_recommendations(writing):
    """Recommendations by number. Numbers that no review of the board has are kept with words still to be written."""
    wanted = sorted({number for row in writing.proposal.taken for number in row.read.recommendations})
    if not wanted:
        return
    board, title = writing.held.board, f"Recommendations that {writing.plan.title} answers"[:300]
    known = Recommendation.objects.filter(board=board, number__in=wanted).order_by("-source__dated", "source")
    for recommendation in known:
        writing.recommendations.setdefault(recommendation.number, recommendation)
    new = [(number, f"Number {number} (its words are still to be written)") for number in wanted]
    new = [pair for pair in new if pair[0] not in writing.recommendations]
    if new:
        source = RecommendationSource.objects.filter(board=board, title=title).first()
        if source:
            add_recommendations(source=source, recommendations=new, **writing.by)
        else:
            source = add_recommendation_source(
                board=board, title=title, kind=RecommendationSource.Kind.REVIEW, recommendations=new, **writing.by
            )
        writing.recommendations |= {row.number: row for row in source.recommendations.filter(number__in=wanted)}


def _find_headings(writing):
    """Sections and objectives as the file prints them; a draft gains those it does not have."""
    plan = writing.plan
    writing.sections = {_called(row.number, row.title): row for row in plan.sections.all()}
    writing.objectives = {
        (row.section_id, *_called(row.number, row.title)): row for row in plan.objectives.select_related("section")
    }
    if plan.state != Plan.State.DRAFT:
        return
    for read in writing.proposal.read.sections:
        used = any(row.read.section == read for row in writing.proposal.taken)
        if used and _called(read.number, read.title) not in writing.sections:
            about = {"number": read.number[:30], "title": read.title[:300], "aim": read.aim}
            added = add_section(plan=plan, **about, **writing.by)
            writing.sections[_called(read.number, read.title)] = added
    for row in writing.proposal.taken:
        read, section = row.read.objective, _section(writing, row)
        if read is None:
            continue
        key = (section and section.pk, *_called(read.number, read.title))
        if key not in writing.objectives:
            writing.objectives[key] = add_objective(
                plan=plan, number=read.number[:30], title=read.title or read.number, section=section, **writing.by
            )


def _called(number, title):
    return clean_line(number).casefold(), clean_line(title).casefold()


def _section(writing, row):
    read = row.read.section
    found = read and writing.sections.get(_called(read.number, read.title))
    if read and found is None and writing.plan.state != Plan.State.DRAFT:
        raise ValidationError(f"The plan has no section “{title_of(read)}”, and an agreed plan gets no other.")
    return found


def _objective(writing, row):
    read, section = row.read.objective, _section(writing, row)
    if read is None:
        return None
    key = _called(read.number, read.title)
    for place in (section and section.pk, None):
        if (place, *key) in writing.objectives:
            return writing.objectives[place, *key]
    return next((found for (_, *called), found in writing.objectives.items() if tuple(called) == key), None)


# What a row says


def _said(writing, row: Proposed):
    """A row that is new, as an `ActionGiven` takes it."""
    read = row.read
    return {
        "place": row.place,
        "reason": writing.told if writing.plan.state == Plan.State.AGREED else "",
        "reference": row.reference[:30],
        "section": _section(writing, row),
        "objective": _objective(writing, row),
        "roles": _roles(writing, read, (OF_LEADS, OF_SUPPORT, OF_ACCOUNTABLE)),
        "reading": _time(writing, row),
        "milestones": _milestones(row),
        "cross_references": [text[:200] for text in read.cross_references],
        "cells": _cells(writing, row),
        "wording": read.action,
        "outcome": read.outcome,
        "top_priority": read.top_priority,
        "limited": read.limited,
        "priorities": priorities_of(read, writing.priorities),
        "steps": _steps(writing, read),
        "measures": list(read.measures),
        "recommendations": _recommendations(writing, read),
    }


def _cells(writing, row):
    return {column: text for heading, column in writing.columns.items() if (text := row.read.printed.get(heading))}


def _roles(writing, read, parts):
    """Who leads, supports and is accountable; one lead, and each owner once in a part."""
    found: list[RoleGiven] = []
    for part, names in (
        (OF_LEADS, read.leads),
        (OF_SUPPORT, read.support),
        (OF_ACCOUNTABLE, read.accountable),
    ):
        for one in names if part in parts else ():
            owner = writing.owners.get(one.name.casefold())
            role = part
            if part == OF_LEADS and any(given.role == LEAD for given in found):
                role = OwnerRole.Role.JOINT_LEAD
            leads_already = role == OwnerRole.Role.JOINT_LEAD and RoleGiven(owner, LEAD) in found
            if owner and not leads_already and RoleGiven(owner, role) not in found:
                found.append(RoleGiven(owner, role))
    return found


def _steps(writing, read):
    steps = []
    for step in read.steps:
        lead = next((writing.owners.get(one.name.casefold()) for one in step.leads), None)
        steps.append(StepGiven(step.text, lead, step.timescale.text if step.timescale else ""))
    return steps


def _time(writing, row):
    """How its words about time are read, or the date that its person says they mean."""
    fix = writing.held.settled.get("rows", {}).get(row.key, {}).get("due")
    read = row.read.timescale
    if fix:
        due = date.fromisoformat(fix)
        return replace(read, kind=timescales.BY_DATE, start=None, due=due, doubts=())
    return read


def _milestones(row):
    return [MilestoneGiven(stone.label[:200], stone.text) for stone in row.read.timescale.milestones]


def _recommendations(writing, read):
    return [writing.recommendations[number] for number in dict.fromkeys(read.recommendations)]


def _now(writing, row):
    """What of a row that is changed says something else, as `write_version` takes it."""
    read, fields = row.read, {one.field for one in row.changes}
    said = {}
    if Field.ACTION in fields:
        said["wording"] = read.action
    if Field.ACTION in fields and Field.STEPS not in {column.field for column in writing.proposal.columns}:
        said["steps"] = _steps(writing, read)
    if Field.STEPS in fields:
        said["steps"] = _steps(writing, read)
    simple = {
        Field.OUTCOME: ("outcome", lambda: read.outcome),
        Field.TOP_PRIORITY: ("top_priority", lambda: read.top_priority),
        Field.STRAND: ("priorities", lambda: priorities_of(read, writing.priorities)),
        Field.MEASURE: ("measures", lambda: list(read.measures)),
        Field.RECOMMENDATION: ("recommendations", lambda: _recommendations(writing, read)),
        Field.SECTION: ("section", lambda: _section(writing, row)),
        Field.OBJECTIVE: ("objective", lambda: _objective(writing, row)),
        Field.REFERENCE: ("reference", lambda: row.reference[:30]),
    }
    said |= {name: value() for key, (name, value) in simple.items() if key in fields}
    parts = {OF_LEADS, OF_SUPPORT, OF_ACCOUNTABLE} & fields
    if writing.plan.state != Plan.State.DRAFT:
        parts.discard(OF_LEADS)
    if parts:
        said["roles"] = _other_roles(writing, row, parts)
    return said


def _other_roles(writing, row, parts):
    """Owners as the file says them in these parts, and as they are in the others."""
    kinds = {
        OwnerRole.Role.LEAD: OF_LEADS,
        OwnerRole.Role.JOINT_LEAD: OF_LEADS,
        OwnerRole.Role.SUPPORT: OF_SUPPORT,
        OwnerRole.Role.ACCOUNTABLE: OF_ACCOUNTABLE,
    }
    kept = [role for role in roles_of(row.action) if kinds[role.role] not in parts]
    return kept + [role for role in _roles(writing, row.read, parts) if role not in kept]


def _printed_now(writing, row, *, but=frozenset()):
    changed = {one.heading: one.after for one in row.changes if one.field not in but}
    return {writing.columns[heading]: text for heading, text in changed.items() if heading in writing.columns}


# Written


def _change_draft(writing, row):
    action, fields = row.action, {one.field for one in row.changes}
    before = action.version.number
    also, redated = [], False
    if Field.TIMESCALE in fields:
        new = keep_timescale(action.board, _time(writing, row))
        was, redated = action.timescale, True
        read_as(action, new, writing.turn.at)
        also = [f"Timescale: from {was or 'nothing'} to {new or 'nothing'}"]
    said = _now(writing, row)
    if redated:
        said["milestones"] = _milestones(row)
    version = write_version(
        writing.turn, action, reason=IN_DRAFT, also=also, redated=redated, cells=_printed_now(writing, row), **said
    )
    refresh([action], on=writing.turn.on, known_by=writing.turn.at)
    if version:
        writing.did["changed"].append([action.pk, before, version.number])


def _change_agreed(writing, row):
    action, fields = row.action, {one.field for one in row.changes}
    before = action.version.number
    said = _now(writing, row)
    cells = _printed_now(writing, row, but={Field.LEAD, Field.TIMESCALE, *LIVING})
    if said or cells:
        said.setdefault("wording", action.version.wording)
        version = reword_action(action=action, reason=writing.told, cells=cells, **said, **writing.by)
        writing.did["changed"].append([action.pk, before, version.number])
    if Field.TIMESCALE in fields:
        _ask_date(writing, row)
    if Field.LEAD in fields:
        _ask_lead(writing, row)
    if fields & LIVING:
        _report(writing, [row])


def _ask_date(writing, row):
    due = _time(writing, row).due
    if due and due != row.action.due:
        why = f"{writing.told} It says “{row.read.timescale.text}”."
        writing.did["asked"].append(ask_for_date(action=row.action, to_due=due, why=why, **writing.by).pk)


def _ask_lead(writing, row):
    """Another lead is asked, as always: nobody is given an action by a file."""
    standing = [role for role in roles_of(row.action) if role.role == LEAD]
    wanted = [role.owner for role in _roles(writing, row.read, {OF_LEADS})][:1]
    if standing and wanted and wanted[0] != standing[0].owner:
        if writing.turn.by is None:
            raise ValidationError(f"{wanted[0]} would be asked to lead it, and somebody has to ask: use --by.")
        offer = offer_action(
            action=row.action, from_owner=standing[0].owner, to_owner=wanted[0], reason=writing.told, **writing.by
        )
        writing.did["offered"].append(offer.pk)


def _report(writing, rows):
    """What the file says of progress, on the record as imported and unchecked. Without a lead it stays as printed."""
    actions = [row.action for row in rows]
    roles = OwnerRole.objects.filter(action__in=actions, role=LEAD, until__isnull=True).select_related("owner")
    leads = {role.action_id: role.owner for role in roles.order_by("-id")}
    ratings = {step.code: step for step in ratings_of(writing.plan.board).current}
    told = [
        (row.action, leads[row.action.pk], _answer(writing, row, ratings))
        for row in rows
        if row.action.pk in leads and (row.read.status or row.read.rating or row.read.progress)
    ]
    writing.did["updates"] += [
        update.pk for update in import_updates(board=writing.plan.board, told=told, **writing.by)
    ]


def _answer(writing, row, ratings):
    read = row.read
    return Answer(
        status=read.status or row.action.status or Status.IN_PROGRESS,
        rating=ratings.get(read.rating),
        words=read.progress or f"{writing.told} It says nothing of progress.",
    )


def _take_out(writing, action):
    if writing.plan.state == Plan.State.DRAFT:
        remove_action(action=action, **writing.by)
    else:
        withdraw_action(action=action, reason=f"{writing.told} The file no longer has it.", **writing.by)


def _link(writing):
    """Cross references point at what they name, where both ends are there."""
    links = CrossReference.objects.filter(action__plan=writing.plan, target__isnull=True, objective__isnull=True)
    targets: dict[int, Action | Objective] = {}
    actions = {action.reference: action for action in writing.plan.actions.all()}
    objectives = {row.number: row for row in writing.plan.objectives.exclude(number="")}
    for link in links:
        found = actions.get(link.text) or objectives.get(link.text)
        if found and found != link.action:
            targets[link.pk] = found
    if targets:
        link_references(plan=writing.plan, targets=targets, **writing.by)
