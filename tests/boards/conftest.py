from datetime import UTC, datetime

import pytest

from boards import changes
from boards.models import User

AT = datetime(2026, 5, 4, 10, 30, 15, 123456, tzinfo=UTC)


@pytest.fixture
def manager(db):
    return User.objects.create_user("manager@example.org", "Business manager")


@pytest.fixture
def board(manager):
    return changes.create_board(
        slug="northshire", name="Northshire Partnership", second_factor_required=False, by=manager, at=AT
    )


@pytest.fixture
def other_board(manager):
    return changes.create_board(
        slug="southshire", name="Southshire Partnership", second_factor_required=False, by=manager, at=AT
    )
