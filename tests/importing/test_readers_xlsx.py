"""Excel workbooks, as Excel and others save them."""

import time
from datetime import date, datetime
from datetime import time as clock
from io import BytesIO

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.styles.colors import Color
from openpyxl.worksheet.datavalidation import DataValidation

from actions.importing.readers import xlsx
from actions.importing.tables import ACROSS, DOWN, Cell, File, Row
from actions.importing.unreadable import Unreadable
from tests.importing import files
from tests.importing.drawn import Document, Drawn, Sheet

SHEET, STRINGS, BOOK = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"


def saved(book) -> bytes:
    out = BytesIO()
    book.save(out)
    return files.as_excel_saves(out.getvalue())


def book(**cells):
    """A workbook of one sheet "Plan" with these values."""
    made = openpyxl.Workbook()
    made.active.title = "Plan"
    for place, value in cells.items():
        made.active[place] = value
    return made


def read(made) -> File:
    return xlsx.read(made if isinstance(made, bytes) else saved(made))


def words(file: File, table: int = 0) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in file.tables[table].rows]


def test_a_plan_comes_back_as_it_was_drawn():
    drawn = files.one_sheet(
        ["No.", "Action", "Lead"],
        [Drawn("PREVENT", bold=True, colour="D9E2F3", across=3), None, None],
        [Drawn("1", down=2), "• Train\n• Tell", "Police & “Health”"],
        [None, files.a_day(2018, 4, 1, "mmm-yy"), Drawn("Ämber", colour="FFC000")],
    )
    section = {"bold": True, "colour": "D9E2F3"}
    assert xlsx.read(files.xlsx(drawn)).tables[0].rows == (
        Row(1, (Cell("No."), Cell("Action"), Cell("Lead"))),
        Row(2, (Cell("PREVENT", **section), *[Cell("PREVENT", **section, merged=ACROSS)] * 2)),
        Row(3, (Cell("1"), Cell("• Train\n• Tell"), Cell("Police & “Health”"))),
        Row(4, (Cell("1", merged=DOWN), Cell("Apr-18", day=date(2018, 4, 1)), Cell("Ämber", colour="FFC000"))),
    )


def test_numbers_are_printed_as_they_are_shown():
    made = book(A1=2.1, B1=2.1, C1=1.0, D1=0.5, E1=0.75, F1=True, G1=12345.678, H1=7)
    made.active["A1"].number_format = "0.00"
    made.active["E1"].number_format = "0%"
    made.active["G1"].number_format = "#,##0.0"
    made.active["H1"].number_format = "000"
    assert words(read(made)) == [["2.10", "2.1", "1", "0.5", "75%", "TRUE", "12,345.7", "007"]]


def test_a_number_kept_as_text_stays_as_it_was_typed():
    assert words(read(book(A1="2.10", B1="0012", C1="1e5", D1="=1+1"[1:]))) == [["2.10", "0012", "1e5", "1+1"]]


def test_days_are_printed_by_their_format_with_the_day_beside():
    made = book(A1=date(2016, 3, 31), B1=date(2016, 3, 1), C1=datetime(2016, 3, 31, 14, 30), D1=clock(14, 30), E1=42460)
    for place, shown in {"A1": "dd/mm/yyyy", "B1": "mmmm yyyy", "C1": "d mmm yyyy hh:mm", "D1": "hh:mm"}.items():
        made.active[place].number_format = shown
    assert read(made).tables[0].rows[0].cells == (
        Cell("31/03/2016", day=date(2016, 3, 31)),
        Cell("March 2016", day=date(2016, 3, 1)),
        Cell("31 Mar 2016 14:30", day=date(2016, 3, 31)),
        Cell("14:30"),
        Cell("42460"),
    )


def test_the_short_date_of_the_computer_is_a_british_one():
    made = book(A1=date(2016, 3, 31))
    made.active["A1"].number_format = "mm-dd-yy"  # saved as number 14, which names no format but the computer's own
    assert words(read(made)) == [["31/03/2016"]]


def test_a_workbook_may_count_its_days_from_1904():
    made = book(A1=date(2016, 3, 31))
    made.active["A1"].number_format = "dd/mm/yyyy"
    made.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    assert read(made).tables[0].rows[0].cells == (Cell("31/03/2016", day=date(2016, 3, 31)),)


def test_a_day_may_be_written_as_a_day():
    data = files.altered(saved(book(A1=1)), (SHEET, '<c r="A1" t="n"><v>1</v>', '<c r="A1" t="d"><v>2016-03-31</v>'))
    assert xlsx.read(data).tables[0].rows[0].cells == (Cell("31/03/2016", day=date(2016, 3, 31)),)


def test_a_formula_shows_its_answer_and_one_without_is_told():
    answered = files.altered(saved(book(A1="=1+1", B1="x")), (SHEET, "<v></v>", "<v>2</v>"))
    assert words(xlsx.read(answered)) == [["2", "x"]]
    assert xlsx.read(answered).notes == ()
    file = read(book(A1="=1+1", B1="x", A2="=2+2"))
    assert words(file) == [["", "x"]]
    said = "Cell A1 and 1 more of the sheet “Plan” should show what a formula works out, but the file does not hold it"
    assert [note.partition(";")[0] for note in file.notes] == [said]


def test_an_error_reads_as_it_is_shown():
    data = files.altered(saved(book(A1=1)), (SHEET, '<c r="A1" t="n"><v>1</v>', '<c r="A1" t="e"><v>#REF!</v>'))
    assert words(xlsx.read(data)) == [["#REF!"]]


def test_words_in_pieces_are_one_text_and_bold_when_all_of_it_is():
    bold, plain = InlineFont(b=True), InlineFont(b=False)
    made = book(
        A1=CellRichText(TextBlock(bold, "Top "), TextBlock(bold, "priority")),
        B1=CellRichText(TextBlock(bold, "Top "), TextBlock(plain, "priority")),
        C1=CellRichText("plain ", TextBlock(bold, "bold")),
        D1="bold",
        E1=CellRichText(TextBlock(plain, "not bold in a bold cell")),
    )
    made.active["D1"].font = made.active["E1"].font = Font(bold=True)
    assert read(made).tables[0].rows[0].cells == (
        Cell("Top priority", bold=True),
        Cell("Top priority"),
        Cell("plain bold"),
        Cell("bold", bold=True),
        Cell("not bold in a bold cell"),
    )


def test_how_words_are_pronounced_is_no_part_of_them():
    spoken = "<t>課</t><rPh sb='0' eb='1'><t>か</t></rPh>"
    data = files.altered(saved(book(A1="x")), (STRINGS, "<t>x</t>", spoken))
    assert words(xlsx.read(data)) == [["課"]]


def test_words_may_stand_in_the_sheet_itself():
    data = files.altered(
        saved(book(A1="x")), (SHEET, '<c r="A1" t="s"><v>0</v>', '<c r="A1" t="inlineStr"><is><t>Here</t></is>')
    )
    assert words(xlsx.read(data)) == [["Here"]]


def test_codes_for_control_characters_are_read():
    assert words(read(book(A1="one_x000D_\ntwo", B1="a_x005F_x000D_b"))) == [["one\ntwo", "a_x000D_b"]]


def test_places_of_cells_may_be_left_out():
    data = saved(book(A1=1, B1=2, A2=3))
    for before in (' r="A1"', ' r="B1"', ' r="A2"', ' r="1"', ' r="2"'):
        data = files.altered(data, (SHEET, before, ""))
    assert words(xlsx.read(data)) == [["1", "2"], ["3"]]


@pytest.mark.parametrize(
    ("fill", "colour"),
    [
        (PatternFill("solid", fgColor="FF0000"), "FF0000"),
        (PatternFill("solid", fgColor="FFFFFF"), ""),
        (PatternFill("solid", fgColor=Color(indexed=10)), "FF0000"),
        (PatternFill("solid", fgColor=Color(theme=4)), "4F81BD"),
        (PatternFill("solid", fgColor=Color(theme=0)), ""),
        (PatternFill("solid", fgColor=Color(theme=0, tint=-0.25)), "BFBFBF"),
        (PatternFill("solid", fgColor=Color(theme=9, tint=0.8)), "FDE9D9"),
        (PatternFill("solid", fgColor=Color(theme=99)), ""),
        (PatternFill("gray125"), ""),
        (PatternFill(), ""),
    ],
)
def test_colours_of_the_theme_and_the_palette_are_worked_out(fill, colour):
    made = book(A1="Red", B1="x")
    made.active["A1"].fill = fill
    found = read(made).tables[0].rows[0].cells[0].colour
    differences = [abs(int(found[i : i + 2] or "0", 16) - int(colour[i : i + 2] or "0", 16)) for i in (0, 2, 4)]
    assert bool(found) == bool(colour)
    assert max(differences) <= 1, found


def test_a_colour_alone_is_kept_and_one_below_the_plan_is_not():
    made = book(A1="Action", A2="Train")
    for place in ("B2", "C9", "IZ2"):
        made.active[place].fill = PatternFill("solid", fgColor="00B050")
    assert read(made).tables[0].rows == (Row(1, (Cell("Action"),)), Row(2, (Cell("Train"), Cell(colour="00B050"))))


def test_merged_cells_are_filled_down_and_across():
    made = book(A1="both", D4="end")
    made.active.merge_cells("A1:B2")
    assert read(made).tables[0].rows[:2] == (
        Row(1, (Cell("both"), Cell("both", merged=ACROSS))),
        Row(2, (Cell("both", merged=DOWN), Cell("both", merged=ACROSS))),
    )


def test_a_title_merged_over_the_whole_sheet_ends_with_the_plan():
    made = book(A1="Our plan", A2="No.", B2="Action")
    data = files.altered(
        saved(made), (SHEET, "</sheetData>", '</sheetData><mergeCells><mergeCell ref="A1:XFD1"/></mergeCells>')
    )
    assert words(xlsx.read(data)) == [["Our plan", "Our plan"], ["No.", "Action"]]


def test_words_beneath_merged_cells_are_told_of():
    data = files.altered(
        saved(book(A1="seen", A2="unseen")),
        (SHEET, "</sheetData>", '</sheetData><mergeCells><mergeCell ref="A1:A2"/></mergeCells>'),
    )
    file = xlsx.read(data)
    assert words(file) == [["seen"], ["seen"]]
    assert file.notes == ("Words beneath merged cells of the sheet “Plan”, which nobody sees there, were left out.",)


def test_what_is_hidden_is_read_and_told():
    made = book(A1="No.", B1="Action", C1="Lead", A2="1", A3="2", A4="3", A6="4")
    for row in (2, 3, 6, 90):
        made.active.row_dimensions[row].hidden = True
    made.active.column_dimensions["B"].hidden = True
    made.active.column_dimensions["Z"].hidden = True
    made.create_sheet("Old")["A1"] = "x"
    made["Old"].sheet_state = "veryHidden"
    file = read(made)
    assert [row.number for row in file.tables[0].rows if row.hidden] == [2, 3, 6]
    assert file.notes == (
        "Column B of the sheet “Plan” is hidden; read all the same.",
        "Rows 2-3 and 6 of the sheet “Plan” are hidden; read all the same.",
        "The sheet “Old” is hidden; read all the same.",
    )


def test_sheets_come_in_order_and_empty_ones_do_not():
    drawn = Document([Sheet([["a"]], "Second, 2nd"), Sheet([[None]], "Empty"), Sheet([["b"]], "First")])
    assert [(table.name, table.above) for table in xlsx.read(files.xlsx(drawn)).tables] == [
        ("Second, 2nd", ()),
        ("First", ()),
    ]


def test_empty_rows_between_are_kept_and_those_after_are_not():
    made = book(B2="a", A5="b", C9=" ")
    assert words(read(made)) == [[], ["", "a"], [], [], ["b"]]
    assert [row.number for row in read(made).tables[0].rows] == [1, 2, 3, 4, 5]


def test_a_great_gap_is_passed_over_and_told():
    file = read(book(A1="a", A1048576="b"))
    assert [(row.number, row.cells[0].text) for row in file.tables[0].rows] == [(1, "a"), (1_048_576, "b")]
    assert file.notes == ("Rows 2 to 1,048,575 of the sheet “Plan” are empty: passed over.",)


def test_words_far_to_the_right_are_refused_by_name():
    with pytest.raises(Unreadable, match=r"in column 16,384 of the sheet “Plan”, and no more than 200 columns"):
        read(book(A1="a", XFD1048576="b"))
    assert len(read(book(GR1="last")).tables[0].rows[0].cells) == 200


def test_more_rows_than_any_plan_are_refused_by_name():
    made = openpyxl.Workbook()
    for number in range(10_000):
        made.active.append([f"row {number}"])
    assert len(read(made).tables[0].rows) == 10_000
    made.active.append(["one more"])
    with pytest.raises(Unreadable, match=r"The sheet “Sheet” has more than 10,000 rows"):
        read(made)


def test_a_cell_of_more_than_excel_holds_is_refused_by_place():
    assert len(read(book(A1="a" * 32_767)).tables[0].rows[0].cells[0].text) == 32_767
    data = files.altered(saved(book(A1="words")), (STRINGS, "words", "a" * 32_768))
    with pytest.raises(Unreadable, match=r"A cell in row 1 of the sheet “Plan” holds more than 32,767 characters"):
        xlsx.read(data)


def test_more_sheets_than_any_plan_are_refused():
    with pytest.raises(Unreadable, match="more than 50 tables"):
        xlsx.read(files.xlsx(Document([Sheet([["a"]], f"S{number}") for number in range(51)])))


def test_halves_of_characters_and_invisible_ones_go():
    data = files.altered(saved(book(A1="words")), (STRINGS, "words", "a\u200b_xD83D_b\u202ec"))
    assert words(xlsx.read(data)) == [["abc"]]


def test_comments_are_told_of():
    made = book(A1="x")
    made.active["A1"].comment = Comment("ask the Police", "coordinator")
    assert read(made).notes == ("Comments beside the cells are not read.",)


def test_filters_choices_widths_and_a_broken_style_are_no_hindrance():
    made = book(A1="No.", B1="RAG", A2="1", B2="Red")
    made.active.auto_filter.ref = "A1:B2"
    made.active.freeze_panes = "A2"
    choice = DataValidation(type="list", formula1='"Red,Amber,Green"')
    made.active.add_data_validation(choice)
    choice.add("B2:B9")
    made.active["A1"].alignment = Alignment(wrap_text=True)
    data = saved(made)
    for change in (
        ("xl/styles.xml", '<family val="2"/>', '<family val="99"/>'),
        (SHEET, 'type="list"', 'type="nonsense"'),
        ("docProps/core.xml", "</cp:coreProperties>", "<x>not a date</x></cp:coreProperties>"),
    ):
        data = files.altered(data, change)
    assert words(xlsx.read(data)) == [["No.", "RAG"], ["1", "Red"]]


def test_the_strict_kind_of_workbook_is_read_too():
    content = files.parts(saved(book(A1="No.", B1=2)))
    for name, part in content.items():
        content[name] = part.replace(
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        ).replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        )
    assert words(xlsx.read(files.packed(content))) == [["No.", "2"]]


def test_a_page_of_charts_is_no_table():
    made = book(A1="x")
    made.create_chartsheet("Chart")
    assert [table.name for table in read(made).tables] == ["Plan"]


def test_five_thousand_rows_take_no_longer_than_openpyxl_twice():
    made = openpyxl.Workbook()
    for number in range(5_000):
        made.active.append(
            [number, f"PREVENT {number}", f"Train all staff of agency {number} in what to look for", "• one\n• two",
             "CSE Coordinator", date(2016, 1, 1), "In progress", f"Words {number * 7}", "Amber", 0.5]
        )  # fmt: skip
    data = saved(made)

    def seconds(reading) -> float:
        started = time.process_time()
        reading()
        return time.process_time() - started

    def plainly() -> None:
        for row in openpyxl.load_workbook(BytesIO(data)).active.iter_rows():
            for cell in row:
                assert cell.value is not None

    assert len(xlsx.read(data).tables[0].rows) == 5_000
    assert min(seconds(lambda: xlsx.read(data)) for _ in range(2)) <= 2 * min(seconds(plainly) for _ in range(2))
