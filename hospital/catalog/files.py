"""Tables in files: CSV and XLSX in, CSV and XLSX out. Every cell is a text."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from openpyxl import Workbook, load_workbook

from hospital.catalog.errors import FileUnreadable

LARGEST = 20_000_000
_LARGEST_UNPACKED = 300_000_000
_XLSX = b"PK\x03\x04"
# A cell that begins like a formula is quoted on its way out, so that no spreadsheet carries it out.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t")
_QUOTE = "'"


def read_table(content: bytes) -> Iterator[list[str]]:
    """The rows of a CSV file (UTF-8 or GB 18030) or of the first sheet of an XLSX file. Refuses `FileUnreadable`."""
    if len(content) > LARGEST:
        raise FileUnreadable
    rows = _read_xlsx(content) if content.startswith(_XLSX) else _read_csv(content)
    for row in rows:
        cells = [_unquote(cell.strip()) for cell in row]
        if any(cells):
            yield cells


def _read_csv(content: bytes) -> Iterator[list[str]]:
    text = _decode(content)
    heading = text.split("\n", 1)[0]
    separator = max((",", ";", "\t"), key=heading.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    except csv.Error:
        raise FileUnreadable from None


def _decode(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileUnreadable


def _read_xlsx(content: bytes) -> Iterator[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(each.file_size for each in packed.infolist()) > _LARGEST_UNPACKED:
                raise FileUnreadable
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        for row in book.worksheets[0].iter_rows(values_only=True):
            yield ["" if cell is None else str(cell) for cell in row]
    except (zipfile.BadZipFile, KeyError, ValueError, IndexError, SyntaxError):
        raise FileUnreadable from None


def write_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """A CSV file that spreadsheets open as UTF-8."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerows([_quote(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def write_xlsx(rows: Iterable[Sequence[str]]) -> bytes:
    """An XLSX file of one sheet whose heading stays in sight; codes and prices are texts, so nothing is rounded."""
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet("catalog")
    sheet.freeze_panes = "B2"
    for row in rows:
        sheet.append([_quote(cell) for cell in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _quote(cell: str) -> str:
    return f"{_QUOTE}{cell}" if cell.startswith(_FORMULA_STARTS) else cell


def _unquote(cell: str) -> str:
    return cell[1:] if cell.startswith(_QUOTE) and cell[1:].startswith(_FORMULA_STARTS) else cell
