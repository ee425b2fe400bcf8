"""What a file is, by what it holds and not by its name, and whether it may be read at all. Pure.

Nothing here reads a plan. Each kind of file that boards send and we cannot read has a sentence that says what to do.
"""

import codecs
import re

from actions.importing.archives import LOCKED, MEGABYTE, TAMPERED, Archive
from actions.importing.unreadable import DAMAGED, Unreadable

__all__ = ["LARGEST", "Unreadable", "check", "suffix"]

LARGEST = 10 * MEGABYTE

ARCHIVE = b"PK\x03\x04"
EMPTY_ARCHIVE = b"PK\x05\x06"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOOKED_AT = 65_536
"""So much of a file's beginning says what it is."""

EMPTY = "This file is empty. Save the plan again and bring that."
TOO_LARGE = "This file is larger than 10 MB. Take the pictures out, or copy the plan alone into a new file."
MACROS = (
    "This file holds macros. Save it as an ordinary Excel workbook (.xlsx) or Word document (.docx) and bring that."
)
EMBEDDED = (
    "Another document is embedded in this file. Click on it and press Delete to take it out, save the file, try again."
)
LINKED = (
    "This file draws on another file. In Excel choose Data, then Edit Links, then Break Link; in Word copy the plan's "
    "tables into a new document. Save it and try again."
)
LINKED_PICTURE = (
    "A picture in this file is fetched from somewhere else. Take the picture out, save the file and try again."
)
NOT_WORDS = "This is not a file that a plan can be read from. Bring an Excel, Word, OpenDocument or CSV file."
NO_PLAN = "Bring the plan as an Excel workbook (.xlsx), Word document (.docx), OpenDocument spreadsheet (.ods) or CSV."

_STARTS = {
    b"%PDF": "This is a PDF. Ask for the Word or Excel file it was made from.",
    b"{\\rtf": "This is a rich text file (RTF). Open it in Word, save it as a Word document (.docx) and bring that.",
    b"\x89PNG": "This is a picture. A plan cannot be read from it: ask for the Word or Excel file.",
    b"\xff\xd8\xff": "This is a photograph. A plan cannot be read from it: ask for the Word or Excel file.",
    b"GIF8": "This is a picture. A plan cannot be read from it: ask for the Word or Excel file.",
    b"BM": "This is a picture. A plan cannot be read from it: ask for the Word or Excel file.",
    b"II*\0": "This is a scanned picture. A plan cannot be read from it: ask for the Word or Excel file.",
    b"MM\0*": "This is a scanned picture. A plan cannot be read from it: ask for the Word or Excel file.",
    b"RIFF": "This is a picture or a recording. A plan cannot be read from it: ask for the Word or Excel file.",
    b"\x1f\x8b": "This is a packed file. Unpack it and bring the plan that is in it.",
    b"7z\xbc\xaf": "This is a packed file. Unpack it and bring the plan that is in it.",
    b"Rar!": "This is a packed file. Unpack it and bring the plan that is in it.",
    b"MZ": "This is a program, not a plan. Bring an Excel, Word, OpenDocument or CSV file.",
    b"\x7fELF": "This is a program, not a plan. Bring an Excel, Word, OpenDocument or CSV file.",
}
_NOT_TEXT = {b"BM", b"MZ"}
"""Two letters with which a heading may begin as well: believed only where no text follows."""

_WEB_PAGE = (
    "This is a web page, whatever its name says. Open it in Excel or Word, save it as an Excel workbook (.xlsx) or "
    "a Word document (.docx) and bring that."
)
_MAIL = "This is an e-mail. Save the plan that is attached to it and bring that."
_OLD_EXCEL = "This is an old kind of Excel file (.xls). Open it in Excel, save it as an Excel workbook (.xlsx)."
_OLD_WORD = "This is an old kind of Word file (.doc). Open it in Word, save it as a Word document (.docx)."
_OLD_STREAMS = {
    "EncryptedPackage": LOCKED,
    "__properties_version1.0": _MAIL,
    "WordDocument": _OLD_WORD,
    "Workbook": _OLD_EXCEL,
    "Book": _OLD_EXCEL,
    "PowerPoint Document": f"This is a PowerPoint presentation. {NO_PLAN}",
    "VisioDocument": f"This is a drawing. {NO_PLAN}",
}
_TAG = re.compile(rb"<[a-z!?]")
_TEXTS_IN_TAGS = [
    (b"excel.sheet", "This is a kind of Excel file from 2003. Open it in Excel, save it as an Excel workbook (.xlsx)."),
    (b"word.document", "This is a kind of Word file from 2003. Open it in Word, save it as a Word document (.docx)."),
    (b"opendocument", "This is a flat kind of OpenDocument file. Open it in LibreOffice and save it as .ods or .docx."),
    (b"<html", _WEB_PAGE),
    (b"<!doctype html", _WEB_PAGE),
    (b"<table", _WEB_PAGE),
    (b"<body", _WEB_PAGE),
]

_OPEN_XML = "application/vnd.openxmlformats-officedocument."
_KINDS = {
    f"{_OPEN_XML}spreadsheetml.sheet.main+xml": "xlsx",
    f"{_OPEN_XML}spreadsheetml.template.main+xml": "xlsx",
    f"{_OPEN_XML}wordprocessingml.document.main+xml": "docx",
    f"{_OPEN_XML}wordprocessingml.template.main+xml": "docx",
}
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
_OUTSIDE_IS_HARMLESS = {"hyperlink", "attachedTemplate"}
"""Addresses that are only printed, and the name of the template a document was begun from: neither is ever fetched."""


def check(data: bytes, name: str) -> str:
    """The kind of a file (xlsx, docx, ods or csv), or `Unreadable` for one that must not be read."""
    if not data:
        raise Unreadable(EMPTY)
    if len(data) > LARGEST:
        raise Unreadable(TOO_LARGE)
    if data.startswith(ARCHIVE):
        return _check_archive(Archive(data))
    if data.startswith(EMPTY_ARCHIVE):
        raise Unreadable(EMPTY)
    if data.startswith(OLD_OFFICE):
        raise Unreadable(_old_office(data))
    return _check_text(data, name)


def suffix(name: str) -> str:
    """The suffix of a file's name, small and without its dot; empty where it has none."""
    before, dot, after = name.rpartition(".")
    return after.lower() if dot and before else ""


def _old_office(data: bytes) -> str:
    """By the names of the streams that every program writes into such a file."""
    for name, sentence in _OLD_STREAMS.items():
        if name.encode("utf-16-le") in data:
            return sentence
    return f"This is a file of an old kind. {NO_PLAN}"


def _check_text(data: bytes, name: str) -> str:
    start = data[:LOOKED_AT]
    text = not _is_binary(start)
    for mark, sentence in _STARTS.items():
        if start.startswith(mark) and not (mark in _NOT_TEXT and text):
            raise Unreadable(sentence)
    if not text:
        raise Unreadable(NOT_WORDS)
    words = start.replace(b"\0", b"").removeprefix(codecs.BOM_UTF8).lstrip(b"\xff\xfe \t\r\n").lower()
    if not words.strip(b"\0\xef\xbb\xbf"):
        raise Unreadable(EMPTY)
    if _TAG.match(words):
        raise Unreadable(next((said for mark, said in _TEXTS_IN_TAGS if mark in words), NOT_WORDS))
    if words.startswith(b"mime-version:") or b"\nmime-version:" in words:
        raise Unreadable(_WEB_PAGE if b"multipart/related" in words else _MAIL)
    if suffix(name) in {"xlsx", "docx", "ods", "xlsm", "docm", "doc", "odt", "pdf"}:
        raise Unreadable(
            f"This file is named .{suffix(name)} but holds only plain text, so it is damaged or was renamed. "
            "Ask for the file it was made from; if it is a CSV file, let its name end in .csv."
        )
    return "csv"


def _is_binary(start: bytes) -> bool:
    """Whether this is no text: it holds what no text holds, and is not UTF-16, where every other byte may be nought."""
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or utf_16_order(start):
        return False
    controls = sum(start.count(bytes([code])) for code in range(32) if code not in b"\t\n\x0b\x0c\r\x1a\x1b")
    return controls > max(2, len(start) // 100)


def utf_16_order(start: bytes) -> str:
    """ "le" or "be" where text without a mark is clearly UTF-16: its noughts stand on one side; else empty."""
    pairs = len(start) // 2
    first, second = start[0 : pairs * 2 : 2].count(0), start[1 : pairs * 2 : 2].count(0)
    if pairs >= 2 and second > pairs * 0.6 and first < pairs * 0.05:
        return "le"
    if pairs >= 2 and first > pairs * 0.6 and second < pairs * 0.05:
        return "be"
    return ""


def _check_archive(archive: Archive) -> str:
    archive.check()
    names = archive.names
    if "[Content_Types].xml" in names:
        return _check_office(archive)
    if "mimetype" in names or {"META-INF/manifest.xml", "content.xml"} <= names:
        return _check_open_document(archive)
    if any(name.endswith(".iwa") for name in names):
        raise Unreadable("This is a file of Numbers or Pages. Export it there as an Excel workbook or Word document.")
    if any(name.endswith((".xlsx", ".docx", ".ods", ".xls", ".doc", ".csv", ".pdf")) for name in names):
        raise Unreadable("This is a folder of files packed into one. Unpack it and bring the plan that is in it.")
    if any(name.startswith(("xl/", "word/")) for name in names):
        raise Unreadable(DAMAGED)
    raise Unreadable(NOT_WORDS)


def _check_office(archive: Archive) -> str:
    listed = archive.tree("[Content_Types].xml")
    types = {element.get("ContentType", "") for element in listed.iter("{*}Override", "{*}Default")}
    lowered = {kind.lower() for kind in types}
    names = {name.lower() for name in archive.names}
    if any("sheet.binary" in kind for kind in lowered):
        raise Unreadable("This is a binary Excel file (.xlsb). Save it in Excel as an Excel workbook (.xlsx).")
    if any("macroenabled" in kind or "vbaproject" in kind for kind in lowered) or any("vbaproject" in n for n in names):
        raise Unreadable(MACROS)
    if any("presentationml" in kind for kind in lowered):
        raise Unreadable(f"This is a PowerPoint presentation. {NO_PLAN}")
    kinds = {_KINDS[kind] for kind in types if kind in _KINDS}
    if not kinds and ("xl/workbook.xml" in names or "word/document.xml" in names):
        raise Unreadable(DAMAGED)
    if not kinds:
        raise Unreadable(NOT_WORDS)
    if len(kinds) > 1:
        raise Unreadable(TAMPERED)
    if any("/activex/" in name for name in names):
        raise Unreadable(EMBEDDED)
    if any("/externallinks/" in name for name in names):
        raise Unreadable(LINKED)
    _check_relations(archive)
    return kinds.pop()


def _check_relations(archive: Archive) -> None:
    """What stands behind a chart is a workbook of its own, which is never opened; nothing else may be embedded."""
    embedded = {name for name in archive.names if "/embeddings/" in name.lower()}
    for listed in archive.names:
        if listed.endswith(".rels"):
            folder, own = listed.removesuffix(".rels").rsplit("/", 1) if "/" in listed else ("", "")
            part = (folder.removesuffix("_rels") + own).lstrip("/")
            for relation in archive.relations(part).values():
                if relation.outside and relation.type == "image":
                    raise Unreadable(LINKED_PICTURE)
                if relation.outside and not _is_harmless(relation.type, relation.target):
                    raise Unreadable(LINKED)
                if relation.type == "package" and "/charts/" in part:
                    embedded.discard(relation.target)
                elif relation.type in {"aFChunk", "oleObject", "package", "subDocument"}:
                    raise Unreadable(EMBEDDED)
    if embedded:
        raise Unreadable(EMBEDDED)


def _is_harmless(kind: str, target: str) -> bool:
    from_the_web = target.lower().startswith(("http:", "https:", "ftp:"))
    return kind in _OUTSIDE_IS_HARMLESS and not (kind == "attachedTemplate" and from_the_web)


def _check_open_document(archive: Archive) -> str:
    names = archive.names
    listed = archive.tree("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else []
    entries = [{key.rpartition("}")[2]: value for key, value in entry.attrib.items()} for entry in listed]
    kind = next((entry.get("media-type", "") for entry in entries if entry.get("full-path") == "/"), "")
    if "mimetype" in names:  # Google leaves it out
        kind = archive.read("mimetype")[:200].decode("ascii", "replace").strip()
    kind = kind.removeprefix(_OPEN_DOCUMENT)
    if kind in {"text", "text-template", "text-master"}:
        raise Unreadable("This is an OpenDocument text (.odt). Open it, save it as a Word document (.docx).")
    if kind not in {"spreadsheet", "spreadsheet-template"}:
        raise Unreadable(NO_PLAN if kind in {"presentation", "graphics", "chart", "formula"} else NOT_WORDS)
    if any(entry.find("{*}encryption-data") is not None for entry in listed):
        raise Unreadable(LOCKED)
    if any(_is_embedded(entry.get("full-path", ""), entry.get("media-type", "")) for entry in entries):
        raise Unreadable(EMBEDDED)
    if any(name.startswith(("Basic/", "Scripts/", "Dialogs/")) for name in names):
        raise Unreadable(MACROS)
    if "content.xml" not in names:
        raise Unreadable(DAMAGED)
    return "ods"


def _is_embedded(path: str, kind: str) -> bool:
    """Charts are objects of their own in an OpenDocument file, and harmless; whatever else is embedded is not."""
    return "oleobject" in kind or (path != "/" and _OPEN_DOCUMENT in kind and not kind.endswith(".chart"))
