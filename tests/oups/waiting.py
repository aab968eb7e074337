"""Something in every list of the first page, for one person of the staff."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from errors_catalog.content import content_of
from errors_catalog.models import FrequentError, LinkCheck, OfficialSource, SearchLog
from errors_catalog.services import care, editing
from simplification.models import Submission
from tests.factories import FrequentErrorFactory, ReaderMessageFactory, StaffFactory

BROKEN = "https://www.service-public.gouv.fr/disparue"


def entry(title: str, **values: Any) -> FrequentError:
    """A published entry that nothing is to be done about."""
    values.setdefault("checked_on", timezone.localdate())
    error = FrequentErrorFactory(published=True, title=title, **values)
    OfficialSource.objects.create(
        error=error, title="La fiche", url="https://www.service-public.gouv.fr/fiche", checked_on=error.checked_on
    )
    return error


def written(title: str, *, by: Any) -> FrequentError:
    """A published entry that somebody is changing."""
    error = entry(title)
    editing.write(error, {**content_of(error), "summary": "Faites-le aujourd'hui."}, by=by)
    return error


def in_review(title: str, *, by: Any) -> FrequentError:
    error = written(title, by=by)
    editing.submit(error, by=by)
    return error


def due(title: str, *, days: int) -> FrequentError:
    """A published entry whose check is due in so many days, or was due."""
    today = timezone.localdate()
    error = entry(title, checked_on=today)
    # A year before that day, whatever the number of days in it.
    day = today + timedelta(days=days)
    year_before = date(day.year - 1, day.month, 28 if (day.month, day.day) == (2, 29) else day.day)
    FrequentError.objects.filter(pk=error.pk).update(checked_on=year_before)
    return error


def broken(url: str = BROKEN, outcome: LinkCheck.Outcome = LinkCheck.Outcome.BROKEN) -> LinkCheck:
    return LinkCheck.objects.create(url=url, outcome=outcome, detail="HTTP 404", checked_at=timezone.now())


def unanswered(query: str, *, times: int = 1) -> SearchLog:
    return SearchLog.objects.create(day=timezone.localdate(), query=query, results=0, confidence=0, times=times)


def submission(number: str, **values: Any) -> Submission:
    values = {"state": Submission.State.CHECKED, "received_at": timezone.now(), **values}
    return Submission.objects.create(
        token=number, number=number, key_digest="x", purge_on=timezone.localdate(), **values
    )


def fill_every_list(user: Any) -> None:
    """One thing to do of every kind, for this person and for the team of the documents."""
    other, third = StaffFactory(), StaffFactory()
    in_review("J'attends une relecture", by=other)
    sent_back = in_review("Je suis renvoyée à son auteur", by=user)
    editing.send_back(sent_back, seen=editing.version(sent_back), comment="Dites quel formulaire remplir.", by=other)
    later = in_review("Je sortirai plus tard", by=third)
    editing.approve(later, seen=editing.version(later), at=timezone.now() + timedelta(days=3), by=other)
    due("Ma vérification est dépassée", days=-12)
    due("Ma vérification approche", days=8)
    entry("Mon lien est cassé", correction=f"1. Ouvrez [la page]({BROKEN}).")
    broken()
    care.ask_to_reread([entry("Mon article a changé")], cause="Code des exemples, article L1 : ce que dit le texte")
    ReaderMessageFactory.create_batch(5, error=entry("On me juge peu utile"), text="Je n'ai pas compris.")
    ReaderMessageFactory(missing=True, text="Il manque une page sur les ruches.")
    unanswered("ruche sans déclaration", times=7)
    entry("J'ai une note", editor_note="Vérifier le délai dans la fiche F123.")
    submission("OUPS-2026-0001")
