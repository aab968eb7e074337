"""The catalogue of the repository, out and in: as tables for editors, as files for git."""

import io
import shutil
from datetime import date

import openpyxl
import pytest
import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from pytest_django.asserts import assertContains

from errors_catalog import catalogue_export
from errors_catalog.exchange import cells, reading, tables
from errors_catalog.exchange.entries import EntryResource
from errors_catalog.models import EntryEvent, FrequentError, Proposal
from errors_catalog.services import editing
from tests.conftest import FIXTURES
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db

LIST_URL = "/gestion/errors_catalog/frequenterror/"
Status = FrequentError.Status
TODAY = date(2026, 11, 22)


@pytest.fixture
def files(tmp_path):
    """A copy of the repository's files."""
    shutil.copytree(FIXTURES, tmp_path, dirs_exist_ok=True)
    return tmp_path


@pytest.mark.parametrize("kind", tables.TABLES)
@pytest.mark.parametrize("versions", [True, False])
def test_the_whole_catalogue_comes_back_unchanged(catalogue, kind, versions):
    dataset = EntryResource().export(FrequentError.objects.all())
    if not versions:
        del dataset[cells.VERSION]
    table = kind()

    found = reading.read(table, table.create_dataset(table.export_data(dataset)), can_add=True)

    assert (found.problems, found.changes, found.unchanged) == ([], [], FrequentError.objects.count())


def test_ten_lines_changed_in_a_spreadsheet_are_ten_changes(catalogue, client):
    client.force_login(StaffFactory(role="rédacteur"))
    FrequentError.objects.filter(slug__startswith="c").update(status=Status.DRAFT)
    data = client.post(f"{LIST_URL}export/", {"format": "0", "resource": "0"}).content
    book = openpyxl.load_workbook(io.BytesIO(data))
    summary = 1 + cells.HEADERS.index("en bref")
    changed = {}
    for row in range(5, 105, 10):
        changed[book.active.cell(row, 1).value] = book.active.cell(row, summary).value = f"Résumé de la ligne {row}."
    stream = io.BytesIO()
    book.save(stream)

    preview = client.post(f"{LIST_URL}import/", {"table": SimpleUploadedFile("erreurs.xlsx", stream.getvalue())})
    assert len(preview.context["reading"].changes) == 10
    assertContains(preview, "[ajouté&nbsp;:]")
    assert not Proposal.objects.exists()

    client.post(f"{LIST_URL}process_import/", {"carried": preview.context["carried"]})

    errors = {error.slug: error for error in FrequentError.objects.filter(slug__in=changed)}
    assert {slug: editing.written(error)["summary"] for slug, error in errors.items()} == changed
    drafts = [error for error in errors.values() if error.status == Status.DRAFT]
    assert EntryEvent.objects.filter(action__in=EntryEvent.WRITING).count() == 10
    assert Proposal.objects.count() == 10 - len(drafts)
    assert 0 < len(drafts) < 10


def test_the_files_of_the_repository_are_what_the_database_exports(catalogue):
    assert catalogue_export.differing(FIXTURES) == []


def test_an_export_of_files_costs_a_fixed_number_of_queries(catalogue, django_assert_num_queries):
    # four tables and the channels, errors, their rows of three kinds, and three relations
    with django_assert_num_queries(12):
        catalogue_export.texts()


def test_what_an_editor_wrote_in_a_browser_is_exported_as_the_files_write_it(catalogue):
    slug = "vie-de-couple-non-signalee-caf"
    FrequentError.objects.filter(slug=slug).update(
        status=Status.ARCHIVED,
        correction="1. Un.\r\n2. Deux : « trois ».",
        editor_note="Un.\r\nDeux.",
        expires_on=TODAY,
    )

    text = catalogue_export.texts()[f"errors/{slug}.yaml"]

    fields = yaml.safe_load(text)[0]["fields"]
    assert [fields[name] for name in ("status", "correction", "editor_note", "expires_on")] == [
        "archived", "1. Un.\n2. Deux : « trois ».\n", "Un.\nDeux.\n", TODAY,
    ]  # fmt: skip
    assert "correction: |\n      1. Un.\n" in text


def test_the_check_names_the_files_that_differ(catalogue, files):
    FrequentError.objects.filter(slug="vie-de-couple-non-signalee-caf").update(title="Autre")
    (files / "errors" / "disparue.yaml").write_text("")
    (files / "synonyms.yaml").unlink()

    with pytest.raises(CommandError) as refusal:
        call_command("export_fixtures", str(files), "--check")

    assert str(refusal.value).split("\n")[1:] == [
        "errors/disparue.yaml",
        "errors/vie-de-couple-non-signalee-caf.yaml",
        "synonyms.yaml",
    ]


def test_the_check_agrees_with_what_was_exported(catalogue, files):
    FrequentError.objects.filter(slug="vie-de-couple-non-signalee-caf").update(title="Autre")

    call_command("export_fixtures", str(files), stdout=io.StringIO())
    call_command("export_fixtures", str(files), "--check", stdout=io.StringIO())


def test_the_file_of_an_entry_that_is_no_more_is_removed(catalogue, files):
    (files / "errors" / "disparue.yaml").write_text("")

    call_command("export_fixtures", str(files), stdout=io.StringIO())

    assert not (files / "errors" / "disparue.yaml").exists()


def test_an_entry_in_review_is_exported_as_a_draft_and_its_proposal_is_not(catalogue):
    published = FrequentError.objects.public().first()
    editing.write(published, editing.written(published) | {"title": "Proposé"}, by=StaffFactory())
    FrequentError.objects.filter(slug="vie-de-couple-non-signalee-caf").update(status=Status.IN_REVIEW)

    texts = catalogue_export.texts()

    assert "Proposé" not in texts[f"errors/{published.slug}.yaml"]
    assert "status: draft" in texts["errors/vie-de-couple-non-signalee-caf.yaml"]
