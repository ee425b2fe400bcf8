"""OpenDocument spreadsheets, as LibreOffice and others save them."""

from datetime import date

import pytest

from actions.importing.readers import ods
from actions.importing.tables import ACROSS, DOWN, Cell, File, Row
from actions.importing.unreadable import Unreadable
from tests.importing import files
from tests.importing.drawn import Document, Drawn, Sheet

SPACES = (
    " ".join(
        f'xmlns:{key}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for key, name in (
            ("office", "office"),
            ("table", "table"),
            ("text", "text"),
            ("style", "style"),
            ("draw", "drawing"),
        )
    )
    + ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"'
)


def made(inside: str, styles: str = "", common: str = "") -> bytes:
    """A spreadsheet of these tables."""
    automatic = f"<office:automatic-styles>{styles}</office:automatic-styles>"
    return files.packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": f"<office:document-content {SPACES}>{automatic}"
            f"<office:body><office:spreadsheet>{inside}</office:spreadsheet></office:body></office:document-content>",
            "styles.xml": f"<office:document-styles {SPACES}><office:styles>{common}</office:styles>"
            "</office:document-styles>",
        }
    )


def table(*rows: str, about: str = 'table:name="Plan"', columns: str = "") -> str:
    return f"<table:table {about}>{columns}{''.join(rows)}</table:table>"


def row(*cells: str, about: str = "") -> str:
    inside = "".join(cell if cell.startswith("<table:") else c(cell) for cell in cells)
    return f"<table:table-row {about}>{inside}</table:table-row>"


def c(text: str = "", about: str = "") -> str:
    """A cell, of one paragraph if `text` is not one already."""
    inside = text if text.startswith("<") or not text else f"<text:p>{text}</text:p>"
    return f"<table:table-cell {about}>{inside}</table:table-cell>"


def read(*rows: str, **more: str) -> File:
    return ods.read(made(table(*rows), **more))


def words(*rows: str, **more: str) -> list[list[str]]:
    return [[cell.text for cell in found.cells] for found in read(*rows, **more).tables[0].rows]


def style(name: str, inside: str, more: str = "") -> str:
    return f'<style:style style:name="{name}" style:family="table-cell" {more}>{inside}</style:style>'


def test_a_plan_comes_back_as_it_was_drawn():
    drawn = files.one_sheet(
        ["No.", "Action", "Lead"],
        [Drawn("PREVENT", bold=True, colour="D9E2F3", across=3), None, None],
        [Drawn("1", down=2), "• Train\n• Tell", "Police & “Health”"],
        [None, files.a_day(2018, 4, 1, "mmm-yy"), Drawn("Ämber", colour="FFC000")],
    )
    section = {"bold": True, "colour": "D9E2F3"}
    found = ods.read(files.ods(drawn))
    assert (found.kind, found.tables[0].name, found.notes) == ("ods", "Plan", ())
    assert found.tables[0].rows == (
        Row(1, (Cell("No."), Cell("Action"), Cell("Lead"))),
        Row(2, (Cell("PREVENT", **section), *[Cell("PREVENT", **section, merged=ACROSS)] * 2)),
        Row(3, (Cell("1"), Cell("• Train\n• Tell"), Cell("Police & “Health”"))),
        Row(4, (Cell("1", merged=DOWN), Cell("Apr-18", day=date(2018, 4, 1)), Cell("Ämber", colour="FFC000"))),
    )


def test_sheets_come_in_order_and_empty_ones_do_not():
    drawn = Document([Sheet([["a"]], "Second"), Sheet([[None]], "Empty"), Sheet([["b"]], "First")])
    assert [found.name for found in ods.read(files.ods(drawn)).tables] == ["Second", "First"]


def test_repeated_cells_and_rows_are_written_out():
    two, three = 'table:number-columns-repeated="2"', 'table:number-rows-repeated="3"'
    assert words(row("a", c("x", two), c("", two), "b"), row("r", about=three), row("end")) == [
        ["a", "x", "x", "", "", "b"], ["r"], ["r"], ["r"], ["end"],
    ]  # fmt: skip


def test_a_sheet_that_goes_on_empty_to_its_last_cell_costs_nothing():
    wide = c("", 'table:number-columns-repeated="16000"')
    assert words(row("a", wide), row(wide, about='table:number-rows-repeated="1048000"'), row("b")) == [["a"], ["b"]]


def test_words_repeated_beyond_all_plans_are_refused():
    with pytest.raises(Unreadable, match=r"The sheet “Plan” has more than 10,000 rows"):
        read(row("a", about='table:number-rows-repeated="1000000000"'))
    with pytest.raises(Unreadable, match="in column 201 of the sheet “Plan”"):
        read(row(c("a", 'table:number-columns-repeated="1000000000"')))


def test_what_a_cell_prints_is_taken_and_its_day_beside():
    day = 'office:value-type="date" office:date-value="2016-03-31"'
    moment = 'office:value-type="date" office:date-value="2016-03-31T14:00:00"'
    found = read(row(c("March 2016", day), c("31/03/16 14:00", moment), c("75%", 'office:value-type="percentage"')))
    assert found.tables[0].rows[0].cells == (
        Cell("March 2016", day=date(2016, 3, 31)),
        Cell("31/03/16 14:00", day=date(2016, 3, 31)),
        Cell("75%"),
    )


def test_a_cell_without_printed_words_is_printed():
    about = 'office:value-type="{}" office:{}="{}"'
    found = words(
        row(
            c("", about.format("date", "date-value", "2016-03-31")),
            c("", about.format("float", "value", "2.50")),
            c("", about.format("percentage", "value", "0.255")),
            c("", about.format("boolean", "boolean-value", "true")),
            c("", about.format("string", "string-value", "words")),
            c("", about.format("date", "date-value", "nonsense")),
        )
    )
    assert found == [["31/03/2016", "2.5", "25.5%", "TRUE", "words"]]


def test_spaces_tabs_and_line_breaks_are_read_as_they_are_seen():
    inside = '<text:p>a<text:s/>b<text:s text:c="3"/>c<text:tab/>d<text:line-break/>e</text:p><text:p>f   \n g</text:p>'
    assert words(row(c(inside))) == [["a b   c\td\ne\nf g"]]


def test_links_are_read_and_comments_are_not():
    inside = (
        '<office:annotation><text:p>ask</text:p></office:annotation><text:p>see <text:a xlink:href="https://example.org/">'
        "our site</text:a> <text:span>now</text:span></text:p>"
    )
    assert words(row(c(inside))) == [["see our site now"]]


def test_bold_and_colour_come_from_the_cell_its_style_or_its_column():
    bold = '<style:text-properties fo:font-weight="bold"/>'
    red = '<style:table-cell-properties fo:background-color="#ff0000"/>'
    styles = (
        style("loud", bold) + style("red", red, 'style:parent-style-name="loud"') + style("plain", "")
        + style("clear", '<style:table-cell-properties fo:background-color="transparent"/>',
                'style:parent-style-name="red"')
        + style("T1", bold)
    )  # fmt: skip
    strong = '<text:span text:style-name="T1">b</text:span>'
    found = ods.read(
        made(
            table(
                row(
                    c("a", 'table:style-name="loud"'), c("b", 'table:style-name="red"'),
                    c("c", 'table:style-name="clear"'), c("d", 'table:style-name="plain"'), "e",
                    c(f"<text:p>{strong}</text:p>"), c(f"<text:p>{strong} c</text:p>"), c("", 'table:style-name="red"'),
                ),
                columns='<table:table-column table:number-columns-repeated="4"/>'
                '<table:table-column table:default-cell-style-name="red"/><table:table-column/>',
            ),
            styles,
        )
    )  # fmt: skip
    assert found.tables[0].rows[0].cells == (
        Cell("a", bold=True), Cell("b", bold=True, colour="FF0000"), Cell("c", bold=True), Cell("d"),
        Cell("e", bold=True, colour="FF0000"), Cell("b", bold=True), Cell("b c"), Cell(colour="FF0000"),
    )  # fmt: skip


def test_styles_that_all_share_count_too_and_a_ring_of_parents_ends():
    ring = style("a", "", 'style:parent-style-name="b"') + style("b", "", 'style:parent-style-name="a"')
    common = style("Heading", '<style:text-properties fo:font-weight="700"/>')
    found = read(row(c("x", 'table:style-name="Heading"'), c("y", 'table:style-name="a"')), styles=ring, common=common)
    assert [cell.bold for cell in found.tables[0].rows[0].cells] == [True, False]


def test_merged_cells_are_filled_and_covered_ones_pass():
    both = 'table:number-columns-spanned="2" table:number-rows-spanned="2"'
    covered = "<table:covered-table-cell/>"
    found = read(row(c("x", both), covered, "b"), row(covered, covered, "d"))
    assert [found.cells for found in found.tables[0].rows] == [
        (Cell("x"), Cell("x", merged=ACROSS), Cell("b")),
        (Cell("x", merged=DOWN), Cell("x", merged=ACROSS), Cell("d")),
    ]


def test_a_merge_of_a_thousand_million_rows_ends_with_the_plan():
    tall = 'table:number-columns-spanned="1" table:number-rows-spanned="1000000000"'
    assert words(row(c("x", tall), "a"), row("<table:covered-table-cell/>", "b")) == [["x", "a"], ["x", "b"]]


def test_rows_in_groups_and_headers_are_rows():
    inside = (
        f"<table:table-header-rows>{row('No.')}</table:table-header-rows>"
        f"<table:table-row-group>{row('1')}<table:table-row-group>{row('2')}</table:table-row-group>"
        "</table:table-row-group>"
    )
    assert words(inside) == [["No."], ["1"], ["2"]]


def test_what_is_hidden_is_read_and_told():
    styles = style("ta2", '<style:table-properties table:display="false"/>')
    columns = '<table:table-column/><table:table-column table:visibility="collapse" table:number-columns-repeated="9"/>'
    found = ods.read(
        made(
            table(row("a", "b"), row("c", about='table:visibility="filter"'), row("d"), columns=columns)
            + table(row("x"), about='table:name="Old" table:style-name="ta2"'),
            styles,
        )
    )
    assert [found.hidden for found in found.tables[0].rows] == [False, True, False]
    assert found.notes == (
        "Column B of the sheet “Plan” is hidden; read all the same.",
        "Row 2 of the sheet “Plan” is hidden; read all the same.",
        "The sheet “Old” is hidden; read all the same.",
    )


def test_a_sheet_that_draws_on_another_file_is_refused():
    source = '<table:table-source xlink:href="file:///other.ods"/>'
    with pytest.raises(Unreadable, match="draws on another file"):
        read(source, row("a"))


def test_a_table_within_a_cell_does_not_end_the_sheet():
    inner = table(row("inner"), about='table:name="x"')
    assert words(row("a", c(f"<text:p>b</text:p>{inner}")), row("c")) == [["a", "b"], ["c"]]


@pytest.mark.parametrize("times", ["nonsense", "1.5", "9" * 5_000])
def test_a_number_that_is_none_is_a_damaged_file(times):
    with pytest.raises(Unreadable, match="damaged"):
        read(row(c("a", f'table:number-columns-repeated="{times}"')))
