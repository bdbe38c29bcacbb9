"""The wall board of a waiting area: public by the key in its address, in both languages, masked names (A06, W24)."""

import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from hospital.encounters.api import Board, DoctorOnBoard, get_board
from hospital.encounters.errors import UnknownBoard
from hospital.encounters.types import EncounterCard
from hospital.kernel.actors import system_actor
from hospital.kernel.clock import local_day
from hospital.kernel.types import BilingualText
from hospital.kernel.watching import watch_address
from hospital.patients.api import list_people, queue_name
from hospital.patients.types import PersonCard
from hospital.staff_web.banner import SEXES
from hospital.staff_web.waiting.check_in import show_screen_code

MOST_CALLS = 3
MOST_DOCTORS = 9
MOST_NEXT = 3
MOST_PASSED = 8
_ACTOR = system_actor("wall_board")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Call:
    """Somebody who is called, as the board shows and speaks it."""

    visit: EncounterCard
    name: BilingualText
    room: str
    room_name: BilingualText
    is_new: bool


@dataclass(frozen=True, slots=True)
class DoctorRow:
    """One doctor."""

    doctor: DoctorOnBoard
    room: str

    @property
    def next(self) -> list[str]:
        """The numbers of those who come next."""
        return [visit.queue_number for visit in self.doctor.waiting[:MOST_NEXT]]


@never_cache
@require_safe
def wall(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """The whole board; it keeps itself fresh. An unknown address is answered with 404 and a plain page."""
    return _show(request, code, key, "staff_web/waiting/wall.html")


@never_cache
@require_safe
def wall_state(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """What changes on the board."""
    return _show(request, code, key, "staff_web/waiting/_wall.html")


def _show(request: HttpRequest, code: str, key: str, template: str) -> HttpResponse:
    now = timezone.now()
    try:
        board = get_board(code=code, key=key, day=local_day(now))
    except UnknownBoard as unknown:
        response = render(request, "staff_web/waiting/no_wall.html", {"zh": _in("zh-hans", unknown.text)}, status=404)
    else:
        response = render(request, template, _context(board, now=now))
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _context(board: Board, *, now: datetime) -> dict[str, Any]:
    people = list_people(actor=_ACTOR, person_ids={visit.person_id for visit in board.calls}, now=now)
    calls = [_call(visit, people[visit.person_id]) for visit in board.calls if visit.person_id in people]
    rows = [DoctorRow(doctor, _room(doctor.room_name)) for doctor in board.doctors if doctor.now or doctor.waiting]
    idle = [
        DoctorRow(doctor, _room(doctor.room_name)) for doctor in board.doctors if not (doctor.now or doctor.waiting)
    ]
    passed = [visit.queue_number for doctor in board.doctors for visit in doctor.passed]
    return {
        "area": board.area,
        "calls": calls[:MOST_CALLS],
        "rows": [*rows, *idle][:MOST_DOCTORS],
        "passed": passed[-MOST_PASSED:],
        "live": watch_address(topics=[f"campus:{board.area.campus_code}"], now=now),
        "spoken": json.dumps([_spoken(call) for call in calls], ensure_ascii=False),
        "now": now,
        "code": show_screen_code(area=board.area, now=now),
    }


def _call(visit: EncounterCard, person: PersonCard) -> Call:
    place = visit.room_name or visit.department_name
    sex = SEXES[person.sex]
    return Call(
        visit=visit,
        name=BilingualText(
            queue_name(person.name, sex_label=_in("zh-hans", sex), language="zh-hans"),
            queue_name(person.name, sex_label=_in("en", sex), language="en"),
        ),
        room=_room(visit.room_name),
        room_name=place,
        is_new=visit.calls > 0,
    )


def _room(name: BilingualText | None) -> str:
    """The number on the door; nothing where the room has a name without one."""
    found = _DIGITS.search(name.en) if name else None
    return found.group() if found else ""


def _spoken(call: Call) -> dict[str, str]:
    """What the voice says: the number and the room, no name."""
    return {
        "id": f"{call.visit.id}:{call.visit.calls}",
        "zh": f"请 {_spell(call.visit.queue_number)} 号，到 {call.room_name.zh} 就诊。",
        "en": f"Number {_spell(call.visit.queue_number)}, please go to {call.room_name.en}.",
    }


def _spell(number: str) -> str:
    """A007 one sign after the other, as it is read aloud."""
    return " ".join(number.replace("-", ""))


def _in(language: str, words: Any) -> str:
    with translation.override(language):
        return str(words)
