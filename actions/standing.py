"""Where actions stand on a day, as far as it was known then: worked out from the record, in a fixed number of queries.

The latest update of the lead that nothing supersedes is the truth about an action. The caches on Action are this,
for now; `refresh` is the only place that writes them. Reports ask for a past day.
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime

from actions.models import Action, DateChange, OwnerRole, Reading, Status, Step, StepTick, Update
from actions.steps import first_row
from actions.succession import Chains, Link

HEARD = (Update.Source.SUBMISSION, Update.Source.ENTERED, Update.Source.CORRECTION)
"""Sources that are the owner speaking; a decision or an import is not."""


_waiting: ContextVar[dict | None] = ContextVar("waiting", default=None)


@dataclass
class Standing:
    """One action on one day. `update` is the lead's last word, `joint` the joint leads' by owner id; `moves` are its
    own and those of every action it came from, its `ancestors`; `passed_on` is how often one lead handed over to
    another."""

    first_due: date | None = None
    due: date | None = None
    next_due: date | None = None
    status: str = Status.NOT_STARTED
    update: Update | None = None
    heard: Update | None = None
    moves: list[DateChange] = field(default_factory=list)
    passed_on: int = 0
    steps_done: dict[int, date] = field(default_factory=dict)
    joint: dict[int, Update] = field(default_factory=dict)
    said: list[Update] = field(default_factory=list)
    came: tuple[Link, ...] = ()
    became: tuple[Link, ...] = ()
    ancestors: frozenset[int] = frozenset()

    @property
    def rating(self):
        return self.update.rating if self.update else None

    @property
    def heard_on(self):
        return self.heard.on if self.heard else None

    @property
    def caches(self):
        """{name: value} of what an action keeps of its standing."""
        return {
            "due": self.due,
            "next_due": self.next_due,
            "status": self.status,
            "rating": self.rating,
            "heard_on": self.heard_on,
            "last_update": self.update,
        }


def standings(actions, *, on: date, known_by: datetime) -> dict[int, Standing]:
    """Where each of these actions stood on a day, by what was recorded until `known_by`."""
    actions = list(actions)
    ids = [action.pk for action in actions]
    found = {action.pk: Standing(first_due=action.first_due) for action in actions}
    leads = defaultdict(set)
    for action_id, owner_id, offer in OwnerRole.objects.filter(
        action__in=ids, role=OwnerRole.Role.LEAD, since__at__lte=known_by
    ).values_list("action_id", "owner_id", "since__handed_over"):
        leads[action_id].add(owner_id)
        found[action_id].passed_on += offer is not None
    _succeed(found, actions, known_by)
    _say(found, leads, ids, on, known_by)
    _date(found, actions, ids, on, known_by)
    return found


def _succeed(found, actions, known_by):
    chains = Chains({action.board_id for action in actions}, known_by)
    for pk, standing in found.items():
        standing.came, standing.became = tuple(chains.before.get(pk, ())), tuple(chains.after.get(pk, ()))
        standing.ancestors = chains.ancestors(pk)


def _say(found, leads, ids, on, known_by):
    spoken = list(
        Update.objects.filter(action__in=ids, on__lte=on, at__lte=known_by)
        .select_related("rating", "owner", "by", "period")
        .order_by("on", "id")
    )
    superseded = {update.supersedes_id for update in spoken}
    for update in spoken:
        if update.pk in superseded:
            continue
        standing = found[update.action_id]
        if update.owner_id not in leads[update.action_id] and update.source != Update.Source.DECISION:
            standing.joint[update.owner_id] = update
            continue
        standing.update, standing.status = update, update.status
        if update.source in HEARD:
            standing.heard = update
            standing.said.append(update)


def _date(found, actions, ids, on, known_by):
    dues = {action.pk: action.timescale.due if action.timescale else None for action in actions}
    readings = Reading.objects.filter(action__in=ids, at__lte=known_by).order_by("at", "id")
    dues.update(readings.values_list("action_id", "timescale__due"))
    steps, firsts = defaultdict(dict), defaultdict(dict)
    for action in actions:
        for step in action.steps.all():
            if step.until_id is None:
                steps[action.pk][step.pk] = step.timescale.due if step.timescale else None
                firsts[action.pk][step.pk] = first_row(step)
    heirs = defaultdict(list)
    for pk, standing in found.items():
        for older in (pk, *standing.ancestors):
            heirs[older].append(standing)
    for moved in DateChange.objects.filter(action__in=list(heirs), on__lte=on, at__lte=known_by).order_by("on", "id"):
        if moved.kind == DateChange.Kind.MOVED and not moved.step_id:
            for standing in heirs[moved.action_id]:
                standing.moves.append(moved)
        if moved.action_id not in found:
            continue
        if moved.step_id:
            if moved.step_id in steps[moved.action_id]:
                steps[moved.action_id][moved.step_id] = moved.to_due
            continue
        if moved.kind == DateChange.Kind.CORRECTION:
            continue  # the reading that stood then has it already, and what was moved since stays moved
        dues[moved.action_id] = moved.to_due
    if firsts:
        _tick(found, firsts, on, known_by)
    for pk, standing in found.items():
        standing.due = dues[pk]
        open_steps = [due for step, due in steps[pk].items() if due and step not in standing.steps_done]
        standing.next_due = min([due for due in (standing.due, *open_steps) if due], default=None)


def _tick(found, firsts, on, known_by):
    """The day each step was last ticked as done, unless a later update took the tick away; ticks of what a step was
    before it was worded or dated otherwise are its own."""
    ticked = {}
    ticks = StepTick.objects.filter(action__in=list(firsts), update__on__lte=on, update__at__lte=known_by)
    for step, first, done, day in ticks.order_by("update__on", "id").values_list(
        "step_id", "step__first_id", "done", "update__on"
    ):
        ticked[first or step] = day if done else None
    for action, its in firsts.items():
        found[action].steps_done.update({step: ticked[first] for step, first in its.items() if ticked.get(first)})


def with_dates(actions):
    """A queryset of actions with what `standings` reads off each of them fetched along."""
    return actions.select_related("timescale").prefetch_related("steps__timescale")


def refresh(actions, *, on, known_by):
    """Write the caches of these actions from the record."""
    waiting = _waiting.get()
    if waiting is not None:
        waiting.update({action.pk: (action, on, known_by) for action in actions})
        return
    actions = list(with_dates(Action.objects.filter(pk__in=[action.pk for action in actions])))
    found = standings(actions, on=on, known_by=known_by)
    steps = [
        (step, {"done_on": found[action.pk].steps_done.get(step.pk)})
        for action in actions
        for step in action.steps.all()
    ]
    _write(Step, steps)
    _write(Action, [(action, found[action.pk].caches) for action in actions])


def _write(model, caches):
    """Write what by now is otherwise of these (row, {name: value}), in a few statements for any number of rows."""
    kept = {field.name: field.attname for field in model._meta.concrete_fields}
    rows, names = [], set()
    for row, now in caches:
        other = {name for name, value in now.items() if getattr(row, kept[name]) != getattr(value, "pk", value)}
        for name in other:
            setattr(row, name, now[name])
        names |= other
        rows += [row] if other else []
    if rows:
        model.objects.bulk_update(rows, sorted(names), batch_size=200)


@contextmanager
def refresh_once() -> Iterator[None]:
    """Inside, caches wait and are written once, at the end. For imports and loaders, whose steps do not read them."""
    waiting: dict = {}
    token = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(token)
    if waiting:
        actions, days, moments = zip(*waiting.values(), strict=True)
        refresh(actions, on=max(days), known_by=max(moments))
