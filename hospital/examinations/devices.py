"""Devices: when they are open, when they are out of order, and whether a time on one can be taken."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from hospital.audit.api import acting, record_act
from hospital.examinations.errors import (
    DeviceClosed,
    DeviceOutOfOrder,
    DeviceOutOfOrderAlready,
    NotDeviceStaff,
    OutageReasonMissing,
    UnknownDevice,
)
from hospital.examinations.models.devices import Device, DeviceHours, DeviceOutage, DevicePeriod
from hospital.examinations.types import DeviceCard, DeviceTime
from hospital.kernel.actors import Actor, Role
from hospital.kernel.clock import SHANGHAI
from hospital.kernel.conflicts import refusing
from hospital.kernel.types import BilingualText

KEEPERS = (Role.IMAGING_TECHNICIAN, Role.NURSE)
_NO_ROOM = BilingualText("")


def open_device_periods(*, first: date, last: date, device_id: UUID | None = None) -> int:
    """Makes the open periods of every device in use, or of one, from its weekly pattern, days inclusive; how many it
    tried.

    Running again adds only what is missing: the exclusion constraint lets no period in twice.
    """
    patterns = DeviceHours.objects.filter(device__is_active=True)
    rows = [
        DevicePeriod(
            device_id=hours.device_id,
            starts_at=datetime.combine(day, hours.opens, SHANGHAI),
            ends_at=datetime.combine(day, hours.closes, SHANGHAI),
        )
        for hours in (patterns.filter(device_id=device_id) if device_id else patterns)
        for day in _days(first, last)
        if day.weekday() == hours.weekday
    ]
    DevicePeriod.objects.bulk_create(rows, ignore_conflicts=True, batch_size=2000)
    return len(rows)


def _days(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=offset) for offset in range((last - first).days + 1))


def list_devices(
    *, now: datetime, campus_code: str = "", device_ids: Iterable[UUID] | None = None
) -> dict[UUID, DeviceCard]:
    """Devices in use, by campus and code; two statements."""
    rows = Device.objects.filter(is_active=True)
    if campus_code:
        rows = rows.filter(campus_id=campus_code)
    if device_ids is not None:
        rows = Device.objects.filter(pk__in=list(device_ids))
    found = list(rows.select_related("campus", "room").order_by("campus__position", "code"))
    outages = {
        outage.device_id: outage
        for outage in _outages([row.id for row in found], starts_at=now, ends_at=now + timedelta(microseconds=1))
    }
    return {row.id: _card(row, outages.get(row.id)) for row in found}


def get_device(*, device_id: UUID, now: datetime) -> DeviceCard:
    """One device; refuses with `UnknownDevice`."""
    found = list_devices(now=now, device_ids=[device_id])
    if not found:
        raise UnknownDevice
    return found[device_id]


def _card(row: Device, outage: DeviceOutage | None) -> DeviceCard:
    return DeviceCard(
        id=row.id,
        code=row.code,
        campus_code=row.campus_id,
        campus_name=row.campus.name,
        campus_address=BilingualText(row.campus.address_zh, row.campus.address_en),
        location=BilingualText(row.location_zh, row.location_en),
        floor=row.room.floor if row.room else "",
        room_name=row.room.name if row.room else _NO_ROOM,
        modality=row.modality,
        name=row.name,
        out_since=outage.starts_at if outage else None,
        out_until=outage.ends_at if outage else None,
        out_reason=outage.reason if outage else "",
    )


def list_device_times(
    *, modalities: Iterable[str], starts_at: datetime, ends_at: datetime, campus_code: str = ""
) -> list[DeviceTime]:
    """When devices of these kinds are open and in order between two instants, by device and time; two statements."""
    rows = DevicePeriod.objects.filter(
        device__is_active=True,
        device__modality__in=list(modalities),
        starts_at__lt=ends_at,
        ends_at__gt=starts_at,
    )
    if campus_code:
        rows = rows.filter(device__campus_id=campus_code)
    periods = list(rows.select_related("device").order_by("device__campus__position", "device__code", "starts_at"))
    broken: defaultdict[UUID, list[tuple[datetime, datetime]]] = defaultdict(list)
    for outage in _outages({row.device_id for row in periods}, starts_at=starts_at, ends_at=ends_at):
        broken[outage.device_id].append((outage.starts_at, outage.ends_at or ends_at))
    return [
        DeviceTime(row.device_id, row.device.campus_id, row.device.modality, begin, end)
        for row in periods
        for begin, end in cut_times(
            max(row.starts_at, starts_at), min(row.ends_at, ends_at), taken=broken.get(row.device_id, ())
        )
    ]


def cut_times(
    starts_at: datetime, ends_at: datetime, *, taken: Iterable[tuple[datetime, datetime]]
) -> list[tuple[datetime, datetime]]:
    """What is left of a time when others are taken out of it, in order."""
    left = []
    at = starts_at
    for begin, end in sorted(taken):
        if begin >= ends_at:
            break
        if begin > at:
            left.append((at, begin))
        at = max(at, end)
    if at < ends_at:
        left.append((at, ends_at))
    return left


def hold_devices(*, times: Iterable[tuple[UUID, datetime, datetime]]) -> None:
    """Locks these devices for the caller's transaction, which takes these times on them.

    The devices are locked in the order of their ids, so that two who book several do not wait for each other; what
    others have taken is the exclusion constraint's to refuse. Refusals: `UnknownDevice`, `DeviceClosed`,
    `DeviceOutOfOrder`.
    """
    wanted = list(times)
    ids = {device_id for device_id, _, _ in wanted}
    devices = {row.id: row for row in Device.objects.select_for_update().filter(pk__in=ids).order_by("pk")}
    for device_id, starts_at, ends_at in wanted:
        device = devices.get(device_id)
        if device is None or not device.is_active:
            raise UnknownDevice
        periods = DevicePeriod.objects.filter(device=device, starts_at__lte=starts_at, ends_at__gte=ends_at)
        if not periods.exists():
            raise DeviceClosed(device=device.name)
        if _outages([device_id], starts_at=starts_at, ends_at=ends_at).exists():
            raise DeviceOutOfOrder(device=device.name)


def put_out_of_order(
    *, device_id: UUID, starts_at: datetime, ends_at: datetime | None, reason: str, actor: Actor, now: datetime
) -> None:
    """A device cannot be used, from when to when (None: until it works). Bookings on it stay until they are moved.

    Refusals: `UnknownDevice`, `NotDeviceStaff`, `OutageReasonMissing`, `DeviceOutOfOrderAlready`.
    """
    if not reason.strip():
        raise OutageReasonMissing
    with acting(actor=actor):
        device = _lock_device(device_id, actor=actor)
        with refusing({"device_out_of_order_once": DeviceOutOfOrderAlready()}):
            DeviceOutage.objects.create(
                device=device, starts_at=starts_at, ends_at=ends_at, reason=reason.strip()[:200], reported_by=actor.id
            )
        _record(device, "examinations.device_out", actor=actor, now=now, reason=reason.strip())


def put_in_order(*, device_id: UUID, actor: Actor, now: datetime) -> None:
    """A device works again: the outage that lasts ends now. Again changes nothing.

    Refusals: `UnknownDevice`, `NotDeviceStaff`.
    """
    with acting(actor=actor):
        device = _lock_device(device_id, actor=actor)
        lasting = DeviceOutage.objects.filter(device=device, starts_at__lte=now)
        if lasting.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=now)).update(ends_at=now):
            _record(device, "examinations.device_back", actor=actor, now=now)


def require_device_staff(*, actor: Actor, campus_code: str) -> None:
    """Refuses with `NotDeviceStaff` whoever does not run devices at this campus."""
    if campus_code not in actor.campuses_of(*KEEPERS):
        raise NotDeviceStaff


def _lock_device(device_id: UUID, *, actor: Actor) -> Device:
    device = Device.objects.select_for_update().filter(pk=device_id).first()
    if device is None:
        raise UnknownDevice
    require_device_staff(actor=actor, campus_code=device.campus_id)
    return device


def _outages(device_ids: Iterable[UUID], *, starts_at: datetime, ends_at: datetime) -> QuerySet[DeviceOutage]:
    rows = DeviceOutage.objects.filter(device_id__in=list(device_ids), starts_at__lt=ends_at)
    return rows.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=starts_at)).order_by("starts_at")


def _record(device: Device, action: str, *, actor: Actor, now: datetime, reason: str = "") -> None:
    details: Mapping[str, str] = {"device": device.code}
    record_act(
        actor=actor,
        action=action,
        subject_kind="device",
        subject_id=str(device.id),
        reason=reason,
        now=now,
        details=dict(details),
    )
