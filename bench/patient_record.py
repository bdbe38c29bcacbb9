"""How long the doctor's page of a visit takes whose patient has 2,000 entries in the shared record.

A thousand finished visits, each with a signed note and a signed prescription, are written straight into the database
for the patient who is in the room of the demonstration's doctor. The time is from the request to the last byte, the
warm median; the ratio compares it with the page before the entries were there.
"""

import time
from statistics import median

from psycopg import ClientCursor

from bench.load import base_address
from bench.pages import Client, read
from bench.queue import DOCTOR
from bench.supply import connect

NEEDS_PRODUCT = True
ENTRIES = 2_000
ROUNDS = 21

_VISIT_LINK = "/staff/doctor/visits/"
_FILL = """
CREATE TEMPORARY TABLE filled AS
SELECT gen_random_uuid() AS visit, gen_random_uuid() AS note, gen_random_uuid() AS prescription, n,
       now() - n * interval '8 hours' AS at, shown.person_id, shown.campus_id, shown.department_id, shown.clinician_id,
       clinician.user_id
FROM generate_series(1, %(visits)s) n, encounters_encounter shown
JOIN campuses_clinician clinician ON clinician.id = shown.clinician_id
WHERE shown.id = %(visit)s;
INSERT INTO encounters_encounter (id, number, person_id, campus_id, department_id, clinician_id, visit_type,
    service_line, payer, state, queue_number, queue_on, registered_at, checked_in_at, called_at, consult_started_at,
    done_at, calls, version)
SELECT visit, 'RECORD-' || n, person_id, campus_id, department_id, clinician_id, 'OP', 'INTL', 'SELF', 'DONE', 'R' || n,
       at::date, at, at, at, at, at, 1, 0
FROM filled;
INSERT INTO records_visitnote (id, encounter_id, person_id, version, revision, state, complaint, findings, plan,
    amend_reason, saved_window, saved_turn, written_by_id, written_at)
SELECT note, visit, person_id, 1, 1, 'DRAFT', 'Chest pain', 'BP 150/95', 'Tests', '', '', 0, user_id, at FROM filled;
INSERT INTO records_diagnosis (id, note_id, encounter_id, code, name_zh, name_en, is_main, position)
SELECT gen_random_uuid(), note, visit, 'I10', '原发性高血压', 'Essential (primary) hypertension', true, 1 FROM filled;
UPDATE records_visitnote SET state = 'SIGNED', signed_by_id = user_id, signed_at = at
FROM filled WHERE filled.note = records_visitnote.id;
INSERT INTO orders_order (id, number, encounter_id, person_id, kind, state, prescription_class, is_decoction, urgency,
    clinical_info, purpose, created_by_id, created_at, cancel_reason)
SELECT prescription, 'RECORD-' || n, visit, person_id, 'PRESCRIPTION', 'DRAFT', 'ORDINARY', false, 'ROUTINE', '', '',
       user_id, at, ''
FROM filled;
INSERT INTO orders_orderline (id, order_id, position, item_id, item_code, name_zh, name_en, spec_zh, spec_en, unit_zh,
    unit_en, quantity, is_quantity_computed, dose, dose_unit, route, frequency, days, remark, days_reason,
    allergy_groups, allergy_reason, safety_alerts, safety_reason, specimen_zh, specimen_en, container_zh, container_en,
    body_part_zh, body_part_en, preparation_zh, preparation_en, state, cancel_reason, repeat_reason, repeat_note,
    handling)
SELECT gen_random_uuid(), prescription, 1, item.id, item.code, item.name_zh, item.name_en, '', '', '', '', 1, true, 5,
       'mg', 'PO', 'QD', 7, '', '', '[]', '', '[]', '', '', '', '', '', '', '', '', '', 'PENDING', '', '', '', ''
FROM filled,
     (SELECT id, code, name_zh, name_en FROM catalog_catalogitem WHERE kind = 'DRUG' ORDER BY code LIMIT 1) item;
UPDATE orders_order SET state = 'SIGNED', signed_by_id = user_id, signed_at = at
FROM filled WHERE filled.prescription = orders_order.id;
"""


def measure() -> dict[str, float | str]:
    """`open_patient_record_ms`, and how many times longer than with the record as it was."""
    desk = Client(base_address())
    desk.sign_in(DOCTOR)
    page = next((href for _, href in read(desk.get("/staff/doctor/")).links if href.startswith(_VISIT_LINK)), "")
    if not page:
        return {"open_patient_record_ms": "nobody is in the doctor's queue"}
    before = _time(desk, page)
    with connect() as connection:
        ClientCursor(connection).execute(
            _FILL, {"visits": ENTRIES // 2, "visit": page.removeprefix(_VISIT_LINK).strip("/")}
        )
        connection.execute("ANALYZE")
    after = _time(desk, page)
    return {"open_patient_record_ms": after, "open_patient_record_ratio": round(after / before, 2)}


def _time(desk: Client, page: str) -> float:
    spent = []
    for _ in range(ROUNDS + 2):
        begun = time.perf_counter()
        desk.get(page)
        spent.append(1000 * (time.perf_counter() - begun))
    return round(median(spent[2:]), 1)
