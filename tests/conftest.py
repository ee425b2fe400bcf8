"""What every test stands on: a database of its own, fast passwords, and no test left out."""

import shutil
import tempfile
from pathlib import Path

import pytest
from django.conf import settings
from django.test import TransactionTestCase
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis

DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "django_db_setup", "django_db_blocker"}
SCRATCH = pytest.StashKey[Path]()

# That a machine is busy says nothing of the product. The ordinary run is always the same; `make prove` looks further.
EVERYWHERE = hypothesis(deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis.register_profile("test", EVERYWHERE, derandomize=True)
hypothesis.register_profile("prove", EVERYWHERE)


def pytest_configure(config):
    hypothesis.load_profile("prove" if config.option.markexpr.startswith("prove") else "test")
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


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """A test that asks for no database is given none, so that it is the same on every one: it is marked `pure`."""
    for item in items:
        case = item.cls is not None and issubclass(item.cls, TransactionTestCase)
        if not (case or item.get_closest_marker("django_db") or DATABASE_FIXTURES & _asked_for(item)):
            item.add_marker("pure")


def _asked_for(item):
    """Every fixture that a test names, or a fixture of it does; not what pytest-django puts behind each test."""
    info = item._fixtureinfo
    fixtures = [one for found in info.name2fixturedefs.values() for one in found]
    own = [one for one in fixtures if not one.func.__module__.startswith("pytest_django")]
    return {*info.initialnames, *(name for one in own for name in one.argnames)}


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
