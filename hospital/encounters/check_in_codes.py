"""The codes with which patients show that they are in a waiting area (A05).

A screen's code changes each minute and is taken while it or one of the two after it is shown. A printed one is of a
day. Both are keyed hashes of area and time: nothing is stored, nothing about anybody is in them, and a new
`key_version` of the area ends them with its wall board's address.
"""

import hmac
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from hospital.encounters.boards import AreaCard, area_card
from hospital.encounters.errors import UnknownCheckInCode
from hospital.encounters.models import WaitingArea
from hospital.kernel.clock import local_day
from hospital.kernel.crypto import keyed_hash

MINUTES_TAKEN: Final = 3
_LENGTH: Final = 8
_SIGNS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that looks like another
_MISREAD: Final = str.maketrans("OIL", "011", " -")


def make_screen_code(*, area: AreaCard, now: datetime) -> str:
    """The code of this minute: eight signs."""
    return _code(area.code, area.key_version, _minute(now))


def make_paper_code(*, area: AreaCard, now: datetime) -> str:
    """The code of this day of the hospital, for a sheet where no screen works."""
    return _code(area.code, area.key_version, _day(now))


def find_area_of_code(*, code: str, now: datetime) -> AreaCard:
    """The waiting area that shows this code now; typed with spaces, in lower case or O for 0 it is the same.

    Refuses with `UnknownCheckInCode`, alike for one that is over and for one that never was.
    """
    given = code.upper().translate(_MISREAD).encode()
    for row in WaitingArea.objects.all():
        if any(hmac.compare_digest(each.encode(), given) for each in _codes_taken(row, now)):
            return area_card(row)
    raise UnknownCheckInCode


def list_areas_of_departments(*, department_ids: Iterable[UUID]) -> dict[UUID, AreaCard]:
    """Where the patients of these departments wait, by department, in one query."""
    wanted = set(department_ids)
    rows = WaitingArea.objects.filter(department_ids__overlap=list(wanted)).order_by("code") if wanted else ()
    return {each: area_card(row) for row in rows for each in row.department_ids if each in wanted}


def _codes_taken(row: WaitingArea, now: datetime) -> Iterator[str]:
    for ago in range(MINUTES_TAKEN):
        yield _code(row.code, row.key_version, _minute(now - timedelta(minutes=ago)))
    yield _code(row.code, row.key_version, _day(now))


def _minute(at: datetime) -> str:
    return f"minute {int(at.timestamp()) // 60}"


def _day(at: datetime) -> str:
    return f"day {local_day(at)}"


def _code(area: str, key_version: int, when: str) -> str:
    number = int(keyed_hash(f"check-in {area} {key_version} {when}"), 16)
    return "".join(_SIGNS[number >> 5 * place & 31] for place in range(_LENGTH))
