"""What a wall board shows, and the key in its address."""

import hmac
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from hospital.encounters.errors import UnknownBoard
from hospital.encounters.models import Encounter, WaitingArea
from hospital.encounters.order_statement import list_lines
from hospital.encounters.queries import read_cards
from hospital.encounters.states import EncounterState
from hospital.encounters.types import EncounterCard
from hospital.kernel.crypto import keyed_hash
from hospital.kernel.types import BilingualText

_KEY_LENGTH: Final = 24
_SHOWN = (
    EncounterState.REGISTERED,
    EncounterState.CHECKED_IN,
    EncounterState.WAITING,
    EncounterState.CALLED,
    EncounterState.IN_CONSULT,
    EncounterState.PASSED,
)


@dataclass(frozen=True, slots=True)
class AreaCard:
    """A waiting area. `key` opens its board to whoever has the address."""

    code: str
    campus_code: str
    name: BilingualText
    key: str
    key_version: int


@dataclass(frozen=True, slots=True)
class DoctorOnBoard:
    """One doctor's row: who is in the room or called, everybody who waits in order, who missed the call.

    `clinician_name` is the clinic's where all of them booked a clinic and the doctor has called nobody yet.
    """

    clinician_id: UUID
    clinician_name: BilingualText
    room_name: BilingualText | None
    department_name: BilingualText
    now: EncounterCard | None
    waiting: tuple[EncounterCard, ...]
    passed: tuple[EncounterCard, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """A wall board: the calls that nobody has followed yet, the latest first, and the doctors of today."""

    area: AreaCard
    calls: tuple[EncounterCard, ...]
    doctors: tuple[DoctorOnBoard, ...]


def list_areas(*, campus_code: str) -> list[AreaCard]:
    """The waiting areas of a campus."""
    return [area_card(row) for row in WaitingArea.objects.filter(campus_id=campus_code).order_by("code")]


def get_area(*, code: str, key: str) -> AreaCard:
    """A waiting area by the key of its board; `UnknownBoard` alike for a wrong key and for no such area."""
    row = WaitingArea.objects.filter(pk=code).first()
    if row is None or not hmac.compare_digest(_key(row).encode(), key.encode()):
        raise UnknownBoard
    return area_card(row)


def get_board(*, code: str, key: str, day: date) -> Board:
    """What the board shows now; four statements. Refuses with `UnknownBoard`."""
    area = get_area(code=code, key=key)
    departments = WaitingArea.objects.get(pk=code).department_ids
    rows = Encounter.objects.filter(
        department_id__in=departments, campus_id=area.campus_code, queue_on=day, state__in=_SHOWN
    )
    cards = {card.id: card for card in read_cards(rows)}
    by_doctor: dict[UUID, list[EncounterCard]] = {}
    for card in cards.values():
        by_doctor.setdefault(card.clinician_id, []).append(card)
    lines = list_lines(clinician_ids=by_doctor, day=day)
    calls = [card for card in cards.values() if card.state is EncounterState.CALLED and card.called_at]
    calls.sort(key=lambda card: card.called_at or card.registered_at, reverse=True)
    return Board(
        area=area,
        calls=tuple(calls),
        doctors=tuple(
            sorted(
                (
                    _doctor(visits, [cards[each] for each in lines.get(doctor, ()) if each in cards])
                    for doctor, visits in by_doctor.items()
                ),
                key=lambda each: (str(each.room_name.zh if each.room_name else ""), each.clinician_name.zh),
            )
        ),
    )


def _doctor(visits: list[EncounterCard], waiting: list[EncounterCard]) -> DoctorOnBoard:
    busy = [card for card in visits if card.state in {EncounterState.CALLED, EncounterState.IN_CONSULT}]
    first = visits[0]
    return DoctorOnBoard(
        clinician_id=first.clinician_id,
        clinician_name=min(visits, key=lambda card: card.shown_name != card.clinician_name).shown_name,
        room_name=next((card.room_name for card in visits if card.room_name), None),
        department_name=first.department_name,
        now=max(busy, key=lambda card: card.called_at or card.registered_at, default=None),
        waiting=tuple(waiting),
        passed=tuple(card for card in visits if card.state is EncounterState.PASSED),
    )


def area_card(row: WaitingArea) -> AreaCard:
    """The card of an area."""
    return AreaCard(code=row.code, campus_code=row.campus_id, name=row.name, key=_key(row), key_version=row.key_version)


def _key(row: WaitingArea) -> str:
    return keyed_hash(f"wall board {row.code} {row.key_version}")[:_KEY_LENGTH]
