"""What a quarterly update holds, in the order a board reads it: plain data, made by reports.figures."""

from dataclasses import dataclass, fields, is_dataclass
from datetime import date

from django.utils.text import slugify

from boards.labels import Labels
from reports.lines import Line


def change_words(change: int | None) -> str:
    """A difference in words: "2 more", "1 fewer", "no change"; nothing where there is no earlier figure."""
    if change is None:
        return ""
    return f"{abs(change)} {'more' if change > 0 else 'fewer'}" if change else "no change"


@dataclass(frozen=True)
class Headline:
    """One of the figures on the front: how many now, how many a quarter ago where that is known."""

    group: str
    label: str
    words: tuple[str, ...]
    count: int
    before: int | None

    @property
    def change(self) -> int | None:
        return None if self.before is None else self.count - self.before

    @property
    def change_words(self) -> str:
        return change_words(self.change)


@dataclass(frozen=True)
class RatingTotal:
    """How many actions stand at one step of the scale: still open and heard of, and complete."""

    word: str
    meaning: str
    counted_as: str
    colour: str
    open: int
    complete: int
    before: int | None

    @property
    def total(self) -> int:
        return self.open + self.complete

    @property
    def change(self) -> int | None:
        return None if self.before is None else self.total - self.before

    @property
    def change_words(self) -> str:
        return change_words(self.change)


@dataclass(frozen=True)
class Segment:
    """One part of a stacked bar."""

    word: str
    colour: str
    count: int


@dataclass(frozen=True)
class Strand:
    """A strand and its actions by rating; an action that serves several strands counts in each."""

    name: str
    segments: tuple[Segment, ...]

    @property
    def total(self) -> int:
        return sum(segment.count for segment in self.segments)


@dataclass(frozen=True)
class LeadLine:
    """What one lead has on its plate."""

    name: str
    open: int
    overdue: int
    no_update: int
    complete: int


@dataclass(frozen=True)
class Answered:
    """One recommendation and the actions that answer it: (reference, how it stands)."""

    source: str
    number: int
    text: str
    actions: tuple[tuple[str, str], ...]
    complete: int


@dataclass(frozen=True)
class Change:
    """One change to the plan since the last quarterly update."""

    on: date
    plan_title: str
    reference: str
    what: str
    why: str
    agreed_by: str


@dataclass(frozen=True)
class PlanGroup:
    """Actions that stand together in the plan."""

    section: str
    objective: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class PlanPages:
    """One plan, grouped as the board groups it."""

    title: str
    board: str
    groups: tuple[PlanGroup, ...]
    withdrawn: int


@dataclass(frozen=True)
class Figures:
    """Everything a quarterly update says, in the order it says it."""

    title: str
    board: str
    board_slug: str
    period: str
    starts: date
    ends: date
    as_at: date
    marking: str
    version: str
    version_note: str
    purpose: str
    plans: tuple[str, ...]
    one_plan: str
    before: str
    before_as_at: date | None
    due: date | None
    unread: int
    next_ends: date
    total: int
    headlines: tuple[Headline, ...]
    complete: Headline
    not_rated: Headline
    moved_sentence: str
    overdue_sentence: str
    completed_sentence: str
    ratings: tuple[RatingTotal, ...]
    strands: tuple[Strand, ...]
    overdue: tuple[Line, ...]
    slipped: tuple[Line, ...]
    completed: tuple[Line, ...]
    waiting: tuple[Line, ...]
    due_next: tuple[Line, ...]
    undated: tuple[Line, ...]
    leads: tuple[LeadLine, ...]
    recommendations: tuple[Answered, ...]
    changes: tuple[Change, ...]
    plan_pages: tuple[PlanPages, ...]
    labels: Labels

    @property
    def open(self) -> int:
        return self.total - self.complete.count

    @property
    def strands_overlap(self) -> bool:
        return sum(strand.total for strand in self.strands) > self.total

    @property
    def several_plans(self) -> bool:
        return len(self.plans) > 1

    @property
    def file_name(self) -> str:
        """Without a suffix: board, what it is, quarter, marking. What the file holds is seen before it is opened."""
        plan = f"-{self.one_plan}" if self.one_plan else ""
        return f"{self.board_slug}{plan}-quarterly-update-{slugify(self.period.replace('/', '-'))}-{self.marking}"


def plain(value):
    """A quarterly update, or a part of it, as what JSON knows: what is worked out of its figures included."""
    if is_dataclass(value) and not isinstance(value, type):
        worked_out = [name for name, of in vars(type(value)).items() if isinstance(of, property)]
        return {name: plain(getattr(value, name)) for name in (*(one.name for one in fields(value)), *worked_out)}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value
