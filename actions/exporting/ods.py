"""A plan as an OpenDocument spreadsheet: one table, its heading row repeated on paper, filters, drop-downs.

Every cell says that it is text and has the number format for text, so that what somebody types over it stays text too.
Reference and key are protected; everything else can be written in.
"""

import re
from io import BytesIO
from typing import Any

from odf import dc, meta, number, style, table
from odf.namespaces import STYLENS
from odf.opendocument import OpenDocumentSpreadsheet
from odf.text import P, S, Tab

from actions.exporting.base import FIXED, SPARE_ROWS, PlanFormat, choices, is_rated, width_of
from actions.exporting.sheet import KEY
from actions.models import PlanColumn
from cseplan.colours import paint
from cseplan.text import clean_text

Field = PlanColumn.Field

NAME = "Plan"
_SPACES = re.compile(r"(\t|^ +| +$| {2,})")


class OdsFormat(PlanFormat):
    """For LibreOffice and whatever else reads OpenDocument."""

    suffix = "ods"
    title = "OpenDocument"
    purpose = "The same as Excel, for LibreOffice and others."
    told = "an OpenDocument spreadsheet"
    content_type = "application/vnd.oasis.opendocument.spreadsheet"

    def export_data(self, dataset, *, sheet, **kwargs):
        book = OpenDocumentSpreadsheet()
        looks = _Looks(book, sheet)
        book.meta.addElement(dc.Title(text=clean_text(sheet.plan.title)))
        book.meta.addElement(dc.Creator(text=clean_text(str(sheet.plan.board))))
        book.meta.addElement(meta.CreationDate(text=f"{sheet.made_at:%Y-%m-%dT%H:%M:%S}"))
        chosen = _validations(book, sheet)
        page = table.Table(name=NAME, stylename=looks.page, protected="true")
        for column in sheet.columns:
            hidden = {"visibility": "collapse"} if column.field == KEY else {}
            page.addElement(
                table.TableColumn(stylename=looks.widths[column], defaultcellstylename=looks.open, **hidden)
            )
        page.addElement(_head(dataset.headers, looks))
        for line, texts in zip(sheet.lines, dataset, strict=True):
            row = table.TableRow(stylename=looks.row)
            for column, text in zip(sheet.columns, texts, strict=True):
                row.addElement(_cell(text, looks.of(column, text, line), chosen.get(column)))
            page.addElement(row)
        spare = table.TableRow(numberrowsrepeated=SPARE_ROWS)
        for column in sheet.columns:
            spare.addElement(_cell("", looks.open, chosen.get(column)))
        page.addElement(spare)
        book.spreadsheet.addElement(page)
        _filters(book, sheet)
        file = BytesIO()
        book.write(file)
        return file.getvalue()


def _head(headings, looks):
    row = table.TableRow()
    for heading in headings:
        row.addElement(_cell(heading, looks.head))
    repeated = table.TableHeaderRows()
    repeated.addElement(row)
    return repeated


def _cell(text, looks, chosen=None):
    more: dict[str, Any] = {"contentvalidationname": chosen} if chosen else {}
    if not text:
        return table.TableCell(stylename=looks, **more)
    cell = table.TableCell(valuetype="string", stylename=looks, **more)
    for line in text.split("\n"):
        cell.addElement(_paragraph(line))
    return cell


def _paragraph(line):
    """A line of text, with the spaces that a reader of the file would otherwise drop."""
    paragraph = P()
    for part in _SPACES.split(line):
        if part == "\t":
            paragraph.addElement(Tab())
        elif part and not part.strip(" "):
            paragraph.addElement(S(c=len(part)))
        elif part:
            paragraph.addText(part)
    return paragraph


class _Looks:
    """The styles of the file: of the page, the columns, the headings and the cells."""

    def __init__(self, book, sheet):
        self.book = book
        text = number.TextStyle(name="Words")
        text.addElement(number.TextContent())
        book.automaticstyles.addElement(text)
        self.page = self._on_paper(sheet)
        self.widths = {column: self._width(place, column) for place, column in enumerate(sheet.columns)}
        self.row = style.Style(name="Line", family="table-row")
        self.row.addElement(style.TableRowProperties(useoptimalrowheight="true"))
        book.automaticstyles.addElement(self.row)
        self.head = self._cell("Head", bold=True, fill="#f3f2f1", protected=True)
        self.open = self._cell("Open")
        self.bold = self._cell("Bold", bold=True)
        self.fixed = self._cell("Fixed", protected=True)
        rated = {line.row.rating for line in sheet.lines if line.row.rating}
        self.rated = {}
        for rating in sorted(rated, key=lambda rating: rating.pk):
            colours = paint(rating.colour)
            self.rated[rating] = self._cell(f"Rated{rating.pk}", bold=True, fill=colours.fill, ink=colours.ink)

    def of(self, column, text, line):
        if column.field in FIXED:
            return self.fixed
        if is_rated(column, text, line):
            return self.rated[line.row.rating]
        return self.bold if column.field == Field.ACTION and line.row.action.top_priority else self.open

    def _cell(self, name, *, bold=False, fill="", ink="", protected=False):
        made = style.Style(name=name, family="table-cell", datastylename="Words")
        filled = {"backgroundcolor": fill} if fill else {}
        made.addElement(
            style.TableCellProperties(
                wrapoption="wrap",
                verticalalign="top",
                padding="0.7mm",
                borderbottom="0.5pt solid #b1b4b6",
                cellprotect="protected" if protected else "none",
                **filled,
            )
        )
        inked = {"color": ink} if ink else {}
        weight = {"fontweight": "bold"} if bold else {}
        made.addElement(style.TextProperties(fontfamily="Arial", fontsize="10pt", **inked, **weight))
        self.book.automaticstyles.addElement(made)
        return made

    def _width(self, place, column):
        made = style.Style(name=f"Column{place}", family="table-column")
        made.addElement(style.TableColumnProperties(columnwidth=f"{width_of(column) * 2:.0f}mm"))
        self.book.automaticstyles.addElement(made)
        return made

    def _on_paper(self, sheet):
        """A4 landscape, as wide as the page, with what it is at the foot."""
        layout = style.PageLayout(name="Landscape")
        paper = style.PageLayoutProperties(
            pagewidth="297mm", pageheight="210mm", printorientation="landscape", margin="10mm"
        )
        paper.setAttrNS(STYLENS, "scale-to-X", "1")
        paper.setAttrNS(STYLENS, "scale-to-Y", "0")
        layout.addElement(paper)
        self.book.automaticstyles.addElement(layout)
        master = style.MasterPage(name="Landscape", pagelayoutname=layout)
        foot = style.Footer()
        foot.addElement(P(text=clean_text(f"{sheet.plan.marking}. {sheet.plan.title}. As at {sheet.day:%-d %B %Y}")))
        master.addElement(foot)
        self.book.masterstyles.addElement(master)
        made = style.Style(name="Page", family="table", masterpagename="Landscape")
        self.book.automaticstyles.addElement(made)
        return made


def _validations(book, sheet):
    """{column: name of its drop-down}."""
    listed, found = table.ContentValidations(), {}
    for number_of, (column, words) in enumerate(choices(sheet).items()):
        quoted = ";".join('"' + word.replace('"', '""') + '"' for word in words)
        found[column] = f"choice{number_of}"
        one = table.ContentValidation(
            name=found[column],
            condition=f"of:cell-content-is-in-list({quoted})",
            allowemptycell="true",
            displaylist="unsorted",
            basecelladdress=f"{NAME}.A2",
        )
        error = table.ErrorMessage(messagetype="stop", display="true", title=clean_text(column.heading))
        error.addElement(P(text=clean_text(f"Choose one of: {', '.join(words)}.")))
        one.addElement(error)
        listed.addElement(one)
    if found:
        book.spreadsheet.addElement(listed)
    return found


def _filters(book, sheet):
    last = _letter(len(sheet.columns))
    ranges = table.DatabaseRanges()
    ranges.addElement(
        table.DatabaseRange(
            name="Actions",
            targetrangeaddress=f"{NAME}.A1:{NAME}.{last}{len(sheet.lines) + 1}",
            displayfilterbuttons="true",
            containsheader="true",
        )
    )
    book.spreadsheet.addElement(ranges)


def _letter(place):
    """1 is A, 27 is AA."""
    letters = ""
    while place:
        place, left = divmod(place - 1, 26)
        letters = chr(ord("A") + left) + letters
    return letters
