"""Whoever tries other people's passwords is stopped; whoever the account belongs to is not."""

import pytest
from django.contrib.auth import get_user
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

PASSWORD = "a long word"
ATTACKER, VICTIM = "192.0.2.7", "198.51.100.20"


def sign_in(email, password, address=ATTACKER, client=None, **headers):
    client = client or Client()
    return client.post(reverse("sign_in"), {"login": email, "password": password}, REMOTE_ADDR=address, headers=headers)


def stopped(response):
    return "tried too often" in response.content.decode()


def test_five_failures_at_one_account_stop_a_client_even_with_the_right_password(cast):
    for _ in range(5):
        assert not stopped(sign_in(cast.contact.email, "wrong"))
    assert stopped(sign_in(cast.contact.email, "wrong"))
    assert stopped(sign_in(cast.contact.email.upper(), PASSWORD))
    assert sign_in(cast.nurse.email, PASSWORD).status_code == 302


def test_an_attackers_failures_do_not_keep_the_victim_out(cast):
    for _ in range(20):
        sign_in(cast.contact.email, "wrong")
    client = Client()
    assert sign_in(cast.contact.email, PASSWORD, VICTIM, client).status_code == 302
    assert get_user(client) == cast.contact


def test_a_client_that_tries_many_accounts_is_stopped_altogether(cast):
    for number in range(30):
        assert not stopped(sign_in(f"somebody{number}@example.org", "wrong"))
    assert stopped(sign_in(cast.contact.email, PASSWORD))
    assert sign_in(cast.contact.email, PASSWORD, VICTIM).status_code == 302


def test_a_right_password_is_not_counted(cast):
    for _ in range(12):
        assert sign_in(cast.contact.email, PASSWORD).status_code == 302


def test_one_of_many_ipv6_addresses_of_a_client_is_that_client(cast):
    for number in range(5):
        sign_in(cast.contact.email, "wrong", f"2001:db8:1:1::{number}")
    assert stopped(sign_in(cast.contact.email, PASSWORD, "2001:db8:1:1:ffff::1"))
    assert sign_in(cast.contact.email, PASSWORD, "2001:db8:1:2::1").status_code == 302


def test_links_by_mail_are_not_a_way_to_flood_somebody_and_others_still_get_theirs(cast, mailoutbox):
    def ask(address):
        return Client().post(reverse("account_reset_password"), {"email": cast.contact.email}, REMOTE_ADDR=address)

    assert [ask(ATTACKER).status_code for _ in range(4)] == [302, 302, 302, 429]
    assert len(mailoutbox) == 3


@pytest.mark.parametrize(
    ("proxies", "forwarded", "same"),
    [
        (0, "203.0.113.{}", True),  # no proxy is trusted: what a client says of itself counts for nothing
        (1, "203.0.113.{}", False),  # the one proxy wrote it
        (1, "203.0.113.{}, 192.0.2.7", True),  # the client wrote the first, the proxy the last
        (2, "203.0.113.{}, 10.0.0.1", False),
    ],
)
def test_who_a_client_is_is_believed_of_trusted_proxies_only(cast, settings, proxies, forwarded, same):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    for number in range(5):
        sign_in(cast.contact.email, "wrong", "10.0.0.9", **{"x-forwarded-for": forwarded.format(number)})
    last = sign_in(cast.contact.email, PASSWORD, "10.0.0.9", **{"x-forwarded-for": forwarded.format(99)})
    assert stopped(last) is same


def test_the_counts_are_kept_where_every_worker_sees_them(cast):
    sign_in(cast.contact.email, "wrong")
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM boards_cache WHERE cache_key LIKE '%login_failed%'")
        assert cursor.fetchone()[0] >= 2
    cache.clear()
