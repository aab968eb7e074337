"""The form: the document, what is difficult, a last look, then the number and the key.

Every screen has an address of its own, under the token of the draft: « back » finds what was already given.
"""

import logging
import time
from collections.abc import Sequence
from functools import wraps
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from common import rate_limit
from common.http import View, ask, form_page
from common.uploads.limits import LIMITS
from common.uploads.refusals import Refused
from common.uploads.sandbox import SandboxUnavailable
from simplification import entry, services
from simplification.entry import Doubt
from simplification.forms import DifficultyForm, DocumentForm
from simplification.models import Submission
from simplification.numbers import key_digest, tracking_key

logger = logging.getLogger(__name__)

SENDINGS_AN_HOUR = 20  # from one network
UPLOADS_AN_HOUR = 100
NOTHING = "Ajoutez au moins un fichier, collez le texte, ou donnez l'adresse de la page."
NO_NEW_FILE = "Choisissez d'abord un ou plusieurs fichiers, puis appuyez sur « Ajouter ces fichiers »."
TRAPPED = (
    "Un champ invisible a été rempli, sans doute par votre navigateur. Il est vidé : "
    "appuyez à nouveau sur « Continuer »."
)


def when_files_can_be_kept(view: View) -> View:
    """A full disk, or a machine that cannot check a file, is said in French; what was kept before stays."""

    @wraps(view)
    def careful(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except (OSError, SandboxUnavailable) as failure:
            logger.error("No file can be taken: %s", type(failure).__name__)  # the trace holds a path
            return render(request, "503.html", status=503)

    return careful


def of_draft(view: View) -> View:
    """Gives the view its draft. One that is unknown, or forgotten since, has a page; one sent shows its number."""

    @wraps(view)
    def with_draft(request: HttpRequest, token: str) -> HttpResponseBase:
        draft = Submission.objects.filter(token=token).first()
        if draft is None:
            return _expired(request)
        if draft.state != Submission.State.DRAFT:
            return redirect("simplification:received", token)
        try:
            return view(request, draft)
        except services.AlreadySent:
            return redirect("simplification:received", token)
        except Submission.DoesNotExist:  # forgotten meanwhile, from another window or at the end of its day
            return _expired(request)
        except Refused:  # emptied meanwhile: there is nothing to receive
            return redirect("simplification:document", token)

    return with_draft


@form_page
@when_files_can_be_kept
def begin(request: HttpRequest) -> HttpResponseBase:
    """The first screen. Its draft is made by the first answer, under the token that its address carries."""
    mark = request.GET.get("jeton", "")
    token = entry.token(mark)
    if token and Submission.objects.filter(token=token).exists():
        return document(request, token)
    if request.method == "POST":
        if not rate_limit.allows(request, "simplification_sending", limit=SENDINGS_AN_HOUR):
            return rate_limit.refusal()
        return first_answer(request, services.start(token or "").token)
    if entry.doubt(mark) is Doubt.STALE:
        return redirect(f"{reverse('simplification:begin')}?{urlencode({'jeton': entry.new_mark()})}")
    return _show_document(request, None, DocumentForm())


@of_draft
def first_answer(request: HttpRequest, draft: Submission) -> HttpResponseBase:
    return _take_document(request, draft, doubt=entry.doubt(request.GET.get("jeton", "")))


@form_page
@when_files_can_be_kept
@of_draft
def document(request: HttpRequest, draft: Submission) -> HttpResponseBase:
    """The first screen again: what is kept, and room for more."""
    if request.method == "POST":
        return _take_document(request, draft)
    return _show_document(request, draft, DocumentForm(initial={"page_url": draft.page_url}))


@form_page
@of_draft
def difficulty(request: HttpRequest, draft: Submission) -> HttpResponseBase:
    """The second screen."""
    if not _has_document(draft):
        return redirect("simplification:document", draft.token)
    names = list(DifficultyForm.base_fields)
    posted = request.POST if request.method == "POST" else None
    form = DifficultyForm(posted, initial={name: getattr(draft, name) for name in names})
    if request.method == "POST" and form.is_valid():
        services.fill_in(draft, **form.cleaned_data)
        return redirect("simplification:check", draft.token)
    return ask(request, "simplification/difficulty.html", form, draft=draft)


@form_page
@of_draft
def check(request: HttpRequest, draft: Submission) -> HttpResponseBase:
    """The last look: nothing is received before this page is sent."""
    if not _has_document(draft):
        return redirect("simplification:document", draft.token)
    if not (draft.kind and draft.difficulties):
        return redirect("simplification:difficulty", draft.token)
    if request.method == "POST":
        services.receive(draft)
        return redirect("simplification:received", draft.token)
    labels = dict(Submission.Difficulty.choices)
    context = {
        "draft": draft,
        "documents": draft.documents.all(),
        "difficulties": [labels[value] for value in draft.difficulties if value in labels],
        "pasted": services.PASTED,
    }
    return TemplateResponse(request, "simplification/check.html", context)


@require_safe
def received(request: HttpRequest, token: str) -> HttpResponseBase:
    """The number, and for a while the key: the only place where it is ever shown."""
    submission = Submission.objects.filter(token=token).first()
    if submission is None:
        return _expired(request)
    if submission.received_at is None:
        return redirect("simplification:check", token)
    key = tracking_key(token)
    shown_until = submission.received_at + services.KEY_SHOWN
    is_shown = timezone.now() < shown_until and key_digest(key) == submission.key_digest
    context = {"submission": submission, "key": key if is_shown else "", "shown_until": shown_until}
    return TemplateResponse(request, "simplification/received.html", context)


def _expired(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "simplification/expired.html", status=404)


def _take_document(request: HttpRequest, draft: Submission, *, doubt: Doubt | None = None) -> HttpResponseBase:
    """Keep all that can be, then say what could not: nobody chooses a good file twice."""
    files = request.FILES.getlist("files")
    if files and not rate_limit.allows(request, "simplification_upload", limit=UPLOADS_AN_HOUR):
        return rate_limit.refusal()
    form = DocumentForm(request.POST)
    form.is_valid()
    answers = dict(form.cleaned_data)
    if "page_url" in answers:
        services.fill_in(draft, page_url=answers["page_url"])
    _keep_files(draft, form, files)
    if answers.get("text"):
        _keep_text(draft, form, answers["text"])
    _remove(draft, request.POST.get("remove", ""))
    stays = "add" in request.POST or "remove" in request.POST
    draft.refresh_from_db()
    if form.is_trapped:
        form.add_error(None, TRAPPED)
    elif doubt:
        form.add_error(None, doubt.value)
    if "add" in request.POST and not files:
        form.add_error("files", NO_NEW_FILE)
    if not (stays or form.errors or _has_document(draft)):
        form.add_error("files", NOTHING)
    if form.errors:
        return _show_document(request, draft, form)
    return redirect("simplification:document" if stays else "simplification:difficulty", draft.token)


def _keep_files(draft: Submission, form: DocumentForm, files: Sequence[UploadedFile]) -> None:
    """Each file has the time that those before it left: the answer to the whole sending must come soon."""
    deadline = time.monotonic() + LIMITS.check_time
    for file in files:
        seconds = deadline - time.monotonic()
        try:
            services.add_file(draft, file.read(LIMITS.file_size + 1), file.name or "", seconds=seconds)
        except Refused as refusal:
            form.add_error("files", f"« {_readable(file.name or '')} » : {refusal.message}")
            if refusal.code == "too_many_files":
                return


def _keep_text(draft: Submission, form: DocumentForm, text: str) -> None:
    """A text that is kept leaves its field: it stands in the list of what is kept."""
    try:
        services.add_pasted_text(draft, text)
    except Refused as refusal:
        form.add_error("text", refusal.message)
    else:
        form.empty("text")


def _remove(draft: Submission, position: str) -> None:
    if position.isascii() and position.isdecimal() and len(position) < 5:
        for chosen in draft.documents.filter(position=int(position)):
            services.remove_document(draft, chosen)


def _show_document(request: HttpRequest, draft: Submission | None, form: DocumentForm) -> HttpResponse:
    kept = draft.documents.all() if draft else []
    return ask(request, "simplification/document.html", form, draft=draft, documents=kept, pasted=services.PASTED)


def _has_document(draft: Submission) -> bool:
    return bool(draft.page_url) or draft.documents.exists()


def _readable(name: str) -> str:
    """A name as its sender may read it: not too long, and without what hides or turns letters around."""
    return "".join(character for character in name if character.isprintable())[:60] or "sans nom"
