"""What the tests of hard documents lean on."""

from collections.abc import Iterator

import pytest

from simplification import storage


@pytest.fixture(autouse=True)
def folder(settings, tmp_path) -> Iterator[None]:
    """An empty folder of encrypted documents for each test."""
    documents = {**settings.STORAGES["documents"], "OPTIONS": {"location": tmp_path / "documents"}}
    settings.STORAGES = {**settings.STORAGES, "documents": documents}
    storage.documents.cache_clear()
    yield
    storage.documents.cache_clear()
