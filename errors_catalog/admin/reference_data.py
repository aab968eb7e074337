"""What errors lean on, in the admin: administrations and their channels, the law, links."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from simple_history.admin import SimpleHistoryAdmin

from errors_catalog.models import Administration, ContactChannel, FormerAddress, LegalReference, LinkCheck


class ContactChannelInline(admin.StackedInline):
    model = ContactChannel
    extra = 0
    fields = [("kind", "position", "for_errors"), "label", "value", "url", ("opening_hours", "price")]


class ErrorCountAdmin(SimpleHistoryAdmin):
    """Adds to the list how many errors lean on each row."""

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(error_count=Count("errors"))

    @admin.display(description="erreurs", ordering="error_count")
    def error_count(self, row: Any) -> int:
        return row.error_count


@admin.register(Administration)
class AdministrationAdmin(ErrorCountAdmin):
    list_display = ["short_name", "name", "error_count", "checked_on"]
    search_fields = ["short_name", "name", "slug", "former_names"]
    prepopulated_fields = {"slug": ["short_name"]}
    inlines = [ContactChannelInline]


@admin.register(LegalReference)
class LegalReferenceAdmin(ErrorCountAdmin):
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
    """Read only: `check_links` writes it."""

    list_display = ["url", "outcome", "detail", "checked_at"]
    list_filter = ["outcome"]
    search_fields = ["url"]
    search_help_text = "Cherche dans l'adresse. Vide : la commande check_links n'a pas encore tourné."

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: LinkCheck | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: LinkCheck | None = None) -> bool:
        return False
