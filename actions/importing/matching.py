"""Which row of a file is which action of the plan: by the key of our own export, by reference, or by its words.

Pure. What is matched by words alone and not nearly word for word is doubtful, and a person confirms it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

KEY, REFERENCE, WORDS, CHOSEN = "key", "reference", "words", "chosen"
NEW = "new"
ALIKE, SURE = 72, 92
"""Of 100: from here on words may be the same action, and surely are."""


@dataclass(frozen=True, slots=True)
class Standing:
    """An action of the plan, as a row of a file may name it."""

    pk: int
    reference: str
    words: str


@dataclass(frozen=True, slots=True)
class Match:
    """The action that a row is taken for, how, and whether a person should look."""

    action: int
    how: str
    doubtful: bool = False


def match(
    rows: Sequence[tuple[str, str, str]], actions: Iterable[Standing], chosen: Mapping[int, str]
) -> dict[int, Match]:
    """{number of the row: its match}; rows that are new are not in it.

    Args:
        rows: (key, reference, words) of each.
        chosen: {number of the row: id of an action, or NEW} that a person has settled.
    """
    left = {action.pk: action for action in actions}
    found: dict[int, Match] = {}

    def take(number: int, pk: int, how: str, doubtful: bool = False) -> None:
        found[number] = Match(pk, how, doubtful)
        del left[pk]

    for number, choice in chosen.items():
        if choice.isdigit() and int(choice) in left:
            take(number, int(choice), CHOSEN)
    open_rows = [number for number in range(len(rows)) if number not in found and chosen.get(number) != NEW]
    for number in open_rows:
        key = rows[number][0]
        if key.isascii() and key.isdigit() and int(key) in left:
            take(number, int(key), KEY)
    named: dict[str, int] = {action.reference.casefold(): pk for pk, action in left.items()}
    for number in open_rows:
        pk = named.get(rows[number][1].casefold())
        if number not in found and pk in left:
            take(number, pk, REFERENCE)
    _by_words(rows, [number for number in open_rows if number not in found], left, take)
    return found


def _by_words(rows, open_rows, left, take):
    """The likest pairs first, each row and action once."""
    words = {pk: action.words for pk, action in left.items() if action.words}
    pairs = []
    for number in open_rows:
        if rows[number][2] and words:
            alike = process.extract(rows[number][2], words, scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE, limit=3)
            pairs += [(score, number, pk) for _, score, pk in alike]
    taken = set()
    for score, number, pk in sorted(pairs, key=lambda pair: (-pair[0], pair[1])):
        if number not in taken and pk in left:
            taken.add(number)
            take(number, pk, WORDS, score < SURE)
