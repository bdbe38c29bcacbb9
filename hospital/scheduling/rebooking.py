"""Where a called-off patient may go instead: the next places of the same department, of any pool."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import F, Q

from hospital.scheduling.errors import UnknownSession
from hospital.scheduling.models import RosterSession, Slot
from hospital.scheduling.queries import list_slots_by_id
from hospital.scheduling.stops import NEVER
from hospital.scheduling.types import SlotCard

MOST_PLACES: Final = 12


def list_places_instead(*, session_id: UUID, now: datetime) -> list[SlotCard]:
    """The first free place of each coming session like this one, its own doctor's first, then by time.

    Like: of the same specialty and service line, at any campus. Places of every pool count, released or not. Refuses
    with `UnknownSession`.
    """
    row = RosterSession.objects.select_related("department").filter(pk=session_id).first()
    if row is None:
        raise UnknownSession
    alike = Q(session__clinician=row.clinician_id) | Q(session__department__specialty=row.department.specialty)
    free = Slot.objects.filter(
        alike,
        session__service_line=row.service_line,
        session__is_stopped=False,
        is_extra=False,
        taken__lt=F("capacity"),
        starts_at__gt=now,
        opens_at__lt=NEVER,
    )
    firsts = free.order_by("session_id", "number").distinct("session_id").values_list("pk", flat=True)
    places = list_slots_by_id(slot_ids=firsts)
    ordered = sorted(
        places.values(), key=lambda each: (each.session.clinician_id != row.clinician_id, each.starts_at, each.id)
    )
    return ordered[:MOST_PLACES]
