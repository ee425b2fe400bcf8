"""Reading the files of a plan back with nothing of the product: the libraries as they are, and `plain` for CSV."""

import csv
import json
import zipfile
from io import BytesIO, StringIO

import docx
import openpyxl
from docx.oxml.ns import qn
from odf import opendocument, table, teletype
from odf.text import P

from cseplan.spreadsheet import plain


def rows_of(content: bytes, kind: str) -> list[list[str]]:
    """Every row of texts, heading rows included; of a Word document those of all tables, one after the other."""
    return {"xlsx": _xlsx, "docx": _docx, "ods": _ods, "csv": _csv, "json": _json}[kind](content)


def _xlsx(content):
    page = openpyxl.load_workbook(BytesIO(content)).active
    return [["" if cell is None else cell for cell in row] for row in page.iter_rows(values_only=True)]


def _docx(content):
    return [[cell.text for cell in row.cells] for each in docx.Document(BytesIO(content)).tables for row in each.rows]


def _ods(content):
    page = opendocument.load(BytesIO(content)).spreadsheet.getElementsByType(table.Table)[0]
    rows = [row for row in page.getElementsByType(table.TableRow) if not row.getAttribute("numberrowsrepeated")]
    return [
        [
            "\n".join(map(teletype.extractText, cell.getElementsByType(P)))
            for cell in row.getElementsByType(table.TableCell)
        ]
        for row in rows
    ]


def _csv(content):
    return [[plain(cell) for cell in row] for row in csv.reader(StringIO(content.decode("utf-8-sig"), newline=""))]


def _json(content):
    whole = json.loads(content)
    return [[column["heading"] for column in whole["columns"]], *(row["cells"] for row in whole["rows"])]


def everything_in_file(content: bytes, suffix: str) -> str:
    """Everything that stands in a file, in every member of an archive."""
    if suffix in ("csv", "json"):
        return content.decode("utf-8-sig")
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return "\n".join(archive.read(name).decode(errors="replace") for name in archive.namelist())


def hidden(run) -> bool:
    return run._r.rPr is not None and run._r.rPr.find(qn("w:vanish")) is not None
