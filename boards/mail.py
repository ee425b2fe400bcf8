"""Mail that a board's pages send."""

from django.core.mail import send_mail
from django.template.loader import render_to_string

from boards.permissions import word_of


def send_invitation(invitation, address):
    """Send the link of an invitation to the mailbox it is for.

    Args:
        address: the whole address of the link, with the host by which the site is known.
    Raises:
        OSError: the mail could not be handed over (SMTPException is one).
    """
    context = {"invitation": invitation, "role": word_of(invitation.role), "address": address}
    send_mail(
        " ".join(render_to_string("boards/email/invitation_subject.txt", context, using="mail").split()),
        render_to_string("boards/email/invitation_message.txt", context, using="mail"),
        None,
        [invitation.email],
    )
