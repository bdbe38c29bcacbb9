"""Reads of special-need service, scoped by who asks."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from hospital.assistance.access import require_assistance_desk, require_own
from hospital.assistance.errors import UnknownAssistance
from hospital.assistance.models import AssistanceRequest, Coordination, Interpreter, PersonPreferences
from hospital.assistance.states import OPEN, AssistanceState
from hospital.assistance.types import (
    AssistanceCard,
    AssistanceKind,
    CareSettings,
    ClinicianSex,
    Diet,
    InterpreterCard,
    Mobility,
    Preferences,
)
from hospital.kernel.actors import Actor
from hospital.kernel.clock import SHANGHAI, local_day
from hospital.kernel.types import BilingualText
from hospital.patients.api import require_access


def get_preferences(*, person_id: UUID, actor: Actor, now: datetime) -> Preferences:
    """How a person wants to be cared for. Refuses as `patients.require_access`."""
    require_access(actor=actor, person_id=person_id, now=now)
    return _preferences(person_id)


def list_assistance(*, person_id: UUID, actor: Actor, now: datetime, limit: int = 30) -> list[AssistanceCard]:
    """What was asked for a person, the latest first. Refuses as `patients.require_access`."""
    require_access(actor=actor, person_id=person_id, now=now)
    return _cards(AssistanceRequest.objects.filter(person_id=person_id).order_by("-starts_at")[:limit])


def list_assistance_of(*, appointment_id: UUID, actor: Actor, now: datetime) -> list[AssistanceCard]:
    """What was asked for a booking, in the order of its time, for those who may see its person."""
    cards = _cards(AssistanceRequest.objects.filter(appointment_id=appointment_id).order_by("starts_at", "created_at"))
    for person_id in {card.person_id for card in cards}:
        require_access(actor=actor, person_id=person_id, now=now)
    return cards


def get_own_assistance(*, request_id: UUID, actor: Actor, now: datetime) -> AssistanceCard:
    """One request, for those who may see its person. Refuses with `UnknownAssistance`."""
    cards = _cards(AssistanceRequest.objects.filter(pk=request_id))
    if not cards:
        raise UnknownAssistance
    require_own(person_id=cards[0].person_id, actor=actor, now=now)
    return cards[0]


def get_care_settings(*, person_id: UUID, campus_code: str, now: datetime) -> CareSettings:
    """What every desk of a campus shows of a person it has opened already; two queries."""
    begin, end = _day(local_day(now))
    coordinator, preferences = _standing(person_id, campus_code)
    today = AssistanceRequest.objects.filter(
        person_id=person_id, campus_id=campus_code, state__in=OPEN, starts_at__lt=end, ends_at__gt=begin
    )
    return CareSettings(
        coordinator=coordinator,
        preferences=preferences,
        today=tuple(_cards(today.order_by("starts_at"))),
    )


def get_coordinator_id(*, person_id: UUID, campus_code: str) -> UUID | None:
    """Who looks after a person at a campus now."""
    rows = Coordination.objects.filter(person_id=person_id, campus_id=campus_code, until=None)
    return rows.values_list("coordinator_id", flat=True).first()


def get_assistance(*, request_id: UUID, actor: Actor) -> AssistanceCard:
    """One request, for the desk. Refusals: `UnknownAssistance`, `NotAssistanceDesk`."""
    cards = _cards(AssistanceRequest.objects.filter(pk=request_id))
    if not cards:
        raise UnknownAssistance
    require_assistance_desk(actor=actor, campus_code=cards[0].campus_code)
    return cards[0]


def list_desk_assistance(*, actor: Actor, campus_code: str, is_open: bool, limit: int = 100) -> list[AssistanceCard]:
    """What waits or is arranged from today on, the next first; else what has ended, the last first.

    Refuses `NotAssistanceDesk`.
    """
    require_assistance_desk(actor=actor, campus_code=campus_code)
    rows = AssistanceRequest.objects.filter(campus_id=campus_code)
    if is_open:
        return _cards(rows.filter(state__in=OPEN).order_by("starts_at")[:limit])
    return _cards(rows.exclude(state__in=OPEN).order_by("-starts_at")[:limit])


def count_waiting_assistance(*, actor: Actor, campus_code: str) -> int:
    """How many requests nobody has arranged yet. Refuses `NotAssistanceDesk`."""
    require_assistance_desk(actor=actor, campus_code=campus_code)
    return AssistanceRequest.objects.filter(campus_id=campus_code, state=AssistanceState.REQUESTED).count()


def list_interpreters_for(*, request_id: UUID, actor: Actor) -> list[InterpreterCard]:
    """Who speaks the language at the campus, the free ones first. Refusals as `get_assistance`."""
    row = AssistanceRequest.objects.filter(pk=request_id).first()
    if row is None:
        raise UnknownAssistance
    require_assistance_desk(actor=actor, campus_code=row.campus_id)
    busy = AssistanceRequest.objects.filter(
        interpreter=OuterRef("pk"), state=AssistanceState.ARRANGED, starts_at__lt=row.ends_at, ends_at__gt=row.starts_at
    ).exclude(pk=row.pk)
    fit = Interpreter.objects.filter(campus_id=row.campus_id, is_active=True, languages__contains=[row.language])
    return [
        InterpreterCard(
            id=each.id,
            name=BilingualText(each.name_zh, each.name_en),
            languages=tuple(each.languages),
            fee_item_code=each.fee_item_code,
            is_free=not each.is_busy,
        )
        for each in fit.annotate(is_busy=Exists(busy)).order_by("is_busy", "name_en")
    ]


def list_languages(*, campus_code: str) -> dict[str, list[str]]:
    """The languages that somebody interprets at a campus, with the catalog items by which it may be charged."""
    rows = Interpreter.objects.filter(campus_id=campus_code, is_active=True).values_list("languages", "fee_item_code")
    fees: dict[str, set[str]] = {}
    for languages, code in rows:
        for language in languages:
            fees.setdefault(language, set()).update([code] if code else [])
    return {language: sorted(fees[language]) for language in sorted(fees)}


_WISHES = ("diet", "mobility", "clinician_sex", "is_name_private", "note")
# Coordinator and wishes in one statement: every page of every desk asks.
_STANDING = """
    SELECT wishes.diet, wishes.mobility, wishes.clinician_sex, wishes.is_name_private, wishes.note,
           coordinator.name_zh, coordinator.name_en
    FROM (SELECT %s::uuid AS id) person
    LEFT JOIN assistance_personpreferences wishes ON wishes.person_id = person.id
    LEFT JOIN assistance_coordination coordination
        ON coordination.person_id = person.id AND coordination.campus_id = %s AND coordination.until IS NULL
    LEFT JOIN accounts_user coordinator ON coordinator.id = coordination.coordinator_id
"""


def _standing(person_id: UUID, campus_code: str) -> tuple[BilingualText | None, Preferences]:
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, [person_id, campus_code])
        *wishes, name_zh, name_en = cursor.fetchone()
    coordinator = None if name_zh is None else BilingualText(name_zh, name_en)
    return coordinator, _read_wishes(wishes if wishes[0] is not None else None)


def _preferences(person_id: UUID) -> Preferences:
    return _read_wishes(PersonPreferences.objects.filter(person_id=person_id).values_list(*_WISHES).first())


def _read_wishes(row: Sequence[Any] | None) -> Preferences:
    if row is None:
        return Preferences()
    diet, mobility, clinician_sex, is_name_private, note = row
    return Preferences(
        diet=Diet(diet),
        mobility=Mobility(mobility),
        clinician_sex=ClinicianSex(clinician_sex),
        is_name_private=is_name_private,
        note=note,
    )


def _day(day: date) -> tuple[datetime, datetime]:
    begin = datetime.combine(day, time.min, tzinfo=SHANGHAI)
    return begin, begin + timedelta(days=1)


def _cards(rows: QuerySet[AssistanceRequest]) -> list[AssistanceCard]:
    return [_card(row) for row in rows.select_related("interpreter")]


def _card(row: AssistanceRequest) -> AssistanceCard:
    comes = row.interpreter
    return AssistanceCard(
        id=row.id,
        person_id=row.person_id,
        campus_code=row.campus_id,
        appointment_id=row.appointment_id,
        kind=AssistanceKind(row.kind),
        state=AssistanceState(row.state),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        language=row.language,
        from_place=row.from_place,
        to_place=row.to_place,
        note=row.note,
        interpreter=BilingualText(comes.name_zh, comes.name_en) if comes else None,
        arrangement=BilingualText(row.arrangement_zh, row.arrangement_en),
        end_reason=BilingualText(row.end_reason_zh, row.end_reason_en),
        done_hours=row.done_hours,
        created_at=row.created_at,
        version=row.version,
    )
