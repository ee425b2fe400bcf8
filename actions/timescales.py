"""How a board's words about time are read: "July-September 2016 and subject to review", "Q2 2016/17", "ongoing".

`read` keeps the exact words and puts a reading beside them: what kind of promise they make, when it starts and is due,
how often it is looked at, and every doubt a person should settle. It never invents a day: without a date in the words
or the hints there is no due date. What single words mean is in datewords.py; what is overdue, in deadlines.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from actions.datewords import (
    LEADS,
    YEARS,
    Cue,
    Finding,
    Hints,
    Interval,
    Lead,
    Stretch,
    Words,
    find,
    in_months,
    in_words,
    phrases,
)

BY_DATE = "by_date"
WINDOW = "window"
MILESTONES = "milestones"
RECURRING = "recurring"
ONGOING = "ongoing"
EVENT = "event"
NONE = "none"
KINDS = (BY_DATE, WINDOW, MILESTONES, RECURRING, ONGOING, EVENT, NONE)

LONGEST = 2_000  # characters: a timescale is a cell of a table, not a document
LONGEST_LABEL = 60
MOST_MILESTONES = 12

_LINKS = {"and", "then", "or", "but", "also", "the"}
_SMALL_WORDS = _LINKS | {word for phrase in LEADS.meanings for word in phrase.split()}
_UNREMARKABLE = _SMALL_WORDS | {"time", "timescale", "timescales", "timeframe", "scale", "a", "be", "is"}
_UNREMARKABLE -= {"complete", "completed"}  # perhaps a date on which it was done, not due
_MOVED = {"revised", "extended", "moved", "delayed", "slipped", "deferred", "postponed", "rescheduled", "now"}
_PAST = {"previously", "originally", "original", "formerly", "initially", "was"}
_RULED_OUT = {"not", "longer"}  # "no longer"; "not before" and its like are read in datewords.py
_HAPPENED = set(
    phrases(
        """completed, finished, done, achieved, delivered, implemented, actioned, closed, started, began, begun,
        commenced, launched, introduced, established, published, issued, circulated, held, met, reviewed, updated,
        revisited, approved, signed"""
    )
)
_TELLS_THE_PAST = set(phrases("was, were, been, has, have, had, already, last, now, ongoing, fully, and, then, also"))
_INTENDS = {"expected", "planned", "scheduled", "next", "coming"}

Run = tuple[int, int]
Meaning = tuple[date | None, date | None, list[str]]


@dataclass(frozen=True, slots=True)
class Milestone:
    """One of several dates in a cell. Two are equal when they promise the same, however each was written."""

    label: str
    text: str = field(compare=False)
    start: date | None
    due: date | None

    def render(self) -> str:
        return f"{self.label}: {_dates(self.start, self.due)}" if self.label else _dates(self.start, self.due)


@dataclass(frozen=True, slots=True)
class Timescale:
    """A board's exact words and our reading of them. No doubts means that the reading is sure."""

    text: str
    kind: str
    start: date | None = None
    due: date | None = None
    review_months: int | None = None
    doubts: tuple[str, ...] = ()
    milestones: tuple[Milestone, ...] = ()

    def render(self) -> str:
        """The reading in plain words, which `read` understands in the same way."""
        every = f"every {in_months(self.review_months)}" if self.review_months else ""
        dates = _dates(self.start, self.due)
        if self.kind == RECURRING:
            return f"{every} {dates}".strip()
        if self.kind == MILESTONES:
            dates = "; ".join(milestone.render() for milestone in self.milestones)
        undated = {ONGOING: f"ongoing {dates}".strip(), EVENT: "depends on something else", NONE: "no date"}
        said = undated.get(self.kind, dates)
        return f"{said}, reviewed {every}" if every else said


def _dates(start: date | None, due: date | None) -> str:
    if start and due:
        return f"{in_words(start)} to {in_words(due)}"
    if due:
        return f"by {in_words(due)}"
    return f"from {in_words(start)}" if start else ""


def read(
    text: str | None, *, year_hint: int | None = None, year_start_month: int = 4, anchor: date | None = None
) -> Timescale:
    """Read words about time. `year_hint` is the plan's first year; "within 6 weeks" counts from `anchor`."""
    text = text or ""
    year = year_hint if year_hint in YEARS else None
    hints = Hints(year, year_start_month, anchor if anchor and anchor.year in YEARS else None)
    found = find(text[:LONGEST], hints)
    words, intervals = found.words, found.intervals[:1]
    whens = _settle(found.stretches, words, hints)
    known = [when for when in whens if when.known]
    # A day or month beats a bare year beside it ("Oct half term 2016"), and either beats "within 6 weeks".
    ranked = [[when for when in known if when.sort == sort] for sort in ("dated", "year")]
    dates, spent, doubts = _that_hold(next(filter(None, ranked), known), words)
    unread = [when for when in whens if not when.known and not (dates and when.counted)]
    pieces: list[When | Interval] = [*dates, *unread, *intervals]
    spent += [(piece.at, piece.end) for piece in pieces]
    ruled_out = bool(doubts)
    doubts = [doubt for piece in pieces for doubt in piece.doubts] + doubts
    if len(text) > LONGEST:
        doubts.append(f"Only the first {LONGEST} characters were read.")
    if len(dates) > MOST_MILESTONES:
        doubts.append(f"There are {len(dates)} dates here: only the first {MOST_MILESTONES} were read.")

    dates = _joined(dates[:MOST_MILESTONES])
    start = min((when.start for when in dates if when.start), default=None)
    due = max((when.due for when in dates if when.due), default=None)
    milestones: tuple[Milestone, ...] = ()
    if len(dates) > 1:
        kind = MILESTONES
        milestones, labels, more = _milestones(words, dates, spent)
        spent += labels
        start = None if start and due and start > due else start
    elif dates:
        kind, more = _dated_kind(dates[0], found)
    else:
        kind, more = _undated_kind(found, unread, ruled_out)
    if kind == ONGOING:
        spent += [(at, end) for cue, at, end in found.cues if cue is Cue.ONGOING]
    if kind not in (EVENT, NONE):
        more += _kept(words, _runs(words, 0, len(words), spent), "change the date" if due else "give a date")
    months = intervals[0].months if intervals else None
    return Timescale(text, kind, start, due, months, tuple(dict.fromkeys(doubts + more)), milestones)


# Which days a date phrase means


class When(NamedTuple):
    """A date phrase and the days it means; neither day when they cannot be known, and `doubts` says why."""

    at: int
    end: int
    role: Lead
    sort: str
    onwards: bool
    start: date | None
    due: date | None
    doubts: tuple[str, ...]

    @property
    def known(self) -> bool:
        return bool(self.start or self.due)

    @property
    def counted(self) -> bool:
        return self.sort in ("counted", "after an event")


def _settle(stretches: Sequence[Stretch], words: Words, hints: Hints) -> list[When]:
    whens: list[When] = []
    for k, stretch in enumerate(stretches):
        aside = bool(whens) and words[stretch.at - 1] == "("
        if aside and stretch.year is None:
            continue  # "End of March 2016 (Q4)" says one thing twice
        said = words.quote(stretch.at, stretch.end)
        try:
            start, due, doubts = _meaning(stretch, said, stretches[k + 1 :], whens, words, hints)
        except (ValueError, OverflowError):
            start, due, doubts = None, None, [f'"{said}" is not a possible date: ask which day is meant.']
        if aside and (start, due) == (whens[-1].start, whens[-1].due):
            continue  # so does "Q1 (Apr-Jun 2017)"
        role, sort, onwards = stretch.lead.role, stretch.sort, stretch.onwards
        whens.append(When(stretch.at, stretch.end, role, sort, onwards, start, due, tuple(doubts)))
    return whens


def _meaning(
    stretch: Stretch, said: str, later: Sequence[Stretch], earlier: list[When], words: Words, hints: Hints
) -> Meaning:
    """The days of one date phrase, with a year from its neighbours or the plan where it has none."""
    if waits := [part.waits for part in stretch.parts if part.waits]:
        return None, None, waits
    year, doubt = stretch.year, ""
    if year is None:
        year, doubt = _missing_year(stretch, said, later, earlier, words, hints)
    if year is None:
        return None, None, [doubt]
    start, due, more = _range(stretch, said, year) if stretch.last else _one_part(stretch, said, year)
    if any(day.year not in YEARS for day in (start, due) if day):
        raise ValueError("no plan speaks of such a year")
    for vague in filter(None, (stretch.lead.vague, stretch.last_lead and stretch.last_lead.vague)):
        more.append(f'The word "{vague}" was kept but does not change the date.')
    return start, due, [*(doubt for part in stretch.parts for doubt in part.doubts), *filter(None, [doubt]), *more]


def _missing_year(
    stretch: Stretch, said: str, later: Sequence[Stretch], earlier: list[When], words: Words, hints: Hints
) -> tuple[int | None, str]:
    """The year for a date phrase without one, and the doubt that goes with it."""
    days, missing = stretch.parts[-1].days, f'There is no year in "{said}"'
    for other in later:
        if other.year and not other.first.relative:
            ahead = days(other.year)[0] > other.parts[-1].days(other.year)[1]
            beside = all(words[i] in (",", "/", "&", "and") for i in range(stretch.end, later[0].at))
            doubt = f"{missing}: {other.year - ahead} was taken from the date after it."
            return other.year - ahead, "" if beside and not ahead else doubt
    for when in reversed(earlier):
        day = when.due or when.start
        if day and not when.counted:
            year = day.year + (days(day.year)[1] < day)
            return year, f"{missing}: {year} was taken from the date before it."
    if hints.year is None:
        return None, f"{missing}."
    last = days(hints.year)[1]
    early = last.year == hints.year and last.month < hints.start_month
    might = f" It may mean {hints.year + 1}." if early else ""
    return hints.year, f"{missing}: {hints.year} was taken from the plan.{might}"


def _range(stretch: Stretch, said: str, year: int) -> Meaning:
    first, last = stretch.parts
    begins, ends = first.days(first.year or year), last.days(last.year or year)
    doubts = []
    if begins[0] > ends[1] and not (first.year and last.year):
        if last.year:
            begins = first.days(year - 1)
        else:
            ends = last.days(year + 1)
        doubts = [f'"{said}" was read as {in_words(begins[0])} to {in_words(ends[1])}.']
    start = begins[1] if stretch.lead.edge is Lead.END else begins[0]
    due = ends[0] if stretch.last_lead and stretch.last_lead.edge is Lead.START else ends[1]
    if start > due:
        return None, None, [f'"{said}" ends before it begins: ask which dates are meant.']
    return start, due, doubts


def _one_part(stretch: Stretch, said: str, year: int) -> Meaning:
    part, role, edge = stretch.first, stretch.lead.role, stretch.lead.edge
    first, last = part.days(year)
    day = first if edge is Lead.START else last
    doubts = [f'"{said}" was taken as its first day.'] if edge is Lead.START else []
    if role is Lead.FROM or stretch.onwards:
        return (day if edge else first), None, doubts
    if role is Lead.AFTER:
        return day + timedelta(days=1), None, doubts
    if role is Lead.BEFORE and edge is not Lead.END:
        eve = first - timedelta(days=1)
        return None, eve, [f'"{said}" was taken as by {in_words(eve)}.']
    if role is Lead.DURING and not edge and not part.relative:
        return first, last, doubts
    if role in (Lead.BY, Lead.UNTIL, Lead.BEFORE) or edge or part.point:
        return None, day, doubts
    return first, last, doubts


# Which of several dates hold, and what each is for


def _that_hold(dates: list[When], words: Words) -> tuple[list[When], list[Run], list[str]]:
    """Leave out dates that have moved ("March 2016, now June 2016"), are past ("Completed March 2016") or denied."""
    out: dict[int, str] = {}
    spent: list[Run] = []
    for k, when in enumerate(dates):
        _, end = _trim(words, dates[k - 1].end if k else 0, when.at, _SMALL_WORDS - _RULED_OUT - _HAPPENED)
        last = words[end - 1]
        said = words.quote(end - 1 - (last == "longer"), when.end)
        older = set(range(k)) if last in _MOVED else {k} if last in _PAST else set()
        for j in older - out.keys():
            out[j] = f'"{words.quote(dates[j].at, dates[j].end)}" was read as an earlier date.'
        if last in _RULED_OUT:
            out[k] = f'"{said}" says which date does not hold.'
        elif _has_happened(words, end, when):
            out[k] = f'"{said}" says what has happened, not when the action is due.'
        spent += [(end - 1, end)] if older or k in out else []
    spent += [(dates[k].at, dates[k].end) for k in out]
    return [when for k, when in enumerate(dates) if k not in out], spent, [out[k] for k in sorted(out)]


def _has_happened(words: Words, end: int, when: When) -> bool:
    """Whether the clause before a date tells of the past. "To be completed" and "Toolkit launched:" do not."""
    promises = when.counted or when.role not in (Lead.PLAIN, Lead.DURING, Lead.BETWEEN)
    between = {words[i] for i in range(end, when.end)}
    if words[end - 1] not in _HAPPENED or promises or between & ({";", "."} | _INTENDS):
        return False
    return not words[end - 2].isalnum() or words[end - 2] in _TELLS_THE_PAST


def _joined(dates: list[When]) -> list[When]:
    """One window of a start and an end named apart: "Start: April 2015. Complete by March 2016"."""
    if len(dates) == 2:
        for opens, closes in (dates, reversed(dates)):
            if opens.start and closes.due and not opens.due and not closes.start and opens.start <= closes.due:
                return [closes._replace(start=opens.start)]
    return dates


def _milestones(
    words: Words, dates: list[When], spent: list[Run]
) -> tuple[tuple[Milestone, ...], list[Run], list[str]]:
    """The dates, labelled by the words before each, or after each where only the last date has words after it."""
    idle = _SMALL_WORDS | _MOVED | _PAST
    ends, starts = [0, *(when.end for when in dates)], [*(when.at for when in dates), len(words)]
    gaps = [(_runs(words, *gap, spent, idle) or [(0, 0)])[-1] for gap in zip(ends, starts, strict=True)]
    follow = gaps[0] == (0, 0) != gaps[-1]
    milestones, labels, doubts = [], [], []
    for when, gap in zip(dates, gaps[1:] if follow else gaps[:-1], strict=True):
        label = words.quote(*gap)
        label = label if _is_label(label) else ""
        labels += [gap] if label else []
        milestones.append(Milestone(label, words.quote(when.at, when.end), when.start, when.due))
    if not labels:
        doubts.append(f"There are {len(dates)} dates and the words do not say what each is for.")
    return tuple(milestones), labels, doubts


def _is_label(label: str) -> bool:
    """Whether these words stay apart from the date when the two are written out side by side."""
    sample = "1 January 2000"
    found = find(f"{label}: {sample}", Hints(year=YEARS[-1]))  # so far off that "May 2" is a day
    dates = [found.words.quote(item.at, item.end) for item in found.stretches if not item.first.relative]
    holds = _that_hold(_settle(found.stretches, found.words, Hints()), found.words)[0]
    held = any(found.words.quote(when.at, when.end).endswith(sample) for when in holds)
    return len(label) <= LONGEST_LABEL and dates == [sample] and held and not found.intervals


# What kind of promise it is


def _dated_kind(when: When, found: Finding) -> tuple[str, list[str]]:
    ongoing = when.onwards or any(cue is Cue.ONGOING for cue, _, _ in found.cues)
    if ongoing and when.due is None:
        return ONGOING, []
    if found.intervals and not found.intervals[0].review:
        if when.due is None or when.start or when.role is Lead.UNTIL:
            return RECURRING, []
        return RECURRING, [f"It is not clear whether {in_words(when.due)} is the first time or the last."]
    if when.due is None:
        return WINDOW, ["It says when this begins but not when it is due."]
    return WINDOW if when.start else BY_DATE, []


def _undated_kind(found: Finding, unread: list[When], ruled_out: bool) -> tuple[str, list[str]]:
    words = found.words

    def cue(wanted: Cue, opening: bool = False) -> str:
        places = ((at, end) for kind, at, end in found.cues if kind is wanted)
        return next((words.quote(*place) for place in places if not opening or not words[place[0] - 1].isalnum()), "")

    if cue(Cue.ONGOING):
        return ONGOING, []
    if found.intervals:
        return RECURRING, []
    if said := cue(Cue.SOON):
        return NONE, [f'"{said}" is not a date: ask for one.']
    if cue(Cue.UNKNOWN):
        return NONE, ["No date has been given yet: ask for one."]
    if ruled_out:
        return NONE, ["No date is given on which the action is due: ask for one."]
    if unread:
        return EVENT if any(when.sort == "after an event" for when in unread) else NONE, []
    if said := cue(Cue.STATUS, opening=True):
        return NONE, [f'"{said}" says how far the action is, not when it is due: ask for a date.']
    if cue(Cue.POINTS) or cue(Cue.OPENS, opening=True):
        return EVENT, [f'This depends on something other than a date: "{words.quote(0, len(words))[:200]}".']
    if any(words[i].isalnum() for i in range(len(words))):
        return NONE, ["No date could be read in these words: ask for one."]
    return NONE, ["No timescale is given: ask for a date."]


# The words that are left


def _trim(words: Words, at: int, end: int, idle: set[str]) -> Run:
    """Without signs and linking words around it, nor `idle` words at its end, which lead to what follows."""
    while at < end and (not words[at].isalnum() or words[at] in _LINKS):
        at += 1
    while at < end and (not words[end - 1].isalnum() or words[end - 1] in idle):
        end -= 1
    return at, end


def _runs(words: Words, at: int, end: int, spent: list[Run], idle: set[str] = _LINKS) -> list[Run]:
    """The runs of words nothing has used, without what merely joins them."""
    stops = sorted({(first, last) for first, last in spent if at <= first < end} | {(end, end)})
    runs = []
    for first, last in stops:
        run = _trim(words, at, first, idle)
        runs += [run] if run[0] < run[1] else []
        at = max(at, last)
    return runs


def _kept(words: Words, runs: list[Run], effect: str) -> list[str]:
    telling = [run for run in runs if any(words[i].isalnum() and words[i] not in _UNREMARKABLE for i in range(*run))]
    listed = " and ".join(f'"{words.quote(*run)[:120]}"' for run in telling[:3])
    if len(telling) == 1 and " " not in listed:
        return [f"The word {listed} was kept but does not {effect}."]
    return [f"The words {listed} were kept but do not {effect}."] if telling else []
