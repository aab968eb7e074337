"""What errors lean on, in the admin: administrations and their channels, the law, links."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from simple_history.admin import SimpleHistoryAdmin

from common.lasting_address import LastingAddress
from errors_catalog import links
from errors_catalog.admin.filters import ToMendFilter
from errors_catalog.models import Administration, ContactChannel, FormerAddress, LegalReference, LinkCheck
from errors_catalog.services import references

ENTRIES_SHOWN = 200


class ContactChannelInline(admin.StackedInline):
    model = ContactChannel
    extra = 0
    fields = [("kind", "position", "for_errors"), "label", "value", "url", ("opening_hours", "price")]


def linked_list(rows: Any) -> SafeString:
    """A list of rows of the admin: the name of their model, their key, what they are called."""
    return format_html(
        '<ul class="oups-plain">{}</ul>',
        format_html_join(
            "",
            '<li><a href="{}">{}</a></li>',
            ((reverse(f"admin:errors_catalog_{model}_change", args=[pk]), name) for model, pk, name in rows),
        ),
    )


class LeanedOnAdmin(LastingAddress, SimpleHistoryAdmin):
    """Something that entries lean on: how many do, which ones, and which are to be read again when it changes."""

    readonly_fields = ["entries"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(error_count=Count("errors"))

    @admin.display(description="erreurs", ordering="error_count")
    def error_count(self, row: Any) -> int:
        return row.error_count

    @admin.display(description="erreurs qui s'appuient dessus")
    def entries(self, row: references.Reference) -> str:
        if row.pk is None:
            return "–"
        leaning = references.leaning_on(row).order_by("title")
        count = leaning.count()
        shown = [("frequenterror", pk, title) for pk, title in leaning.values_list("pk", "title")[:ENTRIES_SHOWN]]
        others = f"et {count - len(shown)} autres" if count > len(shown) else ""
        return format_html("{} {}", linked_list(shown), others) if shown else "aucune"

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Not while an entry leans on it: the page of that entry would lose it without anybody rereading."""
        return super().has_delete_permission(request, obj) and not (obj and references.leaning_on(obj).exists())

    def save_model(self, request: HttpRequest, obj: Any, form: forms.ModelForm, change: bool) -> None:
        changes = references.changed(obj) if change else []
        super().save_model(request, obj, form, change)
        self.ask_to_reread(request, obj, changes)

    def ask_to_reread(self, request: HttpRequest, row: references.Reference, changes: list[str]) -> None:
        """List the entries to read again, and say how many."""
        asked = references.ask_to_reread(row, changes) if changes else 0
        if asked > 1:
            messages.warning(request, f"{asked} erreurs publiées s'appuient dessus : la liste de travail les demande.")
        elif asked:
            messages.warning(request, "Une erreur publiée s'appuie dessus : la liste de travail la demande.")


@admin.register(Administration)
class AdministrationAdmin(LeanedOnAdmin):
    list_display = ["short_name", "name", "error_count", "checked_on"]
    search_fields = ["short_name", "name", "slug", "former_names"]
    address_from = ["short_name"]
    inlines = [ContactChannelInline]

    def save_formset(self, request: HttpRequest, form: forms.ModelForm, formset: Any, change: bool) -> None:
        """A channel that changes, or goes, is a change of the administration; one more makes nothing false."""
        moved = [
            str(channel.instance)
            for channel in formset.initial_forms
            if channel in formset.deleted_forms or references.changed(channel.instance)
        ]
        super().save_formset(request, form, formset, change)
        self.ask_to_reread(request, form.instance, moved)


@admin.register(LegalReference)
class LegalReferenceAdmin(LeanedOnAdmin):
    list_display = ["article", "code", "error_count", "checked_on"]
    list_filter = ["code"]
    search_fields = ["slug", "code", "article", "summary"]


@admin.register(FormerAddress)
class FormerAddressAdmin(admin.ModelAdmin):
    list_display = ["slug", "error"]
    list_select_related = ["error"]
    search_fields = ["slug", "error__title"]
    autocomplete_fields = ["error"]


@admin.register(LinkCheck)
class LinkCheckAdmin(admin.ModelAdmin):
    """Read only: `check_links` writes it. The page of an address says where it is written."""

    list_display = ["url", "outcome", "detail", "checked_at"]
    list_filter = [ToMendFilter, "outcome"]
    readonly_fields = ["places"]
    search_fields = ["url"]
    search_help_text = "Cherche dans l'adresse. Vide : la commande check_links n'a pas encore tourné."

    @admin.display(description="à corriger dans")
    def places(self, link: LinkCheck) -> str:
        found = links.places([link.url])[link.url]
        return linked_list(found) if found else "rien : plus aucune page publique ne donne cette adresse"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: LinkCheck | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: LinkCheck | None = None) -> bool:
        return False
