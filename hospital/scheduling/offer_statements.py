"""The SQL of the searches of booking; `offers` fills in the conditions that the words and filters ask for.

Only fragments from this package are filled in, never what somebody typed: that goes beside the statement.
"""

from hospital.scheduling.statements import FREE as FREE_OF_SLOT
from hospital.scheduling.statements import OPENS_AT
from hospital.scheduling.types import OfferSort

# An alarm is raised only by what was said in full: one who has typed half a word is not sent to the emergency room.
MATCHED = """
WITH named AS (
    SELECT symptom.code, symptom.name_zh, symptom.name_en, symptom.specialties, symptom.is_alarm,
           cardinality(symptom.with_phrases) = 0 AND ({in_symptom}) AS is_like,
           cardinality(symptom.with_phrases) = 0 AND length(%(text)s) >= 6
               AND position(%(text)s IN symptom.search_text || ' ') > 0 AS is_name,
           EXISTS (SELECT FROM unnest(symptom.phrases) phrase WHERE position(phrase IN %(text)s) > 0)
               AND (cardinality(symptom.with_phrases) = 0
                    OR EXISTS (SELECT FROM unnest(symptom.with_phrases) phrase WHERE position(phrase IN %(text)s) > 0)
               ) AS is_said
    FROM campuses_symptom symptom WHERE symptom.is_active
), matched AS MATERIALIZED (
    SELECT code, name_zh, name_en, specialties, is_alarm, is_said OR is_name AS is_exact FROM named
    WHERE is_said OR is_name OR (is_like AND NOT is_alarm)
)"""
NO_MATCH = """
WITH matched AS (
    SELECT ''::text AS code, ''::text AS name_zh, ''::text AS name_en, ARRAY[]::text[] AS specialties,
           false AS is_alarm, false AS is_exact
    WHERE false
)"""
DOCTOR = """, doctor AS MATERIALIZED (
    SELECT clinician.id, clinician.position, clinician.title, department.id AS department_id, department.specialty,
           department.position AS department_position,
           CASE WHEN {in_clinician} THEN 0 WHEN seen.place = 1 AND seen.is_exact THEN 1 WHEN {in_department} THEN 2
                WHEN seen.is_exact THEN 3 ELSE 4 END AS rank
    FROM campuses_clinician clinician
    JOIN campuses_department department ON department.id = clinician.department_id
    JOIN campuses_campus campus ON campus.code = department.campus_id
    LEFT JOIN LATERAL (
        SELECT array_position(matched.specialties::text[], department.specialty::text) AS place, matched.is_exact
        FROM matched WHERE department.specialty = ANY(matched.specialties) ORDER BY is_exact DESC, place LIMIT 1
    ) seen ON true
    WHERE clinician.is_active AND {found} {filters}
)"""

# The first free place: sessions in the order of their index, so that the search ends at the first that has one.
FREE = """
    SELECT session.id AS session_id, session.held_on, session.part, session.service_type, session.service_line,
           session.registration_item_code, session.campus_id, slot.id AS slot_id, slot.starts_at
    FROM scheduling_rostersession session JOIN scheduling_slot slot ON slot.session_id = session.id
    WHERE session.clinician_id = doctor.id AND session.held_on BETWEEN %(first)s AND %(last)s AND NOT session.is_stopped
      AND {can_take} {part} AND {kind}
    ORDER BY session.held_on, session.starts_at, slot.starts_at LIMIT 1
"""
# Looked for only where nothing is free.
RELEASED = """
    SELECT min({opens_at}) AS opens_at
    FROM scheduling_rostersession session JOIN scheduling_slot slot ON slot.session_id = session.id
    WHERE page.slot_id IS NULL AND session.clinician_id = page.id AND session.held_on BETWEEN %(first)s AND %(last)s
      AND NOT session.is_stopped {part} AND session.is_by_name
"""
ORDERS = {
    OfferSort.MATCH: "rank, starts_at NULLS LAST, department_position, position, id",
    # An emergency department is open all day: it would always come first.
    OfferSort.SOONEST: "service_type = 'EMERGENCY', starts_at NULLS LAST, rank, department_position, position, id",
    OfferSort.PRICE: "service_type = 'EMERGENCY', (%(prices)s::jsonb ->> concat_ws(' ', registration_item_code, "
    "service_line, session_campus, service_type))::numeric NULLS LAST, starts_at NULLS LAST, rank, position, id",
    OfferSort.DISTANCE: "service_type = 'EMERGENCY', array_position(%(near)s::text[], session_campus::text) "
    "NULLS LAST, starts_at NULLS LAST, rank, department_position, position, id",
    OfferSort.SENIOR: "array_position(ARRAY['CHIEF', 'ASSOCIATE_CHIEF', 'ATTENDING', 'RESIDENT'], title::text), "
    "rank, starts_at NULLS LAST, department_position, position, id",
}
# A clinic without a doctor's name is offered once a department and kind of registration, with its first free place.
DOCTORS = """, offer AS MATERIALIZED (
    SELECT doctor.*, true AS is_by_name, free.session_id, free.held_on, free.part, free.service_type, free.service_line,
           free.registration_item_code, free.campus_id AS session_campus, free.slot_id, free.starts_at
    FROM doctor LEFT JOIN LATERAL ({free}) free ON true
    WHERE {has_doctors}
    UNION ALL
    SELECT * FROM (
        SELECT DISTINCT ON (doctor.department_id, free.service_type)
               doctor.*, false, free.session_id, free.held_on, free.part, free.service_type, free.service_line,
               free.registration_item_code, free.campus_id, free.slot_id, free.starts_at
        FROM doctor JOIN LATERAL ({clinic}) free ON true
        WHERE {has_clinics}
        ORDER BY doctor.department_id, free.service_type, free.starts_at, doctor.id
    ) clinic
), page AS (
    SELECT offer.*, row_number() OVER (ORDER BY {order}) AS place FROM offer
    ORDER BY {order} OFFSET %(offset)s LIMIT %(limit)s
)
SELECT json_build_object(
    'total', (SELECT count(*) FROM offer),
    'alarms', (SELECT coalesce(json_agg(json_build_object('code', code, 'zh', name_zh, 'en', name_en) ORDER BY code),
               '[]') FROM matched WHERE is_alarm),
    'symptoms', (SELECT coalesce(json_agg(json_build_object('code', code, 'zh', name_zh, 'en', name_en)
                 ORDER BY is_exact DESC, code), '[]') FROM matched WHERE NOT is_alarm),
    'specialties', (
        SELECT coalesce(json_agg(json_build_object('code', specialty, 'zh', name_zh, 'en', name_en, 'doctors', doctors)
                        ORDER BY best, department_position), '[]')
        FROM (
            SELECT doctor.specialty, count(*) AS doctors, min(doctor.rank) AS best,
                   (array_agg(department.name_zh ORDER BY department.position))[1] AS name_zh,
                   (array_agg(department.name_en ORDER BY department.position))[1] AS name_en,
                   min(department.position) AS department_position
            FROM doctor JOIN campuses_department department ON department.id = doctor.department_id
            GROUP BY doctor.specialty
        ) grouped
    ),
    'doctors', coalesce(json_agg(json_build_object(
        'id', page.id, 'is_by_name', page.is_by_name, 'family_zh', clinician.family_zh, 'given_zh', clinician.given_zh,
        'family_en', clinician.family_en, 'given_en', clinician.given_en, 'sex', clinician.sex,
        'title', clinician.title, 'languages', clinician.languages,
        'expertise_zh', clinician.expertise_zh, 'expertise_en', clinician.expertise_en,
        'department_id', department.id, 'specialty', department.specialty,
        'department_zh', department.name_zh, 'department_en', department.name_en,
        'location_zh', department.location_zh, 'location_en', department.location_en, 'floor', department.floor,
        'campus', campus.code, 'campus_zh', campus.name_zh, 'campus_en', campus.name_en,
        'session_id', page.session_id, 'slot_id', page.slot_id, 'starts_at', page.starts_at, 'held_on', page.held_on,
        'part', page.part, 'service_type', page.service_type, 'service_line', page.service_line,
        'item_code', page.registration_item_code, 'session_campus', page.session_campus,
        'opens_at', released.opens_at
    ) ORDER BY page.place), '[]')
)::text
FROM page JOIN campuses_clinician clinician ON clinician.id = page.id
JOIN campuses_department department ON department.id = clinician.department_id
JOIN campuses_campus campus ON campus.code = department.campus_id
LEFT JOIN LATERAL ({released}) released ON true
"""
# A strip of days says "99+": so many places of a day are looked at and no more, and the next release only where nothing
# is free. Otherwise a month of all campuses would read every place that there is.
DAYS = """
SELECT coalesce(json_agg(json_build_object('day', day.day::date, 'sessions', coalesce(held.sessions, 0),
                                           'free', least(free.places, 100), 'opens_at', released.opens_at)
                         ORDER BY day.day), '[]')::text
FROM generate_series(%(first)s::date, %(last)s::date, interval '1 day') AS day(day)
LEFT JOIN (
    SELECT session.held_on, count(*) AS sessions
    FROM doctor JOIN scheduling_rostersession session ON session.clinician_id = doctor.id
    WHERE session.held_on BETWEEN %(first)s AND %(last)s AND NOT session.is_stopped {part}
    GROUP BY session.held_on
) held ON held.held_on = day.day::date
CROSS JOIN LATERAL (
    SELECT coalesce(sum(places), 0) AS places FROM (
        SELECT slot.capacity - slot.taken AS places
        FROM doctor JOIN scheduling_rostersession session ON session.clinician_id = doctor.id
        JOIN scheduling_slot slot ON slot.session_id = session.id
        WHERE session.held_on = day.day::date AND NOT session.is_stopped AND {can_take} {part}
        LIMIT 100
    ) counted
) free
CROSS JOIN LATERAL (
    SELECT min({opens_at}) AS opens_at
    FROM doctor JOIN scheduling_rostersession session ON session.clinician_id = doctor.id
    JOIN scheduling_slot slot ON slot.session_id = session.id
    WHERE free.places = 0 AND session.held_on = day.day::date AND NOT session.is_stopped {part}
) released
"""
_PLACES = """
SELECT coalesce(json_agg(json_build_object(
    'session_id', session.id, 'part', session.part, 'service_type', session.service_type,
    'service_line', session.service_line, 'campus_code', session.campus_id,
    'starts_at', session.starts_at, 'ends_at', session.ends_at,
    'places', (
        SELECT coalesce(json_agg(json_build_object(
            'id', slot.id, 'number', slot.number, 'starts_at', slot.starts_at, 'ends_at', slot.ends_at,
            'free', {free}, 'opens_at', {opens_at},
            'is_past', slot.starts_at <= %(now)s) ORDER BY slot.number), '[]')
        FROM scheduling_slot slot WHERE slot.session_id = session.id AND NOT slot.is_extra
    )) ORDER BY session.starts_at), '[]')::text
FROM scheduling_rostersession session
WHERE {whose} AND session.held_on = %(day)s AND NOT session.is_stopped
"""
PLACES = _PLACES.format(
    free=FREE_OF_SLOT, opens_at=OPENS_AT, whose="session.clinician_id = %(whose)s AND session.is_by_name"
)
CLINIC_PLACES = _PLACES.format(
    free=FREE_OF_SLOT, opens_at=OPENS_AT, whose="session.department_id = %(whose)s AND NOT session.is_by_name"
)
