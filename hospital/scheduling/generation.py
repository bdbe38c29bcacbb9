"""Sessions are opened ahead, from the templates and the calendar (A04, N12).

The database decides what stands already: one session of a template and day, one of a doctor and of a room at a time.
What it does not take is left out and can be listed; the next run tries it again.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from hospital.audit.api import acting, record_act
from hospital.kernel.actors import Actor
from hospital.scheduling.models import RosterSession, Slot
from hospital.scheduling.pools import deal_places
from hospital.scheduling.queries import session_cards
from hospital.scheduling.roster_access import require_roster_clerk
from hospital.scheduling.roster_calendar import list_day_rules
from hospital.scheduling.roster_rules import count_numbers, date_shares, list_days, plan_sessions, rule_of
from hospital.scheduling.templates import list_templates
from hospital.scheduling.types import PlannedSession, RosterConflict, RosterDay


def generate_sessions(*, first: date, last: date, actor: Actor, now: datetime, campus_code: str = "") -> int:
    """Opens what the templates ask for between two days inclusive and does not stand yet; returns how many sessions.

    A day is one transaction, so that a run that was broken off goes on where it was. Safe on several workers at once.
    A person may do it for the campuses whose roster they keep: refuses with `NotRosterClerk`.
    """
    require_roster_clerk(actor=actor, campus_code=campus_code)
    opened = 0
    for planned in _group_by_day(_plan(first=first, last=last, campus_code=campus_code)):
        opened += _open_day(planned, actor=actor, now=now)
    return opened


def _plan(*, first: date, last: date, campus_code: str) -> list[PlannedSession]:
    return plan_sessions(
        templates=[each.template for each in list_templates(first=first, last=last, campus_code=campus_code)],
        rules=list_day_rules(first=first, last=last),
        first=first,
        last=last,
    )


def _group_by_day(planned: Iterable[PlannedSession]) -> Iterable[list[PlannedSession]]:
    by_day: dict[date, list[PlannedSession]] = {}
    for each in planned:
        by_day.setdefault(each.held_on, []).append(each)
    return by_day.values()


def _open_day(planned: Sequence[PlannedSession], *, actor: Actor, now: datetime) -> int:
    standing = _list_standing(planned)
    rows = {
        row.id: (row, each)
        for each in planned
        if (each.template_id, each.held_on) not in standing
        for row in [session_row(each)]
    }
    if not rows:
        return 0
    with acting(actor=actor):
        RosterSession.objects.bulk_create([row for row, _ in rows.values()], ignore_conflicts=True)
        taken_in = set(RosterSession.objects.filter(pk__in=rows).values_list("pk", flat=True))
        Slot.objects.bulk_create(
            [place for id_ in taken_in for place in slot_rows(*rows[id_])],
            batch_size=2000,
        )
        if taken_in:
            record_act(
                actor=actor,
                action="scheduling.generate",
                subject_kind="roster_day",
                subject_id=planned[0].held_on.isoformat(),
                details={"sessions": len(taken_in)},
                now=now,
            )
    return len(taken_in)


def _list_standing(planned: Sequence[PlannedSession]) -> set[tuple[UUID | None, date | None]]:
    days = {each.held_on for each in planned}
    rows = RosterSession.objects.filter(planned_on__gte=min(days), planned_on__lte=max(days)) if days else ()
    return {(row.template_id, row.planned_on) for row in rows}


def session_row(planned: PlannedSession) -> RosterSession:
    """The row of a planned session, not saved."""
    plan = planned.plan
    return RosterSession(
        clinician_id=plan.clinician_id,
        is_by_name=plan.is_by_name,
        department_id=plan.department_id,
        campus_id=plan.campus_code,
        room_id=plan.room_id,
        held_on=planned.held_on,
        part=plan.part,
        starts_at=planned.starts_at,
        ends_at=planned.ends_at,
        service_type=plan.service_type,
        service_line=plan.service_line,
        registration_item_code=plan.registration_item_code,
        template_id=planned.template_id,
        planned_on=planned.held_on if planned.template_id else None,
    )


def slot_rows(session: RosterSession, planned: PlannedSession) -> list[Slot]:
    """The numbered places of a session, dealt to the pools, not saved. Refuses with `PoolsDoNotFit`."""
    plan = planned.plan
    step = timedelta(minutes=plan.minutes)
    count = count_numbers(plan)
    dealt = deal_places(shares=date_shares(plan.shares, day=planned.held_on, count=count), count=count)
    return [
        Slot(
            session=session,
            number=index + 1,
            starts_at=planned.starts_at + index * step,
            ends_at=planned.starts_at + (index + 1) * step,
            capacity=plan.capacity,
            pool=share.pool,
            opens_at=share.opens_at,
            folds_back_at=share.folds_back_at,
        )
        for index, share in enumerate(dealt)
    ]


def list_conflicts(*, first: date, last: date, campus_code: str) -> list[RosterConflict]:
    """What the templates of a campus ask for and cannot be opened, each with the session that is in its way."""
    templates = list_templates(first=first, last=last, campus_code=campus_code)
    found = _find_in_the_way(_list_missing(_plan(first=first, last=last, campus_code=campus_code)))
    cards = session_cards({other.id for _, other in found})
    names = {each.template.id: each for each in templates}
    return [
        RosterConflict(
            planned=each,
            clinician_name=names[each.template_id].clinician_name,
            room_name=names[each.template_id].room_name,
            is_doctor=other.clinician_id == each.plan.clinician_id,
            other=cards[other.id],
        )
        for each, other in found
    ]


def _list_missing(planned: Sequence[PlannedSession]) -> list[PlannedSession]:
    standing = _list_standing(planned)
    return [each for each in planned if (each.template_id, each.held_on) not in standing]


def _find_in_the_way(missing: Sequence[PlannedSession]) -> list[tuple[PlannedSession, RosterSession]]:
    if not missing:
        return []
    days = [each.held_on for each in missing]
    rows = list(
        RosterSession.objects.filter(held_on__gte=min(days), held_on__lte=max(days), is_stopped=False).order_by(
            "starts_at"
        )
    )
    pairs = ((each, next((row for row in rows if _clashes(each, row)), None)) for each in missing)
    return [(each, row) for each, row in pairs if row is not None]


def _clashes(planned: PlannedSession, row: RosterSession) -> bool:
    if row.starts_at >= planned.ends_at or row.ends_at <= planned.starts_at:
        return False
    is_room = planned.plan.room_id is not None and row.room_id == planned.plan.room_id
    return is_room or row.clinician_id == planned.plan.clinician_id


def preview_generation(*, first: date, last: date, campus_code: str) -> list[RosterDay]:
    """What opening the sessions between two days would do at a campus, day by day. Changes nothing."""
    planned = _plan(first=first, last=last, campus_code=campus_code)
    missing = _list_missing(planned)
    blocked = {id(each) for each, _ in _find_in_the_way(missing)}
    rules = list_day_rules(first=first, last=last)
    return [
        RosterDay(
            day=day,
            rule=rule_of(day=day, campus_code=campus_code, rules=rules),
            standing=sum(each.held_on == day for each in planned) - sum(each.held_on == day for each in missing),
            to_open=sum(each.held_on == day and id(each) not in blocked for each in missing),
            conflicts=sum(each.held_on == day and id(each) in blocked for each in missing),
        )
        for day in list_days(first, last)
    ]
