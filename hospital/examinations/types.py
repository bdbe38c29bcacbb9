"""What the front door takes and hands out: frozen, without a database behind it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from hospital.examinations.states import BookingState, StepState
from hospital.kernel.types import BilingualText


class ExamQuestion(StrEnum):
    """What has to be known before an examination. To each a "yes" goes to the desk, to ESCORT a "no"."""

    PREGNANT = "PREGNANT"
    IMPLANT = "IMPLANT"
    CONTRAST_ALLERGY = "CONTRAST_ALLERGY"
    KIDNEY = "KIDNEY"
    METFORMIN = "METFORMIN"
    ESCORT = "ESCORT"


class Contrast(StrEnum):
    """The agent that is injected."""

    NONE = "NONE"
    IODINE = "IODINE"
    GADOLINIUM = "GADOLINIUM"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamNeeds:
    """What one kind of examination takes and asks for. `minutes` on the device, a multiple of five.

    `measures_iodine_uptake`: iodine given for another examination spoils it for weeks (thyroid scan).
    """

    modality: str
    minutes: int
    fasting_hours: int = 0
    has_full_bladder: bool = False
    contrast: Contrast = Contrast.NONE
    has_barium: bool = False
    measures_iodine_uptake: bool = False
    has_sedation: bool = False
    questions: frozenset[ExamQuestion] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceCard:
    """A device and where it stands. `out_since` and `out_until` are those of an outage that lasts while this is read;
    `out_until` is None while nobody knows the end.
    """

    id: UUID
    code: str
    campus_code: str
    campus_name: BilingualText
    campus_address: BilingualText
    location: BilingualText
    floor: str
    room_name: BilingualText
    modality: str
    name: BilingualText
    out_since: datetime | None = None
    out_until: datetime | None = None
    out_reason: str = ""

    @property
    def place(self) -> BilingualText:
        """What the sign on the door says: the room, else the device."""
        return self.room_name if self.room_name.zh else self.name


@dataclass(frozen=True, slots=True)
class DeviceTime:
    """From when to when a device can be used."""

    device_id: UUID
    campus_code: str
    modality: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class WantedExam:
    """One ordered examination to find a time for."""

    key: UUID
    needs: ExamNeeds


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedExam:
    """An examination with its time, whether it is planned or booked already."""

    key: UUID
    needs: ExamNeeds
    device_id: UUID
    campus_code: str
    starts_at: datetime
    ends_at: datetime


class Why(StrEnum):
    """Why an examination is where it is in a plan, why a plan has several days."""

    FASTING_FIRST = "FASTING_FIRST"
    BLADDER_AFTER_FASTING = "BLADDER_AFTER_FASTING"
    BARIUM_LAST = "BARIUM_LAST"
    CONTRAST_APART = "CONTRAST_APART"
    BARIUM_APART = "BARIUM_APART"
    IODINE_APART = "IODINE_APART"
    REST_AFTER_SEDATION = "REST_AFTER_SEDATION"
    LITTLE_WAITING = "LITTLE_WAITING"
    FIRST_FREE = "FIRST_FREE"
    NO_DAY_FOR_ALL = "NO_DAY_FOR_ALL"


class WhyNot(StrEnum):
    """Why an examination is not in a plan."""

    ASK_DESK = "ASK_DESK"  # an answer has to be looked at by staff
    NOT_ANSWERED = "NOT_ANSWERED"
    NO_DEVICE = "NO_DEVICE"
    NOTHING_FREE = "NOTHING_FREE"
    NOT_TOGETHER = "NOT_TOGETHER"  # free by itself, but not beside the others


@dataclass(frozen=True, slots=True)
class PlannedExam:
    """One line of a plan. `fast_from` is when the last meal has to be over, `drink_at` when to begin to drink."""

    exam: PlacedExam
    whys: tuple[Why, ...]
    fast_from: datetime | None = None
    drink_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """Examinations in the order of their time, what could not be placed and why, why there are several days."""

    exams: tuple[PlannedExam, ...]
    left_out: Mapping[UUID, WhyNot] = field(default_factory=dict)
    split: Why | None = None


@dataclass(frozen=True, slots=True)
class StudyNumbers:
    """How an ordered examination is known to devices and to the image archive: the accession number (16 characters at
    most) and the identifier of the DICOM study."""

    accession: str
    study_uid: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkItem:
    """One examination as a device's worklist shows it (domain brief 12)."""

    numbers: StudyNumbers
    order_number: str
    name: BilingualText
    body_part: BilingualText
    item_code: str
    device_code: str
    ae_title: str
    modality: str
    starts_at: datetime
    mrn: str
    latin_name: tuple[str, str, str]
    """Family name, given and middle names in passport letters; a single name stands in the first place alone."""
    chinese_name: tuple[str, str]
    birth_date: date
    sex: str
    doctor: BilingualText
    may_be_pregnant: bool
    has_time: bool = True
    """Whether `starts_at` is a time that was booked; without one it is any time of the day."""


class StepAnswer(StrEnum):
    """What a device is answered when it says that it has begun or ended."""

    OK = "OK"
    UNKNOWN_EXAM = "UNKNOWN_EXAM"
    UNKNOWN_STEP = "UNKNOWN_STEP"
    TAKEN = "TAKEN"
    OVER = "OVER"


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """An examination as a device does it. `reason`: why it was stopped, in the device's words."""

    order_line_id: UUID
    state: StepState
    started_at: datetime
    ended_at: datetime | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewBooking:
    """What is booked for one order line, with the names and the preparation as they were ordered."""

    order_line_id: UUID
    order_number: str
    encounter_id: UUID
    person_id: UUID
    item_code: str
    name: BilingualText
    preparation: BilingualText
    device_id: UUID
    starts_at: datetime
    ends_at: datetime
    answers: Mapping[ExamQuestion, bool] = field(default_factory=dict)
    cleared: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingCard:
    """A booked examination. `answers` are the patient's, `cleared` why the staff booked it in spite of one."""

    id: UUID
    order_line_id: UUID
    order_number: str
    encounter_id: UUID
    person_id: UUID
    item_code: str
    name: BilingualText
    preparation: BilingualText
    device: DeviceCard
    starts_at: datetime
    ends_at: datetime
    state: BookingState
    answers: Mapping[ExamQuestion, bool]
    cleared: str
    revision: int
    checked_in_at: datetime | None
    called_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None
