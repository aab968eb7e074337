"""What a table would change in the catalogue, and what in it cannot be: nothing is written here."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from tablib import Dataset

from errors_catalog.content import Content
from errors_catalog.differences import Difference, differences
from errors_catalog.exchange import cells
from errors_catalog.exchange.cells import COLUMNS, HEADERS, SLUG, VERSION
from errors_catalog.exchange.entries import Entry, written
from errors_catalog.exchange.tables import Table
from errors_catalog.exchange.validation import Validation
from errors_catalog.models import FrequentError, Proposal

MAX_CHANGES = 500
MAX_TEXT = 5_000  # three times the longest; words are compared one with another
Status = FrequentError.Status


@dataclass(frozen=True)
class Problem:
    """What somebody has to mend in the file before anything is written."""

    message: str
    line: str = ""
    column: str = ""

    def __str__(self) -> str:
        place = ", ".join(part for part in (self.line, self.column and f"« {self.column} »") if part)
        return f"{place} : {self.message}" if place else self.message


@dataclass(frozen=True)
class Change:
    """An entry that would say something else. `before` is empty when it does not exist yet."""

    line: str
    slug: str
    before: Content
    after: Content
    published: bool = False

    @property
    def effect(self) -> str:
        if not self.before:
            return "nouveau brouillon"
        return "proposition" if self.published else "brouillon modifié"

    @property
    def differences(self) -> list[Difference]:
        return differences(self.before, self.after)


@dataclass
class Reading:
    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unchanged: int = 0


def read(table: Table, dataset: Dataset, *, can_add: bool) -> Reading:
    """Compare a table with the catalogue."""
    reading = Reading(problems=list(_wrong_headers(dataset.headers)))
    if reading.problems:
        return reading
    headers = [_header(header) for header in dataset.headers]
    lines = {
        f"{table.unit} {number}": {VERSION: "", **dict(zip(headers, row, strict=True))}
        for number, row in enumerate(dataset, start=table.first)
        if any(text.strip() for text in row)
    }
    slugs = Counter(line[SLUG].strip() for line in lines.values())
    known = {entry.error.slug: entry for entry in written(FrequentError.objects.filter(slug__in=slugs))}
    validation = Validation()
    for place, line in lines.items():
        slug = line[SLUG].strip()
        if not slug or slugs[slug] > 1:
            message = f"« {slug} » est sur plusieurs lignes : gardez-en une." if slug else "cette case est vide."
            reading.problems.append(Problem(message, place, SLUG))
        else:
            _compare(reading, validation, _Line(place, line, known.get(slug)), can_add=can_add)
    _check_whole(reading, empty=not lines)
    return reading


class _Line:
    """A line of the table beside the entry that it is about, if there is one."""

    def __init__(self, place: str, texts: dict[str, str], entry: Entry | None) -> None:
        self.place = place
        self.error = entry.error if entry else None
        self.before = entry.content if entry else {}
        self.proposal = entry.proposal if entry else None
        self.slug, self.version = texts[SLUG].strip(), texts[VERSION].strip()
        self.typed = {name: cells.canonical(name, texts[column]) for name, column in COLUMNS.items()}
        self.current = cells.cells_of(self.before) if entry else {}

    def says_nothing_new(self) -> bool:
        """It says what the entry says, or nobody touched it since it was exported."""
        return self.typed == self.current or self.version == cells.fingerprint(self.slug, self.typed)

    def refusal(self, *, can_add: bool) -> str:
        if self.error is None:
            if self.version:
                return f"l'erreur « {self.slug} » n'existe pas ou plus. Pour en créer une, videz la case « {VERSION} »."
            return "" if can_add else "cette erreur n'existe pas, et vous n'avez pas le droit d'en créer."
        if self.error.status == Status.ARCHIVED:
            return "cette erreur est archivée. Rouvrez-la d'abord, ou retirez la ligne."
        waiting = self.proposal and self.proposal.state != Proposal.State.WRITING
        if waiting or self.error.status == Status.IN_REVIEW:
            return "cette erreur est en relecture. Reprenez-la d'abord, ou retirez la ligne."
        if self.version and self.version != cells.fingerprint(self.slug, self.current):
            return "cette erreur a changé depuis l'export. Exportez-la de nouveau, puis refaites le changement."
        return ""

    def after(self, problems: list[Problem]) -> Content:
        """What the entry would say. A cell that says the same keeps the very value that the entry has."""
        after = dict(self.before)
        for name, text in self.typed.items():
            if text == self.current.get(name):
                continue
            try:
                if len(text) > MAX_TEXT:
                    raise ValueError(f"ce texte est trop long : {MAX_TEXT} caractères au plus.")
                after[name] = cells.parse(name, text)
            except ValueError as wrong:
                problems.append(Problem(str(wrong), self.place, COLUMNS[name]))
        return after


def _compare(reading: Reading, validation: Validation, line: _Line, *, can_add: bool) -> None:
    """Add to the reading what one line changes of its entry, or why it cannot."""
    if line.says_nothing_new():
        reading.unchanged += 1
        return
    problems: list[Problem] = []
    if refusal := line.refusal(can_add=can_add):
        problems.append(Problem(refusal, line.place))
    else:
        after = line.after(problems)
        if not problems:
            for name, message in validation.wrongs(line.slug, line.error, after):
                problems.append(Problem(message, line.place, COLUMNS.get(name, SLUG if name == "slug" else "")))
    if problems:
        reading.problems += problems
        return
    published = bool(line.error and line.error.status == Status.PUBLISHED)
    reading.changes.append(Change(line.place, line.slug, line.before, after, published))


def _check_whole(reading: Reading, *, empty: bool) -> None:
    """What no single line can tell."""
    if empty:
        reading.problems.append(Problem("Ce tableau n'a aucune ligne sous les noms de colonnes."))
    if (number := len(reading.changes)) > MAX_CHANGES:
        reading.problems.append(
            Problem(f"Ce tableau change {number} erreurs : {MAX_CHANGES} au plus. Faites-en plusieurs fichiers.")
        )
    titles = Counter(change.after["title"] for change in reading.changes)
    for change in reading.changes:
        if titles[change.after["title"]] > 1:
            reading.problems.append(Problem("une autre ligne porte ce titre.", change.line, COLUMNS["title"]))


def _wrong_headers(headers: list[str]) -> Iterator[Problem]:
    found = Counter(_header(header) for header in headers)
    if lacking := [header for header in HEADERS if header not in found and header != VERSION]:
        yield Problem(f"Il manque des colonnes : {_quoted(lacking)}. Partez d'un export, sans en retirer.")
    if unknown := [header for header in found if header not in HEADERS]:
        yield Problem(f"Des colonnes sont inconnues : {_quoted(unknown)}. Retirez-les.")
    if twice := [header for header, times in found.items() if times > 1]:
        yield Problem(f"Des colonnes sont là plusieurs fois : {_quoted(twice)}. N'en gardez qu'une.")


def _header(text: str) -> str:
    """The name of a column, whatever the apostrophe, the spaces and the case that a spreadsheet gave it."""
    return " ".join(text.replace("’", "'").casefold().split())


def _quoted(headers: list[str]) -> str:
    return ", ".join(f"« {header[:60]} »" for header in headers)
