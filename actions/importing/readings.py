"""What the cells of a row mean to this board: owners, strands, dates, ratings, measures. Pure.

Each reading keeps the printed words beside it; what is unsure comes back as a doubt, a sentence that says what to do.
What a column is, is asked in `columns`; how time is read, in `actions.timescales`.
"""

import re
from collections.abc import Iterator, Sequence
from colorsys import rgb_to_hsv
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Generic, TypeVar

from rapidfuzz import fuzz

from actions import timescales
from actions.importing.tables import Cell
from cseplan.text import clean_line, clean_text

EXACT, ALIAS, LIKE, NEW, PERSON = "exact", "alias", "like", "new", "looks_like_a_person"
LEAD, JOINT_LEAD, SUPPORT, ACCOUNTABLE = "lead", "joint_lead", "support", "accountable"
T = TypeVar("T")
ALIKE = 86
"""From here on (of 100) a spelling is offered as a known owner, with a doubt."""


@dataclass(frozen=True, slots=True)
class OwnerWords:
    """An owner of the board as plans may print it."""

    name: str
    aliases: tuple[str, ...] = ()
    kind: str = ""


@dataclass(frozen=True, slots=True)
class RatingWords:
    """A step of the board's scale: its code, word, and colour as RRGGBB."""

    code: str
    word: str
    colour: str = ""


@dataclass(frozen=True, slots=True)
class BoardWords:
    """What a board's own words are, for reading a plan of it."""

    owners: tuple[OwnerWords, ...] = ()
    priorities: tuple[tuple[str, str], ...] = ()
    """Each strategic priority as (name, code)."""
    ratings: tuple[RatingWords, ...] = ()
    first_year: int | None = None
    year_start_month: int = 4
    bold_is_top_priority: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """A reading that a person should look at: where, what is printed, and what to do."""

    sheet: str
    row: int
    column: str
    value: str
    message: str


@dataclass(frozen=True, slots=True)
class Named:
    """One owner read from a cell: as printed, in which part, and which owner of the board it was taken for."""

    name: str
    role: str = LEAD
    match: str = NEW
    owner: str = ""
    likeness: int = 100
    kind: str = ""
    """For a new one, what it would be: seat, post, sub_group, group, outside or to_be_confirmed."""


@dataclass(frozen=True, slots=True)
class StepRead:
    """One step of an action, perhaps with its own leads and timescale."""

    text: str
    leads: tuple[Named, ...] = ()
    timescale: timescales.Timescale | None = None


@dataclass(frozen=True, slots=True)
class Read(Generic[T]):
    """A reading and its doubts."""

    value: T
    doubts: tuple[str, ...] = field(default=())


# Strands

_STRANDS = (
    ("prevent", re.compile(r"\bprevent\w*|\beducat\w*|\bawareness\b", re.I)),
    ("protect", re.compile(r"\bprotect\w*|\bsafeguard\w*|\bsupport\w*|\brecogni\w*|\bidentif\w*|\binterven\w*", re.I)),
    ("pursue", re.compile(r"\bpursu\w*|\bdisrupt\w*", re.I)),
    ("prosecute", re.compile(r"\bprosecut\w*", re.I)),
    ("prepare", re.compile(r"\bprepar(?:e|ed|ing|ation|edness)?\b", re.I)),
)  # fmt: skip
_STRONG = re.compile(r"\b(?:prevent|protect|pursu|prosecut|prepar)\w*", re.I)


def strands(text: str, words: BoardWords) -> Read[tuple[str, ...]]:
    """The codes of the strands a cell or a title names, in its order. The board's own names come first."""
    said = _plain(text)
    if not said:
        return Read(())
    found = [(said.find(_plain(name)), code) for name, code in words.priorities if _holds(said, _plain(name))]
    whole = [code for name, code in words.priorities if _plain(name) == said]
    if whole:
        return Read((whole[0],))
    strong = bool(_STRONG.search(text))
    for code, shape in _STRANDS:
        for match in shape.finditer(text):
            if (not strong or _STRONG.fullmatch(match[0])) and (strong or not found):
                found.append((match.start(), code))
    codes = tuple(dict.fromkeys(code for _, code in sorted(found)))
    if codes:
        return Read(codes if strong else codes[:1])
    return Read(("other",), (f"“{clean_line(text)}” names no strand that is known here: choose one.",))


# Owners

_SUPPORT = re.compile(
    r"[\s,;(]*(?:\band\s+)?\b(?:supported\s+by|with\s+(?:the\s+)?support\s+(?:of|from)|with\s+(?:the\s+)?(?:help|input)\s+(?:of|from)|"
    r"in\s+(?:partnership|liaison|collaboration)\s+with|assisted\s+by|working\s+with|alongside|"
    r"support(?:ing)?(?:\s+(?:agenc(?:y|ies)|partners?|from))?\s*[:–—])\s*(?:the\s+)?",
    re.I,
)  # fmt: skip
_LEAD_LABEL = re.compile(r"^\W*(?:joint\s+)?leads?(?:\s+(?:agency|officer|agencies))?\s*[:–—]\s*", re.I)
_JOINTLY = re.compile(r"[\s,;(]*(?:\band\s+)?\b(?:in\s+conjunction|joint(?:ly)?)\s+with\s+(?:the\s+)?", re.I)
_PLURAL = re.compile(r"(chair|head|director|lead|manager)s( of .+)", re.I)
_LEAD_AGAIN = re.compile(r"(?<=[\s,;])(?:joint\s+)?leads?(?:\s+(?:agency|officer|agencies))?\s*:\s*", re.I)
_MARK = re.compile(r"\s*[\[(]\s*(joint\s+lead|co-?lead|lead|support(?:ing)?|accountable)\s*[\])]", re.I)
_HARD = re.compile(r"\s*(?:[\n;•●▪]|\s\|\s)\s*")
_SOFT = re.compile(r"\s*(?:,\s*(?:and|&)\s|[/,+&]|\band\b)\s*", re.I)
_LATER = re.compile(r"\(\s*([^()]+?)\s+(?:from|until|after|since)\s+[^()]*\)", re.I)
_GOES_ON = re.compile(r"\s+(?:linked|linking|who|which|via|through|within|from|until|as well|reporting)\b", re.I)
_TBC = re.compile(
    r"\(?\s*(?:tbc|tba|tbd|to be (?:confirmed|agreed|decided|determined|identified)|vacant|\?+|n/?a)\s*\)?\.?", re.I
)
_ALL = re.compile(
    r"\b(?:all|each|every|individual|partner|relevant|both)\b.*"
    r"\b(?:agenc\w+|partners?|members|organisations?|schools|services|leads?)\b|^all$|\bpartners\b$",
    re.I,
)
_GROUP = re.compile(
    r"\b(?:sub-?\s?groups?|groups?|forum|panel|committee|board|task\s?force|network|hub|mash|mase|cmog)$", re.I
)
_POST = re.compile(
    r"\b(?:managers?|co-?ordinators?|officers?|heads? of|head|directors?|chairs?|chairperson|leads?|adviso?e?rs?|"
    r"inspector|superintendent|commissioners?|nurse|doctor|practitioners?|workers?|consultants?|secretary|administrator|analyst|principal|"
    r"deputy|executive|sergeant|constable|champion|representatives?|reps?|dci|designated|dsl|ceo|dcs|solicitor)\b",
    re.I,
)  # fmt: skip
_SEAT = re.compile(
    r"\b(?:police|council|trust|ccgs?|icb|services?|nhs|education|health|schools?|probation|yo[st]|yjs|cps|social care|"
    r"safeguarding|housing|licensing|barnardo\S*|nspcc|college|university|hospital|authority|cafcass|fire|border|"
    r"l?scbs?|l?scps?|csps?|crc|team|society|charity|foundation|project|library|libraries|unit|camhs|prison|hmpps)\b",
    re.I,
)  # fmt: skip
_OUTSIDE = re.compile(
    r"\b(?:barnardo\S*|nspcc|society|charity|foundation|home office|ofsted|ministry|department for)\b", re.I
)
_TITLE = re.compile(
    r"(?:mrs?|ms|miss|dr|prof|sir|dame|rev|cllr|pc|ds|di|dci|dsu|supt|ch insp|insp|sgt)\.?"
    r"(?-i:(?:\s+[A-Z][a-zà-ÿ'’-]+){1,3})",
    re.I,
)
_THING = re.compile(
    r"\b(?:help|justice|early|youth|protection|public|community|communities|child|children\S*|adults?|famil\w+|learning|"
    r"development|safety|sexual|missing|local|primary|secondary|central|north|south|east|west|county|city|borough|street|"
    r"young|people|work|care|legal|training|quality|practice|performance|business|support|intelligence|exploitation|online)\b",
    re.I,
)
_PERSON = re.compile(
    r"(?:[A-Z][a-zà-ÿ'’]+|[A-Z]\.?)(?:\s+(?:[A-Z]\.?|[A-Z][a-zà-ÿ'’]+))?[ -](?:Mc|Mac|O['’])?[A-Z][a-zà-ÿ'’]+"
)
_ACRONYM = re.compile(r"[A-Z][A-Z&]{1,7}s?")


def _plain(text: str) -> str:
    said = re.sub(r"[’']", "", text.casefold()).replace("&", " and ")
    return " ".join(re.sub(r"[^\w]+", " ", re.sub(r"(?<=\w)-(?=\w)", "", said)).split())


def _holds(said: str, name: str) -> bool:
    return bool(name) and f" {name} " in f" {said} "


def owners(text: str, words: BoardWords, *, role: str = LEAD) -> Read[tuple[Named, ...]]:
    """Every owner a cell names: the first lead, others who lead with it, and who is said to support."""
    said = clean_text(text)
    if not said:
        return Read(())
    index = _index(words)
    found: list[tuple[Named, bool]] = []
    for part, part_role in _parts(said, role, index):
        for piece in _pieces(part, index):
            name, its = _marked(piece, part_role)
            if name:
                found.append((_match(name, its, index, words), bool(_MARK.search(piece))))
    if any(marked and one.role == LEAD for one, marked in found):  # "Health, Police (lead)": Health only takes part
        found = [(one if marked or one.role != LEAD else replace(one, role=SUPPORT), marked) for one, marked in found]
    return _settled([one for one, _ in found], role)


@lru_cache(maxsize=8)
def _index(words: BoardWords) -> dict[str, tuple[str, str]]:
    """Every spelling the board knows: the owner it means, and whether it is its name or an alias."""
    index: dict[str, tuple[str, str]] = {}
    for owner in words.owners:
        for alias in owner.aliases:
            index.setdefault(_plain(alias), (owner.name, ALIAS))
    index |= {_plain(owner.name): (owner.name, EXACT) for owner in words.owners}
    index.pop("", None)
    return index


def _parts(said: str, role: str, index: dict[str, tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """A cell as stretches of one role each: "Police, supported by Health", "Lead: Police Support: Health"."""
    if _plain(said) in index:
        yield said, role
        return
    stretches: list[tuple[int, int, str]] = [(match.start(), match.end(), SUPPORT) for match in _SUPPORT.finditer(said)]
    stretches += [(match.start(), match.end(), LEAD) for match in _LEAD_AGAIN.finditer(said) if match.start()]
    stretches += [(match.start(), match.end(), role) for match in _JOINTLY.finditer(said)]
    at, current = 0, role
    if match := _LEAD_LABEL.match(said):
        at = match.end()
    for start, end, its in sorted(stretches):
        if start < at:
            continue
        yield said[at:start], current
        at, current = end, its
    yield said[at:], current


def _pieces(part: str, index: dict[str, tuple[str, str]]) -> list[str]:
    """A stretch as names: known ones first, then cautiously at slashes, commas and "and"."""
    part = _LATER.sub(lambda match: f"; {match[1]}" if _plain(match[1]) in index else match[0], part).strip(" ,;.\n")
    if not part:
        return []
    if (whole := _plural(part, index) or _cover(part, index)) is not None:
        return whole
    found: list[str] = []
    for chunk in filter(None, (piece.strip(" ,.") for piece in _HARD.split(part))):
        chunk = re.sub(r"^[-–*]\s+|^\d+[.)]\s+", "", chunk)
        found += known if (known := _cover(chunk, index)) is not None else _soft(chunk, index)
    return found


def _plural(text: str, index: dict[str, tuple[str, str]]) -> list[str] | None:
    """ "Chairs of the one and the other" as the two posts, where the board knows both."""
    if not (match := _PLURAL.fullmatch(text)):
        return None
    post, *groups = [match[1], *re.split(r"\s*,\s*|\s+(?:and|&)\s+", match[2].removeprefix(" of "))]
    names = [f"{post} of {group}" for group in groups]
    return names if len(names) > 1 and all(_plain(name) in index for name in names) else None


def _cover(text: str, index: dict[str, tuple[str, str]]) -> list[str] | None:
    """The text as known names one after another with nothing else between, the longest first; None if it is not."""
    tokens = list(re.finditer(r"[^\s,;/+&()\[\]•●▪|]+(?:\s?\((?:joint |co-?)?(?:lead|support)\))?|&|\(|\)", text))
    if len(tokens) > 80:
        return None
    longest = max((len(name.split()) for name in index), default=0)
    best: dict[int, list[str] | None] = {len(tokens): []}
    for at in range(len(tokens) - 1, -1, -1):
        best[at] = None
        for end in range(min(len(tokens), at + longest + 2), at, -1):
            piece = text[tokens[at].start() : tokens[end - 1].end()]
            rest = best.get(end)
            if rest is not None and _plain(_MARK.sub("", piece)) in index:
                best[at] = [piece, *rest]
                break
        if best[at] is None and (tokens[at][0].casefold() in {"and", "&"}):
            best[at] = best[at + 1]
    return best[0] or None


def _soft(chunk: str, index: dict[str, tuple[str, str]]) -> list[str]:
    """Split at "/", "," and "and" only where every piece stands alone: "Missing, CSE and Trafficking Chair" stays."""
    if _likest(chunk, index)[1] >= ALIKE:
        return [chunk]
    if (more := _GOES_ON.search(chunk)) and (known := _cover(chunk[: more.start()], index)):
        return known
    bare = re.sub(r"\([^)]*\)", lambda match: "_" * len(match[0]), chunk)
    cuts = [match for match in _SOFT.finditer(bare) if match.start() and match.end() < len(bare)]
    for some in (cuts, [cut for cut in cuts if "/" in cut[0]], [cut for cut in cuts if "/" in cut[0] or "," in cut[0]]):
        if not some:
            continue
        edges = [0, *(edge for cut in some for edge in (cut.start(), cut.end())), len(chunk)]
        pieces = [chunk[edges[i] : edges[i + 1]].strip(" ,.") for i in range(0, len(edges), 2)]
        if len(pieces) == 2 and "," in some[0][0] and _is_post_and_place(pieces[0], pieces[1], index):
            return [chunk]
        if all(_stands_alone(piece, index) for piece in pieces):
            return [name for piece in pieces for name in (_cover(piece, index) or [piece])]
    return [chunk]


def _is_post_and_place(first: str, second: str, index: dict[str, tuple[str, str]]) -> bool:
    """ "Director of Public Health, Council", or somebody and their post: one owner, not two."""
    if looks_like_a_person(first) and _POST.search(second):
        return True
    return _plain(first) not in index and bool(_POST.search(first)) and not _POST.search(second)


def _stands_alone(piece: str, index: dict[str, tuple[str, str]]) -> bool:
    name = _MARK.sub("", piece).strip()
    if _cover(name, index) is not None or _likest(name, index)[1] >= ALIKE:
        return True
    if len(name) < 2 or _TBC.fullmatch(name):
        return bool(_TBC.fullmatch(name))
    if name in {"CSE", "Missing", "MSET", "FGM", "Trafficking"}:
        return False
    ends = re.search(r"\b(?:head|director|chair|lead|manager)s? of$|^(?:of|for|the|within)\b", name, re.I)
    role = _GROUP.search(name) or _POST.search(name) or (_SEAT.search(name) and len(name.split()) <= 5)
    return not ends and bool(role or _ACRONYM.fullmatch(name) or _PERSON.fullmatch(name) or _TITLE.match(name))


def _marked(piece: str, role: str) -> tuple[str, str]:
    """A name without its mark, and the role the mark gives: "Police (lead)"."""
    if match := _MARK.search(piece):
        word = match[1].casefold()
        role = SUPPORT if word.startswith("support") else ACCOUNTABLE if word == "accountable" else LEAD
        if "joint" in word or word.startswith("co"):
            role = JOINT_LEAD
    elif re.search(r"\(\s*lead\s*\)", piece, re.I):
        role = LEAD
    return clean_line(_MARK.sub("", piece)).strip(" ,;"), role


def _likest(name: str, index: dict[str, tuple[str, str]]) -> tuple[str, int]:
    said = _plain(name)
    best, score = "", 0.0
    for spelling in index:
        if abs(len(spelling) - len(said)) <= 4 + len(said) // 4 and len(said) > 3:
            like = fuzz.ratio(said, spelling)
            if like > score:
                best, score = spelling, like
    return best, int(score)


def _match(name: str, role: str, index: dict[str, tuple[str, str]], words: BoardWords) -> Named:
    """The owner of the board that a name means, or what a new one would be."""
    kinds = {owner.name: owner.kind for owner in words.owners}
    bare = re.sub(r"\s*\((?:tbc|tba)\)$", "", name, flags=re.I)
    for spelling in (name, bare):
        if known := index.get(_plain(spelling)):
            return Named(name, role, known[1], known[0], 100, kinds[known[0]])
    if _TBC.fullmatch(name):
        tbc = next((owner.name for owner in words.owners if owner.kind == "to_be_confirmed"), "")
        return Named(name, role, ALIAS if tbc else NEW, tbc, 100, "to_be_confirmed")
    spelling, like = _likest(bare, index)
    if like >= ALIKE:
        owner = index[spelling][0]
        return Named(name, role, LIKE, owner, like, kinds[owner])
    return Named(name, role, PERSON if looks_like_a_person(name) else NEW, "", 0, proposed_kind(name))


def looks_like_a_person(name: str) -> bool:
    """A person's name stands where a post should: people leave, plans stay."""
    first = re.split(r"\s*[,(–]|\s-\s", name)[0].strip()
    if any(shape.search(first) for shape in (_GROUP, _SEAT, _OUTSIDE, _ALL, _THING, _STRONG)):
        return False
    return bool(_TITLE.fullmatch(first) or (not _POST.search(first) and _PERSON.fullmatch(first)))


def proposed_kind(name: str) -> str:
    """What an owner nobody knows would be, by its words."""
    if _TBC.fullmatch(name):
        return "to_be_confirmed"
    if looks_like_a_person(name):
        return "post"
    if _ALL.search(name):
        return "group"
    if _GROUP.search(name):
        return "sub_group"
    if _POST.search(name):
        return "post"
    if _OUTSIDE.search(name):
        return "outside"
    return "seat" if _SEAT.search(name) or _ACRONYM.fullmatch(name) else "outside"


def _settled(found: Sequence[Named], role: str) -> Read[tuple[Named, ...]]:
    """One lead and the rest joint, each owner once, and a doubt for each name that is not known."""
    people: list[Named] = []
    seen: set[str] = set()
    doubts: list[str] = []
    marked = any(one.role == LEAD for one in found) and role != LEAD
    for one in found:
        key = one.owner or _plain(one.name)
        if key in seen:
            continue
        seen.add(key)
        if one.role == LEAD and (role == LEAD or marked):
            one = replace(one, role=LEAD if not any(had.role == LEAD for had in people) else JOINT_LEAD)
        people.append(one)
        doubts += filter(None, [_doubt(one)])
    return Read(tuple(people), tuple(doubts))


def _doubt(one: Named) -> str:
    if one.match == LIKE:
        return f"“{one.name}” was taken for “{one.owner}”: say so if it is somebody else."
    if one.match == PERSON:
        return (
            f"“{one.name}” looks like a person's name: give the post or the agency instead, so that it outlives a move."
        )
    if one.match == NEW and one.kind != "to_be_confirmed":
        return f"“{one.name}” is not known to the board yet: choose who it is, or confirm it as new."
    if one.kind == "to_be_confirmed":
        return "Nobody is named yet: give an owner when there is one."
    return ""


# Time


def timescale(cell: Cell, words: BoardWords) -> Read[timescales.Timescale]:
    """The words and their reading; a real date in the file is surer than how it is shown."""
    text = clean_text(cell.text)
    read = timescales.read(text, year_hint=words.first_year, year_start_month=words.year_start_month)
    if cell.day and cell.day.year > 1900:
        shown = read.due and (read.due.year, read.due.month) == (cell.day.year, cell.day.month)
        due = read.due if shown and not re.search(r"\d{1,2}\D+\d", text) and _by_month(text) else cell.day
        text = text or cell.day.isoformat()
        return Read(timescales.Timescale(text, timescales.BY_DATE, None, due))
    return Read(read, read.doubts if text else ())


def _by_month(text: str) -> bool:
    """Shown as a month only: the end of it is meant, whatever day the file holds."""
    return bool(re.fullmatch(r"\s*[A-Za-z]{3,9}[\s.\-/'’]*\d{2,4}\s*", text))


# Numbers, lists and words

_SPAN = re.compile(r"(\d{1,3}(?:\.\d+)*)\s*(?:-|–|to)\s*[A-Za-z]{0,2}\.?\s*(\d{1,3})(?![.\d])", re.I)
_CROSS = re.compile(
    r"\b(?:links?(?:ed)?\s+(?:to|with)|see(?:\s+also)?|refer\s+to|as\s+(?:per|in)|"
    r"cross[- ]?ref(?:erence)?(?:s)?(?:\s+(?:to|with))?)"
    r"\s*:?\s*(?:(?:action|ref|reference|objective|point|item)s?\s*(?:no\.?|number)?\s*)?"
    r"((?:[A-Z]{0,2}\d{1,3}(?!\d)(?:\.\d+)*[a-z]?)(?:\s*(?:,|&|and)\s*[A-Z]{0,2}\d{1,3}(?!\d)(?:\.\d+)*[a-z]?)*)",
    re.I,
)  # fmt: skip
_ITEM = re.compile(r"[A-Z]{0,2}\d{1,3}(?!\d)(?:\.\d+)*[a-z]?", re.I)
BULLETS = re.compile(r"^[ \t]*(?:[•●▪◦‣·\uf0b7*–—-]|\(?\d{1,2}[.)](?!\d)|\(?[a-z][.)]|o(?=\t| {2}))[ \t]*", re.M)
_LEADING = re.compile(
    r"\s*([A-Z]{0,2}\d{1,2}(?:\.\d{1,3}){1,3}[a-z]?|[A-Z]{1,2}\d{1,3}|\d{1,3}(?=[.)]\s))[.):]?\s+(?=\S)"
)


def recommendations(text: str) -> Read[tuple[int, ...]]:
    """The numbers of what the action answers: "1& 5", "1-3", "R4, R7"."""
    said = clean_line(text)
    found: list[int] = []
    rest = said
    for match in _SPAN.finditer(said):
        first, last = int(float(match[1])), int(match[2])
        if first < last <= first + 50:
            found += range(first, last + 1)
            rest = rest.replace(match[0], " ", 1)
    found += [int(number) for number in re.findall(r"(?<![\d.])\d{1,3}(?![\d.]*\d)", rest)]
    odd = said and (
        not found or re.search(r"[A-Za-z]{4,}", re.sub(r"recommendations?|challenges?|recs?", "", said, flags=re.I))
    )
    doubt = f"No plain number was read from “{said}”: give the numbers of the recommendations it answers."
    return Read(
        tuple(dict.fromkeys(sorted(found))), (doubt,) if odd and said.casefold() not in {"n/a", "none", "-"} else ()
    )


def cross_references(text: str) -> tuple[str, ...]:
    """Other actions that the words point to: "links to 1.3.1", "see action 4"."""
    return tuple(dict.fromkeys(item for match in _CROSS.finditer(text) for item in _ITEM.findall(match[1])))


def listed(text: str) -> tuple[str, ...]:
    """A cell as a list: by bullets or numbers where there are some, otherwise by paragraphs that each end."""
    said = clean_text(text)
    if not said:
        return ()
    marks = list(BULLETS.finditer(said))
    if marks:
        intro = said[: marks[0].start()].strip()
        ends = [mark.start() for mark in marks[1:]] + [len(said)]
        items = [said[mark.end() : end] for mark, end in zip(marks, ends, strict=True)]
        items = [piece.strip() for item in items for piece in re.split(r"\s[•●▪]\s", item)]
        items = [" ".join(item.split()) for item in items if item]
        if intro:
            items.insert(0, " ".join(intro.split()))
        return tuple(items)
    inline = [clean_line(piece) for piece in re.split(r"\s*[•●▪]\s*", said)]
    if len(inline) > 1:
        return tuple(filter(None, inline))
    found: list[str] = []
    for line in filter(None, (clean_line(line) for line in said.split("\n"))):
        if found and (line[:1].islower() or re.search(r"[,–-]$|\b(?:and|of|the|to|for|with)$", found[-1])):
            found[-1] += f" {line}"
        else:
            found.append(line)
    return tuple(found)


def reference(text: str) -> str:
    """A reference as printed, without the full stop after it. 2.10 stays 2.10."""
    said = clean_line(text)
    return re.sub(r"(?<=\w)[.):]$", "", said)


def leading_reference(text: str) -> tuple[str, str]:
    """A reference printed before the words of its action, and those words; no reference if there is none."""
    match = _LEADING.match(text)
    return (match[1], text[match.end() :]) if match else ("", text)


_STATUSES = {
    "not_started": r"not (?:yet )?(?:started|begun|commenced)|yet to (?:start|begin)|to (?:start|be started)|planned",
    "embedded": r"embedded(?: in practice)?|completed? and embedded|sustained",
    "proposed_complete": r"proposed (?:as )?complete|awaiting sign[- ]?off|complete,? (?:awaiting|subject to).*",
    "withdrawn": r"withdrawn|cancelled|no longer (?:required|needed|relevant)|removed|superseded|abandoned",
    "in_progress": (
        r"in progress|on[- ]?going|on (?:track|target|schedule)|underway|under way|started|begun|commenced|delayed|"
        r"overdue|behind(?: schedule)?|partial(?:ly)?(?: (?:complete[d]?|met|achieved))?|progressing|"
        r"slipp(?:ed|ing)|active|wip|off track|not (?:yet )?complete[d]?|incomplete"
    ),
    "complete": r"completed?|done|closed|achieved|finished|delivered|signed off|fully (?:met|achieved|implemented)",
}
_BRIEF = {
    "no": "not_started", "n": "not_started", "0%": "not_started", "open": "in_progress",
    "yes": "complete", "y": "complete", "100%": "complete",
}  # fmt: skip
_UNCLEAR = {
    "ongoing",
    "on-going",
    "on going",
    "yes",
    "y",
    "no",
    "n",
    "closed",
    "open",
    "delayed",
    "overdue",
    "partially met",
}


def status(text: str) -> Read[str]:
    """What is done, from a word; empty where it cannot be said."""
    said = clean_line(text).casefold().strip(" .!")
    if not said:
        return Read("")
    exact = _BRIEF.get(said) or next((code for code, shape in _STATUSES.items() if re.fullmatch(shape, said)), "")
    held = exact or next((code for code, shape in _STATUSES.items() if re.search(rf"\b(?:{shape})\b", said)), "")
    if not held:
        return Read("", (f"“{clean_line(text)}” is no status that is known here: choose one.",))
    doubt = f"“{clean_line(text)}” was taken for “{held.replace('_', ' ')}”: check that it is meant so."
    return Read(held, (doubt,) if not exact or said in _UNCLEAR else ())


def _rgb(colour: str) -> tuple[int, int, int] | None:
    return tuple(int(colour[at : at + 2], 16) for at in (0, 2, 4)) if re.fullmatch(r"[0-9A-Fa-f]{6}", colour) else None  # type: ignore[return-value]


_USUAL_COLOURS = {
    "red": ("FF0000", "C00000", "FFC7CE"), "amber": ("FFC000", "FFA500", "FFEB9C"), "yellow": ("FFFF00",),
    "green": ("00B050", "92D050", "00FF00", "C6EFCE"), "blue": ("0070C0", "00B0F0", "BDD7EE"),
}  # fmt: skip


def rating(cell: Cell, words: BoardWords) -> Read[str]:
    """The code of a rating, from its word, its letter, or only the colour of the cell."""
    said = clean_line(cell.text)
    plain = _plain(said)
    if plain in {"na", "n a", "none", "not rated", "not yet rated", "tbc"}:
        return Read("")
    if plain:
        by_word = {_plain(name): one.code for one in words.ratings for name in (one.word, one.code)}
        if plain in by_word:
            return Read(by_word[plain])
        letters = [one.code for one in words.ratings if _plain(one.word)[:1] == plain]
        if len(letters) == 1:
            return Read(letters[0])
        held = [(plain.find(word), code) for word, code in by_word.items() if len(word) > 2 and _holds(plain, word)]
        if codes := list(dict.fromkeys(code for _, code in sorted(held))):
            doubt = f"“{said}” was taken for “{codes[0]}”: check that it is meant so."
            return Read(codes[0], (doubt,))
        if not cell.colour:
            return Read("", (f"“{said}” is no rating of the board's scale: choose one.",))
    if (rgb := _rgb(cell.colour)) is None:
        return Read("")
    return _by_colour(rgb, words)


def _by_colour(rgb: tuple[int, int, int], words: BoardWords) -> Read[str]:
    """The step of the scale whose colour, or the plain colour of its word, is nearest."""
    if max(rgb) - min(rgb) < 24:
        return Read("")
    near: list[tuple[float, str, str]] = []
    for one in words.ratings:
        for colour in (one.colour.lstrip("#"), *_USUAL_COLOURS.get(one.word.casefold(), ())):
            if (its := _rgb(colour)) is not None:
                near.append((_apart(rgb, its), one.code, one.word))
    if not near:
        return Read("")
    _, code, word = min(near)
    return Read(code, (f"Only the colour of the cell says how it is rated; it was taken for “{word}”: check it.",))


def _apart(one: tuple[int, int, int], two: tuple[int, int, int]) -> float:
    """How far two colours are apart: mostly by hue, so that a pale red is red."""
    (hue, deep, light), (hue2, deep2, light2) = (rgb_to_hsv(*(part / 255 for part in rgb)) for rgb in (one, two))
    turn = min(abs(hue - hue2), 1 - abs(hue - hue2))
    return 4 * turn + 0.3 * abs(deep - deep2) + 0.3 * abs(light - light2)


def top_priority(text: str) -> Read[bool]:
    """Whether the words of a priority column mean a top priority."""
    said = clean_line(text).casefold().strip(" .*!")
    if text.strip() and not said:
        return Read(True)
    if said in {
        "high",
        "h",
        "yes",
        "y",
        "top",
        "urgent",
        "top priority",
        "high priority",
        "1",
        "critical",
        "very high",
        "x",
        "✓",
    }:
        return Read(True)
    if said in {"", "no", "n", "low", "l", "medium", "m", "med", "2", "3", "4", "5", "normal", "standard"}:
        return Read(False)
    return Read(False, (f"“{clean_line(text)}” does not say whether this is a top priority: choose.",))


def real_day(value: date | None) -> str | None:
    """A day as JSON gives it."""
    return value.isoformat() if value else None
