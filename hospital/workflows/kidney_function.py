"""How well a patient's kidneys filter, for whoever prescribes: from the newest creatinine of the last year (D52)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from hospital.kernel.actors import Actor
from hospital.kernel.clock import local_day
from hospital.orders.api import completed_years, estimate_gfr
from hospital.patients.api import get_person
from hospital.patients.types import PersonCard
from hospital.results.api import LatestValue, find_latest_value

CREATININE: Final = "CREA"
_UNITS: Final = {"µmol/L", "μmol/L", "umol/L"}
HOLDS: Final = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class KidneyFunction:
    """The estimate in mL/min/1.73 m² and the creatinine it comes from."""

    gfr: int
    creatinine: LatestValue


def find_kidney_function(*, person: PersonCard, now: datetime) -> KidneyFunction | None:
    """The estimate for the patient's age and sex today; None for children and without a creatinine in µmol/L.

    For whoever has read `person`. One statement.
    """
    value = find_latest_value(person_id=person.id, code=CREATININE, since=now - HOLDS)
    if value is None or value.unit not in _UNITS:
        return None
    age = completed_years(born_on=person.birth_date, on=local_day(now))
    gfr = estimate_gfr(creatinine=value.number, age_years=age, sex=person.sex)
    return KidneyFunction(gfr, value) if gfr is not None else None


def find_gfr(*, person_id: UUID, actor: Actor, now: datetime) -> int | None:
    """The estimate alone. Refuses `NoCareRelation`, `UnknownPerson`."""
    found = find_kidney_function(person=get_person(actor=actor, person_id=person_id, now=now), now=now)
    return found.gfr if found else None
