"""manage.py create_board: a new board, and the invitation of its first business manager."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from boards import changes
from boards.mail import send_invitation
from boards.models import Board
from boards.people import waiting
from boards.permissions import people_with


class Command(BaseCommand):
    help = (
        "Makes a board and invites its first business manager by mail; the rest is done on the board’s own pages."
        " Run again while the board has no manager yet, it invites anew."
    )

    def add_arguments(self, parser):
        parser.add_argument("name", help='its name in full: "Northshire Safeguarding Children Partnership"')
        parser.add_argument("--slug", help="its name in addresses: northshire; from its name, where it is left out")
        parser.add_argument("--manager", metavar="EMAIL", required=True, help="who manages the board")
        parser.add_argument("--manager-name", metavar="NAME", help="what they are called, if not by their address")
        parser.add_argument("--short-name", default="", help="what people call the board")
        parser.add_argument(
            "--quarter-start-month", type=int, default=4, metavar="N", help="the month its first quarter starts in (4)"
        )

    def handle(self, *, name, slug, manager, manager_name, short_name, quarter_start_month, **options):
        at = timezone.now()
        slug = slugify(name)[:50] if slug is None else slug
        if manager_name is None:
            manager_name = manager.partition("@")[0].replace(".", " ").title()
        try:
            with transaction.atomic():
                board = Board.objects.filter(slug=slug, name=name).first()
                if board and people_with(board, ("business_manager",), timezone.localdate(at)).exists():
                    raise ValidationError(f"{board} has a business manager, who invites others on its own pages.")
                if board is None and Board.objects.filter(slug=slug).exists():
                    raise ValidationError(f"There is a board {slug} already. Choose another --slug.")
                board = board or changes.create_board(
                    slug=slug,
                    name=name,
                    short_name=short_name,
                    quarter_start_month=quarter_start_month,
                    by=None,
                    at=at,
                )
                for asked in waiting(board).filter(role="business_manager"):
                    changes.withdraw_invitation(invitation=asked, by=None, at=at)
                invitation, key = changes.invite(
                    board=board,
                    email=manager,
                    name=manager_name,
                    role="business_manager",
                    on=board,
                    by=None,
                    at=at,
                )
        except ValidationError as refused:
            raise CommandError(" ".join(refused.messages)) from refused
        address = f"{_site()}{reverse('invitation', args=[key])}"
        self.stdout.write(f"{board} is there: {_site()}{reverse('people', args=[board.slug])}")
        try:
            send_invitation(invitation, address)
        except OSError as error:
            self.stderr.write(f"The mail to {invitation.email} could not be sent ({error}). Hand them this link:")
        else:
            self.stdout.write(f"{invitation.email} was sent a link that works once, for two weeks:")
        self.stdout.write(address)


def _site():
    """The site by its first name, as people type it."""
    host = settings.ALLOWED_HOSTS[0].removeprefix(".")
    return f"https://{host}" if settings.HTTPS else f"http://{host}{':8000' if settings.LOCAL else ''}"
