"""The archive that an Excel, Word or OpenDocument file is: its parts, unpacked within bounds, parsed without surprises.

Pure. No part that declares a document type is ever parsed, so there are no entities to expand and none to fetch.
"""

import posixpath
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import Any
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from lxml import etree

from actions.importing.unreadable import DAMAGED, Unreadable

MEGABYTE = 1024 * 1024
LARGEST_UNPACKED = 100 * MEGABYTE
LARGEST_TREE = 40 * MEGABYTE
MOST_IN_TREE = 4_000_000
"""Of a part that is held in memory as a whole: characters, and marks that each become a thing of their own there."""
MOST_PARTS = 2_000
HIGHEST_RATIO = 300
RATIO_MATTERS_FROM = 5 * MEGABYTE

TOO_LARGE_UNPACKED = (
    "This file is too large: it holds far more than its size on disk. "
    "Copy the plan alone into a new file and bring that."
)
TAMPERED = "As it stands, this file was not made by Excel, Word or LibreOffice. Open it there, save it and try again."
LOCKED = "This file is protected with a password. Open it, take the password off, save it and try again."

_PARSING: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}
_BROKEN = (
    BadZipFile, zlib.error, struct.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError,
    OverflowError, IndexError, LookupError, etree.XMLSyntaxError,
)  # fmt: skip
"""What the libraries raise over a broken archive or part, found by breaking some."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A part's pointer to another part, or to something outside the file."""

    type: str
    """The last word of its type: "hyperlink", "worksheet"."""
    target: str
    """The name of the part; for something outside, its address."""
    outside: bool


class Archive:
    """The parts of a file by name. Whatever is broken comes out as `Unreadable`."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = ZipFile(BytesIO(data))
        except _BROKEN as error:
            raise Unreadable(DAMAGED) from error

    @cached_property
    def names(self) -> frozenset[str]:
        return frozenset(self._zip.namelist())

    @cached_property
    def _by_small_name(self) -> dict[str, str]:
        """Some programs point to "xl/SharedStrings.xml" and mean "xl/sharedStrings.xml"."""
        return {name.lower(): name for name in self.names}

    def check(self) -> None:
        """Refuse too many parts, odd names, locked or oddly packed ones, and more than fits when unpacked.

        What a part declares of its own size is not believed: everything is unpacked once, and counted.
        """
        parts = self._zip.infolist()
        if len(parts) > MOST_PARTS:
            raise Unreadable(TOO_LARGE_UNPACKED)
        if len(self.names) < len(parts) or any(_is_odd(part.filename) for part in parts):
            raise Unreadable(TAMPERED)
        if any(part.flag_bits & 0x1 for part in parts):
            raise Unreadable(LOCKED)
        if any(part.compress_type not in {ZIP_STORED, ZIP_DEFLATED} for part in parts):
            raise Unreadable(TAMPERED)
        left = LARGEST_UNPACKED
        for part in parts:
            left -= self._measured(part, left)

    def _measured(self, part: ZipInfo, left: int) -> int:
        size = 0
        most = max(RATIO_MATTERS_FROM, HIGHEST_RATIO * part.compress_size)
        try:
            with self._zip.open(part) as stream:
                while chunk := stream.read(MEGABYTE):
                    size += len(chunk)
                    if size > left or size > most:
                        raise Unreadable(TOO_LARGE_UNPACKED)
        except Unreadable:
            raise
        except _BROKEN as error:
            raise Unreadable(DAMAGED) from error
        return size

    def read(self, name: str) -> bytes:
        try:
            return self._zip.read(name)
        except _BROKEN as error:
            raise Unreadable(DAMAGED) from error

    def tree(self, name: str) -> Any:
        """The root element of a part."""
        content = self.read(name)
        if len(content) > LARGEST_TREE or content.count(b"<") + 2 * content.count(b"=") > MOST_IN_TREE:
            raise Unreadable(TOO_LARGE_UNPACKED)
        refuse_document_type(content)
        try:
            return etree.fromstring(content, etree.XMLParser(**_PARSING))
        except _BROKEN as error:
            raise _refusal(error) from error

    def stream(self, name: str, *, ends: tuple[str, ...], starts: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
        """("start" or "end", element) for the elements of these local names, in order.

        After its end an element is emptied and what lies before it dropped, unless its start was asked for too.
        """
        content = self.read(name)
        refuse_document_type(content)
        tags = [f"{{*}}{tag}" for tag in {*starts, *ends}]
        try:
            events = ("start", "end") if starts else ("end",)
            for event, element in etree.iterparse(BytesIO(content), events=events, tag=tags, **_PARSING):
                local = element.tag.rpartition("}")[2]
                if event == "start":
                    if local in starts:
                        yield event, element
                elif local in ends:
                    yield event, element
                    if local not in starts:
                        element.clear(keep_tail=True)
                        _forget_before(element)
        except _BROKEN as error:
            raise _refusal(error) from error

    def relations(self, name: str) -> dict[str, Relation]:
        """What a part points to, by the key it uses; of the file as a whole, for an empty name."""
        folder, own = posixpath.split(name)
        listed = posixpath.join(folder, "_rels", own + ".rels")
        if listed not in self.names:
            return {}
        found = {}
        for element in self.tree(listed).iter("{*}Relationship"):
            target, outside = element.get("Target", ""), element.get("TargetMode") == "External"
            if not outside:
                whole = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
                target = posixpath.normpath(whole)
                target = self._by_small_name.get(target.lower(), target)
            kind = element.get("Type", "").rpartition("/")[2]
            found[element.get("Id", "")] = Relation(kind, target, outside)
        return found

    def related(self, name: str, kind: str) -> str:
        """The first part of this kind that a part points to and that is there; empty if there is none."""
        for relation in self.relations(name).values():
            if relation.type == kind and not relation.outside and relation.target in self.names:
                return relation.target
        return ""


def refuse_document_type(content: bytes) -> None:
    """A document type can only stand before the first element, so it is looked for no further."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = _stop
    try:
        parser.Parse(content, True)
    except _Begun:
        return
    except Unreadable:
        raise
    except (expat.ExpatError, ValueError, LookupError) as error:  # of an encoding that it doesn't know, the latter
        raise Unreadable(DAMAGED) from error
    raise Unreadable(DAMAGED)


def _refusal(error: Exception) -> Exception:
    """What to say of a part that cannot be parsed: the parser tells of want of memory as of any mistake."""
    if isinstance(error, etree.XMLSyntaxError) and error.code == etree.ErrorTypes.ERR_NO_MEMORY:
        return MemoryError()
    return Unreadable(DAMAGED)


class _Begun(Exception):
    pass


def _refuse(*_: object) -> None:
    raise Unreadable(TAMPERED)


def _stop(*_: object) -> None:
    raise _Begun


def _is_odd(name: str) -> bool:
    return (
        not name
        or name.startswith("/")
        or "\\" in name
        or "\0" in name
        or ":" in name.split("/")[0]
        or ".." in name.split("/")
    )


def _forget_before(element: Any) -> None:
    parent = element.getparent()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]
