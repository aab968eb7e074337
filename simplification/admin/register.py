"""Ready answers, and who opened what."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from simplification.models import AnswerTemplate, DocumentAccess


@admin.register(AnswerTemplate)
class AnswerTemplateAdmin(admin.ModelAdmin):
    list_display = ["name", "beginning"]
    search_fields = ["name", "text"]

    @admin.display(description="texte")
    def beginning(self, template: AnswerTemplate) -> str:
        return template.text[:100]


@admin.register(DocumentAccess)
class DocumentAccessAdmin(admin.ModelAdmin):
    """Read only, for everyone. It shows numbers, never the name of a file, which may be that of a person."""

    change_list_template = "admin/simplification/access_list.html"
    list_display = ["at", "by", "action", "number", "position"]
    list_filter = ["action", "at"]
    list_select_related = ["by", "document__submission"]
    list_display_links = None
    fields = ["at", "by", "action", "number", "position"]
    search_fields = ["by__username", "document__submission__number"]
    actions = None

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {"title": "Qui a ouvert quel document"})

    @admin.display(description="document", ordering="document__submission__number")
    def number(self, access: DocumentAccess) -> str:
        return str(access.document.submission)

    @admin.display(description="fichier")
    def position(self, access: DocumentAccess) -> int:
        return access.document.position

    def get_queryset(self, request: HttpRequest) -> QuerySet[DocumentAccess]:
        return super().get_queryset(request).select_related("document__submission")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: DocumentAccess | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: DocumentAccess | None = None) -> bool:
        return False
