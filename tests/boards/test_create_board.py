"""manage.py create_board: a new board, whose first business manager does the rest in the browser."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from boards import audit
from boards.models import Board, Event, Invitation, User
from boards.permissions import may_manage_people
from boards.sentences import sentence


def create(name="Northshire Safeguarding Partnership", **given):
    given = {"slug": "northshire", "manager": "Robin@Example.org", "manager_name": "Robin New", **given}
    out = StringIO()
    call_command("create_board", name, **given, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_its_first_manager_gets_a_link_makes_an_account_and_manages_the_board(client, mailoutbox):
    said = create(short_name="NSP", quarter_start_month=1)
    board = Board.objects.get()
    assert (board.slug, board.short_name, board.quarter_start_month) == ("northshire", "NSP", 1)
    assert board.second_factor_required
    assert mailoutbox[0].to == ["robin@example.org"]
    assert mailoutbox[0].subject == "cseplan invites you to Northshire Safeguarding Partnership"
    link = re.search(r"http://\S+(/invitations/\S+)", mailoutbox[0].body)
    assert link[0] in said
    page = client.post(link[1], {"name": "Robin Newton", "password": "kettle marble onward"})
    assert page.url == "/"
    robin = User.objects.get()
    invitation = Invitation.objects.get()
    assert may_manage_people(robin, board, invitation.accepted_at.date())
    assert client.get("/boards/northshire/people/").url == "/account/second-step/", "before anything else"
    told = [
        sentence(event, dict(event.details.values_list("name", "value")))
        for event in Event.objects.order_by("sequence")
    ]
    role = "to the role Business manager on Northshire Safeguarding Partnership."
    assert told[-2:] == [
        f"cseplan invited Robin New (robin@example.org) {role}",
        f"Robin Newton accepted the invitation of cseplan {role}",
    ]
    assert not audit.verify(board)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"slug": "No slug"}, "slug"),
        ({"manager": "nobody"}, "valid email address"),
        ({"manager_name": ""}, "cannot be blank"),
        ({"quarter_start_month": 13}, "less than or equal to 12"),
    ],
)
def test_what_makes_no_sense_is_refused_and_leaves_nothing_behind(mailoutbox, given, told):
    with pytest.raises(CommandError, match=told):
        create(**given)
    assert not Board.objects.exists()
    assert not mailoutbox


@pytest.mark.django_db
def test_run_again_before_anybody_manages_the_board_it_invites_anew(client, mailoutbox):
    create()
    create(manager="sam@example.org")
    links = [re.search(r"http://\S+(/invitations/\S+)", message.body)[1] for message in mailoutbox]
    assert [client.get(link).status_code for link in links] == [410, 200]
    client.post(links[1], {"name": "Sam", "password": "kettle marble onward"})
    with pytest.raises(CommandError, match="has a business manager, who invites others"):
        create()
    assert Board.objects.count() == 1


@pytest.mark.django_db
def test_a_slug_that_is_taken_is_refused_in_words(mailoutbox):
    create()
    with pytest.raises(CommandError, match="There is a board northshire already"):
        create(name="Another")
    assert Board.objects.count() == 1


@pytest.mark.django_db
def test_a_name_and_an_address_are_enough(mailoutbox):
    call_command(
        "create_board", "Northshire Safeguarding Partnership", manager="robin.new@example.org", stdout=StringIO()
    )
    assert Board.objects.get().slug == "northshire-safeguarding-partnership"
    assert Invitation.objects.get().name == "Robin New"
