"""How numbers and days are printed by their formats, as Excel prints them on a British computer."""

from datetime import date

import pytest

from actions.importing.readers.formats import day_of, format_of


@pytest.mark.parametrize(
    ("number", "code", "printed"),
    [
        ("2.1", "0.00", "2.10"),
        ("2.1000000000000001", "General", "2.1"),
        ("1", "General", "1"),
        ("1.0", "General", "1"),
        ("1", "0.0", "1.0"),
        ("0.1", "General", "0.1"),
        ("12345678901", "General", "12345678901"),
        ("0.00001", "General", "0.00001"),
        ("1e20", "General", "1E+20"),
        ("0.25", "0%", "25%"),
        ("0.255", "0.0%", "25.5%"),
        ("0.125", "0%", "13%"),
        ("1234567.5", "#,##0.00", "1,234,567.50"),
        ("999", "#,##0", "999"),
        ("1000", "#,##0", "1,000"),
        ("12", "000", "012"),
        ("12", "00000", "00012"),
        ("3", '"Q"0', "Q3"),
        ("3", '0" actions"', "3 actions"),
        ("3", "\\A0", "A3"),
        ("-3", "#,##0;[Red]-#,##0", "-3"),
        ("-3", "0", "-3"),
        ("-3.5", "#,##0.00_);(#,##0.00)", "(3.50)"),
        ("0", '0;-0;"none"', "none"),
        ("-0.001", "0.0", "0.0"),
        ("1234", "[$£-809]#,##0", "£1,234"),
        ("0.5", "# ?/?", "0.5"),
        ("123456", "00-00-00", "12-34-56"),
        ("1500000", '0.0,,"m"', "1.5m"),
        ("1.5", "#.##", "1.5"),
        ("2.5", "0", "3"),
        ("7", "@", "7"),
        ("words", "0.00", "words"),
        ("1e400", "0.00", "1e400"),
        ("nan", "0.00", "nan"),
        ("1", "0.00E+00", "1"),
        ("5", '"unfinished', "unfinished"),
        ("5", "", "5"),
    ],
)
def test_a_number_is_printed_by_its_format(number, code, printed):
    assert format_of(code).show(number) == printed


@pytest.mark.parametrize(
    ("code", "printed", "is_date"),
    [
        ("dd/mm/yyyy", "31/03/2016", True),
        ("mmm-yy", "Mar-16", True),
        ("MMM-YY", "Mar-16", True),
        ("mmmm yyyy", "March 2016", True),
        ("[$-809]dd mmmm yyyy;@", "31 March 2016", True),
        ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "Thursday, March 31, 2016", True),
        ("ddd d mmm", "Thu 31 Mar", True),
        ("mmmmm", "M", True),
        ("m/d/yy", "3/31/16", True),
        ("yyyy\\-mm\\-dd", "2016-03-31", True),
        ("dd/mm/yyyy hh:mm", "31/03/2016 18:05", True),
        ("h:mm AM/PM", "6:05 PM", False),
        ("hh:mm:ss", "18:05:00", False),
        ("mm:ss", "05:00", False),
        ("[h]:mm", "1019058:05", False),
    ],
)
def test_a_day_is_printed_by_its_format(code, printed, is_date):
    found = format_of(code)
    assert found.show("42460.753472222") == printed
    assert found.is_date is is_date


@pytest.mark.parametrize(
    ("number", "day"),
    [
        ("42460", date(2016, 3, 31)),
        ("42460.99", date(2016, 3, 31)),
        ("1", date(1900, 1, 1)),
        ("59", date(1900, 2, 28)),
        ("61", date(1900, 3, 1)),
        ("2958465", date(9999, 12, 31)),
        ("2958466", None),
        ("0.5", None),
        ("-1", None),
        ("x", None),
        ("1e999", None),
        ("nan", None),
    ],
)
def test_the_day_behind_a_number(number, day):
    assert day_of(number) == day


def test_a_number_that_is_no_day_is_printed_as_a_number():
    assert format_of("dd/mm/yyyy").show("99999999") == "99999999"
