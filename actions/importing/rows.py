"""A board's file as rows of facts: which columns, which sections, what each row says, and what a person should look at.

Pure. Puts `layout`, `columns` and `readings` together; nothing of it is matched against a plan or written.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from actions import timescales
from actions.importing import readings
from actions.importing.columns import CIRCULATION, EXTRA, KEY, Column, decide, is_key
from actions.importing.layout import LeftOut, Line, Section, find, gather, printed_title, split_title
from actions.importing.readings import BoardWords, Named, Problem, Read, StepRead, T
from actions.importing.tables import DOWN, Cell, File
from cseplan.text import clean_line, clean_text

LONGEST_CELL = 10_000
NO_CELL = Cell()


@dataclass(slots=True)
class RowRead:
    """One action as the file has it."""

    sheet: str
    numbers: tuple[int, ...]
    reference: str
    section: Section | None
    objective: Section | None
    priorities: tuple[str, ...]
    priorities_text: str
    action: str
    steps: tuple[StepRead, ...]
    leads: tuple[Named, ...]
    support: tuple[Named, ...]
    accountable: tuple[Named, ...]
    timescale: timescales.Timescale
    status: str = ""
    progress: str = ""
    measures: tuple[str, ...] = ()
    outcome: str = ""
    rating: str = ""
    evidence: str = ""
    recommendations: tuple[int, ...] = ()
    cross_references: tuple[str, ...] = ()
    top_priority: bool = False
    notes: str = ""
    extra: dict[str, str] = field(default_factory=dict)
    printed: dict[str, str] = field(default_factory=dict)
    """Every cell's printed text by its heading, whatever was made of it."""
    key: str = ""
    limited: bool = False
    """Our own export says that few may read it."""
    sources: tuple[tuple[str, int], ...] = ()
    """Every row of the file behind this one: (table, row number)."""


@dataclass(frozen=True, slots=True)
class PlanRead:
    """Everything read of one file, and all of it that was not taken or not sure."""

    columns: tuple[Column, ...]
    rows: tuple[RowRead, ...]
    sections: tuple[Section, ...]
    left_out: tuple[LeftOut, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...] = ()
    head_rows: tuple[tuple[str, int], ...] = ()
    section_rows: tuple[tuple[str, int], ...] = ()


def read(
    file: File,
    words: BoardWords,
    *,
    columns: Mapping[int, str] | None = None,
    remembered: Mapping[str, str] | None = None,
    added: Mapping[str, str] | None = None,
    sheet: str | None = None,
) -> PlanRead:
    """Read a file as a plan of this board. `columns` is a person's choice; `added` is what our own exports have beside
    a plan's columns; `sheet` takes one sheet of it."""
    if sheet is not None:
        file = replace(file, tables=tuple(table for table in file.tables if table.name == sheet))
    layout = find(file)
    names = [name or f"Column {at + 1}" for at, name in enumerate(layout.headings)]
    spellings = frozenset(name.casefold() for owner in words.owners for name in (owner.name, *owner.aliases))
    ours = any(map(is_key, names))
    remembered = {**((added if ours else None) or {}), **(remembered or {})}
    found = decide(
        layout.headings, [layout.cells(at) for at in range(len(names))],
        owners=spellings, remembered=remembered, chosen=columns,
    )  # fmt: skip
    fields = {column.index: column.field for column in found}
    reader = _Reader(words, names, fields)
    reader.circulation = [at for at, name in enumerate(names) if ours and remembered.get(name) == CIRCULATION]
    lines = gather(layout.lines, fields)
    reader.prefixed = (
        not reader.ours and "reference" not in fields.values() and _most_begin_with_a_reference(lines, fields)
    )
    reader.all_bold = all(_cells(line, fields, "action")[0].bold for line in lines if _cells(line, fields, "action"))
    rows = [reader.row(line) for line in lines]
    problems = [*_about_the_whole(file, found, rows, names, sheet, layout.headed), *reader.problems]
    problems += _repeated(rows, names, fields)
    sections = list(layout.sections)
    sections += [row.section for row in rows if row.section and row.section not in sections]
    in_order = tuple(dict.fromkeys(sections))
    named = tuple(replace(column, heading=names[column.index]) for column in found)
    return PlanRead(
        named, tuple(rows), in_order, layout.left_out, tuple(problems), file.notes, layout.head_rows, layout.title_rows
    )


def _cells(line: Line, fields: Mapping[int, str], name: str) -> list[Cell]:
    return [cell for at, cell in sorted(line.cells.items()) if fields.get(at) == name and (cell.text or cell.colour)]


def _most_begin_with_a_reference(lines: Sequence[Line], fields: Mapping[int, str]) -> bool:
    texts = [cell.text for line in lines for cell in _cells(line, fields, "action") if cell.text.strip()]
    begun = [readings.leading_reference(text)[0] for text in texts]
    return bool(texts) and 10 * sum(map(bool, begun)) >= 6 * len(texts)


def _about_the_whole(
    file: File, found: Sequence[Column], rows: Sequence[RowRead], names: Sequence[str], sheet: str | None, headed: bool
) -> list[Problem]:
    where = sheet or (file.tables[0].name if file.tables else "")
    if not rows:
        return [Problem(where, 0, "", "", "No row of a plan was found in this file: check that it is the right one.")]
    problems = []
    if not headed:
        said = "No row of headings was found: say for each column what it holds."
        problems.append(Problem(rows[0].sheet, rows[0].numbers[0], "", "", said))
    if not any(column.field == "action" for column in found):
        said = "No column holds the actions: choose the one that does."
        problems.append(Problem(rows[0].sheet, rows[0].numbers[0], "", "", said))
    for column in found:
        if column.field not in {EXTRA, "ignore"} and column.confidence < 0.6:
            said = f"This column was taken for “{column.field.replace('_', ' ')}”, but that is not sure: check it."
            problems.append(Problem(rows[0].sheet, 0, names[column.index], names[column.index], said))
    return problems


def _repeated(rows: Sequence[RowRead], names: Sequence[str], fields: Mapping[int, str]) -> list[Problem]:
    column = next((names[at] for at, name in fields.items() if name == "reference"), "")
    seen: dict[str, RowRead] = {}
    problems = []
    for row in rows:
        first = seen.setdefault(row.reference, row)
        if row.reference and first is not row:
            said = f"Row {first.numbers[0]} has the reference {row.reference} too: give each action its own."
            problems.append(Problem(row.sheet, row.numbers[0], column, row.reference, said))
    return problems


class _Reader:
    """Reads lines one by one and gathers the doubts."""

    def __init__(self, words: BoardWords, names: Sequence[str], fields: Mapping[int, str]) -> None:
        self.words = words
        self.names = names
        self.fields = fields
        self.problems: list[Problem] = []
        self.prefixed = False
        self.all_bold = False
        self.circulation: list[int] = []
        # What many rows say alike is read once.
        self.owners = cache(lambda text, role: readings.owners(text, words, role=role))
        self.timescale = cache(lambda cell: readings.timescale(cell, words))
        self.rating = cache(lambda cell: readings.rating(cell, words))
        self.of: dict[str, list[int]] = {}
        for at, name in fields.items():
            self.of.setdefault(name, []).append(at)
        self.ours = KEY in self.of
        """It is our own export, which prints references and titles as they are."""

    def row(self, line: Line) -> RowRead:
        reference = self._reference(line)
        action, steps = self._action(line)
        if self.prefixed and not reference:
            reference, action = readings.leading_reference(action)
        leads = self._owners(line, "lead", readings.LEAD)
        support = self._owners(line, "support", readings.SUPPORT)
        accountable = self._owners(line, "accountable", readings.ACCOUNTABLE)
        everyone = [*leads, *support, *accountable]
        codes, said = self._strands(line)
        row = RowRead(
            line.sheet, tuple(line.numbers), reference, self._section(line), self._objective(line), codes, said,
            action, steps,
            tuple(one for one in everyone if one.role in {readings.LEAD, readings.JOINT_LEAD}),
            tuple(one for one in everyone if one.role == readings.SUPPORT),
            tuple(one for one in everyone if one.role == readings.ACCOUNTABLE),
            self._timescale(line),
        )  # fmt: skip
        row.status = self._told(line, "status", readings.status(self._text(line, "status")))
        row.rating = self._rating(line) or self._rated_in_status(line)
        numbers = readings.recommendations(self._text(line, "recommendation"))
        row.recommendations = self._told(line, "recommendation", numbers)
        row.measures = readings.listed(self._text(line, "measure"))
        row.progress, row.outcome = self._text(line, "progress"), self._text(line, "outcome")
        row.evidence, row.notes = self._text(line, "evidence"), self._text(line, "notes")
        row.sources = tuple(line.sources)
        row.key = self._text(line, KEY)
        row.limited = any(self._at(line, at) for at in self.circulation)
        row.top_priority = self._top(line)
        row.extra = {self.names[at]: text for at in self.of.get(EXTRA, []) if (text := self._at(line, at))}
        row.printed = {self.names[at]: cell.text for at, cell in sorted(line.cells.items()) if cell.text.strip()}
        found = readings.cross_references("\n".join(row.printed.values()))
        row.cross_references = tuple(other for other in found if other != reference)
        self._lengths(line, row)
        return row

    # Helpers

    def _at(self, line: Line, at: int) -> str:
        return clean_text(line.cells.get(at, NO_CELL).text)

    def _text(self, line: Line, name: str) -> str:
        return "\n".join(filter(None, (self._at(line, at) for at in self.of.get(name, []))))

    def _cell(self, line: Line, name: str) -> Cell:
        return next((line.cells[at] for at in self.of.get(name, []) if at in line.cells), NO_CELL)

    def _doubt(self, line: Line, name: str, message: str) -> None:
        column = next((self.names[at] for at in self.of.get(name, [])), "")
        self.problems.append(Problem(line.sheet, line.numbers[0], column, self._text(line, name)[:200], message))

    def _told(self, line: Line, name: str, read: Read[T]) -> T:
        for doubt in read.doubts:
            self._doubt(line, name, doubt)
        return read.value

    # Fields

    def _action(self, line: Line) -> tuple[str, tuple[StepRead, ...]]:
        text = self._text(line, "action")
        if not text:
            self._doubt(line, "action", "The action is empty: give its words, or leave this row out.")
        if "steps" in self.of:
            return text, self._steps(line)
        marks = list(readings.BULLETS.finditer(text))
        intro = text[: marks[0].start()].strip() if marks else text
        if marks and intro:
            items = readings.listed(text[marks[0].start() :])
            return intro, tuple(StepRead(item) for item in items)
        if len(marks) == 1 and text[: marks[0].end()].strip() in "•●▪◦*-–—":
            text = text[marks[0].end() :].strip() or text
        return text, ()

    def _steps(self, line: Line) -> tuple[StepRead, ...]:
        """The steps of each row of the file; where the rows have their own leads, so have their steps."""
        owned = sum(bool(self._printed(part, "lead")) for part in line.parts) > 1
        steps: list[StepRead] = []
        for part in line.parts:
            text = self._printed(part, "steps")
            items = readings.listed(text)
            if items and steps and text.lstrip()[:1].islower():
                steps[-1] = replace(steps[-1], text=f"{steps[-1].text} {items[0]}")
                items = items[1:]
            when = next((part[at] for at in self.of.get("timescale", []) if at in part), NO_CELL)
            leads = readings.owners(self._printed(part, "lead"), self.words).value if owned else ()
            time = readings.timescale(when, self.words).value if owned and when.text.strip() else None
            steps += [StepRead(item, leads, time) for item in items]
        return tuple(steps)

    def _printed(self, part: Mapping[int, Cell], name: str) -> str:
        cells = [part.get(at, NO_CELL) for at in self.of.get(name, [])]
        return "\n".join(cell.text for cell in cells if cell.text.strip() and cell.merged != DOWN)

    def _owners(self, line: Line, name: str, role: str) -> tuple[Named, ...]:
        return self._told(line, name, self.owners(self._text(line, name), role))

    def _timescale(self, line: Line) -> timescales.Timescale:
        return self._told(line, "timescale", self.timescale(self._cell(line, "timescale")))

    def _rating(self, line: Line) -> str:
        return self._told(line, "rating", self.rating(self._cell(line, "rating")))

    def _rated_in_status(self, line: Line) -> str:
        """ "On track – Green" says how it is rated, too, where no column does."""
        text = self._text(line, "status")
        words = {one.casefold() for rating in self.words.ratings for one in (rating.word, rating.code)}
        if "rating" in self.of or not words & set(re.findall(r"\w+", text.casefold())):
            return ""
        return self._told(line, "status", self.rating(Cell(text)))

    def _reference(self, line: Line) -> str:
        text = self._text(line, "reference")
        return clean_line(text) if self.ours else readings.reference(text)

    def _section(self, line: Line) -> Section | None:
        return self._title(self._text(line, "section")) or line.section

    def _objective(self, line: Line) -> Section | None:
        return self._title(self._text(line, "objective")) or line.objective

    def _title(self, text: str) -> Section | None:
        return (printed_title if self.ours else split_title)(text) if text else None

    def _strands(self, line: Line) -> tuple[tuple[str, ...], str]:
        """From the column, else from the title the row stands under; a title is printed once and asked of once."""
        if text := self._text(line, "strand"):
            return self._told(line, "strand", readings.strands(text, self.words)), text
        section = None if self.ours and "strand" in self.of else self._section(line)
        if section and section.title:
            return readings.strands(section.title, self.words).value, section.title
        return (), ""

    def _top(self, line: Line) -> bool:
        if text := self._text(line, "top_priority"):
            return self._told(line, "top_priority", readings.top_priority(text))
        if re.search(r"\btop priority\b", self._text(line, "notes") + self._text(line, "reference"), re.I):
            return True
        return self.words.bold_is_top_priority and not self.all_bold and self._cell(line, "action").bold

    def _lengths(self, line: Line, row: RowRead) -> None:
        for at, cell in line.cells.items():
            if len(cell.text) > LONGEST_CELL:
                said = f"This cell has {len(cell.text):,} characters, and {LONGEST_CELL:,} is the most: shorten it."
                self.problems.append(Problem(line.sheet, line.numbers[0], self.names[at], cell.text[:200], said))


def as_json(plan: PlanRead) -> dict[str, object]:
    """The reading as `import_plan --dry-run --json` prints it, without what would change."""
    return {
        "columns": [
            {"heading": column.heading, "field": column.field, "confidence": column.confidence}
            for column in plan.columns
        ],
        "rows": [_row_as_json(row) for row in plan.rows],
        "problems": [
            {
                "sheet": problem.sheet, "row": problem.row, "column": problem.column, "value": problem.value,
                "message": problem.message,
            }
            for problem in plan.problems
        ],
    }  # fmt: skip


def missing_as_json(reference: str, action: str) -> dict[str, object]:
    """An action of the plan that the file does not have, with the keys of every row."""
    time = timescales.Timescale(text="", kind=timescales.NONE)
    row = RowRead("", (), reference, None, None, (), "", action, (), (), (), (), time)
    return _row_as_json(row) | {"change": "missing"}


def _names(people: Sequence[Named]) -> list[str]:
    return [one.owner or one.name for one in people]


def _row_as_json(row: RowRead) -> dict[str, object]:
    when = row.timescale
    return {
        "reference": row.reference,
        "section": row.section.title if row.section else "",
        "objective": row.objective.title if row.objective else "",
        "priorities": list(row.priorities),
        "action": row.action,
        "steps": [step.text for step in row.steps],
        "leads": _names(row.leads),
        "support": _names(row.support),
        "accountable": _names(row.accountable),
        "timescale": {
            "text": when.text, "kind": when.kind, "start": readings.real_day(when.start),
            "due": readings.real_day(when.due),
        },
        "status": row.status,
        "progress": row.progress,
        "measures": list(row.measures),
        "outcome": row.outcome,
        "rating": row.rating,
        "evidence": row.evidence,
        "recommendations": list(row.recommendations),
        "top_priority": row.top_priority,
        "extra": dict(row.extra),
    }  # fmt: skip
