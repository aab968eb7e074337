"""The forms of the sign-in, in the site's design. What is checked is allauth's; who guesses waits (`staff.lockout`)."""

from textwrap import wrap
from typing import Any

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.account.fields import PasswordField, SetPasswordField
from allauth.core import context
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms
from django.core.exceptions import ValidationError

from common.forms import CitizenForm
from staff import lockout, second_factor
from staff.adapters import WRONG_CODE, locked

CODE_HELP = "Les six chiffres que montre votre application."
CODE_OR_RECOVERY_HELP = "Les six chiffres que montre votre application, ou l'un de vos codes de secours."


def dress(form: forms.Form, **words: dict[str, str]) -> None:
    """Give each field the design's class, and our words: its label, its help, what to do when it is empty."""
    for name, field in form.fields.items():
        field.widget.attrs.pop("placeholder", None)
        field.widget.attrs["class"] = "fr-input"
        said = words[name]
        field.label, field.help_text = said["label"], said.get("help", "")
        field.error_messages["required"] = said["required"]


class LoginForm(CitizenForm, account.LoginForm):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        dress(
            self,
            login={"label": "Nom d'utilisateur", "required": "Saisissez votre nom d'utilisateur."},
            password={"label": "Mot de passe", "required": "Saisissez votre mot de passe."},
        )
        self.fields["login"].widget.attrs |= {"autocapitalize": "none", "spellcheck": "false"}
        self.fields["login"].error_messages["max_length"] = "Ce nom d'utilisateur est trop long : vérifiez-le."


class ReauthenticateForm(CitizenForm, account.ReauthenticateForm):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        dress(self, password={"label": "Mot de passe", "required": "Saisissez votre mot de passe."})


class ChangePasswordForm(CitizenForm, account.ChangePasswordForm):
    oldpassword = PasswordField(label="", autocomplete="current-password")
    password1 = SetPasswordField(label="", help_text="")
    password2 = PasswordField(label="", autocomplete="new-password")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        dress(
            self,
            oldpassword={"label": "Mot de passe actuel", "required": "Saisissez votre mot de passe actuel."},
            password1={
                "label": "Nouveau mot de passe",
                "help": "Douze caractères au moins : plusieurs mots sans lien, par exemple.",
                "required": "Choisissez un nouveau mot de passe.",
            },
            password2={
                "label": "Le même, encore une fois",
                "required": "Saisissez à nouveau le mot de passe choisi.",
            },
        )

    def clean_oldpassword(self) -> str:
        """Counted like a sign-in: whoever finds a session open must not guess the password at leisure."""
        password = self.cleaned_data["oldpassword"]
        if not get_adapter().reauthenticate(self.user, password):
            raise get_adapter().validation_error("enter_current_password")
        return password

    def clean(self) -> dict[str, Any]:
        answers = forms.Form.clean(self) or self.cleaned_data
        first, second = answers.get("password1"), answers.get("password2")
        if first and second and first != second:
            self.add_error("password2", "Les deux mots de passe diffèrent : saisissez deux fois le même.")
        return answers


class CountedCode:
    """A code that is guessed is counted with the passwords of the account; one that was used is not right again."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        dress(
            self,  # type: ignore[arg-type]
            code={"label": "Code", "help": CODE_OR_RECOVERY_HELP, "required": "Saisissez un code."},
        )
        self.fields["code"].widget.attrs["inputmode"] = "numeric"  # type: ignore[attr-defined]

    def clean_code(self) -> str:
        try:
            attempt = lockout.count_attempt(context.request, account=self.user.get_username())  # type: ignore[attr-defined]
        except lockout.TooManyAttemptsError as refusal:
            raise locked(refusal.wait) from refusal
        code = normalize_user_code(super().clean_code())  # type: ignore[misc]
        if not second_factor.use_code(self.authenticator, code):  # type: ignore[attr-defined]
            raise ValidationError(WRONG_CODE, code="used_code")
        attempt.take_back()
        return code


class AuthenticateForm(CountedCode, CitizenForm, mfa.AuthenticateForm):
    pass


class ReauthenticateByCodeForm(CountedCode, CitizenForm, mfa.ReauthenticateForm):
    pass


class ActivateForm(CitizenForm, totp.ActivateTOTPForm):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        dress(
            self,
            code={"label": "Code", "help": CODE_HELP, "required": "Saisissez le code que montre votre application."},
        )
        self.fields["code"].widget.attrs["inputmode"] = "numeric"

    @property
    def grouped_secret(self) -> str:
        """The key by groups of four, as people copy it."""
        return " ".join(wrap(self.secret, 4))
