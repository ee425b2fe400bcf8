"""The page that takes words out of the record: find, see every place, say why, confirm; for the business manager."""

import re

from django.test import TestCase

from actions import changes
from actions.models import Note
from boards.models import AccessLog, Event
from tests.builders import TODAY, at, make_board, make_plan, moment

WHERE = "/boards/elmshire/redact/"


class RedactPage(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.cast = make_board()
        cls.action = make_plan(cls.cast, actions=1).actions.select_related("board").get()
        changes.add_note(action=cls.action, words="We met Zebedee there.", by=cls.cast.coordinator, at=moment(TODAY, 8))

    def send(self, who="manager", **data):
        self.client.force_login(getattr(self.cast, who))
        with at(TODAY):
            return self.client.post(WHERE, data) if data else self.client.get(WHERE)

    def confirm(self, looked_at="Zebedee", **data):
        """Look at the places of some words, then confirm."""
        seen = re.search(r'name="seen" value="(\w+)"', self.send(passage=looked_at).text)[1]
        return self.send(**{"passage": looked_at, "seen": seen, "redact": "yes", **data})

    def words(self, **data):
        response = self.send(**data)
        assert response.status_code == 200
        return re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", response.text))

    def test_it_asks_for_the_words_first(self):
        words = self.words()
        assert "Words that have to go" in words
        assert "Why they have to go" not in words

    def test_it_shows_every_place_before_anything_is_done(self):
        response = self.send(passage="zebedee")
        assert response.text.count("<mark>Zebedee</mark>") == 2
        words = self.words(passage="zebedee")
        assert "2 places" in words
        assert "We met Zebedee there. Note" in words
        assert "We met Zebedee there. History" in words
        assert "Redact in 2 places" in words
        assert Note.objects.get().words == "We met Zebedee there."

    def test_words_that_stand_nowhere_are_said_to(self):
        assert "These words stand nowhere in what the board keeps." in self.words(passage="Florence")
        assert "Enter words that have to go" in self.words(passage=" ")

    def test_with_a_reason_they_go_and_the_page_of_the_board_says_so(self):
        response = self.confirm(reason="a child’s name")
        assert response.url == "/boards/elmshire/history/"
        assert Note.objects.get().words == "We met [redacted on 28 September 2026: a child’s name] there."
        with at(TODAY):
            page = self.client.get(response.url).text
        assert "The words are gone from 2 places." in page
        assert "Morgan Manager removed a passage from the record (note: 1, history: 1), because a child’s name." in page
        assert "Zebedee" not in page

    def test_without_a_reason_nothing_happens_and_the_words_stay_on_the_page(self):
        response = self.confirm(reason="")
        assert "Enter why they have to go" in response.text
        assert ">\nZebedee</textarea>" in response.text
        assert "2 places" in response.text
        assert Note.objects.get().words == "We met Zebedee there."

    def test_a_reason_that_repeats_them_is_refused(self):
        response = self.confirm(reason="Zebedee is a name")
        assert "Give it without the passage in it." in response.text
        assert not Event.objects.filter(verb="words.redacted").exists()

    def test_only_places_that_were_looked_at_are_redacted(self):
        for given in ({"passage": "there"}, {"seen": ""}):
            response = self.confirm(reason="a name", **given)
            assert "These are not the places that you looked at" in response.text
            assert "<mark>" in response.text
        assert Note.objects.get().words == "We met Zebedee there."

    def test_nor_one_that_somebody_wrote_since(self):
        seen = re.search(r'name="seen" value="(\w+)"', self.send(passage="Zebedee").text)[1]
        changes.add_note(action=self.action, words="Zebedee again", by=self.cast.coordinator, at=moment(TODAY, 9))
        response = self.send(passage="Zebedee", reason="a name", redact="yes", seen=seen)
        assert "somebody wrote meanwhile" in response.text
        assert "Redact in 4 places" in response.text
        assert not Event.objects.filter(verb="words.redacted").exists()

    def test_too_few_letters_are_refused(self):
        assert "The passage must be 3 characters or more." in self.words(passage="We", reason="a", redact="yes")

    def test_it_is_for_the_business_manager_alone(self):
        for who in ("coordinator", "approver", "member", "scrutineer", "contact", "contributor", "chair", "secretary"):
            for data in ({}, {"passage": "Zebedee", "reason": "no", "redact": "yes"}):
                assert self.send(who, **data).status_code == 403, who
        assert self.send("stranger").status_code == 404
        assert Note.objects.get().words == "We met Zebedee there."

    def test_the_words_are_in_no_address_and_no_log(self):
        self.send("member", passage="Zebedee", reason="no", redact="yes")
        self.client.logout()
        response = self.client.post(WHERE, {"passage": "Zebedee", "reason": "no", "redact": "yes"})
        assert "Zebedee" not in response.text
        assert "Zebedee" not in str(list(AccessLog.objects.values()))

    def test_the_boards_page_leads_to_it_for_whom_it_serves(self):
        for who, serves in (("manager", True), ("scrutineer", False)):
            self.client.force_login(getattr(self.cast, who))
            assert (WHERE in self.client.get("/boards/elmshire/").text) is serves
