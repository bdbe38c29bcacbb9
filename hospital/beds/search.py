"""The earliest suitable bed over all campuses, in one statement (N12)."""

from typing import Any

from django.db import connection

from hospital.beds.models import Bed
from hospital.beds.queries import bed_card, with_ward
from hospital.beds.states import TAKING
from hospital.beds.types import AHEAD, LONGEST_STAY, BedOffer, BedWanted

EACH_CAMPUS = 4  # offers shown of one campus

# A stay can begin on the asked day or where something that stood in its way ends: no other day is ever the earliest.
_SEARCH = """
WITH blocking AS (
    SELECT bed_id, room_id, sex, starts_on, ends_on
    FROM beds_bedstay
    WHERE state = ANY(%(taking)s) AND ends_on > %(first)s
),
candidate AS (
    SELECT bed.id, bed.room_id, ward.id AS ward_id, ward.campus_id, ward.position, bed.kind, bed.label,
           %(specialty)s <> '' AND %(specialty)s = ANY(ward.specialties) AS is_own
    FROM beds_bed AS bed
    JOIN beds_wardroom AS room ON room.id = bed.room_id
    JOIN beds_ward AS ward ON ward.id = room.ward_id
    WHERE bed.is_active
      AND (cardinality(%(kinds)s::text[]) = 0 OR bed.kind = ANY(%(kinds)s::text[]))
      AND (cardinality(%(campuses)s::text[]) = 0 OR ward.campus_id = ANY(%(campuses)s::text[]))
      AND (%(specialty)s = '' OR cardinality(ward.specialties) = 0 OR %(specialty)s = ANY(ward.specialties))
),
earliest AS (
    SELECT candidate.*, day.first AS day
    FROM candidate
    CROSS JOIN LATERAL (
        SELECT min(begin.first) AS first
        FROM (
            SELECT %(first)s::date AS first
            UNION
            SELECT before.ends_on FROM blocking AS before
            WHERE (before.bed_id = candidate.id
                   OR (before.room_id = candidate.room_id AND before.sex NOT IN ('', %(sex)s)))
              AND before.ends_on <= %(last)s
        ) AS begin
        WHERE NOT EXISTS (
            SELECT 1 FROM blocking AS other
            WHERE (other.bed_id = candidate.id
                   OR (other.room_id = candidate.room_id AND other.sex NOT IN ('', %(sex)s)))
              AND other.starts_on < begin.first + %(nights)s AND other.ends_on > begin.first
        )
    ) AS day
    WHERE day.first IS NOT NULL
),
ranked AS (
    SELECT earliest.*, array_position(%(near)s::text[], campus_id::text) AS nearness,
           row_number() OVER (PARTITION BY campus_id ORDER BY day, is_own DESC, position, label, id) AS place
    FROM earliest
)
SELECT id, day, is_own FROM ranked WHERE place <= %(each)s
ORDER BY day, nearness NULLS LAST, is_own DESC, campus_id, place
"""


def find_beds(*, wanted: BedWanted) -> list[BedOffer]:
    """The earliest beds of each campus: by day, then the nearer campus, then the ward of the specialty itself.

    Days are tried up to 90 ahead. Two statements, however many beds and stays there are. Nothing is held.
    """
    parameters: dict[str, Any] = {
        "taking": [state.value for state in TAKING],
        "first": wanted.from_day,
        "last": wanted.from_day.fromordinal(wanted.from_day.toordinal() + AHEAD),
        "sex": wanted.sex,
        "nights": min(max(wanted.nights, 1), LONGEST_STAY),
        "specialty": wanted.specialty,
        "kinds": sorted(wanted.kinds),
        "campuses": sorted(wanted.campuses),
        "near": list(wanted.near),
        "each": EACH_CAMPUS,
    }
    with connection.cursor() as cursor:
        cursor.execute(_SEARCH, parameters)
        found = cursor.fetchall()
    cards = {row.pk: bed_card(row) for row in with_ward(Bed.objects.filter(pk__in=[each[0] for each in found]))}
    return [BedOffer(bed=cards[bed], day=day, is_own=is_own) for bed, day, is_own in found]
