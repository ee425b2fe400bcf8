"""manage.py forget_second_factor: for somebody who lost their telephone and their recovery codes."""

from allauth.mfa.models import Authenticator
from django.core.mail import send_mail
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from boards.accounts import sessions
from boards.models import User

TOLD = """Your second step for signing in to cseplan was taken away, and you are signed out everywhere.

You set up a new one when you sign in next. If you did not ask for this, tell your board's business manager at once.
"""


class Command(BaseCommand):
    help = (
        "Takes away somebody's app, passkeys and recovery codes, signs them out everywhere and tells them by mail."
        " Make sure first that it is they who ask."
    )

    def add_arguments(self, parser):
        parser.add_argument("email")

    def handle(self, *, email, **options):
        person = User.objects.filter(email=User.objects.normalize_email(email)).first()
        if person is None:
            raise CommandError(f"Nobody has an account with the address {email}.")
        with transaction.atomic():
            gone, _ = Authenticator.objects.filter(user=person).delete()
            for sign_in in sessions.sign_ins_of(person):
                sessions.end(sign_in)
        if not gone:
            raise CommandError(f"{person.email} has no second step. They were signed out everywhere all the same.")
        send_mail("Your second step was taken away", TOLD, None, [person.email])
        self.stdout.write(f"{person.email} sets up a new second step when they sign in next.")
