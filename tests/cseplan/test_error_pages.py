"""The error pages: plain words, no trace of person or address, and no way to tell "not yours" from "not there"."""

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404
from django.template.loader import render_to_string
from django.test import Client
from django.urls import include, path


def not_yours(request):
    raise Http404("not yours")


def may_not_write(request):
    raise PermissionDenied


def nonsense(request):
    raise SuspiciousOperation


def broken(request):
    raise ZeroDivisionError


urlpatterns = [
    path("plans/secret", not_yours),
    path("read-only", may_not_write),
    path("nonsense", nonsense),
    path("broken", broken),
    path("", include("cseplan.urls")),
]
pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


def test_what_is_not_yours_and_what_is_not_there_are_the_same_bytes(client):
    hidden, absent = client.get("/plans/secret"), client.get("/plans/no-such-plan?x=1")
    assert hidden.status_code == absent.status_code == 404
    assert hidden.content == absent.content
    assert hidden.headers.items() == absent.headers.items()
    assert b"secret" not in hidden.content


def test_each_says_in_plain_words_what_happened():
    client = Client(raise_request_exception=False)
    for address, status, said in [
        ("/plans/secret", 404, "There is nothing at this address that you can open."),
        ("/read-only", 403, "your role does not let you change it"),
        ("/nonsense", 400, "could not read what your browser sent"),
        ("/broken", 500, "It is our fault, not yours."),
    ]:
        response = client.get(address)
        assert response.status_code == status
        assert said in response.content.decode()


def test_a_form_from_elsewhere_is_refused_and_says_what_to_do():
    response = Client(enforce_csrf_checks=True).post("/read-only")
    assert response.status_code == 403
    assert "nothing was changed" in response.content.decode()


TYPED = {"words": "An hour of careful <b>writing</b>.", "password1": "kettle marble otter lamp", "seen": "12"}


def test_a_form_that_waited_too_long_gives_back_what_was_typed_but_no_password():
    page = Client(enforce_csrf_checks=True).post("/read-only", TYPED, headers={"origin": "http://testserver"})
    assert page.status_code == 403
    assert "An hour of careful &lt;b&gt;writing&lt;/b&gt;." in page.content.decode()
    assert "kettle" not in page.content.decode()


@pytest.mark.parametrize("headers", [{}, {"origin": "https://elsewhere.example"}, {"origin": "null"}])
def test_a_form_from_elsewhere_puts_no_word_on_our_page(headers):
    page = Client(enforce_csrf_checks=True).post("/read-only", TYPED, headers=headers).content.decode()
    assert "careful" not in page


def test_the_500_page_needs_nothing_that_could_be_broken():
    assert "Something went wrong" in render_to_string("500.html")
