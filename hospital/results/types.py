"""What the front door takes and hands out: frozen, without a database behind it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from hospital.kernel.types import BilingualText
from hospital.results.states import ReportState, SpecimenState

_NOTHING = BilingualText("")


class ValueType(StrEnum):
    """What an analyte's value may be."""

    NUMBER = "NUMBER"
    CHOICE = "CHOICE"
    TEXT = "TEXT"


class Flag(StrEnum):
    """How a value stands to its range; HH and LL are critical, A is a qualitative value that is not normal."""

    NORMAL = "N"
    HIGH = "H"
    LOW = "L"
    CRITICAL_HIGH = "HH"
    CRITICAL_LOW = "LL"
    ABNORMAL = "A"


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """A reference range. Ages in days at collection, `[from, to)`; `sex` M, F or ANY."""

    sex: str = "ANY"
    age_from_days: int = 0
    age_to_days: int | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    critical_low: Decimal | None = None
    critical_high: Decimal | None = None
    text: BilingualText = _NOTHING
    normal_choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One value of a qualitative analyte."""

    code: str
    name: BilingualText


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAnalyte:
    """An analyte to load with its ranges."""

    code: str
    name: BilingualText
    value_type: ValueType
    unit: str = ""
    decimals: int | None = None
    loinc: str = ""
    choices: tuple[Choice, ...] = ()
    ranges: tuple[Range, ...] = ()
    is_sensitive: bool = False


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
class MeasuredValue:
    """A value as an analyzer sent it: the codes under which the analyte may be known here, its LOINC, text and unit."""

    codes: tuple[str, ...]
    text: str
    loinc: str = ""
    unit: str = ""


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
class AlertView:
    """How the loop of a critical value stands: `level` 0 to 2 counts the thresholds that passed unanswered."""

    raised_at: datetime
    level: int
    escalated_at: datetime | None
    acknowledged_by: BilingualText
    acknowledged_at: datetime | None
    action: str
    is_withdrawn: bool


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
    alert: AlertView | None = None

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


class AmendmentKind(StrEnum):
    """Why there is another version: the text was changed, or something was added to a text that stays."""

    AMENDMENT = "AMENDMENT"
    ADDENDUM = "ADDENDUM"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamText:
    """What an examination report says, in both languages. `addendum`: what this version adds to the ones before."""

    technique: BilingualText = _NOTHING
    findings: BilingualText = _NOTHING
    impression: BilingualText = _NOTHING
    advice: BilingualText = _NOTHING
    addendum: BilingualText = _NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamVersion:
    """One signed version of an examination report: who signed it, when, and why it came (N19)."""

    id: UUID
    version: int
    kind: AmendmentKind | None
    reason: BilingualText
    addendum: BilingualText
    signer: BilingualText
    signed_at: datetime
    released_at: datetime | None
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamReportView:
    """One version of an examination report. `versions` are the signed ones, oldest first; a patient's holds those that
    were opened to them. `is_current`: signed, and no newer version is."""

    id: UUID
    number: str
    version: int
    kind: AmendmentKind | None
    reason: BilingualText
    is_current: bool
    versions: tuple[ExamVersion, ...]
    order_line_id: UUID
    person_id: UUID
    encounter_id: UUID
    campus_code: str
    name: BilingualText
    body_part: BilingualText
    text: ExamText
    is_signed: bool
    is_sensitive: bool
    examined_at: datetime
    written_at: datetime
    writer: BilingualText
    signed_at: datetime | None
    signer: BilingualText
    released_at: datetime | None

    @property
    def addenda(self) -> tuple[ExamVersion, ...]:
        """What was added up to this version, oldest first."""
        return tuple(each for each in self.versions if each.version <= self.version and each.addendum.zh)

    @property
    def overtaken_by(self) -> ExamVersion | None:
        """The current version where this is an earlier one."""
        return next((each for each in self.versions if each.is_current and each.version > self.version), None)


EarlierValues = Mapping[str, EarlierValue]
