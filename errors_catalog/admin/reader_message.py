"""What readers tell, in the admin: the queue, the page of one message, the answers to reuse. `services` decides."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import Truncator

from common.action_forms import ActionForm
from common.staff import by_key, by_key_or_404, person
from errors_catalog.models import ReaderMessage, ReplyTemplate
from errors_catalog.services import readers

OTHERS_SHOWN = 20
MONTHS_SHOWN = 6
CHANGE = "admin:errors_catalog_readermessage_change"


class OpenFilter(admin.SimpleListFilter):
    """The queue shows what is left to do, unless words are looked for."""

    title = "suite"
    parameter_name = "suite"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("traites", "traités"), ("tous", "tous")]

    def choices(self, changelist: Any) -> Any:
        to_do, *others = super().choices(changelist)
        return [{**to_do, "display": "à traiter"}, *others]

    def queryset(self, request: HttpRequest, queryset: QuerySet[ReaderMessage]) -> QuerySet[ReaderMessage]:
        if self.value() == "traites":
            return queryset.filter(settled_at__isnull=False)
        if self.value() == "tous" or request.GET.get("q"):
            return queryset
        return queryset.filter(settled_at__isnull=True)


class ReasonFilter(admin.SimpleListFilter):
    title = "raison"
    parameter_name = "raison"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [(str(value), str(label)) for value, label in ReaderMessage.Reason.choices]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[ReaderMessage]:
        reason = self.value()
        return queryset.saying(reason) if reason else queryset


class AwaitedFilter(admin.SimpleListFilter):
    title = "réponse"
    parameter_name = "reponse"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("attendue", "attendue")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[ReaderMessage]) -> QuerySet[ReaderMessage]:
        return queryset.exclude(email="") if self.value() else queryset


class SettleForm(ActionForm):
    action = "traiter"
    button = "Marquer comme traité"
    done = "Le message est traité."
    permission = "errors_catalog.change_readermessage"
    note = forms.CharField(
        label="Note pour l'équipe (facultative)",
        help_text="Ce que vous avez corrigé, ou pourquoi il n'y a rien à corriger.",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 60}),
        error_messages={"max_length": "Cette note dépasse 1 000 caractères : raccourcissez-la."},
    )

    def apply(self, *, by: User) -> None:
        readers.settle(self.subject, note=self.cleaned_data["note"], by=by)


class AnswerForm(ActionForm):
    action = "repondre"
    button = "Envoyer la réponse"
    done = "La réponse part par courriel. Le message est traité."
    permission = "errors_catalog.change_readermessage"
    text = forms.CharField(
        label="Votre réponse",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 10, "cols": 60}),
        error_messages={
            "required": "Écrivez la réponse, ou marquez le message comme traité.",
            "max_length": "Cette réponse dépasse 5 000 caractères : raccourcissez-la.",
        },
    )

    def __init__(self, data: Any = None, *, subject: ReaderMessage, template: ReplyTemplate | None = None) -> None:
        self.template = template
        super().__init__(data, subject=subject)

    def starting_with(self) -> dict[str, Any]:
        return {"text": readers.filled(self.template, self.subject)} if self.template else {}

    def apply(self, *, by: User) -> None:
        readers.answer(self.subject, text=self.cleaned_data["text"], by=by)


FORMS: dict[str, type[ActionForm]] = {form.action: form for form in (SettleForm, AnswerForm)}


@admin.register(ReaderMessage)
class ReaderMessageAdmin(admin.ModelAdmin):
    list_display = ["beginning", "kind", "reasons_given", "error", "age"]
    list_filter = [OpenFilter, "kind", ReasonFilter, AwaitedFilter]
    list_select_related = ["error"]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["text", "query", "error__title"]
    ordering = ["created_at", "pk"]
    actions = ["settle_selected"]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {"title": "Messages des lecteurs, le plus ancien d'abord"})

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: ReaderMessage | None = None) -> bool:
        return False

    @admin.display(description="message")
    def beginning(self, message: ReaderMessage) -> str:
        return Truncator(message.text).chars(120) or "(sans mot)"

    @admin.display(description="raisons")
    def reasons_given(self, message: ReaderMessage) -> str:
        said = [f"recherche : {message.query}"] if message.query else message.reasons_in_words
        return ", ".join(said) or "–"

    @admin.display(description="âge", ordering="-created_at")
    def age(self, message: ReaderMessage) -> str:
        days = (timezone.now() - message.created_at).days
        words = f"{days} jour{'s' if days > 1 else ''}"
        return format_html("{}<br><strong>réponse attendue</strong>", words) if message.email else words

    @admin.action(description="Marquer comme traités (sauf ceux qui attendent une réponse)", permissions=["change"])
    def settle_selected(self, request: HttpRequest, queryset: QuerySet[ReaderMessage]) -> None:
        waiting = queryset.open().exclude(email="").count()  # type: ignore[attr-defined]
        settled = readers.settle_all(queryset, by=person(request))
        if settled:
            messages.success(request, f"{settled} message{'s traités' if settled > 1 else ' traité'}.")
        if waiting:
            messages.warning(
                request,
                f"{waiting} message{'s attendent' if waiting > 1 else ' attend'} une réponse : ouvrez-les un par un.",
            )

    # --- The page of a message ----------------------------------------------------------------------------------------

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """A message with its entry beside, in place of Django's form."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        found = ReaderMessage.objects.select_related("error__administration", "settled_by")
        message = by_key_or_404(found, object_id)
        if request.method == "POST":
            return self._apply(request, message)
        template = by_key(ReplyTemplate.objects.all(), request.GET.get("modele", ""))
        return self._page(request, message, template=template)

    def _apply(self, request: HttpRequest, message: ReaderMessage) -> HttpResponse:
        form_class = FORMS.get(request.POST.get("action", ""))
        if form_class is None or not request.user.has_perm(form_class.permission):
            raise PermissionDenied
        form = form_class(request.POST, subject=message)
        if form.is_valid():
            try:
                form.apply(by=person(request))
            except ValidationError as refusal:
                messages.error(request, f"Rien n'est enregistré. {refusal.message}")
            else:
                messages.success(request, form.done)
            return redirect(CHANGE, message.pk)
        messages.error(request, "Rien n'est enregistré : corrigez le formulaire signalé.")
        return self._page(request, message, refused=form)

    def _page(
        self,
        request: HttpRequest,
        message: ReaderMessage,
        *,
        refused: ActionForm | None = None,
        template: ReplyTemplate | None = None,
    ) -> HttpResponse:
        page_forms: dict[str, ActionForm] = {
            SettleForm.action: SettleForm(subject=message),
            AnswerForm.action: AnswerForm(subject=message, template=template),
        }
        if refused is not None:
            page_forms[refused.action] = refused
        about = ReaderMessage.objects.about(message.error) if message.error else ReaderMessage.objects.none()
        others = about.open().exclude(pk=message.pk)
        context = {
            **self.admin_site.each_context(request),
            "title": f"Message du {timezone.localdate(message.created_at):%d/%m/%Y}",
            "opts": self.opts,
            "message": message,
            "error": message.error,
            "others": others.oldest_first()[:OTHERS_SHOWN],
            "others_count": others.count(),
            "months": about.by_month()[:MONTHS_SHOWN],
            "forms": page_forms,
            "templates": ReplyTemplate.objects.all(),
            "template": template,
            "can_change": self.has_change_permission(request),
        }
        return TemplateResponse(request, "admin/errors_catalog/reader_message.html", context)


@admin.register(ReplyTemplate)
class ReplyTemplateAdmin(admin.ModelAdmin):
    list_display = ["title", "beginning"]
    search_fields = ["title", "text"]

    @admin.display(description="texte")
    def beginning(self, template: ReplyTemplate) -> str:
        return template.text[:100]
