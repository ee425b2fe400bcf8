"""Lists of a board taken away as tables: its people and its owners."""

import csv
from io import StringIO

from django.test import TestCase

from boards.changes import add_owner
from boards.models import AccessLog, Event
from boards.sentences import sentence
from tests.builders import TODAY, at, make_board, moment

PEOPLE, OWNERS = "/boards/elmshire/people/", "/boards/elmshire/owners/"


class Lists(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.cast = make_board()
        cls.there = make_board("oakshire", "Oakshire Partnership")

    def take(self, address, who="manager"):
        self.client.force_login(getattr(self.cast, who))
        with at(TODAY):
            return self.client.post(address)

    def table(self, address, who="manager"):
        response = self.take(address, who)
        assert response.status_code == 200
        assert response["Content-Type"] == "text/csv; charset=utf-8"
        assert response["X-Content-Type-Options"] == "nosniff"
        return list(csv.reader(StringIO(response.content.decode("utf-8-sig"))))

    def told(self):
        event = Event.objects.filter(verb="list.exported").latest("sequence")
        return sentence(event, {detail.name: detail.value for detail in event.details.all()})

    def test_people_are_taken_away_with_a_line_for_each_role(self):
        headings, *rows = self.table(PEOPLE)
        assert headings == ["Name", "E-mail address", "Role", "Of", "Days", "Last came", "Account"]
        assert ["Kit Contact", "kit.elmshire@example.org", "Contact", "Elmshire Police"] in [row[:4] for row in rows]
        assert len(rows) == 10
        assert not any("Oakshire" in cell for row in rows for cell in row)
        assert self.told() == "Morgan Manager took a copy of who is on the board."
        line = AccessLog.objects.get(what="list.exported")
        assert (line.by, line.subject) == (self.cast.manager, "elmshire-people-2026-09-28.csv")

    def test_the_filter_is_kept(self):
        assert len(self.table(f"{PEOPLE}?role=chair")) == 2
        assert self.told() == "Morgan Manager took a copy of who is on the board that a filter left."

    def test_owners_are_taken_away_with_who_answers(self):
        add_owner(
            board=self.cast.board, name="=1+1", kind="outside", aliases=("x",), by=self.cast.manager, at=moment(TODAY)
        )
        headings, *rows = self.table(OWNERS, "scrutineer")
        assert headings[:3] == ["Owner", "Also called", "What it is"]
        lines = {row[0]: row[1:] for row in rows}
        assert lines["Police"][0] == "Elmshire Police"
        assert lines["Police"][4] == "Kit Contact"
        assert lines["Health"][6] == "2026-06-01"
        assert lines["'=1+1"][0] == "x"
        assert self.told() == "Sasha Scrutineer took a copy of the owners."

    def test_who_may_not_see_the_lists_does_not_take_them(self):
        for who, status in (("member", 403), ("coordinator", 403), ("stranger", 404)):
            for address in (PEOPLE, OWNERS):
                assert self.take(address, who).status_code == status, (who, address)
        assert not Event.objects.filter(verb="list.exported").exists()

    def test_the_pages_offer_it(self):
        self.client.force_login(self.cast.manager)
        with at(TODAY):
            assert "Download 10 people as CSV" in self.client.get(PEOPLE).text
            assert "Download 1 person as CSV" in self.client.get(f"{PEOPLE}?role=chair").text
            assert "Download 5 owners as CSV" in self.client.get(OWNERS).text
