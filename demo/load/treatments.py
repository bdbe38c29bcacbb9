"""What the treatment room has on the loaded days."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from demo.load.actors import staff_actor
from hospital.kernel.actors import Actor
from hospital.treatments.api import Frequency, Laterality, Reaction, list_visit_treatments
from hospital.treatments.types import Plan
from hospital.workflows.treat import give_session, order_and_charge

_NURSE = "sun.kexin"
# By the specialty of the visit: the catalog's item and how it is to be given.
_PLANS: Mapping[str, tuple[str, Plan]] = {
    "ORTH": (
        "340100008",
        Plan(
            site="KNEE",
            laterality=Laterality.RIGHT,
            frequency=Frequency.QD,
            sessions=5,
            dose=Decimal(20),
            dose_unit="min",
        ),
    ),
    "NEUR": (
        "410000001",
        Plan(
            site="NECK",
            laterality=Laterality.NONE,
            frequency=Frequency.QOD,
            sessions=6,
            dose=Decimal(8),
            dose_unit="point",
        ),
    ),
}


def order(*, encounter_id: UUID, specialty: str, actor: Actor, now: datetime) -> None:
    """What doctors of this specialty send to the treatment room, if anything."""
    if specialty in _PLANS:
        item_code, plan = _PLANS[specialty]
        order_and_charge(encounter_id=encounter_id, item_code=item_code, plan=plan, actor=actor, now=now)


def give_first(*, encounter_id: UUID, now: datetime) -> None:
    """The first session of each treatment of a visit, on the day of the visit."""
    for treatment in list_visit_treatments(encounter_id=encounter_id, now=now):
        session = treatment.next_session
        if session is not None:
            give_session(session_id=session.id, reaction=Reaction.NONE, note="", actor=staff_actor(_NURSE), now=now)
