"""The worklist of an imaging device: whom it examines today (domain brief 12, DICOM modality worklist)."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from hospital.audit.api import acting, record_act
from hospital.examinations.api import find_caller, list_device_work, number_studies
from hospital.examinations.types import BookingCard, ExamQuestion, StudyNumbers, WorkItem
from hospital.kernel.actors import Actor, system_actor
from hospital.kernel.clock import local_day
from hospital.orders.api import list_lines, list_orders_by_id
from hospital.orders.types import LineView, OrderView
from hospital.patients.api import fold_mrz, list_people, split_chinese_name
from hospital.patients.types import PersonCard

# A device is told of yesterday, of today and of a week ahead, whatever it asks for.
BACK, AHEAD = timedelta(days=1), timedelta(days=7)


def list_worklist(*, ae_title: str, first: date | None, last: date | None, now: datetime) -> Sequence[WorkItem]:
    """What waits for devices of the caller's kind at its campus between two days, by time; empty for a stranger.

    Without a day it is today. Days further away than `BACK` and `AHEAD` are left out.
    """
    caller = find_caller(ae_title=ae_title)
    if caller is None:
        return ()
    _device_id, campus_code, modality = caller
    today = local_day(now)
    no_day = first is None and last is None
    begin = today if no_day else max(first or today - BACK, today - BACK)
    end = today if no_day else min(last or today + AHEAD, today + AHEAD)
    actor = system_actor("worklist")
    work = list_device_work(campus_code=campus_code, modality=modality, first=begin, last=end, now=now)
    if not work:
        return ()
    lines = list_lines(line_ids=[card.order_line_id for card, _ in work])
    orders = {order.id: order for order in list_orders_by_id(order_ids={line.order_id for line in lines.values()})}
    people = list_people(actor=actor, person_ids={card.person_id for card, _ in work}, now=now)
    with acting(actor=actor):
        numbers = number_studies(line_ids=list(lines), now=now)
    return [
        _item(
            card,
            ae_title=title,
            line=lines[card.order_line_id],
            order=orders[lines[card.order_line_id].order_id],
            person=people[card.person_id],
            numbers=numbers[card.order_line_id],
        )
        for card, title in work
    ]


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


def _item(
    card: BookingCard, *, ae_title: str, line: LineView, order: OrderView, person: PersonCard, numbers: StudyNumbers
) -> WorkItem:
    return WorkItem(
        numbers=numbers,
        order_number=card.order_number,
        name=card.name,
        body_part=line.body_part,
        item_code=card.item_code,
        device_code=card.device.code,
        ae_title=ae_title,
        modality=card.device.modality,
        starts_at=card.starts_at,
        mrn=person.mrn_at(card.device.campus_code),
        latin_name=_latin(person),
        chinese_name=split_chinese_name(person.name.chinese) if person.name.chinese else ("", ""),
        birth_date=person.birth_date,
        sex=person.sex,
        doctor=order.signer,
        may_be_pregnant=card.answers.get(ExamQuestion.PREGNANT, False),
    )


def _latin(person: PersonCard) -> tuple[str, str, str]:
    family, given, middle = (
        fold_mrz(part).replace("<", " ") for part in (person.name.family, person.name.given, person.name.middle)
    )
    return (family, given, middle) if family else (given, "", middle)
