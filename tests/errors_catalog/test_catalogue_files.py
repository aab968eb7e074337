"""The catalogue of the repository, and how it is loaded."""

import shutil
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from errors_catalog import catalogue_files
from errors_catalog.content import content_of
from errors_catalog.models import Administration, Deadline, FrequentError
from life_events.models import LifeEvent
from tests.conftest import FIXTURES

pytestmark = pytest.mark.django_db

WELL_KNOWN = ["caf", "impots", "assurance-maladie", "urssaf", "france-travail", "msa", "france-titres", "douane"]


def test_every_row_of_the_catalogue_is_valid(catalogue):
    for model in (LifeEvent, Administration, FrequentError, Deadline):
        for row in model.objects.all():
            row.full_clean()


def test_every_life_event_has_an_error(catalogue):
    public = FrequentError.objects.public()

    assert [event.slug for event in LifeEvent.objects.all() if not public.for_life_event(event.slug)] == []


@pytest.mark.parametrize("slug", WELL_KNOWN)
def test_a_well_known_administration_has_two_errors(catalogue, slug):
    assert FrequentError.objects.public().filter(administration__slug=slug).count() >= 2


def test_every_administration_has_one_channel_for_errors(catalogue):
    with_one = Administration.objects.filter(channels__for_errors=True)

    assert set(Administration.objects.all()) == set(with_one)


def test_every_error_has_an_official_source_and_three_to_seven_steps(catalogue):
    for error in FrequentError.objects.prefetch_related("sources"):
        assert error.sources.all(), error.slug
        assert 3 <= len(catalogue_steps(error)) <= 7, error.slug


def catalogue_steps(error: FrequentError) -> list[str]:
    return [line for line in error.correction.splitlines() if line[:1].isdigit()]


def test_loading_again_changes_nothing(catalogue):
    again = catalogue_files.load(FIXTURES)

    assert again.written == 0


def test_what_an_editor_changed_is_not_overwritten(catalogue):
    error = FrequentError.objects.first()
    error.deadlines.all().delete()
    FrequentError.objects.filter(pk=error.pk).update(title="Titre d'un rédacteur")

    catalogue_files.load(FIXTURES)

    error.refresh_from_db()
    assert error.title == "Titre d'un rédacteur"
    assert not error.deadlines.exists()


def test_overwriting_on_request_restores_the_files(catalogue):
    error = FrequentError.objects.first()
    FrequentError.objects.filter(pk=error.pk).update(title="Titre d'un rédacteur")

    call_command("load_catalogue", "--overwrite", stdout=StringIO())

    error.refresh_from_db()
    assert error.title != "Titre d'un rédacteur"


def test_django_reads_the_same_files(catalogue):
    call_command("loaddata", str(FIXTURES / "errors" / "vie-de-couple-non-signalee-caf.yaml"), verbosity=0)

    assert FrequentError.objects.get(slug="vie-de-couple-non-signalee-caf").deadlines.exists()


def test_a_load_keeps_what_each_entry_says(catalogue):
    error = FrequentError.objects.get(slug="vie-de-couple-non-signalee-caf")

    assert [(event.action, event.content) for event in error.events.all()] == [("loaded", content_of(error))]


@pytest.mark.parametrize(
    "wrong",
    [
        "- model: inconnu.modele\n  fields: {}\n",
        "- model: life_events.lifeevent\n  fields: {slug: x, position: un}\n",
        "- model: life_events.lifeevent\n  fields: {slug: x, inconnu: 1}\n",
        "- model: errors_catalog.deadline\n  fields: {error: [absente], position: 1}\n",
        "- model: [",
        "texte",
    ],
)
def test_a_malformed_file_loads_nothing_and_is_named(tmp_path, wrong):
    for path in FIXTURES.glob("*.yaml"):
        shutil.copy(path, tmp_path)
    (tmp_path / "errors").mkdir()
    (tmp_path / "errors" / "zzz.yaml").write_text(wrong)

    with pytest.raises(CommandError, match=r"Rien n'a été chargé. zzz.yaml : "):
        call_command("load_catalogue", str(tmp_path))
