"""The queue of documents, and the page of one. It shows and asks; `desk` decides."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.html import format_html

from common.action_forms import ActionForm
from common.staff import by_key, by_key_or_404, person
from common.uploads.results import Finding
from simplification import desk
from simplification.admin import counts, files, reading
from simplification.admin.forms import FORMS, AnswerForm
from simplification.models import AnswerTemplate, Document, Submission, Transmission

LATE = 21  # days: the fifteen working days that the acknowledgement promises


class OpenFilter(admin.SimpleListFilter):
    """The queue shows what is left to do, unless a number is looked for."""

    title = "avancement"
    parameter_name = "avancement"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("termines", "terminés"), ("tous", "tous")]

    def choices(self, changelist: Any) -> Any:
        to_do, *others = super().choices(changelist)
        return [{**to_do, "display": "à traiter"}, *others]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "termines":
            return queryset.filter(state__in=Submission.ENDED)
        if self.value() == "tous" or request.GET.get("q"):
            return queryset
        return queryset.exclude(state__in=Submission.ENDED)


class AssigneeFilter(admin.SimpleListFilter):
    title = "suivi"
    parameter_name = "suivi"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("moi", "par moi"), ("personne", "par personne")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "moi":
            return queryset.filter(assignee=request.user)
        if self.value() == "personne":
            return queryset.filter(assignee=None)
        return queryset


class StateFilter(admin.ChoicesFieldListFilter):
    """The states that the team knows: no draft among them."""

    def choices(self, changelist: Any) -> Any:
        return [choice for choice in super().choices(changelist) if choice["display"] != Submission.State.DRAFT.label]


@admin.register(Submission)
class SubmissionAdmin(admin.ModelAdmin):
    change_list_template = "admin/simplification/submission_list.html"
    list_display = ["number", "age", "progress", "administration", "kind", "files", "same_letter", "assignee"]
    list_filter = [
        OpenFilter, ("state", StateFilter), AssigneeFilter, ("administration", admin.RelatedOnlyFieldListFilter),
    ]  # fmt: skip
    list_select_related = ["administration", "assignee"]
    list_per_page = 50
    search_fields = ["number"]
    ordering = ["received_at", "pk"]
    actions = None

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {"title": "Documents signalés, le plus ancien d'abord"})

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Submission | None = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Submission]:
        sent = Submission.objects.sent().order_by(*self.ordering)
        letters = Transmission.objects.filter(submission=OuterRef("pk")).order_by("-at")
        return sent.prefetch_related("documents").annotate(
            senders=Count("group__submissions"), letter_refused_at=Subquery(letters.values("refused_at")[:1])
        )

    @admin.display(description="âge", ordering="-received_at")
    def age(self, submission: Submission) -> str:
        words = f"{submission.age} jour{'s' if submission.age > 1 else ''}"
        if submission.age > LATE and submission.answered_at is None and submission.state not in Submission.ENDED:
            return format_html('<strong class="oups-overdue">{} (en retard)</strong>', words)
        return words

    @admin.display(description="état", ordering="state")
    def progress(self, submission: Any) -> str:
        state = submission.get_state_display()
        if submission.letter_refused_at:
            return format_html('{} <strong class="oups-overdue">(lettre refusée)</strong>', state)
        return state

    @admin.display(description="fichiers")
    def files(self, submission: Submission) -> str:
        counted: dict[str, int] = {}
        for document in submission.documents.all():
            label = str(document.get_state_display())
            counted[label] = counted.get(label, 0) + 1
        return ", ".join(f"{count} {label}" for label, count in counted.items()) or "aucun"

    @admin.display(description="même courrier", ordering="senders")
    def same_letter(self, submission: Any) -> str:
        return f"{submission.senders} personnes" if submission.senders > 1 else "–"

    # --- The page of a document ---------------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        pages, base = "<int:submission_id>/fichiers/<int:document_id>", "simplification_submission"
        return [
            path("statistiques/", wrap(self.statistics), name=f"{base}_statistics"),
            path(f"{pages}/pages/<int:position>.jpg", wrap(files.page_image), name=f"{base}_page"),
            path(f"{pages}/original/", wrap(files.original), name=f"{base}_original"),
            *super().get_urls(),
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Everything of one document, in place of Django's form."""
        if not request.user.has_perms(["simplification.view_submission", "simplification.view_document"]):
            raise PermissionDenied
        submission = by_key_or_404(Submission.objects.sent(), object_id)
        if request.method == "POST":
            return self._apply(request, submission)
        template = by_key(AnswerTemplate.objects.all(), request.GET.get("modele", ""))
        return self._page(request, submission, template=template)

    def _apply(self, request: HttpRequest, submission: Submission) -> HttpResponse:
        if not self.has_change_permission(request):
            raise PermissionDenied
        form_class = FORMS.get(request.POST.get("action", ""))
        if form_class is None:
            raise PermissionDenied
        form = form_class(request.POST, subject=submission)
        if form.is_valid():
            try:
                form.apply(by=person(request))
            except ValidationError as refusal:
                form.add_error(None, refusal)
            else:
                messages.success(request, form.done)
                return redirect("admin:simplification_submission_change", submission.pk)
        messages.error(request, "Rien n'est enregistré : corrigez le formulaire signalé.")
        return self._page(request, submission, refused=form)

    def _page(
        self,
        request: HttpRequest,
        submission: Submission,
        *,
        refused: ActionForm | None = None,
        template: AnswerTemplate | None = None,
    ) -> HttpResponse:
        forms: dict[str, ActionForm] = {action: form(subject=submission) for action, form in FORMS.items()}
        forms[AnswerForm.action] = AnswerForm(subject=submission, template=template)
        if refused is not None:
            forms[refused.action] = refused
        if not desk.TRANSITIONS.get(submission.state):
            del forms["etat"]
        same_letter = Submission.objects.sent().filter(group=submission.group_id or 0).exclude(pk=submission.pk)
        context = {
            **self.admin_site.each_context(request),
            "title": f"Document {submission.number}",
            "opts": self.opts,
            "submission": submission,
            "difficulties": [Submission.Difficulty(value).label for value in submission.difficulties],
            "documents": [self._shown(document, request) for document in submission.documents.all()],
            "events": submission.events.select_related("by"),
            "transmissions": submission.transmissions.all(),
            "rewritings": desk.rewritings_of(submission),
            "same_letter": same_letter,
            "senders": same_letter.count() + 1,
            "forms": forms,
            "templates": AnswerTemplate.objects.all(),
            "template": template,
            "can_change": self.has_change_permission(request),
            "can_download": request.user.has_perm("simplification.download_document"),
        }
        return TemplateResponse(request, "admin/simplification/submission.html", context)

    def _shown(self, document: Document, request: HttpRequest) -> dict[str, Any]:
        """A file with its findings in words and its text; seeing them is written down."""
        text = ""
        if document.may_be_seen:
            desk.log_view(document, by=person(request))
            text = files.text_of(document)
        return {
            "document": document,
            "label": f"Texte du fichier {document.position}",
            "findings": [Finding(value).label for value in document.findings],
            "pages": document.pages.all() if document.may_be_seen else [],
            "reading": reading.read(text) if text else None,
        }

    # --- Statistics ---------------------------------------------------------------------------------------------------

    def statistics(self, request: HttpRequest) -> HttpResponse:
        if not request.user.has_perm("simplification.count_submission"):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": "Statistiques des documents",
            "opts": self.opts,
            "statistics": counts.statistics(),
        }
        return TemplateResponse(request, "admin/simplification/statistics.html", context)
