"""What the addresses of reports take and hand out."""

from datetime import datetime
from uuid import UUID

from ninja import Schema

from hospital.patient_api.schemas import Text
from hospital.results.types import ExamKind


class PatientReportOut(Schema):
    """A report in the list. `kind` LAB or EXAM; `state` OPEN, CLOSED (the doctor speaks with the patient first) or
    PENDING (not final yet). `flagged` counts values outside their range, null where nothing may be told.

    `version` above 1: amended. `is_taken`: the sample was taken or the examination done; before, `collected_at` is the
    instant of the order.
    """

    id: UUID
    kind: str
    state: str
    number: str
    person_id: UUID
    names: list[Text]
    collected_at: datetime
    reported_at: datetime | None
    flagged: int | None
    version: int
    is_taken: bool
    doctor: Text
    campus: Text


class PatientReportsOut(Schema):
    """A page of reports, newest first; `next_before` asks for the older ones, null at the end."""

    pending: list[PatientReportOut]
    reports: list[PatientReportOut]
    next_before: datetime | None


class ReportLineOut(Schema):
    """A report in the list of one person."""

    id: UUID
    number: str
    names: list[Text]
    collected_at: datetime
    reported_at: datetime
    flagged: int


class TrendPointOut(Schema):
    """One value of a line over time; `number` is decimal text, null where the value is no plain number."""

    at: datetime
    value: Text
    number: str | None
    flag: str


class ValueOut(Schema):
    """One value. `flag` is N, H, L, HH, LL or A; `flag_text` says it in words; `place` is 0–100 on the range bar.

    `low` and `high` are the range as decimal text. `trend` ends with this value; `direction` UP, DOWN or SAME compares
    it with the one before: arithmetic only. `second` is the same value in `second_unit`, empty where there is none;
    `about` says in plain words what is measured, empty where nothing is written; `recognition` is the mark of mutual
    recognition, empty where there is none.
    """

    code: str
    name: Text
    group: Text
    value: Text
    unit: str
    second: str
    second_unit: str
    about: Text
    recognition: Text
    reference: Text
    flag: str
    flag_text: Text
    place: int | None
    earlier: Text | None
    earlier_at: datetime | None
    low: str | None
    high: str | None
    trend: list[TrendPointOut]
    direction: str | None


class ReportVersionOut(Schema):
    """One version of a report that was opened to the patient: who signed it, when, and why it came.

    `kind` AMENDMENT (the text changed), ADDENDUM (something was added), null for the first one. `id` opens it.
    """

    id: UUID
    version: int
    kind: str | None
    at: datetime | None
    by: Text
    reason: Text
    is_current: bool


class ReportOut(Schema):
    """A laboratory report. `versions`: oldest first, one alone where it was never amended."""

    id: UUID
    person_id: UUID
    appointment_id: UUID | None
    doctor: Text
    department: Text
    campus: Text
    number: str
    version: int
    is_current: bool
    versions: list[ReportVersionOut]
    specimen: Text
    collected_at: datetime
    received_at: datetime
    tested_at: datetime | None
    reported_at: datetime | None
    tester: Text
    verifier: Text
    comment: Text
    values: list[ValueOut]


class AddendumOut(Schema):
    """What was added to a signed report, by whom and when."""

    text: Text
    by: Text
    at: datetime


class ImageSeriesOut(Schema):
    """Images that were taken in one go. `frames`: the places of what can be shown, for their addresses; `can_window`:
    gray values may be asked for as LUNG, SOFT, BONE or BRAIN."""

    description: str
    modality: str
    can_window: bool
    frames: list[str]


class ExamImagesOut(Schema):
    """The images beside a report. `is_away`: the archive does not answer; the report is complete without them."""

    is_away: bool
    series: list[ImageSeriesOut]


class ExamFactOut(Schema):
    """A field of the kind of report: a measure, the sedation, the stage."""

    label: Text
    value: Text


class KeyImageOut(Schema):
    """An image that the doctor chose for the report; its picture stands under its id."""

    id: UUID
    caption: Text


class ExamReportOut(Schema):
    """An examination report: what was seen, and what it means. `versions`: oldest first, one alone where it was never
    amended. `recognition`: the mark of mutual recognition, empty where there is none."""

    id: UUID
    number: str
    version: int
    is_current: bool
    versions: list[ReportVersionOut]
    addenda: list[AddendumOut]
    person_id: UUID
    name: Text
    body_part: Text
    technique: Text
    findings: Text
    impression: Text
    advice: Text
    kind: ExamKind
    facts: list[ExamFactOut]
    recognition: Text
    key_images: list[KeyImageOut]
    examined_at: datetime
    signed_at: datetime | None
    signer: Text
    department: Text
    campus: Text


class ClosedReportOut(Schema):
    """A report that waits for the doctor: no value, no flag, no text of it."""

    id: UUID
    kind: str
    person_id: UUID
    names: list[Text]
    collected_at: datetime
    doctor: Text
    department: Text
    location: Text
    appointment_id: UUID | None
    why: Text
    when: Text
