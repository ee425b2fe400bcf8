"""`manage.py seed_scale`: a database of national size, to measure and prove on; never beside real boards."""

from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from actions.demo.scale import fill
from actions.models import Action
from boards.models import Board, User


class Command(BaseCommand):
    help = "Fills an empty database with made-up boards and actions; the same seed and day make the same rows."

    def add_arguments(self, parser):
        parser.add_argument("--boards", type=int, required=True, metavar="N", help="how many boards")
        parser.add_argument("--actions", type=int, required=True, metavar="N", help="how many actions over all boards")
        parser.add_argument("--seed", type=int, required=True, metavar="N", help="what decides the chances")
        parser.add_argument(
            "--on",
            type=date.fromisoformat,
            metavar="DATE",
            help="as if it were this day (2026-09-30); today if left out",
        )

    def handle(self, *, boards, actions, seed, on, **options):
        if boards < 1 or actions < boards:
            raise CommandError("Ask for at least one board, and for at least one action for each.")
        if Board.objects.exists() or User.objects.exists():
            raise CommandError(
                "Nothing was made: this database is not empty. Use one of its own: set DATABASE_URL to another file,"
                " for example sqlite:////srv/scale.sqlite3, run manage.py migrate, then manage.py seed_scale."
            )
        fill(boards=boards, actions=actions, seed=seed, on=on or timezone.localdate())
        self.stdout.write(f"{Board.objects.count()} boards with {Action.objects.count()} actions.")
