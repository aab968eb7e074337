"""The first page of the staff: what waits for them, how the catalogue fares, then every heading of the admin."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse

import errors_catalog.work_list
import simplification.work_list
from common.staff import person
from common.work_list import fill
from errors_catalog import weekly

SECTIONS = [*errors_catalog.work_list.SECTIONS, *simplification.work_list.SECTIONS]


def index(request: HttpRequest) -> HttpResponse:
    """Django's index of the admin, with the work list above."""
    user = person(request)
    filled = fill(SECTIONS, user=user)
    context = {
        "to_do": [section for section in filled if section.total],
        "done": [section for section in filled if not section.total],
        "charts": weekly.charts(user),
        "weeks": weekly.WEEKS,
        "checks": weekly.checks_today(user),
    }
    return admin.site.index(request, context)
