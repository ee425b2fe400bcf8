"""What migrations do to boards that were there before."""

from importlib import import_module

import pytest
from django.apps import apps

from boards.models import Board


@pytest.mark.django_db
def test_demo_boards_of_before_keep_their_sign_ins_and_others_ask_for_a_second_factor():
    for slug, is_demo in (("dudley", True), ("elmshire", False)):
        Board.objects.create(slug=slug, name=slug, is_demo=is_demo)
    import_module("boards.migrations.0002_sign_in").leave_the_demo_open(apps, None)
    assert dict(Board.objects.values_list("slug", "second_factor_required")) == {"dudley": False, "elmshire": True}
