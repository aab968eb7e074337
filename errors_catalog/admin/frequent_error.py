"""Errors in the admin: it shows and asks; `services` decides."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import CharField, QuerySet, TextField
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join

from errors_catalog import checks
from errors_catalog.link_checks import to_mend
from errors_catalog.models import Deadline, ErrorLifeEvent, FrequentError, OfficialSource

MAX_RELATED = 3
DAY = "d/m/Y"  # short: the list has many columns
SOON = timedelta(days=30)
WIDE = forms.TextInput(attrs={"class": "vTextField", "size": 80})


class FrequentErrorForm(forms.ModelForm):
    """What the database would refuse about the neighbours, said in French beside the field."""

    def clean_related(self) -> QuerySet:
        related = self.cleaned_data["related"]
        if len(related) > MAX_RELATED:
            raise forms.ValidationError("Choisissez trois erreurs voisines au plus.", code="too_many_related")
        if self.instance in related:
            raise forms.ValidationError(
                "Une erreur n'est pas sa propre voisine : retirez-la.", code="related_to_itself"
            )
        return related


class CheckDueFilter(admin.SimpleListFilter):
    """Which errors to check again, and how soon."""

    title = "vérification"
    parameter_name = "verification"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("depassee", "dépassée"), ("bientot", "dans les 30 jours")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        today = timezone.localdate()
        if self.value() == "depassee":
            return queryset.filter(check_due__lt=today)
        if self.value() == "bientot":
            return queryset.filter(check_due__range=(today, today + SOON))
        return queryset


class LifeEventInline(admin.TabularInline):
    model = ErrorLifeEvent
    extra = 0
    min_num = 1
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
class FrequentErrorAdmin(admin.ModelAdmin):
    form = FrequentErrorForm
    list_display = ["title", "administration", "status", "right_to_error", "checked", "due"]
    list_filter = ["status", CheckDueFilter, "right_to_error", "audience", "volatile", "administration", "life_events"]
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
            {"fields": ["findings", "status", "checked_on", "volatile", "due", "published_at", "editor_note"]},
        ),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: FrequentError | None = None) -> list[str]:
        """The address of a page that has been public does not change."""
        fixed = ["findings", "due", "published_at"]
        return [*fixed, "slug"] if obj and obj.published_at else fixed

    def get_prepopulated_fields(self, request: HttpRequest, obj: FrequentError | None = None) -> dict[str, list[str]]:
        return {} if obj and obj.published_at else {"slug": ["title"]}

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
        found = checks.findings_of(error)
        found += [f"lien : {link.url} {link.get_outcome_display()} ({link.detail})" for link in to_mend(error)]
        return format_html_join("", "<li>{}</li>", ((finding,) for finding in found)) or "rien"

    def view_on_site(self, error: FrequentError) -> str | None:
        return error.get_absolute_url() if error.status == FrequentError.Status.PUBLISHED else None

    def save_model(self, request: HttpRequest, obj: FrequentError, form: forms.ModelForm, change: bool) -> None:
        obj.save()

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name in ("keywords", "title", "summary", "right_to_error_reason"):
            rows = 1 if db_field.name == "title" else 3
            field.widget = forms.Textarea(attrs={"rows": rows, "cols": 100})
        return field
