"""What the worker does of a document: antivirus, then the view that agents open, then its text and its likes."""

import io

from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.db.models import F

from common import antivirus
from common.antivirus import Outcome
from common.uploads import neutralise
from common.uploads.refusals import NeutralisationFailed
from common.uploads.results import Kind
from common.uploads.sandbox import SandboxUnavailable
from simplification import likeness
from simplification.models import Document, DocumentPage, Event, LetterGroup, Submission
from simplification.storage import documents

# What passes: the same file is to be tried again soon.
PASSING = (antivirus.Unavailable, SandboxUnavailable, OperationalError, OSError)
SCAN_TIME = 30  # seconds for one file
SLOW_SCANS = 20  # of one file, after which the file is the cause
VERDICTS = {
    Outcome.INFECTED: "Un de vos fichiers contient un virus : personne ne l'ouvrira. Envoyez une photo du document.",
    Outcome.ENCRYPTED: "Un de vos fichiers est protégé par un mot de passe : envoyez-le sans mot de passe.",
    Outcome.TOO_LARGE: "Un de vos fichiers est trop lourd à contrôler : envoyez une photo de chaque page.",
}
TOO_SLOW = "Un de vos fichiers est trop long à contrôler : envoyez une photo de chaque page."
UNREADABLE = "Un de vos fichiers ne peut pas être lu : envoyez une photo de chaque page."
READABLE = "Votre document est contrôlé : l'équipe peut le lire."
UNREADABLE_WHOLE = "Le contrôle est fini : l'équipe ne peut lire aucun de vos fichiers."

ALIKE = """
SELECT DISTINCT submission_id FROM simplification_document
WHERE fingerprint IS NOT NULL AND bit_count((fingerprint # %s)::bit(64)) <= %s AND submission_id <> %s
"""


def process(submission: Submission) -> None:
    """Scan and convert every file that waits, whatever becomes of the others.

    Raises what kept a file waiting, one of `PASSING` first: nothing of that file was opened, try again later.
    """
    failures: list[Exception] = []
    for document in submission.documents.filter(state=Document.State.WAITING):
        try:
            process_document(document)
        except Exception as failure:
            failures.append(failure)
    with transaction.atomic():
        locked = Submission.objects.select_for_update().get(pk=submission.pk)
        waiting = locked.documents.filter(state=Document.State.WAITING).exists()
        if locked.state == Submission.State.RECEIVED and not waiting:
            locked.state = Submission.State.CHECKED
            locked.save(update_fields=["state"])
            Event.objects.create(submission=locked, text=READABLE if _is_readable(locked) else UNREADABLE_WHOLE)
    if failures:
        raise next((failure for failure in failures if isinstance(failure, PASSING)), failures[0])


def _is_readable(submission: Submission) -> bool:
    """Whether the team has something to read."""
    return bool(submission.page_url) or submission.documents.filter(state=Document.State.READY).exists()


def process_document(document: Document) -> None:
    """One file: a verdict, then a view. What is not clean is never opened."""
    content = documents().open(document.stored_as)
    try:
        verdict = _scan(content) if settings.CLAMD_ADDRESS else None
    except antivirus.TooSlow:
        if not _is_cause(document):
            raise
        _settle(document, Document.State.BLOCKED, TOO_SLOW)
        return
    if verdict and verdict.outcome is not Outcome.CLEAN:
        _settle(document, Document.State.BLOCKED, VERDICTS[verdict.outcome], verdict=verdict.signature[:120])
        return
    try:
        view = neutralise.neutralise(Kind(document.kind), content)
    except NeutralisationFailed:
        _settle(document, Document.State.UNREADABLE, UNREADABLE)
        return
    _keep_view(document, view.pages, view.text, is_truncated=view.truncated)


def _scan(content: bytes) -> antivirus.Verdict:
    return antivirus.scan(io.BytesIO(content), address=settings.CLAMD_ADDRESS, timeout=SCAN_TIME)


def _is_cause(document: Document) -> bool:
    """Whether it is time to think that this file, and not the antivirus, is slow. The antivirus must answer others."""
    if not antivirus.answers(settings.CLAMD_ADDRESS):
        return False
    Document.objects.filter(pk=document.pk).update(slow_scans=F("slow_scans") + 1)
    return document.slow_scans + 1 >= SLOW_SCANS


@transaction.atomic
def _settle(document: Document, state: str, message: str, **values: str) -> None:
    if Document.objects.filter(pk=document.pk, state=Document.State.WAITING).update(state=state, **values):
        Event.objects.create(submission_id=document.submission_id, text=message)


def _keep_view(document: Document, pages: list[bytes], text: str, *, is_truncated: bool) -> None:
    storage = documents()
    stored = [storage.save(page) for page in pages]
    stored_text = storage.save(text.encode()) if text else ""
    with transaction.atomic():
        locked = Document.objects.select_for_update().get(pk=document.pk)
        if locked.state != Document.State.WAITING:  # deleted, or done by another, while this one worked
            for name in filter(None, [*stored, stored_text]):
                storage.delete(name)
            return
        locked.state = Document.State.READY
        locked.text_stored_as = stored_text
        locked.is_truncated = is_truncated
        locked.fingerprint = likeness.fingerprint(text)
        locked.save()
        DocumentPage.objects.bulk_create(
            DocumentPage(document=locked, position=number, stored_as=name)
            for number, name in enumerate(stored, start=1)
        )
        _group(locked)


def _group(document: Document) -> None:
    """Join the submission to the others that hold the same letter."""
    if document.fingerprint is None:
        return
    with connection.cursor() as cursor:
        cursor.execute(ALIKE, [document.fingerprint, likeness.ALIKE, document.submission_id])
        others = [submission for (submission,) in cursor]
    if not others:
        return
    same = Submission.objects.select_for_update().filter(pk__in=[*others, document.submission_id])
    group = next((submission.group for submission in same if submission.group), None) or LetterGroup.objects.create()
    same.update(group=group)
