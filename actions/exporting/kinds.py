"""Which kinds of file a plan goes out as, and the one way to write one."""

from actions.exporting.base import NotWritable, PlanFormat
from actions.exporting.csv import CsvFormat
from actions.exporting.docx import DocxFormat
from actions.exporting.json import JsonFormat
from actions.exporting.ods import OdsFormat
from actions.exporting.sheet import Sheet
from actions.exporting.xlsx import XlsxFormat

KINDS: dict[str, PlanFormat] = {
    kind.get_extension(): kind for kind in (XlsxFormat(), DocxFormat(), OdsFormat(), CsvFormat(), JsonFormat())
}
"""Each kind of file by its suffix, without the dot."""


def write(sheet: Sheet, suffix: str) -> bytes:
    """The file.

    Raises:
        NotWritable: with a sentence, where this kind of file cannot hold what the plan says.
    """
    return KINDS[suffix].export_data(sheet.dataset, sheet=sheet)


__all__ = ["KINDS", "NotWritable", "write"]
