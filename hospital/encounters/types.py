"""Values of the encounters context."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from hospital.encounters.states import EncounterState
from hospital.kernel.types import BilingualText

LineChangeState = Literal["WAITING", "APPROVED", "REJECTED"]


@dataclass(frozen=True, slots=True)
class LineChangeCard:
    """A change of a visit's service line. The amounts are what its unsettled lines cost when it was asked for, in CNY.

    `asked_by` and `decided_by` are ids of members of staff.
    """

    id: UUID
    encounter_id: UUID
    visit_number: str
    person_id: UUID
    from_line: str
    to_line: str
    reason: str
    before_total: Decimal
    after_total: Decimal
    state: LineChangeState
    asked_by: str
    asked_at: datetime
    decided_by: str
    decided_at: datetime | None


@dataclass(frozen=True, slots=True)
class VisitTerms:
    """What of a visit decides its prices."""

    person_id: UUID
    campus_code: str
    visit_type: str
    service_line: str


@dataclass(frozen=True, slots=True)
class EncounterCard:
    """A visit as desks, papers and the app show it."""

    id: UUID
    number: str
    person_id: UUID
    campus_code: str
    campus_name: BilingualText
    department_id: UUID
    department_name: BilingualText
    department_location: BilingualText
    clinician_id: UUID
    clinician_name: BilingualText
    clinician_user_id: UUID | None
    clinic_name: BilingualText | None
    room_name: BilingualText | None
    appointment_id: UUID | None
    visit_type: str
    service_line: str
    payer: str
    state: EncounterState
    queue_number: str
    queue_on: date
    due_at: datetime | None
    registered_at: datetime
    checked_in_at: datetime | None
    called_at: datetime | None
    calls: int
    consult_started_at: datetime | None
    done_at: datetime | None
    priority: str
    is_green: bool
    transferred_from_id: UUID | None
    version: int

    @property
    def shown_name(self) -> BilingualText:
        """Whom patients see: the doctor, or the clinic that they booked until a doctor of it calls them."""
        return self.clinician_name if self.clinic_name is None or self.called_at else self.clinic_name
