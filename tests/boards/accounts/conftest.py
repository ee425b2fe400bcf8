import pytest

from tests.builders import TODAY, at, make_board


@pytest.fixture
def cast(db):
    with at(TODAY):
        return make_board()
