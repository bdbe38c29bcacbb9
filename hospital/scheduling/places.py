"""A place goes back, moves or is given to the next who waits (A04).

What is given back in a session with other places to take is free at once. In a full one it would go to whoever asks
most often: it comes back at an instant that nobody knows, within minutes, and until then it is there for those who
wait for it only.
"""

from datetime import datetime, timedelta
from secrets import randbelow
from typing import Final

from django.db import connection
from django.db.models import F, Q

from hospital.scheduling.models import Slot
from hospital.scheduling.pools import pools_of
from hospital.scheduling.statements import RELEASE
from hospital.scheduling.types import Channel, MovedPlace

RETURN_WITHIN: Final = timedelta(minutes=10)
"""How long a place that was given back in a full session may stay hidden. The hospital confirms it before release."""


def release_place(*, slot_id: int, now: datetime) -> bool:
    """Gives one place of a slot back, in the transaction of the booking that ends; whether it comes back hidden.

    An extra place was for one patient: nobody else gets it.
    """
    returns_at = now + timedelta(seconds=1 + randbelow(int(RETURN_WITHIN.total_seconds())))
    with connection.cursor() as cursor:
        cursor.execute(
            RELEASE, {"slot_id": slot_id, "now": now, "returns_at": returns_at, "hidden_until": now + RETURN_WITHIN}
        )
        row = cursor.fetchone()
    return bool(row and row[0])


def take_returning_place(*, slot_id: int, channel: Channel, now: datetime) -> bool:
    """Takes a place that comes back, for somebody who waits for it; False where there is none for their channel."""
    free = Slot.objects.filter(
        Q(pool__in=pools_of(channel)) | Q(folds_back_at__lte=now),
        pk=slot_id,
        is_returning=True,
        taken__lt=F("capacity"),
        starts_at__gt=now,
        session__is_stopped=False,
    )
    return bool(free.update(taken=F("taken") + 1))


def list_returning_places(*, now: datetime, limit: int = 200) -> list[int]:
    """Places that were given back in full sessions and are not shown to everybody yet, the next to be shown first."""
    rows = Slot.objects.filter(
        is_returning=True, opens_at__gt=now, taken__lt=F("capacity"), session__is_stopped=False, starts_at__gt=now
    )
    return list(rows.order_by("opens_at", "pk").values_list("pk", flat=True)[:limit])


def move_place(*, from_slot_id: int, to_slot_id: int, channel: Channel, now: datetime) -> MovedPlace | None:
    """Takes one place and gives another back, in the transaction of a booking that changes; None where there is none.

    Both rows are locked in the order of their numbers.
    """
    list(Slot.objects.select_for_update().filter(pk__in=[from_slot_id, to_slot_id]).order_by("pk").values_list("pk"))
    free = Slot.objects.filter(
        Q(pool__in=pools_of(channel)) | Q(folds_back_at__lte=now),
        pk=to_slot_id,
        opens_at__lte=now,
        starts_at__gt=now,
        taken__lt=F("capacity"),
        session__is_stopped=False,
    )
    if not free.update(taken=F("taken") + 1):
        return None
    is_hidden = release_place(slot_id=from_slot_id, now=now)
    slot = Slot.objects.select_related("session").get(pk=to_slot_id)
    return MovedPlace(
        session_id=slot.session_id,
        campus_code=slot.session.campus_id,
        starts_at=slot.starts_at,
        is_old_hidden=is_hidden,
    )
