"""Words on their way into a spreadsheet stay words."""

import csv
from io import StringIO

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cseplan.spreadsheet import csv_of, inert, is_live, plain


@pytest.mark.parametrize(
    "words", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "\u00a0=1", "＝1+1", "|calc", "%0A"]
)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(words):
    assert inert(words) == f"'{words}"


@pytest.mark.parametrize("words", ["", "Plain words", "2.1", "Due on 1 May = late", "’tis", "1-2"])
def test_other_words_stay_as_they_are(words):
    assert inert(words) == words


def test_a_table_reads_back_as_it_was_written():
    table = csv_of(("What", "Who"), [("One, two\nthree “four”", 'He said "no"'), ("=5", "")])
    assert table.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(StringIO(table.decode("utf-8-sig"), newline=""))) == [
        ["What", "Who"],
        ["One, two\nthree “four”", 'He said "no"'],
        ["'=5", ""],
    ]


@given(st.text() | st.text(alphabet="'=+-@ \t\n\u00a0ab"))
@example("'=1")
@example("''=1")
@example("' =1")
@example(" '=1")
@example("'")
def test_every_text_comes_back_as_it_was(words):
    assert plain(inert(words)) == words
    assert not is_live(inert(words))


@given(st.text(alphabet="'=- a"), st.text(alphabet="'=- a"))
def test_no_two_texts_become_the_same(one, other):
    assert (inert(one) == inert(other)) is (one == other)


@pytest.mark.parametrize("words", ["’tis", "'tis so", "'", "", "it's =1"])
def test_an_apostrophe_of_somebodys_own_stays(words):
    assert inert(words) == plain(words) == words


def test_a_heading_is_no_formula_either():
    assert csv_of(["=1+1"], []).decode("utf-8-sig") == "'=1+1\r\n"
