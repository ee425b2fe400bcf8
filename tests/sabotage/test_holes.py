"""The holes of `make sabotage` still fit the product, and are as many as were promised."""

from pathlib import Path

import pytest

from tests.sabotage.__main__ import pierced
from tests.sabotage.holes import HOLES

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("hole", HOLES, ids=lambda hole: hole.what)
def test_the_words_a_hole_replaces_stand_once_and_its_tests_exist(hole):
    text = (ROOT / hole.file).read_text(encoding="utf-8")
    assert pierced(hole, text) != text
    assert all((ROOT / test.split("::")[0]).exists() for test in hole.tests)


def test_there_are_at_least_25_holes_and_each_is_told_apart():
    assert len({hole.what for hole in HOLES}) == len(HOLES) >= 25
