"""Following a document with its number and its key. Nothing of them stands in an address: all goes by POST."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from common import rate_limit
from common.http import ask, form_page
from simplification import services
from simplification.forms import TrackingForm
from simplification.models import Submission

TRIES_AN_HOUR = 30  # from one network
WRONG_PAIR = (
    "Ce numéro et cette clé ne vont pas ensemble. Vérifiez les deux, lettre par lettre : "
    "il n'y a ni zéro, ni un, ni lettre I ou O dans la clé."
)


@form_page
def tracking(request: HttpRequest) -> HttpResponseBase:
    """Where a document is, and what the team answered."""
    if request.method != "POST":
        return _ask(request, TrackingForm())
    if not rate_limit.allows(request, "simplification_tracking", limit=TRIES_AN_HOUR):
        return rate_limit.refusal()
    form = TrackingForm(request.POST)
    submission = _opened(form)
    return _show(request, form, submission) if submission else _ask(request, form)


@form_page
def delete(request: HttpRequest) -> HttpResponseBase:
    """Deletes the files and the contact, after a question."""
    if request.method != "POST":
        return redirect("simplification:tracking")
    if not rate_limit.allows(request, "simplification_tracking", limit=TRIES_AN_HOUR):
        return rate_limit.refusal()
    form = TrackingForm(request.POST)
    submission = _opened(form)
    if submission is None:
        return _ask(request, form)
    if submission.files_deleted_at is None:
        if "confirm" not in request.POST:
            context = {"form": form, "submission": submission}
            return TemplateResponse(request, "simplification/delete.html", context)
        services.delete_documents(submission)
        submission.refresh_from_db()
    return _show(request, form, submission)


def _opened(form: TrackingForm) -> Submission | None:
    """The submission that both open; else the form says so, whatever is wrong, in the same words."""
    if not form.is_valid():
        return None
    submission = services.find(form.cleaned_data["number"], form.cleaned_data["key"])
    if submission is None:
        form.add_error(None, WRONG_PAIR)
    return submission


def _ask(request: HttpRequest, form: TrackingForm) -> HttpResponse:
    return ask(request, "simplification/tracking.html", form)


def _show(request: HttpRequest, form: TrackingForm, submission: Submission) -> HttpResponse:
    context = {"form": form, "submission": submission, "events": submission.events.filter(is_public=True)}
    return TemplateResponse(request, "simplification/tracked.html", context)
