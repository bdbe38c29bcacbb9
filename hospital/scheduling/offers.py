"""Who can be booked and when: the searches of booking, one SQL statement each (A04).

The statements read the directory below this context by its tables. Each begins with the same two parts: `matched`, the
symptoms that the words name, and `doctor`, the doctors that words and filters leave, each with the rank of its match.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection

from hospital.campuses.api import Sought, like_pattern, may_be_mistyped
from hospital.scheduling.offer_statements import (
    CLINIC_PLACES,
    DAYS,
    DOCTOR,
    DOCTORS,
    FREE,
    MATCHED,
    NO_MATCH,
    ORDERS,
    PLACES,
    RELEASED,
)
from hospital.scheduling.pools import pools_of
from hospital.scheduling.statements import CAN_TAKE, OPENS_AT
from hospital.scheduling.types import Channel, OfferFilter, OfferSort

Parameters = dict[str, Any]


def search_offers(
    *,
    sought: Sought,
    chosen: OfferFilter,
    first: date,
    last: date,
    now: datetime,
    sort: OfferSort,
    offset: int,
    limit: int,
    channel: Channel = Channel.APP,
    prices: Mapping[str, Decimal] | None = None,
    near: Sequence[str] = (),
) -> Mapping[str, Any]:
    """A page of doctors with the next place that `channel` can take from `first` to `last`, and what the words meant.

    Where none is free, `opens_at` of a doctor says when the next is released to the channel.
    Keys: `total`; `alarms` and `symptoms` that the words name; `specialties` among the doctors found; `doctors`. Words
    are found in Chinese, English, pinyin and initials, in names, expertise, departments, campuses and symptoms; a long
    Latin word may be mistyped. Public. One statement. `prices` (CNY, by `PricedKind` as text) and `near` (campuses, the
    nearest first) are what `OfferSort.PRICE` and `DISTANCE` order by.
    """
    parameters = _parameters(sought, chosen, first=first, last=last, now=now, channel=channel)
    parameters |= {"offset": offset, "limit": limit}
    if sort is OfferSort.PRICE:
        parameters["prices"] = json.dumps({key: str(price) for key, price in (prices or {}).items()})
    if sort is OfferSort.DISTANCE:
        parameters["near"] = list(near)
    part = _part(chosen)
    statement = _beginning(sought, parameters) + DOCTORS.format(
        free=FREE.format(part=part, can_take=CAN_TAKE, kind="session.is_by_name"),
        clinic=FREE.format(part=part, can_take=CAN_TAKE, kind="NOT session.is_by_name"),
        has_doctors="false" if chosen.clinic else "true",
        has_clinics=_has_clinics(sought, chosen),
        released=RELEASED.format(part=part, opens_at=OPENS_AT),
        order=ORDERS[sort],
        **_word_tests(sought),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        (text,) = cursor.fetchone()
    return msgspec.json.decode(text, type=dict[str, Any])


def read_days_json(
    *,
    sought: Sought,
    chosen: OfferFilter,
    first: date,
    last: date,
    now: datetime,
    channel: Channel = Channel.APP,
) -> str:
    """Every day from `first` to `last` as JSON text: sessions held, places free (at most 100 are counted), and the next
    release where none is free.

    A hot path: one statement.
    """
    parameters = _parameters(sought, chosen, first=first, last=last, now=now, channel=channel)
    statement = _beginning(sought, parameters) + DAYS.format(
        part=_part(chosen) + _named(chosen), can_take=CAN_TAKE, opens_at=OPENS_AT
    )
    return _read_text(statement, parameters)


def read_places_json(
    *,
    clinician_id: UUID | None = None,
    clinic_of: UUID | None = None,
    day: date,
    now: datetime,
    channel: Channel = Channel.APP,
) -> str:
    """The sessions on a day with all their places, taken ones too, as JSON text: a doctor's under their name, or those
    of the department `clinic_of` without one. One statement."""
    statement = CLINIC_PLACES if clinic_of else PLACES
    whose = clinic_of or clinician_id
    return _read_text(statement, {"whose": whose, "day": day, "now": now, "pools": pools_of(channel)})


def _read_text(statement: str, parameters: Parameters) -> str:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        (text,) = cursor.fetchone()
    return str(text)


def _parameters(
    sought: Sought, chosen: OfferFilter, *, first: date, last: date, now: datetime, channel: Channel
) -> Parameters:
    parameters: Parameters = {"first": first, "last": last, "now": now, "pools": pools_of(channel)}
    if not sought.is_empty:
        parameters["text"] = sought.text
        for number, word in enumerate(sought.words):
            parameters[f"like{number}"] = like_pattern(word)
            parameters[f"word{number}"] = word
    return parameters | {name: value for name, value in chosen.values().items() if value}


def _beginning(sought: Sought, parameters: Parameters) -> str:
    tests = _word_tests(sought)
    found = "true" if sought.is_empty else f"(seen.place IS NOT NULL OR ({tests['anywhere']}))"
    matched = NO_MATCH if sought.is_empty else MATCHED.format(**tests)
    filters = " ".join(f"AND {_FILTERS[name]}" for name in _FILTERS if name in parameters)
    return matched + DOCTOR.format(found=found, filters=filters, **tests)


# A value beside each is given only where the filter is chosen.
_FILTERS = {
    "clinician": "clinician.id = %(clinician)s",
    "department": "department.id = %(department)s",
    "specialty": "department.specialty = %(specialty)s",
    "campus": "department.campus_id = %(campus)s",
    "language": "clinician.languages @> to_jsonb(%(language)s::text)",
    "title": "clinician.title = %(title)s",
    "sex": "clinician.sex = %(sex)s",
}
_CAMPUS_TEXT = (
    "lower(' ' || campus.name_zh || ' ' || campus.name_en || ' ' || campus.short_zh || ' ' || campus.short_en)"
)


def _part(chosen: OfferFilter) -> str:
    return "AND session.part = %(part)s" if chosen.part else ""


def _has_clinics(sought: Sought, chosen: OfferFilter) -> str:
    """Whoever looks for a doctor by name or chose one is not led to a clinic in which that doctor sits unnamed."""
    if chosen.clinician or chosen.title or chosen.sex:
        return "false"
    return "true" if sought.is_empty else "doctor.rank > 0"


def _named(chosen: OfferFilter) -> str:
    if chosen.clinic:
        return "AND NOT session.is_by_name"
    return "AND session.is_by_name" if chosen.clinician or chosen.title or chosen.sex else ""


def _word_tests(sought: Sought) -> dict[str, str]:
    """Conditions that all words stand in a text; `true` where no word was typed."""
    if sought.is_empty:
        return dict.fromkeys(("in_symptom", "in_clinician", "in_department", "anywhere"), "true")
    numbers = range(len(sought.words))

    def all_in(*texts: str) -> str:
        return " AND ".join(
            "(" + " OR ".join(_is_in(text, n, sought.words[n]) for text in texts) + ")" for n in numbers
        )

    return {
        "in_symptom": all_in("symptom.search_text"),
        "in_clinician": all_in("clinician.search_text"),
        "in_department": all_in("department.search_text"),
        "anywhere": all_in("clinician.search_text", "department.search_text", _CAMPUS_TEXT),
    }


def _is_in(text: str, number: int, word: str) -> str:
    is_in = f"{text} LIKE %(like{number})s"
    return f"{is_in} OR %(word{number})s::text <%% {text}" if may_be_mistyped(word) else is_in
