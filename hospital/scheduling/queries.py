"""Reads of supply."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import Case, DateTimeField, F, Min, Q, QuerySet, Sum, When
from django.db.models.functions import Coalesce, Greatest

from hospital.kernel.hot_statements import fetch_row
from hospital.kernel.types import BilingualText
from hospital.scheduling.errors import UnknownSession
from hospital.scheduling.models import RosterSession, Slot
from hospital.scheduling.pools import pools_of
from hospital.scheduling.roster_models import FollowUpItem
from hospital.scheduling.statements import SLOTS
from hospital.scheduling.types import Channel, PricedKind, SessionCard, SlotCard


def _with_free(rows: QuerySet[RosterSession], *, channel: Channel, now: datetime) -> QuerySet[RosterSession]:
    is_own = Q(slots__pool__in=pools_of(channel))
    is_left = Q(slots__starts_at__gt=now, slots__taken__lt=F("slots__capacity"))
    can_take = is_left & Q(slots__opens_at__lte=now) & (is_own | Q(slots__folds_back_at__lte=now))
    folds = ~is_own & Q(slots__folds_back_at__gt=now, slots__folds_back_at__lt=F("slots__starts_at"))
    release = Case(
        When(Q(slots__is_returning=True, slots__opens_at__gt=now), then=None),
        When(is_left & is_own & Q(slots__opens_at__gt=now), then=F("slots__opens_at")),
        When(is_left & folds, then=Greatest("slots__folds_back_at", "slots__opens_at")),
        output_field=DateTimeField(),
    )
    return rows.select_related("clinician", "department", "campus", "room").annotate(
        free=Coalesce(Sum(F("slots__capacity") - F("slots__taken"), filter=can_take), 0), opens_at=Min(release)
    )


def _counted(row: RosterSession) -> SessionCard:
    return session_card(row, free=row.free, opens_at=row.opens_at)  # type: ignore[attr-defined] # annotated


def session_card(row: RosterSession, *, free: int, opens_at: datetime | None = None) -> SessionCard:
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
        opens_at=opens_at,
        substituted_at=row.substituted_at,
        is_by_name=row.is_by_name,
    )


def list_sessions(
    *,
    now: datetime,
    first: date,
    last: date,
    clinician_id: UUID | None = None,
    department_id: UUID | None = None,
    campus_code: str = "",
    is_by_name: bool | None = None,
    channel: Channel = Channel.APP,
    limit: int = 200,
) -> list[SessionCard]:
    """Open sessions between two days inclusive, with the places that `channel` can still book at `now`.

    `is_by_name`: only those under a doctor's name, or only those under the clinic's.
    """
    rows = RosterSession.objects.filter(held_on__gte=first, held_on__lte=last, is_stopped=False, ends_at__gt=now)
    if clinician_id:
        rows = rows.filter(clinician_id=clinician_id)
    if department_id:
        rows = rows.filter(department_id=department_id)
    if campus_code:
        rows = rows.filter(campus_id=campus_code)
    if is_by_name is not None:
        rows = rows.filter(is_by_name=is_by_name)
    rows = _with_free(rows, channel=channel, now=now).order_by("held_on", "starts_at", "clinician__position")[:limit]
    return [_counted(row) for row in rows]


def get_session(*, session_id: UUID, now: datetime, channel: Channel = Channel.APP) -> SessionCard:
    """One session with what `channel` can still book; refuses with `UnknownSession`."""
    row = _with_free(RosterSession.objects.filter(pk=session_id), channel=channel, now=now).first()
    if row is None:
        raise UnknownSession
    return _counted(row)


def session_cards(session_ids: Iterable[UUID]) -> dict[UUID, SessionCard]:
    """Several sessions in one query (`free` is not counted)."""
    rows = RosterSession.objects.select_related("clinician", "department", "campus", "room")
    return {row.id: session_card(row, free=0) for row in rows.filter(pk__in=list(session_ids))}


def list_sessions_by_id(*, session_ids: Iterable[UUID]) -> dict[UUID, SessionCard]:
    """Several sessions in one query (`free` is not counted)."""
    return session_cards(session_ids)


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
            session=session_card(row.session, free=0),
        )
        for row in rows
    }


def read_slots_json(*, session_id: UUID, now: datetime, channel: Channel = Channel.APP) -> str:
    """The future places of a session as JSON text, made by the database in one statement (a hot path).

    Each with how many `channel` can take now and, where it cannot yet, when it can.
    """
    (text,) = fetch_row(SLOTS, {"session_id": session_id, "now": now, "pools": pools_of(channel)})
    return str(text)


def list_priced_kinds(*, first: date, last: date) -> list[PricedKind]:
    """What decides the prices of the sessions between two days inclusive, each once: few, however many sessions."""
    rows = RosterSession.objects.filter(held_on__gte=first, held_on__lte=last, is_stopped=False)
    kinds = rows.values_list("registration_item_code", "service_line", "campus_id", "service_type").distinct()
    return [PricedKind(*kind) for kind in kinds.order_by()]


def find_follow_up_item(*, item_code: str) -> str | None:
    """The catalog item of a follow-up where `item_code` is the ordinary one; None where there are no follow-ups."""
    row = FollowUpItem.objects.filter(item_code=item_code).first()
    return row.follow_up_item_code if row else None
