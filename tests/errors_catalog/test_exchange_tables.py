"""Entries as tables: what is exported is read back as it was, and runs nothing on the way."""

import csv
import io
import zipfile
from datetime import date

import openpyxl
import pytest
import yaml

from errors_catalog.exchange import cells, formulas, reading, tables
from errors_catalog.exchange.cells import COLUMNS, HEADERS
from errors_catalog.exchange.entries import EntryResource
from errors_catalog.models import FrequentError
from errors_catalog.services import editing
from tests.factories import FrequentErrorFactory, StaffFactory

pytestmark = pytest.mark.django_db

KINDS = pytest.mark.parametrize("kind", tables.TABLES)


def exported(kind: type[tables.Table]) -> bytes:
    return kind().export_data(EntryResource().export(FrequentError.objects.all()))


def read(kind: type[tables.Table], data: bytes) -> reading.Reading:
    table, dataset = tables.read(f"erreurs.{kind.extension}", len(data), [data])
    return reading.read(table, dataset, can_add=True)


AWKWARD = [
    "=1+1",
    "+33",
    "-  Vérifiez",
    "@SOMME(A1)",
    "'-déjà",
    "''=deux",
    "a | b \\| c \\",
    'des "guillemets"',
    "a;b,c\td",
]


@KINDS
@pytest.mark.parametrize("text", AWKWARD)
def test_any_text_comes_back_as_it_was(kind, text):
    error = FrequentErrorFactory(complete=True, keywords=[text], summary=text, sanction=f"{text}\r\n\r\n- puce\r\n")
    error.deadlines.update(trigger=text, legal_reference=None)
    error.sources.update(title=text)

    found = read(kind, exported(kind))

    assert (found.problems, found.changes) == ([], [])


def test_no_cell_of_a_spreadsheet_is_a_formula():
    FrequentErrorFactory(title="=1+1", summary="@SOMME(A1)", prevention="- Vérifiez.")

    sheet = openpyxl.load_workbook(io.BytesIO(exported(tables.Xlsx))).active

    texts = {cell.value: (cell.data_type, cell.quotePrefix) for cell in sheet[2]}
    assert [texts[text] for text in ("=1+1", "@SOMME(A1)", "- Vérifiez.")] == [("s", True)] * 3


def test_no_cell_of_a_csv_begins_a_formula():
    FrequentErrorFactory(title="=1+1", summary="@SOMME(A1)", prevention="- Vérifiez.")

    rows = csv.reader(io.StringIO(exported(tables.Csv).decode("utf-8-sig")), delimiter=";")

    assert not [cell for row in rows for cell in row if formulas.begins(cell)]


def test_a_csv_kept_as_a_spreadsheet_loses_its_apostrophes():
    FrequentErrorFactory(prevention="- Vérifiez.")
    book = openpyxl.Workbook()
    for row in csv.reader(io.StringIO(exported(tables.Csv).decode("utf-8-sig")), delimiter=";"):
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)

    assert read(tables.Xlsx, stream.getvalue()).changes == []


@pytest.mark.parametrize("count", [1, 30])
def test_an_export_costs_the_same_whatever_it_holds(count, django_assert_num_queries):
    FrequentErrorFactory.create_batch(count, complete=True)

    # errors, life events, other administrations, references, neighbours, deadlines, sources, proposals
    with django_assert_num_queries(8):
        EntryResource().export(FrequentError.objects.all())


def test_an_open_proposal_is_what_is_exported():
    error = FrequentErrorFactory(published=True, complete=True)
    editing.write(error, editing.written(error) | {"title": "J'ai un nouveau titre"}, by=StaffFactory())

    dataset = EntryResource().export(FrequentError.objects.filter(pk=error.pk))

    assert dataset.dict[0]["titre"] == "J'ai un nouveau titre"


def test_cells_read_like_the_page():
    error = FrequentErrorFactory(complete=True, volatile=True)

    line = EntryResource().export(FrequentError.objects.filter(pk=error.pk)).dict[0]

    reference = error.legal_references.get().slug
    assert line["délais"].split("\n")[0] == f"Vous recevez une lettre | 20 jours | Vous pouvez répondre | {reference}"
    assert line["sources officielles"].split("\n")[0] == (
        "La fiche | https://www.service-public.gouv.fr/fiche | 2026-11-01"
    )
    assert (line["règle qui bouge"], line["droit à l'erreur"], line["vérifiée le"]) == ("oui", "oui", "2026-11-01")


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("checked_on", "22/11/2026", "2026-11-22"),
        ("checked_on", "", None),
        ("volatile", "VRAI", True),
        ("volatile", "", False),
        ("right_to_error", "Aucune sanction en jeu", "moot"),
        ("keywords", "un\n\n deux ", ["un", "deux"]),
        ("deadlines", "Un avis | 1 Mois | Payer |", [
            {"trigger": "Un avis", "delay": 1, "unit": "month", "effect": "Payer", "legal_reference": None}
        ]),
        ("correction", "1. Un.\r\n2. Deux.", "1. Un.\n2. Deux.\n"),
    ],
)  # fmt: skip
def test_a_cell_is_read_as_people_write_it(name, text, value):
    assert cells.parse(name, text) == value


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("checked_on", "hier", "n'est pas une date"),
        ("right_to_error", "peut-être", "n'est pas dans la liste"),
        ("deadlines", "20 jours", "n'a pas la forme"),
        ("deadlines", "Un avis | bientôt | Payer | x", "n'est pas une durée"),
        ("sources", "https://exemple.fr", "n'a pas la forme"),
    ],
)
def test_a_cell_that_cannot_be_read_says_how_to_write_it(name, text, message):
    with pytest.raises(ValueError, match=message):
        cells.parse(name, text)


def test_a_date_that_the_spreadsheet_understood_is_a_date():
    error = FrequentErrorFactory(checked_on=date(2026, 11, 1))
    book = openpyxl.load_workbook(io.BytesIO(exported(tables.Xlsx)))
    book.active.cell(2, HEADERS.index("vérifiée le") + 1).value = date(2026, 11, 20)
    stream = io.BytesIO()
    book.save(stream)

    (change,) = read(tables.Xlsx, stream.getvalue()).changes

    assert (change.slug, change.after["checked_on"]) == (error.slug, "2026-11-20")


def workbook(sheet: str, **parts: bytes) -> bytes:
    """A workbook with this sheet in place of its own, and these parts besides."""
    plain = io.BytesIO()
    openpyxl.Workbook().save(plain)
    stream = io.BytesIO()
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, sheet if sheet and name.endswith("sheet1.xml") else source.read(name))
        for name, data in parts.items():
            target.writestr(name, data)
    return stream.getvalue()


SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</worksheet>'
ROWS = SHEET.format(
    '<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>adresse</t></is></c></row>'
    '<row r="{}"><c r="A{}" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
)
HOSTILE = {
    "empty.csv": b"",
    "blank.csv": b"\n\n  \n",
    "photo.csv": b"\x89PNG\r\n\x1a\n\x00\x00",
    "latin.csv": "adresse;été\n".encode("cp1252"),
    "utf16.csv": "adresse;titre\n".encode("utf-16"),
    "quotes.csv": b'adresse;titre\n"a;b\n',
    "million.csv": b"adresse\n" + b"x\n" * 1_000_000,
    "wide.csv": b"a;" * 100_000 + b"\n" + b"x\n" * 10,
    "overflow.csv": b"adresse\nx;y;z\n",
    "long.csv": b"adresse\n" + b"x" * 200_000 + b"\n",
    "empty.xlsx": b"",
    "text.xlsx": b"adresse;titre\n",
    "truncated.xlsx": b"PK\x03\x04 tronque",
    "other.xlsx": workbook("<html/>"),
    "bomb.xlsx": workbook("", bomb=b"\0" * (tables.MAX_UNPACKED + 1)),
    "entities.xlsx": workbook(
        '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
        + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
        + "]>"
        + SHEET.format('<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&j;</t></is></c></row></sheetData>')
    ),
    "far.xlsx": workbook(ROWS.format(1_048_576, 1_048_576)),
    "empty.yaml": b"",
    "text.yaml": b"bonjour",
    "list.yaml": b"- un\n- deux\n",
    "broken.yaml": b"- adresse: [\n",
    "laughs.yaml": b"- &a [x, x]\n- &b [*a, *a]\n- [*b, *b]\n",
    "deep.yaml": b"[" * 100_000,
    "tagged.yaml": b"- !!python/object/apply:os.system [ls]\n",
    "keys.yaml": b"- adresse: a\n- titre: b\n",
    "image.png": b"\x89PNG",
    "sans-type": b"adresse",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_is_not_a_table_says_what_to_do(name):
    with pytest.raises(tables.UnreadableTable, match=r"\w+.*\.$"):
        tables.read(name, len(HOSTILE[name]), [HOSTILE[name]])


def test_a_file_too_heavy_is_not_even_read():
    with pytest.raises(tables.UnreadableTable, match="trop lourd"):
        tables.read("erreurs.csv", tables.MAX_BYTES + 1, iter(()))


def test_tagged_yaml_builds_nothing():
    dataset = tables.Yaml().create_dataset(b"- adresse: !!python/object/apply:os.getcwd x\n")

    assert dataset.dict == [{"adresse": "x"}]


def test_empty_lines_keep_the_numbers_of_the_others():
    dataset = tables.Csv().create_dataset(b"adresse;titre\n\n;\na;b\n\n\n")

    assert [list(row) for row in dataset] == [["", ""], ["", ""], ["a", "b"]]


def test_yaml_is_written_for_people():
    FrequentErrorFactory(correction="1. Un.\n2. Deux.\n")

    (entry,) = yaml.safe_load(exported(tables.Yaml))

    assert list(entry) == HEADERS
    assert b"que faire maintenant: |" in exported(tables.Yaml)


def test_columns_are_named_as_in_the_form():
    assert COLUMNS["correction"] == FrequentError._meta.get_field("correction").verbose_name
