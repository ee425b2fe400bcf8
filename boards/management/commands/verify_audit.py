"""manage.py verify_audit: prove the audit trail untampered, or name the first broken link."""

from collections import defaultdict
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from boards import audit, heads
from boards.models import Board


class Command(BaseCommand):
    help = "Check each board's chain, its record against it, and the database's guards. Exit 1 at the first fault."

    def add_arguments(self, parser):
        parser.add_argument("--board", metavar="SLUG", help="only this board's chain")
        parser.add_argument("--heads", metavar="FILE", type=Path, help="heads exported earlier, to check against")

    def handle(self, *, board=None, **options):
        boards = Board.objects.order_by("slug")
        if board:
            boards = boards.filter(slug=board)
            if not boards:
                raise CommandError(f"There is no board “{board}”.")
        expected = _read(options["heads"])
        unknown = expected.keys() - set(Board.objects.values_list("slug", flat=True))
        if unknown and not board:
            raise CommandError(f"The heads name a board that is gone: {min(unknown)}.")
        for one in boards:
            fault = audit.verify(one, expected[one.slug])
            if fault:
                raise CommandError(str(fault))
            different = audit.differences(one, timezone.now())
            if different:
                raise CommandError(f"{one.slug}: {different[0]}")
            self.stdout.write(f"{one.slug}: {one.event_set.count()} events, whole")
        faults = audit.fault_of_guards()
        if faults:
            raise CommandError(faults[0])
        self.stdout.write("The guards of the database stand.")


def _read(path):
    expected = defaultdict(list)
    if path is None:
        return expected
    try:
        for slug, sequence, digest in heads.read(path.read_text(encoding="utf-8")):
            expected[slug].append((sequence, digest))
    except (OSError, ValueError) as error:
        raise CommandError(f"The file of heads cannot be read: {error}") from error
    return expected
