"""Entries changed by the dozen: out as a spreadsheet, in with a preview, in a real Chromium."""

import io
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from errors_catalog.exchange.cells import HEADERS
from tests.browser.conftest import OpenPage, sees_nothing_wrong

pytestmark = [pytest.mark.browser, pytest.mark.screens]

LIST_URL = "/gestion/errors_catalog/frequenterror/"


@pytest.fixture(params=[768, 1280])
def page(request: pytest.FixtureRequest, open_page: OpenPage) -> Page:
    return open_page("relecteur", width=request.param)


def exported(page: Page) -> openpyxl.Workbook:
    """What the editor downloads of the errors about moving house."""
    page.goto(f"{LIST_URL}?q=demenagement")
    page.get_by_role("link", name="Exporter").click()
    sees_nothing_wrong(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Exporter").click()
    return openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))


def send(page: Page, book: openpyxl.Workbook) -> None:
    stream = io.BytesIO()
    book.save(stream)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    page.get_by_label("Tableau à importer").set_input_files(
        {"name": "erreurs.xlsx", "mimeType": kind, "buffer": stream.getvalue()}
    )
    page.get_by_role("button", name="Voir les changements").click()


def test_a_spreadsheet_goes_out_and_comes_back_with_a_preview(page: Page) -> None:
    book = exported(page)
    width = page.viewport_size["width"] if page.viewport_size else 0
    row = 2 if width == 768 else 3
    book.active.cell(row, HEADERS.index("en bref") + 1).value = "Prévenez votre caisse dès aujourd'hui."
    book.active.cell(row, HEADERS.index("délais") + 1).value = "demain"

    page.goto(LIST_URL)
    page.get_by_role("link", name="Importer").click()
    sees_nothing_wrong(page)
    send(page, book)
    expect(page.get_by_role("alert")).to_contain_text(f"ligne {row}, « délais » : « demain » n'a pas la forme")
    sees_nothing_wrong(page)

    book.active.cell(row, HEADERS.index("délais") + 1).value = "Vous déménagez | 1 mois | Vous pouvez prévenir la Caf"
    send(page, book)
    expect(page.get_by_role("heading", name="Aperçu")).to_be_visible()
    expect(page.locator("ins").first).to_contain_text("[ajouté")
    sees_nothing_wrong(page)

    page.get_by_role("button", name="Enregistrer ces changements").click()
    expect(page.get_by_text("L'import est enregistré (1 erreur)")).to_be_visible()
