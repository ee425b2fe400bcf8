"""Settings from the environment: what is meant is understood, what cannot be meant is refused in words."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cseplan import env

ROOT = Path(__file__).resolve().parents[2]
GOOD_KEY = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQR"


@pytest.mark.parametrize("said", ["on", "1", "true", "YES", " On "])
def test_a_switch_is_on_in_any_of_the_usual_words(said):
    assert env.switch({"DEBUG": said}, "DEBUG", default=False) is True


@pytest.mark.parametrize("said", ["off", "0", "false", "No"])
def test_a_switch_is_off_in_any_of_the_usual_words(said):
    assert env.switch({"DEBUG": said}, "DEBUG", default=True) is False


@pytest.mark.parametrize("default", [True, False])
def test_a_switch_left_empty_is_as_it_was(default):
    assert env.switch({}, "DEBUG", default=default) is default
    assert env.switch({"DEBUG": ""}, "DEBUG", default=default) is default


def test_a_switch_that_is_neither_on_nor_off_is_refused():
    with pytest.raises(env.Nonsense, match=r"DEBUG is 'maybe'\. Set it to on or off"):
        env.switch({"DEBUG": "maybe"}, "DEBUG", default=False)


@pytest.mark.parametrize(("said", "read"), [("", 60), ("0", 0), ("600", 600)])
def test_a_number_is_read(said, read):
    assert env.number({"CONN_MAX_AGE": said}, "CONN_MAX_AGE", default=60) == read


@pytest.mark.parametrize("said", ["-1", "ten", "1.5"])
def test_a_number_that_is_none_is_refused(said):
    with pytest.raises(env.Nonsense, match=r"CONN_MAX_AGE is .* whole number from 0 up"):
        env.number({"CONN_MAX_AGE": said}, "CONN_MAX_AGE", default=60)


def test_with_nothing_said_the_site_serves_this_machine_only():
    assert env.hosts({}) == ["127.0.0.1", "[::1]", "localhost"]
    assert env.is_local(env.hosts({}))


def test_one_public_host_is_enough_to_be_in_production():
    hosts = env.hosts({"ALLOWED_HOSTS": "localhost, plans.example.org"})
    assert hosts == ["localhost", "plans.example.org"]
    assert not env.is_local(hosts)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("", "ALLOWED_HOSTS is empty"),
        (" , ", "ALLOWED_HOSTS is empty"),
        ("*", "answers to any name"),
        ("https://plans.example.org", "without https://"),
    ],
)
def test_hosts_that_cannot_be_meant_are_refused(said, why):
    with pytest.raises(env.Nonsense, match=why):
        env.hosts({"ALLOWED_HOSTS": said})


def test_debug_is_off_unless_asked_for_and_refused_where_others_can_see():
    assert env.debug({}, local=True) is False
    assert env.debug({"DEBUG": "on"}, local=True) is True
    with pytest.raises(env.Nonsense, match="set DEBUG=off"):
        env.debug({"DEBUG": "on"}, local=False)


def test_https_is_demanded_in_production_and_can_be_left_to_a_trusted_network():
    assert env.https({}, local=True) is False
    assert env.https({}, local=False) is True
    assert env.https({"HTTPS": "off"}, local=False) is False


def test_a_trusted_origin_has_a_scheme_and_no_path():
    assert env.origins({}) == []
    assert env.origins({"CSRF_TRUSTED_ORIGINS": "https://a.example:8443"}) == ["https://a.example:8443"]
    for said in ("a.example", "https://a.example/plans", "ftp://a.example"):
        with pytest.raises(env.Nonsense, match="Write each as https://"):
            env.origins({"CSRF_TRUSTED_ORIGINS": said})


def test_production_without_a_secret_key_is_refused_and_told_how_to_make_one(tmp_path):
    with pytest.raises(env.Nonsense, match=r"SECRET_KEY is not set.*token_urlsafe"):
        env.secret_key({"SECRET_KEY": " "}, local=False, kept_in=tmp_path / "key")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("key", ["secret", "a" * 60])
def test_production_with_a_key_one_can_guess_is_refused(key, tmp_path):
    with pytest.raises(env.Nonsense, match="too easy to guess"):
        env.secret_key({"SECRET_KEY": key}, local=False, kept_in=tmp_path / "key")


def test_a_good_key_is_taken_as_it_is(tmp_path):
    assert env.secret_key({"SECRET_KEY": GOOD_KEY}, local=False, kept_in=tmp_path / "key") == GOOD_KEY


def test_this_machine_makes_its_own_key_once_and_shows_it_to_nobody(tmp_path):
    path = tmp_path / "local" / "secret-key"
    first = env.secret_key({}, local=True, kept_in=path)
    assert len(first) >= env.SHORTEST_SECRET
    assert env.secret_key({}, local=True, kept_in=path) == first
    assert path.stat().st_mode & 0o077 == 0
    assert [file.name for file in path.parent.iterdir()] == ["secret-key"]


def test_a_kept_key_that_was_emptied_is_refused(tmp_path):
    path = tmp_path / "secret-key"
    path.touch()
    with pytest.raises(env.Nonsense, match="Delete it"):
        env.secret_key({}, local=True, kept_in=path)


def test_the_database_is_a_careful_sqlite_file_by_default(tmp_path):
    read = env.database({}, default_file=tmp_path / "new" / "db.sqlite3")
    assert read["ENGINE"] == "cseplan.sqlite"
    assert read["NAME"] == str(tmp_path / "new" / "db.sqlite3")
    assert read["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "synchronous=FULL" in read["OPTIONS"]["init_command"]


def test_an_sqlite_file_may_be_elsewhere(tmp_path):
    read = env.database({"DATABASE_URL": f"sqlite:///{tmp_path}/x.sqlite3"}, default_file=Path("unused"))
    assert (read["ENGINE"], read["NAME"]) == ("cseplan.sqlite", f"{tmp_path}/x.sqlite3")


def test_postgresql_is_reached_by_host_or_by_socket_folder():
    read = env.database({"DATABASE_URL": "postgres://u:p%40ss@db:6543/plans"}, default_file=Path("unused"))
    assert read["ENGINE"] == "django.db.backends.postgresql"
    assert (read["USER"], read["PASSWORD"], read["HOST"], read["PORT"]) == ("u", "p@ss", "db", 6543)
    assert read["NAME"] == "plans"
    assert read["CONN_HEALTH_CHECKS"] is True
    read = env.database({"DATABASE_URL": "postgresql://u@%2Frun%2Fpg/plans"}, default_file=Path("unused"))
    assert read["HOST"] == "/run/pg"


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("mysql://u@h/x", "starts with 'mysql'"),
        ("plans", "starts with 'plans'"),
        ("postgres://u@h:port/x", "cannot be read"),
        ("postgres://u@h/", "names no database"),
        ("sqlite://", "names no file"),
        ("sqlite:////no/such/folder/x.sqlite3", "Make the folder first"),
    ],
)
def test_a_database_that_cannot_be_meant_is_refused(url, why):
    with pytest.raises(env.Nonsense, match=why):
        env.database({"DATABASE_URL": url}, default_file=Path("unused"))


def test_mail_stays_in_files_on_this_machine_and_goes_nowhere_in_production_until_it_is_told():
    assert env.mail({}, local=True).backend.endswith("filebased.EmailBackend")
    assert env.mail({}, local=False).backend.endswith("dummy.EmailBackend")


@pytest.mark.parametrize(
    ("url", "read"),
    [
        ("smtp://me:p%40ss@mail.example.org", ("mail.example.org", 587, "me", "p@ss", True, False)),
        ("smtp://mail.example.org:2525", ("mail.example.org", 2525, "", "", True, False)),
        ("smtps://mail.example.org", ("mail.example.org", 465, "", "", False, True)),
        ("smtp://localhost:25", ("localhost", 25, "", "", False, False)),
    ],
)
def test_mail_leaves_by_smtp_and_is_encrypted_off_this_machine(url, read):
    mail = env.mail({"EMAIL_URL": url, "EMAIL_FROM": "cseplan <plans@example.org>"}, local=False)
    assert (mail.host, mail.port, mail.user, mail.password, mail.starttls, mail.tls) == read
    assert mail.sender == "cseplan <plans@example.org>"


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"EMAIL_URL": "mail.example.org"}, "EMAIL_URL starts with ''"),
        ({"EMAIL_URL": "http://mail.example.org"}, "EMAIL_URL starts with 'http'"),
        ({"EMAIL_URL": "smtp://mail.example.org:x"}, "a port that is no number"),
        ({"EMAIL_URL": "smtp://mail.example.org"}, "EMAIL_FROM is not an address"),
        ({"EMAIL_URL": "smtp://mail.example.org", "EMAIL_FROM": "plans"}, "EMAIL_FROM is not an address"),
    ],
)
def test_mail_that_cannot_be_meant_is_refused(said, why):
    with pytest.raises(env.Nonsense, match=why):
        env.mail(said, local=True)


TENANT = "https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0"


def test_work_accounts_are_off_until_a_provider_is_named_in_full():
    assert env.openid({}, local=False) is None
    given = {"OIDC_ISSUER": TENANT, "OIDC_CLIENT_ID": "a", "OIDC_CLIENT_SECRET": "b"}
    read = env.openid(given, local=False)
    assert read == (TENANT, "a", "b", "your work account")
    assert read.origin == "https://login.microsoftonline.com"
    assert env.openid({**given, "OIDC_NAME": "your council account"}, local=False).name == "your council account"
    assert env.openid({**given, "OIDC_ISSUER": "http://localhost:8080/x"}, local=True).issuer.startswith("http://")


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"OIDC_ISSUER": TENANT}, "OIDC_CLIENT_ID and OIDC_CLIENT_SECRET not set"),
        ({"OIDC_ISSUER": "http://login.example.org", "OIDC_CLIENT_ID": "a", "OIDC_CLIENT_SECRET": "b"}, "https://"),
        (
            {
                "OIDC_ISSUER": "https://login.microsoftonline.com/common/v2.0",
                "OIDC_CLIENT_ID": "a",
                "OIDC_CLIENT_SECRET": "b",
            },
            "stands for any tenant",
        ),
    ],
)
def test_a_provider_that_cannot_be_meant_is_refused(said, why):
    with pytest.raises(env.Nonsense, match=why):
        env.openid(said, local=False)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"DEBUG": "maybe"}, "DEBUG is 'maybe'"),
        ({"ALLOWED_HOSTS": "plans.example.org"}, "SECRET_KEY is not set"),
        ({"DATABASE_URL": "mysql://u@h/x"}, "starts with 'mysql'"),
    ],
)
def test_a_command_says_one_sentence_and_stops(said, why):
    known = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME"}}
    done = subprocess.run(
        [sys.executable, "manage.py", "check"], cwd=ROOT, env=known | said, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.startswith("cseplan cannot start. ")
    assert why in done.stderr
    assert "Traceback" not in done.stderr
