"""Word documents: tables as Word draws them, from its own marks."""

from io import BytesIO

import docx as python_docx
import pytest

from actions.importing import readers
from actions.importing.readers import docx
from actions.importing.tables import ACROSS, DOWN, Cell, File, Row
from actions.importing.unreadable import Unreadable
from tests.importing import files
from tests.importing.drawn import Document, Drawn, Sheet

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES = (
    f'xmlns:w="{MAIN}" xmlns:r="{RELATIONS}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
BULLETS = '<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/></w:lvl>'


def relations(*kinds_and_targets: tuple[str, str]) -> str:
    inside = "".join(
        f'<Relationship Id="r{number}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(kinds_and_targets)
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inside}</Relationships>'
    )


def made(body: str, styles: str = "", numbering: str = "") -> bytes:
    """A document with this body, as small as Word still opens."""
    return files.packed(
        {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": relations(("officeDocument", "word/document.xml")),
            "word/document.xml": f"<w:document {SPACES}><w:body>{body}<w:sectPr/></w:body></w:document>",
            "word/_rels/document.xml.rels": relations(("styles", "styles.xml"), ("numbering", "numbering.xml")),
            "word/styles.xml": f"<w:styles {SPACES}>{styles}</w:styles>",
            "word/numbering.xml": f"<w:numbering {SPACES}>{numbering}</w:numbering>",
        }
    )


def p(*runs: str, about: str = "") -> str:
    inside = "".join(run if run.startswith("<") else r(run) for run in runs)
    return f"<w:p><w:pPr>{about}</w:pPr>{inside}</w:p>"


def r(text: str, about: str = "") -> str:
    return f'<w:r><w:rPr>{about}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def tc(inside: str, about: str = "") -> str:
    return f"<w:tc><w:tcPr>{about}</w:tcPr>{inside if inside.startswith('<') else p(inside)}</w:tc>"


def tr(*cells: str, about: str = "") -> str:
    inside = "".join(cell if cell.startswith(("<w:tc", "<w:sdt")) else tc(cell) for cell in cells)
    return f"<w:tr><w:trPr>{about}</w:trPr>{inside}</w:tr>"


def tbl(*rows: str, about: str = "") -> str:
    return f"<w:tbl><w:tblPr>{about}</w:tblPr>{''.join(rows)}</w:tbl>"


def read(body: str, styles: str = "", numbering: str = "") -> File:
    return docx.read(made(body, styles, numbering))


def cells(body: str, styles: str = "", numbering: str = "") -> list[tuple[Cell, ...]]:
    return [row.cells for row in read(body, styles, numbering).tables[0].rows]


def words(body: str, styles: str = "", numbering: str = "") -> list[list[str]]:
    return [[cell.text for cell in row] for row in cells(body, styles, numbering)]


def one(inside: str, styles: str = "", numbering: str = "") -> Cell:
    """The cell of a table of one."""
    return cells(tbl(tr(tc(inside))), styles, numbering)[0][0]


def listed(number: int = 1, depth: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'


def numbers(*levels: tuple[str, str], more: str = "") -> str:
    """A numbering: levels of (kind, text)."""
    inside = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (kind, text) in enumerate(levels)
    )
    return (
        f'<w:abstractNum w:abstractNumId="0">{inside}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{more}'
    )


def test_a_plan_comes_back_as_it_was_drawn():
    drawn = files.one_sheet(
        ["No.", "Action", "Lead"],
        [Drawn("PREVENT", bold=True, colour="D9E2F3", across=3), None, None],
        [Drawn("1", down=2), "By:\n• Training\n• Telling", "Police & “Health”"],
        [None, files.a_day(2018, 4, 1, "mmmm yyyy"), Drawn("Ämber", colour="FFC000")],
        above=["Our plan", "2017-19"],
    )
    section = {"bold": True, "colour": "D9E2F3"}
    table = docx.read(files.docx(drawn)).tables[0]
    assert (table.name, table.above) == ("Table 1", ("Our plan", "2017-19"))
    assert table.rows == (
        Row(1, (Cell("No."), Cell("Action"), Cell("Lead"))),
        Row(2, (Cell("PREVENT", **section), *[Cell("PREVENT", **section, merged=ACROSS)] * 2)),
        Row(3, (Cell("1"), Cell("By:\n• Training\n• Telling"), Cell("Police & “Health”"))),
        Row(4, (Cell("1", merged=DOWN), Cell("April 2018"), Cell("Ämber", colour="FFC000"))),
    )


def test_every_table_is_read_with_what_stands_above_it():
    drawn = Document([Sheet([["a"]], above=["One", "  ", "Two"]), Sheet([["b"]]), Sheet([["c"]], above=["Three"])])
    assert [
        (table.name, table.above, table.rows[0].cells[0].text) for table in docx.read(files.docx(drawn)).tables
    ] == [
        ("Table 1", ("One", "Two"), "a"),
        ("Table 2", (), "b"),
        ("Table 3", ("Three",), "c"),
    ]


def test_what_word_itself_makes_by_its_library_is_read():
    document = python_docx.Document()
    document.add_heading("Prevent", 1)
    document.add_paragraph("First", style="List Number")
    table = document.add_table(2, 2, style="Light Grid Accent 1")
    table.cell(0, 0).text, table.cell(0, 1).text, table.cell(1, 0).text = "No.", "Action", "1"
    out = BytesIO()
    document.save(out)
    found = docx.read(out.getvalue()).tables[0]
    assert found.above == ("Prevent", "1. First")
    assert [cell.text for cell in found.rows[0].cells] == ["No.", "Action"]
    assert all(cell.bold for cell in found.rows[0].cells)


def test_cells_over_several_columns_and_rows_are_filled():
    assert cells(
        tbl(
            tr(tc("wide", '<w:gridSpan w:val="2"/>'), "c"),
            tr(tc("tall", '<w:vMerge w:val="restart"/>'), "b", "c"),
            tr(tc("<w:p/>", "<w:vMerge/>"), "b2", "c2"),
            tr(tc("<w:p/>", '<w:vMerge w:val="continue"/>'), "b3", "c3"),
            tr("new", "b4", "c4"),
        )
    ) == [
        (Cell("wide"), Cell("wide", merged=ACROSS), Cell("c")),
        (Cell("tall"), Cell("b"), Cell("c")),
        (Cell("tall", merged=DOWN), Cell("b2"), Cell("c2")),
        (Cell("tall", merged=DOWN), Cell("b3"), Cell("c3")),
        (Cell("new"), Cell("b4"), Cell("c4")),
    ]


def test_the_old_way_of_merging_across_is_known():
    body = tbl(tr(tc("wide", '<w:hMerge w:val="restart"/>'), tc("<w:p/>", "<w:hMerge/>"), "c"), tr("1", "2", "3"))
    assert words(body) == [["wide", "wide", "c"], ["1", "2", "3"]]


def test_a_continued_cell_with_nothing_above_it_stands_for_itself():
    assert words(tbl(tr("a", tc("b", "<w:vMerge/>")))) == [["a", "b"]]


def test_columns_that_no_cell_begins_at_are_none():
    two = '<w:gridSpan w:val="2"/>'
    assert words(tbl(tr("No.", tc("Action", two), "Lead"), tr("1", tc("Train", two), "Police"))) == [
        ["No.", "Action", "Lead"],
        ["1", "Train", "Police"],
    ]


def grid(*widths: int) -> str:
    return f"<w:tblGrid>{''.join(f'<w:gridCol w:w={chr(34)}{width}{chr(34)}/>' for width in widths)}</w:tblGrid>"


def test_lines_that_were_meant_to_be_one_are_one():
    """A table drawn by hand: the second row's line stands a millimetre beside the first's."""
    two = '<w:gridSpan w:val="2"/>'
    rows = tr(tc("No.", two), "Action") + tr("1", tc("Train", two)), tr(tc("2", two), "Tell")
    assert words(tbl(grid(900, 60, 5_000), *rows)) == [["No.", "Action"], ["1", "Train"], ["2", "Tell"]]
    assert [len(row) for row in cells(tbl(grid(900, 600, 5_000), *rows))] == [3, 3, 3]


def test_a_column_may_be_narrow():
    assert words(tbl(grid(100, 100, 5_000), tr("1", "x", "Train"))) == [["1", "x", "Train"]]


def test_rows_may_begin_late_and_end_early():
    body = tbl(
        tr("a", "b", "c"),
        tr("b2", "c2", about='<w:gridBefore w:val="1"/>'),
        tr("a3", about='<w:gridAfter w:val="2"/>'),
    )
    assert words(body) == [["a", "b", "c"], ["", "b2", "c2"], ["a3"]]


def test_bullets_and_numbers_of_lists_are_written_out():
    numbering = (
        f'<w:abstractNum w:abstractNumId="5">{BULLETS}</w:abstractNum>'
        '<w:num w:numId="7"><w:abstractNumId w:val="5"/></w:num>'
    ) + numbers(("decimal", "%1."), ("lowerLetter", "(%2)"), ("upperRoman", "%1.%2.%3"))
    inside = (
        p("By:") + p("training", about=listed(7)) + p("first", about=listed()) + p("deep", about=listed(1, 1))
        + p("deep too", about=listed(1, 1)) + p("deepest", about=listed(1, 2)) + p("second", about=listed())
        + p("deep anew", about=listed(1, 1)) + p(about=listed(7)) + p("end")
    )  # fmt: skip
    assert one(inside, numbering=numbering).text.split("\n") == [
        "By:", "• training", "1. first", "(a) deep", "(b) deep too", "1.b.I deepest", "2. second",
        "(a) deep anew", "", "end",
    ]  # fmt: skip


def test_a_column_numbered_by_word_has_its_numbers_and_they_go_on():
    numbered = tc(p(about=listed()))
    body = tbl(tr(numbered, "Train"), tr(numbered, "Tell")) + tbl(tr(numbered, "Ask"))
    tables = read(body, numbering=numbers(("decimal", "1.%1"))).tables
    assert [[[cell.text for cell in row.cells] for row in table.rows] for table in tables] == [
        [["1.1", "Train"], ["1.2", "Tell"]],
        [["1.3", "Ask"]],
    ]


def test_numbers_begin_anew_where_the_list_says_so():
    again = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
        "</w:lvlOverride></w:num>"
    )
    inside = p("a", about=listed()) + p("b", about=listed()) + p("c", about=listed(2)) + p("d", about=listed(2))
    assert one(inside, numbering=numbers(("decimal", "%1)"), more=again)).text == "1) a\n2) b\n1) c\n2) d"


def test_a_style_may_number_and_a_paragraph_may_decline():
    styles = (
        '<w:style w:type="paragraph" w:styleId="Base"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Item"><w:basedOn w:val="Base"/></w:style>'
    )
    item = '<w:pStyle w:val="Item"/>'
    inside = p("a", about=item) + p("b", about=item + '<w:numPr><w:numId w:val="0"/></w:numPr>') + p("c", about=item)
    assert one(inside, styles, numbers(("upperLetter", "%1:"))).text == "A: a\nb\nB: c"


@pytest.mark.parametrize(
    ("kind", "tenth"),
    [
        ("decimal", "27"),
        ("decimalZero", "27"),
        ("lowerRoman", "xxvii"),
        ("upperLetter", "AA"),
        ("none", ""),
        ("odd", "27"),
    ],
)
def test_numbers_are_written_as_their_list_writes_them(kind, tenth):
    inside = "".join(p("x", about=listed()) for _ in range(27))
    assert one(inside, numbering=numbers((kind, "%1"))).text.split("\n")[-1] == f"{tenth} x".strip()


def test_words_are_bold_by_themselves_or_their_styles():
    on, off = "<w:b/>", '<w:b w:val="0"/>'
    styles = (
        '<w:style w:type="paragraph" w:styleId="Strong"><w:rPr><w:b/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Child"><w:basedOn w:val="Strong"/></w:style>'
        '<w:style w:type="character" w:styleId="Loud"><w:rPr><w:b/></w:rPr></w:style>'
    )
    strong, loud = '<w:pStyle w:val="Child"/>', '<w:rStyle w:val="Loud"/>'
    for inside, expected in (
        (p(r("a", on), r(" ")), True),
        (p(r("a", on), r("b")), False),
        (p("a", about=strong), True),
        (p(r("a", off), about=strong), False),
        (p(r("a", loud)), True),
        (p(r("a", loud), about=strong), False),
        (p(r("a", on)) + p("b"), False),
        (p("a"), False),
    ):
        assert one(inside, styles).bold is expected, inside


def test_a_table_style_makes_its_first_row_bold_and_coloured_where_it_is_asked_to():
    styles = (
        '<w:style w:type="table" w:styleId="Grid"><w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr>'
        '<w:tcPr><w:shd w:val="clear" w:fill="1F3864"/></w:tcPr></w:tblStylePr></w:style>'
    )
    on = '<w:tblStyle w:val="Grid"/><w:tblLook w:firstRow="1"/>'
    bits = '<w:tblStyle w:val="Grid"/><w:tblLook w:val="0020"/>'
    off = '<w:tblStyle w:val="Grid"/><w:tblLook w:val="0020" w:firstRow="0"/>'
    head, body = Cell("a", bold=True, colour="1F3864"), Cell("b")
    assert cells(tbl(tr("a"), tr("b"), about=on), styles) == [(head,), (body,)]
    assert cells(tbl(tr("a"), tr("b"), about=bits), styles) == [(head,), (body,)]
    assert cells(tbl(tr("a"), tr("b"), about=off), styles) == [(Cell("a"),), (body,)]


@pytest.mark.parametrize(
    ("shade", "colour"),
    [
        ('w:val="clear" w:fill="ff0000"', "FF0000"),
        ('w:val="clear" w:fill="auto"', ""),
        ('w:val="clear" w:fill="FFFFFF"', ""),
        ('w:val="solid" w:color="00B050" w:fill="auto"', "00B050"),
        ('w:val="clear"', ""),
    ],
)
def test_the_colour_of_a_cell(shade, colour):
    assert cells(tbl(tr("x", tc("Red", f"<w:shd {shade}/>"))))[0][1] == Cell("Red", colour=colour)


def test_a_colour_alone_is_kept():
    body = tbl(tr("x", tc("<w:p/>", '<w:shd w:val="clear" w:fill="FF0000"/>')))
    assert cells(body) == [(Cell("x"), Cell(colour="FF0000"))]


def test_tracked_changes_count_as_if_accepted():
    inside = p(
        "Train ", f'<w:ins w:id="1">{r("all ")}</w:ins>',
        '<w:del w:id="2"><w:r><w:delText>some </w:delText></w:r></w:del>',
        f'<w:moveFrom w:id="3">{r("gone ")}</w:moveFrom>', f'<w:moveTo w:id="4">{r("staff")}</w:moveTo>',
    )  # fmt: skip
    file = read(tbl(tr(tc(inside)), tr("dropped", about='<w:del w:id="5"/>'), tr("new", about='<w:ins w:id="6"/>')))
    assert [[cell.text for cell in row.cells] for row in file.tables[0].rows] == [["Train all staff"], ["new"]]
    assert file.notes == ("Changes are tracked in this document: what was inserted is read, what was deleted is not.",)


def test_links_fields_breaks_and_signs_are_read_as_they_are_seen():
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r("7")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    inside = p(
        f'<w:hyperlink r:id="x">{r("our site")}</w:hyperlink>',
        "<w:r><w:br/><w:t>next</w:t><w:tab/><w:t>tab</w:t></w:r>",
        "<w:r><w:noBreakHyphen/><w:t>x</w:t><w:softHyphen/><w:t>y</w:t></w:r>", field,
        f'<w:fldSimple w:instr="DATE">{r("!")}</w:fldSimple>', f"<w:smartTag>{r('tag')}</w:smartTag>",
        '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>',
    )  # fmt: skip
    assert one(inside).text == "our site\nnext\ttab-xy7!tag✓"


def test_content_controls_hold_words_unless_they_only_ask_for_them():
    def control(inside: str, about: str = "") -> str:
        return f"<w:sdt><w:sdtPr>{about}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"

    asking = control(r("Choose an item."), "<w:showingPlcHdr/>")
    row = tr(control(tc("a")), tc(p(control(r("b")), asking)))
    assert words(control(tbl(control(row)))) == [["a", "b"]]


def test_a_table_within_a_cell_is_lines_of_that_cell():
    inner = tbl(tr("Police", "April"), tr("Health", "May"))
    assert cells(tbl(tr("x", tc(p("Leads:") + inner + p("end")))))[0][1].text == "Leads:\nPolice April\nHealth May\nend"


def test_a_table_that_only_frames_others_is_none():
    inner = tbl(tr("No.", "Action"))
    file = read(p("Plan") + tbl(tr(tc(p("Prevent") + inner + p("Protect") + inner))))
    assert [(table.name, table.above, len(table.rows[0].cells)) for table in file.tables] == [
        ("Table 1", ("Plan", "Prevent"), 2),
        ("Table 2", ("Protect",), 2),
    ]


def test_an_empty_table_takes_no_heading_from_the_next():
    file = read(p("Prevent") + tbl(tr(tc("<w:p/>"))) + p("2016") + tbl(tr("a")))
    assert [(table.name, table.above) for table in file.tables] == [("Table 2", ("Prevent", "2016"))]


def test_the_words_of_a_text_box_are_read_once():
    box = f"<w:txbxContent>{p('boxed')}</w:txbxContent>"
    inside = p(
        "before",
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps">'
        f"<w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>",
    )
    assert one(inside).text == "before\nboxed"


def test_what_is_not_read_is_told():
    inside = p(r("seen"), r("unseen", "<w:vanish/>"), '<w:r><w:footnoteReference w:id="1"/></w:r>',
               '<w:r><w:commentReference w:id="1"/></w:r>')  # fmt: skip
    file = read('<w:altChunk r:id="x"/>' + tbl(tr(tc(inside))))
    assert file.tables[0].rows[0].cells[0].text == "seen"
    assert file.notes == (
        "Hidden words of this document are not read.",
        "Footnotes and endnotes of this document are not read.",
        "Comments in the margin of this document are not read.",
        "A part of this document is drawn in from another file and is not read.",
    )


def test_a_hidden_row_is_read_and_told():
    file = read(tbl(tr("a"), tr("b", about="<w:hidden/>")))
    assert [row.hidden for row in file.tables[0].rows] == [False, True]
    assert file.notes == ("Row 2 of table 1 is hidden; read all the same.",)


def test_headers_and_footers_are_no_part_of_the_plan():
    document = python_docx.Document()
    document.sections[0].header.paragraphs[0].text = "OFFICIAL"
    document.add_table(1, 1).cell(0, 0).text = "a"
    out = BytesIO()
    document.save(out)
    assert docx.read(out.getvalue()).tables[0].above == ()


def test_a_document_without_a_table_says_what_is_wanted():
    for body in (p("only words"), tbl(tr(tc("<w:p/>")))):
        with pytest.raises(Unreadable, match="no table in this Word document"):
            readers.read(made(body), "docx", "plan.docx")


def test_a_table_of_too_many_rows_columns_or_characters_is_refused_by_name():
    with pytest.raises(Unreadable, match=r"Table 1 has more than 10,000 rows"):
        read(tbl(*[tr("x")] * 10_001))
    with pytest.raises(Unreadable, match="in column 201 of table 1"):
        read(tbl(tr(*["x"] * 201)))
    with pytest.raises(Unreadable, match=r"A cell in row 1 of table 2 holds more than 32,767"):
        read(tbl(tr("x")) + tbl(tr("x" * 32_768)))
    with pytest.raises(Unreadable, match="more than 50 tables"):
        read(tbl(tr("x")) * 51)


def test_a_document_without_styles_or_numbers_is_read():
    content = files.parts(made(p("above", about=listed()) + tbl(tr("a"))))
    for part in ("word/styles.xml", "word/numbering.xml", "word/_rels/document.xml.rels"):
        del content[part]
    assert docx.read(files.packed(content)).tables[0].above == ("above",)
