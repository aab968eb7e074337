"""The files that carry a table: XLSX, CSV, YAML. Written so that no cell is a formula; read as from a stranger.

Whatever the bytes, reading gives lines of plain text or raises `UnreadableTable`, whose message says what to do.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import islice
from typing import Any

import openpyxl
import yaml
from import_export.formats.base_formats import Format
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from tablib import Dataset

from errors_catalog.exchange import formulas
from errors_catalog.exchange.cells import NO, YES

MAX_BYTES = 10 * 1024 * 1024
MAX_UNPACKED = 64 * 1024 * 1024
MAX_ROWS = 20_000
MAX_COLUMNS = 60
MAX_CELL = 32_767  # what a spreadsheet can hold
WIDE, NARROW = 60, 24


class UnreadableTable(Exception):  # noqa: N818  # a refusal, not a fault
    """This is not a table that we can read; the message says why and what to do, in French."""


class Table(Format):
    """One kind of file. `unit` is what its readers call a line of it."""

    title = ""
    extension = ""
    content_type = ""
    unit = "ligne"
    first = 2  # the number of the line after the headers

    def get_title(self) -> str:
        return self.title

    def get_extension(self) -> str:
        return self.extension

    def get_content_type(self) -> str:
        return self.content_type

    def can_import(self) -> bool:
        return True

    def can_export(self) -> bool:
        return True

    def create_dataset(self, in_stream: bytes, **kwargs: Any) -> Dataset:
        """Its lines, empty ones included, so that the nth row is the nth line. Raises `UnreadableTable`."""
        if not in_stream.strip():
            raise UnreadableTable("Ce fichier est vide. Choisissez le tableau que vous avez exporté puis modifié.")
        rows = self._rows(in_stream)
        headers = _trimmed(next(rows, []))
        if not headers:
            raise UnreadableTable("La première ligne est vide : elle doit nommer les colonnes, comme dans l'export.")
        if len(headers) > MAX_COLUMNS:
            raise UnreadableTable(f"Ce tableau a plus de {MAX_COLUMNS} colonnes. Partez d'un export.")
        return Dataset(*_padded(rows, len(headers), self), headers=headers)

    def _rows(self, data: bytes) -> Iterator[list[str]]:
        raise NotImplementedError


class Xlsx(Table):
    title = "Tableur (XLSX)"
    extension = "xlsx"
    content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def export_data(self, dataset: Dataset, **kwargs: Any) -> bytes:
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet("Erreurs fréquentes")
        sheet.freeze_panes = "B2"
        top, bold = Alignment(vertical="top", wrap_text=True), Font(bold=True)
        for position, header in enumerate(dataset.headers, start=1):
            wide = any(len(text) > NARROW for text in islice(dataset.get_col(position - 1), 50))
            sheet.column_dimensions[get_column_letter(position)].width = WIDE if wide else max(NARROW, len(header))

        def cell(text: str) -> WriteOnlyCell:
            if len(text) > MAX_CELL:
                raise ValueError(f"Un texte dépasse {MAX_CELL} caractères : un tableur le couperait. Exportez en YAML.")
            written = WriteOnlyCell(sheet, value=formulas.quoted(text))
            # Typed as a text, and kept so when somebody edits it: a bullet «- …» would become a formula.
            written.data_type, written.quotePrefix, written.alignment = "s", formulas.begins(text), top
            return written

        titles = [WriteOnlyCell(sheet, value=header) for header in dataset.headers]
        for written in titles:
            written.font = bold
        sheet.append(titles)
        for row in dataset:
            sheet.append([cell(text) for text in row])
        stream = io.BytesIO()
        book.save(stream)
        return stream.getvalue()

    def _rows(self, data: bytes) -> Iterator[list[str]]:
        try:
            _refuse_bomb(data)
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            for row in book.worksheets[0].iter_rows(max_col=MAX_COLUMNS, values_only=True):
                yield [formulas.unquoted(_text(value)) for value in row] if row.count(None) < len(row) else []
        except UnreadableTable:
            raise
        except Exception as error:  # a damaged workbook makes the reader raise anything
            raise UnreadableTable(
                "Ce fichier n'est pas un classeur XLSX lisible. Ouvrez-le dans votre tableur, puis enregistrez-le en "
                "XLSX, sans mot de passe."
            ) from error


class Csv(Table):
    title = "CSV"
    extension = "csv"
    content_type = "text/csv"

    def export_data(self, dataset: Dataset, **kwargs: Any) -> bytes:
        """With the separator and the mark that French spreadsheets expect."""
        stream = io.StringIO()
        writer = csv.writer(stream, delimiter=";", quoting=csv.QUOTE_ALL)
        writer.writerow(dataset.headers)
        writer.writerows([formulas.disarmed(text) for text in row] for row in dataset)
        return stream.getvalue().encode("utf-8-sig")

    def _rows(self, data: bytes) -> Iterator[list[str]]:
        text = _decoded(data)
        first = text.split("\n", 1)[0]
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(";,\t", key=first.count), strict=True)
        number = 1
        try:
            for row in reader:
                yield [formulas.unquoted(cell) for cell in row]
                number += 1
        except csv.Error as error:
            raise UnreadableTable(
                f"ligne {number} : les guillemets ne vont pas par deux, ou une case est trop longue. "
                "Enregistrez le tableau de nouveau en « CSV UTF-8 »."
            ) from error


class Yaml(Table):
    title = "YAML"
    extension = "yaml"
    content_type = "application/yaml"
    unit = "entrée"
    first = 1

    def export_data(self, dataset: Dataset, **kwargs: Any) -> bytes:
        rows = [dict(zip(dataset.headers, row, strict=True)) for row in dataset]
        return yaml.dump(rows, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120, encoding="utf-8")

    def _rows(self, data: bytes) -> Iterator[list[str]]:
        text = _decoded(data)
        try:
            _refuse_knots(text)
            rows = yaml.load(text, yaml.CBaseLoader)  # noqa: S506  # every value is a text: it builds nothing
        except (yaml.YAMLError, ValueError, RecursionError) as error:
            where = getattr(error, "problem_mark", None)
            line = f" (vers la ligne {where.line + 1} du fichier)" if where else ""
            raise UnreadableTable(f"Ce fichier n'est pas du YAML bien formé{line}.") from error
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise UnreadableTable("Ce fichier YAML n'est pas une liste d'entrées. Partez d'un export.")
        headers = list(rows[0]) if rows else []
        yield headers
        for number, row in enumerate(rows, start=1):
            if row.keys() != set(headers) or not all(isinstance(value, str) for value in row.values()):
                raise UnreadableTable(
                    f"entrée {number} : elle n'a pas les mêmes clés que la première, ou une clé contient une liste."
                )
            yield [row[header] for header in headers]


TABLES: list[type[Table]] = [Xlsx, Csv, Yaml]


def read(name: str, size: int, chunks: Iterable[bytes]) -> tuple[Table, Dataset]:
    """The table that somebody sent. Raises `UnreadableTable`."""
    if size > MAX_BYTES:
        raise UnreadableTable(
            f"Ce fichier est trop lourd : {MAX_BYTES // 1024**2} Mo au plus. Ne gardez que les lignes à modifier."
        )
    extension = name.rpartition(".")[2].casefold().replace("yml", "yaml")
    for kind in TABLES:
        if kind.extension == extension:
            table = kind()
            return table, table.create_dataset(b"".join(chunks))
    raise UnreadableTable("Ce type de fichier n'est pas accepté. Envoyez un tableau XLSX, CSV ou YAML.")


class _Dumper(yaml.CSafeDumper):
    """Texts of several lines as they are."""


_Dumper.add_representer(
    str,
    lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None),
)


def _decoded(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise UnreadableTable(
            "Ce fichier n'est pas un texte en UTF-8. Dans votre tableur, enregistrez le tableau en XLSX ou en "
            "« CSV UTF-8 »."
        )
    return text


def _refuse_bomb(data: bytes) -> None:
    """What a workbook unpacks to is read before unpacking it; a part is never read beyond what it declares."""
    if sum(part.file_size for part in zipfile.ZipFile(io.BytesIO(data)).infolist()) > MAX_UNPACKED:
        raise UnreadableTable("Ce classeur est trop grand une fois ouvert. Ne gardez que les lignes à modifier.")


def _refuse_knots(text: str) -> None:
    """Aliases multiply, nesting deepens: a table needs neither."""
    depth = 0
    for count, event in enumerate(yaml.parse(text, yaml.CBaseLoader)):
        opens = isinstance(event, yaml.CollectionStartEvent)
        depth += opens - isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.AliasEvent) or depth > 3 or count > MAX_ROWS * MAX_COLUMNS:
            raise ValueError("knots")


def _padded(rows: Iterator[list[str]], width: int, table: Table) -> Iterator[list[str]]:
    """The lines up to the last that says something, all of the same width."""
    empty = 0
    for number, row in enumerate(rows, start=table.first):
        if number > MAX_ROWS:
            raise UnreadableTable(
                f"Ce tableau a plus de {MAX_ROWS} lignes, vides comprises. Supprimez celles qui ne servent pas."
            )
        said = _trimmed(row)
        if not said:
            empty += 1
            continue
        if len(said) > width:
            raise UnreadableTable(f"{table.unit} {number} : il y a plus de cases que de colonnes nommées.")
        yield from [[""] * width] * empty
        yield said + [""] * (width - len(said))
        empty = 0


def _trimmed(row: list[str]) -> list[str]:
    while row and not row[-1].strip():
        row = row[:-1]
    return row


def _text(value: Any) -> str:
    """What a cell of a workbook shows."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
