"""What happened, in sentences: every verb of the audit trail has one, and says who did what, and why.

This module has those of boards/; a higher app registers its own (`register`). When it happened stands beside a
sentence, not in it. Words that were removed from the record read “[removed]”.
"""

import re
from collections.abc import Callable
from datetime import date

from django.template.defaultfilters import date as format_date

REMOVED = "[removed]"
LONGEST = 300
"""Characters of somebody's words that a sentence repeats; the rest stands where they were said."""

IN_QUOTES = ("comment", "next_steps", "reason", "why", "words")
"""Details that are somebody's own words."""

_SECOND_STOP = re.compile(r"([.!?…]”)\.")


class Told:
    """What one event says, as a sentence needs it. Also usable with `str.format_map`."""

    def __init__(self, event, details: dict):
        self.recorded, self.details = event.digests, details

    def __getitem__(self, name) -> str:
        """One detail in words: a day written out, a list joined, nothing where nothing was recorded."""
        if name not in self.details:
            return REMOVED if name in self.recorded else ""
        return in_words(self.details[name])

    def raw(self, name):
        """One detail as recorded; None where it is gone."""
        return self.details.get(name)

    def quote(self, name) -> str:
        """Somebody's words in quotation marks, shortened."""
        words = self[name]
        return words if words in ("", REMOVED) else f"“{shortened(words)}”"

    def tail(self, pattern: str, name: str) -> str:
        """A part of a sentence that is only there when the detail is: `tail(", because {}", "reason")`."""
        words = self.quote(name) if name in IN_QUOTES else self[name]
        return pattern.format(words) if words else ""


def in_words(value) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)):
        return ", ".join(in_words(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{name}: {in_words(item)}" for name, item in value.items())
    text = str(value)
    try:
        return format_date(date.fromisoformat(text), "j F Y") if len(text) == 10 else text
    except ValueError:
        return text


def shortened(words: str, longest: int = LONGEST) -> str:
    """The beginning of long words, cut between two of them."""
    words = " ".join(words.split())
    if len(words) <= longest:
        return words
    return words[:longest].rsplit(" ", 1)[0].rstrip(" ,.;:") + "…"


Write = Callable[[Told], str]
_sentences: dict[str, Write | str] = {}


def register(sentences: dict[str, Write | str]) -> None:
    """Sentences by verb: a pattern with details in braces, or a function of what was told."""
    for verb, write in sentences.items():
        if _sentences.setdefault(verb, write) is not write:
            raise ValueError(f"The verb {verb} has a sentence already.")


_KINDS = {
    "access": "Access review",
    "date": "Due date",
    "recommendations": "Recommendations",
    "submission": "Quarterly update on its way",
    "sub_group": "Sub-group",
    "update": "Update on the record",
    "passage": "Redaction",
}


def kind_in_words(kind: str) -> str:
    """What a history is narrowed by: the first word of a verb, as people call it."""
    return _KINDS.get(kind) or kind.replace("_", " ").capitalize()


def known_verbs() -> frozenset[str]:
    return frozenset(_sentences)


def sentence(event, details: dict) -> str:
    """An event as a sentence. `details` is {name: value} of what still stands in the record of it."""
    told = Told(event, details)
    write = _sentences.get(event.verb, "{by} changed {subject}.")
    written = write.format_map(told) if isinstance(write, str) else write(told)
    return _SECOND_STOP.sub(r"\1", written)


def _role_given(told):
    dates = told.tail(" from {}", "starts") + told.tail(" until {}", "ends")
    return f"{told['by']} gave {told['person']} the role {told['role']} on {told['subject']}{dates}" + (
        told.tail(", covering for {}.", "covering") or "."
    )


def _role_limited(told):
    until = told.tail("end on {}", "ends") or "go on without a last day"
    return f"{told['by']} let the role {told['role']} of {told['person']} on {told['subject']} {until}."


def _invitation_sent(told):
    dates = told.tail(" from {}", "starts") + told.tail(" until {}", "ends")
    return (
        f"{told['by']} invited {told['person']} ({told['email']}) to the role {told['role']} on"
        f" {told['subject']}{dates}."
    )


def _invitation_accepted(told):
    dates = told.tail(" from {}", "starts") + told.tail(" until {}", "ends")
    return (
        f"{told['by']} accepted the invitation of {told['invited_by']} to the role {told['role']} on"
        f" {told['subject']}{dates}."
    )


def _access_reviewed(told):
    ended = told.tail(" and ended the roles of {}", "ended")
    return f"{told['by']} looked at who has come to the board{ended}."


_FACTS = {
    "quarter_start_month": "first month of its year",
    "reports_to": "group it reports to",
    "code": "shared word",
}
"""Facts that a change may touch, where their names are not words enough."""


def _changed(told):
    """From what to what each fact was changed, where both still stand in the record."""
    return f"{told['by']} changed {told['subject']}: {_from_what_to_what(told)}."


def _from_what_to_what(told):
    before, after = told.raw("before"), told.raw("after")
    if not isinstance(before, dict) or not isinstance(after, dict):
        return REMOVED
    facts = [
        f"{_FACTS.get(name, name.replace('_', ' '))} from {_named(before.get(name))} to {_named(value)}"
        for name, value in sorted(after.items())
    ]
    return ", ".join(facts)


def _named(value):
    return f"“{value}”" if value not in (None, "") else "none"


def _labels_changed(told):
    return f"{told['by']} changed the words that {told['subject']} uses: {_from_what_to_what(told)}."


def _ended(told):
    return f"{told['by']} let {told['subject']} end on {told['ends']}{told.tail('; {} follows it', 'successor')}."


def _second_factor_set(told):
    enough = "need a second step to sign in" if told.raw("required") else "need no more than a password to sign in"
    return f"{told['by']} decided that those who may write on the board {enough}."


def _holder_appointed(told):
    part = "deputy holder" if told.raw("part") == "deputy" else "holder"
    dates = f" from {told['starts']}" + told.tail(" until {}", "ends")
    return f"{told['by']} made {told['person']} {part} of {told['subject']}{dates}."


def _holder_left(told):
    part = "deputy holder" if told.raw("part") == "deputy" else "holder"
    return f"{told['by']} recorded that {told['person']} stopped being {part} of {told['subject']} on {told['ends']}."


def _owner_added(told):
    known_as = told.tail(", also known as {}", "aliases") + told.tail(", of {}", "members")
    return f"{told['by']} added the owner {told['subject']}{known_as}."


register(
    {
        "list.exported": lambda told: (
            f"{told['by']} took a copy of {told['what']}{' that a filter left' if told.raw('narrowed') else ''}."
        ),
        "board.created": "{by} created the board {name}.",
        "board.second_factor_set": _second_factor_set,
        "rating_scale.set": "{by} set the board’s key to ratings: {steps}.",
        "board.changed": _changed,
        "board.labels_changed": _labels_changed,
        "seat.changed": _changed,
        "seat.ended": _ended,
        "sub_group.changed": _changed,
        "sub_group.ended": _ended,
        "priority.changed": _changed,
        "owner.changed": _changed,
        "owner.alias_added": "{by} added that {subject} is also known as {alias}.",
        "seat.added": "{by} gave {agency} a seat on the board.",
        "sub_group.added": lambda told: (
            f"{told['by']} added the sub-group {told['subject']}{told.tail(', which reports to {}', 'reports_to')}."
        ),
        "priority.added": "{by} added the strategic priority {subject}.",
        "owner.added": _owner_added,
        "owner.holder_appointed": _holder_appointed,
        "owner.holder_left": _holder_left,
        "period.added": "{by} added the reporting period {subject}, from {starts} to {ends}.",
        "meeting.added": "{by} recorded the meeting {subject} of {held_on}.",
        "role.given": _role_given,
        "role.ended": "{by} ended the role {role} of {person} on {subject}.",
        "role.limited": _role_limited,
        "invitation.sent": _invitation_sent,
        "invitation.sent_again": "{by} sent {person} ({email}) the invitation to {subject} again.",
        "invitation.withdrawn": "{by} withdrew the invitation of {person} ({email}) to {subject}.",
        "invitation.accepted": _invitation_accepted,
        "access.reviewed": _access_reviewed,
        "passage.redacted": "{by} removed a passage from the record ({places}), because {reason}.",
        "words.redacted": "{by} removed words from {subject}, because {reason}.",
    }
)
