"""Documents as the team finds them, and the people of the team."""

from typing import Any

from simplification import processing, services
from simplification.models import Document, Rewriting, Submission
from tests.factories import AdministrationFactory, StaffFactory
from tests.simplification.letters import LETTER

QUEUE = "/gestion/simplification/submission/"
REWRITINGS = "/gestion/simplification/rewriting/"


def received(text: str = LETTER, files: tuple[tuple[bytes, str], ...] = (), **values: Any) -> Submission:
    """Sent; the antivirus has not spoken."""
    draft = services.start()
    for content, name in files:
        services.add_file(draft, content, name)
    if text:
        services.add_pasted_text(draft, text)
    Submission.objects.filter(pk=draft.pk).update(**values)
    return services.receive(Submission.objects.get(pk=draft.pk))


def checked(text: str = LETTER, files: tuple[tuple[bytes, str], ...] = (), **values: Any) -> Submission:
    """Sent, controlled, ready to be read. Needs the fixture `without_antivirus`."""
    submission = received(text, files, **values)
    processing.process(submission)
    submission.refresh_from_db()
    return submission


def controlled(text: str = LETTER, files: tuple[tuple[bytes, str], ...] = (), **values: Any) -> Submission:
    """As `checked`, without the images, which take a second to make."""
    submission = received(text, files, **values)
    submission.documents.update(state=Document.State.READY)
    Submission.objects.filter(pk=submission.pk).update(state=Submission.State.CHECKED)
    submission.refresh_from_db()
    return submission


def member() -> Any:
    """One more person of the team."""
    return StaffFactory(role="équipe simplification")


def rewriting(submission: Submission | None = None, **values: Any) -> Rewriting:
    """Not saved yet."""
    texts = {
        "title": "Rembourser l'aide au logement", "before": "Il vous appartient de payer.", "after": "Payez.",
        "changes": "- Une phrase courte.",
    }  # fmt: skip
    administration = values.pop("administration", None) or AdministrationFactory()
    return Rewriting(submission=submission, administration=administration, **{**texts, **values})


def page_of(submission: Submission) -> str:
    return f"{QUEUE}{submission.pk}/change/"


def story(submission: Submission, *, public: bool = True) -> list[str]:
    """What the tracking page tells, or with `public=False` what only the team reads."""
    return [event.text for event in submission.events.filter(is_public=public)]
