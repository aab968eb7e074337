"""Importing and exporting entries in the admin: who may, what is shown, what is refused, what is written."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects
from tablib import Dataset

from errors_catalog.admin import exchange
from errors_catalog.exchange import tables
from errors_catalog.exchange.entries import EntryResource
from errors_catalog.models import FormerAddress, FrequentError, Proposal
from errors_catalog.services import editing
from tests.factories import FrequentErrorFactory, StaffFactory

pytestmark = pytest.mark.django_db

LIST_URL = "/gestion/errors_catalog/frequenterror/"
IMPORT_URL, CONFIRM_URL, EXPORT_URL = f"{LIST_URL}import/", f"{LIST_URL}process_import/", f"{LIST_URL}export/"
Status = FrequentError.Status


@pytest.fixture
def editor(client):
    user = StaffFactory(role="rédacteur")
    client.force_login(user)
    return user


def exported(*errors: FrequentError) -> list[dict[str, str]]:
    """The lines of these entries, as an editor opens them."""
    return EntryResource().export(FrequentError.objects.filter(pk__in=[error.pk for error in errors])).dict


def sent(client, lines: list[dict[str, str]], kind: type[tables.Table] = tables.Csv):
    """The page that answers an editor who sends these lines."""
    dataset = Dataset()
    dataset.dict = lines
    name = f"erreurs.{kind.extension}"
    return client.post(IMPORT_URL, {"table": SimpleUploadedFile(name, kind().export_data(dataset))})


def problems(response) -> list[str]:
    return [str(problem) for problem in response.context["reading"].problems]


def confirmed(client, response):
    return client.post(CONFIRM_URL, {"carried": response.context["carried"]}, follow=True)


def test_the_list_leads_to_both(client, editor):
    response = client.get(LIST_URL)

    assertContains(response, f'href="{EXPORT_URL}?"')
    assertContains(response, f"href='{IMPORT_URL}'")


@pytest.mark.parametrize("kind", range(len(tables.TABLES)))
def test_an_export_is_a_file(client, editor, kind):
    error = FrequentErrorFactory()

    response = client.post(EXPORT_URL, {"format": kind, "resource": "0"})

    table = tables.TABLES[kind]()
    assert response["Content-Disposition"] == f'attachment; filename="erreurs.{table.extension}"'
    assert table.create_dataset(response.content).dict[0]["adresse"] == error.slug


def test_an_export_holds_what_the_list_shows(client, editor):
    FrequentErrorFactory()
    draft = FrequentErrorFactory(published=True)

    response = client.post(f"{EXPORT_URL}?status__exact=published", {"format": "1", "resource": "0"})

    assert tables.Csv().create_dataset(response.content)["adresse"] == [draft.slug]


def test_an_export_without_a_kind_of_file_asks_for_it(client, editor):
    assertContains(client.post(EXPORT_URL, {"resource": "0"}), "Choisissez un type de fichier.")


def test_an_export_of_a_filter_that_means_nothing_goes_back_to_the_list(client, editor):
    response = client.get(f"{EXPORT_URL}?volatile__exact=peut-etre")

    assertRedirects(response, LIST_URL)


def test_an_auditor_exports_and_imports_nothing(client):
    client.force_login(StaffFactory(role="auditeur"))

    assert client.get(EXPORT_URL).status_code == 200
    assert [client.get(IMPORT_URL).status_code, client.post(CONFIRM_URL).status_code] == [403, 403]


@pytest.mark.parametrize("url", [EXPORT_URL, IMPORT_URL])
def test_staff_without_a_role_does_neither(client, url):
    client.force_login(StaffFactory())

    assert client.get(url).status_code == 403


@pytest.mark.parametrize("kind", tables.TABLES)
def test_a_published_entry_gets_a_proposal(client, editor, kind):
    error = FrequentErrorFactory(published=True, complete=True, summary="Corrigez vite.")
    (line,) = exported(error)

    preview = sent(client, [line | {"en bref": "Corrigez dès demain."}], kind)
    assertContains(preview, "[ajouté&nbsp;:] </span>dès demain")
    assert not Proposal.objects.exists()
    response = confirmed(client, preview)

    assertContains(response, "L&#x27;import est enregistré")
    assert editing.written(error)["summary"] == "Corrigez dès demain."
    assert FrequentError.objects.get(pk=error.pk).summary == "Corrigez vite."
    assert Proposal.objects.get().author == editor


def test_a_draft_is_changed(client, editor):
    error = FrequentErrorFactory(complete=True)
    (line,) = exported(error)
    events = "\n".join(reversed([line["événements de vie"], FrequentErrorFactory().life_events.get().slug]))

    confirmed(client, sent(client, [line | {"événements de vie": events, "délais": "", "vérifiée le": ""}]))

    error.refresh_from_db()
    assert [event.slug for event in error.life_events.order_by("error_links__position")] == events.split("\n")
    assert (error.deadlines.count(), error.checked_on) == (0, None)
    assert error.events.first().by == editor


def test_an_unknown_address_is_a_new_draft(client, editor):
    (line,) = exported(FrequentErrorFactory(complete=True))
    line |= {"adresse": "toute-nouvelle", "titre": "J'ai fait une nouvelle erreur", "version": ""}

    response = sent(client, [line])
    assertContains(response, "nouveau brouillon")
    confirmed(client, response)

    error = FrequentError.objects.get(slug="toute-nouvelle")
    assert (error.status, error.sources.count(), error.events.first().by) == (Status.DRAFT, 2, editor)


def test_a_new_entry_needs_the_right_to_add(client):
    user = StaffFactory(role="rédacteur")
    user.groups.get().permissions.remove(user.groups.get().permissions.get(codename="add_frequenterror"))
    client.force_login(user)
    (line,) = exported(FrequentErrorFactory())

    response = sent(client, [line | {"adresse": "nouvelle", "titre": "Nouvelle", "version": ""}])

    assert problems(response) == ["ligne 2 : cette erreur n'existe pas, et vous n'avez pas le droit d'en créer."]


def test_a_table_that_changes_nothing_says_so(client, editor):
    response = sent(client, exported(FrequentErrorFactory(complete=True)))

    assertContains(response, "Ce tableau ne change rien")
    assertNotContains(response, "Enregistrer ces changements")


def test_a_line_left_as_exported_does_not_undo_what_others_wrote(client, editor):
    error = FrequentErrorFactory()
    lines = exported(error)
    FrequentError.objects.filter(pk=error.pk).update(summary="Écrit entre-temps.")

    assert sent(client, lines).context["reading"].unchanged == 1


def test_a_line_changed_on_both_sides_is_refused(client, editor):
    error = FrequentErrorFactory()
    (line,) = exported(error)
    FrequentError.objects.filter(pk=error.pk).update(summary="Écrit entre-temps.")

    response = sent(client, [line | {"titre": "Autre titre"}])

    assert problems(response) == [
        "ligne 2 : cette erreur a changé depuis l'export. Exportez-la de nouveau, puis refaites le changement."
    ]


@pytest.mark.parametrize(
    ("status", "message"), [(Status.IN_REVIEW, "est en relecture"), (Status.ARCHIVED, "est archivée")]
)
def test_what_cannot_be_written_now_is_refused_with_its_line(client, editor, status, message):
    free, held = FrequentErrorFactory(slug="a"), FrequentErrorFactory(slug="b", status=status)
    lines = exported(free, held)

    response = sent(client, [line | {"en bref": "Changé."} for line in lines])

    assert [problem.split(",")[0] for problem in problems(response)] == [f"ligne 3 : cette erreur {message}. " + (
        "Reprenez-la d'abord" if status == Status.IN_REVIEW else "Rouvrez-la d'abord"
    )]  # fmt: skip
    assert sent(client, lines).context["reading"].unchanged == 2


def test_a_published_entry_in_review_is_refused(client, editor):
    error = FrequentErrorFactory(published=True, complete=True)
    editing.write(error, editing.written(error) | {"summary": "Proposé."}, by=editor)
    editing.submit(error, by=editor)

    response = sent(client, [exported(error)[0] | {"en bref": "Changé."}])

    assert problems(response) == ["ligne 2 : cette erreur est en relecture. Reprenez-la d'abord, ou retirez la ligne."]


WRONG = [
    ({"titre": ""}, "ligne 3, « titre » : cette case est vide : remplissez-la."),
    ({"titre": "x" * 91}, "ligne 3, « titre » : Assurez-vous que cette valeur comporte au plus 90 caractères"),
    ({"titre": "Le premier titre"}, "ligne 3 : Une autre erreur porte ce titre."),
    ({"public": "tous"}, "ligne 3, « public » : « tous » n'est pas dans la liste."),
    ({"administration": "caff"}, "ligne 3, « administration » : « caff » n'existe pas."),
    ({"administration": ""}, "ligne 3, « administration » : cette case est vide"),
    ({"délais": "Un avis | hier | Payer"}, "ligne 3, « délais » : « hier » n'est pas une durée."),
    ({"délais": "Un avis | 2 mois | Payer | code-x"}, "ligne 3, « délais » : « code-x » n'existe pas."),
    ({"délais": "Un avis | 0 jours | Payer"}, "ligne 3, « délais » : Un délai dure au moins"),
    ({"délais": "Un avis | 99999 jours | Payer"}, "ligne 3, « délais » : durée : "),
    ({"sources officielles": "La fiche | ftp://x.fr | 2026-11-01"}, "ligne 3, « sources officielles » : "),
    ({"sources officielles": "La fiche | http://x.fr | 2026-11-01"}, "ligne 3, « sources officielles » : Une source"),
    ({"erreurs voisines": "b"}, "ligne 3, « erreurs voisines » : une erreur n'est pas sa propre voisine"),
    ({"événements de vie": "x\nx"}, "ligne 3, « événements de vie » : « x » n'existe pas."),
    ({"mots de l'usager": "x" * 81}, "ligne 3, « mots de l'usager » : "),
    ({"que faire maintenant": "x" * 5_001}, "ligne 3, « que faire maintenant » : ce texte est trop long"),
    ({"adresse": ""}, "ligne 3, « adresse » : cette case est vide."),
    ({"adresse": "a"}, "ligne 2, « adresse » : « a » est sur plusieurs lignes : gardez-en une."),
    ({"adresse": "Pas une adresse", "version": ""}, "ligne 3, « adresse » : "),
    ({"adresse": "renommee", "version": ""}, "ligne 3, « adresse » : cette adresse mène déjà à une autre erreur."),
    ({"adresse": "disparue"}, "ligne 3 : l'erreur « disparue » n'existe pas ou plus."),
]


@pytest.mark.parametrize(("wrong", "message"), WRONG)
def test_a_wrong_line_is_named_and_nothing_is_written(client, editor, wrong, message):
    first, second = FrequentErrorFactory(slug="a", title="Le premier titre"), FrequentErrorFactory(slug="b")
    FormerAddress.objects.create(slug="renommee", error=first)
    right, line = exported(first, second)

    response = sent(client, [right | {"en bref": "Changé."}, line | wrong])

    assert problems(response)[0].startswith(message)
    assertNotContains(response, "Enregistrer ces changements")
    assert not FrequentError.objects.filter(summary="Changé.").exists()


def test_two_lines_with_one_title_are_refused(client, editor):
    lines = exported(FrequentErrorFactory(), FrequentErrorFactory())

    response = sent(client, [line | {"titre": "Le même"} for line in lines])

    assert [str(problem) for problem in problems(response)] == [
        f"ligne {number}, « titre » : une autre ligne porte ce titre." for number in (2, 3)
    ]


def test_yaml_speaks_of_entries(client, editor):
    response = sent(client, [exported(FrequentErrorFactory())[0] | {"public": "tous"}], tables.Yaml)

    assert problems(response)[0].startswith("entrée 1, « public » : ")


def test_columns_missing_unknown_or_twice_are_named(client, editor):
    (line,) = exported(FrequentErrorFactory())
    del line["délais"]
    line["Délai"] = ""

    assert problems(sent(client, [line])) == [
        "Il manque des colonnes : « délais ». Partez d'un export, sans en retirer.",
        "Des colonnes sont inconnues : « délai ». Retirez-les.",
    ]


def test_columns_are_known_whatever_their_case_and_apostrophes(client, editor):
    (line,) = exported(FrequentErrorFactory())

    response = sent(client, [{name.upper().replace("'", "’"): text for name, text in line.items()}])

    assert (problems(response), response.context["reading"].unchanged) == ([], 1)


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("erreurs.csv", b"", "Ce fichier est vide."),
        ("erreurs.csv", "adresse;été".encode("cp1252"), "« CSV UTF-8 »"),
        ("erreurs.xlsx", b"PK\x03\x04", "classeur XLSX lisible"),
        ("erreurs.png", b"x", "Ce type de fichier n&#x27;est pas accepté."),
        ("erreurs.csv", b"adresse\n" + b"x\n" * 1_000_000, "plus de 20000 lignes, vides comprises"),
    ],
)
def test_a_file_that_is_not_a_table_says_what_to_do(client, editor, name, data, message):
    response = client.post(IMPORT_URL, {"table": SimpleUploadedFile(name, data)})

    assertContains(response, message)


def test_sending_nothing_asks_for_a_table(client, editor):
    assertContains(client.post(IMPORT_URL), "Choisissez le tableau que vous avez exporté")


def test_one_entry_that_can_no_longer_be_written_stops_them_all(client, editor):
    first, second = FrequentErrorFactory(slug="a"), FrequentErrorFactory(slug="b")
    preview = sent(client, [line | {"en bref": "Changé."} for line in exported(first, second)])
    FrequentError.objects.filter(pk=second.pk).update(title="Écrit entre-temps")

    response = confirmed(client, preview)

    assertContains(response, "« b » a changé depuis l&#x27;aperçu")
    assert not FrequentError.objects.filter(summary="Changé.").exists()


@pytest.mark.parametrize("carried", ["", "x", "a:b:c"])
def test_a_confirmation_that_we_did_not_write_is_refused(client, editor, carried):
    response = client.post(CONFIRM_URL, {"carried": carried}, follow=True)

    assertContains(response, "Envoyez de nouveau le fichier.")


def test_a_preview_expires(client, editor, monkeypatch):
    preview = sent(client, [exported(FrequentErrorFactory())[0] | {"en bref": "Changé."}])
    monkeypatch.setattr(exchange, "PREVIEW_LIFETIME", -1)

    assertContains(confirmed(client, preview), "Cet aperçu a expiré")


def test_a_preview_is_confirmed_by_who_asked_for_it(client, editor):
    preview = sent(client, [exported(FrequentErrorFactory())[0] | {"en bref": "Changé."}])
    client.force_login(StaffFactory(role="rédacteur"))

    assertContains(confirmed(client, preview), "Cet aperçu a expiré")


def test_a_preview_too_big_for_its_form_asks_for_smaller_files(client, editor, monkeypatch):
    monkeypatch.setattr(exchange, "MAX_CARRIED", 10)

    response = sent(client, [exported(FrequentErrorFactory())[0] | {"en bref": "Changé."}])

    assertContains(response, "Faites-en plusieurs fichiers.")


@pytest.mark.parametrize("count", [1, 20])
def test_lines_that_change_nothing_cost_no_query(client, editor, count, django_assert_max_num_queries):
    lines = exported(*FrequentErrorFactory.create_batch(count, complete=True))

    with django_assert_max_num_queries(16):
        sent(client, lines)


def test_an_empty_database_overwrites_no_file(tmp_path):
    with pytest.raises(CommandError, match="aucune erreur"):
        call_command("export_fixtures", str(tmp_path), stdout=io.StringIO())
