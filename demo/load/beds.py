"""Wards and beds of every campus, and who has which: about half of them, some expected, some closed (N12)."""

from datetime import date, datetime, timedelta
from random import Random
from typing import Final

from demo.load.actors import staff_actor
from demo.load.rows import chosen, read_rows
from demo.logins import DEMO_PATIENT_NAME
from hospital.beds.models import Bed, BedStay, Ward, WardRoom
from hospital.beds.states import StayState
from hospital.beds.types import BedKind
from hospital.patients.models import CareRelation, Person

_COORDINATOR: Final = "wei.siyuan"
_SEED: Final = 20261126
_SEQUENCE: Final = "OOROFOOFXFROFFOOFF"  # occupied, reserved, free, closed: as beds stand in a ward


def load_beds(*, today: date, now: datetime) -> None:
    """The same every time; nobody is in two beds, no room has two sexes."""
    beds = _load_wards()
    people = list(Person.objects.exclude(family_name=DEMO_PATIENT_NAME[0]).order_by("pk"))
    random = Random(_SEED)
    random.shuffle(people)
    sexes: dict[object, str] = {}
    stays, relations = [], []
    for number, bed in enumerate(beds):
        sign = _SEQUENCE[number % len(_SEQUENCE)]
        if sign == "F":
            continue
        person = None if sign == "X" else _next_of(people, sexes.get(bed.room_id))
        if person is None and sign != "X":
            continue
        if person is not None:
            sexes[bed.room_id] = person.sex
        stays.append(_stay(bed, person, sign, random=random, today=today, now=now))
        if person is not None:
            relations.append(
                CareRelation(
                    person=person, campus_code=bed.room.ward.campus_id, source=f"bed:{stays[-1].id}/1", since=now
                )
            )
    BedStay.objects.bulk_create(stays)
    CareRelation.objects.bulk_create(relations)


def _load_wards() -> list[Bed]:
    beds: list[Bed] = []
    rooms: list[WardRoom] = []
    wards: list[Ward] = []
    for position, row in enumerate(read_rows("wards.csv")):
        floor = row["floor"]
        ward = Ward(
            **chosen(row, "code", "name_zh", "name_en", "service_line"),
            campus_id=row["campus"],
            location_zh=f"住院楼 {floor} 楼",
            location_en=f"Inpatient Building, floor {floor}",
            specialties=[each for each in row["specialties"].split(";") if each],
            position=position,
        )
        wards.append(ward)
        number = 0
        for part in row["rooms"].split(";"):
            kind, _, rest = part.partition(":")
            shape, _, item = rest.partition("@")
            count, _, size = shape.partition("x")
            for _room in range(int(count)):
                number += 1
                room = WardRoom(ward=ward, label=f"{floor}{number:02d}")
                rooms.append(room)
                beds += [
                    Bed(
                        room=room,
                        label=room.label if size == "1" else f"{room.label}-{place + 1}",
                        kind=BedKind(kind),
                        item_code=item,
                    )
                    for place in range(int(size))
                ]
    Ward.objects.bulk_create(wards)
    WardRoom.objects.bulk_create(rooms)
    return Bed.objects.bulk_create(beds)


def _next_of(people: list[Person], sex: str | None) -> Person | None:
    """Takes the next person who may lie in the room."""
    for place, person in enumerate(people):
        if sex in (None, person.sex):
            return people.pop(place)
    return None


def _stay(bed: Bed, person: Person | None, sign: str, *, random: Random, today: date, now: datetime) -> BedStay:
    state = {"O": StayState.OCCUPIED, "R": StayState.RESERVED, "X": StayState.CLOSED}[sign]
    starts_on = {
        "O": today - timedelta(days=random.randint(0, 5)),
        "R": today + timedelta(days=random.choice((0, 0, 1, 3))),
        "X": today,
    }[sign]
    length = random.randint(1, 6) + (today - starts_on).days if sign == "O" else random.randint(2, 5)
    return BedStay(
        bed=bed,
        room_id=bed.room_id,
        person=person,
        sex=person.sex if person else "",
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=length),
        state=state,
        reason="" if person else "空调检修 Air conditioning repair",
        booked_by=staff_actor(_COORDINATOR).id,
        created_at=now - timedelta(hours=3),
        arrived_at=now - timedelta(hours=2) if sign == "O" else None,
    )
