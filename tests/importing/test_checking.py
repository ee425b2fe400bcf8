"""What a file is, and which files are turned away: each with a sentence that says what to do."""

import pytest

from actions.importing.archives import Archive
from actions.importing.checking import LARGEST, Unreadable, check, suffix
from tests.importing import files

PLAN = files.one_sheet(["No.", "Action"], ["1", "Train all staff"])
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
MADE = {kind: getattr(files, kind)(PLAN) for kind in ("xlsx", "docx", "ods", "csv")}
CONTENT_TYPES = "[Content_Types].xml"
RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
OUTSIDE = (
    '<Relationship Id="x" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" '
    'Target="{}" TargetMode="External"/>'
)


def refused(data: bytes, name: str = "plan.xlsx") -> str:
    with pytest.raises(Unreadable) as caught:
        check(data, name)
    return str(caught.value)


@pytest.mark.parametrize("kind", MADE)
def test_a_file_of_each_kind_is_known(kind):
    assert check(MADE[kind], f"plan.{kind}") == kind


@pytest.mark.parametrize("kind", ["xlsx", "docx", "ods"])
@pytest.mark.parametrize("name", ["plan.csv", "plan.pdf", "plan", "plan.xlsx.docx", "", ".xlsx"])
def test_the_name_does_not_decide(kind, name):
    assert check(MADE[kind], name) == kind


@pytest.mark.parametrize(
    ("start", "words"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "This is a PDF. Ask for the Word or Excel file it was made from."),
        (b"{\\rtf1\\ansi Plan}", "rich text file"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "picture"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0", "photograph"),
        (b"GIF89a\1\0\1\0\0\0\0", "picture"),
        (b"BM\x9a\0\0\0\0\0\0\0\x36\0\0\0", "picture"),
        (b"II*\0\x08\0\0\0", "scanned picture"),
        (b"MM\0*\0\0\0\x08", "scanned picture"),
        (b"RIFF\x24\0\0\0WEBPVP8 ", "picture"),
        (b"\x1f\x8b\x08\0\0\0\0\0\0\0", "Unpack it"),
        (b"7z\xbc\xaf\x27\x1c\0\4", "Unpack it"),
        (b"Rar!\x1a\x07\x01\0", "Unpack it"),
        (b"MZ\x90\0\3\0\0\0\4\0\0\0\xff\xff", "program"),
        (b"\x7fELF\2\1\1\0", "program"),
        (b"<html><body><table><tr><td>1</td></tr></table></body></html>", "web page"),
        (b"\xef\xbb\xbf<!DOCTYPE html><p>Plan", "web page"),
        (b"\r\n  <TABLE><tr><td>1", "web page"),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', "Excel file from 2003"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w/>', "Word file from 2003"),
        (b'<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>', "LibreOffice"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n", "web page"),
        (b"From: a\r\nSubject: the plan\r\nMIME-Version: 1.0\r\n\r\nHere", "e-mail"),
        (OLE2 + "Workbook".encode("utf-16-le"), "old kind of Excel file"),
        (OLE2 + "Book".encode("utf-16-le"), "old kind of Excel file"),
        (OLE2 + "WordDocument".encode("utf-16-le"), "old kind of Word file"),
        (OLE2 + "EncryptedPackage".encode("utf-16-le"), "password"),
        (OLE2 + "__properties_version1.0".encode("utf-16-le"), "e-mail"),
        (OLE2 + "PowerPoint Document".encode("utf-16-le"), "PowerPoint"),
        (OLE2, "old kind"),
        (b"PK\5\6" + bytes(18), "empty"),
        (bytes(range(32)) * 20, "not a file that a plan can be read from"),
        (b"", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\xff\xfe", "empty"),
        (b" \r\n\t\r\n", "empty"),
        (b"just words", "holds only plain text"),
    ],
)
def test_what_boards_also_send_is_named_and_told_what_to_do(start, words):
    assert words in refused(start)


def test_two_letters_that_also_begin_a_picture_may_begin_a_csv_file():
    assert check(b"BMI clinic,Lead\n1,Health\n", "plan.csv") == "csv"
    assert check(b"MZ,Lead\n", "plan.csv") == "csv"
    assert check(b"< 6 months,Lead\n", "plan.csv") == "csv"


@pytest.mark.parametrize("name", ["plan.csv", "plan.txt", "export.xls", "plan"])
def test_plain_text_is_csv_under_many_names(name):
    assert check(b"No.;Action\r\n1;Train\r\n", name) == "csv"


def test_text_of_two_bytes_is_text():
    assert check("No.\tAction\n1\tTrain\n".encode("utf-16"), "plan.csv") == "csv"
    assert check("No.\tAction\n1\tTrain\n".encode("utf-16-le"), "plan.csv") == "csv"


def test_a_file_of_ten_megabytes_is_read_and_one_byte_more_is_not():
    assert check(b"a,b\n" * (LARGEST // 4), "plan.csv") == "csv"
    assert "larger than 10 MB" in refused(b"a,b\n" * (LARGEST // 4) + b"a")


def test_macros_are_not_read():
    with_project = files.packed(files.parts(MADE["xlsx"]) | {"xl/vbaProject.bin": b"x"})
    assert "macros" in refused(with_project)
    for kind, word in (("xlsx", "spreadsheetml.sheet"), ("docx", "wordprocessingml.document")):
        main = f"application/vnd.openxmlformats-officedocument.{word}.main+xml"
        named = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
        assert "macros" in refused(files.altered(MADE[kind], (CONTENT_TYPES, main, named)))
    assert "macros" in refused(files.packed(files.parts(MADE["ods"]) | {"Basic/Standard/Module1.xml": b"<x/>"}))


@pytest.mark.parametrize(
    ("kind", "part"),
    [
        ("xlsx", "xl/embeddings/oleObject1.bin"),
        ("docx", "word/embeddings/Microsoft_Excel_Sheet.xlsx"),
        ("xlsx", "xl/activeX/activeX1.bin"),
    ],
)
def test_embedded_documents_are_not_read(kind, part):
    assert "embedded" in refused(files.packed(files.parts(MADE[kind]) | {part: b"x"}))


def test_the_figures_behind_a_chart_are_left_alone():
    content = files.parts(MADE["docx"]) | {"word/embeddings/Microsoft_Excel_Sheet.xlsx": b"never opened"}
    content["word/charts/_rels/chart1.xml.rels"] = RELATIONS.format(
        '<Relationship Id="x" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/package" '
        'Target="../embeddings/Microsoft_Excel_Sheet.xlsx"/>'
    ).encode()
    assert check(files.packed(content), "plan.docx") == "docx"


def test_links_to_other_workbooks_are_not_followed():
    linked = files.packed(files.parts(MADE["xlsx"]) | {"xl/externalLinks/externalLink1.xml": b"<x/>"})
    assert "Break Link" in refused(linked)


@pytest.mark.parametrize(
    ("kind", "target", "words"),
    [
        ("oleObject", "file:///C:/other.xlsx", "draws on another file"),
        ("frame", "https://example.org/", "draws on another file"),
        ("image", "https://example.org/pixel.png", "picture"),
        ("attachedTemplate", "https://example.org/evil.dotm", "draws on another file"),
    ],
)
def test_a_word_document_that_draws_on_something_outside_is_not_read(kind, target, words):
    content = files.parts(MADE["docx"])
    content["word/_rels/settings.xml.rels"] = RELATIONS.format(OUTSIDE.format(kind, target)).encode()
    assert words in refused(files.packed(content))


@pytest.mark.parametrize(
    ("kind", "target"),
    [("hyperlink", "https://example.org/"), ("attachedTemplate", "file:///C:\\Templates\\Normal.dotm")],
)
def test_an_address_that_is_only_printed_harms_nobody(kind, target):
    content = files.parts(MADE["docx"])
    content["word/_rels/settings.xml.rels"] = RELATIONS.format(OUTSIDE.format(kind, target)).encode()
    assert check(files.packed(content), "plan.docx") == "docx"


@pytest.mark.parametrize("name", ["/etc/passwd", "../up.xml", "xl/../../up.xml", "C:/x.xml", "xl\\x.xml"])
def test_parts_with_odd_names_are_not_unpacked(name):
    assert "not made by Excel" in refused(files.packed(files.parts(MADE["xlsx"]) | {name: b"x"}))


def test_a_packed_folder_is_told_from_an_office_file():
    assert "folder of files" in refused(files.packed({"plans/plan.xlsx": MADE["xlsx"]}))
    assert "Numbers or Pages" in refused(files.packed({"Index/Document.iwa": b"x"}))
    assert "not a file that a plan" in refused(files.packed({"readme.md": b"x"}))


@pytest.mark.parametrize(
    ("mimetype", "words"),
    [
        ("application/vnd.oasis.opendocument.text", "save it as a Word document"),
        ("application/vnd.oasis.opendocument.presentation", "Bring the plan as"),
        ("application/epub+zip", "not a file"),
    ],
)
def test_other_open_documents_are_named(mimetype, words):
    assert words in refused(files.packed(files.parts(MADE["ods"]) | {"mimetype": mimetype.encode()}))


def test_an_open_document_of_google_does_not_say_what_it_is_first():
    assert check(files.packed({k: v for k, v in files.parts(MADE["ods"]).items() if k != "mimetype"}), "a.ods") == "ods"


def test_an_open_document_with_a_password_or_an_object_is_not_read():
    entry = '<manifest:file-entry manifest:media-type="{}" manifest:full-path="{}">{}</manifest:file-entry>'
    end = "</manifest:manifest>"

    def with_entry(kind: str, path: str, inside: str = "") -> bytes:
        return files.altered(MADE["ods"], ("META-INF/manifest.xml", end, entry.format(kind, path, inside) + end))

    assert "password" in refused(with_entry("", "x", "<manifest:encryption-data/>"))
    assert "embedded" in refused(with_entry("application/vnd.sun.star.oleobject", "Object 1"))
    assert "embedded" in refused(with_entry("application/vnd.oasis.opendocument.text", "Object 1/"))
    assert check(with_entry("application/vnd.oasis.opendocument.chart", "Object 1/"), "plan.ods") == "ods"


def test_a_presentation_and_a_binary_workbook_are_named():
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    for kind, words in (
        ("application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml", "PowerPoint"),
        ("application/vnd.ms-excel.sheet.binary.macroEnabled.main", ".xlsb"),
        ("application/x-other", "damaged"),
    ):
        assert words in refused(files.altered(MADE["xlsx"], (CONTENT_TYPES, main, kind)))


def test_what_unpacks_into_far_more_is_turned_away_before_it_is_held():
    bomb = files.packed(files.parts(MADE["xlsx"]) | {"xl/media/image1.png": bytes(60_000_000)})
    assert "too large" in refused(bomb)
    many = files.packed(files.parts(MADE["xlsx"]) | {f"xl/x{n}": b"" for n in range(2_001)})
    assert "too large" in refused(many)


def test_a_part_with_a_document_type_is_never_parsed():
    content = files.parts(MADE["xlsx"])
    declared = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]>'
    content["xl/workbook.xml"] = declared + content["xl/workbook.xml"].partition(b"?>")[2]
    with pytest.raises(Unreadable):
        Archive(files.packed(content)).tree("xl/workbook.xml")
    with pytest.raises(Unreadable):
        list(Archive(files.packed(content)).stream("xl/workbook.xml", ends=("sheet",)))


@pytest.mark.parametrize(
    ("name", "expected"), [("a.XLSX", "xlsx"), ("a.b.csv", "csv"), ("plan", ""), (".csv", ""), ("", ""), ("a.", "")]
)
def test_the_suffix_of_a_name(name, expected):
    assert suffix(name) == expected
