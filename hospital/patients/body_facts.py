"""Weight and pregnancy, which prescribing has to know: recorded by doctors and nurses; the newest counts."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final
from uuid import UUID

from hospital.audit.api import acting
from hospital.kernel.actors import Actor
from hospital.kernel.clock import local_day
from hospital.kernel.types import BilingualText
from hospital.patients.errors import BadBodyFacts
from hospital.patients.models import BodyFacts
from hospital.patients.queries import require_recorder
from hospital.patients.rules.pregnancy import find_week
from hospital.patients.trail import trace
from hospital.patients.types import BodyFactsCard

WEIGHT_HOLDS: Final = timedelta(days=90)
_LIGHTEST, _HEAVIEST = Decimal("0.3"), Decimal(400)
_SCALES = Decimal("0.01")


def record_body_facts(
    *, person_id: UUID, weight_kg: Decimal | None, due_on: date | None, actor: Actor, now: datetime
) -> None:
    """Records a weight (None: not weighed today, the last one stays) and whether the person is pregnant, until when.

    Refuses `BadBodyFacts`, and what `require_recorder` refuses.
    """
    require_recorder(actor=actor, person_id=person_id, now=now)
    is_weight_possible = weight_kg is None or (weight_kg.is_finite() and _LIGHTEST <= weight_kg <= _HEAVIEST)
    is_due_possible = due_on is None or find_week(due_on=due_on, on=local_day(now)) is not None
    if not is_weight_possible or not is_due_possible:
        raise BadBodyFacts
    with acting(actor=actor):
        BodyFacts.objects.create(
            person_id=person_id,
            weight_kg=weight_kg.quantize(_SCALES) if weight_kg is not None else None,
            due_on=due_on,
            recorded_by_id=UUID(actor.id),
            recorded_at=now,
        )
        trace(actor=actor, action="patients.record_body_facts", person_id=person_id, now=now)


def get_body_facts(*, person_id: UUID, now: datetime) -> BodyFactsCard:
    """What is known today, for callers that have checked the access. One statement."""
    today = local_day(now)
    known = BodyFacts.objects.filter(person_id=person_id).select_related("recorded_by")
    rows = list(known.order_by("-recorded_at", "-id")[:20])
    due_on = rows[0].due_on if rows else None
    week = find_week(due_on=due_on, on=today) if due_on else None
    weighed = next((row for row in rows if row.weight_kg is not None), None)
    if weighed is not None and now - weighed.recorded_at > WEIGHT_HOLDS:
        weighed = None
    return BodyFactsCard(
        weight_kg=weighed.weight_kg if weighed else None,
        weighed_on=local_day(weighed.recorded_at) if weighed else None,
        weighed_by=_recorder(weighed),
        due_on=due_on if week is not None else None,
        pregnant_week=week,
        due_noted_on=local_day(rows[0].recorded_at) if week is not None else None,
        due_noted_by=_recorder(rows[0] if week is not None else None),
    )


def _recorder(row: BodyFacts | None) -> BilingualText:
    return BilingualText(row.recorded_by.name_zh, row.recorded_by.name_en) if row else BilingualText("", "")
