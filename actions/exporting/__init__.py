"""Giving out a plan in its own headings, as a file that a board can circulate, work in, and bring back.

`sheet` says which columns and texts a file has, the same for every kind of file; each kind has a module of its own
(`xlsx`, `docx`, `ods`, `csv`, `json`) that only draws them. Nothing here writes to the database; that a plan was taken
away is recorded by `actions.changes.export_plan`.
"""

from actions.exporting.kinds import KINDS, NotWritable, write
from actions.exporting.sheet import KEY_HEADING, Sheet, added_headings, lines_of, sheet_as_at, sheet_of

__all__ = [
    "KEY_HEADING",
    "KINDS",
    "NotWritable",
    "Sheet",
    "added_headings",
    "lines_of",
    "sheet_as_at",
    "sheet_of",
    "write",
]
