"""The forms of signing in and of one's own account: allauth's rules in our fields and words."""

from allauth.account import forms as allauth
from allauth.account.adapter import get_adapter
from allauth.mfa.base import forms as second
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, AuthenticateWebAuthnForm
from django import forms

from boards.accounts.passphrases import HINT
from cseplan.forms import GovForm, LineField

LONGEST_KEPT = 100_000
"""Characters of a page's words that are carried through a lost session; more is not from one of our pages."""

LONGEST_PASSWORD = 1000


class EmailField(LineField):
    widget = forms.EmailInput

    def __init__(self, **kwargs):
        kwargs = {"label": "E-mail address", "max_length": 254} | kwargs
        super().__init__(error_messages={"required": "Enter your e-mail address"}, **kwargs)
        self.widget.attrs |= {"autocomplete": "username", "spellcheck": "false"}

    def clean(self, value):
        return super().clean(value).lower()


class PasswordField(forms.CharField):
    """A password as it is, never shown again. `new` when it is being chosen: a manager of passwords may offer one."""

    def __init__(self, label="Password", *, required="Enter your password", new=False, **kwargs):
        widget = forms.PasswordInput(attrs={"autocomplete": "new-password" if new else "current-password"})
        super().__init__(
            label=label,
            error_messages={"required": required},
            strip=False,
            max_length=LONGEST_PASSWORD,
            widget=widget,
            **kwargs,
        )


class NewPasswordField(PasswordField):
    """A password that is being chosen; the form sets `user`, whose own name and address are no good for it."""

    user = None

    def __init__(self, label="New password"):
        super().__init__(label, required="Enter a new password", new=True, help_text=HINT)

    def clean(self, value):
        return get_adapter().clean_password(super().clean(value), user=self.user)


class SignInForm(GovForm, allauth.LoginForm):
    """E-mail and password. What is wrong is never said in a way that tells who has an account."""

    password = PasswordField()
    kept = forms.CharField(required=False, max_length=LONGEST_KEPT, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"] = EmailField()
        self.order_fields(["login", "password", "kept"])


class ForgottenForm(GovForm, allauth.ResetPasswordForm):
    """Asks for a link to set a new password. It answers alike whether there is such an account or not."""

    email = EmailField()


class NewPasswordForm(GovForm, allauth.ResetPasswordKeyForm):
    """A new password, by a link that came by mail. Typed once: it can be shown."""

    password1 = NewPasswordField()
    password2 = None


class ChangePasswordForm(GovForm, allauth.ChangePasswordForm):
    oldpassword = PasswordField("Current password", required="Enter your current password")
    password1 = NewPasswordField()
    password2 = None


class PasswordAgainForm(GovForm, allauth.ReauthenticateForm):
    password = PasswordField("Your password")


class CodeField(LineField):
    """A code of digits, with or without the spaces that apps put between them."""

    def __init__(self, **kwargs):
        super().__init__(label="Code", max_length=20, error_messages={"required": "Enter the code"}, **kwargs)
        self.widget.attrs |= {"autocomplete": "one-time-code", "inputmode": "numeric", "class": "govuk-input--width-10"}

    def clean(self, value):
        return super().clean(value).replace(" ", "")


class CodeForm(GovForm, second.AuthenticateForm):
    code = CodeField(help_text="The six digits your app shows now, or one of your recovery codes.")


class CodeAgainForm(GovForm, second.ReauthenticateForm):
    code = CodeField(help_text="The six digits your app shows now, or one of your recovery codes.")


class FirstCodeForm(GovForm, ActivateTOTPForm):
    code = CodeField(help_text="The six digits your app shows after it has read the picture.")


class PasskeyForm(GovForm, AddWebAuthnForm):
    name = LineField(
        label="A name for it", max_length=60, help_text="By which you will know it, for example “Work laptop”."
    )
    not_optional = ("name",)


class PasskeyAgainForm(GovForm, AuthenticateWebAuthnForm):
    """What the browser answered when it was asked for a passkey at the second step."""
