"""Values of the encounters context."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from hospital.encounters.states import EncounterState
from hospital.kernel.types import BilingualText


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
    version: int
