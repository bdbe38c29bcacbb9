"""Ordering a treatment: checked, numbered, signed by the doctor of the visit (D54)."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import connection

from hospital.audit.api import acting, record_act
from hospital.catalog.api import get_item
from hospital.catalog.errors import UnknownItem
from hospital.catalog.types import ServiceCategory
from hospital.encounters.api import get_encounter
from hospital.encounters.errors import NotYourPatient
from hospital.encounters.states import EncounterState
from hospital.kernel.actors import Actor
from hospital.kernel.clock import SHANGHAI
from hospital.kernel.events import record_event
from hospital.kernel.types import BilingualText
from hospital.treatments.errors import BadPlan, NotTreatment, TreatmentVisitClosed
from hospital.treatments.models import Treatment, TreatmentSession
from hospital.treatments.rules import MOST_SESSIONS
from hospital.treatments.types import NewTreatment, Plan
from hospital.treatments.vocabulary import DOSE_UNITS, PAIRED_SITES, SITES, Frequency, Laterality


def order_treatment(*, encounter_id: UUID, item_code: str, plan: Plan, actor: Actor, now: datetime) -> NewTreatment:
    """Orders a treatment with its planned sessions; the doctor's order is the signature.

    Charging is the caller's. Refuses `NotYourPatient`, `TreatmentVisitClosed`, `NotTreatment`, `BadPlan`,
    `UnknownEncounter`.
    """
    visit = get_encounter(encounter_id=encounter_id)
    if str(visit.clinician_user_id) != actor.id:
        raise NotYourPatient
    if visit.state is not EncounterState.IN_CONSULT:
        raise TreatmentVisitClosed
    name = _find_treatment(item_code=item_code, now=now)
    check_plan(plan)
    with acting(actor=actor):
        row = Treatment.objects.create(
            number=_next_number(now=now),
            encounter_id=visit.id,
            person_id=visit.person_id,
            campus_id=visit.campus_code,
            item_code=item_code,
            name_zh=name.zh,
            name_en=name.en,
            site=plan.site,
            laterality=plan.laterality,
            dose=plan.dose,
            dose_unit=plan.dose_unit,
            frequency=plan.frequency,
            remark=plan.remark.strip()[:300],
            is_emergency=visit.visit_type == "ER",
            ordered_by_id=UUID(actor.id),
            ordered_at=now,
        )
        sessions = TreatmentSession.objects.bulk_create(
            TreatmentSession(treatment=row, number=number) for number in range(1, plan.sessions + 1)
        )
        record_event(
            kind="treatments.ordered",
            subject_id=str(row.id),
            person_id=visit.person_id,
            encounter_id=visit.id,
            now=now,
            facts={"treatment": row.number, "sessions": plan.sessions},
        )
        record_act(
            actor=actor,
            action="treatments.order",
            subject_kind="treatment",
            subject_id=str(row.id),
            person_id=visit.person_id,
            now=now,
            details={"number": row.number, "item": item_code, "sessions": plan.sessions},
        )
    return NewTreatment(
        id=row.id, number=row.number, item_code=item_code, session_ids=tuple(each.id for each in sessions)
    )


def check_plan(plan: Plan) -> None:
    """Refuses `BadPlan`: an unknown site or unit, a paired site without its side, a side where there is none."""
    has_side = plan.laterality is not Laterality.NONE
    has_dose = plan.dose is not None and plan.dose > Decimal(0) and plan.dose_unit in DOSE_UNITS
    is_wrong = (
        plan.site not in SITES
        or has_side != (plan.site in PAIRED_SITES)
        or not (has_dose or (plan.dose is None and not plan.dose_unit))
        or not 1 <= plan.sessions <= MOST_SESSIONS
        or (plan.frequency is Frequency.ONCE and plan.sessions != 1)
    )
    if is_wrong:
        raise BadPlan(limit=MOST_SESSIONS)


def _find_treatment(*, item_code: str, now: datetime) -> BilingualText:
    try:
        card = get_item(code=item_code, now=now)
    except UnknownItem as unknown:
        raise NotTreatment(item=item_code[:40]) from unknown
    if card.category is not ServiceCategory.TREATMENT or not card.is_active:
        raise NotTreatment(item=card.name)
    return card.name


def _next_number(*, now: datetime) -> str:
    """TR-261125-000042, from a database sequence; a rolled-back order leaves a gap."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('treatments_number')")
        (number,) = cursor.fetchone()
    return f"TR-{now.astimezone(SHANGHAI):%y%m%d}-{number:06d}"
