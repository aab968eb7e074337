"""What readers may send about the catalogue."""

from django import forms

MAX_LENGTH = 1000


class MissingErrorForm(forms.Form):
    """An error that the catalogue lacks, told in one's own words."""

    text = forms.CharField(
        label="Qu'est-ce qui vous est arrivé ?",
        help_text="Avec vos mots, sans nom, numéro ni adresse. 1 000 caractères au plus.",
        max_length=MAX_LENGTH,
        widget=forms.Textarea(attrs={"class": "fr-input", "rows": 6}),
        error_messages={
            "required": "Écrivez en quelques mots ce qui vous est arrivé.",
            "max_length": "Votre message dépasse 1 000 caractères : raccourcissez-le.",
        },
    )
    query = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    # People do not see it; what fills it is a machine.
    website = forms.CharField(label="Laissez ce champ vide", required=False, widget=forms.TextInput)
