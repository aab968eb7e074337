"""Filters of the admin's lists that show the same rows as the work list."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from common.staff import person
from errors_catalog import links, work_list


class WorkFilter(admin.SimpleListFilter):
    """The entries of one of the work lists."""

    title = "travail"
    parameter_name = "travail"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [(name, title) for name, (title, _) in work_list.OF_ENTRIES.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        name = self.value()
        if name not in work_list.OF_ENTRIES:
            return queryset
        _, rows = work_list.OF_ENTRIES[name]
        return queryset.filter(pk__in=rows(person(request)).values("pk"))


class ToMendFilter(admin.SimpleListFilter):
    """The links that a public page still gives, and that no longer lead where they should."""

    title = "réparation"
    parameter_name = "etat"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("a-reparer", "Liens à réparer")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(pk__in=links.all_to_mend().values("pk")) if self.value() else queryset
