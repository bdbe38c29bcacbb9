"""Which sessions the templates ask for (domain brief 2). Days are Guangzhou's, weekdays ISO's: Monday is 1."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from hospital.kernel.clock import SHANGHAI
from hospital.scheduling.types import (
    OPEN_SINCE_EVER,
    DayRule,
    PlannedSession,
    Pool,
    PoolShare,
    SessionPlan,
    Template,
    TemplateShare,
)

DAYS_AHEAD: Final = 28
"""How far ahead sessions are opened. The hospital confirms it before release."""


def list_days(first: date, last: date) -> list[date]:
    """The days from `first` to `last`, both included."""
    return [first + timedelta(days=each) for each in range((last - first).days + 1)]


def rule_of(*, day: date, campus_code: str, rules: Iterable[DayRule]) -> DayRule | None:
    """What the calendar says of a day at a campus; the campus's own word stands before everybody's."""
    found = [rule for rule in rules if rule.day == day and rule.campus_code in {"", campus_code}]
    return max(found, key=lambda rule: bool(rule.campus_code), default=None)


def is_held_on(template: Template, *, day: date, rule: DayRule | None) -> bool:
    """Whether a template asks for a session on a day.

    A day worked as another weekday takes that weekday's templates. On a holiday only those are held that take none.
    """
    if day < template.valid_from or (template.valid_until is not None and day > template.valid_until):
        return False
    if rule is None:
        return day.isoweekday() == template.weekday
    if rule.as_weekday is None:
        return template.is_held_on_holidays and day.isoweekday() == template.weekday
    return rule.as_weekday == template.weekday


def plan_sessions(
    *, templates: Sequence[Template], rules: Sequence[DayRule], first: date, last: date
) -> list[PlannedSession]:
    """Every session that the templates ask for between two days inclusive, day by day."""
    by_day: dict[date, list[DayRule]] = {}
    for rule in rules:
        by_day.setdefault(rule.day, []).append(rule)
    return [
        place_plan(template.plan, day=day, template=template)
        for day in list_days(first, last)
        for template in templates
        if is_held_on(
            template,
            day=day,
            rule=rule_of(day=day, campus_code=template.plan.campus_code, rules=by_day.get(day, ())),
        )
    ]


def place_plan(plan: SessionPlan, *, day: date, template: Template | None = None) -> PlannedSession:
    """A plan on a day."""
    return PlannedSession(
        template_id=template.id if template else None,
        held_on=day,
        starts_at=_at(day, plan.starts),
        ends_at=_at(day, plan.ends),
        plan=plan,
    )


def count_numbers(plan: SessionPlan) -> int:
    """How many numbered places a session of this plan has."""
    length = datetime.combine(date.min, plan.ends) - datetime.combine(date.min, plan.starts)
    return max(length // timedelta(minutes=plan.minutes), 0)


def date_shares(shares: Sequence[TemplateShare], *, day: date, count: int) -> list[PoolShare]:
    """The shares of a template for one day. What a session does not have is cut off,
    what no share names is open, released with the open share."""
    left = count
    dated: list[PoolShare] = []
    opens_at = OPEN_SINCE_EVER
    for share in shares:
        places = min(share.places, left)
        left -= places
        dated.append(_date_share(share, places=places, day=day))
        if share.pool is Pool.OPEN:
            opens_at = dated[-1].opens_at
    if dated and left:
        dated.append(PoolShare(pool=Pool.OPEN, places=left, opens_at=opens_at))
    return [share for share in dated if share.places]


def _date_share(share: TemplateShare, *, places: int, day: date) -> PoolShare:
    opens_at = OPEN_SINCE_EVER
    if share.opens_days is not None:
        opens_at = _before(day, share.opens_days, share.opens_clock)
    folds_back_at = None if share.folds_days is None else _before(day, share.folds_days, share.folds_clock)
    return PoolShare(pool=share.pool, places=places, opens_at=opens_at, folds_back_at=folds_back_at)


def _before(day: date, days: int, clock: time) -> datetime:
    return _at(day - timedelta(days=days), clock)


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, SHANGHAI).astimezone(UTC)
