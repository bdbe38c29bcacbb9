"""What the examination desk keeps itself: when devices are open, and what each examination needs (W33)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import pairwise
from uuid import UUID

from django.db.models import Max

from hospital.audit.api import acting, record_act
from hospital.examinations.devices import KEEPERS, open_device_periods, require_device_staff
from hospital.examinations.errors import (
    ExamRuleIncomplete,
    HoursLeaveBookings,
    HoursNotRight,
    NotDeviceStaff,
    UnknownDevice,
    UnknownExamRule,
)
from hospital.examinations.models import Device, DeviceHours, DevicePeriod, ExamBooking, ExamRule
from hospital.examinations.queries import needs_of
from hospital.examinations.states import TAKING
from hospital.examinations.types import ExamNeeds
from hospital.kernel.actors import Actor
from hospital.kernel.clock import SHANGHAI, local_day


@dataclass(frozen=True, slots=True)
class OpenHours:
    """On this weekday (0 is Monday) from … until …"""

    weekday: int
    opens: time
    closes: time


def list_hours(*, device_id: UUID) -> list[OpenHours]:
    """The weekly pattern of a device, by weekday and time."""
    rows = DeviceHours.objects.filter(device_id=device_id).order_by("weekday", "opens")
    return [OpenHours(row.weekday, row.opens, row.closes) for row in rows]


def set_hours(*, device_id: UUID, hours: Iterable[OpenHours], actor: Actor, now: datetime) -> None:
    """The weekly pattern from tomorrow on: the days that are open already are made anew, today stays as it is.

    No booking is left outside: they are moved before. Refusals: `UnknownDevice`, `NotDeviceStaff`, `HoursNotRight`
    (they end before they begin, or lie over each other), `HoursLeaveBookings`.
    """
    wanted = sorted(hours, key=lambda each: (each.weekday, each.opens))
    _check_hours(wanted)
    tomorrow = local_day(now) + timedelta(days=1)
    begin = datetime.combine(tomorrow, time(), SHANGHAI)
    with acting(actor=actor):
        device = Device.objects.select_for_update().filter(pk=device_id).first()
        if device is None:
            raise UnknownDevice
        require_device_staff(actor=actor, campus_code=device.campus_id)
        DeviceHours.objects.filter(device=device).delete()
        DeviceHours.objects.bulk_create(
            DeviceHours(device=device, weekday=each.weekday, opens=each.opens, closes=each.closes) for each in wanted
        )
        coming = DevicePeriod.objects.filter(device=device, starts_at__gte=begin)
        last = DevicePeriod.objects.aggregate(last=Max("starts_at"))["last"]
        coming.delete()
        if last is not None:
            open_device_periods(first=tomorrow, last=max(tomorrow, local_day(last)), device_id=device_id)
        _refuse_bookings_outside(device, begin=begin)
        record_act(
            actor=actor,
            action="examinations.set_hours",
            subject_kind="device",
            subject_id=str(device.id),
            now=now,
            details={"device": device.code, "hours": len(wanted)},
        )


def _check_hours(wanted: list[OpenHours]) -> None:
    for each in wanted:
        if each.closes <= each.opens or not 0 <= each.weekday <= 6:
            raise HoursNotRight
    for one, two in pairwise(wanted):
        if one.weekday == two.weekday and two.opens < one.closes:
            raise HoursNotRight


def _refuse_bookings_outside(device: Device, *, begin: datetime) -> None:
    periods = list(DevicePeriod.objects.filter(device=device, ends_at__gt=begin).values_list("starts_at", "ends_at"))
    bookings = ExamBooking.objects.filter(device=device, state__in=TAKING, starts_at__gte=begin)
    outside = [
        starts_at
        for starts_at, ends_at in bookings.values_list("starts_at", "ends_at")
        if not any(opens <= starts_at and ends_at <= closes for opens, closes in periods)
    ]
    if outside:
        raise HoursLeaveBookings(count=len(outside), day=local_day(min(outside)).isoformat())


def list_rules() -> dict[str, ExamNeeds]:
    """What every bookable item needs, by item code."""
    return {row.item_code: needs_of(row) for row in ExamRule.objects.order_by("modality", "item_code")}


def change_rule(*, item_code: str, needs: ExamNeeds, actor: Actor, now: datetime) -> None:
    """What an item needs from now on; times that are booked keep their length. The kind of device stays.

    Refusals: `NotDeviceStaff`, `UnknownExamRule`, `ExamRuleIncomplete` (5 to 480 minutes in steps of five, at most 24
    hours without food).
    """
    if not actor.campuses_of(*KEEPERS):
        raise NotDeviceStaff
    if not 5 <= needs.minutes <= 480 or needs.minutes % 5 or not 0 <= needs.fasting_hours <= 24:
        raise ExamRuleIncomplete
    with acting(actor=actor):
        row = ExamRule.objects.select_for_update().filter(item_code=item_code).first()
        if row is None:
            raise UnknownExamRule
        row.minutes, row.fasting_hours = needs.minutes, needs.fasting_hours
        row.has_full_bladder, row.contrast, row.has_barium = needs.has_full_bladder, needs.contrast, needs.has_barium
        row.measures_iodine_uptake, row.has_sedation = needs.measures_iodine_uptake, needs.has_sedation
        row.questions = sorted(needs.questions)
        row.save()
        record_act(
            actor=actor,
            action="examinations.change_rule",
            subject_kind="exam_rule",
            subject_id=item_code,
            now=now,
            details={"minutes": row.minutes, "fasting_hours": row.fasting_hours},
        )
