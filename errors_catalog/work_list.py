"""What waits for the editors: to read again, to finish, to check, to mend, to answer.

The lists of entries are also the choices of a filter of the admin, so that « tout voir » shows the same entries.
"""

from collections.abc import Callable
from datetime import timedelta

from django.contrib.auth.models import User
from django.contrib.postgres.aggregates import StringAgg
from django.db.models import (
    CharField,
    Exists,
    F,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, Coalesce, Concat, Left, NullIf, TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from common.work_list import Section, in_words
from errors_catalog import links
from errors_catalog.models import EntryEvent, FrequentError, LinkCheck, Proposal, ReaderMessage
from errors_catalog.search import insight

SOON = timedelta(days=30)
REMARK = 160  # characters of a text that are shown

State = Proposal.State
Rows = Callable[[User], QuerySet]


def to_review(user: User) -> QuerySet:
    """Sent to review by others: whoever had a hand in the writing does not decide."""
    own = EntryEvent.objects.unsettled_writing().filter(error=OuterRef("pk"), by=user)
    return FrequentError.objects.filter(~Exists(own), proposals__state=State.IN_REVIEW).annotate(
        since=TruncDate("proposals__submitted_at"), remark=Concat(Value("par "), "proposals__author__username")
    )


def unfinished(user: User) -> QuerySet:
    """What this person is writing, or what was sent back to them; their drafts that were never sent among it."""
    proposals = Proposal.objects.filter(state=State.WRITING)
    written = EntryEvent.objects.unsettled_writing().filter(by=user)
    drafts = written.filter(error__status=FrequentError.Status.DRAFT).exclude(error__in=proposals.values("error"))
    sent_back = proposals.exclude(comment="").filter(error=OuterRef("pk"))
    theirs = proposals.filter(author=user).values("error").union(drafts.values("error"))
    return FrequentError.objects.filter(pk__in=theirs).annotate(
        remark=Coalesce(
            Subquery(sent_back.values(said=Concat(Value("renvoyée : "), Left("comment", REMARK)))), Value("")
        ),
        since=TruncDate(Subquery(written.filter(error=OuterRef("pk")).order_by("-at").values("at")[:1])),
    )


def scheduled(user: User) -> QuerySet:
    by = Concat(Value("acceptée par "), "proposals__decided_by__username")
    entries = FrequentError.objects.filter(proposals__state=State.SCHEDULED)
    return entries.annotate(since=TruncDate("proposals__publish_at"), remark=by)


def overdue(user: User) -> QuerySet:
    return _to_check().filter(check_due__lt=timezone.localdate())


def due_soon(user: User) -> QuerySet:
    today = timezone.localdate()
    return _to_check().filter(check_due__range=(today, today + SOON))


def _to_check() -> QuerySet:
    return FrequentError.objects.public().annotate(since=F("check_due"), remark=F("administration__short_name"))


def leaning_on_what_changed(user: User) -> QuerySet:
    """Entries whose law or administration changed since somebody read them."""
    asked = Q(rereading_requests__isnull=False, rereading_requests__settled_at=None)
    causes = StringAgg("rereading_requests__cause", " ; ", distinct=True)
    return (
        FrequentError.objects.public()
        .filter(asked)
        .annotate(since=TruncDate(Min("rereading_requests__created_at")), remark=causes)
    )


def marked_unhelpful(user: User) -> QuerySet:
    said = Concat(Cast("unhelpful", CharField()), Value(" « non », "), Cast("helpful", CharField()), Value(" « oui »"))
    entries = FrequentError.objects.public().marked_unhelpful()
    return entries.annotate(since=TruncDate(Max("reader_messages__created_at")), remark=said)


def noted(user: User) -> QuerySet:
    """Entries whose editors noted what remains to check."""
    entries = FrequentError.objects.exclude(status=FrequentError.Status.ARCHIVED).exclude(editor_note="")
    return entries.annotate(since=F("checked_on"), remark=Left("editor_note", REMARK))


# The lists of entries as choices of the admin's filter; a name is also the anchor of its list.
OF_ENTRIES: dict[str, tuple[str, Rows]] = {
    "a-relire": ("À relire", to_review),
    "en-cours": ("Vos textes en cours", unfinished),
    "programmees": ("Publications programmées", scheduled),
    "depassees": ("Vérifications dépassées", overdue),
    "bientot": ("Vérifications dans les 30 jours", due_soon),
    "references": ("Loi ou administration changée", leaning_on_what_changed),
    "peu-utiles": ("Jugées peu utiles par les lecteurs", marked_unhelpful),
    "notes": ("Notes des rédacteurs", noted),
}


def links_to_mend(user: User) -> QuerySet:
    found = Concat(in_words("outcome", LinkCheck.Outcome), Value(" ("), "detail", Value(")"))
    return links.all_to_mend().annotate(key=F("pk"), label=F("url"), remark=found, since=TruncDate("checked_at"))


def open_messages(user: User) -> QuerySet:
    kind = in_words("kind", ReaderMessage.Kind)
    return ReaderMessage.objects.open().annotate(
        key=F("pk"),
        label=Coalesce(NullIf(Left("text", REMARK), Value("")), kind),
        remark=Coalesce("error__title", kind),
        since=TruncDate("created_at"),
    )


def unanswered_searches(user: User) -> QuerySet:
    times = Concat(Cast("total", CharField()), Value(" fois"))
    asked = insight.queries("sans-reponse")
    return asked.annotate(key=F("query"), label=F("query"), remark=times, since=Max("day"))


def places(urls: list[str]) -> dict[str, list[tuple[str, str]]]:
    """Where each address is written, as names and addresses of the admin."""
    return {
        url: [(place.name, reverse(f"admin:errors_catalog_{place.model}_change", args=[place.pk])) for place in found]
        for url, found in links.places(urls).items()
    }


def _list_of(model: str, **parameters: str) -> str:
    return f"{reverse(f'admin:errors_catalog_{model}_changelist')}?{urlencode(parameters)}"


def _page_of(model: str, page: str, anchor: str = "") -> Callable[[str], str]:
    return lambda key: reverse(f"admin:errors_catalog_{model}_{page}", args=[key]) + anchor


def _entries(name: str, permission: str, dated: str, remedy: Callable[[str], str], order: list[str]) -> Section:
    """One of the lists of entries."""
    title, rows = OF_ENTRIES[name]
    return Section(
        name=name,
        title=title,
        permission=permission,
        dated=dated,
        rows=lambda user: rows(user).annotate(key=F("pk"), label=F("title")),
        order=[*order, "pk"],
        remedy=remedy,
        everything=lambda: _list_of("frequenterror", travail=name),
    )


CHANGE = "errors_catalog.change_frequenterror"
ANSWER = "errors_catalog.change_readermessage"
FORM = _page_of("frequenterror", "change")
REVIEW = _page_of("frequenterror", "review")
CARE = _page_of("frequenterror", "care")
CHECK = _page_of("frequenterror", "care", "#verifier")

SECTIONS = [
    _entries("a-relire", "errors_catalog.review_frequenterror", "envoyée", REVIEW, ["proposals__submitted_at"]),
    _entries("en-cours", CHANGE, "écrite", FORM, ["-remark", "since"]),
    _entries("programmees", CHANGE, "en ligne", REVIEW, ["proposals__publish_at"]),
    _entries("depassees", CHANGE, "échéance", CHECK, ["check_due"]),
    Section(
        name="liens",
        title="Liens à réparer",
        permission=CHANGE,
        dated="constaté",
        rows=links_to_mend,
        order=["checked_at", "pk"],
        remedy=_page_of("linkcheck", "change"),
        everything=lambda: _list_of("linkcheck", etat="a-reparer"),
        places=places,
    ),
    _entries("references", CHANGE, "demandée", CARE, ["since"]),
    _entries(
        "peu-utiles",
        ANSWER,
        "dernier avis",
        lambda key: _list_of("readermessage", error__id__exact=key),
        ["-unhelpful"],
    ),
    Section(
        name="messages",
        title="Messages des lecteurs",
        permission=ANSWER,
        dated="reçu",
        rows=open_messages,
        order=["created_at", "pk"],
        remedy=_page_of("readermessage", "change"),
        everything=lambda: _list_of("readermessage"),
    ),
    Section(
        name="recherches",
        title="Recherches sans réponse",
        permission="errors_catalog.change_searchlog",
        dated="faite",
        rows=unanswered_searches,
        order=["-total", "query"],
        remedy=lambda key: f"{reverse('admin:errors_catalog_searchlog_keyword')}?{urlencode({'q': key})}",
        everything=lambda: _list_of("searchlog", vue="sans-reponse"),
    ),
    _entries("bientot", CHANGE, "échéance", CHECK, ["check_due"]),
    _entries("notes", CHANGE, "vérifiée", _page_of("frequenterror", "change", "#id_editor_note"), ["checked_on"]),
]
