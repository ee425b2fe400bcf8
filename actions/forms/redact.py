"""Taking a passage out of the record: which words, and why."""

from cseplan.forms import GovForm, LineField, TextField


class PassageForm(GovForm):
    """Which words have to go."""

    passage = TextField(
        label="Words that have to go",
        max_length=2000,
        rows=3,
        help_text="As they were written, in full. Capitals, line breaks and the shape of apostrophes do not matter.",
    )


class RedactForm(PassageForm):
    """The same, with the reason that stays in their place."""

    reason = LineField(
        label="Why they have to go",
        max_length=100,
        help_text="It stands in every place where the words stood, for all who read it. Do not repeat the words.",
    )
