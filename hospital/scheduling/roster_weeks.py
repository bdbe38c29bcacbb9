"""The clerk's week: the sessions of a campus with what is taken of them."""

from datetime import date
from uuid import UUID

from django.db.models import Q, Sum
from django.db.models.functions import Coalesce

from hospital.kernel.types import BilingualText
from hospital.scheduling.errors import UnknownSession
from hospital.scheduling.models import RosterSession
from hospital.scheduling.queries import session_card
from hospital.scheduling.types import RosterCard

_NUMBERED = Q(slots__is_extra=False)


def list_roster(
    *, campus_code: str, first: date, last: date, department_id: UUID | None = None, session_id: UUID | None = None
) -> list[RosterCard]:
    """The sessions of a campus between two days inclusive, stopped ones too, in one statement.

    A session that was moved stands where it is now, once.
    """
    rows = RosterSession.objects.filter(
        Q(is_stopped=False) | Q(stopped_at__isnull=False), campus_id=campus_code, held_on__gte=first, held_on__lte=last
    )
    if department_id is not None:
        rows = rows.filter(department_id=department_id)
    if session_id is not None:
        rows = rows.filter(pk=session_id)
    rows = (
        rows.select_related("clinician", "department", "campus", "room", "planned_clinician")
        .annotate(
            places=Coalesce(Sum("slots__capacity", filter=_NUMBERED), 0),
            taken=Coalesce(Sum("slots__taken"), 0),
        )
        .order_by("department__position", "clinician__position", "clinician__staff_no", "starts_at")
    )
    return [_card(row) for row in rows]


def get_roster_session(*, campus_code: str, session_id: UUID) -> RosterCard:
    """One session of a campus; refuses with `UnknownSession`."""
    found = list_roster(campus_code=campus_code, first=date.min, last=date.max, session_id=session_id)
    if not found:
        raise UnknownSession
    return found[0]


def _card(row: RosterSession) -> RosterCard:
    places, taken = row.places, row.taken  # type: ignore[attr-defined] # annotated
    return RosterCard(
        session=session_card(row, free=max(places - taken, 0)),
        places=places,
        taken=taken,
        is_by_name=row.is_by_name,
        stop_reason=BilingualText(row.stop_reason_zh, row.stop_reason_en) if row.is_stopped else None,
        planned_clinician_name=row.planned_clinician.name if row.planned_clinician else None,
    )
