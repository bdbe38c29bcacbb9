"""Daily settlements as files for the finance office: CSV or XLSX with the same rows."""

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from hospital.catalog.types import FeeClass
from hospital.kernel.clock import SHANGHAI
from hospital.payments.states import Channel
from hospital.staff_web.cashier.words import FEE_CLASSES, WAY_NAMES
from hospital.staff_web.tills.words import PAYERS
from hospital.tills.types import ClosingInfo, Entry

Cell = str | Decimal
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MONEY = "#,##0.00;-#,##0.00"
_WIDE = 20
_FORMULA_STARTS = ("=", "+", "-", "@")


def entries_file(name: str, rows: Iterable[tuple[ClosingInfo, Entry]], *, form: str = "csv") -> HttpResponse:
    """One row an entry, a column each fee class and tender; refunds are negative. `form` is csv or xlsx.

    Patients are not named: the number of the bill leads to them.
    """
    table = list_cells(list(rows))
    answer = HttpResponse(content_type=_XLSX if form == "xlsx" else "text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    answer.write(_write_xlsx(table) if form == "xlsx" else _write_csv(table))
    return answer


def list_cells(rows: Sequence[tuple[ClosingInfo, Entry]]) -> list[list[Cell]]:
    """The heading and a row each entry; amounts as numbers, the rest as texts."""
    classes = [each for each in FeeClass if any(each in entry.by_class for _closing, entry in rows)]
    channels = [each for each in Channel if any(each in entry.by_channel for _closing, entry in rows)]
    heading: list[Cell] = [
        *(_("Settlement"), _("Campus"), _("Entry"), _("Bill"), _("Time"), _("Payer")),
        *(str(FEE_CLASSES[each]) for each in classes),
        *(_("Charged"), _("Rounded in cash"), _("Owed by insurers")),
        *(str(WAY_NAMES[each][0]) for each in channels),
        _("Taken"),
    ]
    return [heading, *(_row_of(closing, entry, classes, channels) for closing, entry in rows)]


def _row_of(closing: ClosingInfo, entry: Entry, classes: Sequence[FeeClass], channels: Sequence[Channel]) -> list[Cell]:
    return [
        *(closing.number, closing.campus_code, entry.number, entry.bill_number),
        entry.at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S"),
        str(PAYERS[entry.payer]),
        *(entry.by_class.get(each, "") for each in classes),
        *(entry.charged, entry.rounding, entry.covered),
        *(entry.by_channel.get(each, "") for each in channels),
        entry.taken,
    ]


def _write_csv(table: Sequence[Sequence[Cell]]) -> str:
    """CSV that Excel opens as UTF-8."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(table)
    return "\ufeff" + text.getvalue()


def _write_xlsx(table: Sequence[Sequence[Cell]]) -> bytes:
    """One sheet whose heading stays in sight; amounts are numbers with two places, the rest texts; the sums below."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = _("Entries")
    sheet.freeze_panes = "A2"
    for row in table:
        sheet.append([_guard(cell) for cell in row])
    if len(table) > 1:
        sheet.append([_("Total"), *(_sum_of(table, place) for place in range(1, len(table[0])))])
    for place, cells in enumerate(sheet.columns, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = _WIDE
        for cell in cells:
            if isinstance(cell.value, Decimal):
                cell.number_format = _MONEY
    for cell in (*sheet[1], *sheet[sheet.max_row]):
        cell.font = Font(bold=True)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _guard(cell: Cell) -> Cell:
    """A text that begins like a formula is no formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA_STARTS) else cell


def _sum_of(table: Sequence[Sequence[Cell]], place: int) -> Cell:
    amounts = [row[place] for row in table[1:] if isinstance(row[place], Decimal)]
    return sum((each for each in amounts if isinstance(each, Decimal)), Decimal(0)) if amounts else ""
