"""manage.py export_plan: a plan in its own headings as a file, its kind told by the suffix."""

import os
import secrets
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from actions import changes, exporting
from actions.models import Plan
from actions.permissions import everything_in


class Command(BaseCommand):
    help = (
        "Write a plan to a file in its own headings: .xlsx, .docx, .ods, .csv or .json. What is of limited circulation "
        "is in it too. That the plan was taken is written into its history."
    )

    def add_arguments(self, parser):
        parser.add_argument("plan", metavar="PLAN", help="the last part of the plan’s address: “sandwell-2017-19”")
        parser.add_argument("file", metavar="FILE", type=Path)

    def handle(self, *, plan: str, file: Path, **options):
        on, at = timezone.localdate(), timezone.now()
        kind = exporting.KINDS.get(file.suffix.lower().removeprefix("."))
        if kind is None:
            suffixes = ", ".join(f".{suffix}" for suffix in exporting.KINDS)
            raise CommandError(f"A plan cannot be written as “{file.suffix or file.name}”. Use one of {suffixes}.")
        found = Plan.objects.select_related("board", "overseen_by").filter(slug=plan).first()
        if found is None:
            there = ", ".join(Plan.objects.order_by("slug").values_list("slug", flat=True)[:12]) or "none"
            raise CommandError(f"There is no plan called “{plan}”. There is: {there}.")
        sheet = exporting.sheet_of(found, everything_in(found), on=on, at=at)
        try:
            content = exporting.write(sheet, kind.suffix)
        except exporting.NotWritable as error:
            raise CommandError(" ".join(error.messages)) from error
        self._keep(file, content, found, kind, at)
        limited = sum(line.row.action.limited for line in sheet.lines)
        also = f", {limited} of them of limited circulation" if limited else ""
        self.stdout.write(f"{file}: {found.title}, {len(sheet.lines)} actions{also}, {found.marking}")

    def _keep(self, file, content, plan, kind, at):
        """The whole file and its line in the history, or neither."""
        # In the same folder, so that the last step is one move; whoever looks meanwhile finds the older file.
        unfinished = file.with_name(f".{file.name[:100]}.{secrets.token_hex(8)}")
        try:
            with transaction.atomic():
                changes.export_plan(plan=plan, file_name=file.name, told=f"{kind.told}, on the server", by=None, at=at)
                unfinished.write_bytes(content)
                os.replace(unfinished, file)
        except OSError as error:
            raise CommandError(f"{file} could not be written: {error.strerror}.") from error
        finally:
            unfinished.unlink(missing_ok=True)
