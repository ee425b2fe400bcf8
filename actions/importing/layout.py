"""Where a file holds its plan: the headings, what is a row of it, what a section, and what is neither.

Pure. Nothing is dropped silently: each row of the file is a heading, a section, part of a line, or left out with a
sentence. What the columns mean is asked in `columns`; here only their headings are known, until `gather`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from actions.importing import columns
from actions.importing.tables import ACROSS, DOWN, Cell, File, Row, Table

HEADING_LENGTH = 80
TITLE_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the plan as it is printed: "1.0", "Strategic planning", and the aim printed beneath it."""

    number: str = ""
    title: str = ""
    aim: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What was not taken as part of the plan, and why. Row 0 is a paragraph above the table."""

    sheet: str
    row: int
    text: str
    why: str


@dataclass(slots=True)
class Line:
    """One row of the plan: its cells by column, and the section and objective it stands under."""

    sheet: str
    numbers: list[int]
    cells: dict[int, Cell]
    section: Section | None = None
    objective: Section | None = None
    parts: list[dict[int, Cell]] = field(default_factory=list)
    """The cells of each row of the file that was joined into this line, the first included."""
    sources: list[tuple[str, int]] = field(default_factory=list)
    """Where each row stands that was joined into this line: (table, row number)."""

    def __post_init__(self) -> None:
        self.sources = self.sources or [(self.sheet, number) for number in self.numbers]


@dataclass(frozen=True, slots=True)
class Layout:
    """A file as a plan: its distinct headings (a column of it each), lines in order, and what was left out."""

    headings: tuple[str, ...]
    lines: tuple[Line, ...]
    sections: tuple[Section, ...]
    left_out: tuple[LeftOut, ...]
    headed: bool = True
    """False where the file has no row of headings, and a person must be asked."""
    head_rows: tuple[tuple[str, int], ...] = ()
    """Each row taken as headings, as (table, row number)."""
    title_rows: tuple[tuple[str, int], ...] = ()
    """Each row taken as the title or aim of a section or objective."""

    def cells(self, index: int) -> list[Cell]:
        return [line.cells.get(index, Cell()) for line in self.lines]


_NUMBERED = re.compile(r"^\s*((?:[A-Z]\d*|\d+)(?:\.\d+)*)[.):]?\s+(?=\S)")
_NAMED = re.compile(
    r"^\s*((?:key |strategic |overarching )*(?:priority|section|part|theme|strand|standard|pillar|domain|chapter|"
    r"workstream)\s*(?:area\s*)?(?:no\.?\s*)?(\d+(?:\.\d+)*|[A-H]|[ivx]+|one|two|three|four|five|six)?)\s*[-–—:.]?\s*(.*)$",
    re.I | re.S,
)
_IN_FIGURES = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6"}
_NAMED_OBJECTIVE = re.compile(
    r"^\s*(?:key |strategic )*(?:objective|target area|goal|outcome)\s*(\d+(?:\.\d+)*|[A-H])?\s*[-–—:.]\s*(.+)$",
    re.I | re.S,
)
_COUNTED = re.compile(
    r"^\s*(?!(?:action|task|step|activity|item|table|figure|appendix|page|version|quarter)\b)"
    r"[^\W\d_]+(?: [^\W\d_]+){0,3} (\d{1,2}(?:\.\d+)*)(?:(?:\s*[:–—]|\s+-)\s*(\S.*))?\s*$",
    re.I | re.S,
)
"""A title by whatever word a board counts its parts with: "Area for improvement 1: Meetings are timely"."""
_AIM = re.compile(
    r"^\s*((?:the |our |overall |overarching )*(?:aims?|priority|purpose|vision|objective|what we want(?: to achieve)?)"
    r"(?: is)?)\s*[:–—]\s*(?=\S)",
    re.I,
)
_LABEL = re.compile(r"^\s*(?:key target areas?(?: ?/ ?objectives?)?|objectives?|actions?|aims?)\s*:?\s*$", re.I)
_STRAND = re.compile(
    r"^\W*(?:(?:the )?(?:prevent\w*|protect\w*|pursu\w*|prosecut\w*|prepar\w*|disrupt\w*|recogni\w*|identif\w*|"
    r"intervention\w*|support\w*|education|partnership\w*|strategic|leadership|governance|engag\w*|awareness)\b)",
    re.I,
)
_NOT_A_ROW = (
    (re.compile(r"^\W*(?:sub-?)?total\b|^\W*(?:number|count) of actions\b", re.I), "It is a total, not an action."),
    (
        re.compile(
            r"^\W*(?:key|legend|rag key|brag key|key to (?:rag|ratings?|colours?).*|rating key)\s*(?:[:\-–].*)?$",
            re.I | re.S,
        ),
        "It explains the ratings or colours.",
    ),
    (
        re.compile(r"^\s*(?:red|amber|green|blue|grey)\s*[=:–-]\s*\S", re.I),
        "It explains the ratings or colours.",
    ),
    (
        re.compile(r"^\s*(?:\*+\s*\w|notes?\s*:|source\s*:|footnote|nb\b|n\.b\.|please note|\[\d+\]|†)", re.I),
        "It is a note to the table, not an action.",
    ),
    (
        re.compile(
            r"^\s*(?:page \d+(?: of \d+)?|version\s*[\d:.].*|last updated.*|date of (?:last )?(?:review|update).*|"
            r"document control.*|prepared by.*|author\s*:.*|official(?:[- ]sensitive)?|draft|confidential)\s*$",
            re.I,
        ),
        "It tells of the document, not of the plan.",
    ),
)  # fmt: skip
_PLAN_TITLE = re.compile(r"\b(?:action|delivery|implementation|improvement|work) ?plan\b|\bstrategy\b", re.I)
_CALENDAR = re.compile(
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b|\b(?:version|draft|final|v|to|appendix|table)\b",
    re.I,
)
_SHEET = re.compile(
    r"^(?:sheet|tab|page)\b|\b(?:plan|sheet ?\d*|actions?|tracker|log|data|list|open|closed|complete\w*|archive\w*|"
    r"current|previous|old|new|copy|print)\b",
    re.I,
)
_WORDS = re.compile(r"[^\W\d_]{3,}")
_ENDS = re.compile(r"[.!?]\s*$")
_BULLET = re.compile(r"^\s*[•●▪◦*\-–]\s")


def find(file: File) -> Layout:
    """The plan in a file: every table that holds part of it, in order."""
    finder = _Finder(file)
    return finder.layout()


def _text(cell: Cell) -> str:
    return cell.text.strip()


def _own(row: Row) -> list[tuple[int, Cell]]:
    """The cells of a row with words printed in it, each merged run once."""
    return [(at, cell) for at, cell in enumerate(row.cells) if _text(cell) and cell.merged != ACROSS]


def _printed(row: Row) -> str:
    return " | ".join(dict.fromkeys(_text(cell) for _, cell in _own(row)))


def _is_head(row: Row) -> bool:
    """Most of its cells are short, and are words that head the columns of plans."""
    said = [_text(cell) for cell in row.cells if _text(cell)]
    distinct = list(dict.fromkeys(said))
    if len(distinct) < 2 or any(len(text) > 2 * HEADING_LENGTH for text in distinct):
        return False
    sure = [text for text in distinct if columns.known(text) >= columns.SURE]
    likely = [text for text in distinct if columns.known(text) >= 0.5 and len(text) <= HEADING_LENGTH]
    enough = len(sure) >= 3 or 3 * len(likely) >= 2 * len(distinct)
    return len(sure) >= 2 and 2 * len(likely) >= len(distinct) and enough


def _may_be_head(row: Row, width: int) -> bool:
    """Bold short words over nearly every column, or some of them known: headings of a board's own making."""
    said = [cell for cell in row.cells if _text(cell)]
    brief = all(len(cell.text) <= 40 and not _ENDS.search(cell.text) and not cell.day for cell in said)
    if len(said) < max(2, width - 1) or not brief or len({_text(cell) for cell in said}) < len(said):
        return False
    return all(cell.bold for cell in said) or sum(columns.known(cell.text) >= columns.SURE for cell in said) >= 2


def _is_form(table: Table) -> bool:
    """Labels down the left and one action to the right, as some boards' Word forms have it."""
    rows = [row for row in table.rows if _own(row)]
    if len(rows) < 3 or any(len({_text(cell) for _, cell in _own(row)}) > 2 for row in rows):
        return False
    labels = [_text(row.cells[0]) for row in rows]
    sure = sum(columns.known(label) >= columns.SURE for label in labels)
    values = sum(columns.known(_text(_own(row)[-1][1])) >= columns.SURE for row in rows if len(_own(row)) > 1)
    return sure >= 3 and 3 * sure >= 2 * len(labels) and 3 * values < len(rows)


class _Finder:
    """One walk through a file, with the section and objective that hold at each row."""

    def __init__(self, file: File) -> None:
        self.file = file
        self.heads: dict[int, tuple[list[str], int, int]] = {}
        for at, table in enumerate(file.tables):
            if (found := self._find_head(table)) is not None:
                self.heads[at] = found
        if not self.heads:
            self._guess_heads()
        self.forms = {at for at, table in enumerate(file.tables) if at not in self.heads and _is_form(table)}
        self.names: list[str] = []
        self.keys: dict[tuple[str, int], int] = {}
        self.lines: list[Line] = []
        self.sections: list[Section] = []
        self.left: list[LeftOut] = []
        self.head_rows: list[tuple[str, int]] = []
        self.title_rows: list[tuple[str, int]] = []
        self.section: Section | None = None
        self.objective: Section | None = None
        self.styles: dict[tuple[object, ...], str] = {}
        self.after_title = False
        self.over_heads: set[int] = set()
        self.bare = ""  # a title that was a number alone: "Key Priority 1"
        self.before: tuple[int, list[int]] | None = None  # how wide the plan's last table was, and its columns

    # Headings

    def _find_head(self, table: Table) -> tuple[list[str], int, int] | None:
        """The headings of a table, the row they begin in and how many rows they take."""
        for at, row in enumerate(table.rows[:60]):
            if any(columns.is_key(cell.text) for cell in row.cells):
                return [_line(cell.text) for cell in row.cells], at, 1
            if _is_head(row):
                return self._joined_head(table, at)
            if at + 1 < len(table.rows) and at < 20 and any(cell.merged == ACROSS for cell in row.cells):
                names, _, height = self._joined_head(table, at)
                texts = Row(0, tuple(Cell(name) for name in names))
                if height == 2 and _is_head(texts):
                    return names, at, 2
        return None

    def _guess_heads(self) -> None:
        """Where no table has headings that are known, the first full row of short bold words may be some."""
        for at, table in enumerate(self.file.tables):
            width = max((len(row.cells) for row in table.rows), default=0)
            filled = [(index, row) for index, row in enumerate(table.rows) if len(_own(row)) > 1]
            if len(filled) > 1 and width > 2 and _may_be_head(filled[0][1], width) and not _is_form(table):
                self.heads[at] = self._joined_head(table, filled[0][0])

    def _joined_head(self, table: Table, at: int) -> tuple[list[str], int, int]:
        top = table.rows[at]
        names = [_line(cell.text) for cell in top.cells]
        if at + 1 >= len(table.rows):
            return names, at, 1
        under = table.rows[at + 1]
        said = [(index, cell) for index, cell in enumerate(under.cells) if _text(cell) and cell.merged != DOWN]
        spread = {index for index, cell in enumerate(top.cells) if cell.merged == ACROSS}
        spread |= {index - 1 for index in spread}
        blank = {at for at, cell in enumerate(top.cells) if at and not _text(cell) and names[at - 1]}
        both = {at for at in blank if {at - 1, at} <= {index for index, _ in said}} - spread
        spread |= both | {at - 1 for at in both}  # a heading over two, whose merging a CSV file does not tell
        beneath = [index for index, _ in said if index in spread or not (index < len(names) and names[index])]
        whole = len({_text(cell) for cell in top.cells if _text(cell)}) == 1
        if (
            not beneath
            or len(beneath) != len(said)
            or any(len(cell.text) > HEADING_LENGTH for _, cell in said)
            or whole
        ):
            return names, at, 1
        if not spread and not all(columns.known(cell.text) >= 0.5 for _, cell in said):
            return names, at, 1
        names += [""] * (len(under.cells) - len(names))
        for index, cell in said:
            over = top.cells[index - 1].text if index in both else names[index]
            names[index] = _line(f"{over} {cell.text}")
        return names, at, 2

    def _columns_of(self, headings: Sequence[str]) -> list[int]:
        """A column of the plan for each of these headings; the same heading is the same column in every table, and so
        is another word for it that a later table has in its stead ("Action", "Actions")."""
        taken = {columns.plain(heading) for heading in headings}
        said = []
        for heading in headings:
            plain = columns.plain(heading)
            meant = _surely(heading) if plain and (plain, 1) not in self.keys else ""
            for (other, nth), index in self.keys.items():
                if meant and nth == 1 and other not in taken and _surely(self.names[index]) == meant:
                    heading, meant = self.names[index], ""
                    taken.add(other)
            said.append(heading)
        return named_apart(said, self.names, self.keys)

    # The walk

    def layout(self) -> Layout:
        headed = bool(self.heads or self.forms)
        biggest = max(
            range(len(self.file.tables)),
            key=lambda at: (sum(len(_own(row)) > 1 for row in self.file.tables[at].rows), -at),
            default=None,
        )
        for at, table in enumerate(self.file.tables):
            if at in self.heads and any(map(columns.is_key, self.heads[at][0])):
                self._ours(table, *self.heads[at][:2])
                continue
            self._above(table, holds=at in self.heads or at in self.forms or (not headed and at == biggest))
            if at in self.forms:
                self._form(table)
            elif at in self.heads:
                self._headed(table, *self.heads[at])
            elif self.before and self._goes_on(table):
                self._rows(table, table.rows, self.before[1], [])
            elif not headed and at == biggest:
                width = max((len(row.cells) for row in table.rows), default=0)
                self._rows(table, table.rows, self._columns_of([""] * width), [])
                self.before = (width, list(range(width)))
            else:
                why = "This table has no headings of a plan: a cover sheet, a key or a list beside the plan."
                self.left += [LeftOut(table.name, row.number, _printed(row), why) for row in table.rows if _own(row)]
        self._by_sheets()
        return Layout(
            tuple(self.names),
            tuple(self.lines),
            tuple(self.sections),
            tuple(self.left),
            headed,
            tuple(self.head_rows),
            tuple(self.title_rows),
        )

    def _by_sheets(self) -> None:
        """Where nothing else parts the plan, and several sheets hold it, the name on each tab is a section."""
        names = list(dict.fromkeys(line.sheet for line in self.lines))
        if self.sections or len(names) < 2 or self.file.kind not in ("xlsx", "ods") or any(map(_says_little, names)):
            return
        titles = {name: split_title(name) for name in names}
        self.sections += titles.values()
        for line in self.lines:
            line.section = titles[line.sheet]

    def _goes_on(self, table: Table) -> bool:
        """A table without headings, as wide as the one before, is that one after a page break."""
        width = max((len(row.cells) for row in table.rows), default=0)
        first = next((row for row in table.rows if len(_own(row)) > 1), None)
        return bool(self.before and width == self.before[0] and width > 2 and first is not None)

    def _above(self, table: Table, *, holds: bool) -> None:
        """Headings and paragraphs before a table. Only short ones that read as titles are sections."""
        texts = [text.strip() for text in table.above if text.strip()]
        joined: list[str] = []
        for text in texts:
            bare = joined and (match := _NAMED.match(joined[-1])) and not match[3].strip()
            if bare and not _NAMED.match(text) and len(text) <= 150:
                joined[-1] += f": {text}"
            else:
                joined.append(text)
        self.after_title = False
        for at, text in enumerate(joined):
            last = at == len(joined) - 1
            title = (holds and self._reads_as_title(text)) or (holds and last and self._could_be_title(text))
            if _LABEL.match(text):
                self._leave(table.name, 0, text, "It is a label above the table.")
            elif holds and self.after_title and _AIM.match(text):
                self._take_title(table.name, 0, text, Cell(text), "aim")
            elif title:
                self._take_title(table.name, 0, text, Cell(text), None)
            else:
                self._leave(table.name, 0, text, "It is a paragraph beside the plan, not a section of it.")

    @staticmethod
    def _reads_as_title(text: str) -> bool:
        if len(text) > TITLE_LENGTH or _titles_the_plan(text):
            return False
        numbered = _NUMBERED.match(text) and not (len(text) > 200)
        named = (match := _NAMED.match(text)) and (match[2] or not _ENDS.search(text))
        strand = _STRAND.match(text) and len(text) <= 90 and not _ENDS.search(text)
        counted = (match := _counted(text)) and match[2]
        return bool(numbered or named or counted or _NAMED_OBJECTIVE.match(text) or strand)

    @staticmethod
    def _could_be_title(text: str) -> bool:
        words = len(text) <= 120 and not _ENDS.search(text) and not _PLAN_TITLE.search(text)
        return words and bool(_WORDS.search(_CALENDAR.sub("", text)))

    def _headed(self, table: Table, names: list[str], at: int, height: int) -> None:
        width = max(len(row.cells) for row in table.rows)
        names = names + [""] * (width - len(names))
        places = self._columns_of(names)
        self.over_heads = self._over_heads(table, at, height)
        for row in table.rows[:at]:
            said = list(dict.fromkeys(_text(cell) for _, cell in _own(row)))
            if len(said) == 1 and self.after_title and _AIM.match(said[0]):
                self._take_title(table.name, row.number, said[0], _own(row)[0][1], "aim")
            elif len(said) == 1 and (self._reads_as_title(said[0]) or row.number in self.over_heads):
                self._take_title(table.name, row.number, said[0], _own(row)[0][1], None)
            elif len(said) == 2 and _counted(said[0]):
                self._take_title(table.name, row.number, ": ".join(said), _own(row)[0][1], None)
            elif said:
                self._leave(table.name, row.number, _printed(row), "It stands above the headings of the plan.")
        self.head_rows += [(table.name, row.number) for row in table.rows[at : at + height]]
        heads = [[_text(cell) for cell in row.cells] for row in table.rows[at : at + height]]
        self._rows(table, table.rows[at + height :], places, heads)
        self.before = (width, places)

    @staticmethod
    def _over_heads(table: Table, at: int, height: int) -> set[int]:
        """Rows of a few words alone, each straight above headings that are printed more than once: titles."""
        rows = [row for row in table.rows if _own(row)]
        head = table.rows[at]
        words = [columns.plain(cell.text) for cell in head.cells]
        found = set()
        for row, under in pairwise(rows):
            said = _own(row)
            text = _text(said[0][1])
            alone = len(said) == 1 and said[0][0] == 0 and len(text) <= 150 and not re.search(r"[.,;:]$", text)
            if alone and not _BULLET.match(text) and not text[0].islower() and not _PLAN_TITLE.search(text):
                same = [columns.plain(cell.text) for cell in under.cells] == words
                found |= {row.number} if under is head or (height == 1 and same) else set()
        return found if len(found) > 1 else set()

    def _ours(self, table: Table, names: list[str], at: int) -> None:
        """A table of our own export. A row with a key is an action, whatever its words look like, and stands under the
        document's own headings; a row without one was written in since, and is understood as any other."""
        places = self._columns_of(names)
        key = max(index for index, name in enumerate(names) if columns.is_key(name))
        self._our_section(table)
        self.head_rows.append((table.name, table.rows[at].number))
        heads = [[_text(cell) for cell in table.rows[at].cells]]
        for row in table.rows[:at]:
            if _own(row):
                self._leave(table.name, row.number, _printed(row), "It stands above the headings of the plan.")
        for row in table.rows[at + 1 :]:
            said = _own(row)
            if key < len(row.cells) and _text(row.cells[key]):
                cells = {place: cell for place, cell in zip(places, row.cells, strict=False) if cell.text}
                self.lines.append(Line(table.name, [row.number], cells, self.section, self.objective, parts=[cells]))
            elif len(said) == 1 and sum(cell.merged == ACROSS for cell in row.cells) == len(names) - 2:
                self.title_rows.append((table.name, row.number))
                self.objective = printed_title(_text(said[0][1]))
            else:
                self._rows(table, [row], places, heads)

    def _our_section(self, table: Table) -> None:
        last = max(table.headings, default=None)
        self.section = self.objective = None
        if last is not None:
            aim = "\n".join(table.above[last + 1 :])
            self.section = replace(printed_title(table.above[last]), aim=aim)
            self.sections.append(self.section)

    def _form(self, table: Table) -> None:
        """A table of labels and values is one line."""
        rows = []
        for row in table.rows:
            if (
                len(said := list(dict.fromkeys(_text(cell) for _, cell in _own(row)))) == 1
                and columns.known(said[0]) < 0.5
            ):
                self._leave(table.name, row.number, said[0], "It stands in the form, but is no label with a value.")
            elif said:
                rows.append(row)
        places = self._columns_of([_line(row.cells[0].text) for row in rows])
        values = [
            next((cell for _, cell in reversed(_own(row)) if _text(cell) != _text(row.cells[0])), Cell())
            for row in rows
        ]
        cells = dict(zip(places, values, strict=True))
        numbers = [row.number for row in rows]
        self.lines.append(Line(table.name, numbers, cells, self.section, self.objective, parts=[dict(cells)]))

    def _rows(self, table: Table, rows: Sequence[Row], places: list[int], heads: list[list[str]]) -> None:
        width = len(places)
        by_number = bool(heads and heads[0]) and _surely(heads[0][0]) == "reference"
        known_heads = {tuple(columns.plain(text) for text in head if text) for head in heads}
        for row in rows:
            said = _own(row)
            if not said:
                continue
            distinct = list(dict.fromkeys(_text(cell) for _, cell in said if cell.merged != DOWN))
            texts = tuple(columns.plain(_text(cell)) for cell in row.cells if _text(cell))
            why = next((why for shape, why in _NOT_A_ROW if distinct and shape.match(distinct[0])), None)
            if texts in known_heads or (heads and sum(map(columns.is_known, distinct)) > 2 and _is_head(row)):
                self.head_rows.append((table.name, row.number))
            elif why and (len(distinct) <= 2 or why.startswith("It is a total")):
                self._leave(table.name, row.number, _printed(row), why)
            elif len(said) == 1 and width > 2 and _LABEL.match(_text(said[0][1])):
                self._leave(table.name, row.number, _printed(row), "It is a label above the table.")
            elif row.number in self.over_heads:
                self._take_title(table.name, row.number, distinct[0], said[0][1], None)
            elif (kind := self._title_row(row, said, distinct, width)) is not None:
                joint = ": " if _counted(distinct[0]) else " "
                self._take_title(table.name, row.number, joint.join(distinct), said[0][1], kind or None)
            elif by_number and len(said) == 1 and said[0][0] == 0 and _is_prose(distinct):
                if _ENDS.search(distinct[0]):
                    self._leave(
                        table.name, row.number, distinct[0], "It is a sentence beside the plan, not a row of it."
                    )
                else:
                    self._take_title(table.name, row.number, distinct[0], said[0][1], None)
            else:
                cells = {
                    place: cell for place, cell in zip(places, row.cells, strict=False) if cell.text or cell.colour
                }
                self.after_title = False
                self.lines.append(Line(table.name, [row.number], cells, self.section, self.objective, parts=[cells]))

    def _title_row(self, row: Row, said: Sequence[tuple[int, Cell]], distinct: Sequence[str], width: int) -> str | None:
        """Whether a row is a title over the columns: "" for any, "aim" for what explains one, None for none."""
        if len(distinct) != 1 or any(cell.merged == DOWN for _, cell in said):
            if len(distinct) == 2 and len(said) == 2 and said[0][0] == 0 and said[1][0] == 1:
                return self._numbered_title(row, said, width)
            return None
        cell, text = said[0][1], distinct[0]
        covered = 1 + sum(other.merged == ACROSS for other in row.cells)
        wide = covered >= max(2, (width + 1) // 2)
        if len(text) > 1000 or (_BULLET.match(text) and not wide):
            return None
        if self.after_title and (wide or said[0][0] == 0) and (_AIM.match(text) or (wide and _ENDS.search(text))):
            return "aim"
        if wide:
            return ""
        titled = self._reads_as_title(text) and not _ENDS.search(text) and "\n" not in text
        if said[0][0] == 0 and width > 2 and (titled or (cell.bold and len(text) <= 150)):
            return ""
        return "" if cell.bold and titled else None

    def _numbered_title(self, row: Row, said: Sequence[tuple[int, Cell]], width: int) -> str | None:
        """ "1.0" in one cell and "Strategic planning" in the next, over all the rest."""
        number, title = _text(said[0][1]), said[1][1]
        covered = sum(other.merged == ACROSS for other in row.cells) + 2
        whole = covered >= width > 3
        if _counted(number):
            return ""
        if re.fullmatch(r"(?:[A-Z]|\d+)(?:\.0)?[.)]?", number) and (whole or (title.bold and said[0][1].bold)):
            return ""
        return None

    def _leave(self, sheet: str, row: int, text: str, why: str) -> None:
        self.left.append(LeftOut(sheet, row, text, why))

    # Sections and objectives

    def _take_title(self, sheet: str, row: int, text: str, cell: Cell, kind: str | None) -> None:
        self.title_rows.append((sheet, row))
        if kind == "aim" and self.section:
            said = text if not (match := _AIM.match(text)) else text[match.end() :]
            aim = f"{self.section.aim}\n{said}".strip()
            self._put_aim(replace(self.section, aim=aim))
            return
        if _titles_the_plan(text) and not self.lines and not self.sections:
            self.title_rows.pop()
            self._leave(sheet, row, text, "It is the title of the plan.")
            return
        if self.after_title and self.bare and not _NAMED.match(text):
            text = f"{self.bare}: {text}"
            self._forget_title()
        title = split_title(text)
        level = self._level(title, text, cell)
        if level == "objective":
            self.objective = title
        else:
            if self.section != title:
                self.sections.append(title)
            self.section, self.objective = title, None
        self.after_title = True
        self.bare = text if (match := _NAMED.match(text)) and match[2] and not match[3].strip() else ""

    def _forget_title(self) -> None:
        """The title just taken was only the number of the next."""
        if self.sections and self.sections[-1] == self.section:
            self.sections.pop()
        self.section = None

    def _put_aim(self, section: Section) -> None:
        if self.section in self.sections:
            self.sections[self.sections.index(self.section)] = section
        self.section = section

    def _level(self, title: Section, text: str, cell: Cell) -> str:
        """Section or objective: by its words, by the depth of its number, as such a row was taken before, by place."""
        parts = title.number.removesuffix(".0").split(".") if title.number else []
        word = re.split(r"\d", text.casefold())[0].strip() if _counted(text) else ""
        if word and (word,) in self.styles:
            return self.styles[word,]
        if _NAMED_OBJECTIVE.match(text) and self.section:
            self.styles.setdefault((word,), "objective")
            return "objective"
        style = (len(parts), cell.bold, cell.colour)
        if (match := _NAMED.match(text)) and match[2]:
            level = "section"
        elif len(parts) > 1:
            level = "objective" if self.section else "section"
        elif style in self.styles:
            level = self.styles[style]
        else:
            level = "objective" if self.after_title and self.section and not parts else "section"
        self.styles.setdefault(style, level)
        self.styles.setdefault((word,), level)
        return level


def _titles_the_plan(text: str) -> bool:
    return bool(_PLAN_TITLE.search(text)) and not _NUMBERED.match(text) and not _counted(text)


def _counted(text: str) -> re.Match[str] | None:
    """A number behind a word for parts, and not one of a date: "November 14"."""
    match = _COUNTED.match(text)
    return None if match and _CALENDAR.search(text[: match.start(1)]) else match


def _surely(heading: str) -> str:
    """The field that a heading surely means, if it does."""
    return next((field for field, sure in columns.senses(heading)[:1] if sure >= columns.SURE), "")


def _is_prose(distinct: Sequence[str]) -> bool:
    """Whether what stands alone where references do is words."""
    return len(distinct) == 1 and len(_WORDS.findall(distinct[0])) > 1


def _says_little(name: str) -> bool:
    """Whether the name of a sheet is none of a part of a plan."""
    return bool(_SHEET.search(name)) or not _WORDS.search(_CALENDAR.sub("", name))


def split_title(text: str) -> Section:
    """The number and the words of a title: "1.0 Prevention", "Key Priority 1: Prevention", "Prevention"."""
    said = _line(text)
    if (match := _NAMED.match(said)) and match[2] and match[3].strip():
        return Section(_IN_FIGURES.get(match[2].casefold(), match[2]), match[3].strip())
    if match := _NAMED_OBJECTIVE.match(said):
        return Section(match[1] or "", match[2].strip())
    if (match := _counted(said)) and match[2]:
        return Section(match[1], match[2].strip())
    if match := _NUMBERED.match(said):
        number = match[1]
        if not number.isalpha() or re.match(r"^\s*[A-Z][.):]", said):
            return Section(number, said[match.end() :].strip())
    return Section("", said)


def printed_title(text: str) -> Section:
    """The number and the words of a title as our own exports print it; together they are the same text again."""
    said = _line(text)
    number, _, title = said.partition(" ")
    return Section(number, title) if title and _NUMBERED.match(said) else Section("", said)


def named_apart(
    headings: Sequence[str], names: list[str] | None = None, keys: dict[tuple[str, int], int] | None = None
) -> list[int]:
    """The place of each heading among all `names` of columns, those added that are new: a heading that stands twice
    over one table is two columns, and the second is named so."""
    names, keys = [] if names is None else names, {} if keys is None else keys
    seen: dict[str, int] = {}
    found = []
    for at, heading in enumerate(headings):
        plain = columns.plain(heading) or f"column {at + 1}"
        nth = seen[plain] = seen.get(plain, 0) + 1
        if (plain, nth) not in keys:
            name, more = (heading, nth) if nth == 1 else (f"{heading} ({nth})", nth)
            while name and name in names:
                more += 1
                name = f"{heading} ({more})"
            keys[plain, nth] = len(names)
            names.append(name)
        found.append(keys[plain, nth])
    return found


def _line(text: str) -> str:
    return " ".join(text.split())


# Rows that belong together, once the columns are known


def gather(lines: Sequence[Line], fields: Mapping[int, str]) -> list[Line]:
    """Join what one action is printed over: cells merged down, the rest of a row after a page break.

    The joined line's `parts` keep each row apart, so that steps keep their own lead and date.
    """
    if "key" in fields.values():  # our own export says all of an action in its row, and leaves nothing to be understood
        return [replace(line, parts=[dict(line.cells)]) for line in lines]
    by_field: dict[str, int] = {}
    for index, name in fields.items():
        by_field.setdefault(name, index)
    found: list[Line] = []
    carried: dict[int, Cell] = {}
    for line in _filled_down(lines, fields, carried):
        if found and found[-1].sheet and _continues(found[-1], line, by_field):
            _join(found[-1], line)
        else:
            found.append(line)
    return found


def _filled_down(lines: Sequence[Line], fields: Mapping[int, str], carried: dict[int, Cell]) -> Iterator[Line]:
    """An objective or section printed once in a column holds for the rows beneath it."""
    grouping = [index for index, name in fields.items() if name in {"section", "objective", "strand"}]
    filled = {i: sum(bool(_text(line.cells.get(i, Cell()))) for line in lines) for i in grouping}
    grouping = [i for i in grouping if fields[i] != "strand" or 2 * filled[i] <= len(lines)]
    under: Section | None = None
    for line in lines:
        if line.section != under:
            carried.clear()
            under = line.section
        cells = dict(line.cells)
        for index in grouping:
            if index in cells and _text(cells[index]):
                if fields[index] == "section" and _text(cells[index]) != _text(carried.get(index, Cell())):
                    carried.clear()
                carried[index] = cells[index]
            elif index in carried:
                cells[index] = replace(carried[index], merged=DOWN)
        yield Line(line.sheet, list(line.numbers), cells, line.section, line.objective, [dict(cells)])


def _continues(last: Line, line: Line, by_field: Mapping[str, int]) -> bool:
    """Whether a row goes on with the one above: its reference and action are merged from above, or are empty."""
    if line.section != last.section or line.objective != last.objective:
        return False

    def cell(name: str) -> Cell:
        return line.cells.get(by_field.get(name, -1), Cell())

    def printed(name: str) -> bool:
        return bool(_text(cell(name))) and cell(name).merged != DOWN

    action, reference = cell("action"), cell("reference")
    if action.merged == DOWN and _text(action):
        return not printed("reference")
    if printed("reference"):
        return False
    if not _text(action):
        return any(_text(other) for other in line.cells.values())
    if "reference" in by_field and not _text(reference) and reference.merged != DOWN:
        had = last.cells.get(by_field["reference"], Cell())
        alone = not any(printed(name) for name in ("lead", "timescale", "strand"))
        return bool(_text(had)) and (alone or _breaks_off(last, action, by_field))
    own = [at for at, other in line.cells.items() if _text(other) and other.merged != DOWN]
    return own == [by_field.get("action", -1)] and _breaks_off(last, action, by_field)


def _breaks_off(last: Line, action: Cell, by_field: Mapping[str, int]) -> bool:
    """The words above stop in the middle, or these begin in it."""
    above, here = _text(last.cells.get(by_field["action"], Cell())), _text(action)
    return (
        bool(_BULLET.match(here))
        or here[:1].islower()
        or bool(above and re.search(r"[\w,;:]$", above) and here[:1].islower())
    )


def _join(last: Line, line: Line) -> None:
    last.numbers += line.numbers
    last.sources += line.sources
    last.parts.append(line.cells)
    for index, cell in line.cells.items():
        had = last.cells.get(index)
        if had is not None and (cell.text == had.text or (cell.merged != DOWN and _text(cell) in had.text.split("\n"))):
            continue
        last.cells[index] = cell if had is None or not _text(had) else _run_on(had, cell)


def _run_on(had: Cell, cell: Cell) -> Cell:
    """Two cells printed as one: a sentence that goes on stays one, anything else begins a line."""
    more = _text(cell)
    if not more:
        return had
    gap = " " if more[:1].islower() and not re.search(r"[.:;!?]\s*$", had.text) else "\n"
    return replace(had, text=f"{had.text.rstrip()}{gap}{more}", bold=had.bold and cell.bold, day=had.day or cell.day)
