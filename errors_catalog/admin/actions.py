"""What may be done to an entry besides writing it: each form knows the write of `services` that it asks for."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.contrib.auth.models import User
from django.utils import timezone

from common.action_forms import ActionForm
from errors_catalog.models import FormerAddress, FrequentError, Proposal
from errors_catalog.services import care, editing

Status = FrequentError.Status
State = Proposal.State


def wide(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "cols": 60})


class EditorForm(ActionForm):
    permission = "errors_catalog.change_frequenterror"


class ReviewerForm(ActionForm):
    permission = "errors_catalog.review_frequenterror"


class DecisionForm(ReviewerForm):
    """A decision on the text that the page shows: one that changed meanwhile has to be read again."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def starting_with(self) -> dict[str, Any]:
        return {"seen": editing.version(self.subject)}

    def clean(self) -> None:
        self.data = {**self.data, "seen": self.initial["seen"]}  # a refusal shows the text of now


class SubmitForm(EditorForm):
    action = "envoyer"
    button = "Envoyer en relecture"
    done = "C'est envoyé : une autre personne va relire."

    def apply(self, *, by: User) -> None:
        editing.submit(self.subject, by=by)


class TakeBackForm(EditorForm):
    action = "reprendre"
    button = "Reprendre pour modifier"
    done = "Vous pouvez de nouveau modifier le texte."

    def apply(self, *, by: User) -> None:
        editing.take_back(self.subject, by=by)


class WithdrawForm(EditorForm):
    action = "abandonner"
    button = "Abandonner la proposition"
    done = "La proposition est abandonnée. La page publique n'a pas changé ; le texte reste dans l'historique."

    def apply(self, *, by: User) -> None:
        editing.withdraw(self.subject, by=by)


class ApproveForm(DecisionForm):
    action = "publier"
    title = "Tout est juste ?"
    button = "Publier"
    done = "La relecture est enregistrée."
    at = forms.DateTimeField(
        label="Publier plus tard, le",
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text="Vide : tout de suite.",
        error_messages={"invalid": "Saisissez une date et une heure, par exemple 24/12/2026 09:00."},
    )

    def clean_at(self) -> datetime | None:
        at = self.cleaned_data["at"]
        if at and at <= timezone.now():
            raise forms.ValidationError("Cette date est passée : laissez vide pour publier tout de suite.", code="past")
        return at

    def apply(self, *, by: User) -> None:
        editing.approve(self.subject, seen=self.cleaned_data["seen"], by=by, at=self.cleaned_data["at"])


class SendBackForm(DecisionForm):
    action = "renvoyer"
    title = "Quelque chose à changer ?"
    button = "Renvoyer à l'auteur"
    done = "Le texte retourne à son auteur, avec votre commentaire."
    comment = forms.CharField(
        label="Ce qu'il faut changer",
        widget=wide(4),
        error_messages={"required": "Dites ce qu'il faut changer : c'est ce que lira l'auteur."},
    )

    def apply(self, *, by: User) -> None:
        seen, comment = self.cleaned_data["seen"], self.cleaned_data["comment"]
        editing.send_back(self.subject, seen=seen, comment=comment, by=by)


class CheckForm(EditorForm):
    action = "verifier"
    title = "Vérifiée aujourd'hui"
    button = "Dater d'aujourd'hui"
    done = "La vérification est enregistrée : la page porte la date d'aujourd'hui."
    checked = forms.MultipleChoiceField(
        label="Ce que vous venez de relire",
        choices=list(care.CHECKED.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text="Ce qui est « à relire » le reste tant que vous n'avez pas coché les références juridiques si un "
        "article a changé, les contacts si c'est une administration.",
        error_messages={"required": "Cochez ce que vous avez vérifié."},
    )

    def apply(self, *, by: User) -> None:
        care.record_check(self.subject, checked=self.cleaned_data["checked"], by=by)


class ExpiryForm(ReviewerForm):
    action = "expirer"
    title = "Dernier jour public"
    done = "La date est enregistrée."
    expires_on = forms.DateField(
        label="Le public lit la page jusqu'au",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Quand une règle cesse à une date connue. La page est archivée le lendemain. Vide : jamais.",
        error_messages={"invalid": "Saisissez une date, par exemple 31/12/2026."},
    )

    def clean_expires_on(self) -> date | None:
        day = self.cleaned_data["expires_on"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(
                "Ce jour est passé. Pour retirer la page tout de suite, archivez-la.", code="past"
            )
        return day

    def starting_with(self) -> dict[str, Any]:
        return {"expires_on": self.subject.expires_on}

    def apply(self, *, by: User) -> None:
        care.set_expiry(self.subject, self.cleaned_data["expires_on"], by=by)


class RenameForm(ReviewerForm):
    action = "renommer"
    title = "Changer l'adresse"
    button = "Changer l'adresse"
    done = "L'adresse est changée. L'ancienne mène ici pour toujours."
    slug = forms.RegexField(
        r"^[a-z0-9]+(-[a-z0-9]+)*$",
        label="Nouvelle adresse",
        max_length=120,
        error_messages={
            "required": "Écrivez la nouvelle adresse.",
            "invalid": "Des minuscules sans accent, des chiffres et des tirets.",
        },
    )

    def starting_with(self) -> dict[str, Any]:
        return {"slug": self.subject.slug}

    def apply(self, *, by: User) -> None:
        care.rename(self.subject, self.cleaned_data["slug"], by=by)


class MergeForm(ReviewerForm):
    action = "fusionner"
    title = "Fusionner dans une autre erreur"
    button = "Fusionner"
    done = "Les deux erreurs n'en font plus qu'une : les adresses de celle-ci mènent à l'autre."
    into = forms.ModelChoiceField(
        FrequentError.objects.public(),
        label="Erreur qui reste",
        widget=AutocompleteSelect(FormerAddress._meta.get_field("error"), admin.site),
        error_messages={
            "required": "Choisissez l'erreur qui reste.",
            "invalid_choice": "Choisissez une erreur publiée.",
        },
    )

    def apply(self, *, by: User) -> None:
        care.merge(self.subject, into=self.cleaned_data["into"], by=by)


class ArchiveForm(ReviewerForm):
    action = "archiver"
    title = "Archiver"
    button = "Retirer du public"
    done = "La page n'est plus publique. Son adresse dit pourquoi et propose les erreurs voisines."
    comment = forms.CharField(
        label="Pourquoi",
        widget=wide(2),
        help_text="Pour l'historique. Par exemple : la taxe est supprimée depuis 2026.",
        error_messages={"required": "Dites pourquoi la page quitte le public."},
    )

    def apply(self, *, by: User) -> None:
        editing.archive(self.subject, comment=self.cleaned_data["comment"], by=by)


class ReopenForm(ReviewerForm):
    action = "rouvrir"
    button = "Remettre en brouillon"
    done = "L'erreur est un brouillon : elle sera relue avant d'être de nouveau publique."

    def apply(self, *, by: User) -> None:
        editing.reopen(self.subject, by=by)


def review_forms(error: FrequentError, proposal: Proposal | None) -> list[type[ActionForm]]:
    """What the page of the review offers, as things stand."""
    if error.status == Status.DRAFT:
        return [SubmitForm]
    if proposal is None:
        return []
    if proposal.state == State.WRITING:
        return [SubmitForm, WithdrawForm]
    if proposal.state == State.IN_REVIEW:
        return [ApproveForm, SendBackForm, TakeBackForm]
    return [TakeBackForm]


def care_forms(error: FrequentError) -> list[type[ActionForm]]:
    """What the page of the care offers, as things stand."""
    if error.status == Status.PUBLISHED:
        return [CheckForm, ExpiryForm, RenameForm, MergeForm, ArchiveForm]
    return [ReopenForm] if error.status == Status.ARCHIVED else []
