"""A plan as a Word document in the shape that boards circulate: landscape, a heading and a table for each section.

Where every action stands in a section, sections are headings above the tables; where every action of a section has an
objective, its objectives are rows across the table. Otherwise they are columns, so that nothing is left to guess. The
key of each row is hidden text in a last column without borders.
"""

from copy import deepcopy
from io import BytesIO
from itertools import groupby

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from actions.exporting.base import PlanFormat, is_rated, width_of
from actions.exporting.sheet import CIRCULATION, KEY
from actions.models import PlanColumn
from cseplan.colours import paint
from cseplan.text import clean_text

Field = PlanColumn.Field

ACROSS, UP_DOWN = Mm(297), Mm(210)
MARGIN = Mm(13)
KEY_WIDTH = Mm(3)
TEXT = Pt(8.5)
LETTER, PADDING = Mm(1.85), Mm(4)
"""How wide a letter of the text is, in bold; and the space beside it in a cell."""

LONGEST_WORD = 16
"""Letters; a longer word is broken rather than given the whole page."""

NARROW = (Field.REFERENCE, Field.STATUS, Field.RATING, Field.TOP_PRIORITY, CIRCULATION)
"""Columns that hold a word."""

FONT = "Arial"


class DocxFormat(PlanFormat):
    """A4 landscape; heading rows are repeated on each page, and no row is torn."""

    suffix = "docx"
    title = "Word"
    purpose = "To circulate and to print: landscape, a table for each section."
    told = "a Word document"
    content_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

    def export_data(self, dataset, *, sheet, **kwargs):
        paper = Document()
        _set_up(paper, sheet)
        _front(paper, sheet)
        shape = _Shape(sheet)
        for groups in shape.tables():
            if shape.sections_above:
                _heading(paper, groups[0])
            _table(paper, shape, groups)
        if not sheet.lines:
            paper.add_paragraph("There are no actions in this plan.")
        file = BytesIO()
        paper.save(file)
        return file.getvalue()


class _Shape:
    """Which columns the tables have: those of sections and objectives only where they do not stand above the rows."""

    def __init__(self, sheet):
        added = {column.field for column in sheet.columns if column.own is None}
        self.groups = groups = sheet.groups()
        self.sections_above = Field.SECTION in added and all(group.section for group in groups)
        mixed = any(len({bool(group.objective) for group in under}) > 1 for under in self.tables())
        self.objectives_across = Field.OBJECTIVE in added and not mixed
        above = {Field.SECTION: self.sections_above, Field.OBJECTIVE: self.objectives_across}
        self.columns = [
            (place, column)
            for place, column in enumerate(sheet.columns)
            if column.own or not above.get(column.field, False)
        ]
        self.widths = [*_widths(sheet, self.columns[:-1]), KEY_WIDTH]

    def tables(self):
        """The groups of each table."""
        if not self.sections_above:
            return [self.groups] if self.groups else []
        return [list(under) for _, under in groupby(self.groups, key=lambda group: (group.section, group.aim))]


def _widths(sheet, columns):
    """Each column is as wide as its longest word; what is left of the page goes to those that hold sentences."""
    needed, shares = [], []
    for place, column in columns:
        texts = [column.heading, *(line.texts[place] for line in sheet.lines)]
        longest = max(len(word) for text in texts for word in ("", *text.split()))
        needed.append(PADDING + min(longest, LONGEST_WORD) * LETTER)
        shares.append(0 if column.field in NARROW else width_of(column))
    left = ACROSS - 2 * MARGIN - KEY_WIDTH - sum(needed)
    if left < 0 or not sum(shares):
        shares = needed
    return [int(least + left * share / sum(shares)) for least, share in zip(needed, shares, strict=True)]


def _set_up(paper, sheet):
    page = paper.sections[0]
    page.orientation, page.page_width, page.page_height = WD_ORIENT.LANDSCAPE, ACROSS, UP_DOWN
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = MARGIN
    paper.styles.element.find(f".//{qn('w:lang')}").set(qn("w:val"), "en-GB")
    page.header_distance = page.footer_distance = Mm(6)
    for name, size in (("Normal", TEXT), ("Title", Pt(20)), ("Heading 1", Pt(13))):
        style = paper.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = FONT, size, RGBColor(0x0B, 0x0C, 0x0C)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:cs"), FONT)
    titled = paper.styles["Title"].element.pPr
    titled.remove(titled.find(qn("w:pBdr")))
    normal = paper.styles["Normal"].paragraph_format
    normal.space_before = normal.space_after = Pt(0)
    heading = paper.styles["Heading 1"].paragraph_format
    heading.space_before, heading.space_after, heading.keep_with_next = Pt(12), Pt(4), True
    foot = page.footer.paragraphs[0]
    foot.text = clean_text(f"{sheet.plan.marking}  |  {sheet.plan.title}  |  As at {sheet.day:%-d %B %Y}  |  Page")
    foot.add_run(" ")
    _number(foot, "PAGE")
    foot.add_run(" of ")
    _number(foot, "NUMPAGES")
    about = paper.core_properties
    about.title, about.author = clean_text(sheet.plan.title), clean_text(str(sheet.plan.board))
    about.comments, about.language = "", "en-GB"
    about.created = about.modified = sheet.made_at.replace(tzinfo=None, microsecond=0)


def _number(paragraph, code):
    """The number of the page, or of the pages, which Word counts."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _front(paper, sheet):
    paper.add_paragraph(clean_text(str(sheet.plan.board)))
    title = paper.add_paragraph(clean_text(sheet.plan.title), style="Title")
    title.paragraph_format.space_after = Pt(4)
    facts = paper.add_paragraph(clean_text(f"{sheet.facts} Marked {sheet.plan.marking}."))
    facts.paragraph_format.space_after = Pt(8)


def _heading(paper, group):
    paper.add_paragraph(clean_text(group.section), style="Heading 1")
    if group.aim.strip():
        about = paper.add_paragraph(clean_text(group.aim))
        about.paragraph_format.space_after = Pt(4)
        about.paragraph_format.keep_with_next = True


def _table(paper, shape, groups):
    table = paper.add_table(rows=1, cols=len(shape.columns))
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.LEFT, False
    _room(table)
    for column, width in zip(table._tbl.tblGrid.gridCol_lst, shape.widths, strict=True):
        column.w = width
    rows = _Rows(table, shape)
    rows.head()
    for group in groups:
        if shape.objectives_across and group.objective:
            rows.across(group.objective)
        for line in group.lines:
            rows.line(line)


class _Rows:
    """The rows of one table, each a copy of an empty one: a thousand rows are slow to make otherwise."""

    def __init__(self, table, shape):
        self.table, self.shape = table, shape
        self.first = table.rows[0]._tr
        for cell, width, (_, column) in zip(self.first.tc_lst, shape.widths, shape.columns, strict=True):
            cell.width = width
            if column.field == KEY:
                _without_borders(cell)
        _set(self.first.get_or_add_trPr(), "w:cantSplit")
        self.empty = deepcopy(self.first)
        self.before = {}

    def _add(self):
        row = deepcopy(self.empty)
        self.table._tbl.append(row)
        return row

    def head(self):
        _set(self.first.get_or_add_trPr(), "w:tblHeader")
        for cell, (_, column) in zip(self.first.tc_lst, self.shape.columns, strict=True):
            _fill_in(cell, clean_text(column.heading), bold=True, hidden=column.field == KEY)
            if column.field != KEY:
                _shade(cell, "F3F2F1")

    def across(self, text):
        """A heading over the whole width of the table."""
        row = self._add()
        first, *rest = row.tc_lst[:-1]
        for cell in rest:
            row.remove(cell)
        first.width = sum(self.shape.widths[:-1])
        first.grid_span = len(self.shape.widths) - 1
        _fill_in(first, clean_text(text), bold=True, keep=True)
        _shade(first, "F3F2F1")
        self.before = {}

    def line(self, line):
        row = self._add()
        for cell, (place, column) in zip(row.tc_lst, self.shape.columns, strict=True):
            text = clean_text(line.texts[place])
            if column.field in (Field.SECTION, Field.OBJECTIVE) and self._goes_on(cell, column, text):
                continue
            bold = column.field == Field.ACTION and line.row.action.top_priority
            if is_rated(column, text, line):
                colours = paint(line.row.rating.colour)
                _fill_in(cell, text, bold=True, colour=colours.ink)
                _shade(cell, colours.fill.lstrip("#").upper())
            else:
                _fill_in(cell, text, bold=bold, hidden=column.field == KEY)

    def _goes_on(self, cell, column, text):
        """Whether the cell above says the same, and this one is joined to it."""
        above = self.before.get(column)
        joined = bool(text) and above is not None and above[1] == text
        if joined:
            above[0].vMerge = "restart"
            cell.vMerge = "continue"
        else:
            self.before[column] = (cell, text)
        return joined


def _fill_in(cell, text, *, bold=False, hidden=False, colour="", keep=False):
    """Put text into an empty cell, a paragraph for each line."""
    first = cell.p_lst[0]
    for number, line in enumerate(text.split("\n")):
        paragraph = first if number == 0 else cell.add_p()
        if keep:
            _set(paragraph.get_or_add_pPr(), "w:keepNext")
        run = paragraph.add_r()
        looks = run.get_or_add_rPr()
        if bold:
            _set(looks, "w:b")
        if colour:
            ink = OxmlElement("w:color")
            ink.set(qn("w:val"), colour.lstrip("#").upper())
            looks.append(ink)
        if hidden:
            _set(looks, "w:vanish")
        run.text = line


def _room(table):
    """A little space above and below the text of each cell."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("top", "bottom"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), "40")
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    looks = table._tbl.tblPr.find(qn("w:tblLook"))
    looks.addprevious(margins)


def _set(looks, name):
    looks.append(OxmlElement(name))


def _shade(cell, colour):
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shade.set(qn(f"w:{name}"), value)
    cell.get_or_add_tcPr().append(shade)


def _without_borders(cell):
    borders = OxmlElement("w:tcBorders")
    for side in ("top", "bottom", "right"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:val"), "nil")
        borders.append(edge)
    cell.get_or_add_tcPr().append(borders)
