"""What an action says beside its words in one of its versions, in lines under a label: its parts as they stood then.

Whether an action says something else is decided where it is written (actions.changes.definition); here it is read.
"""

from collections.abc import Iterator, Sequence

from actions.comparing import Change, lines_changed
from actions.models import (
    ActionPriority,
    ActionRecommendation,
    ActionVersion,
    Measure,
    Milestone,
    OwnerRole,
    Step,
)
from boards.labels import Labels

Lines = dict[str, tuple[str, ...]]


def step_words(step) -> str:
    """A step with who does it and by when, where it has those of its own."""
    more = ", ".join(str(word) for word in (step.lead, step.timescale) if word and str(word))
    return f"{step.text} ({more})" if more else step.text


def milestone_words(milestone) -> str:
    return f"{milestone.label}: {milestone.timescale}" if milestone.label else str(milestone.timescale)


def changed_between(before: ActionVersion, after: ActionVersion, labels: Labels) -> list[Change]:
    """What else than its words an action says otherwise in a later version, marked."""
    then, now = said_in_each([before, after], labels)
    return list(lines_changed("detailed", then, now))


def changed_since(action, number, labels: Labels) -> list[Change]:
    """What else than its words it says otherwise than in the version of this number; nothing where it has none."""
    versions = action.versions.select_related("section", "objective")
    before, now = versions.filter(number=number).first(), versions.get(pk=action.version_id)
    return changed_between(before, now, labels) if before else []


def said_in_each(versions: Sequence[ActionVersion], labels: Labels) -> list[Lines]:
    """What an action said beside its words in each of these versions of it; the queries are the same for any number."""
    found: list[Lines] = [{} for _ in versions]
    for label, version_lines in _fields(versions, labels):
        for said, lines in zip(found, version_lines, strict=True):
            said[label] = lines
    parts = (
        (OwnerRole, ("owner",), lambda row: row.get_role_display(), lambda row: str(row.owner)),
        (ActionPriority, ("priority",), lambda row: labels.priority.Many, lambda row: str(row.priority)),
        (Step, ("lead", "timescale"), lambda row: "Steps", step_words),
        (Milestone, ("timescale",), lambda row: "Milestones", milestone_words),
        (Measure, (), lambda row: "Measures", lambda row: row.text),
        (ActionRecommendation, ("recommendation",), lambda row: labels.recommendation.Many, _recommendation),
    )
    for model, fetched, label_of, words_of in parts:
        rows = model.objects.filter(action=versions[0].action_id).select_related("since", "until", *fetched)
        for row in rows:
            for said, version in zip(found, versions, strict=True):
                if row.since.number <= version.number and (row.until is None or row.until.number > version.number):
                    said[label_of(row)] = (*said.get(label_of(row), ()), words_of(row))
    return found


def _fields(versions, labels) -> Iterator[tuple[str, list[tuple[str, ...]]]]:
    yield labels.section.One, [_line(version.section) for version in versions]
    yield labels.objective.One, [_line(version.objective) for version in versions]
    yield "Reference", [_line(version.reference) for version in versions]
    yield "Top priority", [_line("Yes" if version.top_priority else "") for version in versions]
    yield "Outcome", [_line(version.outcome) for version in versions]


def _line(value):
    return (str(value),) if value else ()


def _recommendation(row):
    return str(row.recommendation)
