"""Who may open each address of the staff: the table that the matrix of roles is checked against.

The addresses themselves are read from the URLconf (`test_roles.py`). What Django's admin and its extensions name
after a model follows `STANDARD`; every other address has a line in `OTHERS`, `ACCOUNT` or `REDIRECTIONS`. An address
that is in none of them fails the tests until somebody decides who opens it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.urls import URLPattern, URLResolver, get_resolver
from procrastinate.contrib.django.models import ProcrastinateJob

from errors_catalog.content import content_of
from errors_catalog.models import (
    BestBet,
    EntryEvent,
    FormerAddress,
    LinkCheck,
    ReaderMessage,
    ReplyTemplate,
    SearchLog,
    Synonym,
)
from oups import roles
from simplification import desk
from simplification.models import AnswerTemplate
from simplification.storage import documents
from tests.factories import (
    AdministrationFactory,
    FrequentErrorFactory,
    LegalReferenceFactory,
    LifeEventFactory,
    StaffFactory,
)
from tests.simplification.situations import controlled, member, rewriting


@dataclass(frozen=True)
class Who:
    """Whoever holds one of these permissions, written « action_model ». `None`: every member of the staff."""

    permissions: frozenset[str] | None
    status: int = 200  # what they are answered
    method: str = "get"
    query: str = ""

    def may(self, role: str) -> bool:
        held = {f"{action}_{model}" for model, actions in roles.ROLES[role].items() for action in actions}
        return self.permissions is None or bool(self.permissions & held)


def holders(*permissions: str, **options: Any) -> Who:
    return Who(frozenset(permissions), **options)


def everyone(**options: Any) -> Who:
    return Who(None, **options)


# « errors_catalog_synonym_add » is opened by whoever has the permission « add_synonym ».
STANDARD: dict[str, list[str]] = {
    "changelist": ["view", "change"],
    "change": ["view", "change"],
    "history": ["view", "change"],
    "simple_history": ["view", "change"],
    "add": ["add"],
    "delete": ["delete"],
    "import": ["change"],
    "export": ["view"],
    "preview": ["change"],
}

OTHERS: dict[str, Who] = {
    "work_list": everyone(),
    "index": everyone(),
    "jsi18n": everyone(),
    "password_change_done": everyone(),
    "app_list": everyone(),
    "autocomplete": holders(
        "view_frequenterror", query="?app_label=errors_catalog&model_name=bestbet&field_name=error&term="
    ),
    "auth_user_password_change": holders("change_user"),
    "errors_catalog_frequenterror_advice": holders("view_frequenterror", method="post"),
    "errors_catalog_frequenterror_review": holders("view_frequenterror"),
    "errors_catalog_frequenterror_care": holders("view_frequenterror"),
    "errors_catalog_frequenterror_version": holders("view_frequenterror"),
    "errors_catalog_searchlog_changelist": holders("view_searchlog"),
    "errors_catalog_searchlog_keyword": holders("change_frequenterror"),
    "errors_catalog_searchlog_dismiss": holders("change_searchlog", status=302, method="post"),
    # A confirmation that confirms nothing goes back to the first page of the import.
    "errors_catalog_frequenterror_process_import": holders("change_frequenterror", status=302, method="post"),
    # A posted table of changes: without one, whoever may import is answered that nothing came.
    "errors_catalog_bestbet_process_import": holders("change_bestbet", status=200, method="post"),
    "errors_catalog_synonym_process_import": holders("change_synonym", status=200, method="post"),
    "simplification_submission_statistics": holders("count_submission"),
    "simplification_submission_page": holders("view_document"),
    "simplification_submission_original": holders("download_document", method="post"),
}

# These lead elsewhere, whoever asks: to another address of this table, or to the page of the site.
# Django leaves nameless the former form of an address, and whatever is unknown.
REDIRECTIONS = ["admin:login", "admin:password_change", "admin:view_on_site", "admin:"]

# The account's own pages: open to whoever is signed in, even before the second factor. (signed in, not signed in)
ACCOUNT: dict[str, tuple[int, int]] = {
    "admin:logout": (200, 302),
    "mfa_index": (200, 302),
    "account_login": (302, 200),
    "mfa_authenticate": (302, 302),
    "oidc_login": (404, 404),
    "oidc_callback": (404, 404),
    "account_logout": (200, 302),
    "account_reauthenticate": (200, 302),
    "mfa_reauthenticate": (200, 302),
    "account_change_password": (200, 302),
    "mfa_activate_totp": (302, 302),
    "mfa_deactivate_totp": (200, 302),
    "mfa_view_recovery_codes": (404, 302),
    "mfa_generate_recovery_codes": (200, 302),
}


# --- An example of each row, and of each argument ---------------------------------------------------------------------


def examples() -> dict[str, Any]:
    """A row of each model that the admin shows, by the name that its addresses carry."""
    administration = AdministrationFactory()
    error = FrequentErrorFactory(complete=True)
    submission = controlled()
    document = submission.documents.get()
    document.pages.create(position=1, stored_as=documents().save(b"an image"))
    colleague = member()
    desk.save_rewriting(text := rewriting(submission, administration=administration), by=colleague)
    desk.log_view(document, by=colleague)
    return {
        "auth_group": Group.objects.get(name="auditeur"),
        "auth_user": StaffFactory(),
        "errors_catalog_administration": administration,
        "errors_catalog_bestbet": BestBet.objects.create(wording="nounou", error=error, position=1),
        "errors_catalog_formeraddress": FormerAddress.objects.create(slug="ancienne-adresse", error=error),
        "errors_catalog_frequenterror": error,
        "errors_catalog_legalreference": LegalReferenceFactory(),
        "errors_catalog_linkcheck": LinkCheck.objects.create(
            url="https://www.exemple.gouv.fr",
            outcome="works",
            detail="200",
            checked_at=datetime(2026, 11, 1, tzinfo=UTC),
        ),
        "errors_catalog_readermessage": ReaderMessage.objects.create(
            kind=ReaderMessage.Kind.MISSING, text="Il manque une erreur."
        ),
        "errors_catalog_replytemplate": ReplyTemplate.objects.create(title="Merci", text="Bonjour"),
        "errors_catalog_searchlog": SearchLog.objects.create(
            day=date(2026, 11, 1), query="nounou", results=0, confidence=0.0
        ),
        "errors_catalog_synonym": Synonym.objects.create(term="nounou", equivalents=["assistante maternelle"]),
        "life_events_lifeevent": LifeEventFactory(),
        "procrastinate_procrastinatejob": ProcrastinateJob.objects.first(),
        "simplification_answertemplate": AnswerTemplate.objects.create(name="Réponse", text="Bonjour"),
        "simplification_documentaccess": document.accesses.get(),
        "simplification_rewriting": text,
        "simplification_submission": submission,
    }


def arguments(rows: dict[str, Any]) -> dict[str, object]:
    """What the arguments of an address stand for, when they are not the row of its model."""
    error, submission = rows["errors_catalog_frequenterror"], rows["simplification_submission"]
    event = EntryEvent.objects.create(error=error, action=EntryEvent.Action.LOADED, content=content_of(error))
    return {
        "app_label": "errors_catalog",
        "content_type_id": ContentType.objects.get_for_model(type(error)).pk,
        "document_id": submission.documents.get().pk,
        "event_pk": event.pk,
        "position": 1,
        "submission_id": submission.pk,
    }


# --- The addresses of the URLconf -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Address:
    name: str
    pattern: URLPattern


def staff_addresses(path: str) -> list[Address]:
    """Every address below `path`, in the order of the URLconf."""
    return [address for route, address in _walk(get_resolver().url_patterns) if route.startswith(path)]


def _walk(patterns: list[URLPattern | URLResolver], route: str = "", space: str = "") -> Iterator[tuple[str, Address]]:
    for pattern in patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, here, f"{pattern.namespace}:" if pattern.namespace else space)
        else:
            yield here, Address(f"{space}{pattern.name or ''}", pattern)
