"""Each rule of the catalogue, on a good example and on a bad one."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from errors_catalog import checks
from errors_catalog.models import FrequentError, OfficialSource
from errors_catalog.official_hosts import is_official
from tests.factories import FrequentErrorFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def good_entry(catalogue) -> FrequentError:
    return FrequentError.objects.get(slug="vie-de-couple-non-signalee-caf")


@pytest.fixture
def findings(good_entry):
    """Findings of the good entry once some of its fields are changed, without a save."""

    def find(rule: checks.Rule, **changes: object) -> list[str]:
        for name, value in changes.items():
            setattr(good_entry, name, value)
        return [str(finding) for finding in rule(good_entry)]

    return find


@pytest.mark.parametrize("rule", checks.RULES, ids=lambda rule: rule.__name__)
def test_a_good_entry_has_no_finding(findings, rule):
    assert findings(rule) == []


LONG = "Vous devez " + "bien " * 40 + "lire."


@pytest.mark.parametrize(
    ("rule", "changes", "words"),
    [
        (checks.valid_fields, {"title": "x" * 91}, "title"),
        (checks.length_of_sections, {"situation": "Trop court."}, "2 mots"),
        (checks.length_of_sections, {"sanction": "mot " * 91}, "91 mots"),
        (checks.length_of_sections, {"repayment": "Rien."}, "1 mots"),
        (checks.steps_and_bullets, {"correction": "1. Un.\n2. Deux.\n"}, "2 points"),
        (checks.steps_and_bullets, {"prevention": "- Un.\n"}, "1 points"),
        (checks.words_of_the_user, {"keywords": ["un"]}, "mots de l'usager"),
        (checks.plain_words, {"situation": LONG}, "phrase de plus de 35 mots"),
        (checks.plain_words, {"sanction": "Le cas échéant, une amende."}, "« le cas échéant »"),
        (checks.explained_acronyms, {"sanction": "La CDAPH décide."}, "CDAPH"),
        (checks.no_moving_figure, {"volatile": True, "sanction": "Une amende de 150 €."}, "aucun montant"),
        (checks.check_in_time, {"check_due": date(2020, 1, 1)}, "dépassée depuis le 01/01/2020"),
    ],
)
def test_a_bad_entry_is_found(findings, rule, changes, words):
    assert words in " ".join(findings(rule, **changes))


def test_sentences_too_long_on_average_are_found(findings):
    assert "en moyenne" in " ".join(
        findings(checks.plain_words, **dict.fromkeys(checks.TEXTS, ("mot " * 30 + ". ") * 3))
    )


def test_an_entry_without_source_is_found(findings, good_entry):
    good_entry.sources.all().delete()

    assert findings(checks.official_sources) == ["aucune source officielle"]


def test_a_source_that_is_not_official_is_found(findings, good_entry):
    OfficialSource.objects.create(
        error=good_entry, position=9, title="x", url="https://conseils-caf.example", checked_on=date(2026, 11, 1)
    )

    assert findings(checks.official_sources) == ["source hors des sites officiels : conseils-caf.example"]


@pytest.mark.parametrize(
    ("url", "official"),
    [
        ("https://www.service-public.gouv.fr/x", True),
        ("https://gouv.fr", True),
        ("http://www.caf.fr", False),
        ("https://faux-gouv.fr", False),
        ("https://gouv.fr.example", False),
        ("https://caf.fr@example.org", False),
    ],
)
def test_official_sites(url, official):
    assert is_official(url) is official


def test_two_titles_too_alike_are_found(catalogue):
    FrequentErrorFactory(published=True, slug="zzz", title="Je vis en couple et je ne l'ai pas dit à ma Caf")

    assert [slug for slug, _ in checks.titles_too_alike()] == ["vie-de-couple-non-signalee-caf"]


def test_a_life_event_with_too_few_errors_is_found():
    error = FrequentErrorFactory(published=True)
    event = error.life_events.get()

    assert (event.slug, "événement de vie : 1 erreurs, il en faut 6") in list(checks.coverage())
    assert (error.administration.slug, "administration : 1 erreurs, il en faut 2") in list(checks.coverage())


def test_a_keyword_of_more_than_three_entries_is_found():
    for number in range(4):
        FrequentErrorFactory(published=True, slug=f"entree-{number}", keywords=["montgolfière"])

    assert list(checks.keywords_too_common()) == [
        ("entree-3", "mot de l'usager déjà pris par trois erreurs : « montgolfiere » (entree-0, entree-1, entree-2)")
    ]


def test_the_catalogue_has_no_finding(catalogue):
    output = StringIO()

    call_command("check_catalogue", stdout=output)

    assert output.getvalue().endswith("0 constat.\n")


def test_the_command_prints_counts_and_fails_on_a_finding(catalogue):
    FrequentErrorFactory(published=True, slug="mauvaise")
    output = StringIO()

    with pytest.raises(CommandError, match="constats"):
        call_command("check_catalogue", stdout=output)

    assert "Droit à l'erreur : " in output.getvalue()
    assert "mauvaise : aucune source officielle" in output.getvalue()
