"""Daily settlements as files for the finance office."""

import csv
from collections.abc import Iterable

from django.http import HttpResponse
from django.utils.translation import gettext as _

from hospital.catalog.types import FeeClass
from hospital.kernel.clock import SHANGHAI
from hospital.payments.states import Channel
from hospital.staff_web.cashier.words import FEE_CLASSES, WAY_NAMES
from hospital.staff_web.tills.words import PAYERS
from hospital.tills.types import ClosingInfo, Entry


def entries_file(name: str, rows: Iterable[tuple[ClosingInfo, Entry]]) -> HttpResponse:
    """One row an entry, a column each fee class and tender; refunds are negative. CSV that Excel opens as UTF-8.

    Patients are not named: the number of the bill leads to them.
    """
    found = list(rows)
    classes = [each for each in FeeClass if any(each in entry.by_class for _closing, entry in found)]
    channels = [each for each in Channel if any(each in entry.by_channel for _closing, entry in found)]
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.write("\ufeff")
    writer = csv.writer(answer)
    writer.writerow(
        [
            *(_("Settlement"), _("Campus"), _("Entry"), _("Bill"), _("Time"), _("Payer")),
            *(str(FEE_CLASSES[each]) for each in classes),
            *(_("Charged"), _("Rounded in cash"), _("Owed by insurers")),
            *(str(WAY_NAMES[each][0]) for each in channels),
            _("Taken"),
        ]
    )
    for closing, entry in found:
        writer.writerow(
            [
                *(closing.number, closing.campus_code, entry.number, entry.bill_number),
                entry.at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S"),
                str(PAYERS[entry.payer]),
                *(entry.by_class.get(each, "") for each in classes),
                *(entry.charged, entry.rounding, entry.covered),
                *(entry.by_channel.get(each, "") for each in channels),
                entry.taken,
            ]
        )
    return answer
