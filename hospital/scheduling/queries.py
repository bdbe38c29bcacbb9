"""Reads of supply."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from hospital.kernel.hot_statements import fetch_row
from hospital.kernel.types import BilingualText
from hospital.scheduling.errors import UnknownSession
from hospital.scheduling.models import RosterSession, Slot
from hospital.scheduling.statements import SLOTS
from hospital.scheduling.types import SessionCard, SlotCard


def _with_free(rows: QuerySet[RosterSession], *, now: datetime) -> QuerySet[RosterSession]:
    return rows.select_related("clinician", "department", "campus", "room").annotate(
        free=Coalesce(
            Sum(F("slots__capacity") - F("slots__taken"), filter=Q(slots__starts_at__gt=now)),
            0,
        )
    )


def _session_card(row: RosterSession, *, free: int) -> SessionCard:
    return SessionCard(
        id=row.id,
        clinician_id=row.clinician_id,
        clinician_name=row.clinician.name,
        department_id=row.department_id,
        department_name=row.department.name,
        department_location=row.department.location,
        campus_code=row.campus_id,
        campus_name=row.campus.name,
        campus_address=BilingualText(row.campus.address_zh, row.campus.address_en),
        room_id=row.room_id,
        room_name=row.room.name if row.room else None,
        held_on=row.held_on,
        part=row.part,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        service_type=row.service_type,
        service_line=row.service_line,
        registration_item_code=row.registration_item_code,
        is_stopped=row.is_stopped,
        free=free,
    )


def list_sessions(
    *,
    now: datetime,
    first: date,
    last: date,
    clinician_id: UUID | None = None,
    department_id: UUID | None = None,
    campus_code: str = "",
    limit: int = 200,
) -> list[SessionCard]:
    """Open sessions between two days inclusive, with the places that can still be booked at `now`."""
    rows = RosterSession.objects.filter(held_on__gte=first, held_on__lte=last, is_stopped=False, ends_at__gt=now)
    if clinician_id:
        rows = rows.filter(clinician_id=clinician_id)
    if department_id:
        rows = rows.filter(department_id=department_id)
    if campus_code:
        rows = rows.filter(campus_id=campus_code)
    rows = _with_free(rows, now=now).order_by("held_on", "starts_at", "clinician__position")[:limit]
    return [_session_card(row, free=row.free) for row in rows]  # type: ignore[attr-defined]


def get_session(*, session_id: UUID, now: datetime) -> SessionCard:
    """One session; refuses with `UnknownSession`."""
    row = _with_free(RosterSession.objects.filter(pk=session_id), now=now).first()
    if row is None:
        raise UnknownSession
    return _session_card(row, free=row.free)  # type: ignore[attr-defined]


def session_cards(session_ids: Iterable[UUID]) -> dict[UUID, SessionCard]:
    """Several sessions in one query (`free` is not counted)."""
    rows = RosterSession.objects.select_related("clinician", "department", "campus", "room")
    return {row.id: _session_card(row, free=0) for row in rows.filter(pk__in=list(session_ids))}


def list_slots_by_id(*, slot_ids: Iterable[int]) -> dict[int, SlotCard]:
    """Several places with their sessions in one query (`free` of the session is not counted here)."""
    rows = Slot.objects.select_related(
        "session__clinician", "session__department", "session__campus", "session__room"
    ).filter(pk__in=list(slot_ids))
    return {
        row.id: SlotCard(
            id=row.id,
            number=row.number,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            capacity=row.capacity,
            taken=row.taken,
            session=_session_card(row.session, free=0),
        )
        for row in rows
    }


def read_slots_json(*, session_id: UUID, now: datetime) -> str:
    """The future places of a session as JSON text, made by the database in one statement (a hot path)."""
    (text,) = fetch_row(SLOTS, [session_id, now])
    return str(text)
