"""A plan as JSON, complete: what the other files say of each action, and what they have no column for.

`plan` says what the plan is, `columns` which columns its files have, `ratings` the board's scale, worst first. Each of
`rows` has the keys that `import_plan --json` gives a row (reference, section, objective, priorities, action, steps,
leads, support, accountable, timescale, status, progress, measures, outcome, rating, recommendations, top_priority,
extra), and beside them: `key` (as in the last column of the other files), `cells` (the text of each of `columns`),
`limited`, `due` and `first_due`, `heard_on`, `owners` and `steps_in_full` with dates, `milestones`, `cross_references`,
`came_from` and `became`, `versions` (every wording with why, when and at which meeting) and `date_changes`. Days and
moments are in ISO form. Who typed something is left to the history.
"""

import json
from datetime import date, datetime

from actions.exporting.base import PlanFormat
from actions.exporting.sheet import CIRCULATION, KEY, fetch_record
from actions.models import Action, OwnerRole, PlanColumn
from actions.reading import ActionRow

Field, Role = PlanColumn.Field, OwnerRole.Role

VERSION = 1
"""Of the keys; a reader who does not know it should not guess."""

EXTRA = (Field.EXTRA, Field.NOTES, Field.EVIDENCE)
"""Columns whose words stand nowhere but in their printed cell."""


class JsonFormat(PlanFormat):
    """For other programs, and for keeping."""

    suffix = "json"
    title = "JSON"
    purpose = "Everything that the plan says, with every wording and every move of a date; for other programs."
    told = "a JSON file"
    content_type = "application/json"

    def export_data(self, dataset, *, sheet, **kwargs):
        known_by = sheet.known_by
        fetch_record([line.row.action for line in sheet.lines], known_by)
        plan = sheet.plan
        whole = {
            "format": "cseplan plan",
            "version": VERSION,
            "as_at": sheet.day,
            "made_at": sheet.made_at,
            "plan": {
                "slug": plan.slug,
                "title": plan.title,
                "board": plan.board.slug,
                "state": plan.state,
                "starts": plan.starts,
                "ends": plan.ends,
                "agreed_on": plan.agreed_on,
                "closed_on": plan.closed_on,
                "record_as_at": plan.as_at,
                "overseen_by": plan.overseen_by.name,
                "marking": plan.marking,
                "note": plan.note,
            },
            "columns": [
                {"heading": column.heading, "field": column.field, "of_the_plan": column.own is not None}
                for column in sheet.columns
            ],
            "ratings": [
                {"code": rating.code, "word": rating.word, "meaning": rating.meaning} for rating in sheet.ratings
            ],
            "rows": [
                _row(line.row, list(cells), sheet.columns) for line, cells in zip(sheet.lines, dataset, strict=True)
            ],
        }
        return (json.dumps(whole, ensure_ascii=False, indent=1, default=_iso) + "\n").encode()


def _iso(value):
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    raise TypeError(f"{value!r} is nothing that a file of a plan holds")


def _row(row: ActionRow, cells: list[str], columns) -> dict:
    """One action."""
    action: Action = row.action
    texts = dict(zip((column.field for column in columns), cells, strict=True))
    return {
        "key": texts[KEY],
        "reference": action.reference,
        "section": str(action.section or ""),
        "objective": str(action.objective or ""),
        "priorities": [part.priority.code for part in action.action_priorities.all()],
        "action": row.promise,
        "steps": [step.text for step in action.steps.all()],
        "leads": _names(row, Role.LEAD, Role.JOINT_LEAD),
        "support": _names(row, Role.SUPPORT),
        "accountable": _names(row, Role.ACCOUNTABLE),
        "timescale": _timescale(action.timescale),
        "status": action.status,
        "progress": row.words if row.spoken else "",
        "measures": [measure.text for measure in action.measures.all()],
        "outcome": action.version.outcome,
        "rating": action.rating.code if action.rating else None,
        "recommendations": [part.recommendation.number for part in action.action_recommendations.all()],
        "top_priority": action.top_priority,
        "extra": {
            column.heading: text for column, text in zip(columns, cells, strict=True) if column.field in EXTRA and text
        },
        "cells": cells,
        "limited": CIRCULATION in texts and action.limited,
        "due": action.due,
        "first_due": action.first_due,
        "heard_on": action.heard_on,
        **_parts(row),
        **_record(action),
    }


def _names(row, *roles):
    return [part.owner.name for part in row.parts if part.role in roles]


def _timescale(said):
    if said is None:
        return {"text": "", "kind": "none", "start": None, "due": None}
    return {"text": said.text, "kind": said.kind, "start": said.start, "due": said.due}


def _parts(row):
    """The parts of the definition with everything that belongs to them."""
    action = row.action
    return {
        "owners": [
            {"name": part.owner.name, "role": part.role, "starts": part.starts, "ends": part.ends}
            for part in action.owner_roles.all()
        ],
        "steps_in_full": [
            {
                "text": step.text,
                "lead": step.lead.name if step.lead else "",
                "timescale": _timescale(step.timescale),
                "done_on": step.done_on,
            }
            for step in action.steps.all()
        ],
        "milestones": [
            {"label": found.label, "timescale": _timescale(found.timescale)} for found in action.milestones.all()
        ],
        "cross_references": [found.text for found in action.cross_references.all()],
        "came_from": row.came_words,
        "became": row.became_words,
    }


def _record(action):
    """Every wording that it had, and how its date came about."""
    return {
        "versions": [
            {
                "number": version.number,
                "at": version.at,
                "reference": version.reference,
                "section": str(version.section or ""),
                "objective": str(version.objective or ""),
                "action": version.wording,
                "outcome": version.outcome,
                "top_priority": version.top_priority,
                "reason": version.reason,
                "meeting": str(version.meeting or ""),
            }
            for version in action.versions.all()
        ],
        "date_changes": [
            {
                "on": change.on,
                "kind": change.kind,
                "from": change.from_due,
                "to": change.to_due,
                "why": change.why,
                "asked_by": change.asked_by,
            }
            for change in action.date_changes.all()
        ],
    }
