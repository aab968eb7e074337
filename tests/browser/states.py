"""Every screen of hard documents in every state, as the server sends it: for those who send, and for the team."""

from collections.abc import Callable
from datetime import timedelta
from unittest import mock

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from common import rate_limit
from simplification import desk, services
from simplification.models import AnswerTemplate, Document, Event, Rewriting, Submission
from tests.factories import AdministrationFactory, StaffFactory
from tests.simplification.sender import TRACKING, described, drafted, opened, sent, step, upload
from tests.simplification.situations import QUEUE, REWRITINGS, checked, controlled, member, page_of, received, rewriting
from tests.uploads import documents

States = dict[str, Callable[[], HttpResponse]]
State = Submission.State
LONG = "tres" * 100
FILES = ((documents.pdf(), f"lettre {LONG}.pdf"), (documents.phone_photo(), "photo.jpg"))


def sending(client: Client) -> States:
    """The form, from its first screen to the receipt, and all that it may answer instead."""

    def refused_network() -> HttpResponse:
        with mock.patch.object(rate_limit, "allows", return_value=False):
            return client.post(opened(), {"text": "Un texte"})

    def key_no_longer_shown() -> HttpResponse:
        token = sent(client)[0].token
        Submission.objects.filter(token=token).update(received_at=timezone.now() - timedelta(hours=2))
        return client.get(step(token, "recu"))

    bad = {"files": upload((documents.pdf(), "lettre.pdf"), (b"", "vide.pdf")), "page_url": "!", "text": "é" * 20_001}
    full = {"email": "camille@exemple.fr", "comment": LONG, "agrees_to_test": "on", "life_event": ""}
    return {
        "first screen": lambda: client.get(opened()),
        "first screen, nothing given": lambda: client.post(opened(), {}),
        "first screen, refused": lambda: client.post(opened(), bad),
        "first screen, too soon": lambda: client.post(opened(0), {"text": "Un texte"}),
        "first screen, trapped": lambda: client.post(opened(), {"text": "Un texte", "website": "x"}),
        "first screen, files kept": lambda: client.get(step(drafted(client, *FILES), "document")),
        "second screen": lambda: client.get(step(drafted(client), "difficulte")),
        "second screen, nothing ticked": lambda: client.post(step(drafted(client), "difficulte"), {}),
        "second screen, refused": lambda: client.post(
            step(drafted(client), "difficulte"), {"email": "x", "kind": "x", "administration": "x", "comment": LONG * 9}
        ),
        "last look": lambda: client.get(step(described(client), "verifier")),
        "last look, all given": lambda: client.get(step(described(client, *FILES, **full), "verifier")),
        "receipt": lambda: client.get(step(sent(client)[0].token, "recu")),
        "receipt, with an address": lambda: client.get(step(sent(client, **full)[0].token, "recu")),
        "receipt, later": key_no_longer_shown,
        "unknown form": lambda: client.get(step("inconnu", "document")),
        "too many sendings": refused_network,
        "too heavy a sending": lambda: client.post(opened(), content_type="text/plain", data=b"a" * 28_000_000),
    }


def following(client: Client) -> States:
    """The tracking page of a document in each state."""

    def tracked(state: str = State.RECEIVED, *, deleted: bool = False, path: str = TRACKING, **values) -> HttpResponse:
        submission, key = sent(client, (documents.pdf(), "lettre.pdf"), email="a@exemple.fr")
        Submission.objects.filter(pk=submission.pk).update(state=state, **values)
        Event.objects.create(submission=submission, text=f"Une ligne de l'équipe {LONG}"[:300], by=member())
        if deleted:
            services.delete_documents(submission)
        return client.post(path, {"number": submission.number, "key": key})

    answer = "Vous devez **payer** 312,50 €.\n\n- avant le 3 mars\n- [en ligne](https://exemple.fr)\n\n> Une citation"
    answered = {"answer": answer, "answered_at": timezone.now()}
    return {
        "tracking": lambda: client.get(TRACKING),
        "tracking, empty": lambda: client.post(TRACKING, {}),
        "tracking, wrong pair": lambda: client.post(TRACKING, {"number": "OUPS-2026-AAAAAAAA", "key": "x"}),
        "received": tracked,
        "checked": lambda: tracked(State.CHECKED),
        "answered": lambda: tracked(State.REWRITING, **answered),
        "forwarded": lambda: tracked(State.FORWARDED),
        "tested": lambda: tracked(State.TESTED),
        "published": lambda: tracked(State.PUBLISHED, **answered),
        "closed": lambda: tracked(State.CLOSED, closing_reason="Ce document n'est plus envoyé."),
        "question before deletion": lambda: tracked(path=f"{TRACKING}effacer/"),
        "deleted": lambda: tracked(deleted=True),
        "closed, then deleted": lambda: tracked(State.CLOSED, closing_reason="x", deleted=True, **answered),
    }


def telling(client: Client) -> States:
    """The pages for everyone, empty then filled."""

    def filled() -> HttpResponse:
        administration, agent, now = AdministrationFactory(short_name="Caf"), member(), timezone.now()
        Submission.objects.bulk_create(
            Submission(
                token=f"token-{number}", number=f"OUPS-{number}", key_digest="x", state=State.REWRITING, kind="letter",
                difficulties=["words", "deadline"], administration=administration, purge_on=now.date(),
                received_at=now - timedelta(days=9), answered_at=now,
            )
            for number in range(12)
        )  # fmt: skip
        text = rewriting(administration=administration, before=LONG, changes="- Un **mot**\n- [lien](https://a.fr)")
        desk.save_rewriting(text, by=agent)
        Rewriting.objects.update(status="published", approved_by=member(), published_at=now)
        return client.get("/simplifier/resultats/")

    return {
        "introduction": lambda: client.get("/simplifier/"),
        "results, empty": lambda: client.get("/simplifier/resultats/"),
        "gallery, empty": lambda: client.get("/simplifier/avant-apres/"),
        "results": filled,
        "gallery": lambda: client.get("/simplifier/avant-apres/"),
        "rewriting": lambda: client.get(Rewriting.objects.get().get_absolute_url()),
    }


def queue(client: Client) -> States:
    """The team's lists, empty then filled."""
    lists = {
        "queue": QUEUE,
        "queue, all": f"{QUEUE}?avancement=tous&suivi=personne&q=OUPS",
        "statistics": f"{QUEUE}statistiques/",
        "rewritings": REWRITINGS,
        "register": "/gestion/simplification/documentaccess/",
        "templates": "/gestion/simplification/answertemplate/",
    }

    def filled(path: str) -> HttpResponse:
        if not AnswerTemplate.objects.exists():
            AnswerTemplate.objects.create(name="Version simple", text="Voici votre document {numero}.")
            late = controlled(administration=AdministrationFactory(), difficulties=["words"], kind="letter")
            Submission.objects.filter(pk=late.pk).update(received_at=timezone.now() - timedelta(days=40))
            desk.forward(late, to="service@exemple.fr", by=member())
            desk.end_transmission(late.transmissions.get(), is_taken=False)
            desk.log_view(late.documents.get(), by=member())
            desk.save_rewriting(rewriting(late), by=member())
            received("Un texte qui attend")
        return client.get(path)

    template = "/gestion/simplification/answertemplate/"
    return {
        **{f"{name}, empty": lambda path=path: client.get(path) for name, path in lists.items()},
        **{name: lambda path=path: filled(path) for name, path in lists.items()},
        "new template": lambda: client.get(f"{template}add/"),
        "new template, refused": lambda: client.post(f"{template}add/", {}),
        "template": lambda: client.get(f"{template}{AnswerTemplate.objects.get().pk}/change/"),
    }


def desk_pages(client: Client, agent) -> States:
    """The page of a document and that of a rewriting. Needs the fixture `without_antivirus`."""

    def page(submission: Submission, query: str = "") -> HttpResponse:
        return client.get(page_of(submission) + query)

    def marked(**values: object) -> HttpResponse:
        submission = received(files=((documents.pdf(), "lettre.pdf"),), comment=LONG, page_url=f"https://a.fr/{LONG}")
        submission.documents.update(**values)
        return page(submission)

    def told() -> HttpResponse:
        submission = checked(email="a@exemple.fr", difficulties=["words"], agrees_to_test=True)
        AnswerTemplate.objects.get_or_create(name="Version simple", text="Voici {numero}.")
        desk.assign(submission, to=agent, by=agent)
        made = rewriting(submission)
        desk.save_rewriting(made, by=agent)
        desk.propose(made, seen=desk.version(made), by=agent)
        for address in ("a@exemple.fr", "b@exemple.fr", "c@exemple.fr"):
            desk.forward(submission, to=address, by=agent)
        first, second, _ = submission.transmissions.all()
        desk.end_transmission(first, is_taken=True)
        desk.end_transmission(second, is_taken=False)
        desk.answer(submission, text="Payez **312 €**.", by=agent)
        return page(submission, f"?modele={AnswerTemplate.objects.get().pk}")

    def deleted() -> HttpResponse:
        submission = checked()
        services.delete_documents(submission)
        return page(submission)

    def closed() -> HttpResponse:
        submission = checked()
        desk.change_state(submission, State.CLOSED, reason="Doublon", by=agent)
        return page(submission)

    def text(status: str, *, by: object = None) -> HttpResponse:
        made = rewriting(checked())
        desk.save_rewriting(made, by=by or member())
        end = {"approved_by": StaffFactory(), "published_at": timezone.now()} if status == "published" else {}
        Rewriting.objects.filter(pk=made.pk).update(status=status, **end)
        return client.get(f"{REWRITINGS}{made.pk}/change/")

    return {
        "waiting": marked,
        "blocked": lambda: marked(state=Document.State.BLOCKED, verdict="Local.Test.Eicar"),
        "unreadable": lambda: marked(state=Document.State.UNREADABLE, findings=["macro", "script"]),
        "read": lambda: page(checked(files=FILES)),
        "told": told,
        "deleted": deleted,
        "closed": closed,
        "state refused": lambda: client.post(page_of(checked()), {"action": "etat", "state": "closed"}),
        "answer refused": lambda: client.post(page_of(checked()), {"action": "repondre", "text": ""}),
        "letter refused": lambda: client.post(page_of(checked()), {"action": "transmettre", "to": "x"}),
        "new rewriting": lambda: client.get(f"{REWRITINGS}add/?document={checked().pk}"),
        "new rewriting, refused": lambda: client.post(f"{REWRITINGS}add/", {"title": LONG}),
        "rewriting, draft": lambda: text("draft", by=agent),
        "rewriting, proposed": lambda: text("proposed"),
        "rewriting, published": lambda: text("published"),
    }
