"""manage.py report: the quarterly update of a board as a file, its kind told by the suffix."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from boards.access import log_access
from boards.models import Board
from reports.contents import plain
from reports.figures import figures_for, plans_reported
from reports.paper import one_file
from reports.pdf import pdf_of
from reports.span import periods_begun

KINDS = {
    ".pdf": pdf_of,
    ".html": lambda figures: one_file(figures).encode(),
    ".json": lambda figures: (json.dumps(plain(figures), ensure_ascii=False, indent=2) + "\n").encode(),
}
AUDIENCES = ("board",)


class Command(BaseCommand):
    help = "Write the quarterly update of a board to a file: .pdf, .html or .json."

    def add_arguments(self, parser):
        parser.add_argument("--board", metavar="SLUG", required=True)
        parser.add_argument("--period", metavar="LABEL", required=True, help="a reporting period: “Q2 2026/27”")
        parser.add_argument("--plan", metavar="SLUG", help="only this plan; otherwise all that are in use")
        parser.add_argument("--audience", default="board", help="board, the only one there is so far")
        parser.add_argument("--out", metavar="FILE", type=Path, required=True)

    def handle(self, *, board, period, plan, audience, out, **options):
        on, at = timezone.localdate(), timezone.now()
        if audience not in AUDIENCES:
            raise CommandError(f"There is no report for the audience “{audience}” yet. Use --audience board.")
        write = KINDS.get(out.suffix.lower())
        if write is None:
            raise CommandError(f"A report cannot be written as “{out.suffix or out.name}”. Use {_listed(KINDS)}.")
        board = _found(Board.objects.order_by("slug"), "slug", board, "board")
        period = _found(periods_begun(board, on), "label", period, f"reporting period of {board.name} that has begun")
        if plan:
            in_use = plans_reported(board, period, on=on, known_by=at)
            plan = _found(in_use, "slug", plan, f"plan in use on {board.name} in {period}")
        figures = figures_for(board, period, on=on, known_by=at, plan=plan or None)
        try:
            out.write_bytes(write(figures))
        except OSError as error:
            raise CommandError(f"{out} could not be written: {error.strerror}.") from error
        log_access(board=board, by=None, at=at, what="report.exported", subject=f"{figures.file_name}{out.suffix}")
        self.stdout.write(
            f"{out}: {figures.title}, {figures.total} actions, as at {figures.as_at:%-d %B %Y}, {figures.marking}"
        )


def _found(rows, field, value, what):
    row = rows.filter(**{field: value}).first()
    if row is None:
        there = _listed([getattr(one, field) for one in rows[:12]]) or "none"
        raise CommandError(f"There is no {what} called “{value}”. There is: {there}.")
    return row


def _listed(names):
    names = list(names)
    return " or ".join(filter(None, [", ".join(names[:-1]), names[-1]])) if names else ""
