"""manage.py forget_second_factor."""

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core.management import CommandError, call_command
from django.urls import reverse


def forget(email):
    call_command("forget_second_factor", email, stdout=StringIO())


def test_whoever_lost_theirs_is_signed_out_told_and_sets_up_another(client, cast, mailoutbox):
    for person in (cast.contact, cast.nurse):
        TOTP.activate(person, "JBSWY3DPEHPK3PXP")
        RecoveryCodes.activate(person)
    client.force_login(cast.contact)
    forget(cast.contact.email.upper())
    assert client.get(reverse("account")).status_code == 302
    assert {authenticator.user for authenticator in Authenticator.objects.all()} == {cast.nurse}
    assert [mail.to for mail in mailoutbox] == [[cast.contact.email]]


def test_an_address_nobody_has_and_a_person_without_one_are_told_apart(cast, mailoutbox):
    with pytest.raises(CommandError, match="Nobody has an account"):
        forget("nobody@example.org")
    with pytest.raises(CommandError, match="has no second step"):
        forget(cast.contact.email)
    assert mailoutbox == []
