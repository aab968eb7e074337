"""Rules of the catalogue that no database constraint can hold: what makes an entry good to act on.

Each rule takes an entry and yields its findings. `check_catalogue` runs them on all, the admin shows those of one entry
beside its fields while it is being written.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.contrib.postgres.search import TrigramSimilarity
from django.core.exceptions import ValidationError
from django.utils import timezone

from common import plain_language
from errors_catalog import counts
from errors_catalog.models import FrequentError
from errors_catalog.official_hosts import is_official
from errors_catalog.search.normalise import normalised

WORDS = {"situation": (50, 120), "sanction": (20, 90), "repayment": (10, 70)}
STEPS = (3, 7)
BULLETS = (2, 5)
KEYWORDS = (5, 14)
MAX_ENTRIES_OF_KEYWORD = 3
MIN_ERRORS_OF_LIFE_EVENT = 6
MIN_ERRORS_OF_ADMINISTRATION = 2
TITLES_TOO_ALIKE = 0.75
LABELS = {field.name: field.verbose_name for field in FrequentError._meta.fields}
TEXTS = ["summary", *FrequentError.SECTIONS, "right_to_error_reason"]


@dataclass(frozen=True)
class Finding:
    """Something to mend, in French, and the field where it stands when it stands in one."""

    message: str
    field: str = ""

    def __str__(self) -> str:
        return self.message


Rule = Callable[[FrequentError], Iterator[Finding]]


def valid_fields(error: FrequentError) -> Iterator[Finding]:
    try:
        error.full_clean()
    except ValidationError as invalid:
        for name, messages in invalid.message_dict.items():
            yield Finding(f"{name} : {' '.join(messages)}", name)


def length_of_sections(error: FrequentError) -> Iterator[Finding]:
    for name, (least, most) in WORDS.items():
        count = len(plain_language.words(getattr(error, name)))
        if not least <= count <= most:
            yield Finding(f"« {LABELS[name]} » : {count} mots, il en faut de {least} à {most}", name)


def steps_and_bullets(error: FrequentError) -> Iterator[Finding]:
    for name, mark, (least, most) in (("correction", r"\d+\.", STEPS), ("prevention", "-", BULLETS)):
        count = len(re.findall(rf"^{mark}\s", getattr(error, name), flags=re.MULTILINE))
        if not least <= count <= most:
            yield Finding(f"« {LABELS[name]} » : {count} points, il en faut de {least} à {most}", name)


def words_of_the_user(error: FrequentError) -> Iterator[Finding]:
    least, most = KEYWORDS
    if not least <= len(error.keywords) <= most:
        yield Finding(f"mots de l'usager : {len(error.keywords)}, il en faut de {least} à {most}", "keywords")


def official_sources(error: FrequentError) -> Iterator[Finding]:
    sources = error.sources.all()
    if not sources:
        yield Finding("aucune source officielle")
    for source in sources:
        if not is_official(source.url):
            yield Finding(f"source hors des sites officiels : {urlsplit(source.url).hostname}")


def plain_words(error: FrequentError) -> Iterator[Finding]:
    for name in TEXTS:
        for sentence in plain_language.long_sentences(getattr(error, name)):
            yield Finding(f"phrase de plus de {plain_language.MAX_SENTENCE} mots : « {sentence[:60]}… »", name)
    average = plain_language.average_sentence(_text(error))
    if average > plain_language.MAX_AVERAGE:
        yield Finding(f"phrases de {average:.0f} mots en moyenne, {plain_language.MAX_AVERAGE} au plus")
    for name in ["title", *TEXTS]:
        for word in plain_language.avoided_words(getattr(error, name)):
            yield Finding(f"mot à éviter : « {word} »", name)


def explained_acronyms(error: FrequentError) -> Iterator[Finding]:
    text = _text(error)
    known = {word for name in _names(error) for word in name.replace("(", " ").replace(")", " ").split()}
    for acronym in plain_language.unexplained_acronyms(text):
        if acronym not in known:
            first = next((name for name in TEXTS if re.search(rf"\b{re.escape(acronym)}\b", getattr(error, name))), "")
            yield Finding(f"sigle à expliquer : {acronym}", first)


def no_moving_figure(error: FrequentError) -> Iterator[Finding]:
    if error.volatile and re.search(r"€|%|\beuros?\b", f"{error.title}\n{_text(error)}"):
        yield Finding("la règle bouge : aucun montant ni taux, dites où lire le chiffre du moment", "volatile")


def check_in_time(error: FrequentError) -> Iterator[Finding]:
    if error.check_due and error.check_due < timezone.localdate():
        yield Finding(f"vérification dépassée depuis le {error.check_due:%d/%m/%Y}", "checked_on")


RULES: list[Rule] = [
    valid_fields,
    length_of_sections,
    steps_and_bullets,
    words_of_the_user,
    official_sources,
    plain_words,
    explained_acronyms,
    no_moving_figure,
    check_in_time,
]


def findings_of(error: FrequentError) -> list[Finding]:
    """Everything to mend in one entry."""
    return [finding for rule in RULES for finding in rule(error)]


def entries() -> Iterator[tuple[str, str]]:
    """(slug, finding) for every published entry."""
    errors = FrequentError.objects.public().with_details()
    for error in errors:
        for finding in findings_of(error):
            yield error.slug, str(finding)


def titles_too_alike() -> Iterator[tuple[str, str]]:
    public = list(FrequentError.objects.public().order_by("slug").values_list("slug", "title"))
    for slug, title in public:
        alike = FrequentError.objects.public().filter(slug__gt=slug).annotate(alike=TrigramSimilarity("title", title))
        for other in alike.filter(alike__gte=TITLES_TOO_ALIKE):
            yield slug, f"titre trop proche de « {other.title} » ({other.slug})"


def keywords_too_common() -> Iterator[tuple[str, str]]:
    """A keyword brings its entry among the first three answers: more entries cannot claim it."""
    owners: dict[str, list[str]] = defaultdict(list)
    for slug, keywords in FrequentError.objects.public().order_by("slug").values_list("slug", "keywords"):
        for keyword in keywords:
            owners[normalised(keyword)].append(slug)
    for keyword, slugs in owners.items():
        if len(slugs) > MAX_ENTRIES_OF_KEYWORD:
            yield slugs[-1], f"mot de l'usager déjà pris par trois erreurs : « {keyword} » ({', '.join(slugs[:-1])})"


def coverage() -> Iterator[tuple[str, str]]:
    """Life events and administrations with too few errors to be worth their page."""
    for rows, least in (
        (counts.life_events_with_counts(), MIN_ERRORS_OF_LIFE_EVENT),
        (counts.administrations_with_counts(), MIN_ERRORS_OF_ADMINISTRATION),
    ):
        for row in rows.filter(error_count__lt=least):
            yield row.slug, f"{row._meta.verbose_name} : {row.error_count} erreurs, il en faut {least}"


def _text(error: FrequentError) -> str:
    return "\n".join(getattr(error, name) for name in TEXTS)


def _names(error: FrequentError) -> Iterator[str]:
    """Names of the administrations of the entry: the page itself shows them in full."""
    for administration in [error.administration, *error.other_administrations.all()]:
        yield administration.name
        yield administration.short_name
