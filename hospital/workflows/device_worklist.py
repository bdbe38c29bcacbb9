"""The worklist of an imaging device: whom it examines today (domain brief 12, DICOM modality worklist)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from hospital.audit.api import acting, record_act
from hospital.examinations.api import (
    find_caller,
    get_device,
    list_bookings_of_lines,
    list_device_work,
    list_needs,
    number_studies,
)
from hospital.examinations.types import DeviceCard, ExamQuestion, StudyNumbers, WorkItem
from hospital.kernel.actors import Actor, system_actor
from hospital.kernel.clock import local_day
from hospital.orders.api import list_lines, list_orders_by_id, list_waiting_exams
from hospital.orders.types import LineView, OrderView
from hospital.patients.api import fold_mrz, list_people, split_chinese_name
from hospital.patients.types import PersonCard
from hospital.workflows.exam_kinds import modality_of
from hospital.workflows.ordered_exams import list_covered

# A device is told of yesterday, of today and of a week ahead, whatever it asks for.
BACK, AHEAD = timedelta(days=1), timedelta(days=7)
# Who has no booking comes within these days, or is found at the desk.
WITHOUT_BOOKING = timedelta(days=14)


def list_worklist(*, ae_title: str, first: date | None, last: date | None, now: datetime) -> Sequence[WorkItem]:
    """What waits for devices of the caller's kind at its campus between two days, by time; empty for a stranger.

    Without a day it is today. Days further away than `BACK` and `AHEAD` are left out. Who is paid, or goes before
    paying, and has no booking is listed at the caller for today, after those who have one.
    """
    caller = find_caller(ae_title=ae_title)
    if caller is None:
        return ()
    device_id, campus_code, modality = caller
    today = local_day(now)
    no_day = first is None and last is None
    begin = today if no_day else max(first or today - BACK, today - BACK)
    end = today if no_day else min(last or today + AHEAD, today + AHEAD)
    actor = system_actor("worklist")
    work = list_device_work(campus_code=campus_code, modality=modality, first=begin, last=end, now=now)
    walk_ins = _list_walk_ins(campus_code=campus_code, modality=modality, now=now) if begin <= today <= end else []
    if not work and not walk_ins:
        return ()
    lines = list_lines(line_ids=[card.order_line_id for card, _ in work]) | {line.id: line for _, line in walk_ins}
    orders = {order.id: order for order in list_orders_by_id(order_ids={line.order_id for line in lines.values()})}
    people = list_people(actor=actor, person_ids={order.person_id for order in orders.values()}, now=now)
    with acting(actor=actor):
        numbers = number_studies(line_ids=list(lines), now=now)
    device = get_device(device_id=device_id, now=now)
    spots = [
        _Spot(card.order_line_id, title, card.device, card.starts_at, card.answers.get(ExamQuestion.PREGNANT, False))
        for card, title in work
    ]
    spots += [_Spot(line.id, ae_title, device, now, has_time=False) for _, line in walk_ins]
    return [
        _item(
            spot,
            line=lines[spot.line_id],
            order=(order := orders[lines[spot.line_id].order_id]),
            person=people[order.person_id],
            numbers=numbers[spot.line_id],
        )
        for spot in spots
    ]


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where and when an examination is done."""

    line_id: UUID
    ae_title: str
    device: DeviceCard
    starts_at: datetime
    may_be_pregnant: bool = False
    has_time: bool = True


def _list_walk_ins(*, campus_code: str, modality: str, now: datetime) -> list[tuple[OrderView, LineView]]:
    """What the campus asked for on such a device that is paid or goes before paying, and has no booking."""
    waiting = list_waiting_exams(campus_code=campus_code, since=now - WITHOUT_BOOKING)
    codes = {line.item_code for _, line in waiting}
    needs = list_needs(item_codes=codes)
    kinds = {code: needs[code].modality if code in needs else modality_of(item_code=code, now=now) for code in codes}
    asked = [(order, line) for order, line in waiting if kinds[line.item_code] == modality]
    if not asked:
        return []
    booked = list_bookings_of_lines(line_ids=[line.id for _, line in asked], now=now)
    covered = list_covered(exams=asked)
    return [(order, line) for order, line in asked if line.id in covered and line.id not in booked]


def trace_worklist(*, ae_title: str, address: str, told: Sequence[WorkItem], now: datetime) -> None:
    """Leaves in the trail which device was told of which examinations (N14)."""
    with acting(actor=(actor := _calling(ae_title))):
        record_act(
            actor=actor,
            action="examinations.worklist",
            subject_kind="device",
            subject_id=ae_title,
            now=now,
            details={"address": address, "accessions": [item.numbers.accession for item in told]},
        )


def trace_stranger(*, ae_title: str, called: str, address: str, now: datetime) -> None:
    """Leaves in the trail that somebody asked under a name that is not known here, or asked for another (N14)."""
    with acting(actor=(actor := _calling(ae_title))):
        record_act(
            actor=actor,
            action="examinations.worklist",
            subject_kind="device",
            subject_id=ae_title,
            now=now,
            was_refused=True,
            details={"address": address, "called": called},
        )


def _calling(ae_title: str) -> Actor:
    return system_actor(f"worklist {ae_title}".strip())


def _item(spot: _Spot, *, line: LineView, order: OrderView, person: PersonCard, numbers: StudyNumbers) -> WorkItem:
    return WorkItem(
        numbers=numbers,
        order_number=order.number,
        name=line.name,
        body_part=line.body_part,
        item_code=line.item_code,
        device_code=spot.device.code,
        ae_title=spot.ae_title,
        modality=spot.device.modality,
        starts_at=spot.starts_at,
        mrn=person.mrn_at(spot.device.campus_code),
        latin_name=_latin(person),
        chinese_name=split_chinese_name(person.name.chinese) if person.name.chinese else ("", ""),
        birth_date=person.birth_date,
        sex=person.sex,
        doctor=order.signer,
        may_be_pregnant=spot.may_be_pregnant,
        has_time=spot.has_time,
    )


def _latin(person: PersonCard) -> tuple[str, str, str]:
    family, given, middle = (
        fold_mrz(part).replace("<", " ") for part in (person.name.family, person.name.given, person.name.middle)
    )
    return (family, given, middle) if family else (given, "", middle)
