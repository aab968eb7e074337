"""The admin over the whole catalogue."""

import re

import pytest
from django.contrib import admin
from django.urls import reverse

from errors_catalog.models import FormerAddress, LinkCheck, ReaderMessage, SearchLog
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db

NOT_WRITTEN_BY_EDITORS = [FormerAddress, LinkCheck, ReaderMessage, SearchLog]


def test_every_model_of_the_catalogue_has_its_pages_in_french(client, catalogue):
    client.force_login(StaffFactory(role="relecteur"))
    for model, model_admin in admin.site._registry.items():
        if model._meta.app_label in ("errors_catalog", "life_events"):
            url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
            assert client.get(url).status_code == 200
            assert client.get(f"{url}add/").status_code == (403 if model in NOT_WRITTEN_BY_EDITORS else 200)
            if hasattr(model, "history") and (row := model.objects.first()):
                assert client.get(f"{url}{row.pk}/history/").status_code == 200
            assert re.match(r"[a-zéè']", model._meta.verbose_name), model_admin
