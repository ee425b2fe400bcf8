"""Real files made from a drawing: what Excel, Word, LibreOffice and an exporter would have saved of it."""

import csv as csv_module
import re
from datetime import date, datetime
from io import BytesIO, StringIO
from zipfile import ZIP_DEFLATED, ZipFile

import docx as python_docx
import openpyxl
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from odf.number import DateStyle, Day, Month, Text, Year
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style, TableCellProperties, TextProperties
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.teletype import addTextToElement
from odf.text import P
from openpyxl.styles import Alignment, Font, PatternFill

from tests.importing.drawn import Document, Drawn, Sheet

BULLET = "• "
_PRINTED = {"dd/mm/yyyy": "%d/%m/%Y", "mmm-yy": "%b-%y", "mmmm yyyy": "%B %Y", "dd mmmm yyyy": "%d %B %Y"}

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_OFFICE = "application/vnd.openxmlformats-officedocument."

Place = tuple[int, int]
Look = tuple[bool, str, str]
"""Bold, colour, how a day is shown."""


def printed(cell: Drawn) -> str:
    """The words that a reader of the file sees."""
    return cell.text or (cell.day.strftime(_PRINTED[cell.shown]) if cell.day else "")


def xlsx(document: Document) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for sheet in document.sheets:
        page = book.create_sheet(sheet.name)
        for (row, column), cell in _placed(sheet):
            made = page.cell(row, column)
            made.value = datetime.combine(cell.day, datetime.min.time()) if cell.day else cell.text or None
            if cell.day:
                made.number_format = cell.shown
            elif cell.text:
                made.data_type = "s"  # a text that looks like a formula or a number stays a text
            if cell.bold:
                made.font = Font(bold=True)
            if cell.colour:
                made.fill = PatternFill("solid", fgColor=cell.colour)
            made.alignment = Alignment(wrap_text=True, vertical="top")
            if cell.across > 1 or cell.down > 1:
                page.merge_cells(
                    start_row=row, start_column=column, end_row=row + cell.down - 1, end_column=column + cell.across - 1
                )
    return as_excel_saves(_saved(book))


def as_excel_saves(data: bytes) -> bytes:
    """A workbook of openpyxl's with its words in a part of their own, each once, as Excel keeps them."""
    content = parts(data)
    strings: dict[str, int] = {}

    def put_apart(match: re.Match) -> str:
        number = strings.setdefault(match[1], len(strings))
        return f' t="s"><v>{number}</v></c>'

    for name in content:
        if name.startswith("xl/worksheets/sheet"):
            sheet = content[name].decode()
            content[name] = re.sub(r' t="inlineStr"><is>(.*?)</is></c>', put_apart, sheet, flags=re.DOTALL).encode()
    items = "".join(f"<si>{words}</si>" for words in strings)
    content["xl/sharedStrings.xml"] = f'<sst xmlns="{_MAIN}">{items}</sst>'.encode()
    types = content["[Content_Types].xml"].decode()
    named = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_OFFICE}spreadsheetml.sharedStrings+xml"/>'
    content["[Content_Types].xml"] = types.replace("</Types>", f"{named}</Types>").encode()
    relations = content["xl/_rels/workbook.xml.rels"].decode()
    pointer = f'<Relationship Id="rIdStrings" Type="{_RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>'
    content["xl/_rels/workbook.xml.rels"] = relations.replace("</Relationships>", f"{pointer}</Relationships>").encode()
    return packed(content)


def docx(document: Document) -> bytes:
    """Each line of a cell is a paragraph; one that begins with a bullet is an item of a list."""
    made = python_docx.Document()
    for sheet in document.sheets:
        for words in sheet.above:
            made.add_paragraph(words)
        width = max(len(row) for row in sheet.rows)
        table = made.add_table(len(sheet.rows), width, style="Table Grid")
        for (row, column), cell in _placed(sheet):
            place = table.cell(row - 1, column - 1)
            if cell.across > 1 or cell.down > 1:
                place = place.merge(table.cell(row + cell.down - 2, column + cell.across - 2))
            _write(place, cell)
    return _saved(made)


def _write(place, cell: Drawn) -> None:
    for number, line in enumerate(printed(cell).split("\n")):
        paragraph = place.paragraphs[0] if number == 0 else place.add_paragraph()
        if line.startswith(BULLET):
            paragraph.style = "List Bullet"
        paragraph.add_run(line.removeprefix(BULLET)).bold = True if cell.bold else None
    if cell.colour:
        shade = OxmlElement("w:shd")
        for key, value in (("val", "clear"), ("color", "auto"), ("fill", cell.colour)):
            shade.set(qn(f"w:{key}"), value)
        place._tc.get_or_add_tcPr().append(shade)


def ods(document: Document) -> bytes:
    made = OpenDocumentSpreadsheet()
    styles: dict[Look, Style] = {}
    for sheet in document.sheets:
        table = Table(name=sheet.name)
        made.spreadsheet.addElement(table)
        cells = dict(_placed(sheet))
        covered = {
            (row + down, column + across)
            for (row, column), cell in cells.items()
            for down in range(cell.down)
            for across in range(cell.across)
            if down or across
        }
        for row, drawn in enumerate(sheet.rows, start=1):
            line = TableRow()
            table.addElement(line)
            for column in range(1, len(drawn) + 1):
                if (row, column) in covered:
                    line.addElement(CoveredTableCell())
                else:
                    line.addElement(_ods_cell(made, styles, cells.get((row, column), Drawn())))
    return _saved(made)


def _ods_cell(made, styles: dict[Look, Style], cell: Drawn) -> TableCell:
    about: dict[str, object] = {}
    look = (cell.bold, cell.colour, cell.shown if cell.day else "")
    if any(look):
        if look not in styles:
            styles[look] = _ods_style(made, look, f"look{len(styles)}")
        about["stylename"] = styles[look]
    if cell.across > 1 or cell.down > 1:
        about |= {"numbercolumnsspanned": cell.across, "numberrowsspanned": cell.down}
    if cell.day:
        about |= {"valuetype": "date", "datevalue": cell.day.isoformat()}
    elif cell.text:
        about["valuetype"] = "string"
    place = TableCell(**about)
    words = printed(cell)
    for line in words.split("\n") if words else []:
        paragraph = P()
        addTextToElement(paragraph, line)
        place.addElement(paragraph)
    return place


def _ods_style(made, look: Look, name: str) -> Style:
    bold, colour, shown = look
    style = Style(
        name=name, family="table-cell", datastylename=_ods_days(made, shown, f"{name}days") if shown else None
    )
    if bold:
        style.addElement(TextProperties(fontweight="bold"))
    if colour:
        style.addElement(TableCellProperties(backgroundcolor=f"#{colour.lower()}"))
    made.automaticstyles.addElement(style)
    return style


def _ods_days(made, shown: str, name: str) -> DateStyle:
    style = DateStyle(name=name)
    for run in re.findall(r"d+|m+|y+|[^dmy]+", shown):
        length = "long" if len(run) in {2, 4} else "short"
        if run[0] == "m":
            style.addElement(Month(style=length, textual="true" if len(run) > 2 else "false"))
        elif run[0] in "dy":
            style.addElement((Day if run[0] == "d" else Year)(style="short" if run == "yy" else length))
        else:
            style.addElement(Text(text=run))
    made.automaticstyles.addElement(style)
    return style


def csv(document: Document, separator: str = ",", encoding: str = "utf-8-sig") -> bytes:
    """The first sheet, as programs save the sheet in view; of merged cells the first holds the words."""
    out = StringIO(newline="")
    writer = csv_module.writer(out, delimiter=separator)
    sheet = document.sheets[0]
    cells = dict(_placed(sheet))
    for row, drawn in enumerate(sheet.rows, start=1):
        writer.writerow([printed(cells.get((row, column), Drawn())) for column in range(1, len(drawn) + 1)])
    return out.getvalue().encode(encoding)


def one_sheet(*rows: list[Drawn | str | None], name: str = "Plan", above: list[str] | None = None) -> Document:
    """A document of one table."""
    return Document([Sheet(list(rows), name, above or [])])


def a_day(year: int, month: int, day: int, shown: str = "dd/mm/yyyy", **more) -> Drawn:
    return Drawn(day=date(year, month, day), shown=shown, **more)


def _placed(sheet: Sheet) -> list[tuple[Place, Drawn]]:
    return [
        ((row, column), Drawn(cell) if isinstance(cell, str) else cell)
        for row, drawn in enumerate(sheet.rows, start=1)
        for column, cell in enumerate(drawn, start=1)
        if cell is not None
    ]


def _saved(made) -> bytes:
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def parts(data: bytes) -> dict[str, bytes]:
    """What an office file is made of, by name."""
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(content: dict[str, bytes | str], compression: int = ZIP_DEFLATED) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", compression) as archive:
        for name, part in content.items():
            archive.writestr(name, part)
    return out.getvalue()


def altered(data: bytes, *changes: tuple[str, str, str]) -> bytes:
    """An office file with words of its parts exchanged: (part, before, after); each must have been there."""
    content = parts(data)
    for part, before, after in changes:
        text = content[part].decode()
        assert before in text, f"{before} is not in {part}"
        content[part] = text.replace(before, after).encode()
    return packed(content)
