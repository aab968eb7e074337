"""Life events in the admin."""

from django.contrib import admin
from simple_history.admin import SimpleHistoryAdmin

from life_events.models import LifeEvent


@admin.register(LifeEvent)
class LifeEventAdmin(SimpleHistoryAdmin):
    list_display = ["name", "audience", "position", "slug"]
    list_filter = ["audience"]
    search_fields = ["name", "slug", "description"]
    prepopulated_fields = {"slug": ["name"]}
