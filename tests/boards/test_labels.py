"""A board's own words: which may be replaced, what is refused, what the record and the settings page say."""

import pytest
from django.core.exceptions import ValidationError

from boards import changes
from boards.labels import LONGEST, USUAL, Label, Labels, checked, labels_of, owner_kinds, within_a_sentence
from boards.models import Board, Owner
from boards.navigation import frame
from boards.permissions import ROLES, what_may
from boards.sentences import sentence
from tests.boards.test_settings_view import Pages
from tests.builders import TODAY, moment

CHALLENGES = {"recommendation": ("challenge", "challenges")}


def refusals(**given):
    with pytest.raises(ValidationError) as refused:
        checked(given)
    return refused.value.message_dict


def test_a_board_without_words_of_its_own_and_no_board_at_all_use_the_products():
    assert labels_of(None) == labels_of(Board(name="New")) == USUAL
    assert (USUAL.priority.One, USUAL.priority.many) == ("Strategic priority", "strategic priorities")
    assert USUAL.own() == []


def test_a_word_stands_in_a_sentence_and_as_a_heading():
    label = labels_of(Board(labels={"owner": ["CSE lead", "CSE leads"], "agency": ["partner", "partners"]}))
    assert (label.owner.one, label.owner.One, label.owner.Many) == ("CSE lead", "CSE lead", "CSE leads")
    assert (label.agency.one, label.agency.Many) == ("partner", "Partners")
    assert label.own() == [(USUAL.agency, Label("partner", "partners")), (USUAL.owner, Label("CSE lead", "CSE leads"))]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Key Priority", "key priority"),
        ("Challenge", "challenge"),
        ("Task-Group", "task-group"),
        ("CSE Lead", "CSE lead"),
        ("Barnardo’s team", "Barnardo’s team"),
        ("area", "area"),
    ],
)
def test_the_capitals_of_a_heading_go_and_those_of_a_name_stay(typed, kept):
    assert within_a_sentence(typed) == kept


def test_what_is_empty_or_the_products_own_is_not_kept():
    assert checked({"owner": ("", ""), "agency": ("Agency", "agencies"), "section": (" part ", "parts")}) == {
        "section": ["part", "parts"]
    }


def test_half_a_pair_is_refused_at_the_box_that_is_empty():
    told = "Enter a word in place of “owners”, or leave both boxes of it empty."
    assert refusals(owner=("lead", " ")) == {"owner_many": [told]}
    assert list(refusals(owner=("", "leads"))) == ["owner_one"]


def test_a_word_is_short_on_one_line_and_has_letters():
    assert checked({"owner": ("a" * LONGEST, "b" * LONGEST)})
    assert "40 characters or fewer. It is 41." in refusals(owner=("a" * 41, "leads"))["owner_one"][0]
    for breaks in ("\n", "\r", "\u2028", "\0"):
        assert "on one line" in refusals(owner=(f"a{breaks}b", "leads"))["owner_one"][0]
    assert "letters" in refusals(owner=("12", "leads"))["owner_one"][0]


def test_a_word_means_one_thing():
    told = refusals(owner=("Agency", "leads"))
    assert told == {"owner_one": ["“agency” is what this board says for “agency”. Choose another word."]}
    both = refusals(owner=("partner", "partners"), agency=("Partner", "members"))
    assert both["agency_one"] == ["“partner” is what this board says for “owner”. Choose another word."]
    assert set(both) == {"owner_one", "agency_one"}
    swapped = {"section": ("objective", "objectives"), "objective": ("section", "sections")}
    assert checked(swapped)["section"] == ["objective", "objectives"]
    assert checked({"owner": ("staff", "staff")}) == {"owner": ["staff", "staff"]}, "one and many may be the same"


def test_a_word_that_a_redaction_filled_gives_way_to_the_products():
    mark = "[redacted on 3 June 2026: it named a child]"
    assert labels_of(Board(labels={"owner": [mark, "leads"], mark: ["x", "y"]})) == USUAL


def test_every_role_is_told_in_the_boards_words():
    labels = labels_of(Board(labels={"sub_group": ["task group", "task groups"]}))
    assert what_may("chair", labels).startswith("decide on the actions that the task group oversees")
    assert all("{" not in what_may(role) for role in ROLES)


def test_the_kinds_of_owner_too():
    labels = labels_of(Board(labels={"agency": ["partner", "partners"], "owner": ["lead", "leads"]}))
    kinds = owner_kinds(labels, Owner.Kind)
    assert (kinds["seat"], kinds["sub_group"], kinds["group"]) == ("Partner", "Sub-group", "Group of leads")
    assert owner_kinds(USUAL, Owner.Kind) == dict(Owner.Kind.choices)


class OwnWords(Pages):
    def tell(self, board=None, **labels):
        who = {"by": self.cast.manager, "at": moment(TODAY)}
        return changes.change_labels(board=board or self.cast.board, labels=labels, **who)

    def test_they_are_changed_shown_and_on_the_record(self):
        assert "The board’s own words None: it uses the product’s Change" in self.words("settings/")
        said, told = self.did("settings/words/", recommendation_one="Challenge", recommendation_many="Challenges")
        assert said == "The pages and reports of the board use these words from now on."
        assert told == (
            "Morgan Manager changed the words that Elmshire Safeguarding Children Partnership uses:"
            " recommendation from “recommendation, recommendations” to “challenge, challenges”."
        )
        assert "The board’s own words Challenge in place of recommendation Change" in self.words("settings/")
        assert 'value="challenge"' in self.get("settings/words/").text
        _, told = self.did("settings/words/", owner_one="lead", owner_many="leads")
        assert told.endswith(
            "owner from “owner, owners” to “lead, leads”,"
            " recommendation from “challenge, challenges” to “recommendation, recommendations”."
        )
        assert Board.objects.get(slug="elmshire").labels == {"owner": ["lead", "leads"]}
        assert labels_of(self.there.board) == USUAL, "the board next door speaks as before"

    def test_refusals_stand_at_their_box_and_keep_what_was_typed(self):
        where = "settings/words/"
        self.refused(where, "These are the board’s words already.")
        self.refused(where, 'href="#id_owner_many">Enter a word in place of “owners”', owner_one="lead")
        self.refused(where, "“agency” is what this board says", owner_one="agency", owner_many="leads")
        self.refused(where, "It is 10,000.", owner_one="a" * 10_000, owner_many="b")
        assert "a" * 10_000 in self.post(where, owner_one="a" * 10_000, owner_many="b").text

    def test_a_word_is_text_and_no_markup(self):
        self.tell(sub_group=("<b>team</b>", "<i>teams</i>"))
        for page in ("settings/", "settings/sub-groups/add/", "owners/add/", "people/invite/", ""):
            text = self.get(page).text
            assert "&lt;" in text
            assert "<b>team" not in text
            assert "<i>teams" not in text

    def test_an_empty_board_has_none_of_them_in_its_own_words(self):
        who = {"by": None, "at": moment(TODAY)}
        board = changes.create_board(slug="new", name="New", second_factor_required=False, **who)
        changes.give_role(person=self.cast.manager, role="business_manager", on=board, **who)
        self.tell(board, sub_group=("<b>team</b>", "teams"), agency=("partner", "partners"), owner=("lead", "leads"))
        self.client.force_login(self.cast.manager)
        settings = self.client.get("/boards/new/settings/").text
        assert "This board has no &lt;b&gt;team&lt;/b&gt; yet." in settings
        assert "No partner has a seat on this board yet." in settings
        assert "This board has no lead yet." in self.client.get("/boards/new/owners/").text

    def test_a_scrutineer_reads_them_and_cannot_change_them(self):
        self.tell(**CHALLENGES)
        self.client.force_login(self.cast.scrutineer)
        assert "Challenge in place of recommendation" in self.words("settings/")
        assert "settings/words/" not in self.get("settings/").text
        assert self.get("settings/words/").status_code == 403

    def test_refusals_of_the_furniture_speak_in_them(self):
        self.tell(priority=("strand", "strands"), owner=("lead", "leads"), agency=("partner", "partners"))
        self.refused("settings/priorities/add/", "Another strand is called “Prevent”", name="prevent", shared="prevent")
        self.refused("owners/add/", "Another lead is called “Police” already", name="police", kind="outside")
        self.refused("owners/add/", "Choose the partner", name="New", kind="seat")
        self.refused("settings/agencies/add/", "Enter the name of the partner", agency_kind="other")

    def test_they_cost_no_query(self):
        board = Board.objects.get(pk=self.cast.board.pk)
        with self.assertNumQueries(0):
            assert labels_of(board) == USUAL

    def test_a_redaction_takes_them_out(self):
        self.tell(owner=("Sam Smith", "Sam Smiths"))
        changes.redact(
            board=self.cast.board, passage="Sam Smith", reason="a name", by=self.cast.manager, at=moment(TODAY)
        )
        board = Board.objects.get(pk=self.cast.board.pk)
        assert "Sam Smith" not in str(board.labels)
        assert labels_of(board) == USUAL
        event = board.event_set.get(verb="board.labels_changed")
        told = sentence(event, dict(event.details.values_list("name", "value")))
        assert told.endswith("uses: [removed].")

    def test_the_frame_of_a_page_of_several_boards_speaks_as_the_product(self):
        board = self.tell(**CHALLENGES)
        assert frame(self.cast.manager, board, "board", TODAY)["labels"].recommendation.many == "challenges"
        assert frame(self.cast.manager, None, "your_work", TODAY)["labels"] == Labels()
