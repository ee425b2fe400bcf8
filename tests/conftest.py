"""What every test stands on: a database of its own, fast passwords, and no test left out."""

import shutil
import tempfile
from pathlib import Path

import pytest
from django.conf import settings

SCRATCH = pytest.StashKey[Path]()


def pytest_configure(config):
    folder = Path(tempfile.mkdtemp(prefix="cseplan-test-"))
    config.stash[SCRATCH] = folder
    database = settings.DATABASES["default"]
    if database["ENGINE"] == "cseplan.sqlite":
        # A file, as in life, so that concurrent writers meet what they would meet; one for each run and worker.
        database.setdefault("TEST", {})["NAME"] = str(folder / "test.sqlite3")
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


def pytest_unconfigure(config):
    if SCRATCH in config.stash:
        shutil.rmtree(config.stash[SCRATCH], ignore_errors=True)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """A test that was skipped has proved nothing: it counts as failed."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and a skipped test is a failure here: {reason}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    """So does a whole module that was."""
    report = yield
    if report.skipped:
        report.outcome = "failed"
        report.longrepr = f"{collector.nodeid} was skipped, and a skipped test is a failure here: {report.longrepr[2]}"
    return report
