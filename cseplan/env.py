"""Reads settings from the environment, and refuses nonsense with a sentence that says what to do.

Pure: every reader is given the environment as a mapping. What the values then switch on is in `settings.py`.
"""

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from email.utils import parseaddr
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

Environment = Mapping[str, str]

YES = {"1", "true", "yes", "on"}
NO = {"0", "false", "no", "off"}
LOOPBACK = {"127.0.0.1", "localhost", "[::1]"}
SHORTEST_SECRET = 50


class Nonsense(ImproperlyConfigured):
    """A setting that cannot be meant; the message names it and says what to do."""


def switch(environ: Environment, name: str, *, default: bool) -> bool:
    """An on/off setting."""
    value = environ.get(name, "").strip().lower()
    if not value:
        return default
    if value in YES:
        return True
    if value in NO:
        return False
    raise Nonsense(f"{name} is {environ[name]!r}. Set it to on or off, or leave it out ({_onoff(default)}).")


def words(environ: Environment, name: str) -> list[str] | None:
    """A list separated by commas; None when it is not set at all."""
    if name not in environ:
        return None
    return [word.strip() for word in environ[name].split(",") if word.strip()]


def number(environ: Environment, name: str, *, default: int, least: int = 0) -> int:
    """A whole number, no smaller than `least`."""
    value = environ.get(name, "").strip()
    if not value:
        return default
    try:
        read = int(value)
    except ValueError:
        read = least - 1
    if read < least:
        raise Nonsense(f"{name} is {value!r}. Set it to a whole number from {least} up, or leave it out ({default}).")
    return read


def hosts(environ: Environment) -> list[str]:
    """The names the site answers to; this machine's own when nothing is set."""
    named = words(environ, "ALLOWED_HOSTS")
    if named is None:
        return sorted(LOOPBACK)
    if not named:
        raise Nonsense(
            "ALLOWED_HOSTS is empty. Name the hosts people will type, separated by commas "
            "(plans.example.org), or leave it out to serve this machine only."
        )
    for host in named:
        if host == "*":
            raise Nonsense("ALLOWED_HOSTS is '*', which answers to any name. Name the hosts people will type.")
        if "/" in host or " " in host:
            raise Nonsense(f"ALLOWED_HOSTS has {host!r}. Give the name alone, without https:// or a path.")
    return named


def is_local(allowed_hosts: list[str]) -> bool:
    """Whether the site can only be reached from the machine it runs on."""
    return set(allowed_hosts) <= LOOPBACK


def debug(environ: Environment, *, local: bool) -> bool:
    """Whether errors show their insides: off unless asked for, and never where others can see them."""
    on = switch(environ, "DEBUG", default=False)
    if on and not local:
        raise Nonsense(
            "DEBUG is on and ALLOWED_HOSTS names a host others can reach. Debug pages show settings and data: "
            "set DEBUG=off, or leave ALLOWED_HOSTS out."
        )
    return on


def https(environ: Environment, *, local: bool) -> bool:
    """Whether the site is only served over HTTPS: yes wherever others can reach it, unless HTTPS=off is said."""
    return switch(environ, "HTTPS", default=not local)


def origins(environ: Environment) -> list[str]:
    """Further origins whose forms are trusted, for a proxy that changes the host or port."""
    named = words(environ, "CSRF_TRUSTED_ORIGINS") or []
    for origin in named:
        parts = urlsplit(origin)
        if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path:
            raise Nonsense(
                f"CSRF_TRUSTED_ORIGINS has {origin!r}. Write each as https://plans.example.org, separated by commas."
            )
    return named


def secret_key(environ: Environment, *, local: bool, kept_in: Path) -> str:
    """The signing key; for this machine alone one is made up and kept in a file only its owner can read."""
    key = environ.get("SECRET_KEY", "").strip()
    if key:
        if not local and (len(key) < SHORTEST_SECRET or len(set(key)) < 5):
            raise Nonsense(f"SECRET_KEY is too easy to guess. {_how_to_make_a_key()}")
        return key
    if not local:
        raise Nonsense(f"SECRET_KEY is not set, and ALLOWED_HOSTS names a public host. {_how_to_make_a_key()}")
    return _kept_key(kept_in)


def database(environ: Environment, *, default_file: Path, conn_max_age: int = 60) -> dict:
    """Django's DATABASES["default"] from DATABASE_URL; an SQLite file when it is not set."""
    url = environ.get("DATABASE_URL", "").strip()
    if not url:
        default_file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return _sqlite(str(default_file))
    scheme = url.partition(":")[0]
    if scheme == "sqlite":
        return _sqlite(dj_database_url.parse(url)["NAME"])
    if scheme in {"postgres", "postgresql"}:
        return _postgresql(url, conn_max_age)
    raise Nonsense(
        f"DATABASE_URL starts with {scheme!r}. Use postgres://user:password@host:5432/name "
        "(a socket folder is written %2Ffolder in place of the host) or sqlite:////folder/file.sqlite3, "
        f"or leave it out to keep everything in {default_file.parent.name}/{default_file.name}."
    )


class Mail(NamedTuple):
    """How mail leaves: by SMTP, or into files of this machine."""

    backend: str
    sender: str
    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    starttls: bool = False
    tls: bool = False


def mail(environ: Environment, *, local: bool) -> Mail:
    """Where mail goes (EMAIL_URL) and whom it comes from (EMAIL_FROM); into files where only this machine is served."""
    url, sender = environ.get("EMAIL_URL", "").strip(), environ.get("EMAIL_FROM", "").strip()
    if not url:
        backend = "filebased" if local else "dummy"
        return Mail(f"django.core.mail.backends.{backend}.EmailBackend", sender or "cseplan@localhost")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise Nonsense("EMAIL_URL has a port that is no number. Write smtp://user:password@host:587.") from None
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise Nonsense(
            f"EMAIL_URL starts with {parts.scheme!r} or names no host. Write smtp://user:password@host:587, which is"
            " encrypted by STARTTLS, or smtps://user:password@host:465."
        )
    if "@" not in parseaddr(sender)[1]:
        raise Nonsense("EMAIL_FROM is not an address. Say whom mail comes from: cseplan <plans@example.org>.")
    secure = parts.scheme == "smtps"
    return Mail(
        "django.core.mail.backends.smtp.EmailBackend",
        sender,
        host=parts.hostname,
        port=port or (465 if secure else 587),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        starttls=not secure and parts.hostname not in LOOPBACK,
        tls=secure,
    )


class OpenID(NamedTuple):
    """The provider whose accounts people may sign in with."""

    issuer: str
    client: str
    secret: str
    name: str

    @property
    def origin(self) -> str:
        parts = urlsplit(self.issuer)
        return f"{parts.scheme}://{parts.netloc}"


def openid(environ: Environment, *, local: bool) -> OpenID | None:
    """An OpenID Connect provider (Entra ID), when one is named; all of it is given, or nothing."""
    names = ("OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET")
    given = {name: environ.get(name, "").strip() for name in names}
    if not any(given.values()):
        return None
    missing = [name for name, value in given.items() if not value]
    if missing:
        raise Nonsense(
            f"{' and '.join(missing)} not set. Set OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET, or none."
        )
    issuer = given["OIDC_ISSUER"]
    parts = urlsplit(issuer)
    if parts.scheme != "https" and not (local and parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise Nonsense(f"OIDC_ISSUER is {issuer!r}. Give its whole address, which starts with https://.")
    if {"common", "organizations", "consumers"} & set(parts.path.split("/")):
        raise Nonsense(
            f"OIDC_ISSUER is {issuer!r}, which stands for any tenant. Name yours:"
            " https://login.microsoftonline.com/YOUR-TENANT-ID/v2.0."
        )
    name = environ.get("OIDC_NAME", "").strip() or "your work account"
    return OpenID(issuer, given["OIDC_CLIENT_ID"], given["OIDC_CLIENT_SECRET"], name)


def _sqlite(path: str) -> dict:
    if not path or path == ":memory:":
        raise Nonsense("DATABASE_URL names no file. Write sqlite:////folder/file.sqlite3 (four slashes).")
    if not Path(path).parent.is_dir():
        raise Nonsense(f"DATABASE_URL names a file in {Path(path).parent}, which is not there. Make the folder first.")
    return {
        "ENGINE": "cseplan.sqlite",
        "NAME": path,
        "OPTIONS": {
            # Writers take their turn at BEGIN instead of failing at the first write, and a commit is on the disk.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # recursive_triggers: without it, INSERT OR REPLACE deletes a row and no trigger is asked.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
            " PRAGMA recursive_triggers=ON",
        },
    }


def _postgresql(url: str, conn_max_age: int) -> dict:
    try:
        read = dj_database_url.parse(url, conn_max_age=conn_max_age, conn_health_checks=True)
    except ValueError as error:
        raise Nonsense(
            f"DATABASE_URL cannot be read ({error}). Write postgres://user:password@host:5432/name."
        ) from None
    if not read["NAME"]:
        raise Nonsense("DATABASE_URL names no database. Write postgres://user:password@host:5432/name.")
    return dict(read)


def _kept_key(path: Path) -> str:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50), encoding="ascii")
        with suppress(FileExistsError):  # another process was first: its key is the one
            os.link(draft, path)
        draft.unlink()
    key = path.read_text(encoding="ascii").strip()
    if len(key) < SHORTEST_SECRET:
        raise Nonsense(f"{path} holds no usable key. Delete it, and a new one is made at the next start.")
    return key


def _how_to_make_a_key() -> str:
    return "Make one with: python -c 'import secrets; print(secrets.token_urlsafe(50))'"


def _onoff(value: bool) -> str:
    return "on" if value else "off"
