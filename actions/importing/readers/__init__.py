"""From the bytes of a file to its tables, one module a kind of file. What may be read was settled by `checking`."""

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module

from actions.importing.checking import NO_PLAN, suffix
from actions.importing.tables import File
from actions.importing.unreadable import Unreadable
from cseplan.text import clean_line

_NAMES = {
    "xlsx": "an Excel workbook",
    "docx": "a Word document",
    "ods": "an OpenDocument spreadsheet",
    "csv": "a CSV file",
}
_SUFFIXES = {
    "xlsx": {"xlsx", "xltx"},
    "docx": {"docx", "dotx"},
    "ods": {"ods", "ots"},
    "csv": {"csv", "tsv", "tab", "txt"},
}
_NO_TABLE = (
    "There is no table in this Word document, and a plan is read from tables. "
    "Put the plan into a table in Word, with a heading over each column, and try again."
)
_NO_WORDS = f"There is nothing written in this file. {NO_PLAN}"


def read(data: bytes, kind: str, name: str) -> File:
    """The tables of a file of this kind. `name` only tells whether its suffix says something else."""
    reader: Callable[[bytes], File] = import_module(f"{__name__}.{kind}").read
    file = reader(data)
    if not file.tables:
        raise Unreadable(_NO_TABLE if kind == "docx" else _NO_WORDS)
    called = clean_line(suffix(name))[:10]
    if called and called not in _SUFFIXES[kind]:
        said = f"The name of this file ends in .{called}, but it holds {_NAMES[kind]}; read as that."
        return replace(file, notes=(said, *file.notes))
    return file
