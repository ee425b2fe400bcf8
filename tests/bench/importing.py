"""A plan of thousands of rows comes in: seconds, memory and statements, beside openpyxl merely reading its file."""

import io
import resource
from datetime import timedelta
from time import perf_counter

from django.db import connection
from openpyxl import Workbook, load_workbook

from actions import changes
from actions.importing import child
from actions.importing.proposal import places_of, propose, proposed_meaning
from actions.models import Import
from tests import builders

SIZES = (500, 5_000)
HEADINGS = ("Ref", "Action", "Lead", "Supported by", "Timescale", "Progress", "RAG", "Outcome")


def workbook(size):
    """A plan as boards keep theirs, of so many rows."""
    book = Workbook()
    sheet = book.active
    sheet.append(HEADINGS)
    for number in range(size):
        sheet.append(
            [
                f"{number // 50 + 1}.{number % 50 + 1}",
                f"Agree measure {number} with every partner, so that children in area {number % 97} are heard.",
                ("Police", "Children’s Social Care", "Health Trust", "Education")[number % 4],
                ("Housing", "Voluntary Sector")[number % 2],
                builders.TODAY + timedelta(days=number % 700),
                f"Work has begun in {number} places.",
                ("Red", "Amber", "Green")[number % 3],
                "Fewer children are harmed.",
            ]
        )
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def merely_read(data):
    for row in load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True):
        for _ in row:
            pass


def timed(work):
    """(seconds, statements, what came of it)"""
    statements, started = [], perf_counter()

    def counted(execute, sql, params, many, context):
        statements.append(1)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(counted):
        result = work()
    return perf_counter() - started, len(statements), result


def preview(cast, data, size):
    """The file as it was sent becomes what its person sees of it."""
    held = changes.hold_file(
        board=cast.board, file=child.read(data, "plan.xlsx"), name="plan.xlsx", data=data, by=cast.coordinator,
        at=builders.moment(builders.TODAY), title=f"Plan of {size}", overseen_by=cast.strategic,
        life=Import.Life.AGREED, day=builders.TODAY, starts=builders.TODAY,
    )  # fmt: skip
    return held, seen(held)


def seen(held):
    held = Import.objects.select_related("board", "plan").get(pk=held.pk)
    return propose(held, on=builders.TODAY, at=builders.moment(builders.TODAY))


def megabytes(who):
    return resource.getrusage(who).ru_maxrss / 1024


def measure(size):
    cast = builders.make_board(f"bench-{size}", f"Bench {size}")
    data = workbook(size)
    base = min(timed(lambda: merely_read(data))[0] for _ in range(3))
    shown, asked, (held, proposal) = timed(lambda: preview(cast, data, size))
    reading = megabytes(resource.RUSAGE_CHILDREN)
    said = {one.name.casefold(): proposed_meaning(one.read, places_of(cast.board)) for one in proposal.names}
    held = changes.settle(held=held, part="owners", said=said)
    token = seen(held).token
    who = {"by": cast.coordinator, "at": builders.moment(builders.TODAY)}
    written, statements, _ = timed(lambda: changes.confirm_import(held=held, seen=token, **who))
    row = ("preview", size, shown, base, asked, reading)
    return row, ("confirm", size, written, base, statements, megabytes(resource.RUSAGE_SELF))


def tables():
    found = [measure(size) for size in SIZES]
    rows = [row for pair in zip(*found, strict=True) for row in pair]
    yield (
        "A plan of many rows from Excel, into a plan that the board has agreed, with updates",
        ("what", "rows", "seconds", "ratio to openpyxl reading it", "statements", "MB at most, of its process"),
        [
            (what, f"{size:,}", f"{took:.2f}", f"{took / base:.1f}", f"{statements:,}", f"{most:.0f}")
            for what, size, took, base, statements, most in rows
        ],
    )
    growth = [(few[0], many[2] / few[2], many[3] / few[3]) for few, many in zip(*found, strict=True)]
    yield (
        f"From {SIZES[0]:,} to {SIZES[1]:,} rows",
        ("what", "times as long", "openpyxl reading"),
        [(what, f"{ours:.1f}", f"{theirs:.1f}") for what, ours, theirs in growth],
    )
