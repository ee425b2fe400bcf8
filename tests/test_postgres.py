"""The private PostgreSQL of the tests: there while the command runs, gone when it ends, however it ends."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
KNOWN = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
COMMAND = [sys.executable, "-m", "tests.postgres", "--", sys.executable, "-c"]
SHOW = """
import os, psycopg2, sys, time
from urllib.parse import unquote, urlsplit
url = urlsplit(os.environ["DATABASE_URL"])
folder = unquote(url.netloc.split("@")[1])
with psycopg2.connect(user=url.username, host=folder, dbname="postgres") as connection:
    with connection.cursor() as cursor:
        cursor.execute("SHOW fsync")
        print(folder, cursor.fetchone()[0], flush=True)
"""


def test_the_command_finds_a_server_which_is_gone_afterwards():
    done = subprocess.run([*COMMAND, SHOW + "sys.exit(7)"], cwd=ROOT, env=KNOWN, capture_output=True, text=True)
    assert done.returncode == 7, done.stderr
    folder, fsync = done.stdout.split()
    assert fsync == "off"
    assert not Path(folder).exists()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_the_server_is_gone_after_the_command_is_stopped(how):
    running = subprocess.Popen(
        [*COMMAND, SHOW + "time.sleep(60)"], cwd=ROOT, env=KNOWN, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    folder = Path(running.stdout.readline().split()[0].decode())
    pid = int((folder / "data" / "postmaster.pid").read_text(encoding="utf-8").split()[0])
    running.send_signal(how)
    running.communicate(timeout=30)
    assert not folder.exists()
    for _ in range(50):
        if not Path(f"/proc/{pid}").exists():
            break
        time.sleep(0.1)
    assert not Path(f"/proc/{pid}").exists()


def test_a_database_that_is_given_is_used_as_it_is():
    done = subprocess.run(
        [*COMMAND, "import os; print(os.environ['DATABASE_URL'])"],
        cwd=ROOT,
        env={**KNOWN, "DATABASE_URL": "postgres://given/x"},
        capture_output=True,
        text=True,
    )
    assert done.stdout.strip() == "postgres://given/x"
