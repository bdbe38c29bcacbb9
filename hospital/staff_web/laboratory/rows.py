"""Rows of a report as desks show them: the value, its flag in words, the value before, what changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from hospital.kernel.types import BilingualText
from hospital.results.api import is_odd_change
from hospital.results.types import EarlierValue, ReportView, ValueView
from hospital.staff_web.laboratory.words import FLAG_WORDS
from hospital.staff_web.registration.words import StateWord

CALL_WITHIN = timedelta(minutes=10)  # a parameter of the laboratory (domain brief 4)


@dataclass(frozen=True, slots=True)
class ValueRow:
    """One value. `group` is set on the first row of each test; `change` says what is remarkable about it."""

    value: ValueView
    group: BilingualText | None
    earlier: EarlierValue | None
    change: str = ""
    error: str = ""
    typed: str | None = None

    @property
    def word(self) -> StateWord | None:
        """The flag in words."""
        return FLAG_WORDS.get(self.value.flag)

    @property
    def text(self) -> str:
        """What the field shows: what was typed when it was refused, else the value."""
        return self.value.text if self.typed is None else self.typed

    @property
    def call_by(self) -> datetime | None:
        """Until when a critical value has to be called."""
        if not self.value.has_open_call or self.value.entered_at is None:
            return None
        return self.value.entered_at + CALL_WITHIN


def list_rows(*, report: ReportView, earlier: Mapping[str, EarlierValue]) -> list[ValueRow]:
    """The rows of a report in order, with a heading for each test when there are several."""
    has_groups = len({value.group for value in report.values}) > 1
    rows: list[ValueRow] = []
    for number, value in enumerate(report.values):
        is_first = number == 0 or report.values[number - 1].group != value.group
        before = earlier.get(value.code)
        rows.append(
            ValueRow(
                value=value,
                group=value.group if has_groups and is_first else None,
                earlier=before,
                change=_describe_change(value=value, before=before, at=report.collected_at),
            )
        )
    return rows


def _describe_change(*, value: ValueView, before: EarlierValue | None, at: datetime) -> str:
    """A change since the last value that is odd for this analyte; empty otherwise."""
    if value.number is None or before is None or before.number is None:
        return ""
    is_odd = is_odd_change(
        now=value.number,
        before=before.number,
        apart=at - before.reported_at,
        percent=value.delta_percent,
        within_days=value.delta_days,
    )
    if not is_odd:
        return ""
    share = (value.number - before.number) / abs(before.number)
    percent = f"{abs(share) * 100:.0f}"
    if share < 0:
        return _("Down %(percent)s percent since the last value. Look at the specimen.") % {"percent": percent}
    return _("Up %(percent)s percent since the last value. Look at the specimen.") % {"percent": percent}


def last_day(rows: Sequence[ValueRow]) -> datetime | None:
    """The day of the values before, when they are of one report."""
    days = {row.earlier.reported_at for row in rows if row.earlier}
    return days.pop() if len(days) == 1 else None
