"""Devices with their open days, what each examination needs, and today's bookings at the Center's devices."""

from collections import Counter
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from demo.load.actors import staff_actor
from demo.load.clock import SHANGHAI
from demo.load.rows import chosen, read_rows
from demo.logins import DEMO_PATIENT_NAME
from hospital.billing.models import Charge
from hospital.campuses.models import Room
from hospital.examinations.api import book_exams, call_exam, check_in_exam, list_bookings_of_lines, start_exam
from hospital.examinations.models import Device, DeviceHours, DevicePeriod, ExamRule
from hospital.examinations.types import BookingCard, NewBooking
from hospital.kernel.types import BilingualText
from hospital.orders.models import OrderLine

DAYS_AHEAD: Final = 21
_OPEN: Final = ((time(7, 30), time(12, 0)), (time(13, 30), time(17, 30)))
_TECHNICIAN: Final = "xie.junkai"


def load_devices(*, today: date) -> None:
    """Every device is open in the morning and the afternoon, the Center's on weekends too; today until midnight, so
    that whoever starts the demonstration late finds its desk busy."""
    rooms = {room.code: room.id for room in Room.objects.all()}
    Device.objects.bulk_create(
        Device(
            **chosen(row, "code", "modality", "name_zh", "name_en", "location_zh", "location_en"),
            campus_id=row["campus"],
            room_id=rooms.get(row["room"]),
            ae_title=row["code"],
        )
        for row in read_rows("devices.csv")
    )
    ExamRule.objects.bulk_create(_rule(row) for row in read_rows("exam_rules.csv"))
    devices = list(Device.objects.all())
    DeviceHours.objects.bulk_create(
        DeviceHours(device=device, weekday=weekday, opens=opens, closes=closes)
        for device in devices
        for weekday in range(7 if device.campus_id == "IMC" else 5)
        for opens, closes in _OPEN
    )
    DevicePeriod.objects.bulk_create(
        DevicePeriod(
            device=device,
            starts_at=datetime.combine(day, opens, SHANGHAI),
            ends_at=datetime.combine(day, closes, SHANGHAI),
        )
        for device in devices
        for day in (today + timedelta(days=offset) for offset in range(DAYS_AHEAD))
        if day == today or device.campus_id == "IMC" or day.weekday() < 5
        for opens, closes in (((time(0, 0), time(23, 59)),) if day == today else _OPEN)
    )


def _rule(row: dict[str, str]) -> ExamRule:
    return ExamRule(
        **chosen(row, "item_code", "modality", "contrast"),
        minutes=int(row["minutes"]),
        fasting_hours=int(row["fasting_hours"]),
        has_full_bladder=row["full_bladder"] == "1",
        has_barium=row["barium"] == "1",
        measures_iodine_uptake=row["iodine_uptake"] == "1",
        has_sedation=row["sedation"] == "1",
        questions=row["questions"].split(";") if row["questions"] else [],
    )


def load_exam_bookings(*, now: datetime) -> None:
    """Today's paid examinations of the Center, one after the other on each device from now on: the first is examined,
    the second called, the third waits. The last one has no time yet."""
    rules = {rule.item_code: rule for rule in ExamRule.objects.all()}
    devices = {device.modality: device for device in Device.objects.filter(campus_id="IMC").order_by("-code")}
    paid = Charge.objects.filter(source_kind="ORDER_LINE", state="SETTLED").values("source_id")
    lines = OrderLine.objects.filter(
        state="PENDING", order__kind="EXAM", order__encounter__campus_id="IMC", item_code__in=rules, id__in=paid
    )
    family, given = DEMO_PATIENT_NAME  # she plans hers herself
    others = lines.exclude(order__person__family_name=family, order__person__given_names=given)
    waiting = list(others.select_related("order").order_by("order__signed_at", "id"))
    actor = staff_actor(_TECHNICIAN)
    taken: Counter[UUID] = Counter()
    midnight = datetime.combine(now.astimezone(SHANGHAI).date(), time(), SHANGHAI)
    begin = max(now - timedelta(minutes=now.minute % 5 + 15), midnight)
    last = midnight + timedelta(hours=23, minutes=59)
    bookings = []
    for line in waiting[: max(len(waiting) - 1, 1)]:
        rule, device = rules[line.item_code], devices[rules[line.item_code].modality]
        starts_at = begin + timedelta(minutes=taken[device.id])
        ends_at = starts_at + timedelta(minutes=rule.minutes)
        if ends_at > last:
            continue
        taken[device.id] += rule.minutes + 5
        bookings.append(
            NewBooking(
                order_line_id=line.id,
                order_number=line.order.number,
                encounter_id=line.order.encounter_id,
                person_id=line.order.person_id,
                item_code=line.item_code,
                name=line.name,
                preparation=_preparation(line),
                device_id=device.id,
                starts_at=starts_at,
                ends_at=ends_at,
            )
        )
    book_exams(bookings=bookings, actor=actor, now=min(now - timedelta(minutes=30), begin))
    _go_on(list_bookings_of_lines(line_ids=[each.order_line_id for each in bookings], now=now), now=now)


def _preparation(line: OrderLine) -> BilingualText:
    return BilingualText(line.preparation_zh, line.preparation_en)


def _go_on(booked: dict[UUID, BookingCard], *, now: datetime) -> None:
    actor = staff_actor(_TECHNICIAN)
    for place, card in enumerate(sorted(booked.values(), key=lambda card: card.starts_at)[:3]):
        check_in_exam(booking_id=card.id, actor=actor, now=now - timedelta(minutes=12))
        if place < 2:
            call_exam(booking_id=card.id, actor=actor, now=now - timedelta(minutes=6))
        if place == 0:
            start_exam(booking_id=card.id, actor=actor, now=now - timedelta(minutes=4))
