"""`manage.py demo`: the four demo boards and a sign-in for each role; safe to run twice."""

from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from actions.demo import guide
from actions.demo.load import load
from boards.models import Board, User


class Command(BaseCommand):
    help = (
        "Loads the demo boards, re-dated for today, into a database that holds nothing else, and prints the sign-ins."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--on", type=date.fromisoformat, metavar="DATE", help="load as if it were this day (2026-09-30); for tests"
        )

    def handle(self, *, on, **options):
        refuse_what_is_not_a_demo()
        if Board.objects.exists():
            self.stdout.write("The demo is loaded already; nothing was changed.\n\n")
        else:
            load(on=on or timezone.localdate())
        self.stdout.write(guide.text())


ELSEWHERE = (
    " Use an empty database: set DATABASE_URL to another file, for example sqlite:////srv/demo.sqlite3, run"
    " manage.py migrate, then manage.py demo."
)


def refuse_what_is_not_a_demo():
    """A database with anybody's real work in it is left alone."""
    real = Board.objects.filter(is_demo=False).first()
    if real:
        raise CommandError(
            f"The demo was not loaded: this database holds {real.name}, which is not a demo board.{ELSEWHERE}"
        )
    if User.objects.exists() and not Board.objects.exists():
        raise CommandError(
            f"The demo was not loaded: this database holds people whom the demo did not make.{ELSEWHERE}"
        )
