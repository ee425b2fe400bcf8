"""manage.py import_plan: a board's own file into a plan of it, from the command line."""

import json
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_date

from actions import changes
from actions.importing import child, proposal
from actions.importing.rows import as_json, missing_as_json
from actions.importing.unreadable import Unreadable
from actions.models import Import, Plan
from boards.changes import add_sub_group
from boards.models import Board, User


class Command(BaseCommand):
    help = (
        "Read a board’s own plan from an Excel, Word, OpenDocument or CSV file into a plan of the board: a new one, or "
        "one there is. Everything or nothing is written. With --dry-run nothing is."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--board", required=True, metavar="SLUG", help="the board, as its address calls it")
        into = parser.add_mutually_exclusive_group()
        into.add_argument("--plan", metavar="SLUG", help="the plan it goes into, as its address calls it")
        into.add_argument("--title", help="the title of the plan that it begins")
        parser.add_argument("--as-at", metavar="DATE", help="the plan is the record of an old one, as at this day")
        parser.add_argument("--sheet", metavar="NAME", help="read this sheet only")
        parser.add_argument("--by", metavar="EMAIL", help="who brings it in; nobody when it is left out")
        parser.add_argument("--create-owners", action="store_true", help="add owners that the board does not have")
        parser.add_argument("--dry-run", action="store_true", help="say what was read, and write nothing")
        parser.add_argument("--json", action="store_true", help="with --dry-run: as one JSON object")

    def handle(self, *, file, dry_run, **options):
        at = timezone.now()
        board = Board.objects.filter(slug=options["board"]).first()
        if board is None:
            raise CommandError(f"There is no board called “{options['board']}”.")
        try:
            data = file.read_bytes()
            read = child.read(data, file.name)
        except OSError as error:
            raise CommandError(f"{file} could not be read: {error.strerror}.") from error
        except Unreadable as error:
            raise CommandError(str(error)) from error
        if options["sheet"] and options["sheet"] not in [table.name for table in read.tables]:
            there = ", ".join(table.name for table in read.tables)
            raise CommandError(f"The file has no sheet called “{options['sheet']}”. It has: {there}.")
        options["dry_run"] = dry_run
        with transaction.atomic():
            held = self._hold(board, read, data, file, at, options)
            found = proposal.propose(held, on=timezone.localdate(at), at=at)
            if dry_run:
                transaction.set_rollback(True)
            else:
                found = self._settle(held, found, at, options)
                self._confirm(held, found, at)
        if dry_run:
            self._tell(found, options["json"])

    def _hold(self, board, read, data, file, at, options):
        plan = Plan.objects.select_related("board").filter(board=board, slug=options["plan"]).first()
        if options["plan"] and plan is None:
            raise CommandError(f"{board} has no plan called “{options['plan']}”.")
        about = {} if plan else self._about(board, file, options)
        by = User.objects.filter(email__iexact=options["by"]).first() if options["by"] else None
        if options["by"] and by is None:
            raise CommandError(f"Nobody here has the e-mail address {options['by']}.")
        given = {"board": board, "plan": plan, "file": read, "data": data, "name": file.name[:200], "by": by, "at": at}
        held = changes.hold_file(**given, **about)
        if options["sheet"]:
            held.settled = {"sheet": options["sheet"]}
            held.save()
        return held

    def _about(self, board, file, options):
        """What the plan is that the file begins."""
        as_at = parse_date(options["as_at"]) if options["as_at"] else None
        if options["as_at"] and as_at is None:
            raise CommandError(f"“{options['as_at']}” is not a day. Write it as 2016-03-31.")
        group = board.subgroup_set.filter(ends__isnull=True).order_by("reports_to", "pk").first()
        if group is None:
            # A plan is overseen by somebody; the board renames it when it sets itself up.
            group = add_sub_group(board=board, name="Strategic group", by=None, at=timezone.now())
            if not options["dry_run"]:
                self.stderr.write(f"{board} had no sub-group. One called “{group}” was added, which oversees the plan.")
        life = Import.Life.RECORD if as_at else Import.Life.DRAFT
        return {"title": (options["title"] or file.stem)[:200], "overseen_by": group, "life": life, "day": as_at}

    def _settle(self, held, found, at, options):
        """What a person would say on the page: new owners, if they are allowed, and that missing actions stay."""
        if found.names and not options["create_owners"]:
            names = "; ".join(asked.name for asked in found.names)
            raise CommandError(f"The board has no owner called: {names}. Add them, or use --create-owners.")
        places = proposal.places_of(held.board)
        said = {asked.name.casefold(): proposal.proposed_meaning(asked.read, places) for asked in found.names}
        changes.settle(held=held, part="owners", said=said)
        missing = {str(action.pk): proposal.KEEP for action in found.missing}
        held = changes.settle(held=held, part="missing", said=missing)
        return proposal.propose(held, on=timezone.localdate(at), at=at)

    def _confirm(self, held, found, at):
        try:
            done = changes.confirm_import(held=held, seen=found.token, by=held.by, at=at)
        except ValidationError as refused:
            raise CommandError(" ".join(refused.messages)) from refused
        new, changed = len(found.of(proposal.ADDED)), len(found.of(proposal.CHANGED))
        self.stdout.write(f"{done.plan.slug}: {done.plan.title}, {new} actions new, {changed} changed")
        for problem in found.read.problems:
            self.stdout.write(f"  to check: {problem.sheet}, row {problem.row}, {problem.column}: {problem.message}")

    def _tell(self, found, as_object):
        if as_object:
            said = as_json(found.read)
            for told, row in zip(said["rows"], found.rows, strict=True):
                told |= {"change": row.change}
            said["rows"] += [missing_as_json(action.reference, action.version.wording) for action in found.missing]
            self.stdout.write(json.dumps(said, ensure_ascii=False, indent=2))
            return
        for column in found.columns:
            self.stdout.write(f"{column.heading}: {column.field} ({column.confidence:.0%} sure)")
        for row in found.rows:
            self.stdout.write(f"{row.place}: {row.change} {row.reference} {row.read.action[:80]}")
        for problem in found.read.problems:
            self.stdout.write(f"to check: {problem.sheet}, row {problem.row}, {problem.column}: {problem.message}")
