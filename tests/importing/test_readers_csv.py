"""CSV files of every habit: encodings, separators, quotes, line ends."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.importing.readers import csv
from actions.importing.tables import Cell, Row
from actions.importing.unreadable import Unreadable
from cseplan.text import clean_text
from tests.importing import files

PLAN = files.one_sheet(
    ["No.", "Action; what", "Lead", "By when"],
    ["1", "Train “all”, tell all\nand ask all", "Police", "April 2018"],
    ["2", 'Ask "why"; then act', "Children’s Services – café", "July, 2018"],
)
WORDS = PLAN.sheets[0].rows


def words(data: bytes) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in csv.read(data).tables[0].rows]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_the_separator_and_the_encoding_are_found(separator, encoding):
    found = csv.read(files.csv(PLAN, separator, encoding))
    assert [[cell.text for cell in row.cells] for row in found.tables[0].rows] == WORDS
    name = {"utf-8-sig": "UTF-8", "cp1252": "Windows-1252"}.get(encoding, encoding.upper()[:6].rstrip("-"))
    between = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "upright strokes"}[separator]
    assert found.notes == (f"Read as {name}, with {between} between the columns.",)


def test_a_row_counts_once_however_many_lines_it_has():
    assert [row.number for row in csv.read(files.csv(PLAN)).tables[0].rows] == [1, 2, 3]


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_every_line_end_ends_a_row(end):
    assert words(end.join([b"a,b", b"c,d", b""])) == [["a", "b"], ["c", "d"]]


def test_a_first_line_for_excel_is_no_row():
    assert words(b"sep=;\r\na,b;c\r\n") == [["a,b", "c"]]
    assert words(b'"sep=|"\na|b\n') == [["a", "b"]]
    assert words(b"\xef\xbb\xbfsep=\t\na\tb\n") == [["a", "b"]]
    assert words(b"sep=x\na,b\n") == [["sep=x"], ["a", "b"]]


def test_titles_above_and_prose_within_do_not_mislead():
    text = (
        "Sandwell plan, 2017-19, version 22\n\nNo.;Action;Lead;By\n"
        "1;Train, tell, ask, and act;Police, Health;April\n2;Plan, do, check;Education;May\n"
    )
    assert words(text.encode()) == [
        ["Sandwell plan, 2017-19, version 22"], [], ["No.", "Action", "Lead", "By"],
        ["1", "Train, tell, ask, and act", "Police, Health", "April"], ["2", "Plan, do, check", "Education", "May"],
    ]  # fmt: skip


def test_a_list_of_lines_is_one_column():
    found = csv.read(b"Action\nTrain all staff\n")
    assert [[cell.text for cell in row.cells] for row in found.tables[0].rows] == [["Action"], ["Train all staff"]]
    assert found.notes == ("Read as UTF-8, as one column.",)


def test_bytes_that_no_character_has_are_told_and_nothing_fails():
    found = csv.read(b"Caf\xe9,b\x81d\n")
    assert found.tables[0].rows == (Row(1, (Cell("Café"), Cell("b�d"))),)
    assert found.notes[1:] == ("1 character of the file could not be read and stands as �.",)


def test_one_slip_does_not_spoil_the_signs_around_it():
    data = "Children’s “needs” – café,b\n".encode() * 3 + b"\xff,c\n"
    found = csv.read(data)
    assert found.tables[0].rows[0].cells[0].text == "Children’s “needs” – café"
    assert found.notes == (
        "Read as UTF-8, with commas between the columns.",
        "1 character of the file could not be read and stands as �.",
    )


@pytest.mark.parametrize("data", [b"\xff\xfea\0,\0b", b"\xff\xfe\x00\xd8,\0b\0", b"\xef\xbb\xbfa,\xff\xfe,c"])
def test_what_begins_with_a_mark_and_goes_on_otherwise_is_read_all_the_same(data):
    assert csv.read(data).tables


def test_noughts_and_invisible_characters_go():
    assert words("a\0b,\u200bc\u202e\n".encode()) == [["ab", "c"]]


def test_a_sign_amid_words_parts_no_columns_where_another_parts_every_row():
    assert words(b"No.,Action,Lead\na;b;c;d,e,f\n") == [["No.", "Action", "Lead"], ["a;b;c;d", "e", "f"]]
    assert words(b"a;b;c;d;e,cseplan key\n1;2;3;4;5,7\n") == [["a;b;c;d;e", "cseplan key"], ["1;2;3;4;5", "7"]]


def test_an_open_quote_takes_the_rest_and_nothing_is_lost():
    assert words(b'a,"b\nc,d\n') == [["a", "b\nc,d"]]


def test_quotes_in_the_middle_stay():
    assert words(b'a,5" pipe,b\n') == [["a", '5" pipe', "b"]]


def test_empty_rows_between_are_kept_and_edges_are_cut():
    assert words(b"\n\na,,\n,,\n,b,\n,,,\n\n") == [[], [], ["a"], [], ["", "b"]]


def test_nothing_written_is_no_table():
    assert csv.read(b",,,\n,,,\n").tables == ()


def test_too_many_rows_columns_or_characters_are_refused():
    assert len(words(b"a,b\n" * 10_000)) == 10_000
    with pytest.raises(Unreadable, match=r"The file has more than 10,000 rows"):
        csv.read(b"a,b\n" * 10_001)
    with pytest.raises(Unreadable, match="in column 201 of the file"):
        csv.read(b"a," * 200 + b"a\n")
    with pytest.raises(Unreadable, match="more than 32,767 characters"):
        csv.read(b"a," + b"b" * 32_768)


@given(st.binary(max_size=300))
def test_whatever_the_bytes_are_there_is_an_answer(data):
    with suppress(Unreadable):
        csv.read(data)


@given(st.lists(st.lists(st.text(max_size=20), min_size=2, max_size=4), min_size=1, max_size=6))
def test_any_text_comes_back(rows):
    drawn = files.one_sheet(["No.", "Action", "Lead"], *[[*cells, "end"] for cells in rows])
    expected = [[clean_text(cell) for cell in (*cells, "end")] for cells in rows]
    assert words(files.csv(drawn)) == [["No.", "Action", "Lead"], *expected]
