"""What every test leans on."""

import fcntl
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from factory.django import DjangoModelFactory
from procrastinate.contrib.django import app
from procrastinate.periodic import PeriodicRegistry
from pytest_django import DjangoDbBlocker

from common.demo_environment import LOCAL_DIR
from errors_catalog import catalogue_files
from oups import demonstration
from tests import factories

FIXTURES = Path(settings.FIXTURE_DIRS[0])


@pytest.fixture(scope="session", autouse=True)
def static_files() -> None:
    """Pages name their static files by a hash: they are built and collected once, as in production."""
    with (LOCAL_DIR / "static.lock").open("w") as lock:  # the first worker builds them, the others wait
        fcntl.flock(lock, fcntl.LOCK_EX)
        demonstration.prepare_static_files()


@pytest.fixture(autouse=True)
def first_numbers() -> None:
    """The factories count from the same number in each test, whatever ran before it in its process."""
    for factory in vars(factories).values():
        if isinstance(factory, type) and issubclass(factory, DjangoModelFactory):
            factory.reset_sequence(force=True)


@pytest.fixture(scope="module")
def catalogue(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The catalogue of the repository, whole: loaded once a module, whose tests each undo what they change."""
    with django_db_blocker.unblock(), transaction.atomic():
        catalogue_files.load(FIXTURES)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def queue(transactional_db: None) -> Iterator[None]:
    """The worker's queue, emptied at the end: its tables are not Django's to flush."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


@pytest.fixture
def run_worker(queue: None, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Do the jobs that wait, as the worker does, then return."""
    # A job's connection goes with the job: kept, it would still be there when the database of the tests is dropped.
    monkeypatch.setitem(settings.DATABASES["default"], "CONN_MAX_AGE", 0)

    def run() -> None:
        worker = app.with_connector(app.connector.get_worker_connector())
        worker.periodic_registry = PeriodicRegistry()  # what the clock brings is not what is tested
        worker.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)

    return run


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo) -> Iterator[None]:
    """In CI a test that is skipped is a failure: something was not checked."""
    report = yield
    if report.skipped and os.environ.get("CI") == "true":
        report.outcome = "failed"
        report.longrepr = f"Skipped in CI: {report.longrepr}"
    return report
