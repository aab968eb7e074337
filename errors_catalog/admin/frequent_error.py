"""Errors in the admin: it shows and asks; `services` decides."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import CharField, QuerySet, TextField
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.views.decorators.http import require_POST

from common.staff import by_key, person
from errors_catalog import checks
from errors_catalog import content as documents
from errors_catalog.admin.exchange import EntryExchange
from errors_catalog.admin.filters import WorkFilter
from errors_catalog.admin.workflow import WorkflowAdmin
from errors_catalog.differences import differences
from errors_catalog.links import to_mend
from errors_catalog.models import Deadline, ErrorLifeEvent, FormerAddress, FrequentError, OfficialSource, Proposal
from errors_catalog.services import care, editing

MAX_RELATED = 3
VERSIONS_COMPARED = 30  # to say what changed since a form was opened
DAY = "d/m/Y"  # short: the list has many columns
# What the writing help reads of the form as it is typed.
ADVISED = ["title", *checks.TEXTS, "keywords", "volatile"]
WIDE = forms.TextInput(attrs={"class": "vTextField", "size": 80})


class FrequentErrorForm(forms.ModelForm):
    """The text of an entry, with a print of what was written when the form was opened: nobody writes over what they
    have not read. What the database would refuse about the neighbours is said in French beside the field.
    """

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["seen"] = documents.fingerprint(documents.content_of(self.instance))

    def clean(self) -> dict[str, Any] | None:
        seen = self.cleaned_data["seen"]
        if self.instance.pk and seen != self.initial["seen"]:
            data: Any = self.data
            self.data = data = data.copy()
            data["seen"] = self.initial["seen"]  # whoever saves again has read the message
            raise forms.ValidationError(
                f"{_changes_since(seen, self.instance)}. Rien n'est enregistré ; ce que vous avez tapé est gardé "
                "ci-dessous. Lisez l'autre texte dans l'historique, reportez ici ce qu'il faut en garder, puis "
                "enregistrez de nouveau : le vôtre le remplacera.",
                code="changed",
            )
        return super().clean()

    def clean_slug(self) -> str:
        slug = self.cleaned_data["slug"]
        if FormerAddress.objects.filter(slug=slug).exists():
            raise forms.ValidationError(
                "Cette adresse mène déjà à une autre erreur : choisissez-en une autre.", code="taken"
            )
        return slug

    def clean_related(self) -> QuerySet:
        related = self.cleaned_data["related"]
        if len(related) > MAX_RELATED:
            raise forms.ValidationError("Choisissez trois erreurs voisines au plus.", code="too_many_related")
        if self.instance in related:
            raise forms.ValidationError(
                "Une erreur n'est pas sa propre voisine : retirez-la.", code="related_to_itself"
            )
        return related


class LifeEventInline(admin.StackedInline):
    model = ErrorLifeEvent
    extra = 0
    min_num = 1
    fields = [("position", "life_event")]
    autocomplete_fields = ["life_event"]


class DeadlineInline(admin.StackedInline):
    model = Deadline
    extra = 0
    fields = [("position", "delay", "unit"), "trigger", "effect", "legal_reference"]
    formfield_overrides = {CharField: {"widget": WIDE}}
    autocomplete_fields = ["legal_reference"]


class OfficialSourceInline(admin.StackedInline):
    model = OfficialSource
    extra = 0
    min_num = 1
    fields = [("position", "checked_on"), "title", "url"]
    formfield_overrides = {CharField: {"widget": WIDE}}


@admin.register(FrequentError)
class FrequentErrorAdmin(EntryExchange, WorkflowAdmin):
    """A draft is written in place. What is written of a published entry is a proposal: see `changeform_view`."""

    form = FrequentErrorForm
    list_display = ["title", "administration", "status", "right_to_error", "checked", "due"]
    list_filter = [WorkFilter, "status", "right_to_error", "audience", "volatile", "administration", "life_events"]
    list_select_related = ["administration"]
    list_per_page = 50
    search_fields = ["title", "slug", "summary", "keywords"]
    search_help_text = "Cherche dans le titre, l'adresse, le résumé et les mots de l'usager."
    ordering = ["-checked_on", "slug"]
    autocomplete_fields = ["administration", "other_administrations", "legal_references", "related"]
    prepopulated_fields = {"slug": ["title"]}
    inlines = [LifeEventInline, DeadlineInline, OfficialSourceInline]
    formfield_overrides = {TextField: {"widget": forms.Textarea(attrs={"rows": 8, "cols": 100})}}
    fieldsets = [
        (None, {"fields": ["title", "slug", "audience", "administration", "other_administrations", "summary"]}),
        ("Sections de la page", {"fields": FrequentError.SECTIONS}),
        ("Droit à l'erreur", {"fields": ["right_to_error", "right_to_error_reason", "legal_references"]}),
        ("Pour trouver la page", {"fields": ["keywords", "related"]}),
        (
            "Publication",
            {"fields": ["findings", "checked_on", "volatile", "status", "due", "published_at", "editor_note"]},
        ),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: FrequentError | None = None) -> list[str]:
        """The address of a page that has been public does not change."""
        fixed = ["findings", "status", "due", "published_at"]
        return [*fixed, "slug"] if obj and obj.published_at else fixed

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: FrequentError | None = None
    ) -> dict[str, Sequence[str]]:
        return {} if obj and obj.published_at else {"slug": ["title"]}

    class Media:
        js = [forms.Script("js/writing-help.js", defer=True)]

    @admin.display(description="vérifiée le", ordering="checked_on")
    def checked(self, error: FrequentError) -> str:
        return date_format(error.checked_on, DAY) if error.checked_on else "–"

    @admin.display(description="à vérifier avant le", ordering="check_due")
    def due(self, error: FrequentError) -> str:
        if error.check_due is None:
            return "–"
        day = date_format(error.check_due, DAY)
        if error.check_due < timezone.localdate():
            return format_html('<strong class="oups-overdue">{} (dépassée)</strong>', day)
        return day

    @admin.display(description="à corriger")
    def findings(self, error: FrequentError) -> str:
        """What `check_catalogue` and `check_links` say of the entry as it was last saved."""
        if error.pk is None:
            return "–"
        found = [str(finding) for finding in checks.findings_of(error)]
        found += [f"lien : {link.url} {link.get_outcome_display()} ({link.detail})" for link in to_mend(error)]
        lines = format_html_join("", "<li>{}</li>", ((finding,) for finding in found))
        return format_html("<ul>{}</ul>", lines) if found else "rien"

    def view_on_site(self, error: FrequentError) -> str | None:
        return error.get_absolute_url() if error.status == FrequentError.Status.PUBLISHED else None

    def has_change_permission(self, request: HttpRequest, obj: FrequentError | None = None) -> bool:
        """What somebody reads, or waits for its day, or is archived, is shown and not written."""
        if not super().has_change_permission(request, obj):
            return False
        if obj is None or obj.status == FrequentError.Status.DRAFT:
            return True
        proposal = editing.open_proposal(obj)
        return obj.status == FrequentError.Status.PUBLISHED and (
            proposal is None or proposal.state == Proposal.State.WRITING
        )

    def has_delete_permission(self, request: HttpRequest, obj: FrequentError | None = None) -> bool:
        """What was once public is archived: its address still answers."""
        return super().has_delete_permission(request, obj) and not (obj and obj.published_at)

    @transaction.atomic
    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The form of a published entry shows, and writes, what is proposed.

        It works on the rows of the entry as if the proposal were accepted, in a transaction that is undone: the form is
        Django's own, with all its checks, and the public page never moves. Whatever its state, an entry is locked from
        before its form is read until what it says is written: nobody writes, or sends to review, in between.
        """
        if request.method == "POST" and object_id:
            by_key(FrequentError.objects.select_for_update(of=["self"]), object_id)
        error = self.get_object(request, unquote(object_id)) if object_id else None
        if error is None or error.status != FrequentError.Status.PUBLISHED:
            return super().changeform_view(request, object_id, form_url, extra_context)
        content = None
        with transaction.atomic():
            try:
                documents.apply(error, editing.written(error), temporary=True)
            except documents.DoesNotFit as refusal:
                messages.warning(request, f"La proposition ouverte ne peut pas être montrée ici. {refusal}")
            response = super().changeform_view(request, object_id, form_url, extra_context)
            if response.status_code == 302 and request.method == "POST":
                saved = FrequentError.objects.with_details().get(pk=error.pk)
                content, note = documents.content_of(saved), saved.editor_note
            elif hasattr(response, "render"):
                response.render()
            transaction.set_rollback(True)
        if content:
            editing.write(error, content, by=person(request))
            care.write_note(error, note)
            return self._saved(request, error)
        return response

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if form.instance.status == FrequentError.Status.DRAFT:
            editing.record_draft(form.instance, by=person(request))

    def response_add(
        self, request: HttpRequest, obj: FrequentError, post_url_continue: str | None = None
    ) -> HttpResponse:
        return super().response_add(request, obj) if IS_POPUP_VAR in request.POST else self._saved(request, obj)

    def response_change(self, request: HttpRequest, obj: FrequentError) -> HttpResponse:
        if obj.status == FrequentError.Status.PUBLISHED:
            return redirect(request.path)  # nothing is written yet: `changeform_view` goes on from here
        return super().response_change(request, obj) if IS_POPUP_VAR in request.POST else self._saved(request, obj)

    def _saved(self, request: HttpRequest, error: FrequentError) -> HttpResponse:
        """Where an editor goes next: back to the form, or to the review they asked for."""
        if "_submit" not in request.POST:
            messages.success(request, "C'est enregistré. Rien n'est public avant une relecture.")
            return redirect("admin:errors_catalog_frequenterror_change", error.pk)
        try:
            editing.submit(error, by=person(request))
        except ValidationError as refusal:
            for message in refusal.messages:
                messages.error(request, f"Enregistré, mais pas encore envoyé en relecture. {message}")
            return redirect("admin:errors_catalog_frequenterror_change", error.pk)
        messages.success(request, "C'est envoyé : une autre personne va relire.")
        return redirect("admin:errors_catalog_frequenterror_review", error.pk)

    def advice(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What the rules of writing say of a text that is being typed. Nothing is saved."""
        error = self._entry(request, pk)
        form = forms.modelform_factory(FrequentError, fields=ADVISED)(request.POST, instance=error)
        form.is_valid()  # fills the instance with what can be read
        found = [{"field": finding.field, "message": finding.message} for finding in checks.findings_of(error)]
        return JsonResponse({"findings": found})

    def get_urls(self) -> list[URLPattern]:
        view = require_POST(self.admin_site.admin_view(self.advice))
        return [path("<int:pk>/conseils/", view, name="errors_catalog_frequenterror_advice"), *super().get_urls()]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        error = kwargs.get("obj")
        context |= {
            "title": "Texte d'une erreur" if error else "Nouvelle erreur",
            "show_save": False,
            "show_save_and_add_another": False,
            "proposal": editing.open_proposal(error) if error else None,
            "requests": error.rereading_requests.filter(settled_at=None) if error else [],
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.name in ("keywords", "title", "summary", "right_to_error_reason"):
            rows = 1 if db_field.name == "title" else 3
            field.widget = forms.Textarea(attrs={"rows": rows, "cols": 100})
        return field


def _changes_since(seen: str, error: FrequentError) -> str:
    """Who changed which fields of an entry since the version of this print."""
    versions = list(error.events.exclude(content=None).select_related("by")[:VERSIONS_COMPARED])
    who = versions[0].by if versions and versions[0].by else "Quelqu'un"
    before = next((one.content for one in versions if documents.fingerprint(one.content) == seen), None)
    changed = [field.label for field in differences(before, documents.content_of(error))] if before else ["le texte"]
    return f"{who} a changé entre-temps : {', '.join(changed)}"
