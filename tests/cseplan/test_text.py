"""Words on their way in: what nobody can see goes, everything else stays."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cseplan.text import clean_line, clean_text

STAYS = [
    "Åse & Zoë’s café – “naïve” £5",
    "👩‍👧 family, 🏴󠁧󠁢󠁥󠁮󠁧󠁿 flag, ☺️",
    "עברית العربية עם English",
    "tab\tand\nnew line\n\nand a blank one",
    "<script>alert(1)</script> {{ 7*7 }} =1+1",
]


@pytest.mark.parametrize("words", STAYS)
def test_words_stay_as_they_are(words):
    assert clean_text(words) == words


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\x00b\x07c\x1bd\x7fe\x9ff", "abcdef"),
        ("one\r\ntwo\rthree\u2028four\u2029five\x85six\x0bseven", "one\ntwo\nthree\nfour\nfive\nsix\nseven"),
        ("pay \u202egnp.exe\u202c now", "pay gnp.exe now"),
        ("\u2066isolated\u2069", "isolated"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("half \ud83d a character \uffff", "half  a character"),
        ("  \n around \t\n", "around"),
        ("cafe\u0301", "café"),
        ("", ""),
    ],
)
def test_what_nobody_can_see_goes(typed, kept):
    assert clean_text(typed) == kept


def test_a_line_is_one_line():
    assert clean_line("  Train\n every\u00a0\u00a0 driver\t ") == "Train every driver"


@given(st.text(alphabet=st.characters(codec=None)))
def test_cleaning_twice_is_cleaning_once(words):
    once = clean_text(words)
    assert clean_text(once) == once
    assert clean_line(once) == clean_line(words)


@given(st.text(alphabet=st.characters(codec=None)))
def test_what_is_left_can_be_written_anywhere(words):
    left = clean_text(words)
    left.encode("utf-8")
    assert not [char for char in left if unicodedata.category(char) in {"Cc", "Cs"} and char not in "\t\n"]
