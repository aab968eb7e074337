"""What a sender does: fill in, send, follow, delete. Every write goes through here, in one transaction."""

import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from hashlib import sha256

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from common.uploads import checks
from common.uploads.limits import LIMITS
from common.uploads.refusals import Refused
from common.uploads.results import CheckedFile, Kind
from common.uploads.text import printable
from simplification import jobs
from simplification.models import Document, Event, Submission
from simplification.numbers import draw_number, draw_token, key_digest, normalised_number, tracking_key
from simplification.storage import documents

KEPT_AFTER_ARRIVAL = timedelta(days=365)
KEPT_AFTER_END = timedelta(days=90)
DRAFT_KEPT = timedelta(days=1)
KEY_SHOWN = timedelta(hours=1)
PASTED = "texte-colle.txt"
# What stands in place of words that the team wrote to one person.
ERASED_LINE = "L'équipe a travaillé sur votre document."
ERASED_REASON = "Le motif est effacé, comme vos documents."


class AlreadySent(Exception):  # noqa: N818  # a refusal, not a fault
    """The form was sent meanwhile, from another window: it changes no more."""


def start(token: str = "") -> Submission:
    """A form that begins, known by its token; begun twice under the same one, it is one."""
    return Submission.objects.get_or_create(token=token or draw_token())[0]


def fill_in(draft: Submission, **answers: object) -> None:
    """Keep what was answered. What is already sent stays as it was sent."""
    Submission.objects.filter(pk=draft.pk, state=Submission.State.DRAFT).update(**answers)


def add_file(draft: Submission, content: bytes, name: str, *, seconds: float = LIMITS.check_time) -> Document:
    """Check a file within `seconds` and keep it with the draft; the same one twice is one.

    Raises `Refused`, in French for the sender, or `AlreadySent`.
    """
    return _keep(draft, checks.check(content, name, seconds=seconds), content)


def add_pasted_text(draft: Submission, text: str) -> Document:
    """Keep what was pasted, like a file: it is a text, whatever it looks like. Raises as `add_file`."""
    content = checks.read(printable(text).encode())
    return _keep(draft, CheckedFile(PASTED, Kind.TXT, len(content), sha256(content).hexdigest(), frozenset()), content)


def remove_document(draft: Submission, document: Document) -> None:
    """Take a file off a draft. Raises `AlreadySent`."""
    with _locked(draft):
        _forget_files(document)
        document.delete()


def drop(draft: Submission) -> None:
    """Forget a form that was never sent. Raises `AlreadySent`."""
    with _locked(draft):
        for document in draft.documents.all():
            _forget_files(document)
        draft.delete()


@transaction.atomic
def receive(draft: Submission) -> Submission:
    """Take what was filled in, once: number, key, first line of its story, and the job that will check it.

    Sent again, or twenty times at once, it gives the same number. Raises `Refused` when there is nothing to read.
    """
    submission = Submission.objects.select_for_update().get(pk=draft.pk)
    if submission.state != Submission.State.DRAFT:
        return submission
    if not submission.page_url and not submission.documents.exists():
        raise Refused("empty")
    now = timezone.now()
    submission.state = Submission.State.RECEIVED
    submission.key_digest = key_digest(tracking_key(submission.token))
    submission.received_at = now
    submission.purge_on = timezone.localdate() + KEPT_AFTER_ARRIVAL
    _number(submission, year=now.year)
    Event.objects.create(submission=submission, text="Nous avons reçu votre document.")
    jobs.process(submission)
    if submission.email:
        jobs.acknowledge(submission)
    return submission


def find(number: str, key: str) -> Submission | None:
    """The submission that this number and this key open together."""
    submission = Submission.objects.sent().filter(number=normalised_number(number)).first()
    if submission and hmac.compare_digest(submission.key_digest, key_digest(key)):
        return submission
    return None


@transaction.atomic
def delete_documents(submission: Submission) -> None:
    """Delete files, contact and all that was written about one person, at their wish or when their time has come.

    The anonymous lesson stays: kind, administration, difficulties, dates.
    """
    # Locked first: the worker may be writing down the pages that it made.
    for document in submission.documents.exclude(state=Document.State.DELETED).select_for_update(of=["self"]):
        _forget_files(document)
        document.pages.all().delete()
        Document.objects.filter(pk=document.pk).update(
            state=Document.State.DELETED, stored_as="", text_stored_as="", name="effacé", findings=[], verdict=""
        )
    Submission.objects.filter(pk=submission.pk).update(
        email="", comment="", notes="", answer="", page_url="", agrees_to_test=False, files_deleted_at=timezone.now()
    )
    Submission.objects.filter(pk=submission.pk).exclude(closing_reason="").update(closing_reason=ERASED_REASON)
    submission.events.filter(is_public=True, by__isnull=False).update(text=ERASED_LINE)
    Event.objects.create(submission=submission, text="Les documents et l'adresse électronique sont effacés.")


def end_of_keeping(submission: Submission, today: date) -> date:
    """The day its files go: ninety days after its end, a year after its arrival at the latest."""
    latest = timezone.localdate(submission.received_at) + KEPT_AFTER_ARRIVAL
    return min(latest, today + KEPT_AFTER_END) if submission.state in Submission.ENDED else latest


def _keep(draft: Submission, checked: CheckedFile, content: bytes) -> Document:
    stored_as = documents().save(content)
    try:
        with _locked(draft):
            known = draft.documents.filter(sha256=checked.sha256).first()
            if known:
                documents().delete(stored_as)
                return known
            checks.check_sending([*draft.documents.values_list("size", flat=True), checked.size])
            last = draft.documents.aggregate(last=Max("position"))["last"] or 0
            return Document.objects.create(
                submission=draft,
                position=last + 1,
                name=checked.name,
                kind=checked.kind,
                size=checked.size,
                sha256=checked.sha256,
                findings=sorted(checked.findings),
                stored_as=stored_as,
            )
    except (Refused, AlreadySent):
        documents().delete(stored_as)
        raise


@contextmanager
def _locked(draft: Submission) -> Iterator[None]:
    """One change of a draft at a time. Raises `AlreadySent` when it is no longer one."""
    with transaction.atomic():
        if not Submission.objects.select_for_update().filter(pk=draft.pk, state=Submission.State.DRAFT).exists():
            raise AlreadySent
        yield


def _number(submission: Submission, *, year: int) -> None:
    """Save under a number that nobody has."""
    while True:
        submission.number = draw_number(year)
        try:
            with transaction.atomic():
                return submission.save()
        except IntegrityError as error:
            if "number" not in str(error):
                raise


def _forget_files(document: Document) -> None:
    """Delete from the storage once the transaction is sure: a fault, which is logged, leaves orphans to the sweep."""
    names = [document.stored_as, document.text_stored_as, *document.pages.values_list("stored_as", flat=True)]
    for name in filter(None, names):
        transaction.on_commit(lambda name=name: documents().delete(name), robust=True)  # type: ignore[misc]
