"""A private PostgreSQL for one command: `python -m tests.postgres -- pytest tests`.

Starts a server on a socket in a temporary folder, sets DATABASE_URL for the command, and stops the server when the
command ends, however it ends. Does nothing but run the command when DATABASE_URL is already set. Several at once
do not meet. As root the server runs as the user `postgres`, because PostgreSQL refuses to run as root.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

HARMLESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}  # the data is thrown away


class NoPostgres(Exception):
    """PostgreSQL is not installed; the message says what to do."""


def binaries() -> Path:
    """The folder that holds initdb and pg_ctl: the newest of Debian's, or wherever the PATH has them."""
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True):
        if (folder / "initdb").exists():
            return folder
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    raise NoPostgres("PostgreSQL is not installed. Run `make setup-test`, or `apt-get install postgresql`.")


@contextmanager
def server() -> Iterator[str]:
    """A running server; yields its DATABASE_URL."""
    programs = binaries()
    folder = Path(tempfile.mkdtemp(prefix="cseplan-pg-"))
    user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
    data = folder / "data"
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        _run(programs / "initdb", "-D", data, "-U", user, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        options = " ".join(
            [f"-k {folder}", "-c listen_addresses=", "-c max_connections=60"]
            + [f"-c {name}={value}" for name, value in HARMLESS.items()]
        )
        _run(programs / "pg_ctl", "start", "-w", "-D", data, "-l", folder / "log", "-o", options)
        try:
            yield f"postgres://{user}@{quote(str(folder), safe='')}/postgres"
        finally:
            _run(programs / "pg_ctl", "stop", "-w", "-m", "immediate", "-D", data)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def run(command: Sequence[str]) -> int:
    """Runs the command with a DATABASE_URL and returns its exit code."""
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGHUP, _stop)
    if os.environ.get("DATABASE_URL"):
        return subprocess.run(command, check=False).returncode
    with server() as url:
        return subprocess.run(command, check=False, env={**os.environ, "DATABASE_URL": url}).returncode


def _run(*command: str | Path) -> None:
    """Runs one of PostgreSQL's programs, as its own user when we are root."""
    as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"] if os.geteuid() == 0 else []
    done = subprocess.run(
        [*as_user, *map(str, command)],
        cwd="/",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        start_new_session=True,  # a Ctrl-C meant for the tests must not reach the server before us
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed:\n{done.stdout}")


def _version(folder: Path) -> int:
    return int(folder.parent.name) if folder.parent.name.isdigit() else 0


def _stop(number: int, frame: object) -> None:
    raise SystemExit(128 + number)


if __name__ == "__main__":
    words = sys.argv[2:] if sys.argv[1:2] == ["--"] else sys.argv[1:]
    if not words:
        sys.exit(__doc__)
    try:
        sys.exit(run(words))
    except NoPostgres as error:
        sys.exit(str(error))
