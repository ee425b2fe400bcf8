"""What a file would change: each of its rows against the actions of the plan, and what a person has to settle first.

A cell is compared with what an export of the plan would say there, so that a file which nobody touched changes nothing.
Nothing is written here; the same proposal, made again under the board's lock, is what `actions.changes.importing`
writes.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from hashlib import sha256
from typing import NamedTuple

from actions import exporting
from actions.importing import rows as reading
from actions.importing.board import remembered, words_of
from actions.importing.columns import EXTRA, IGNORE, KEY, Column
from actions.importing.layout import named_apart
from actions.importing.matching import KEY as BY_KEY
from actions.importing.matching import Match, Standing, match
from actions.importing.packing import unpacked
from actions.importing.readings import ALIAS, EXACT, LIKE, Named, Problem
from actions.importing.rows import PlanRead, RowRead
from actions.models import Action, Import, PlanColumn
from actions.permissions import everything_in
from boards.audit import canonical
from boards.models import Owner, StrategicPriority
from cseplan.text import clean_line

Field = PlanColumn.Field

ADDED, CHANGED, UNCHANGED, LEFT = "new", "changed", "unchanged", "left"
WORDS = {ADDED: "New", CHANGED: "Changed", UNCHANGED: "Unchanged", LEFT: "Left out"}
"""What becomes of a row."""

KEEP, TAKE_OUT = "keep", "take_out"
"""What becomes of an action that the file does not have."""

SAME, NONE = "same", "none"
"""What a name in the file is settled to be, beside a kind of owner: an owner of the board, or nobody."""

LONG = 400
"""New rows that are written in about a second; a changed one takes as long as several new ones."""

BESIDE = (IGNORE, KEY)
"""Columns that are none of the plan's."""

NOT_COMPARED = (*BESIDE, Field.REFERENCE, Field.SECTION, Field.OBJECTIVE)
"""Where a plan prints no column for these: it counts its actions itself, and headings are compared as such."""

_BULLET = re.compile(r"^[•●▪◦*\-–]\s*", re.MULTILINE)


class CellChange(NamedTuple):
    """One cell of a row that says something else than the plan does."""

    heading: str
    field: str
    before: str
    after: str


@dataclass
class Proposed:
    """One row of the file and what it would do."""

    number: int
    """Its place among the rows that were read."""
    read: RowRead
    reference: str
    match: Match | None = None
    action: Action | None = None
    changes: list[CellChange] = field(default_factory=list)
    left: bool = False
    problems: list[Problem] = field(default_factory=list)

    @property
    def change(self) -> str:
        if self.left:
            return LEFT
        if self.match is None:
            return ADDED
        return CHANGED if self.changes else UNCHANGED

    @property
    def key(self) -> str:
        """What its person settles of it is kept under its place in the file, which stays when columns change."""
        return key_of(self.read)

    @property
    def words(self) -> str:
        """What becomes of it, in words."""
        return WORDS[self.change]

    @property
    def heading(self) -> str:
        """What it stands under."""
        found = [title_of(one) for one in (self.read.section, self.read.objective) if one]
        return " – ".join(found)

    @property
    def leads(self) -> str:
        return _names_of(self.read.leads)

    @property
    def support(self) -> str:
        return _names_of(self.read.support)

    @property
    def accountable(self) -> str:
        return _names_of(self.read.accountable)

    @property
    def also(self) -> str:
        """What else was understood of it, in a line."""
        read = self.read
        parts = [
            f"{len(found)} {word}{'' if len(found) == 1 else 's'}"
            for found, word in (
                (read.steps, "step"), (read.measures, "measure"), (read.recommendations, "recommendation"),
            )
            if found
        ]  # fmt: skip
        parts += [f"rated {read.rating}"] if read.rating else []
        parts += ["progress"] if read.progress else []
        parts += ["top priority"] if read.top_priority else []
        return f"With {', '.join(parts)}" if parts else ""

    @property
    def place(self) -> str:
        """How a person finds it in the file."""
        return f"{self.read.sheet}, row {self.read.numbers[0]}" if self.read.numbers else self.read.sheet


@dataclass(frozen=True)
class NameAsked:
    """A name in the file that is no owner of the board for certain, with what it was settled to be."""

    name: str
    read: Named
    where: tuple[str, ...]
    settled: str
    """As in `Import.settled`; empty while nobody has said."""


@dataclass(frozen=True)
class Proposal:
    """Everything that an import would do, and what it waits for."""

    held: Import
    read: PlanRead
    rows: list[Proposed]
    missing: list[Action]
    names: list[NameAsked]
    columns: tuple[Column, ...]
    own: Mapping[str, PlanColumn | None]
    """The plan's column for each heading of the file, where it has one."""

    def of(self, change: str) -> list[Proposed]:
        return [row for row in self.rows if row.change == change]

    @property
    def counts(self) -> list[tuple[str, str, int]]:
        """What the rows can be narrowed to: code, words, how many."""
        found = [(code, words, len(self.of(code))) for code, words in WORDS.items()]
        check = sum(bool(row.problems) for row in self.rows)
        return [("", "All rows", len(self.rows)), *(one for one in found if one[2]), ("check", "To be checked", check)]

    @property
    def taken(self) -> list[Proposed]:
        """The rows that are not left out."""
        return [row for row in self.rows if not row.left]

    @property
    def takes_long(self) -> bool:
        """Whether whoever confirms it would wait for more than a moment."""
        return len(self.of(ADDED)) + 5 * len(self.of(CHANGED)) > LONG

    @cached_property
    def waits_for(self) -> list[str]:
        """Sentences: what has to be settled before it can be confirmed."""
        return list(self._waits())

    def _waits(self):
        if not any(column.field == "action" for column in self.columns):
            yield "Say which column holds the actions."
        elif not self.taken:
            yield "No row of the file is an action. Check which column holds the actions, or choose another file."
        open_names = [asked.name for asked in self.names if not asked.settled]
        if open_names:
            yield f"Say who is meant by {_listed(open_names)}."
        for row in self.taken:
            if not row.read.action:
                yield f"{row.place} has no action. Leave the row out, or choose another column for the actions."
        yield from self._twice()
        doubtful = [row.place for row in self.taken if row.match and row.match.doubtful]
        if doubtful:
            yield f"Say whether these are the actions we took them for: {_listed(doubtful)}."
        unsaid = [action.reference for action in self.missing if not self.fate(action)]
        if unsaid:
            yield f"Say what becomes of the actions that the file does not have: {_listed(unsaid)}."
        changes = any(row.change in (ADDED, CHANGED) for row in self.rows)
        if self.held.plan_id and not changes and not any(self.fate(action) == TAKE_OUT for action in self.missing):
            yield "The file says what the plan says already. There is nothing to confirm."

    def _twice(self):
        seen: dict[str, Proposed] = {}
        for row in self.taken:
            if row.match and row.match.how == BY_KEY and row.reference == row.action.reference:
                continue  # two actions of the plan, which it tells apart
            first = seen.setdefault(row.reference.casefold(), row)
            if first is not row:
                yield f"{first.place} and {row.place} have the reference {row.reference}. Give one of them another."

    def fate(self, action: Action) -> str:
        return self.held.settled.get("missing", {}).get(str(action.pk), "")

    @cached_property
    def token(self) -> str:
        """Stands for all that would be written: another file, choice, reading or state of the plan is another token."""
        said = [
            [row.number, row.change, row.reference, row.action and [row.action.pk, row.action.version.number],
             [list(change) for change in row.changes], row.read.action, row.read.timescale.render()]
            for row in self.rows
        ]  # fmt: skip
        missing = [[action.pk, self.fate(action)] for action in self.missing]
        return sha256(canonical([self.held.pk, self.held.settled, said, missing]).encode()).hexdigest()


def propose(held: Import, *, on: date, at: datetime) -> Proposal:
    """What the file of an import would do to its plan as it stands now."""
    board, settled = held.board, held.settled
    starts = held.plan.starts if held.plan else held.starts
    words = words_of(board, year=starts and starts.year, bold=bool(settled.get("bold")))
    sheet = exporting.sheet_of(held.plan, everything_in(held.plan), on=on, at=at) if held.plan else None
    read = reading.read(
        unpacked(held.read),
        words,
        columns={int(index): name for index, name in settled.get("columns", {}).items()},
        remembered=remembered(board) | (_standing_fields(sheet) if sheet else {}),
        added=exporting.added_headings(board),
        sheet=settled.get("sheet"),
    )
    proposed = _rows(read, settled)
    own: dict[str, PlanColumn | None] = {}
    missing: list[Action] = []
    if held.plan:
        own, missing = _compare(held.plan, sheet, read.columns, proposed, settled)
    _number(proposed, held.plan)
    return Proposal(held, read, proposed, missing, _names(board, proposed, settled), read.columns, own)


def _names_in(sheet) -> list[str]:
    """The headings of the plan's file as they are read of it: one that stands twice is told apart."""
    names: list[str] = []
    named_apart([clean_line(column.heading) for column in sheet.columns], names)
    return names


def _standing_fields(sheet) -> dict[str, str]:
    """{heading: what is under it in this plan}; a second column of a kind is kept as it is printed."""
    found: dict[str, str] = {}
    for name, column in zip(_names_in(sheet), sheet.columns, strict=True):
        found[name] = EXTRA if column.field in found.values() else str(column.field)
    return found


def _rows(read, settled):
    fixes = settled.get("rows", {})
    problems: dict[tuple, list[Problem]] = {}
    for problem in read.problems:
        problems.setdefault((problem.sheet, problem.row), []).append(problem)
    found = []
    for number, row in enumerate(read.rows):
        fix = fixes.get(key_of(row), {})
        its = [one for line in row.numbers for one in problems.get((row.sheet, line), [])]
        proposed = Proposed(number, row, fix.get("reference") or row.reference, left=bool(fix.get("leave")))
        proposed.problems = its
        found.append(proposed)
    return found


def _compare(plan, sheet, columns, proposed, settled):
    """Match rows with the actions of the plan, and find each cell that says something else."""
    stands = {line.row.action.pk: line.row for line in sheet.lines}
    actions = {pk: row.action for pk, row in stands.items()}
    texts = {line.row.action.pk: said for line, said in zip(sheet.lines, sheet.dataset, strict=True)}
    standing = [Standing(pk, action.reference, action.version.wording) for pk, action in actions.items()]
    taken = [row for row in proposed if not row.left]
    fixes = settled.get("rows", {})
    chosen = {at: said for at, row in enumerate(taken) if (said := fixes.get(row.key, {}).get("match"))}
    keys = [(row.read.key, row.reference, row.read.action) for row in taken]
    matches = match(keys, standing, chosen)
    beside = _beside(_names_in(sheet), sheet.columns, columns)
    for at, row in enumerate(taken):
        row.match = matches.get(at)
        if row.match:
            row.action = actions[row.match.action]
            row.changes = list(_changes(row, sheet.columns, texts[row.action.pk], columns, beside))
            row.changes += _said_beside(row, stands[row.action.pk], sheet.columns, columns, beside)
            if not any(one.field == Field.REFERENCE for one in row.changes):
                row.reference = fixes.get(row.key, {}).get("reference") or row.action.reference
            row.problems += _no_date(plan, row, fixes.get(row.key, {}))
    own = {columns[index].heading: sheet.columns[place].own for index, place in beside.items()}
    gone = actions.keys() - {found.action for found in matches.values()}
    return own, [actions[pk] for pk in actions if pk in gone]


def _no_date(plan, row, fix):
    """In an agreed plan only another date can be asked for; words that give none stay out, and that is said."""
    found = next((one for one in row.changes if one.field == Field.TIMESCALE), None)
    if plan.state == plan.State.DRAFT or found is None or fix.get("due") or row.read.timescale.due:
        return []
    said = (
        "These words give no date to ask for, so the plan keeps its own. Put the row right and give the date, if any."
    )
    return [Problem(row.read.sheet, row.read.numbers[0], found.heading, found.after, said)]


def _beside(names, standing, columns) -> dict[int, int]:
    """{place in the file's columns: place in the plan's}: by heading, and by what they hold where one of each does."""
    headings = {name.casefold(): place for place, name in reversed(list(enumerate(names)))}
    headings |= {name: place for place, name in enumerate(names)}
    fields: dict[str, list[int]] = {}
    for place, column in enumerate(standing):
        fields.setdefault(column.field, []).append(place)
    found = {}
    for index, column in enumerate(columns):
        if column.field in BESIDE:
            continue
        place = headings.get(column.heading, headings.get(column.heading.casefold()))
        if place is None and column.field not in (Field.EXTRA, Field.NOTES):
            alike = fields.get(column.field, [])
            place = alike[0] if len(alike) == 1 else None
        if place is not None and place not in found.values():
            found[index] = place
    return found


def _changes(row, standing, texts, columns, beside):
    compared = set()
    for index, place in beside.items():
        column, before = columns[index], texts[place] or ""
        after = row.read.printed.get(column.heading, "")
        compared.add(standing[place].field)
        if _plainly(before) != _plainly(after):
            yield CellChange(column.heading, str(standing[place].field), before, after)
    for name, read, is_now in (
        ("section", row.read.section, row.action.section),
        ("objective", row.read.objective, row.action.objective),
    ):
        if name not in compared and read is not None and _plainly(title_of(read)) != _plainly(str(is_now or "")):
            yield CellChange(name.capitalize(), name, str(is_now or ""), title_of(read))


def _said_beside(row, stands, standing, columns, beside):
    """What the file says in columns that the plan does not print: an empty cell of these says nothing."""
    printed = {column.field for column in standing}
    for index, column in enumerate(columns):
        after = row.read.printed.get(column.heading, "")
        if not after or index in beside or column.field in NOT_COMPARED:
            continue
        # What the plan prints in several columns, of which this is none, is one more text of its own.
        its = EXTRA if column.field in printed else str(column.field)
        before = "\n".join(exporting.lines_of(stands, its))
        if _plainly(before) != _plainly(after):
            yield CellChange(column.heading, its, before, after)


def key_of(read: RowRead) -> str:
    """The place of a row in its file."""
    return f"{read.sheet}!{','.join(map(str, read.numbers))}"


def _names_of(people) -> str:
    return ", ".join(one.owner or one.name for one in people)


def title_of(heading) -> str:
    """A section or objective as it was read, as the plan would call it."""
    return f"{heading.number} {heading.title}".strip()


def _plainly(text: str) -> str:
    return clean_line(_BULLET.sub("", text))


def _number(proposed, plan):
    """A plan that prints no references has its actions counted; what lacks one takes the next number."""
    taken = {row.reference for row in proposed} | ({a.reference for a in plan.actions.all()} if plan else set())
    number = 0
    for row in proposed:
        if row.reference or row.left:
            continue
        number += 1
        while str(number) in taken:
            number += 1
        row.reference = str(number)
        taken.add(row.reference)


def _names(board, proposed, settled):
    """Names of the file that are not an owner of the board for certain, each once, in the order of the file."""
    said = settled.get("owners", {})
    found: dict[str, tuple[Named, list[str]]] = {}
    for row in proposed:
        if row.left or (row.match and not row.changes):
            continue
        for one in everybody(row.read):
            if one.match not in (EXACT, ALIAS):
                found.setdefault(one.name.casefold(), (one, []))[1].append(row.reference or row.place)
    return [
        NameAsked(one.name, one, tuple(dict.fromkeys(where)), said.get(folded, ""))
        for folded, (one, where) in found.items()
    ]


def everybody(row: RowRead) -> list[Named]:
    """Everybody that a row names, its steps included."""
    return [*row.leads, *row.support, *row.accountable, *(one for step in row.steps for one in step.leads)]


def _listed(words, most=8):
    shown = ", ".join(words[:most])
    return f"{shown} and {len(words) - most} more" if len(words) > most else shown


# What a name is settled to be


class Meant(NamedTuple):
    """Who is meant by a name: an owner there is, or one of a kind that would be added. Neither is nobody."""

    owner: Owner | None = None
    kind: str = ""
    seat: int | None = None
    sub_group: int | None = None


def meant(settled: str, board) -> Meant:
    """Reads what `Import.settled` keeps for a name: "same:12", "outside", "post:3", "none"."""
    what, _, pk = settled.partition(":")
    if what == SAME:
        return Meant(Owner.objects.filter(board=board, pk=pk).first())
    if what in (Owner.Kind.SEAT, Owner.Kind.POST):
        return Meant(kind=what, seat=int(pk))
    if what == Owner.Kind.SUB_GROUP:
        return Meant(kind=what, sub_group=int(pk))
    return Meant(kind="" if what == NONE else what)


def proposed_meaning(one: Named, places: "Places") -> str:
    """What a name most probably is, in the same form: what the page offers first and `--create-owners` takes."""
    folded = one.name.casefold()
    if one.match == LIKE and one.owner.casefold() in places.owners:
        return f"{SAME}:{places.owners[one.owner.casefold()]}"
    if folded in places.seats:
        return f"{Owner.Kind.SEAT}:{places.seats[folded]}"
    if folded in places.groups:
        return f"{Owner.Kind.SUB_GROUP}:{places.groups[folded]}"
    known = one.kind == Owner.Kind.TO_BE_CONFIRMED
    return Owner.Kind.TO_BE_CONFIRMED if known else Owner.Kind.OUTSIDE


class Places(NamedTuple):
    """Owners, seats and sub-groups of a board, each {name in small letters: id}."""

    owners: dict[str, int]
    seats: dict[str, int]
    groups: dict[str, int]


def places_of(board) -> Places:
    """Three queries."""
    rows = (board.owner_set, board.seat_set, board.subgroup_set)
    return Places(*({name.casefold(): pk for name, pk in found.values_list("name", "pk")} for found in rows))


def priorities_of(row: RowRead, rows: list[StrategicPriority]) -> list[StrategicPriority]:
    """The board's strategic priorities that a row names: by their own words, or else by what kind they are."""
    found = []
    for code in row.priorities:
        coded = [priority for priority in rows if priority.code == code]
        worded = [priority for priority in coded if priority.name.casefold() in row.priorities_text.casefold()]
        found += (worded or coded[:1]) if coded else []
    return list(dict.fromkeys(found))
