"""What changed between two wordings, word by word: pure Python, no Django.

Putting the pieces that are the same and those that are gone together gives the words before; those that are the same
and those that are new, the words after. A sentence of which little is left reads as replaced, not as patchwork.
"""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

_TOKENS = re.compile(r"\s+|\w+(?:[’'\-.]\w+)*|[^\w\s]")

KEPT_AT_LEAST = 1 / 3
"""Less of the longer wording than this in common, and all of it is told as replaced."""

LONGEST = 1_500
"""Words and signs in which differences are looked for; what is longer is told as replaced between its ends."""


class Piece(NamedTuple):
    """Some words that are the same, gone or new."""

    kind: Literal["same", "gone", "new"]
    text: str


class _Hunk(NamedTuple):
    """What stood and what stands there now; the same where both are."""

    before: list[str]
    after: list[str]

    @property
    def is_same(self) -> bool:
        return self.before == self.after

    @property
    def size(self) -> int:
        return max(_words(self.before), _words(self.after))


def changed_words(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces of two wordings in order, what is gone before what is new in its place."""
    hunks = _whole(list(_joined(_hunks(_TOKENS.findall(before), _TOKENS.findall(after)))))
    return tuple(piece for hunk in hunks for piece in _pieces(hunk) if piece.text)


def before_of(pieces: tuple[Piece, ...]) -> str:
    """The words before: without what is new."""
    return "".join(piece.text for piece in pieces if piece.kind != "new")


def after_of(pieces: tuple[Piece, ...]) -> str:
    """The words after: without what is gone."""
    return "".join(piece.text for piece in pieces if piece.kind != "gone")


def in_brackets(pieces: tuple[Piece, ...]) -> str:
    """The pieces as one line of plain text: “by [removed: June] [added: September]”."""
    words = {"same": "{}", "gone": "[removed: {}]", "new": "[added: {}]"}
    return "".join(words[piece.kind].format(piece.text) for piece in pieces)


def _hunks(before: list[str], after: list[str]) -> Iterator[_Hunk]:
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    yield _Hunk(before[:start], after[:start])
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    if max(len(old), len(new)) > LONGEST:
        yield _Hunk(old, new)
    else:
        for _, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            yield _Hunk(old[i:j], new[k:m])
    yield _Hunk(before[len(before) - end :], after[len(after) - end :])


def _common(one: list[str], other: list[str]) -> int:
    """How many tokens both begin with."""
    number = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        number += 1
    return number


def _joined(hunks: Iterator[_Hunk]) -> Iterator[_Hunk]:
    """Hunks, with a few words that happen to stand between two longer changes taken for a part of them."""
    done: list[_Hunk] = []
    for hunk in hunks:
        if not (hunk.before or hunk.after):
            continue
        if done and hunk.is_same == done[-1].is_same:
            hunk = _together(done.pop(), hunk)
        while not hunk.is_same and len(done) > 1 and done[-1].size < min(hunk.size, done[-2].size):
            between, earlier = done.pop(), done.pop()
            hunk = _together(earlier, between, hunk)
        done.append(hunk)
    yield from done


def _together(*hunks: _Hunk) -> _Hunk:
    return _Hunk([t for hunk in hunks for t in hunk.before], [t for hunk in hunks for t in hunk.after])


def _whole(hunks: list[_Hunk]) -> list[_Hunk]:
    """One hunk of all of it where little stayed the same."""
    stayed = sum(hunk.size for hunk in hunks if hunk.is_same)
    longer = max(sum(_words(hunk.before) for hunk in hunks), sum(_words(hunk.after) for hunk in hunks))
    return [_together(*hunks)] if longer and stayed < KEPT_AT_LEAST * longer else hunks


def _words(tokens: list[str]) -> int:
    return sum(token[0].isalnum() for token in tokens)


def _pieces(hunk: _Hunk) -> Iterator[Piece]:
    if hunk.is_same:
        yield Piece("same", "".join(hunk.before))
    else:
        yield Piece("gone", "".join(hunk.before))
        yield Piece("new", "".join(hunk.after))
