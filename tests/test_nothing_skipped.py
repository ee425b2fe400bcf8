"""A skipped test is a failure: the suite cannot be green because something is missing."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.test import TestCase

ROOT = Path(__file__).resolve().parents[1]
WAYS = """
import pytest

@pytest.fixture
def missing():
    pytest.skip("no PostgreSQL")

def test_says_so_itself():
    pytest.skip("no PostgreSQL")

@pytest.mark.skip(reason="no PostgreSQL")
def test_is_marked(): pass

@pytest.mark.skipif(True, reason="no PostgreSQL")
def test_is_marked_on_a_condition(): pass

def test_has_a_fixture_that_says_so(missing): pass
"""
WHOLE = "import pytest\npytest.skip('no PostgreSQL', allow_module_level=True)"


def test_every_way_to_skip_a_test_is_a_failure_that_says_why(tmp_path):
    (tmp_path / "test_ways.py").write_text(WAYS, encoding="utf-8")
    (tmp_path / "test_whole.py").write_text(WHOLE, encoding="utf-8")
    options = [
        "-p",
        "tests.conftest",
        "-p",
        "no:cacheprovider",
        "-c",
        "pyproject.toml",
        "--continue-on-collection-errors",
    ]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, tmp_path], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stdout.count("a skipped test is a failure here") >= 5
    assert "1 failed, 4 errors" in done.stdout


# Nor is a test left out on PostgreSQL that asks for a database


@pytest.fixture(scope="module")
def kept_open(django_db_setup):
    return True


def is_pure(request):
    return request.node.get_closest_marker("pure") is not None


def test_one_that_asks_for_no_database_is_run_on_one_only(request):
    assert is_pure(request)


@pytest.mark.django_db
def test_one_that_is_marked_for_a_database_is_run_on_both(request):
    assert not is_pure(request)


def test_one_with_a_fixture_of_the_database_is_run_on_both(request, kept_open):
    assert kept_open
    assert not is_pure(request)


class CasesOfDjango(TestCase):
    def test_one_of_a_case_of_django_is_run_on_both(self):
        assert not self.pure

    @pytest.fixture(autouse=True)
    def _ask(self, request):
        self.pure = is_pure(request)
