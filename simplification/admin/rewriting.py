"""Rewritings, written side by side, and published by a second person."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from common.personal_data import has_personal_data
from common.staff import by_key, by_key_or_404, person
from simplification import desk
from simplification.admin import reading
from simplification.admin.forms import RewritingForm
from simplification.models import Rewriting, Submission

Step = Callable[..., None]
STEPS: dict[str, tuple[Step, str]] = {
    "proposer": (desk.propose, "La réécriture attend maintenant une autre personne."),
    "publier": (desk.approve, "La réécriture est publiée dans la galerie."),
}
WITHDRAWN = "La réécriture est retirée de la galerie : c'est un brouillon."


@admin.register(Rewriting)
class RewritingAdmin(admin.ModelAdmin):
    list_display = ["title", "administration", "status", "written_by", "approved_by", "published_at"]
    list_filter = ["status", ("administration", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["administration", "written_by", "approved_by"]
    search_fields = ["title", "submission__number"]
    actions = None
    view_on_site = False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {"title": "Réécritures"})

    def has_delete_permission(self, request: HttpRequest, obj: Rewriting | None = None) -> bool:
        return False

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        submission = by_key(Submission.objects.sent(), request.GET.get("document", ""))
        initial = {"submission": submission, "administration": submission.administration_id} if submission else {}
        form = RewritingForm(request.POST or None, initial=initial)
        return self._save(request, form) or self._page(request, form)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        rewriting = by_key_or_404(Rewriting.objects.all(), object_id)
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return self._page(request, RewritingForm(instance=rewriting))
        if not self.has_change_permission(request):
            raise PermissionDenied
        if request.POST.get("action", "") != "enregistrer":
            return self._step(request, rewriting)
        form = RewritingForm(request.POST, instance=rewriting)
        return self._save(request, form) or self._page(request, form)

    def _save(self, request: HttpRequest, form: RewritingForm) -> HttpResponse | None:
        """Nothing when there is something to correct."""
        if not form.is_bound:
            return None
        if form.is_valid():
            try:
                desk.save_rewriting(form.instance, seen=form.cleaned_data["seen"], by=person(request))
            except ValidationError as refusal:
                form.add_error(None, refusal)
            else:
                messages.success(request, "La réécriture est enregistrée.")
                return redirect("admin:simplification_rewriting_change", form.instance.pk)
        messages.error(request, "Rien n'est enregistré : corrigez le formulaire.")
        return None

    def _step(self, request: HttpRequest, rewriting: Rewriting) -> HttpResponse:
        action, seen = request.POST.get("action"), request.POST.get("seen", "")
        try:
            if action == "retirer":
                desk.unpublish(rewriting, by=person(request))
                messages.success(request, WITHDRAWN)
            elif action in STEPS:
                step, done = STEPS[action]
                step(rewriting, seen=seen, by=person(request))
                messages.success(request, done)
        except ValidationError as refusal:
            messages.error(request, refusal.message)
        return redirect("admin:simplification_rewriting_change", rewriting.pk)

    def _page(self, request: HttpRequest, form: RewritingForm) -> HttpResponse:
        rewriting = Rewriting.objects.filter(pk=form.instance.pk).first()  # as it is kept, not as it is typed
        is_public = rewriting is not None and rewriting.status == Rewriting.Status.PUBLISHED
        context = {
            **self.admin_site.each_context(request),
            "title": rewriting.title if rewriting else "Nouvelle réécriture",
            "opts": self.opts,
            "form": form,
            "rewriting": rewriting,
            "submission": rewriting.submission if rewriting else form.initial.get("submission"),
            "version": desk.version(rewriting) if rewriting else "",
            "columns": self._columns(rewriting) if rewriting else [],
            "has_personal_data": bool(rewriting and has_personal_data(f"{rewriting.before}\n{rewriting.after}")),
            "is_own": rewriting is not None and rewriting.written_by == request.user,
            "is_public": is_public,
            "can_change": self.has_change_permission(request) if rewriting else True,
        }
        return TemplateResponse(request, "admin/simplification/rewriting.html", context)

    def _columns(self, rewriting: Rewriting) -> list[tuple[str, str, reading.Reading]]:
        """Both texts, each with its heading and the name of its region."""
        return [
            ("Avant", "Texte d'avant", reading.read(rewriting.before)),
            ("Après", "Texte d'après", reading.read(rewriting.after)),
        ]
