"""What every test leans on."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from pytest_django import DjangoDbBlocker

from errors_catalog import catalogue_files
from oups import demonstration

FIXTURES = Path(settings.FIXTURE_DIRS[0])


@pytest.fixture(scope="session", autouse=True)
def static_files() -> None:
    """Pages name their static files by a hash: they are built and collected once, as in production."""
    demonstration.prepare_static_files()


@pytest.fixture(scope="module")
def catalogue(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The catalogue of the repository, whole: loaded once a module, whose tests each undo what they change."""
    with django_db_blocker.unblock(), transaction.atomic():
        catalogue_files.load(FIXTURES)
        yield
        transaction.set_rollback(True)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo) -> Iterator[None]:
    """In CI a test that is skipped is a failure: something was not checked."""
    report = yield
    if report.skipped and os.environ.get("CI") == "true":
        report.outcome = "failed"
        report.longrepr = f"Skipped in CI: {report.longrepr}"
    return report
