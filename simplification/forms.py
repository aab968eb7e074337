"""What a sender may write. Each message says what to do; nothing that a person types is refused for its bytes."""

from collections.abc import Iterator
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_slug
from django.utils.datastructures import MultiValueDict

from common.forms import AddressField, CitizenForm, TrappedForm, Typed, TypedField
from common.models import Audience
from errors_catalog.models import Administration
from life_events.models import LifeEvent
from simplification.models import Submission

TEXT_LENGTH = 20_000
COMMENT_LENGTH = 2_000
# Named types let telephones offer the camera besides the files; extensions are for systems that know them better.
ACCEPTED_FILES = (
    "image/jpeg,image/png,image/webp,image/heic,application/pdf,message/rfc822,text/plain,"
    ".jpg,.jpeg,.png,.webp,.heic,.pdf,.docx,.odt,.eml,.txt"
)
WRONG_ADDRESS = "Copiez l'adresse entière de la page, par exemple https://www.exemple.fr/page."
UNKNOWN_CHOICE = "Choisissez une réponse de la liste."


class PageAddressField(Typed, forms.URLField):
    default_validators = [URLValidator(schemes=["http", "https"])]


class SlugChoiceField(forms.ModelChoiceField):
    """A choice named by its slug: what cannot be one never reaches the database."""

    def __init__(self, **options: Any) -> None:
        super().__init__(to_field_name="slug", error_messages={"invalid_choice": UNKNOWN_CHOICE}, **options)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and value:
            try:
                validate_slug(value)
            except ValidationError as error:
                raise ValidationError(UNKNOWN_CHOICE, code="invalid_choice") from error
        return super().to_python(value)


class SeveralFilesInput(forms.FileInput):
    allow_multiple_selected = True


class DocumentForm(TrappedForm):
    """What is hard to understand: files, or its text, or the address of a page. Files are checked by `services`."""

    data: MultiValueDict[str, Any]
    files = forms.FileField(  # type: ignore[assignment]  # Django keeps the fields and `files` of a form apart
        label="Vos fichiers ou vos photos",
        required=False,
        widget=SeveralFilesInput(attrs={"class": "fr-upload", "accept": ACCEPTED_FILES}),
    )
    text = TypedField(
        label="Ou collez le texte",
        help_text="Un courriel, un SMS, un passage d'une lettre. 20 000 caractères au plus.",
        required=False,
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"class": "fr-input", "rows": 5}),
        error_messages={"max_length": "Ce texte dépasse 20 000 caractères : gardez le passage difficile."},
    )
    page_url = PageAddressField(
        label="Ou donnez l'adresse d'une page d'un site",
        help_text="Par exemple https://www.exemple.fr/page. Une page que tout le monde peut ouvrir.",
        required=False,
        max_length=500,
        assume_scheme="https",
        widget=forms.TextInput(attrs={"class": "fr-input", "inputmode": "url", "autocomplete": "off"}),
        error_messages={
            "invalid": WRONG_ADDRESS,
            "max_length": "Cette adresse dépasse 500 caractères : copiez le texte de la page à la place.",
        },
    )

    def empty(self, name: str) -> None:
        """Show a field as if nothing had been typed in it."""
        self.data = self.data.copy()
        self.data[name] = ""

    def clean_files(self) -> None:
        """Nothing here: each file is checked by its content, and kept, before the form is judged."""


class DifficultyForm(CitizenForm):
    """What the team needs to know, and nothing more."""

    kind = forms.ChoiceField(
        label="Qu'est-ce que c'est ?",
        choices=Submission.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Dites ce que vous envoyez : une lettre, un courriel…",
            "invalid_choice": UNKNOWN_CHOICE,
        },
    )
    administration = SlugChoiceField(
        label="Qui vous l'a envoyé ? (facultatif)",
        queryset=Administration.objects.order_by("short_name"),
        required=False,
        empty_label="Je ne sais pas",
        widget=forms.Select(attrs={"class": "fr-select"}),
    )
    difficulties = forms.MultipleChoiceField(
        label="Qu'est-ce qui est difficile ?",
        help_text="Cochez tout ce qui convient.",
        choices=Submission.Difficulty.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Cochez au moins une difficulté. Si aucune ne convient, cochez « autre chose ».",
            "invalid_choice": UNKNOWN_CHOICE,
        },
    )
    comment = TypedField(
        label="Précisez avec vos mots (facultatif)",
        help_text="Sans nom, ni numéro, ni adresse. 2 000 caractères au plus.",
        required=False,
        max_length=COMMENT_LENGTH,
        widget=forms.Textarea(attrs={"class": "fr-input", "rows": 4}),
        error_messages={"max_length": "Votre message dépasse 2 000 caractères : raccourcissez-le."},
    )
    life_event = SlugChoiceField(
        label="Dans quelle situation l'avez-vous reçu ? (facultatif)",
        queryset=LifeEvent.objects.all(),
        required=False,
        empty_label="Aucune de celles-ci, ou je ne sais pas",
        widget=forms.Select(attrs={"class": "fr-select"}),
    )
    email = AddressField(
        label="Votre adresse électronique (facultatif)",
        help_text="Pour savoir quand nous répondons. Format attendu : nom@domaine.fr",
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"class": "fr-input", "autocomplete": "email"}),
        error_messages={
            "invalid": "Saisissez une adresse de la forme nom@domaine.fr, ou laissez ce champ vide.",
            "max_length": "Cette adresse est trop longue : vérifiez-la, ou laissez ce champ vide.",
        },
    )
    agrees_to_test = forms.BooleanField(
        label="J'accepte que l'équipe m'écrive pour me faire relire la nouvelle version (facultatif)",
        help_text="Seulement si vous donnez une adresse. Vous pourrez dire non.",
        required=False,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        life_event = cast("SlugChoiceField", self.fields["life_event"])
        life_event.choices = list(_by_audience())

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        if answers.get("agrees_to_test") and not answers.get("email") and "email" not in self.errors:
            self.add_error(
                "email",
                ValidationError(
                    "Indiquez votre adresse pour relire la nouvelle version, ou décochez la case du dessous.",
                    code="needed_to_test",
                ),
            )
        return answers


class TrackingForm(CitizenForm):
    """What opens a submission: both, or nothing."""

    number = TypedField(
        label="Numéro",
        help_text="Par exemple OUPS-2026-K7M4Q2XB.",
        widget=forms.TextInput(attrs={"class": "fr-input", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Saisissez le numéro reçu après votre envoi. Il commence par OUPS."},
    )
    key = TypedField(
        label="Clé de suivi",
        help_text="26 lettres et chiffres, affichés une seule fois après votre envoi. Les tirets ne comptent pas.",
        widget=forms.TextInput(attrs={"class": "fr-input", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Saisissez la clé de suivi affichée après votre envoi."},
    )


def _by_audience() -> Iterator[tuple[str, str | list[tuple[str, str]]]]:
    """The situations in two groups, in the order of the home page."""
    yield "", "Aucune de celles-ci, ou je ne sais pas"
    events = list(LifeEvent.objects.all())
    for audience, title in ((Audience.PRIVATE, "Particuliers"), (Audience.PROFESSIONAL, "Professionnels")):
        yield title, [(event.slug, event.name) for event in events if event.audience == audience]
