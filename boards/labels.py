"""The words that a board may replace by its own, and which of them hold on a page.

A page is about one board and speaks in its words: `frame` gives them as `labels`. Pages about no board, or about
several, speak in the product's. A plan's own column headings win over both. The audit trail keeps the product's words:
what was recorded must read the same after a board has renamed something.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields

from django.core.exceptions import ValidationError
from django.utils.text import capfirst

LONGEST = 40
"""Characters of a word: it has to fit the heading of a narrow column."""

_REDACTED = "[redacted"
"""How the mark of a redaction begins (boards.redaction)."""

_ORDINARY = re.compile(r"[^\W\d_][a-z]*(-[^\W\d_][a-z]*)*")


@dataclass(frozen=True)
class Label:
    """One word, as it stands in the middle of a sentence, for one thing and for several."""

    one: str
    many: str

    @property
    def One(self) -> str:
        """For one thing, at the start of a sentence or as a heading."""
        return capfirst(self.one)

    @property
    def Many(self) -> str:
        """For several things, at the start of a sentence or as a heading."""
        return capfirst(self.many)


@dataclass(frozen=True)
class Labels:
    """Every word that may be replaced, by its code; as they stand here they are the product's own."""

    agency: Label = Label("agency", "agencies")
    sub_group: Label = Label("sub-group", "sub-groups")
    owner: Label = Label("owner", "owners")
    priority: Label = Label("strategic priority", "strategic priorities")
    section: Label = Label("section", "sections")
    objective: Label = Label("objective", "objectives")
    recommendation: Label = Label("recommendation", "recommendations")

    def items(self) -> list[tuple[str, Label]]:
        return [(field.name, getattr(self, field.name)) for field in fields(self)]

    def own(self) -> list[tuple[Label, Label]]:
        """Where a board has a word of its own: the product's word, and what it says instead."""
        return [
            (usual, told) for (_, usual), (_, told) in zip(USUAL.items(), self.items(), strict=True) if usual != told
        ]


USUAL = Labels()
"""The product's own words."""


def labels_of(board) -> Labels:
    """The words in force on a board, without a query; without a board the product's own.

    Where a redaction has left its mark in a word, the product's own stands in its place.
    """
    kept = board.labels if board else {}
    told = {code: Label(*kept[code]) for code, _ in USUAL.items() if code in kept}
    return Labels(**{code: label for code, label in told.items() if _REDACTED not in label.one + label.many})


def owner_kinds(labels: Labels, kinds) -> dict[str, str]:
    """{kind: its word} of owners on a page; `kinds` is Owner.Kind."""
    words = {"seat": labels.agency.One, "sub_group": labels.sub_group.One, "group": f"Group of {labels.owner.many}"}
    return {kind: words.get(kind, word) for kind, word in kinds.choices}


def within_a_sentence(words: str) -> str:
    """“Key Priority” as “key priority”: a heading's capitals go, those of “CSE lead” stay."""
    return " ".join(word.lower() if _ORDINARY.fullmatch(word) and len(word) > 1 else word for word in words.split(" "))


def checked(given: Mapping[str, tuple[str, str]]) -> dict[str, list[str]]:
    """What a board keeps of the words given by code, each (for one thing, for several); empty for the product's own.

    Raises:
        ValidationError: by the name of the box (“owner_one”): a half of a pair is missing, a word is too long or no
            word, or two codes have the same word.
    """
    kept: dict[str, list[str]] = {}
    wrong: dict[str, list[str]] = {}
    for code, usual in USUAL.items():
        pair = [words.strip() for words in given.get(code, ("", ""))]
        for box, words, word in zip(("one", "many"), pair, (usual.one, usual.many), strict=True):
            if told := _what_is_wrong(words, word, any(pair)):
                wrong[f"{code}_{box}"] = [told]
        pair = [within_a_sentence(words) for words in pair]
        if any(pair) and pair != [usual.one, usual.many]:
            kept[code] = pair
    if not wrong:
        wrong = _said_twice(kept)
    if wrong:
        raise ValidationError(wrong)
    return kept


def _what_is_wrong(words: str, usual: str, needed: bool) -> str:
    if not words:
        return f"Enter a word in place of “{usual}”, or leave both boxes of it empty." if needed else ""
    if len(words) > LONGEST:
        return f"The word in place of “{usual}” must be {LONGEST} characters or fewer. It is {len(words):,}."
    if not words.isprintable():
        return f"The word in place of “{usual}” must be on one line."
    if not any(letter.isalpha() for letter in words):
        return f"The word in place of “{usual}” must have letters in it."
    return ""


def _said_twice(kept: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """A word means one thing on a board, counting the product's words that it leaves as they are."""
    wrong: dict[str, list[str]] = {}
    in_force = [(code, kept.get(code, [usual.one, usual.many])) for code, usual in USUAL.items()]
    for code, words in in_force:
        others = [(other, word.casefold()) for other, theirs in in_force if other != code for word in theirs]
        for box, word in zip(("one", "many"), words, strict=True):
            twin = next((getattr(USUAL, other) for other, theirs in others if theirs == word.casefold()), None)
            if twin and code in kept:
                wrong[f"{code}_{box}"] = [f"“{word}” is what this board says for “{twin.one}”. Choose another word."]
    return wrong
