"""Who may write orders in a visit, and for whom."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from hospital.encounters.api import get_encounter
from hospital.encounters.errors import NotYourPatient
from hospital.encounters.states import EncounterState
from hospital.encounters.types import EncounterCard
from hospital.kernel.actors import Actor
from hospital.kernel.clock import local_day
from hospital.orders.errors import VisitNotInConsult
from hospital.patients.api import get_person
from hospital.patients.types import PersonCard


@dataclass(frozen=True, slots=True)
class OpenVisit:
    """A visit in consultation with its patient, seen by its own doctor."""

    visit: EncounterCard
    person: PersonCard
    age_years: int


def open_visit(*, encounter_id: UUID, actor: Actor, now: datetime) -> OpenVisit:
    """The visit for writing. Refuses `UnknownEncounter`, `NotYourPatient`, `VisitNotInConsult`, `NoCareRelation`."""
    visit = get_encounter(encounter_id=encounter_id)
    if str(visit.clinician_user_id) != actor.id:
        raise NotYourPatient
    if visit.state is not EncounterState.IN_CONSULT:
        raise VisitNotInConsult
    person = get_person(actor=actor, person_id=visit.person_id, now=now)
    age = completed_years(born_on=person.birth_date, on=local_day(now))
    return OpenVisit(visit=visit, person=person, age_years=age)


def completed_years(*, born_on: date, on: date) -> int:
    """Age in completed years; whoever was born on 29 February has the birthday on 1 March (domain brief 1.6.8)."""
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))
