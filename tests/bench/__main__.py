"""Run every table on SQLite, then on a private PostgreSQL, each in a process and a database of its own."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.postgres import server


def run(name, url):
    print(f"\n# {name}\n", flush=True)
    return subprocess.run(
        [sys.executable, "-m", "tests.bench.tables"], env={**os.environ, "DATABASE_URL": url}, check=False
    ).returncode


def main():
    with tempfile.TemporaryDirectory(prefix="cseplan-bench-") as folder:
        failed = run("SQLite, a file, synchronous=FULL", f"sqlite:///{Path(folder) / 'bench.sqlite3'}")
    with server() as url:
        failed = run("PostgreSQL, local socket, fsync off", url) or failed
    sys.exit(failed)


main()
