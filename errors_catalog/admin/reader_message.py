"""What readers tell, in the admin."""

from django.contrib import admin
from django.http import HttpRequest

from errors_catalog.models import ReaderMessage


@admin.register(ReaderMessage)
class ReaderMessageAdmin(admin.ModelAdmin):
    list_display = ["text", "kind", "query", "created_at", "status"]
    list_filter = ["status", "kind"]
    list_editable = ["status"]
    search_fields = ["text", "query"]
    date_hierarchy = "created_at"
    readonly_fields = ["kind", "query", "text", "created_at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False
