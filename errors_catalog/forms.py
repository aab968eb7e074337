"""What readers may ask of the catalogue, and send about it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from common.forms import AddressField, TrappedForm, TypedField
from errors_catalog.models import ReaderMessage
from errors_catalog.search.normalise import readable


class QueryField(forms.CharField):
    """Words typed or pasted by anyone: cleaned, never refused."""

    def to_python(self, value: object) -> str:
        return readable(str(value)) if value else ""


class MissingErrorForm(TrappedForm):
    """An error that the catalogue lacks, told in one's own words."""

    text = TypedField(
        label="Qu'est-ce qui vous est arrivé ?",
        help_text="Avec vos mots, sans nom, numéro ni adresse. 1 000 caractères au plus.",
        max_length=ReaderMessage.MAX_LENGTH,
        widget=forms.Textarea(attrs={"class": "fr-input", "rows": 6}),
        error_messages={
            "required": "Écrivez en quelques mots ce qui vous est arrivé.",
            "max_length": "Votre message dépasse 1 000 caractères : raccourcissez-le.",
        },
    )
    query = QueryField(required=False, widget=forms.HiddenInput)


class OpinionForm(TrappedForm):
    """Whether an entry helped, and if not, why."""

    kind = forms.ChoiceField(
        label="Cette page vous a-t-elle aidé ?",
        choices=[(ReaderMessage.Kind.HELPFUL, "oui"), (ReaderMessage.Kind.UNHELPFUL, "non")],
        widget=forms.RadioSelect,
        error_messages={"required": "Répondez par oui ou par non.", "invalid_choice": "Répondez par oui ou par non."},
    )
    reasons = forms.MultipleChoiceField(
        label="Qu'est-ce qui n'allait pas ?",
        help_text="Cochez tout ce qui convient.",
        choices=ReaderMessage.Reason.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choisissez dans la liste.", "invalid_list": "Choisissez dans la liste."},
    )
    text = TypedField(
        label="Précisez avec vos mots (facultatif)",
        help_text=(
            "Sans nom, ni numéro, ni adresse : nous effaçons les longs numéros et les adresses électroniques. "
            "1 000 caractères au plus."
        ),
        required=False,
        max_length=ReaderMessage.MAX_LENGTH,
        widget=forms.Textarea(attrs={"class": "fr-input", "rows": 5}),
        error_messages={"max_length": "Votre message dépasse 1 000 caractères : raccourcissez-le."},
    )
    email = AddressField(
        label="Votre adresse électronique, seulement si vous voulez une réponse (facultatif)",
        help_text="Effacée après la réponse, et après 90 jours au plus tard. Format attendu : nom@domaine.fr",
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"class": "fr-input", "autocomplete": "email"}),
        error_messages={
            "invalid": "Saisissez une adresse de la forme nom@domaine.fr, ou laissez ce champ vide.",
            "max_length": "Cette adresse est trop longue : vérifiez-la, ou laissez ce champ vide.",
        },
    )

    @property
    def asks_why(self) -> bool:
        """Reasons are left out for who says « oui », unless some are already ticked."""
        return self["kind"].value() != ReaderMessage.Kind.HELPFUL or bool(self["reasons"].value())

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        if self.errors:
            return answers
        if answers["kind"] == ReaderMessage.Kind.UNHELPFUL and not (answers["reasons"] or answers["text"]):
            why = "Cochez au moins une raison, ou écrivez quelques mots plus bas."
            self.add_error("reasons", ValidationError(why, code="no_reason"))
        if answers["email"] and not answers["text"]:
            self.add_error(
                "text",
                ValidationError("Écrivez votre question, pour que nous puissions y répondre.", code="no_question"),
            )
        return answers
