"""The files of a document, as agents get them: images of the pages, and the original behind a second, logged action."""

import hashlib
from typing import Any

from csp.constants import NONE
from csp.decorators import csp_replace
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from common.encrypted_storage import UnreadableFileError
from common.http import View
from common.staff import person
from simplification import desk
from simplification.models import Document, DocumentPage
from simplification.storage import documents


def alone(view: View) -> View:
    """A browser that opens such an answer by itself runs nothing of it."""
    return csp_replace({"default-src": [NONE], "sandbox": True})(view)


@alone
@require_safe
def page_image(request: HttpRequest, submission_id: int, document_id: int, position: int) -> HttpResponse:
    """One page of the safe view."""
    page = get_object_or_404(
        DocumentPage.objects.select_related("document"),
        document__submission=submission_id,
        document=document_id,
        position=position,
    )
    if not request.user.has_perm("simplification.view_document"):
        raise PermissionDenied
    if not page.document.may_be_seen:
        raise Http404
    content = _opened(page.stored_as)
    desk.log_view(page.document, by=person(request))
    return _private(content, "image/jpeg")


@alone
@require_POST
def original(request: HttpRequest, submission_id: int, document_id: int) -> HttpResponse:
    """The file as it was sent, to keep and not to display. Its own name, which may be a person's, is not used."""
    document = get_object_or_404(
        Document.objects.select_related("submission"), submission=submission_id, pk=document_id
    )
    if not request.user.has_perm("simplification.download_document"):
        raise PermissionDenied
    if not document.may_be_downloaded:
        messages.error(request, "Ce fichier ne peut pas être téléchargé.")
        return redirect("admin:simplification_submission_change", submission_id)
    content = _opened(document.stored_as)
    if hashlib.sha256(content).hexdigest() != document.sha256:
        messages.error(request, "Ce fichier n'est plus celui qui a été reçu : prévenez l'administrateur.")
        return redirect("admin:simplification_submission_change", submission_id)
    desk.log_download(document, by=person(request))
    response = _private(content, "application/octet-stream")
    name = f"{document.submission.number}-{document.position}.{document.kind}"
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    return response


def text_of(document: Document) -> str:
    """The text found in a file; empty when there is none, or when it is no longer there."""
    if not document.text_stored_as:
        return ""
    try:
        return documents().open(document.text_stored_as).decode()
    except (FileNotFoundError, UnreadableFileError):
        return ""


def _opened(name: str) -> bytes:
    try:
        return documents().open(name)
    except (FileNotFoundError, UnreadableFileError) as error:
        raise Http404 from error


def _private(content: bytes, content_type: str) -> HttpResponse:
    headers: dict[str, Any] = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=content_type, headers=headers)
