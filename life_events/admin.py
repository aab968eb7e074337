"""Life events in the admin."""

from django.contrib import admin
from simple_history.admin import SimpleHistoryAdmin

from common.lasting_address import LastingAddress
from life_events.models import LifeEvent


@admin.register(LifeEvent)
class LifeEventAdmin(LastingAddress, SimpleHistoryAdmin):
    list_display = ["name", "audience", "position", "slug"]
    list_filter = ["audience"]
    search_fields = ["name", "slug", "description"]
    address_from = ["name"]
