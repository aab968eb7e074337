"""The first page of the staff: what waits for each role, each thing one click from where it is dealt with."""

from datetime import timedelta

import pytest
from django.utils import timezone

from errors_catalog.models import FrequentError, LinkCheck, ReaderMessage, RereadingRequest
from errors_catalog.services import care, editing
from tests.factories import FrequentErrorFactory, LegalReferenceFactory, ReaderMessageFactory, StaffFactory
from tests.oups import waiting

pytestmark = pytest.mark.django_db

HOME = "/gestion/"
OF_EDITORS = {
    "en-cours", "programmees", "depassees", "liens", "references", "peu-utiles", "messages", "recherches", "bientot",
    "notes",
}  # fmt: skip
ROLES = {
    "rédacteur": OF_EDITORS,
    "relecteur": {*OF_EDITORS, "a-relire"},
    "administrateur": {*OF_EDITORS, "a-relire"},
    "équipe simplification": {"documents"},
    "auditeur": set(),
}


@pytest.fixture
def reviewer():
    return StaffFactory(role="relecteur")


@pytest.fixture
def editor():
    return StaffFactory(role="rédacteur")


@pytest.fixture
def lists(client):
    """What waits for somebody: the items of each list that is not empty, by its name."""

    def of(user, path=HOME):
        client.force_login(user)
        return {filled.section.name: filled for filled in client.get(path).context["to_do"]}

    return of


def labels(filled):
    return [item.label for item in filled.items]


def titles(errors):
    return [error.title for error in errors]


# --- Who sees what ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ROLES)
def test_each_role_finds_what_it_may_deal_with_and_nothing_else(lists, role):
    user = StaffFactory(role=role)
    waiting.fill_every_list(user)

    assert set(lists(user)) == ROLES[role]


@pytest.mark.parametrize("role", ROLES)
def test_the_page_costs_few_queries_with_something_in_every_list(client, role, django_assert_max_num_queries):
    user = StaffFactory(role=role)
    waiting.fill_every_list(user)
    client.force_login(user)

    with django_assert_max_num_queries(15):
        client.get(HOME)


@pytest.mark.parametrize("role", ROLES)
def test_every_item_and_every_whole_list_opens(client, lists, role):
    user = StaffFactory(role=role)
    waiting.fill_every_list(user)

    for name, filled in lists(user).items():
        addresses = [filled.section.everything(), *(item.address for item in filled.items)]
        addresses += [address for item in filled.items for _, address in item.places]
        assert {client.get(address).status_code for address in addresses} == {200}, name


@pytest.mark.parametrize("name", ["a-relire", "en-cours", "programmees", "depassees", "bientot", "references", "notes"])
def test_the_whole_list_shows_the_same_entries(client, lists, reviewer, name):
    waiting.fill_every_list(reviewer)
    filled = lists(reviewer)[name]

    page = client.get(filled.section.everything())

    assert titles(page.context["cl"].result_list) == labels(filled)


def test_a_list_shows_the_first_ten_and_counts_the_others(lists, editor):
    waiting.unanswered("b", times=3)
    waiting.unanswered("a", times=5)
    for number in range(12):
        waiting.unanswered(f"recherche {number:02}")

    filled = lists(editor)["recherches"]

    assert (filled.total, labels(filled)[:3], len(filled.items)) == (14, ["a", "b", "recherche 00"], 10)


def test_the_empty_lists_are_named_in_one_line(client, editor):
    waiting.unanswered("ruche")
    client.force_login(editor)

    page = client.get(HOME)

    assert "recherches" not in [filled.section.name for filled in page.context["done"]]
    assert "Rien d'autre à faire&nbsp;: vos textes en cours, publications programmées" in page.content.decode()


@pytest.mark.parametrize(
    ("role", "words"),
    [("rédacteur", "Rien à faire pour vous aujourd'hui"), ("auditeur", "Votre rôle lit sans rien changer")],
)
def test_somebody_with_nothing_to_do_is_told_so(client, role, words):
    client.force_login(StaffFactory(role=role))

    assert words in client.get(HOME).content.decode()


@pytest.mark.parametrize("role", ROLES)
def test_every_heading_of_the_admin_is_below_and_in_french(client, role):
    client.force_login(StaffFactory(role=role))

    page = client.get(HOME)

    names = {app["name"] for app in page.context["app_list"]}
    french = {
        "Catalogue des erreurs", "Documents à simplifier", "Événements de vie", "Authentification et autorisation",
    }  # fmt: skip
    assert {name.capitalize() for name in names} <= {name.capitalize() for name in french}
    assert "Toutes les rubriques" in page.content.decode()


def test_a_superuser_reads_french_headings_only(client):
    client.force_login(StaffFactory(is_superuser=True))

    assert "rocrastinate" not in client.get(HOME).content.decode()


# --- The lists of entries ---------------------------------------------------------------------------------------------


def test_whoever_wrote_does_not_find_it_to_review(lists, reviewer):
    waiting.in_review("La mienne", by=reviewer)
    waiting.in_review("Celle d'une autre", by=StaffFactory())
    helped = waiting.written("Écrite avec moi", by=reviewer)
    editing.write(helped, {**editing.written(helped), "summary": "Encore mieux."}, by=(other := StaffFactory()))
    editing.submit(helped, by=other)

    filled = lists(reviewer)["a-relire"]

    assert labels(filled) == ["Celle d'une autre"]
    assert filled.items[0].address.endswith("/relecture/")


def test_the_history_before_the_last_publication_does_not_hide_a_review(lists, reviewer):
    error = waiting.in_review("Deux fois changée", by=reviewer)
    editing.approve(error, seen=editing.version(error), by=StaffFactory())
    other = StaffFactory()
    editing.write(error, {**editing.written(error), "summary": "Un second changement."}, by=other)
    editing.submit(error, by=other)

    assert labels(lists(reviewer)["a-relire"]) == ["Deux fois changée"]


def test_what_was_sent_back_to_me_comes_before_what_i_am_writing(lists, editor):
    waiting.written("Commencée", by=editor)
    back = waiting.in_review("Renvoyée", by=editor)
    editing.send_back(back, seen=editing.version(back), comment="Dites où.", by=StaffFactory())
    waiting.written("Celle d'une autre", by=StaffFactory())

    filled = lists(editor)["en-cours"]

    assert [(item.label, item.remark) for item in filled.items] == [
        ("Renvoyée", "renvoyée : Dites où."),
        ("Commencée", ""),
    ]


def test_a_draft_of_mine_that_was_never_sent_is_mine_to_finish(lists, editor):
    editing.record_draft(FrequentErrorFactory(title="Mon brouillon"), by=editor)
    editing.record_draft(FrequentErrorFactory(title="Celui d'une autre"), by=StaffFactory())

    assert labels(lists(editor)["en-cours"]) == ["Mon brouillon"]


def test_a_scheduled_publication_says_when(lists, editor):
    error = waiting.in_review("Je sortirai", by=StaffFactory())
    editing.approve(error, seen=editing.version(error), at=timezone.now() + timedelta(days=3), by=StaffFactory())

    filled = lists(editor)["programmees"]

    assert [(item.label, item.age) for item in filled.items] == [("Je sortirai", "en ligne dans 3 jours")]


def test_a_check_is_overdue_then_due_within_thirty_days_then_not_shown(lists, editor):
    waiting.due("Dépassée", days=-1)
    waiting.due("Dépassée depuis longtemps", days=-90)
    waiting.due("Aujourd'hui", days=0)
    waiting.due("Dans un mois", days=30)
    waiting.due("Plus tard", days=31)
    FrequentErrorFactory(title="Un brouillon ancien", checked_on=timezone.localdate() - timedelta(days=900))

    found = lists(editor)

    assert [(item.label, item.age) for item in found["depassees"].items] == [
        ("Dépassée depuis longtemps", "échéance il y a 90 jours"),
        ("Dépassée", "échéance hier"),
    ]
    assert labels(found["bientot"]) == ["Aujourd'hui", "Dans un mois"]


def test_an_entry_to_reread_leaves_the_list_once_checked(lists, editor):
    error = waiting.entry("À relire")
    care.ask_to_reread([error, waiting.entry("Une autre")], cause="Un article : ce que dit le texte")
    care.ask_to_reread([error], cause="La Caf : nom")
    care.record_check(FrequentError.objects.get(title="Une autre"), checked=["law"], by=editor)

    filled = lists(editor)["references"]

    assert [(item.label, item.remark) for item in filled.items] == [
        ("À relire", "La Caf : nom ; Un article : ce que dit le texte")
    ]
    assert filled.total == 1


def test_an_archived_entry_asks_nothing(lists, editor):
    error = waiting.due("Archivée", days=-5)
    care.ask_to_reread([error], cause="Un article")
    FrequentError.objects.filter(pk=error.pk).update(editor_note="À vérifier.")
    editing.archive(error, comment="La taxe est supprimée.", by=editor)

    assert lists(editor) == {}


def test_an_entry_that_readers_find_unhelpful_leads_to_their_messages(client, lists, editor):
    error = waiting.entry("Peu utile")
    ReaderMessageFactory.create_batch(5, error=error)
    ReaderMessageFactory.create_batch(2, error=waiting.entry("Jugée deux fois"))

    filled = lists(editor)["peu-utiles"]

    assert [(item.label, item.remark) for item in filled.items] == [("Peu utile", "5 « non », 0 « oui »")]
    assert client.get(filled.items[0].address).context["cl"].result_count == 5


# --- The other lists --------------------------------------------------------------------------------------------------


def test_a_link_is_shown_with_the_pages_that_give_it(lists, editor):
    text = waiting.entry("Dans le texte", correction=f"1. Ouvrez [la page]({waiting.BROKEN}).")
    source = waiting.entry("Dans les sources")
    source.sources.update(url=waiting.BROKEN)
    law = LegalReferenceFactory(url=waiting.BROKEN, article="L42")
    waiting.broken()

    filled = lists(editor)["liens"]

    base = "/gestion/errors_catalog"
    assert filled.items[0].remark == "n'existe plus (HTTP 404)"
    assert filled.items[0].places == [
        ("Dans le texte", f"{base}/frequenterror/{text.pk}/change/"),
        ("Dans les sources", f"{base}/frequenterror/{source.pk}/change/"),
        ("L42", f"{base}/legalreference/{law.pk}/change/"),
    ]


def test_a_link_that_no_public_page_gives_is_nobodys_work(lists, editor):
    FrequentErrorFactory(title="Un brouillon", correction=f"1. Ouvrez [la page]({waiting.BROKEN}).")
    waiting.broken()
    waiting.broken("https://www.service-public.gouv.fr/nulle-part")
    waiting.entry("Une autre")
    waiting.broken("https://www.service-public.gouv.fr/fiche", LinkCheck.Outcome.WORKS)

    assert "liens" not in lists(editor)


def test_the_page_of_a_link_and_its_list_say_where_to_mend(client, editor):
    waiting.entry("Dans le texte", correction=f"1. Ouvrez [la page]({waiting.BROKEN}).")
    used, unused = waiting.broken(), waiting.broken("https://www.service-public.gouv.fr/nulle-part")
    client.force_login(editor)

    base = "/gestion/errors_catalog/linkcheck/"
    listed = client.get(f"{base}?etat=a-reparer").context["cl"].result_list
    pages = [client.get(f"{base}{link.pk}/change/").content.decode() for link in (used, unused)]

    assert list(listed) == [used]
    assert "Dans le texte</a>" in pages[0]
    assert "plus aucune page publique" in pages[1]


def test_messages_come_the_oldest_first_without_those_that_are_settled(lists, editor):
    now = timezone.now()
    error = waiting.entry("Une page")
    ReaderMessageFactory(error=error, text="Le second.", created_at=now - timedelta(days=1))
    ReaderMessageFactory(error=error, text="", created_at=now - timedelta(days=2))
    ReaderMessageFactory(error=error, helpful=True)

    filled = lists(editor)["messages"]

    assert [(item.label, item.remark, item.age) for item in filled.items] == [
        (ReaderMessage.Kind.UNHELPFUL.label, "Une page", "reçu il y a 2 jours"),
        ("Le second.", "Une page", "reçu hier"),
    ]


def test_a_search_is_prefilled_where_it_is_dealt_with(client, lists, editor):
    waiting.unanswered("ruche sans déclaration", times=7)

    item = lists(editor)["recherches"].items[0]

    assert (item.remark, "ruche sans déclaration" in client.get(item.address).content.decode()) == ("7 fois", True)


def test_documents_come_the_oldest_first_without_those_that_are_ended(lists):
    waiting.submission("OUPS-2")
    waiting.submission("OUPS-1", received_at=timezone.now() - timedelta(days=9))
    waiting.submission("OUPS-3", state="closed", closing_reason="Doublon.")

    filled = lists(StaffFactory(role="équipe simplification"))["documents"]

    assert [(item.label, item.age) for item in filled.items] == [
        ("OUPS-1", "reçu il y a 9 jours"),
        ("OUPS-2", "reçu aujourd'hui"),
    ]


@pytest.mark.parametrize("query", ["travail=inconnu", "travail=", "travail=%00"])
def test_an_unknown_list_is_no_failure(client, editor, query):
    client.force_login(editor)

    assert client.get(f"/gestion/errors_catalog/frequenterror/?{query}").status_code in (200, 302, 400)


def test_a_request_to_reread_is_made_once():
    errors = [waiting.entry("Une"), waiting.entry("Deux")]

    assert care.ask_to_reread(errors[:1], cause="Un article") == 1
    assert care.ask_to_reread(errors, cause="Un article") == 1
    assert RereadingRequest.objects.count() == 2
