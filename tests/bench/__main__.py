"""Run every table on SQLite, then on a private PostgreSQL, each in a process and a database of its own."""

import os
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from tests.bench import scale
from tests.bench.printing import table
from tests.postgres import server


def run(name, url):
    print(f"\n# {name}\n", flush=True)
    return subprocess.run(
        [sys.executable, "-m", "tests.bench.tables"], env={**os.environ, "DATABASE_URL": url}, check=False
    ).returncode


def at_scale(urls):
    for title, heads, rows in scale.tables(urls):
        table(title, heads, rows)


def main():
    with tempfile.TemporaryDirectory(prefix="cseplan-bench-") as folder:
        failed = run("SQLite, a file, synchronous=FULL", f"sqlite:///{Path(folder) / 'bench.sqlite3'}")
        at_scale({size: f"sqlite:///{Path(folder) / size}.sqlite3" for size in scale.SIZES})
    with server() as url:
        failed = run("PostgreSQL, local socket, fsync off", url) or failed
    with ExitStack() as servers:
        at_scale({size: servers.enter_context(server()) for size in scale.SIZES})
    sys.exit(failed)


main()
