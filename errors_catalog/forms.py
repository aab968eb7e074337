"""What readers may ask of the catalogue, and send about it."""

from django import forms

from common.forms import TrappedForm, TypedField
from errors_catalog.search.normalise import readable

MAX_LENGTH = 1000


class QueryField(forms.CharField):
    """Words typed or pasted by anyone: cleaned, never refused."""

    def to_python(self, value: object) -> str:
        return readable(str(value)) if value else ""


class MissingErrorForm(TrappedForm):
    """An error that the catalogue lacks, told in one's own words."""

    text = TypedField(
        label="Qu'est-ce qui vous est arrivé ?",
        help_text="Avec vos mots, sans nom, numéro ni adresse. 1 000 caractères au plus.",
        max_length=MAX_LENGTH,
        widget=forms.Textarea(attrs={"class": "fr-input", "rows": 6}),
        error_messages={
            "required": "Écrivez en quelques mots ce qui vous est arrivé.",
            "max_length": "Votre message dépasse 1 000 caractères : raccourcissez-le.",
        },
    )
    query = QueryField(required=False, widget=forms.HiddenInput)
