"""What a campus's roster clerks keep: where it is, how near counts as being there, how long a visit has a follow-up."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from hospital.audit.api import acting, record_act
from hospital.campuses.errors import (
    FollowUpDaysWrong,
    NotCampusClerk,
    SiteIncomplete,
    SiteRadiusWrong,
    UnknownCampus,
    UnknownDepartment,
)
from hospital.campuses.models import Campus, Department
from hospital.campuses.types import Site
from hospital.kernel.actors import Actor, ActorKind, Role

SMALLEST_RADIUS: Final = 50  # meters; a telephone indoors is seldom surer
LARGEST_RADIUS: Final = 5_000
LONGEST_FOLLOW_UP: Final = 90  # days


def place_campus(*, campus_code: str, site: Site | None, actor: Actor, now: datetime) -> None:
    """Where the campus is; None where nobody has measured it, and patients check in by the clinic's code alone.

    Refusals: `NotCampusClerk`, `UnknownCampus`, `SiteIncomplete`, `SiteRadiusWrong`.
    """
    _require_clerk(actor, campus_code)
    if site is not None:
        _check(site)
    measured: dict[str, float | int | None] = {
        "latitude": round(site.latitude, 6) if site else None,
        "longitude": round(site.longitude, 6) if site else None,
        **({"check_in_radius": site.radius} if site else {}),
    }
    with acting(actor=actor):
        if not Campus.objects.filter(pk=campus_code).update(**measured):
            raise UnknownCampus
        record_act(
            actor=actor,
            action="campuses.place",
            subject_kind="campus",
            subject_id=campus_code,
            now=now,
            details={name: value if isinstance(value, int) else str(value) for name, value in measured.items()},
        )


def _check(site: Site) -> None:
    if not (-90 <= site.latitude <= 90 and -180 <= site.longitude <= 180):
        raise SiteIncomplete
    if not SMALLEST_RADIUS <= site.radius <= LARGEST_RADIUS:
        raise SiteRadiusWrong(smallest=SMALLEST_RADIUS, largest=LARGEST_RADIUS)


def set_follow_up_days(*, campus_code: str, days: Mapping[UUID, int], actor: Actor, now: datetime) -> int:
    """How many days after a visit each department gives a follow-up, 0 for none; how many departments changed.

    All or nothing. Refusals: `NotCampusClerk`, `UnknownDepartment` (one of another campus too), `FollowUpDaysWrong`.
    """
    _require_clerk(actor, campus_code)
    if any(not 0 <= each <= LONGEST_FOLLOW_UP for each in days.values()):
        raise FollowUpDaysWrong(longest=LONGEST_FOLLOW_UP)
    with acting(actor=actor):
        rows = list(Department.objects.select_for_update().filter(pk__in=days, campus_id=campus_code).order_by("pk"))
        if len(rows) != len(days):
            raise UnknownDepartment
        changed = [row for row in rows if row.follow_up_days != days[row.pk]]
        for row in changed:
            before, row.follow_up_days = row.follow_up_days, days[row.pk]
            record_act(
                actor=actor,
                action="campuses.set_follow_up",
                subject_kind="department",
                subject_id=row.code,
                now=now,
                details={"days": row.follow_up_days, "before": before},
            )
        Department.objects.bulk_update(changed, ["follow_up_days"])
    return len(changed)


def _require_clerk(actor: Actor, campus_code: str) -> None:
    if actor.kind is not ActorKind.STAFF or campus_code not in actor.campuses_of(Role.ROSTER_CLERK):
        raise NotCampusClerk
