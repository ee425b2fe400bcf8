"""Words on their way into a spreadsheet stay words."""

import csv
from io import StringIO

import pytest

from cseplan.spreadsheet import csv_of, inert


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
