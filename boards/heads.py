"""Heads of the boards' chains as lines of text: one JSON array a line, board, sequence, digest.

A head kept elsewhere is what shows that the end of a chain was cut off or written anew.
"""

import json
import re

from boards.models import ChainHead

DIGEST = re.compile(r"[0-9a-f]{64}")


def lines():
    """A line for each board that has events, in order of slug."""
    heads = ChainHead.objects.filter(sequence__gt=0).select_related("board").order_by("board__slug")
    return [json.dumps([head.board.slug, head.sequence, head.digest]) for head in heads]


def read(text):
    """[(slug, sequence, digest)] of exported lines.

    Raises:
        ValueError: a line is not one that export_heads wrote.
    """
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            slug, sequence, digest = json.loads(line)
            whole = isinstance(slug, str) and isinstance(sequence, int) and bool(DIGEST.fullmatch(digest))
        except (TypeError, ValueError):
            whole = False
        if not whole:
            raise ValueError(f"line {number} is not a head that export_heads wrote")
        found.append((slug, sequence, digest))
    return found
