"""What the team fills in on the page of a document."""

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.db.models import QuerySet

from common.action_forms import ActionForm
from simplification import desk
from simplification.models import AnswerTemplate, Rewriting, Submission

MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"


def team() -> QuerySet[User]:
    """Who may follow a document."""
    return User.objects.with_perm("simplification.change_submission", backend=MODEL_BACKEND)


def wide(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "cols": 60})


class TakeForm(ActionForm):
    """One button: no field."""

    action = "prendre"
    button = "Me l'attribuer"
    done = "Vous suivez ce document."

    def apply(self, *, by: User) -> None:
        desk.assign(self.subject, to=by, by=by)


class AssignForm(ActionForm):
    action = "attribuer"
    title = "Suivi"
    button = "Attribuer"
    done = "L'attribution est enregistrée."
    assignee = forms.ModelChoiceField(
        queryset=User.objects.none(), label="Suivi par", required=False, empty_label="personne"
    )

    def __init__(self, data: Any = None, *, subject: Submission) -> None:
        super().__init__(data, subject=subject)
        self.fields["assignee"].queryset = team()  # type: ignore[attr-defined]

    def starting_with(self) -> dict[str, Any]:
        return {"assignee": self.subject.assignee_id}

    def apply(self, *, by: User) -> None:
        desk.assign(self.subject, to=self.cleaned_data["assignee"], by=by)


class StateForm(ActionForm):
    action = "etat"
    title = "État"
    button = "Changer l'état"
    done = "L'état est changé."
    state = forms.ChoiceField(label="Nouvel état")
    line = forms.CharField(
        label="Ce que la personne lira",
        required=False,
        max_length=300,
        widget=wide(2),
        help_text="Vide : la phrase habituelle. La date s'ajoute seule.",
    )
    reason = forms.CharField(
        label="Motif du classement",
        required=False,
        max_length=200,
        widget=wide(2),
        help_text="Pour classer seulement. La personne le lira.",
    )

    def __init__(self, data: Any = None, *, subject: Submission) -> None:
        super().__init__(data, subject=subject)
        possible = desk.TRANSITIONS.get(subject.state, [])
        self.fields["state"].choices = [(state, Submission.State(state).label) for state in possible]  # type: ignore[attr-defined]

    def apply(self, *, by: User) -> None:
        values = self.cleaned_data
        desk.change_state(self.subject, values["state"], line=values["line"], reason=values["reason"], by=by)


class AnswerForm(ActionForm):
    action = "repondre"
    title = "Réponse à la personne"
    button = "Envoyer la réponse"
    done = "La réponse est enregistrée : la personne la lit avec sa clé de suivi."
    text = forms.CharField(
        label="Réponse",
        widget=wide(10),
        error_messages={"required": "Écrivez la réponse."},
        help_text="N'y mettez rien de secret : la page de suivi la montre.",
    )

    def __init__(self, data: Any = None, *, subject: Submission, template: AnswerTemplate | None = None) -> None:
        self.template = template
        super().__init__(data, subject=subject)

    def starting_with(self) -> dict[str, Any]:
        if self.template:
            return {"text": self.template.text.replace("{numero}", str(self.subject.number))}
        return {"text": self.subject.answer}

    def apply(self, *, by: User) -> None:
        desk.answer(self.subject, text=self.cleaned_data["text"], by=by)


class ForwardForm(ActionForm):
    action = "transmettre"
    title = "Transmettre à l'administration"
    button = "Envoyer la lettre"
    done = "La lettre part vers l'administration."
    to = forms.EmailField(
        label="Adresse de l'administration",
        help_text="Format attendu : nom@domaine.fr",
        error_messages={
            "required": "Indiquez l'adresse de l'administration.",
            "invalid": "Saisissez une adresse de la forme nom@domaine.fr.",
        },
    )
    rewriting = forms.ModelChoiceField(
        queryset=Rewriting.objects.none(),
        label="Réécriture jointe",
        required=False,
        empty_label="aucune",
        help_text="Seules les réécritures proposées ou publiées sont dans la liste.",
    )

    def __init__(self, data: Any = None, *, subject: Submission) -> None:
        super().__init__(data, subject=subject)
        self.fields["rewriting"].queryset = desk.rewritings_of(subject).ready()  # type: ignore[attr-defined]

    def starting_with(self) -> dict[str, Any]:
        return {"to": desk.last_address(self.subject)}

    def apply(self, *, by: User) -> None:
        values = self.cleaned_data
        desk.forward(self.subject, to=values["to"], rewriting=values["rewriting"], by=by)


class ReadingForm(ActionForm):
    action = "relire"
    title = "Faire relire à la personne"
    button = "Envoyer la nouvelle version"
    done = "La nouvelle version part vers la personne, avec trois questions."
    rewriting = forms.ModelChoiceField(
        queryset=Rewriting.objects.none(),
        label="Nouvelle version",
        empty_label=None,
        error_messages={"required": "Choisissez la version à relire."},
    )

    def __init__(self, data: Any = None, *, subject: Submission) -> None:
        super().__init__(data, subject=subject)
        self.fields["rewriting"].queryset = desk.rewritings_of(subject).ready()  # type: ignore[attr-defined]

    def apply(self, *, by: User) -> None:
        desk.ask_to_read(self.subject, self.cleaned_data["rewriting"], by=by)


class NotesForm(ActionForm):
    action = "notes"
    title = "Notes de l'équipe"
    button = "Enregistrer les notes"
    done = "Les notes sont enregistrées."
    notes = forms.CharField(
        label="Notes",
        required=False,
        widget=wide(6),
        help_text="La personne ne les lit pas. Elles s'effacent avec les fichiers.",
    )

    def starting_with(self) -> dict[str, Any]:
        return {"notes": self.subject.notes}

    def apply(self, *, by: User) -> None:
        desk.write_notes(self.subject, notes=self.cleaned_data["notes"], by=by)


FORMS: dict[str, type[ActionForm]] = {
    form.action: form for form in (TakeForm, AssignForm, StateForm, AnswerForm, ForwardForm, ReadingForm, NotesForm)
}


class RewritingForm(forms.ModelForm):
    """Before and after, side by side."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Rewriting
        fields = ["title", "administration", "submission", "before", "after", "changes"]
        widgets = {
            "submission": forms.HiddenInput,
            "before": forms.Textarea(attrs={"rows": 18, "cols": 50}),
            "after": forms.Textarea(attrs={"rows": 18, "cols": 50}),
            "changes": forms.Textarea(attrs={"rows": 6, "cols": 100}),
        }

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, label_suffix=" :", **options)
        self.fields["submission"].queryset = Submission.objects.sent()  # type: ignore[attr-defined]
        self.fields["after"].help_text = "Des phrases courtes. D'abord ce qu'il faut faire, et avant quand."
        self.fields["title"].widget.attrs["size"] = 80
        if self.instance.pk:
            self.initial["seen"] = desk.version(self.instance)
