"""Where somebody is signed in: for how long that lasts, the list of it, and ending it from elsewhere.

A sign-in is one row beside Django's session. Both go together: a session whose row was ended is gone, and the browser
that had it is signed out at its next request.
"""

from datetime import timedelta
from importlib import import_module

from allauth.core.internal.httpkit import get_client_ip
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction

from boards.models import SignIn

SIGN_IN, BEGAN, SEEN = "sign-in", "sign-in began", "sign-in seen"
"""What a session knows of its sign-in: the row, and two moments in seconds."""

EVERY = 60
"""Seconds after which a visit is written down again."""

BROWSERS = (("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS", "Mac"),
    ("CrOS", "Chromebook"), ("Linux", "Linux"),
)  # fmt: skip


def browser_of(told):
    """A browser and its machine in two words, from what it tells of itself: nobody knows theirs by more."""
    browser = next((name for sign, name in BROWSERS if sign in told), "Another browser")
    system = next((name for sign, name in SYSTEMS if sign in told), "")
    return f"{browser} on {system}" if system else browser


def over(session, at):
    """Why a session is over, in words; nothing when it is not."""
    now = at.timestamp()
    if now - session.get(BEGAN, 0) > settings.SESSION_COOKIE_AGE:
        return "You were signed out because you had been signed in for long. Sign in again to go on."
    if now - session.get(SEEN, 0) > settings.SESSION_IDLE_SECONDS:
        return "You were signed out because nothing had happened for a while. Sign in again to go on."
    return ""


def touch(session, at):
    """Write down that somebody was here, once a minute."""
    if at.timestamp() - session[SEEN] > EVERY:
        session[SEEN] = at.timestamp()
        SignIn.objects.filter(pk=session[SIGN_IN]).update(seen_at=at)


def sign_ins_of(user):
    """Every sign-in of one person that was not ended, the latest first."""
    return SignIn.objects.filter(user=user)


def living(user, at):
    """Those that are not over by now either."""
    idle = at - timedelta(seconds=settings.SESSION_IDLE_SECONDS)
    return sign_ins_of(user).filter(seen_at__gte=idle, session_key__in=Session.objects.values("session_key"))


@transaction.atomic
def end(sign_in):
    """Sign out there."""
    import_module(settings.SESSION_ENGINE).SessionStore(sign_in.session_key).delete()
    sign_in.delete()


def end_others(user, session):
    """Sign out everywhere but in this session."""
    for other in sign_ins_of(user).exclude(pk=session.get(SIGN_IN)):
        end(other)


def begin(request, user, at):
    """Somebody has signed in. Sign-ins of theirs that are over by now leave the list."""
    for old in sign_ins_of(user).filter(seen_at__lt=at - timedelta(seconds=settings.SESSION_COOKIE_AGE)):
        end(old)
    if not request.session.session_key:  # whoever was signed in before has just been thrown out of it
        request.session.create()
    row, _ = SignIn.objects.update_or_create(
        session_key=request.session.session_key,
        defaults={
            "user": user,
            "began_at": at,
            "seen_at": at,
            "address": get_client_ip(request),
            "browser": browser_of(request.META.get("HTTP_USER_AGENT", "")),
        },
    )
    request.session[SIGN_IN] = row.pk
    request.session[BEGAN] = request.session[SEEN] = at.timestamp()


def password_is_new(user, session):
    """A new password signs one out everywhere else; Django gave this session a new key."""
    sign_ins_of(user).filter(pk=session.get(SIGN_IN)).update(session_key=session.session_key)
    end_others(user, session)
