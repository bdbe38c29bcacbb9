"""Weekly templates: which session comes on which weekday (A04, N12)."""

from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, Q

from hospital.audit.api import acting, record_act
from hospital.kernel.actors import Actor
from hospital.kernel.conflicts import refusing
from hospital.scheduling.errors import NoPlaceInSession, NoSuchHours, TemplateClash, TemplateMoved, UnknownTemplate
from hospital.scheduling.models import RosterSession, RosterTemplate
from hospital.scheduling.pools import deal_places
from hospital.scheduling.roster_access import require_roster_clerk
from hospital.scheduling.roster_rules import count_numbers, date_shares
from hospital.scheduling.types import Pool, SessionPlan, Template, TemplateCard, TemplateShare

_CLASHES = {
    "template_clinician_once": TemplateClash(),
    "template_room_once": TemplateClash(),
    "template_validity": NoSuchHours(),
}


def list_templates(*, first: date, last: date, campus_code: str = "") -> list[TemplateCard]:
    """The templates that are valid on a day between two inclusive, by weekday, time and doctor."""
    rows = RosterTemplate.objects.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=first), valid_from__lte=last)
    if campus_code:
        rows = rows.filter(campus_id=campus_code)
    rows = rows.select_related("clinician", "department", "room").order_by(
        "weekday", "department__position", "clinician__position", "starts", "valid_from"
    )
    return [_card(row) for row in rows]


def get_template(*, template_id: UUID) -> TemplateCard:
    """One template; refuses with `UnknownTemplate`."""
    row = RosterTemplate.objects.select_related("clinician", "department", "room").filter(pk=template_id).first()
    if row is None:
        raise UnknownTemplate
    return _card(row)


def _card(row: RosterTemplate) -> TemplateCard:
    return TemplateCard(
        template=Template(
            id=row.id,
            version=row.version,
            weekday=row.weekday,
            plan=SessionPlan(
                clinician_id=row.clinician_id,
                is_by_name=row.is_by_name,
                department_id=row.department_id,
                campus_code=row.campus_id,
                room_id=row.room_id,
                part=row.part,
                starts=row.starts,
                ends=row.ends,
                service_type=row.service_type,
                service_line=row.service_line,
                registration_item_code=row.registration_item_code,
                minutes=row.minutes,
                capacity=row.capacity,
                shares=tuple(_read_share(each) for each in row.shares),
            ),
            is_held_on_holidays=row.is_held_on_holidays,
            valid_from=row.valid_from,
            valid_until=row.valid_until,
        ),
        clinician_name=row.clinician.name,
        department_name=row.department.name,
        room_name=row.room.name if row.room else None,
    )


def _read_share(stored: dict[str, Any]) -> TemplateShare:
    return TemplateShare(
        **stored
        | {
            "pool": Pool(stored["pool"]),
            "opens_clock": time.fromisoformat(stored["opens_clock"]),
            "folds_clock": time.fromisoformat(stored["folds_clock"]),
        }
    )


def _write_share(share: TemplateShare) -> dict[str, Any]:
    return asdict(share) | {
        "pool": share.pool.value,
        "opens_clock": share.opens_clock.isoformat("minutes"),
        "folds_clock": share.folds_clock.isoformat("minutes"),
    }


def template_row(template: Template) -> RosterTemplate:
    """The row of a template, not saved. Refuses with `NoSuchHours`, `NoPlaceInSession`, `PoolsDoNotFit`."""
    row = RosterTemplate(**_columns(template))
    if template.id is not None:
        row.id = template.id
    return row


def _columns(template: Template) -> dict[str, Any]:
    plan = template.plan
    check_plan(plan)
    return {
        "clinician_id": plan.clinician_id,
        "is_by_name": plan.is_by_name,
        "department_id": plan.department_id,
        "campus_id": plan.campus_code,
        "room_id": plan.room_id,
        "weekday": template.weekday,
        "part": plan.part,
        "starts": plan.starts,
        "ends": plan.ends,
        "service_type": plan.service_type,
        "service_line": plan.service_line,
        "registration_item_code": plan.registration_item_code,
        "minutes": plan.minutes,
        "capacity": plan.capacity,
        "shares": [_write_share(share) for share in plan.shares],
        "is_held_on_holidays": template.is_held_on_holidays,
        "valid_from": template.valid_from,
        "valid_until": template.valid_until,
    }


def check_plan(plan: SessionPlan) -> None:
    """Refuses with `NoSuchHours`, `NoPlaceInSession` or `PoolsDoNotFit` what could never be opened."""
    if plan.ends <= plan.starts:
        raise NoSuchHours
    count = count_numbers(plan) if plan.minutes >= 1 else 0
    if count < 1 or plan.capacity < 1:
        raise NoPlaceInSession
    deal_places(shares=date_shares(plan.shares, day=date(2000, 1, 3), count=count), count=count)


def add_template(*, template: Template, actor: Actor, now: datetime) -> UUID:
    """A new weekly session; returns its id. Sessions come of it with the next opening.

    Refusals: `NotRosterClerk`, `NoSuchHours`, `NoPlaceInSession`, `PoolsDoNotFit`, `TemplateClash` (the exclusion
    constraints decide).
    """
    require_roster_clerk(actor=actor, campus_code=template.plan.campus_code)
    row = template_row(template)
    with acting(actor=actor), refusing(_CLASHES):
        row.save(force_insert=True)
        _record("scheduling.add_template", row.id, actor=actor, now=now)
    return row.id


def change_template(*, template: Template, since: date, actor: Actor, now: datetime) -> UUID:
    """The weekly session is another one from `since` on; returns its id. What was opened already stays as it is.

    One that began earlier ends the day before, so that what was planned when can still be read. `template.version` is
    the one that was read. Refusals: those of `add_template`, `UnknownTemplate`, `TemplateMoved`.
    """
    require_roster_clerk(actor=actor, campus_code=template.plan.campus_code)
    with acting(actor=actor), refusing(_CLASHES):
        before = _lock(template, actor)
        columns = _columns(template)
        if before.valid_from >= since:
            RosterTemplate.objects.filter(pk=before.pk).update(**columns, version=F("version") + 1)
            changed = before.pk
        else:
            columns["valid_from"] = since
            RosterTemplate.objects.filter(pk=before.pk).update(
                valid_until=since - timedelta(days=1), version=F("version") + 1
            )
            changed = RosterTemplate.objects.create(**columns).pk
            RosterSession.objects.filter(template=before, planned_on__gte=since).update(template=changed)
        _record("scheduling.change_template", changed, actor=actor, now=now)
    return changed


def end_template(*, template_id: UUID, last: date, actor: Actor, now: datetime) -> None:
    """The weekly session comes for the last time on or before `last`, or on its first day.

    What was opened already stays. Refusals: `UnknownTemplate`, `NotRosterClerk`.
    """
    with acting(actor=actor):
        row = RosterTemplate.objects.select_for_update().filter(pk=template_id).first()
        if row is None:
            raise UnknownTemplate
        require_roster_clerk(actor=actor, campus_code=row.campus_id)
        row.valid_until = max(last, row.valid_from)
        row.version += 1
        row.save(update_fields=["valid_until", "version"])
        _record("scheduling.end_template", row.id, actor=actor, now=now)


def _lock(template: Template, actor: Actor) -> RosterTemplate:
    row = RosterTemplate.objects.select_for_update().filter(pk=template.id).first() if template.id else None
    if row is None:
        raise UnknownTemplate
    require_roster_clerk(actor=actor, campus_code=row.campus_id)
    if row.version != template.version:
        raise TemplateMoved
    return row


def _record(action: str, template_id: UUID, *, actor: Actor, now: datetime) -> None:
    record_act(actor=actor, action=action, subject_kind="roster_template", subject_id=str(template_id), now=now)
