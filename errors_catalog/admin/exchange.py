"""Entries out and in as tables: export what the list shows, see what a table would change, then write it."""

from collections import Counter
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST
from import_export.admin import ImportExportMixin
from import_export.forms import ExportForm

from common.staff import person
from errors_catalog.admin.carried import PREVIEW_LIFETIME
from errors_catalog.content import fingerprint
from errors_catalog.exchange import reading, tables
from errors_catalog.exchange.entries import EntryResource
from errors_catalog.services import exchange
from errors_catalog.services.exchange import Wanted

# What a form may carry: below DATA_UPLOAD_MAX_MEMORY_SIZE.
MAX_CARRIED = 2_400_000
SHOWN_PROBLEMS = 100


class TableForm(forms.Form):
    """A table that an editor changed."""

    table = forms.FileField(
        label="Tableau à importer",
        help_text=f"XLSX, CSV ou YAML, {tables.MAX_BYTES // 1024**2} Mo au plus. Partez d'un export.",
        allow_empty_file=True,  # said in our own words, with the other things a file may be
        error_messages={"required": "Choisissez le tableau que vous avez exporté puis modifié."},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.yaml,.yml"}),
    )


class FormatForm(ExportForm):
    """In which kind of file."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["format"].choices = self.fields["format"].choices[1:]  # the first is the one most people want
        self.fields["format"].initial = "0"
        self.fields["format"].widget = forms.RadioSelect(choices=self.fields["format"].choices)
        self.fields["format"].error_messages = {
            "required": "Choisissez un type de fichier.",
            "invalid_choice": "Choisissez un type de fichier de la liste.",
        }


class EntryExchange(ImportExportMixin):
    """Joins the admin of entries.

    Between its preview and its confirmation an import lives in the page itself, signed for whoever asked: several
    processes serve it, nothing stays on a disk, and what is written is what was shown.
    """

    resource_classes = [EntryResource]
    formats = tables.TABLES
    export_form_class = FormatForm
    export_template_name = "admin/errors_catalog/entry_export.html"
    import_template_name = "admin/errors_catalog/entry_import.html"

    def get_export_filename(self, request: HttpRequest, queryset: Any, file_format: tables.Table) -> str:
        return f"erreurs.{file_format.get_extension()}"

    def export_action(self, request: HttpRequest) -> HttpResponse:
        """Export what the list shows; an address whose filters mean nothing goes back to the list, as the list does."""
        try:
            return super().export_action(request)
        except IncorrectLookupParameters:
            return redirect("admin:errors_catalog_frequenterror_changelist")

    def import_action(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask for a table, then show what it would change, or all that must be mended in it first."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        is_sent = request.method == "POST"
        form = TableForm(request.POST, request.FILES) if is_sent else TableForm()
        context = {**self.admin_site.each_context(request), "title": "Importer", "opts": self.opts, "form": form}
        if is_sent and form.is_valid():
            found = self._read(request, form.cleaned_data["table"])
            carried = "" if found.problems else _carried(found.changes, request)
            if len(carried) > MAX_CARRIED:
                found.problems.append(
                    reading.Problem("Ce tableau change trop de texte à la fois. Faites-en plusieurs fichiers.")
                )
            context |= {
                "reading": found,
                "carried": carried,
                "problems": found.problems[:SHOWN_PROBLEMS],
                "unsaid": max(0, len(found.problems) - SHOWN_PROBLEMS),
                "effects": Counter(change.effect for change in found.changes).most_common(),
            }
        return TemplateResponse(request, self.import_template_name, context)

    @method_decorator(require_POST)
    def process_import(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Write what the preview showed."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        try:
            wanted = [
                Wanted(**one)
                for one in signing.loads(request.POST.get("carried", ""), salt=_salt(request), max_age=PREVIEW_LIFETIME)
            ]
            if not self.has_add_permission(request) and any(not one.seen for one in wanted):
                raise PermissionDenied
            exchange.write_all(wanted, by=person(request))
        except signing.BadSignature:
            messages.error(request, "Cet aperçu a expiré, rien n'a été enregistré. Envoyez de nouveau le fichier.")
        except ValidationError as refusal:
            messages.error(request, f"Rien n'a été enregistré. {' '.join(refusal.messages)}")
        else:
            number = "1 erreur" if len(wanted) == 1 else f"{len(wanted)} erreurs"
            messages.success(
                request,
                f"L'import est enregistré ({number}). Rien n'est public avant une relecture : ouvrez chaque erreur et "
                "envoyez-la.",
            )
            return redirect("admin:errors_catalog_frequenterror_changelist")
        return redirect("admin:errors_catalog_frequenterror_import")

    def _read(self, request: HttpRequest, file: UploadedFile) -> reading.Reading:
        try:
            table, dataset = tables.read(file.name or "", file.size or 0, file.chunks())
        except tables.UnreadableTable as refusal:
            return reading.Reading(problems=[reading.Problem(str(refusal))])
        return reading.read(table, dataset, can_add=self.has_add_permission(request))


def _carried(changes: list[reading.Change], request: HttpRequest) -> str:
    """What the confirmation will write, as one field of its form."""
    wanted = [
        {
            "slug": change.slug,
            "seen": fingerprint(change.before) if change.before else "",
            "content": change.after,
        }
        for change in changes
    ]
    return signing.dumps(wanted, salt=_salt(request), compress=True)


def _salt(request: HttpRequest) -> str:
    return f"import-of-entries-{request.user.pk}"
