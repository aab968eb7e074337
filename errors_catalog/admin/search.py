"""The search in the admin: its synonyms, its imposed answers, and what people asked without finding."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from import_export import fields, resources
from import_export.admin import ImportExportMixin
from import_export.formats.base_formats import TSV
from import_export.widgets import ForeignKeyWidget, SimpleArrayWidget
from simple_history.admin import SimpleHistoryAdmin

from common.forms import TypedField
from common.staff import person
from common.uploads.text import printable
from errors_catalog.admin.carried import CarriedFile
from errors_catalog.models import BestBet, FrequentError, SearchLog, Synonym
from errors_catalog.search import insight, preview
from errors_catalog.services import searches

PAGE_SIZE = 50


class SynonymResource(resources.ModelResource):
    """One line a term; equivalents separated by a vertical bar."""

    equivalents = fields.Field("equivalents", "equivalents", SimpleArrayWidget("|"))

    class Meta:
        model = Synonym
        fields = ["term", "kind", "equivalents"]
        import_id_fields = ["term"]
        skip_unchanged = True
        clean_model_instances = True


class BestBetResource(resources.ModelResource):
    """One line a wording and an answer, the answer by its slug."""

    error = fields.Field("error", "error", ForeignKeyWidget(FrequentError, "slug"))

    class Meta:
        model = BestBet
        fields = ["wording", "error", "position"]
        import_id_fields = ["wording", "error"]
        skip_unchanged = True
        clean_model_instances = True


class TeachingAdmin(ImportExportMixin, SimpleHistoryAdmin):
    """What editors teach the search: in and out as TSV, and tried before it is saved."""

    formats = [TSV]
    tmp_storage_class = CarriedFile
    change_form_template = "admin/errors_catalog/teaching_form.html"
    wording_field = ""

    def get_urls(self) -> list[URLPattern]:
        name = f"errors_catalog_{self.opts.model_name}_preview"
        return [path("apercu/", self.admin_site.admin_view(self.preview), name=name), *super().get_urls()]

    def preview(self, request: HttpRequest) -> HttpResponse:
        """The first answers before and after what the form holds, which is not saved."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        form_class = self.get_form(request)
        wording = printable(request.GET.get(self.wording_field, ""))
        existing = self.model.objects.filter(**{self.wording_field: wording}).first()
        form = form_class(request.GET, instance=existing)
        context = {**self.admin_site.each_context(request), "title": "Aperçu", "opts": self.opts, "form": form}
        if form.is_valid():
            context["comparisons"] = preview.compare(form.save, form.cleaned_data[self.wording_field])
        return TemplateResponse(request, "admin/errors_catalog/teaching_preview.html", context)

    def process_import(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            return super().process_import(request, **kwargs)
        except signing.BadSignature:
            messages.error(request, "Cet aperçu a expiré, rien n'a été enregistré. Envoyez de nouveau le fichier.")
            return redirect(f"admin:errors_catalog_{self.opts.model_name}_import")

    def save_model(self, request: HttpRequest, obj: Any, form: forms.ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        searches.settle_query(getattr(obj, self.wording_field).lower(), SearchLog.Verdict.DONE)


@admin.register(Synonym)
class SynonymAdmin(TeachingAdmin):
    resource_classes = [SynonymResource]
    list_display = ["term", "kind", "means"]
    list_filter = ["kind"]
    search_fields = ["term", "equivalents"]
    wording_field = "term"

    @admin.display(description="équivalents")
    def means(self, synonym: Synonym) -> str:
        return ", ".join(synonym.equivalents)


@admin.register(BestBet)
class BestBetAdmin(TeachingAdmin):
    resource_classes = [BestBetResource]
    list_display = ["wording", "error", "position"]
    list_select_related = ["error"]
    search_fields = ["wording", "error__title"]
    autocomplete_fields = ["error"]
    wording_field = "wording"


class KeywordForm(forms.Form):
    """The entry that should answer to a wording."""

    query = TypedField(max_length=80, widget=forms.HiddenInput)
    error = forms.ModelChoiceField(
        FrequentError.objects.all(),
        label="Erreur qui doit répondre à ces mots",
        widget=AutocompleteSelect(BestBet._meta.get_field("error"), admin.site),
    )


@admin.register(SearchLog)
class SearchLogAdmin(admin.ModelAdmin):
    """Not rows to edit but queries to answer, the most frequent first, each with its remedies."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        return [
            path("mots-cles/", self.admin_site.admin_view(self.add_keyword), name="errors_catalog_searchlog_keyword"),
            path("hors-sujet/", self.admin_site.admin_view(self.dismiss), name="errors_catalog_searchlog_dismiss"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        view = request.GET.get("vue", "sans-reponse")
        page = Paginator(insight.queries(view), PAGE_SIZE).get_page(request.GET.get("page"))
        context = {
            **self.admin_site.each_context(request),
            "title": "Ce que l'on cherche",
            "opts": self.opts,
            "views": insight.VIEWS,
            "view": view,
            "page": page,
            "totals": insight.totals(),
            "can_settle": self.has_change_permission(request),
        }
        return TemplateResponse(request, "admin/errors_catalog/search_insight.html", context)

    def add_keyword(self, request: HttpRequest) -> HttpResponse:
        """Add a query to the keywords of an entry."""
        if not request.user.has_perm("errors_catalog.change_frequenterror"):
            raise PermissionDenied
        form = KeywordForm(request.POST or None, initial={"query": request.GET.get("q", "")})
        if form.is_valid():
            error, query = form.cleaned_data["error"], form.cleaned_data["query"]
            try:
                searches.add_keyword(error, query, by=person(request))
            except ValidationError as refusal:
                form.add_error(None, refusal.messages)
            else:
                if error.status == FrequentError.Status.PUBLISHED:
                    messages.success(request, f"« {query} » est proposé pour « {error} » : envoyez-le en relecture.")
                else:
                    messages.success(request, f"« {query} » mène maintenant à « {error} ».")
                return redirect("admin:errors_catalog_searchlog_changelist")
        context = {**self.admin_site.each_context(request), "title": "Ajouter aux mots de l'usager", "opts": self.opts}
        return TemplateResponse(request, "admin/errors_catalog/search_keyword.html", context | {"form": form})

    def dismiss(self, request: HttpRequest) -> HttpResponse:
        """Take off the list a query that the catalogue has no business answering."""
        if request.method != "POST" or not self.has_change_permission(request):
            raise PermissionDenied
        query = printable(request.POST.get("query", ""))
        searches.settle_query(query, SearchLog.Verdict.OFF_TOPIC)
        messages.success(request, f"« {query} » est hors sujet : cette recherche ne sera plus proposée.")
        return redirect("admin:errors_catalog_searchlog_changelist")
