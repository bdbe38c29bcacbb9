"""Specimens, reports and their lines."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from hospital.kernel.types import BilingualText
from hospital.results.states import ReportState, SpecimenState
from hospital.results.types.analytes import Choice, Flag, ValueType

_NOTHING = BilingualText("")


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestedTest:
    """One order line for the laboratory. `panel_codes`: the catalog items whose panels it measures."""

    order_line_id: UUID
    item_code: str
    panel_codes: tuple[str, ...]
    name: BilingualText
    specimen: BilingualText
    container: BilingualText
    is_emergency: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestView:
    """One test asked of a specimen."""

    order_line_id: UUID
    item_code: str
    name: BilingualText


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecimenView:
    """One specimen with what is asked of it. `critical` counts critical values whose call is still open."""

    id: UUID
    number: str
    encounter_id: UUID
    person_id: UUID
    campus_code: str
    name: BilingualText
    container: BilingualText
    state: SpecimenState
    is_emergency: bool
    requested_at: datetime
    collected_at: datetime | None
    received_at: datetime | None
    rejected_at: datetime | None
    reject_reason: str
    requests: tuple[RequestView, ...]
    flagged: int = 0
    critical: int = 0
    report_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallView:
    """One call about a critical value."""

    answered_by: str
    read_back: str
    is_match: bool
    called_by: BilingualText
    called_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldView:
    """Who was told of a critical value, at which threshold, and when: on the screen, and by mail where `by_email`."""

    name: BilingualText
    level: int
    told_at: datetime
    by_email: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertView:
    """How the loop of a critical value stands: `level` 0 to 2 counts the thresholds that passed unanswered.

    `withdrawn_why`: CORRECTED, REPLACED or REJECTED where it ended without a clinician.
    """

    value: str
    raised_at: datetime
    level: int
    escalated_at: datetime | None
    acknowledged_by: BilingualText
    acknowledged_at: datetime | None
    action: str
    withdrawn_at: datetime | None
    withdrawn_by: BilingualText
    withdrawn_why: str
    told: tuple[ToldView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingAlert:
    """An alert that nobody has taken over, without value and analyte: for who tells others of it."""

    id: UUID
    encounter_id: UUID
    number: str
    """Of the specimen or of the examination report."""
    raised_at: datetime
    level: int
    is_finding: bool
    """Of an examination, not a laboratory value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CriticalAlertLine:
    """A critical value that a clinician has to take over. `was_called`: read back rightly on the telephone."""

    id: UUID
    person_id: UUID
    encounter_id: UUID
    name: BilingualText
    value: BilingualText
    unit: str
    reference: BilingualText
    specimen_number: str
    clinician: BilingualText
    raised_at: datetime
    level: int
    is_mine: bool
    was_called: bool
    exam_line_id: UUID | None = None
    """The examination of a finding; None for a laboratory value, whose specimen is named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueView:
    """One value with the range it was judged by. `text` is empty while nothing was entered.

    `place` is where the value stands on a bar of 0–100 whose middle half is the range; None where there is no bar.
    """

    id: UUID
    code: str
    name: BilingualText
    group: BilingualText
    unit: str
    value_type: ValueType
    choices: tuple[Choice, ...]
    text: str
    display: BilingualText
    number: Decimal | None
    reference: BilingualText
    flag: Flag
    is_critical: bool
    place: int | None
    entered_at: datetime | None
    entered_by_id: UUID | None
    calls: tuple[CallView, ...]
    instrument: str = ""
    second: str = ""
    second_unit: str = ""
    delta_percent: int = 50
    delta_days: int | None = None
    about: BilingualText = _NOTHING
    alert: AlertView | None = None
    recognition: BilingualText = _NOTHING

    @property
    def has_open_call(self) -> bool:
        """Whether the value is critical and nobody has read it back correctly yet."""
        return self.is_critical and not any(call.is_match for call in self.calls)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportView:
    """One version of a report with its values in order."""

    id: UUID
    number: str
    version: int
    revision: int
    state: ReportState
    specimen_id: UUID
    specimen_number: str
    specimen: BilingualText
    specimen_quality: BilingualText
    encounter_id: UUID
    person_id: UUID
    collected_at: datetime
    received_at: datetime
    tested_at: datetime | None
    reported_at: datetime | None
    released_at: datetime | None
    is_held: bool
    tester_id: UUID | None
    tester: BilingualText
    verifier_id: UUID | None
    verifier: BilingualText
    comment: BilingualText
    amend_reason: str
    values: tuple[ValueView, ...]

    @property
    def flagged(self) -> int:
        """How many values are outside their range."""
        return sum(value.flag is not Flag.NORMAL for value in self.values)

    @property
    def is_critical(self) -> bool:
        """Whether any value is critical."""
        return any(value.is_critical for value in self.values)


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierValue:
    """The last verified value of an analyte before this report."""

    text: BilingualText
    number: Decimal | None
    reported_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportLine:
    """A report in a list: what, when, how many values are outside their range."""

    id: UUID
    number: str
    version: int
    encounter_id: UUID
    names: tuple[BilingualText, ...]
    collected_at: datetime
    reported_at: datetime
    flagged: int
    is_critical: bool
    is_held: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendPoint:
    """One value of a line over time, with the range by which it was judged then."""

    at: datetime
    text: BilingualText
    number: Decimal | None
    low: Decimal | None
    high: Decimal | None
    flag: Flag


class Direction(StrEnum):
    """How the last value stands to the one before: arithmetic, no judgment."""

    UP = "UP"
    DOWN = "DOWN"
    SAME = "SAME"


class PatientReportKind(StrEnum):
    """What a patient's list of reports holds."""

    LAB = "LAB"
    EXAM = "EXAM"


class PatientReportState(StrEnum):
    """How a report stands for its patient."""

    OPEN = "OPEN"
    CLOSED = "CLOSED"  # waits for the clinician's release
    PENDING = "PENDING"  # not final yet


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientReportLine:
    """A report in a patient's list. Of a closed or pending one nothing is told but that it exists.

    `collected_at`: when the sample was taken or the examination done; where `is_taken` is false, when it was asked for.
    """

    id: UUID
    kind: PatientReportKind
    state: PatientReportState
    number: str
    person_id: UUID
    encounter_id: UUID
    names: tuple[BilingualText, ...]
    collected_at: datetime
    reported_at: datetime | None
    flagged: int | None
    version: int = 1
    is_taken: bool = True


EarlierValues = Mapping[str, EarlierValue]
