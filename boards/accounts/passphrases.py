"""Which passphrases are refused: short ones, and long ones that somebody who knows the person would try.

No rule asks for capitals, digits or signs: length is what counts, and three or four words that have nothing to do
with each other are easiest to remember. The rules are Django's validators, so every door that sets one asks them.
"""

import re
from functools import cached_property

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from boards.models import Board

SHORTEST = 15
OWN_WORK = 8
"""Letters and digits that must remain beside the words anybody would guess."""
DIFFERENT = 6
"""Different characters that it must have: "abababababababab" is long and still no secret."""

HINT = (
    f"{SHORTEST} characters or more. Three or four words that have nothing to do with each other are easy to remember."
)

GUESSED = frozenset(
    re.findall(
        r"\S+",
        "abcd admin april august autumn board boards changeme children cseplan december exploitation february friday"
        " january july june letmein login march monday november october pass passphrase password passwort partnership"
        " plan plans qwer qwerty qwertyuiop safeguarding saturday secret september spring summer sunday thursday"
        " tuesday wednesday welcome winter 1234 12345 123456 1234567 12345678 123456789 1234567890 0987654321",
    )
)
"""Words that say what this place is, or that everybody tries first."""

_WORD = re.compile(r"[^\W_]{4,}")
_SIGNS = re.compile(r"[\W_]+")
_NUMBERS = re.compile(r"[\W\d_]+")


class LongEnough:
    def validate(self, password, user=None):
        if len(password) < SHORTEST:
            raise ValidationError(
                f"Your password must be {SHORTEST} characters or more. It is {len(password)}.", code="too_short"
            )

    def get_help_text(self):
        return HINT


class NotGuessed:
    """Refuses what is on the list of common passwords, and what is little more than the names of this place."""

    @cached_property
    def common(self):
        return CommonPasswordValidator().passwords

    def validate(self, password, user=None):
        typed = password.casefold()
        if len(set(typed)) < DIFFERENT:
            raise ValidationError(
                "Your password repeats the same few characters. Choose one with more different ones.",
                code="too_even",
            )
        if {typed.strip(), _SIGNS.sub("", typed), _NUMBERS.sub("", typed)} & self.common:
            raise ValidationError(
                "Your password is on the list of those that attackers try first. Choose another.", code="too_common"
            )
        found = [word for word in sorted(words_known(user), key=len, reverse=True) if word in typed]
        for word in found:
            typed = typed.replace(word, " ")
        if found and len(_SIGNS.sub("", typed)) < OWN_WORK:
            named = ", ".join(f"“{word}”" for word in found[:3])
            raise ValidationError(
                f"Your password is little more than words that others would guess ({named})."
                " Add words that have nothing to do with you or your board.",
                code="too_near",
            )

    def get_help_text(self):
        return ""


def words_known(user=None):
    """Words others would try: of the product, of the boards' names, of the person's own name and address."""
    told = [text for names in Board.objects.values_list("name", "short_name", "slug") for text in names]
    if user is not None:
        told += [user.name, user.email]
    return GUESSED | {word for text in told for word in _WORD.findall(text.casefold())}
