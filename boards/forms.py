"""The forms of boards/: signing in."""

from django import forms
from django.contrib.auth.forms import AuthenticationForm

from cseplan import text
from cseplan.forms import GovForm, LineField

LONGEST_KEPT = 100_000
"""Characters of a page's words that are carried through a lost session; more is not from one of our pages."""


class SignInForm(GovForm, AuthenticationForm):
    """E-mail and password. What is wrong is never said in a way that tells who has an account."""

    username = LineField(
        label="E-mail address",
        error_messages={"required": "Enter your e-mail address"},
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label="Password",
        error_messages={"required": "Enter your password"},
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    kept = forms.CharField(required=False, max_length=LONGEST_KEPT, widget=forms.HiddenInput)

    error_messages = {
        "invalid_login": "The e-mail address or the password is not right. Check both, and capital letters in the "
        "password. If you cannot sign in, ask your board’s business manager.",
        "inactive": "The e-mail address or the password is not right.",
    }

    def clean_username(self):
        return text.clean_line(self.cleaned_data["username"]).lower()
