"""Values of special-need service."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from hospital.assistance.states import OPEN, AssistanceState
from hospital.kernel.types import BilingualText


class AssistanceKind(StrEnum):
    """What a patient may ask for."""

    INTERPRETER = "INTERPRETER"
    TRANSPORT = "TRANSPORT"
    WHEELCHAIR = "WHEELCHAIR"
    ESCORT = "ESCORT"  # somebody who walks the patient through the visit


class Diet(StrEnum):
    """What the patient eats."""

    ANY = "ANY"
    HALAL = "HALAL"
    KOSHER = "KOSHER"
    VEGETARIAN = "VEGETARIAN"
    VEGAN = "VEGAN"


class Mobility(StrEnum):
    """How the patient gets about."""

    WALKS = "WALKS"
    AID = "AID"
    WHEELCHAIR = "WHEELCHAIR"
    STRETCHER = "STRETCHER"


class ClinicianSex(StrEnum):
    """Whom the patient prefers to be seen by."""

    ANY = "ANY"
    FEMALE = "FEMALE"
    MALE = "MALE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """How somebody wants to be cared for; `note` in the words of whoever wrote it."""

    diet: Diet = Diet.ANY
    mobility: Mobility = Mobility.WALKS
    clinician_sex: ClinicianSex = ClinicianSex.ANY
    is_name_private: bool = False  # called by number only
    note: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether nothing in them asks for attention."""
        return self == Preferences()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAssistance:
    """What somebody asks for. Times are aware instants; an interpreter needs `language`, transport `from_place`."""

    person_id: UUID
    campus_code: str
    kind: AssistanceKind
    starts_at: datetime
    ends_at: datetime
    appointment_id: UUID | None = None
    language: str = ""
    from_place: str = ""
    to_place: str = ""
    note: str = ""
    key: str


@dataclass(frozen=True, slots=True)
class HoursToCharge:
    """What an interpreter's work costs: so many hours of this catalog item."""

    item_code: str
    hours: Decimal
    appointment_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class InterpreterCard:
    """Somebody who interprets at a campus; `is_free` at the period that was asked about."""

    id: UUID
    name: BilingualText
    languages: tuple[str, ...]
    fee_item_code: str  # empty: free of charge
    is_free: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class AssistanceCard:
    """A request as desks and the app show it. `arrangement` is what the patient is told, such as the car's number."""

    id: UUID
    person_id: UUID
    campus_code: str
    appointment_id: UUID | None
    kind: AssistanceKind
    state: AssistanceState
    starts_at: datetime
    ends_at: datetime
    language: str
    from_place: str
    to_place: str
    note: str
    interpreter: BilingualText | None
    arrangement: BilingualText
    end_reason: BilingualText
    done_hours: Decimal | None  # as they were charged
    created_at: datetime
    version: int

    @property
    def is_open(self) -> bool:
        """Whether it still can be arranged, given up or finished."""
        return self.state in OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class CareSettings:
    """What every desk should know of a person: coordinator, preferences, what is arranged today."""

    coordinator: BilingualText | None
    preferences: Preferences
    today: tuple[AssistanceCard, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return self.coordinator is None and self.preferences.is_plain and not self.today
