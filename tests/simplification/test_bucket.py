"""The life of a document when documents lie in a bucket, in a real S3 server."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from pytest_django.asserts import assertContains

from common.encrypted_storage import EncryptedStorage
from simplification import keeping, services
from simplification.models import Document, Submission
from simplification.storage import documents
from tests.s3 import S3
from tests.simplification.letters import LETTER
from tests.simplification.sender import drafted, step
from tests.simplification.situations import checked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("without_antivirus")]
NEW_KEY = "bmV3LWtleS1mb3ItdGVzdHMtbmV3LWtleS1mb3ItdGU="


@pytest.fixture(autouse=True)
def bucket(settings, folder, s3_server: S3) -> EncryptedStorage:
    """Empty."""
    backend = {"BACKEND": "common.bucket_storage.BucketStorage", "OPTIONS": s3_server.options}
    settings.STORAGES = {**settings.STORAGES, "documents": backend}
    documents.cache_clear()
    for name in documents().names():
        documents().delete(name)
    return documents()


def test_a_document_is_received_checked_and_read(bucket):
    document = checked().documents.get()

    assert document.state == Document.State.READY
    assert bucket.open(document.stored_as).decode() == LETTER
    assert bucket.open(document.pages.get().stored_as).startswith(b"\xff\xd8")


def test_its_sender_deletes_it_whole(bucket, django_capture_on_commit_callbacks):
    submission = checked()

    with django_capture_on_commit_callbacks(execute=True):
        services.delete_documents(submission)

    assert list(bucket.names()) == []


def test_the_sweep_finds_what_nothing_names_and_what_is_gone(bucket, monkeypatch):
    kept, lost = checked(), checked("Autre lettre").documents.get()
    orphan = bucket.save(b"rien")
    assert keeping.sweep().orphans == []
    monkeypatch.setattr(keeping, "ORPHAN_AGE", timedelta(0))
    bucket.delete(lost.stored_as)

    swept = keeping.sweep()

    assert (swept.orphans, swept.missing) == ([orphan], [lost.stored_as])
    assert bucket.open(kept.documents.get().stored_as)


def test_the_purge_deletes_what_is_due_and_nothing_else(bucket, django_capture_on_commit_callbacks):
    due, later = checked(), checked("Autre lettre")
    Submission.objects.filter(pk=due.pk).update(purge_on=timezone.localdate())

    with django_capture_on_commit_callbacks(execute=True):
        keeping.purge()

    document = later.documents.get()
    assert set(bucket.names()) == {document.stored_as, document.text_stored_as, document.pages.get().stored_as}


def test_a_new_key_opens_all(settings):
    document = checked().documents.get()
    settings.DOCUMENT_KEYS = [NEW_KEY, *settings.DOCUMENT_KEYS]
    documents.cache_clear()

    call_command("rotate_document_keys", verbosity=0)

    settings.DOCUMENT_KEYS = [NEW_KEY]
    documents.cache_clear()
    document.refresh_from_db()
    assert documents().open(document.stored_as).decode() == LETTER
    assert len(list(documents().names())) == 3


def test_a_bucket_that_does_not_answer_is_said_and_what_was_kept_stays(client, settings, s3_server: S3):
    token = drafted(client)
    options = s3_server.options | {"endpoint_url": "http://127.0.0.1:9"}
    settings.STORAGES = {**settings.STORAGES, "documents": {**settings.STORAGES["documents"], "OPTIONS": options}}
    documents.cache_clear()

    response = client.post(step(token, "document"), {"text": "Une autre lettre"})

    assertContains(response, "momentanément indisponible", status_code=503)
    assert Submission.objects.get(token=token).documents.count() == 1
