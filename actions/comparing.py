"""What differs between two lists of actions, each as it said and stood on a day: pure Python, no Django.

The lists are those of one plan on two days, or of two plans. What is read from the record for that is in
`actions.sides`. An action that is the same in everything told here is counted, and no more.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from actions.deadlines import how_much_later
from actions.wordings import Piece, changed_words, in_brackets

KINDS = {
    "added": "Added",
    "removed": "No longer there",
    "withdrawn": "Withdrawn",
    "carried": "Carried over",
    "split": "Split",
    "merged": "Merged",
    "replaced": "Replaced",
    "pending": "To go on in a draft",
    "reworded": "Re-worded",
    "redated": "Re-dated",
    "corrected": "Date misread before",
    "owned": "Owners changed",
    "rated": "Re-rated",
    "status": "Status changed",
    "placed": "Section, objective or strand changed",
    "detailed": "Steps, measures or outcome changed",
}
"""What can have become of an action, in words, in the order in which it is told."""


@dataclass(frozen=True)
class Said:
    """An action as it said and stood on a day.

    `plan` is the slug of its plan; `owners` are the names by part; `moves` how often its date slipped; `taken_out` says
    that it has left its draft since and has no page.
    """

    action: int
    reference: str
    wording: str
    placed: tuple[tuple[str, str], ...] = ()
    details: tuple[tuple[str, tuple[str, ...]], ...] = ()
    owners: tuple[tuple[str, tuple[str, ...]], ...] = ()
    due: date | None = None
    due_words: str = ""
    first_due: date | None = None
    moves: int = 0
    status: str = ""
    withdrawn: bool = False
    rating: str = ""
    colour: str = ""
    limited: bool = False
    plan: str = ""
    taken_out: bool = False


@dataclass(frozen=True)
class Link:
    """That one action came of another, or is to when the board agrees the end's plan (`pending`). `elsewhere` says in
    words where the end is when it is in neither list."""

    kind: str
    origin: int
    end: int
    elsewhere: str = ""
    pending: bool = False


@dataclass(frozen=True)
class Change:
    """One thing that differs: what it is, what stood and what stands, and more in a sentence.

    `pieces` mark changed words; `colours` are those of two ratings.
    """

    kind: str
    label: str
    before: str = ""
    after: str = ""
    note: str = ""
    pieces: tuple[Piece, ...] = ()
    colours: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Difference:
    """An action that differs; without `before` it is new, without `after` it is gone."""

    before: Said | None
    after: Said | None
    changes: tuple[Change, ...]

    @property
    def now(self) -> Said:
        """As it is told of: as it stands, or stood last."""
        return self.after or self.before  # type: ignore[return-value]

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset(change.kind for change in self.changes)


@dataclass(frozen=True)
class Comparison:
    """Every action that differs, in the later list's order, then what is gone in the earlier one's.

    `same` are as many as differ in nothing; `unlinked` those taken for the same action by their words alone.
    """

    differences: tuple[Difference, ...]
    same: int
    unlinked: int = 0
    counts: Mapping[str, int] = field(init=False)

    def __post_init__(self):
        found = Counter(kind for difference in self.differences for kind in difference.kinds)
        object.__setattr__(self, "counts", {kind: found[kind] for kind in KINDS if found[kind]})

    @property
    def total(self) -> int:
        return len(self.differences) + self.same

    def only(self, kind: str) -> tuple[Difference, ...]:
        """The differences of a kind; all of them when none is given."""
        return tuple(found for found in self.differences if not kind or kind in found.kinds)


Corrections = Mapping[int, tuple[date | None, date | None]]
"""{action: the date its words were read as, the date they mean}, where a misreading was put right in between."""


def on_two_days(
    before: Mapping[int, Said], after: Mapping[int, Said], links: Iterable[Link], corrected: Corrections
) -> Comparison:
    """One plan on two days; the links are those made in between."""
    links = _as_seen(links)
    came, went = _by_end(links), _by_origin(links)
    found, same = [], 0
    for action, now in after.items():
        then = before.get(action)
        if then is None:
            changes = _come_of(
                [before[link.origin] for link in came[action] if link.origin in before], came[action], now
            )
        else:
            changes = (*_gone_on(went[action], after), *_between(then, now, corrected.get(action), bool(went[action])))
        if changes:
            found.append(Difference(then, now, tuple(changes)))
        else:
            same += 1
    found += [_gone(then, ()) for action, then in before.items() if action not in after]
    return Comparison(tuple(found), same)


def of_two_plans(
    before: Mapping[int, Said], after: Mapping[int, Said], links: Iterable[Link], corrected: Corrections
) -> Comparison:
    """Two plans; the links lead from one to the other, over others between them, or elsewhere."""
    links = _as_seen(links)
    came, went = _by_end(links), _by_origin(links)
    by_words = _same_words(before, after, linked={link.origin for link in links} | {link.end for link in links})
    found, same, unlinked = [], 0, 0
    for action, now in after.items():
        origins = [before[link.origin] for link in came[action] if link.origin in before]
        changes: tuple[Change, ...]
        then: Said | None
        if action in by_words:
            unlinked += 1
            then = before[by_words[action]]
            changes = tuple(_between(then, now, corrected.get(action), False))
        else:
            then = origins[0] if len(origins) == 1 else None
            changes = _come_of(origins, came[action], now, corrected.get(action))
        if changes:
            found.append(Difference(then, now, changes))
        else:
            same += 1
    placed = {link.origin for link in links if link.end in after} | set(by_words.values())
    found += [_gone(then, went[action]) for action, then in before.items() if action not in placed]
    return Comparison(tuple(found), same, unlinked)


def _as_seen(links):
    """The links, where a split or a merger of which one part alone is to be seen reads as a replacement."""
    links = list(links)
    ends, origins = Counter(link.origin for link in links), Counter(link.end for link in links)
    several = {"split": lambda link: ends[link.origin] > 1, "merged": lambda link: origins[link.end] > 1}
    return [
        link if link.kind not in several or several[link.kind](link) else replace(link, kind="replaced")
        for link in links
    ]


def _by_end(links):
    found = defaultdict(list)
    for link in links:
        found[link.end].append(link)
    return found


def _by_origin(links):
    found = defaultdict(list)
    for link in links:
        found[link.origin].append(link)
    return found


def _same_words(before, after, linked):
    """{action after: action before} of those that nothing links and whose words no other action of its plan has."""
    then, now = (_by_words(said for said in side.values() if said.action not in linked) for side in (before, after))
    return {now[words]: then[words] for words in now.keys() & then.keys()}


def _by_words(said):
    found = defaultdict(list)
    for one in said:
        found[" ".join(one.wording.split())].append(one.action)
    return {words: actions[0] for words, actions in found.items() if len(actions) == 1}


def _come_of(origins, links, now, corrected=None):
    """What is told of an action that was not there before: that it is new, or what it came of and what changed."""
    if not origins:
        return (Change("added", KINDS["added"], after=now.wording),)
    kind = "merged" if len(origins) > 1 else links[0].kind
    first = _went(kind, CAME, _listed(then.reference for then in origins), any(link.pending for link in links))
    if len(origins) > 1:
        return (first,)
    differs = _between(origins[0], now, corrected, True)
    # Until it is rated where it goes on, nothing is said of how it goes: that is no change.
    return (first, *(one for one in differs if now.rating or one.kind not in ("rated", "status")))


def _gone_on(links, after):
    """What became of an action that still stands in its plan."""
    ends = [after[link.end].reference for link in links if link.end in after]
    ends += [link.elsewhere for link in links if link.end not in after and link.elsewhere]
    if not ends:
        return ()
    kind = "split" if len(ends) > 1 else links[0].kind
    return (_went(kind, WENT, _listed(ends), any(link.pending for link in links)),)


CAME = {
    "carried": ("Carried over from", "To be carried over from"),
    "split": ("Split from", "To be split from"),
    "merged": ("Merged from", "To be merged from"),
    "replaced": ("Replaces", "To replace"),
}
WENT = {
    "carried": ("Carried over into", "To be carried over into"),
    "split": ("Split into", "To be split into"),
    "merged": ("Merged into", "To be merged into"),
    "replaced": ("Replaced by", "To be replaced by"),
}
"""What is said of the two ends of a link: once it is done, and while the board has yet to agree it."""


def _went(kind, words, what, pending):
    """What a link is told as."""
    if pending:
        return Change("pending", KINDS["pending"], note=f"{words[kind][1]} {what} when the board agrees it.")
    return Change(kind, KINDS[kind], note=f"{words[kind][0]} {what}.")


def _gone(then, links):
    more = "".join(change.note for change in _gone_on(links, {}))
    stood = f"It was {then.status.lower()}." if then.status else ""
    note = " ".join(filter(None, [more, stood]))
    return Difference(then, None, (Change("removed", KINDS["removed"], before=then.wording, note=note),))


def _between(then: Said, now: Said, corrected, followed: bool) -> Iterator[Change]:
    """Everything that differs between an action and itself later, or one that came of it.

    Args:
        followed: another action has taken over, so that its status says nothing more.
    """
    if now.withdrawn and not then.withdrawn and not followed:
        yield Change("withdrawn", KINDS["withdrawn"], then.status, now.status)
    if then.wording != now.wording:
        pieces = changed_words(then.wording, now.wording)
        yield Change("reworded", "Words", then.wording, now.wording, pieces=pieces)
    yield from _dates(then, now, corrected)
    yield from lines_changed("owned", then.owners, now.owners)
    if then.rating != now.rating:
        colours = (then.colour, now.colour)
        yield Change("rated", "Rating", then.rating, now.rating, colours=colours)
    if then.status != now.status and not now.withdrawn and not (followed and then.withdrawn):
        yield Change("status", "Status", then.status, now.status)
    if then.reference != now.reference:
        yield Change("placed", "Reference", then.reference, now.reference)
    for (label, was), (_, its) in zip(then.placed, now.placed, strict=True):
        if was != its:
            yield Change("placed", label, was, its)
    yield from lines_changed("detailed", then.details, now.details)


def lines_changed(kind: str, then, now) -> Iterator[Change]:
    """Lists by name, such as who leads and who supports: each that differs, as text that marks what does. An order of
    its own is no difference."""
    was, its = dict(then), dict(now)
    for label in dict.fromkeys([*was, *its]):
        before, after = was.get(label, ()), its.get(label, ())
        if sorted(before) != sorted(after):
            yield Change(kind, label, "\n".join(before), "\n".join(after), pieces=_lines(before, after))


def _lines(before, after):
    """What changed between two lists of lines: words within the one line that differs, otherwise whole lines."""
    gone, new = [line for line in before if line not in after], [line for line in after if line not in before]
    marked: list[tuple[Piece, ...]] = [(Piece("same", line),) for line in after if line in before]
    if len(gone) == len(new) == 1 and any(piece.kind == "same" for piece in changed_words(gone[0], new[0])):
        marked.append(changed_words(gone[0], new[0]))
    else:
        marked += [(Piece("gone", line),) for line in gone] + [(Piece("new", line),) for line in new]
    between = (Piece("same", "\n"),)
    return tuple(piece for number, line in enumerate(marked) for piece in (between * bool(number) + line))


def _dates(then, now, corrected):
    moves = max(now.moves - then.moves, 0)
    if corrected:
        note = "The words about time had been misread. This is no slippage."
        yield Change("corrected", "Reading of the date", _day(corrected[0]), _day(corrected[1]), note=note)
    explained = corrected is not None and corrected[1] == now.due and not moves
    if moves or (then.due != now.due and not explained):
        yield Change("redated", "Due", _day(then.due), _day(now.due), note=_moved(then, now, moves))
    if then.due_words != now.due_words:
        pieces = changed_words(then.due_words, now.due_words)
        yield Change("redated", "Words about time", then.due_words, now.due_words, pieces=pieces)


def _moved(then, now, moves):
    said = []
    if then.due and now.due and then.due != now.due:
        said.append(how_much_later(now.due, then.due))
    if moves:
        back = " and back to the same day" if then.due == now.due else ""
        said.append(f"moved {_times(moves)}{back}")
    if now.moves > moves:
        said.append(f"moved {_times(now.moves)} since it was first dated")
    if now.first_due and now.first_due not in (then.due, now.due):
        said.append(f"first due {_day(now.first_due)}")
    sentence = "; ".join(said)
    return f"{sentence[0].upper()}{sentence[1:]}." if sentence else ""


def _day(day):
    return f"{day:%-d %B %Y}" if day else "No date"


def _times(number):
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def _listed(words):
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


HEADINGS = ("Action", "Promise", "What became of it", "What differs", "Before", "After", "More")


def as_lines(comparison: Comparison, only: str = "") -> Iterator[tuple[str, ...]]:
    """The lines of a table under HEADINGS: one for each thing that differs, and how many actions are the same."""
    for found in comparison.only(only):
        for change in found.changes:
            marked = in_brackets(change.pieces) if change.kind == "reworded" else ""
            more = " ".join(filter(None, [change.note, marked]))
            name, now = KINDS[change.kind], found.now
            label = "" if change.label == name else change.label
            yield now.reference, now.wording, name, label, change.before, change.after, more
    if not only:
        yield "", "", "The same", "", "", "", f"{comparison.same} of {comparison.total} actions"
