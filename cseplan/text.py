"""What happens to words on their way in: control characters go, the rest stays.

Pure. What goes is what no reader can see and a page, a PDF or a spreadsheet can choke on or be fooled by: controls,
the marks that reverse the order of text, invisible spaces, and code points that are not characters. Accents, emoji
(with their joiners), and scripts of every direction stay.
"""

import re
import unicodedata

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_GONE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f"  # controls, without tab and line feed
    "\u202a-\u202e\u2066-\u2069"  # embeddings, overrides and isolates: text that reads backwards
    "\u200b\u2060\ufeff"  # spaces of no width
    "\ufff9-\ufffb\ufffe\uffff"  # annotation marks and non-characters: not allowed in a Word or Excel file
    "\ud800-\udfff]"  # halves of a character
)
_SPACE = re.compile(r"\s+")


def clean_text(text: str) -> str:
    """Text of several lines: line ends made equal, invisible characters gone, no space around it."""
    return _GONE.sub("", _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", text))).strip()


def clean_line(text: str) -> str:
    """Text of one line: as `clean_text`, and every run of white space is one space."""
    return _SPACE.sub(" ", clean_text(text))
