"""A plan as an Excel workbook that people can work in: one sheet, its headings in the first row.

Every cell holds text and says so, so that none can be a formula; one that starts like a formula is marked as quoted,
which keeps it text when somebody edits it. The sheet is protected without a password: reference and key stay as they
are, everything else and the rows beneath can be written in.
"""

import re
from io import BytesIO
from math import ceil

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.dimensions import RowDimension

from actions.exporting.base import FIXED, SPARE_ROWS, NotWritable, PlanFormat, choices, is_rated, width_of
from actions.exporting.sheet import KEY
from actions.models import PlanColumn
from cseplan.colours import paint
from cseplan.spreadsheet import is_live

Field = PlanColumn.Field

LONGEST = 32_767
"""Characters that a cell of Excel holds; it counts in UTF-16."""

LONGEST_LIST = 255
"""Characters of the words of a drop-down, all together."""

_ESCAPE = re.compile("_x(?=[0-9A-Fa-f]{4}_)")
_HEAD = PatternFill("solid", fgColor="F3F2F1")
_LINE = Side(style="thin", color="B1B4B6")
_TOP = Alignment(wrap_text=True, vertical="top")
_FONT = {"name": "Arial", "size": 10}

LINE_HEIGHT, HIGHEST = 13, 409
"""Points: of a line, and of a row at most."""


class XlsxFormat(PlanFormat):
    """Frozen and repeated heading row, filters, drop-downs, printed in landscape."""

    suffix = "xlsx"
    title = "Excel"
    purpose = "To work in and to bring back: filters, and lists to choose status and rating from."
    told = "an Excel workbook"
    content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def export_data(self, dataset, *, sheet, **kwargs):
        book = Workbook()
        page = book.active
        page.title = "Plan"
        _head(page, dataset.headers)
        for number, (line, texts) in enumerate(zip(sheet.lines, dataset, strict=True), start=2):
            for place, (column, text) in enumerate(zip(sheet.columns, texts, strict=True), start=1):
                _body(page.cell(number, place), text, column, line)
        _lay_out(page, sheet)
        _drop_downs(page, sheet)
        _print(page, sheet)
        about = book.properties
        about.title, about.creator = sheet.plan.title, str(sheet.plan.board)
        about.created = about.modified = sheet.made_at.replace(tzinfo=None, microsecond=0)
        file = BytesIO()
        book.save(file)
        return file.getvalue()


def _write(cell, text):
    """Put text into a cell, as text whatever it looks like."""
    # “_x0041_” in a file means “A”: broken in two, no reader takes it for that.
    parts = _ESCAPE.split(text)
    broken = [
        f"{'x' if number else ''}{part}{'_' if number < len(parts) - 1 else ''}" for number, part in enumerate(parts)
    ]
    cell.value = CellRichText(broken) if len(broken) > 1 else text
    cell.data_type = "s"
    # Whoever edits such a cell would otherwise make a formula of it, or lose an apostrophe that is theirs.
    cell.quotePrefix = is_live(text) or text.startswith("'")


def _head(page, headings):
    for place, heading in enumerate(headings, start=1):
        cell = page.cell(1, place)
        _write(cell, heading)
        cell.font, cell.fill, cell.alignment = Font(**_FONT, bold=True), _HEAD, _TOP
        cell.border = Border(bottom=Side(style="medium", color="0B0C0C"))


def _body(cell, text, column, line):
    if len(text.encode("utf-16-le")) // 2 > LONGEST:
        raise NotWritable(
            f"“{column.heading}” of action {line.row.reference} is too long for Excel, which holds {LONGEST:,} "
            "characters in a cell. Export the plan as Word, OpenDocument or CSV instead."
        )
    _write(cell, text)
    cell.font, cell.alignment, cell.border = Font(**_FONT), _TOP, Border(bottom=_LINE)
    cell.protection = Protection(locked=column.field in FIXED)
    if is_rated(column, text, line):
        colours = paint(line.row.rating.colour)
        cell.fill = PatternFill("solid", fgColor=colours.fill.lstrip("#").upper())
        cell.font = Font(**_FONT, bold=True, color=colours.ink.lstrip("#").upper())
    elif column.field == Field.ACTION and line.row.action.top_priority:
        cell.font = Font(**_FONT, bold=True)


def _lay_out(page, sheet):
    for place, column in enumerate(sheet.columns, start=1):
        letter = page.column_dimensions[get_column_letter(place)]
        letter.width = width_of(column)
        letter.hidden = column.field == KEY
        letter.protection = Protection(locked=False)  # of the rows beneath, where new actions are written
    for number, texts in enumerate((sheet.dataset.headers, *sheet.dataset), start=1):
        page.row_dimensions[number] = _Row(page, index=number, ht=_height(sheet.columns, texts))
    page.freeze_panes = "A2"
    page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{len(sheet.lines) + 1}"
    page.protection.sheet = True
    for allowed in ("autoFilter", "sort", "formatCells", "formatColumns", "formatRows", "insertRows"):
        setattr(page.protection, allowed, False)  # False: not held back


class _Row(RowDimension):
    """A row whose height is a first guess: Excel fits it anew when somebody writes in it."""

    @property
    def customHeight(self):
        return False


def _height(columns, texts):
    """About how high a row is whose text is wrapped; programs other than Excel do not work it out when they open it."""
    lines = [
        sum(ceil(len(line) / width_of(column)) or 1 for line in text.split("\n"))
        for column, text in zip(columns, texts, strict=True)
        if column.field != KEY
    ]
    return min(max(lines, default=1) * LINE_HEIGHT + 3, HIGHEST)


def _drop_downs(page, sheet):
    for column, words in choices(sheet).items():
        listed = ",".join(words)
        # A list inside the sheet has no way to say a comma; such a board types its words.
        if len(listed) > LONGEST_LIST or any(sign in word for word in words for sign in ',"'):
            continue
        letter = get_column_letter(sheet.columns.index(column) + 1)
        chosen = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True, showErrorMessage=True)
        chosen.errorTitle, chosen.error = column.heading[:32], f"Choose one of: {', '.join(words)}."[:225]
        chosen.add(f"{letter}2:{letter}{len(sheet.lines) + 1 + SPARE_ROWS}")
        page.add_data_validation(chosen)


def _print(page, sheet):
    setup = page.page_setup
    setup.orientation, setup.paperSize = page.ORIENTATION_LANDSCAPE, page.PAPERSIZE_A4
    setup.fitToWidth, setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = "1:1"
    page.page_margins.left = page.page_margins.right = 0.4
    page.oddHeader.left.text = _in_margin(sheet.plan.board.name)
    page.oddHeader.center.text = _in_margin(sheet.plan.title)
    page.oddHeader.right.text = _in_margin(sheet.plan.marking)
    page.oddFooter.left.text = _in_margin(f"As at {sheet.day:%-d %B %Y}")
    page.oddFooter.right.text = "Page &P of &N"


def _in_margin(text):
    """Words for the margin, where an ampersand begins a code, and which holds 255 characters in all."""
    return text[:70].replace("&", "&&")
