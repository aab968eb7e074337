"""The life of an entry: written, read by a second person, published, archived.

An entry that is not public is written in its own row. What is public never moves while somebody edits it: a change is a
`Proposal`, applied at once when a second person agrees. Every function locks the entry, leaves an `EntryEvent`, and
raises `ValidationError`, in French, for what cannot be done now.
"""

from datetime import datetime

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from errors_catalog import content as documents
from errors_catalog.content import Content, content_of
from errors_catalog.models import EntryEvent, FrequentError, Proposal

Action = EntryEvent.Action
State = Proposal.State
Status = FrequentError.Status


def open_proposal(error: FrequentError) -> Proposal | None:
    """The change that is being written, read or waiting for its day: there is one at most."""
    return Proposal.objects.open().filter(error=error).first()


def written(error: FrequentError) -> Content:
    """What the editors have written so far: the open proposal on what is public now, or the entry itself."""
    return documents.as_written(error, open_proposal(error))


def version(error: FrequentError) -> str:
    """A print of what is written: who decides of a text sends back the one they read."""
    return documents.fingerprint(written(error))


@transaction.atomic
def write(error: FrequentError, content: Content, *, by: User) -> None:
    """Keep what an editor wrote: in the entry when it is a draft, as a proposal when it is public."""
    error = _locked(error)
    if error.status == Status.DRAFT:
        _apply(error, content)
        record_draft(error, by=by)
        return
    current = content_of(error)
    proposal = open_proposal(error) or Proposal(error=error)
    if error.status != Status.PUBLISHED or proposal.state != State.WRITING:
        raise ValidationError(
            "Cette erreur ne peut pas être modifiée maintenant : reprenez-la, ou rouvrez-la d'abord.", code="locked"
        )
    if content == current:
        if proposal.pk:
            withdraw(error, by=by)
        return
    proposal.base, proposal.content, proposal.author, proposal.decided_by = current, content, by, None
    proposal.save()
    _record(error, Action.PROPOSED, by=by, content=content)


@transaction.atomic
def record_draft(error: FrequentError, *, by: User) -> None:
    """Keep what a draft says now, unless it is what was kept last."""
    content = content_of(error)
    last = error.events.exclude(content=None).first()
    if last is None or last.content != content:
        _record(error, Action.SAVED, by=by, content=content)


@transaction.atomic
def submit(error: FrequentError, *, by: User) -> None:
    """Ask for a second reading. What could not be published is refused here, with every reason."""
    error = _locked(error)
    proposal = open_proposal(error)
    if error.status == Status.DRAFT:
        proposal = proposal or Proposal(error=error)
        proposal.content = content_of(error)
        error.status = Status.IN_REVIEW
    elif proposal is None or proposal.state != State.WRITING:
        raise ValidationError("Rien n'attend d'être envoyé en relecture.", code="nothing_to_submit")
    _check_publishable(error, proposal.content)
    proposal.state, proposal.author, proposal.submitted_at = State.IN_REVIEW, by, timezone.now()
    proposal.comment, proposal.decided_by, proposal.decided_at = "", None, None
    proposal.save()
    error.save(update_fields=["status"])
    _record(error, Action.SUBMITTED, by=by, content=proposal.content)


@transaction.atomic
def take_back(error: FrequentError, *, by: User) -> None:
    """Go on writing what waits for its reading, or for its day."""
    error = _locked(error)
    proposal = open_proposal(error)
    if proposal is None or proposal.state == State.WRITING:
        raise ValidationError("Cette erreur n'est pas en relecture.", code="not_in_review")
    proposal.publish_at = None
    _back_to_writing(error, proposal)
    _record(error, Action.TAKEN_BACK, by=by)


@transaction.atomic
def send_back(error: FrequentError, *, seen: str, comment: str, by: User) -> None:
    """Ask the author for something else, and say what. `seen` is the `version` that was read."""
    error = _locked(error)
    proposal = _in_review(error, seen=seen, by=by)
    if not comment.strip():
        raise ValidationError("Dites ce qu'il faut changer : c'est ce que lira l'auteur.", code="no_comment")
    proposal.decided_by, proposal.decided_at, proposal.comment = by, timezone.now(), comment.strip()
    _back_to_writing(error, proposal)
    _record(error, Action.SENT_BACK, by=by, comment=proposal.comment)


@transaction.atomic
def approve(error: FrequentError, *, seen: str, by: User, at: datetime | None = None) -> None:
    """Publish what was sent to review, now or on a later day. Whoever wrote or sent it cannot.

    `seen` is the `version` that was read: nothing is published that no second person saw.
    """
    error = _locked(error)
    proposal = _in_review(error, seen=seen, by=by)
    proposal.decided_by, proposal.decided_at = by, timezone.now()
    if at and at > timezone.now():
        proposal.state, proposal.publish_at = State.SCHEDULED, at
        proposal.save()
        _record(error, Action.SCHEDULED, by=by, comment=f"Pour le {timezone.localtime(at):%d/%m/%Y à %H:%M}.")
        return
    _publish(error, proposal)


@transaction.atomic
def withdraw(error: FrequentError, *, by: User) -> None:
    """Give up a change to a published entry: the page stays as it is."""
    error = _locked(error)
    proposal = open_proposal(error)
    if proposal is None or error.status != Status.PUBLISHED:
        raise ValidationError("Aucune proposition n'est ouverte.", code="no_proposal")
    proposal.state = State.WITHDRAWN
    proposal.save()
    _record(error, Action.WITHDRAWN, by=by)


@transaction.atomic
def archive(error: FrequentError, *, comment: str, by: User | None) -> None:
    """Take an entry off the public pages, for a reason that its readers will see in the history."""
    error = _locked(error)
    if error.status != Status.PUBLISHED:
        raise ValidationError("Seule une erreur publiée peut être archivée.", code="not_published")
    Proposal.objects.open().filter(error=error).update(state=State.WITHDRAWN)
    error.status = Status.ARCHIVED
    error.save(update_fields=["status"])
    _record(error, Action.ARCHIVED, by=by, comment=comment)


@transaction.atomic
def reopen(error: FrequentError, *, by: User) -> None:
    """Make an archived entry a draft again."""
    error = _locked(error)
    if error.status != Status.ARCHIVED:
        raise ValidationError("Seule une erreur archivée peut être rouverte.", code="not_archived")
    error.status, error.expires_on = Status.DRAFT, None
    error.save(update_fields=["status", "expires_on"])
    _record(error, Action.REOPENED, by=by)


@transaction.atomic
def restore(error: FrequentError, event: EntryEvent, *, by: User) -> None:
    """Write again what the entry said at a past event: a draft at once, a published entry by a proposal.

    What a colleague is writing is never replaced whole by somebody who may not have read it.
    """
    if event.error_id != error.pk or event.content is None:
        raise ValidationError("Cette version n'existe pas.", code="no_version")
    proposal = open_proposal(_locked(error))
    if proposal is not None and proposal.author != by:
        raise ValidationError(
            f"{proposal.author} écrit en ce moment une proposition, que cette version effacerait : demandez-lui de "
            "l'abandonner, ou reportez vous-même dans le texte ce qu'il faut en reprendre.",
            code="colleague",
        )
    write(error, event.content, by=by)


def keep_schedule() -> None:
    """Publish what was accepted for a time now past; archive what has expired. The worker calls it every minute."""
    for proposal in Proposal.objects.filter(state=State.SCHEDULED, publish_at__lte=timezone.now()):
        _publish_in_time(proposal)
    for error in FrequentError.objects.public().filter(expires_on__lt=timezone.localdate()):
        archive(error, comment="Son dernier jour est passé.", by=None)


@transaction.atomic
def _publish_in_time(proposal: Proposal) -> None:
    error = _locked(proposal.error)
    proposal.refresh_from_db()
    if proposal.state != State.SCHEDULED:  # taken back meanwhile
        return
    try:
        with transaction.atomic():
            _publish(error, proposal)
    except ValidationError as refusal:  # what it leans on changed since it was accepted
        proposal.refresh_from_db()
        proposal.publish_at, proposal.comment = None, " ".join(refusal.messages)
        _back_to_writing(error, proposal)
        _record(error, Action.SENT_BACK, by=None, comment=proposal.comment)


def _publish(error: FrequentError, proposal: Proposal) -> None:
    content = documents.as_written(error, proposal)
    _check_publishable(error, content)
    error.status = Status.PUBLISHED
    error.published_at = error.published_at or timezone.now()
    _apply(error, content)
    proposal.state, proposal.publish_at = State.ACCEPTED, None
    proposal.save()
    _record(error, Action.PUBLISHED, by=proposal.decided_by, content=content)


def _apply(error: FrequentError, content: Content) -> None:
    try:
        documents.apply(error, content)
    except documents.DoesNotFit as refusal:
        raise ValidationError(str(refusal), code="does_not_fit") from refusal


def _check_publishable(error: FrequentError, content: Content) -> None:
    """Raises `ValidationError` with all that the database, or a reader, would miss."""
    try:
        with documents.shown_as(error, content) as shown:
            shown.status, shown.published_at = Status.PUBLISHED, timezone.now()
            shown.full_clean()
    except documents.DoesNotFit as refusal:
        raise ValidationError(str(refusal), code="does_not_fit") from refusal
    if not content["sources"] or not content["life_events"]:
        raise ValidationError(
            "Une erreur publiée a un événement de vie et une source officielle au moins.", code="incomplete"
        )


def _back_to_writing(error: FrequentError, proposal: Proposal) -> None:
    proposal.state = State.WRITING
    proposal.save()
    if error.status == Status.IN_REVIEW:
        error.status = Status.DRAFT
        error.save(update_fields=["status"])


def _in_review(error: FrequentError, *, seen: str, by: User) -> Proposal:
    """The proposal that this person may decide on, as they read it."""
    proposal = open_proposal(error)
    if proposal is None or proposal.state != State.IN_REVIEW:
        raise ValidationError("Cette erreur n'est pas en relecture.", code="not_in_review")
    if _wrote(error, by):
        raise ValidationError(
            "Vous avez écrit ou envoyé ce texte : la relecture est faite par une autre personne.", code="same_person"
        )
    if version(error) != seen:
        raise ValidationError("Le texte a changé depuis que vous l'avez ouvert : relisez-le.", code="changed")
    return proposal


def _wrote(error: FrequentError, user: User) -> bool:
    """Whether this person had a hand in what is written since the public text was last settled."""
    return error.events.unsettled_writing().filter(by=user).exists()


def _locked(error: FrequentError) -> FrequentError:
    return FrequentError.objects.select_for_update(of=["self"]).get(pk=error.pk)


def _record(
    error: FrequentError,
    action: EntryEvent.Action,
    *,
    by: User | None,
    comment: str = "",
    content: Content | None = None,
) -> None:
    EntryEvent.objects.create(error=error, action=action, by=by, comment=comment, content=content)
