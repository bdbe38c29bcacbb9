"""The nurse's assessment with what prescribing has to know of the body: both are kept, or neither (N02, D52)."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from hospital.audit.api import acting
from hospital.encounters.api import assess, get_encounter
from hospital.kernel.actors import Actor
from hospital.patients.api import get_body_facts, record_body_facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What the nurse weighed and was told; `weight_kg` is None where nobody was weighed."""

    weight_kg: Decimal | None
    due_on: date | None


def assess_visit(*, encounter_id: UUID, body: Body, actor: Actor, now: datetime, **facts: Any) -> None:
    """Keeps the assessment (`facts` as `encounters.assess` takes them) and what is new of the body: a weight, or a
    pregnancy that was not known or is over. Refuses what `assess` and `record_body_facts` refuse."""
    with acting(actor=actor):
        assess(encounter_id=encounter_id, actor=actor, now=now, **facts)
        person_id = get_encounter(encounter_id=encounter_id).person_id
        known = get_body_facts(person_id=person_id, now=now)
        if body.weight_kg is not None or body.due_on != known.due_on:
            record_body_facts(person_id=person_id, weight_kg=body.weight_kg, due_on=body.due_on, actor=actor, now=now)
