"""The pages around the form of an entry: its review, its care, its history. They show and ask; `services` decide."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from common.action_forms import ActionForm
from common.staff import by_key_or_404, person
from errors_catalog import preview
from errors_catalog.admin import actions
from errors_catalog.content import content_of
from errors_catalog.differences import differences
from errors_catalog.models import EntryEvent, FrequentError
from errors_catalog.services import editing

PAGE = "admin/errors_catalog/entry_{}.html"


class WorkflowAdmin(admin.ModelAdmin):
    """What happens to an entry besides writing it."""

    def get_urls(self) -> list[URLPattern]:
        wrap, base = self.admin_site.admin_view, "errors_catalog_frequenterror"
        return [
            path("<int:pk>/relecture/", wrap(self.review), name=f"{base}_review"),
            path("<int:pk>/entretien/", wrap(self.care), name=f"{base}_care"),
            path("<int:pk>/versions/<int:event_pk>/", wrap(self.version), name=f"{base}_version"),
            *super().get_urls(),
        ]

    def review(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What is proposed, word by word, and what may be decided of it."""
        error = self._entry(request, pk)
        proposal = editing.open_proposal(error)
        current = content_of(error) if error.status == FrequentError.Status.PUBLISHED else {}
        context = {
            "title": f"Relecture : {error}",
            "proposal": proposal,
            "sent_back_by": proposal.decided_by if proposal and proposal.comment else None,
            "differences": differences(current, editing.written(error)),
            "is_new": not current,
            "preview_url": preview.address_of(proposal if proposal and proposal.base else error),
            "preview_days": preview.LIFETIME.days,
        }
        return self._answer(request, error, "review", actions.review_forms(error, proposal), context)

    def care(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What keeps the entry true: its check, its address, its end."""
        error = self._entry(request, pk)
        context = {
            "title": f"Entretien : {error}",
            "requests": error.rereading_requests.filter(settled_at=None),
            "former_addresses": error.former_addresses.all(),
        }
        return self._answer(request, error, "care", actions.care_forms(error), context)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Who, when, why; with a link to what the entry said then."""
        error = self._entry(request, object_id)
        context = {"title": f"Historique : {error}", "events": error.events.select_related("by")}
        return self._answer(request, error, "history", [], context)

    def version(self, request: HttpRequest, pk: int, event_pk: int) -> HttpResponse:
        """What the entry said at a past event, beside what is written now; it can be written again."""
        error = self._entry(request, pk)
        event = get_object_or_404(error.events, pk=event_pk)
        if event.content is None:
            raise Http404
        if request.method == "POST":
            return self._restore(request, error, event)
        context = {
            "title": f"Version du {event.at:%d/%m/%Y} : {error}",
            "event": event,
            "differences": differences(event.content, editing.written(error)),
            "preview_url": preview.address_of(event),
            "can_restore": self.has_change_permission(request, error),
        }
        return self._answer(request, error, "version", [], context)

    def _restore(self, request: HttpRequest, error: FrequentError, event: EntryEvent) -> HttpResponse:
        if not self.has_change_permission(request, error):
            raise PermissionDenied
        try:
            editing.restore(error, event, by=person(request))
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return redirect("admin:errors_catalog_frequenterror_version", error.pk, event.pk)
        messages.success(request, "Cette version est réécrite. Envoyez-la en relecture quand elle est prête.")
        return redirect("admin:errors_catalog_frequenterror_review", error.pk)

    def _entry(self, request: HttpRequest, pk: int | str) -> FrequentError:
        error = by_key_or_404(FrequentError.objects.with_details(), str(pk))
        if not self.has_view_permission(request, error):
            raise PermissionDenied
        return error

    def _answer(
        self,
        request: HttpRequest,
        error: FrequentError,
        page: str,
        offered: Iterable[type[ActionForm]],
        context: dict[str, Any],
    ) -> HttpResponse:
        """Show a page with the forms that this person may fill in, or do what one of them asks."""
        classes = {form.action: form for form in offered if request.user.has_perm(form.permission)}
        forms = {action: form(subject=error) for action, form in classes.items()}
        if request.method == "POST":
            asked = classes.get(request.POST.get("action", ""))
            if asked is None:
                messages.error(request, "Cela n'est plus possible, ou pas pour vous : voici où en est l'erreur.")
                return redirect(request.path)
            form = asked(request.POST, subject=error)
            if form.is_valid():
                try:
                    form.apply(by=person(request))
                except ValidationError as refusal:
                    form.add_error(None, refusal.messages)
                else:
                    messages.success(request, form.done)
                    return redirect(request.path)
            forms[form.action] = form
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": error,
            "error": error,
            "forms": list(forms.values()),
            **context,
        }
        return TemplateResponse(request, PAGE.format(page), context, status=422 if request.method == "POST" else 200)
