"""Reads of the waitlist."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.db.models.lookups import IsNull

from hospital.appointments.errors import UnknownWait
from hospital.appointments.states import WaitState
from hospital.appointments.types import WaitCard
from hospital.appointments.waitlist_models import WaitlistEntry
from hospital.campuses.api import list_clinicians_by_id
from hospital.scheduling.api import list_sessions_by_id


def get_wait_person(*, entry_id: UUID) -> UUID:
    """Who waits; refuses with `UnknownWait`."""
    person_id = WaitlistEntry.objects.filter(pk=entry_id).values_list("person_id", flat=True).first()
    if person_id is None:
        raise UnknownWait
    return person_id


def list_waits(*, person_ids: Iterable[UUID], limit: int = 50) -> list[WaitCard]:
    """What these people wait for and are offered, the oldest first. Three queries."""
    rows = WaitlistEntry.objects.filter(
        person_id__in=list(person_ids), state__in=[WaitState.WAITING, WaitState.OFFERED]
    ).select_related("appointment")
    return _cards(rows.order_by("joined_at", "pk")[:limit])


def get_wait(*, entry_id: UUID) -> WaitCard:
    """One wait, ended ones too; refuses with `UnknownWait`."""
    cards = _cards(WaitlistEntry.objects.filter(pk=entry_id).select_related("appointment"))
    if not cards:
        raise UnknownWait
    return cards[0]


def _cards(rows: QuerySet[WaitlistEntry]) -> list[WaitCard]:
    listed = list(rows.annotate(before=Coalesce(Subquery(_before()), 0)))
    doctors = list_clinicians_by_id(clinician_ids={row.clinician_id for row in listed})
    sessions = list_sessions_by_id(session_ids={row.session_id for row in listed if row.session_id})
    return [
        WaitCard(
            id=row.id,
            person_id=row.person_id,
            clinician_id=row.clinician_id,
            clinician_name=doctors[row.clinician_id].name,
            session=sessions[row.session_id] if row.session_id else None,
            first_on=row.first_on,
            last_on=row.last_on,
            state=WaitState(row.state),
            joined_at=row.joined_at,
            rank=row.before + 1 if row.state == WaitState.WAITING else None,
            appointment_id=row.appointment_id,
            offered_until=row.appointment.held_until if row.appointment and row.state == WaitState.OFFERED else None,
        )
        for row in listed
    ]


def _before() -> QuerySet[WaitlistEntry, Any]:
    """How many wait for some of the same places and came before."""
    is_earlier = Q(joined_at__lt=OuterRef("joined_at")) | Q(joined_at=OuterRef("joined_at"), pk__lt=OuterRef("pk"))
    is_same_place = Q(session=None) | Q(session=OuterRef("session")) | Q(IsNull(OuterRef("session"), True))
    return (
        WaitlistEntry.objects.filter(
            is_earlier,
            is_same_place,
            clinician=OuterRef("clinician"),
            state=WaitState.WAITING,
            first_on__lte=OuterRef("last_on"),
            last_on__gte=OuterRef("first_on"),
        )
        .order_by()
        .values("clinician")
        .annotate(count=Count("pk"))
        .values("count")
    )
