"""Holidays and days worked as another weekday (调休), of one campus or of all."""

from datetime import date, datetime

from hospital.audit.api import acting, record_act
from hospital.kernel.actors import Actor
from hospital.kernel.conflicts import refusing
from hospital.kernel.types import BilingualText
from hospital.scheduling.errors import CalendarDayTaken
from hospital.scheduling.models import CalendarDay
from hospital.scheduling.roster_access import require_roster_clerk
from hospital.scheduling.types import DayRule


def list_day_rules(*, first: date, last: date, campus_code: str | None = None) -> list[DayRule]:
    """The calendar between two days inclusive, in order; of one campus with what holds for all, or the whole."""
    rows = CalendarDay.objects.filter(day__gte=first, day__lte=last).order_by("day", "campus")
    return [
        DayRule(
            day=row.day,
            campus_code=row.campus_id or "",
            as_weekday=row.as_weekday,
            name=BilingualText(row.name_zh, row.name_en),
        )
        for row in rows
        if campus_code is None or row.campus_id in {None, campus_code}
    ]


def add_day_rule(*, rule: DayRule, actor: Actor, now: datetime) -> None:
    """Writes a day into the calendar of a campus. What is open already stays: such a day is closed (`close_day`).

    Refusals: `NotRosterClerk`, `CalendarDayTaken`.
    """
    require_roster_clerk(actor=actor, campus_code=rule.campus_code)
    with acting(actor=actor), refusing({"calendar_day_once": CalendarDayTaken()}):
        CalendarDay.objects.create(
            day=rule.day,
            campus_id=rule.campus_code or None,
            as_weekday=rule.as_weekday,
            name_zh=rule.name.zh.strip()[:40],
            name_en=rule.name.en.strip()[:80],
        )
        _record("scheduling.mark_day", rule.day, rule.campus_code, actor=actor, now=now)


def remove_day_rule(*, day: date, campus_code: str, actor: Actor, now: datetime) -> None:
    """Takes a day out of the calendar of a campus; the next opening follows its weekday. Again changes nothing.

    Refusals: `NotRosterClerk`.
    """
    require_roster_clerk(actor=actor, campus_code=campus_code)
    with acting(actor=actor):
        deleted, _ = CalendarDay.objects.filter(day=day, campus_id=campus_code).delete()
        if deleted:
            _record("scheduling.unmark_day", day, campus_code, actor=actor, now=now)


def _record(action: str, day: date, campus_code: str, *, actor: Actor, now: datetime) -> None:
    record_act(
        actor=actor,
        action=action,
        subject_kind="roster_day",
        subject_id=day.isoformat(),
        details={"campus": campus_code},
        now=now,
    )
