"""Ordering a test or an examination where a recent recognized result may spare it (N11, domain brief 4)."""

from datetime import datetime, timedelta
from uuid import UUID

from hospital.encounters.api import get_encounter
from hospital.encounters.types import EncounterCard
from hospital.kernel.actors import Actor
from hospital.orders.api import add_exam, add_test, find_orderable, list_done_exams
from hospital.orders.types import OrderKind, Repeat
from hospital.patients.api import require_access
from hospital.results.api import find_outside_result, find_recent_exam, find_recent_test
from hospital.results.types import RecentResult
from hospital.workflows.errors import RecentResultExists

LOOKED_BACK = timedelta(days=366)


def order_test(
    *,
    encounter_id: UUID,
    kind: OrderKind,
    item_code: str,
    actor: Actor,
    now: datetime,
    repeat: Repeat | None = None,
) -> UUID:
    """Adds a test or an examination to the visit's draft request; returns the line's id.

    Refusals: `RecentResultExists` (without `repeat`, or where `repeat` names another result than the newest), those of
    `add_test`.
    """
    recent = find_recent_result(encounter_id=encounter_id, kind=kind, item_code=item_code, actor=actor, now=now)
    if recent is not None and (repeat is None or repeat.result_id != recent.id):
        raise RecentResultExists(item=recent.name)
    add = add_test if kind is OrderKind.LAB else add_exam
    return add(
        encounter_id=encounter_id,
        item_code=item_code,
        repeat=repeat if recent is not None else None,
        actor=actor,
        now=now,
    )


def find_recent_result(
    *, encounter_id: UUID, kind: OrderKind, item_code: str, actor: Actor, now: datetime
) -> RecentResult | None:
    """The newest recognized result of the item within its days, of any campus or of another hospital.

    Refusals: `UnknownEncounter`, `NoCareRelation`, `NotOrderable`.
    """
    visit = get_encounter(encounter_id=encounter_id)
    require_access(actor=actor, person_id=visit.person_id, now=now)
    find_orderable(code=item_code, now=now)
    found = [
        _find_own(visit=visit, kind=kind, item_code=item_code, now=now),
        find_outside_result(person_id=visit.person_id, item_code=item_code, campus_code=visit.campus_code, now=now),
    ]
    return max((each for each in found if each), key=lambda each: each.done_on, default=None)


def _find_own(*, visit: EncounterCard, kind: OrderKind, item_code: str, now: datetime) -> RecentResult | None:
    if kind is OrderKind.LAB:
        return find_recent_test(person_id=visit.person_id, item_code=item_code, now=now)
    lines = list_done_exams(person_id=visit.person_id, item_code=item_code, since=now - LOOKED_BACK)
    return find_recent_exam(order_line_ids=lines, item_code=item_code, now=now) if lines else None
