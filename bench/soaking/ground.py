"""The ground of a soak: prices that do not divide, visits with their patients, cashiers, a partner's machine."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from hospital.catalog.tests.factories import make_hospital_catalog, make_items, new_item
from hospital.encounters.tests.clinic import make_patient, make_staff, make_visit
from hospital.kernel.actors import Actor, Role, system_actor
from hospital.kernel.types import BilingualText
from hospital.partners.api import add_key, add_partner
from hospital.partners.types import Algorithm
from hospital.patients.models import CareRelation, LocalNumber

CAMPUS = "IMC"
CODES = ("CBC", "CXR", "AML", "SET", "ODD1", "ODD2", "ODD3")
PARTNER = "soak"


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit: who may pay for it, who signed its orders, and what its patient shows at a machine."""

    encounter_id: UUID
    person_id: UUID
    patient: Actor
    doctor: Actor
    mrn: str
    born: str


@dataclass(frozen=True, slots=True)
class Ground:
    """Everything that the clerks work with."""

    visits: tuple[Visit, ...]
    cashiers: tuple[Actor, ...]
    key_id: str
    secret: str

    @property
    def encounter_ids(self) -> list[UUID]:
        """Of all visits."""
        return [visit.encounter_id for visit in self.visits]


def lay_ground(*, visits: int) -> Ground:
    """Into an empty database."""
    make_hospital_catalog()
    make_items(new_item("ODD1", "13.35"), new_item("ODD2", "0.07"), new_item("ODD3", "3.33"))
    found = tuple(_visit() for _ in range(visits))
    cashiers = tuple(make_staff(Role.CASHIER, campus=CAMPUS) for _ in range(4))
    # The factories write down a fixed day; a soak is of now.
    CareRelation.objects.update(since=timezone.now() - timedelta(days=1))
    actor, now = system_actor("soak"), timezone.now()
    add_partner(
        code=PARTNER,
        name=BilingualText(zh="自助机", en="Kiosk"),
        campuses=[CAMPUS],
        requests_per_minute=1_000_000,
        actor=actor,
        now=now,
    )
    key = add_key(code=PARTNER, algorithm=Algorithm.HMAC, actor=actor, now=now)
    return Ground(visits=found, cashiers=cashiers, key_id=key.key_id, secret=key.secret)


def _visit() -> Visit:
    scene = make_visit(campus=CAMPUS)
    number = LocalNumber.objects.select_related("person").get(person_id=scene.person_id, campus_id=CAMPUS)
    return Visit(
        encounter_id=scene.encounter_id,
        person_id=scene.person_id,
        patient=make_patient(scene.person_id),
        doctor=scene.doctor,
        mrn=number.mrn,
        born=number.person.birth_date.isoformat(),
    )
