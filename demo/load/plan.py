"""Who visits whom yesterday and today, and how far each visit has come.

Today's visits are planned backward from the instant of loading, so that the desks are busy at whatever hour somebody
starts the demonstration. Yesterday's are over.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import IntEnum, StrEnum
from itertools import islice
from random import Random
from typing import Final
from uuid import UUID

from demo.load.clock import SHANGHAI, at, local_date
from demo.load.scripts import Script, read_scripts
from demo.logins import DEMO_PATIENT_NAME
from hospital.campuses.models import Clinician
from hospital.patients.models import Person
from hospital.scheduling.models import Slot

SEED: Final = 20_261_125


class Stage(IntEnum):
    """How far a visit has come; each includes the ones before."""

    BOOKED = 1
    REGISTERED = 2
    CHECKED_IN = 3
    CALLED = 4
    IN_CONSULT = 5
    SIGNED = 6
    PAID = 7
    COLLECTED = 8
    RECEIVED = 9
    ENTERED = 10
    VERIFIED = 11
    FINISHED = 12


class Ending(StrEnum):
    """What else became of it."""

    NONE = ""
    CANCELLED = "CANCELLED"
    PASSED = "PASSED"
    REFUNDED = "REFUNDED"


@dataclass(frozen=True, slots=True)
class Visit:
    """One planned visit. `begins_at` is when the number is taken; nothing of it happens after `ends_by`."""

    person_id: UUID
    language: str
    slot_id: int
    clinician_id: UUID
    doctor: str
    campus_code: str
    script: Script
    stage: Stage
    ending: Ending
    booked_at: datetime
    begins_at: datetime
    ends_by: datetime
    pays_later: bool

    def after(self, minutes: int) -> datetime:
        """The instant so many minutes after the number was taken, never later than `ends_by`."""
        return min(self.begins_at + timedelta(minutes=minutes), self.ends_by)


# Minutes after the number was taken at which each step happens.
MINUTES: Final[dict[Stage, int]] = {
    Stage.REGISTERED: 0,
    Stage.CHECKED_IN: 5,
    Stage.CALLED: 15,
    Stage.IN_CONSULT: 16,
    Stage.SIGNED: 32,
    Stage.PAID: 42,
    Stage.COLLECTED: 52,
    Stage.RECEIVED: 60,
    Stage.ENTERED: 85,
    Stage.VERIFIED: 105,
    Stage.FINISHED: 120,
}

# How many finished visits each doctor had yesterday.
_YESTERDAY: Final[dict[str, int]] = {
    "zhou.wenjun": 2, "zhao.mingchuan": 1, "liang.bo": 1, "lin.zhiyuan": 1, "tang.yi": 1, "xu.meiling": 1,
    "fang.qihang": 1, "su.qing": 1, "peng.lixin": 1, "jia.guodong": 1, "ren.jianye": 1, "kang.wenbo": 1,
}  # fmt: skip

# Each doctor's patients today, first come first; a word names the stage, or the ending of a visit that came to one.
_TODAY: Final[dict[str, str]] = {
    "zhou.wenjun": "FINISHED VERIFIED PAID SIGNED PASSED IN_CONSULT CHECKED_IN CHECKED_IN CHECKED_IN REGISTERED BOOKED",
    "zhao.mingchuan": "COLLECTED CALLED CHECKED_IN REGISTERED",
    "liang.bo": "IN_CONSULT CHECKED_IN",
    "chen.jiayi": "ENTERED CHECKED_IN CANCELLED",
    "lin.zhiyuan": "ENTERED PAID CHECKED_IN BOOKED",
    "tang.yi": "RECEIVED SIGNED CHECKED_IN",
    "zhang.huimin": "RECEIVED CHECKED_IN",
    "feng.rui": "VERIFIED BOOKED",
    "tan.leran": "PAID CHECKED_IN",
    "hu.ting": "ENTERED BOOKED",
    "fang.qihang": "REFUNDED",
    "peng.lixin": "CHECKED_IN CHECKED_IN",
    "du.zhongwen": "SIGNED",  # a decoction that waits for the pharmacist
}
# How long ago, in minutes, a visit of today at this stage began.
_BEGUN: Final[dict[str, int]] = {
    "FINISHED": 230, "REFUNDED": 215, "VERIFIED": 200, "ENTERED": 170, "RECEIVED": 140, "COLLECTED": 120, "PAID": 105,
    "SIGNED": 85, "PASSED": 70, "IN_CONSULT": 40, "CALLED": 30, "CHECKED_IN": 26, "REGISTERED": 8, "BOOKED": 0,
    "CANCELLED": 0,
}  # fmt: skip
_ENDINGS: Final[dict[str, tuple[Stage, Ending]]] = {
    "PASSED": (Stage.CALLED, Ending.PASSED),
    "REFUNDED": (Stage.PAID, Ending.REFUNDED),
    "CANCELLED": (Stage.BOOKED, Ending.CANCELLED),
}
# Visits of yesterday at which one examination was refunded, by doctor: their last one.
_REFUNDED_YESTERDAY: Final = frozenset({"zhou.wenjun", "fang.qihang"})
FUTURE_BOOKINGS: Final = 10
# What the known patient paid for and has still to plan: an ultrasound of the abdomen, fasting, and an MRI.
_TO_PLAN: Final = ("220301001-1", "210200001-1")


@dataclass(frozen=True, slots=True)
class _Place:
    """A numbered place of a session."""

    slot_id: int
    starts_at: datetime


class _Cast:
    """Patients and places that are still free."""

    def __init__(self, *, now: datetime) -> None:
        self.random = Random(SEED)
        self.today = local_date(now)
        self.scripts = read_scripts()
        self.people = list(Person.objects.order_by("created_at", "id"))
        self.random.shuffle(self.people)
        self.known = self._take_known()
        self.clinicians = {
            clinician.user.username: clinician
            for clinician in Clinician.objects.select_related("user", "department")
            if clinician.user
        }
        self.places: dict[tuple[UUID, date], list[_Place]] = {}
        at_windows = Slot.objects.filter(pool__in=("OPEN", "WINDOW"))  # where these visits are booked
        rows = at_windows.order_by("starts_at").values_list(
            "id", "starts_at", "session__clinician_id", "session__held_on"
        )
        for slot_id, starts_at, clinician_id, held_on in rows:
            self.places.setdefault((clinician_id, held_on), []).append(_Place(slot_id, starts_at))
        self.seen: dict[date, set[UUID]] = {}

    def _take_known(self) -> Person:
        """The person of the demonstration's sign-in, who gets visits of her own."""
        person = next(person for person in self.people if (person.family_name, person.given_names) == DEMO_PATIENT_NAME)
        self.people.remove(person)
        return person

    def take_place(self, clinician: Clinician, day: date, near: datetime) -> _Place | None:
        """The free place of the day nearest to an instant."""
        free = self.places.get((clinician.id, day), [])
        if not free:
            return None
        place = min(free, key=lambda place: abs(place.starts_at - near))
        free.remove(place)
        return place

    def take_person(self, script: Script, day: date) -> Person:
        """Somebody whom the script suits and who has nothing else that day."""
        seen = self.seen.setdefault(day, set())
        for person in self.people:
            if person.id not in seen and script.suits(sex=person.sex, birth_on=person.birth_date, on=day):
                seen.add(person.id)
                self.people.append(self.people.pop(self.people.index(person)))
                return person
        raise LookupError(script.specialty)

    def script_for(self, clinician: Clinician, place: int) -> Script:
        """The doctor's scripts in turn."""
        choices = self.scripts.get(clinician.department.specialty) or self.scripts["OTHER"]
        return choices[place % len(choices)]


def plan_visits(*, now: datetime) -> list[Visit]:
    """Yesterday's and today's visits and the bookings of the days ahead."""
    cast = _Cast(now=now)
    return [*_of_known_patient(cast, now), *_yesterday(cast, now), *_today(cast, now), *_ahead(cast, now)]


def _of_known_patient(cast: _Cast, now: datetime) -> Iterator[Visit]:
    """A finished visit with a report, and one ahead, for whoever signs in to the patient app as her."""
    for stage, days in ((Stage.FINISHED, (-1,)), (Stage.BOOKED, (2, 3, 4))):  # a weekend may lie between
        tried = (
            _visit_of_known_patient(cast, now=now, stage=stage, day=cast.today + timedelta(days=ahead))
            for ahead in days
        )
        yield from islice((visit for visit in tried if visit), 1)


def _visit_of_known_patient(cast: _Cast, *, now: datetime, stage: Stage, day: date) -> Visit | None:
    visit = _visit(
        cast,
        doctor="zhou.wenjun",
        place=0,
        day=day,
        near=at(day, 10),
        stage=stage,
        ending=Ending.NONE,
        ends_by=now,
        person=cast.known,
    )
    if visit is None or stage is not Stage.FINISHED:
        return visit
    return replace(visit, script=replace(visit.script, later=_TO_PLAN))


def _yesterday(cast: _Cast, now: datetime) -> Iterator[Visit]:
    day = cast.today - timedelta(days=1)
    ends_by = min(at(day, 23, 30), now)
    for doctor, count in _YESTERDAY.items():
        for place in range(count):
            near = at(day, 9 if place % 2 == 0 else 14, 10 * place)
            is_refunded = doctor in _REFUNDED_YESTERDAY and place == count - 1
            visit = _visit(
                cast,
                doctor=doctor,
                place=place,
                day=day,
                near=near,
                stage=Stage.PAID if is_refunded else Stage.FINISHED,
                ending=Ending.REFUNDED if is_refunded else Ending.NONE,
                ends_by=ends_by,
            )
            if visit:
                yield visit


def _today(cast: _Cast, now: datetime) -> Iterator[Visit]:
    earliest = at(cast.today, 0, 1)
    for doctor, words in _TODAY.items():
        waiting = 0
        for place, word in enumerate(words.split()):
            stage, ending = _ENDINGS.get(word) or (Stage[word], Ending.NONE)
            waiting += word == "CHECKED_IN"
            begun = now - timedelta(minutes=_BEGUN[word] - (4 * waiting if word == "CHECKED_IN" else 0))
            visit = _visit(
                cast,
                doctor=doctor,
                place=place,
                day=cast.today,
                near=max(begun, earliest),
                stage=stage,
                ending=ending,
                ends_by=now,
                is_due_now=True,
            )
            if visit:
                yield visit


def _ahead(cast: _Cast, now: datetime) -> Iterator[Visit]:
    """Bookings of the next days, with cardiology well in demand."""
    names = sorted(cast.clinicians)
    for place in range(FUTURE_BOOKINGS):
        doctor = "zhou.wenjun" if place % 8 == 0 else cast.random.choice(names)
        day = cast.today + timedelta(days=1 + place % 13)
        near = at(day, cast.random.choice((9, 10, 15)), 0)
        visit = _visit(
            cast, doctor=doctor, place=place, day=day, near=near, stage=Stage.BOOKED, ending=Ending.NONE, ends_by=now
        )
        if visit:
            yield visit


def _visit(
    cast: _Cast,
    *,
    doctor: str,
    place: int,
    day: date,
    near: datetime,
    stage: Stage,
    ending: Ending,
    ends_by: datetime,
    is_due_now: bool = False,
    person: Person | None = None,
) -> Visit | None:
    clinician = cast.clinicians[doctor]
    seat = cast.take_place(clinician, day, near)
    if seat is None:
        return None
    script = cast.script_for(clinician, place)
    person = person or cast.take_person(script, day)
    begins_at = near if is_due_now else seat.starts_at - timedelta(minutes=20)
    booked_at = min(begins_at, ends_by).astimezone(SHANGHAI) - timedelta(hours=18, minutes=7 * place % 50)
    return Visit(
        person_id=person.id,
        language="zh" if {"zh", "yue"} & set(person.languages[:1]) else "en",
        slot_id=seat.slot_id,
        clinician_id=clinician.id,
        doctor=doctor,
        campus_code=clinician.department.campus_id,
        script=script,
        stage=stage,
        ending=ending,
        booked_at=booked_at,
        begins_at=begins_at,
        ends_by=ends_by,
        # Some of those who booked ahead have not paid the registration fee yet: the cashier's desk shows it.
        pays_later=stage is Stage.BOOKED and place % 4 == 3,
    )
