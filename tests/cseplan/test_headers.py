"""What every answer tells the browser, whatever kind of answer it is: pages, refusals, errors, papers, redirects."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import SuspiciousOperation
from django.test import Client
from django.urls import include, path

from tests.builders import TODAY, at
from tests.doors import world
from tests.doors.sent import SENT
from tests.doors.table import LINES, address

ROOT = Path(__file__).resolve().parents[2]
POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
}
EXACT = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def nonsense(request):
    raise SuspiciousOperation


def broken(request):
    raise ZeroDivisionError


urlpatterns = [path("nonsense", nonsense), path("broken", broken), path("", include("cseplan.urls"))]
pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


def missing_from(headers):
    """What an answer fails to say."""
    wrong = [f"{name} is {headers.get(name)!r}" for name, value in EXACT.items() if headers.get(name) != value]
    said = {part.strip() for part in headers.get("Content-Security-Policy", "").split(";")}
    wrong += sorted(POLICY - said)
    wrong += [f"the policy has {part}" for part in said if "unsafe" in part or "*" in part or "http" in part]
    permissions = headers.get("Permissions-Policy", "")
    wrong += [
        f"{name} is allowed" for name in ("camera", "microphone", "geolocation") if f"{name}=()" not in permissions
    ]
    kept = headers.get("Cache-Control", "")
    wrong += [] if "no-store" in kept and "private" in kept else [f"it may be kept: {kept!r}"]
    return wrong


def test_every_kind_of_answer_at_every_route_carries_the_headers():
    people = {"anonymous": None, "stranger": None, "member": None, "coordinator": None}
    with at(TODAY):
        made = world.build()
        for name in people:
            people[name] = Client()
            if made.people[name]:
                people[name].force_login(made.people[name])
        met, wrong = set(), []
        for line in sorted(LINES, key=lambda line: line.route == "sign_out"):
            if line.object not in ("own", "missing", "draft"):
                continue
            sent = SENT.get(line.route, {"words": "Words"}) if line.method == "POST" else None
            for name, client in people.items():
                where = address(line.route, made.objects, line.object)
                response = getattr(client, line.method.lower())(where, sent or {})
                met.add((response.status_code, response.headers.get("Content-Type", "").split(";")[0]))
                wrong += [f"{line} as {name}: {what}" for what in missing_from(response.headers)]
    assert not wrong, "\n".join(wrong)
    assert {status for status, _ in met} >= {200, 302, 403, 404, 405}
    assert (200, "application/pdf") in met


def test_the_error_pages_carry_them_too():
    client = Client(raise_request_exception=False)
    strict = Client(enforce_csrf_checks=True)
    answers = {
        400: client.get("/nonsense"),
        403: strict.post("/nonsense"),
        404: client.get("/no-such-page"),
        500: client.get("/broken"),
    }
    for status, response in answers.items():
        assert response.status_code == status
        assert missing_from(response.headers) == []


def test_a_host_that_is_not_ours_is_refused_with_them():
    response = Client().get("/sign-in/", headers={"host": "elsewhere.example"})
    assert response.status_code == 400
    assert missing_from(response.headers) == []


IN_PRODUCTION = """
import json
import django
from django.test import Client
django.setup()
from django.conf import settings
def told(response):
    cookies = {name: {key: cookie[key] for key in cookie} for name, cookie in response.cookies.items()}
    return {"status": response.status_code, "headers": dict(response.headers), "cookies": cookies}
host = {"host": "plans.example.org"}
print(json.dumps({
    "plain": told(Client().get("/sign-in/", headers=host)),
    "page": told(Client().get("/sign-in/", headers={**host, "x-forwarded-proto": "https"})),
    "session": [settings.SESSION_COOKIE_NAME, settings.SESSION_COOKIE_SECURE, settings.SESSION_COOKIE_HTTPONLY,
                settings.SESSION_COOKIE_SAMESITE, settings.SESSION_COOKIE_PATH, settings.SESSION_COOKIE_DOMAIN],
}))
"""


def test_in_production_only_https_is_served_and_cookies_are_tied_to_the_host():
    environment = {
        name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "DEBUG", "HTTPS"}
    } | {
        "ALLOWED_HOSTS": "plans.example.org",
        "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQR",
        "DJANGO_SETTINGS_MODULE": "cseplan.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", IN_PRODUCTION], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    told = json.loads(done.stdout)
    assert told["plain"]["status"] == 301
    assert told["plain"]["headers"]["Location"] == "https://plans.example.org/sign-in/"
    page = told["page"]
    assert page["status"] == 200
    assert missing_from(page["headers"]) == []
    assert "upgrade-insecure-requests" in page["headers"]["Content-Security-Policy"]
    assert page["headers"]["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    cookie = page["cookies"]["__Host-csrf"]
    assert (cookie["secure"], cookie["httponly"], cookie["samesite"], cookie["path"], cookie["domain"]) == (
        True, True, "Lax", "/", "",
    )  # fmt: skip
    assert told["session"] == ["__Host-session", True, True, "Lax", "/", None]


def test_a_page_leaves_no_other_cookie_than_those_two(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("kit@example.org", "Kit", "a long word"))
    client.post("/sign-out/")
    client.get("/sign-in/")
    assert set(client.cookies) <= {"session", "csrf"}
    assert all(cookie["samesite"] == "Lax" and cookie["httponly"] for cookie in client.cookies.values())
