"""Four callers at every address that needs a sign-in: the owner, a stranger, nobody, an ended session (N14)."""

import json
from uuid import uuid4

import pytest

from hospital.accounts.models import PatientSession
from hospital.audit.models import AuditEntry
from hospital.billing.models import Charge
from hospital.consents.models import DataCopy
from hospital.encounters.tests.clinic import TEN
from hospital.notifications.tests.factories import make_message
from hospital.patient_api.api import api
from hospital.patient_api.tests.addresses_of_bookings import ADDRESSES_OF_BOOKINGS
from hospital.patient_api.tests.addresses_of_people import ADDRESSES_OF_PEOPLE
from hospital.patient_api.tests.callers import Caller, code_of, make_signed_in, read_everything

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("N14")]

# Method, address, body, and what an account that has no part in it is told. `{}` is filled from the world.
ADDRESSES = [
    ("GET", "/account", None, ""),
    ("GET", "/account/devices", None, ""),
    ("DELETE", "/account/devices/{device_id}", None, "unknown_device"),
    ("PATCH", "/account", {}, ""),
    ("PUT", "/account/password", {}, ""),
    ("POST", "/account/contact/codes", {}, ""),
    ("PUT", "/account/contact", {}, ""),
    ("DELETE", "/account/contact/{kind}", None, ""),
    ("PUT", "/account/wechat", {}, ""),
    ("DELETE", "/account/wechat", None, ""),
    ("GET", "/account/notifications", None, ""),
    ("PUT", "/account/notifications", {}, ""),
    ("GET", "/account/consents", None, ""),
    ("POST", "/account/consents/{purpose}", {}, ""),
    ("DELETE", "/account/consents/{purpose}", None, ""),
    ("GET", "/account/data-copies", None, ""),
    ("POST", "/account/data-copies", {}, ""),
    ("POST", "/account/data-copies/{copy_id}/link", {}, "unknown_data_copy"),
    ("GET", "/account/corrections", None, ""),
    ("POST", "/account/corrections", {}, ""),
    ("GET", "/account/deletion", None, ""),
    ("POST", "/account/deletion/code", {}, ""),
    ("POST", "/account/deletion", {}, ""),
    ("GET", "/people", None, ""),
    ("GET", "/appointments", None, ""),
    ("GET", "/next-step", None, ""),
    ("GET", "/live", None, ""),
    ("GET", "/inbox", None, ""),
    ("GET", "/inbox/{message_id}", None, "unknown_message"),
    ("POST", "/inbox/{message_id}/read", {}, "unknown_message"),
    ("POST", "/inbox/read", {}, ""),
    ("GET", "/enquiries", None, ""),
    ("POST", "/enquiries", {}, ""),
    ("GET", "/enquiries/{enquiry_id}", None, "unknown_enquiry"),
    ("FILE", "/enquiries/{enquiry_id}/pictures", {}, "unknown_enquiry"),
    ("GET", "/enquiries/{enquiry_id}/pictures/{picture_id}", None, "unknown_enquiry"),
    ("POST", "/enquiries/{enquiry_id}/replies", {"text": "x", "idempotency_key": "12345678"}, "unknown_enquiry"),
    ("POST", "/enquiries/{enquiry_id}/rating", {"stars": 5}, "unknown_enquiry"),
    ("DELETE", "/people/{person_id}", None, "unknown_person"),
    *ADDRESSES_OF_PEOPLE,
    *ADDRESSES_OF_BOOKINGS,
    ("POST", "/appointments/hold", {"slot_id": 1, "person_id": "{person_id}"}, "unknown_person"),
    ("POST", "/appointments/{appointment_id}/book", {}, "unknown_person"),
    ("POST", "/appointments/{appointment_id}/cancel", {}, "unknown_person"),
    ("POST", "/appointments/{appointment_id}/number", {}, "unknown_person"),
    ("GET", "/appointments/{appointment_id}/journey", None, "unknown_person"),
    ("GET", "/appointments/{appointment_id}/rating", None, "unknown_person"),
    ("POST", "/appointments/{appointment_id}/rating", {"stars": 5}, "unknown_person"),
    ("GET", "/people/{person_id}/bill", None, "unknown_person"),
    ("GET", "/people/{person_id}/bills", None, "unknown_person"),
    ("GET", "/people/{person_id}/reports", None, "unknown_person"),
    ("POST", "/bills/quote", {"charge_ids": ["{charge_id}"]}, "unknown_person"),
    ("POST", "/bills/pay", {"quote_token": "{quote_token}", "idempotency_key": "a-new-key"}, "quote_unknown"),
    ("GET", "/bills/{settlement_id}", None, "unknown_person"),
    ("GET", "/bills/{settlement_id}/statement", None, "unknown_person"),
    ("GET", "/refunds/{refund_id}/notice", None, "refund_unknown"),
    ("GET", "/receipts/{receipt_id}/sheet", None, "receipt_unknown"),
    ("GET", "/receipts/{receipt_id}/copy", None, "receipt_unknown"),
    ("GET", "/people/{person_id}/statement", None, "unknown_person"),
    ("GET", "/visits/{encounter_id}/statement", None, "unknown_person"),
    ("GET", "/payments/{payment_id}", None, "unknown_person"),
    ("POST", "/payments/{payment_id}/cancel", {}, "unknown_person"),
    ("GET", "/bills/open", None, ""),
    ("GET", "/bills/paid", None, ""),
    ("GET", "/reports", None, ""),
    ("GET", "/medical-documents", None, ""),
    ("GET", "/medical-documents/{clinical_id}/pdf", None, "unknown_clinical_document"),
    ("GET", "/reports/closed/{report_id}", None, "unknown_report"),
    ("GET", "/exam-reports/{report_id}", None, "unknown_report"),
    ("GET", "/exam-reports/{report_id}/pdf", None, "unknown_report"),
    ("GET", "/exam-reports/{report_id}/images", None, "unknown_report"),
    ("GET", "/exam-reports/{report_id}/images/{place}", None, "unknown_report"),
    ("GET", "/exam-reports/{report_id}/key-images/{image_id}", None, "unknown_report"),
    ("GET", "/reports/{report_id}", None, "unknown_person"),
    ("GET", "/reports/{report_id}/pdf", None, "unknown_person"),
    ("POST", "/report-shares", {"kind": "LAB", "report_id": "{report_id}", "days": 7}, "unknown_person"),
    ("GET", "/reports/{report_id}/shares", None, "unknown_person"),
    ("DELETE", "/report-shares/{share_id}", None, "unknown_share"),
    ("POST", "/people", {}, ""),
    ("POST", "/sign-out", {}, ""),
    ("POST", "/sign-out/all", {}, ""),
]
# What the world has none of: an insurance card, an examination report, a report that waits, an enquiry, a wait, a
# refund, a receipt, a booked examination, or a right to book before others.
NOT_IN_THE_WORLD = (
    "{card_id}",
    "{card_id}/picture",
    "/exam-reports/{report_id}",
    "/exam-reports/{report_id}/pdf",
    "/exam-reports/{report_id}/images",
    "/exam-reports/{report_id}/images/{place}",
    "/exam-reports/{report_id}/key-images/{image_id}",
    "/closed/{report_id}",
    "/medical-documents/{clinical_id}/pdf",
    "{enquiry_id}",
    "{picture_id}",
    "/waitlist/{entry_id}/leave",
    "/rebooking",
    "/assistance/{request_id}/cancel",
    *(f"/examinations/{{booking_id}}{part}" for part in ("", "/times", "/move", "/cancel", "/calendar")),
    "/refunds/{refund_id}/notice",
    "/receipts/{receipt_id}/sheet",
    "/receipts/{receipt_id}/copy",
)
OF_SOMEBODY = [row for row in ADDRESSES if row[3]]


def fill(value, facts):
    if isinstance(value, dict):
        return {name: fill(part, facts) for name, part in value.items()}
    if isinstance(value, list):
        return [fill(part, facts) for part in value]
    return value.format(**facts) if isinstance(value, str) else value


class SomeIds(dict):
    """Ids that nobody has, for whatever the world does not name."""

    def __missing__(self, name):
        return str(uuid4())


def call(caller, row, facts):
    method, path, body, _ = row
    path = path.format_map(SomeIds(facts))
    if method == "FILE":
        return caller.upload(path, **body)
    if body is not None:
        return caller.send(method, path, json.dumps(fill(body, facts)).encode())
    return caller.get(path) if method == "GET" else caller.delete(path)


def facts_of(world):
    charge_id = str(Charge.objects.filter(person_id=world.person_id).first().id)
    session = PatientSession.objects.first()
    device_id = str(session.id)
    copy_id = str(DataCopy.objects.create(account_id=session.account_id, requested_at=TEN).id)
    facts = {name: str(value) for name, value in vars(world).items()}
    return facts | {
        "charge_id": charge_id,
        "quote_token": "t",
        "device_id": device_id,
        "copy_id": copy_id,
        "message_id": str(make_message(world.story.patient.id).id),
    }


def names(rows):
    return [f"{'POST' if method == 'FILE' else method} {path}" for method, path, *_ in rows]


def test_the_list_above_holds_every_address_that_needs_a_sign_in():
    described = api.get_openapi_schema()["paths"]
    guarded = {
        f"{method.upper()} {path.removeprefix('/api')}"
        for path, methods in described.items()
        for method, operation in methods.items()
        if operation.get("security")
    }
    assert guarded == set(names(ADDRESSES))


@pytest.mark.parametrize("row", ADDRESSES, ids=names(ADDRESSES))
def test_nobody_and_an_ended_session_are_told_to_sign_in(row):
    ended = make_signed_in()
    assert ended.post("/sign-out").status_code == 204
    facts = {name.strip("{}"): str(uuid4()) for name in ("person_id", "appointment_id", "encounter_id", "charge_id")}
    facts |= dict.fromkeys(("settlement_id", "payment_id", "report_id"), str(uuid4())) | {"quote_token": "t"}
    facts |= {"device_id": str(uuid4()), "message_id": str(uuid4()), "kind": "email", "purpose": "MARKETING"}
    before = read_everything()
    for caller in (Caller(), ended, Caller(token="no-such-token")):
        answer = call(caller, row, facts)
        assert (answer.status_code, code_of(answer)) == (401, "not_signed_in")
    assert read_everything() == before


def test_a_stranger_gets_nothing_and_changes_nothing(world, stranger):
    facts = facts_of(world)
    before = read_everything()
    found = {}
    for row in OF_SOMEBODY:
        answer = call(stranger, row, facts)
        found[f"{row[0]} {row[1]}"] = f"{answer.status_code} {code_of(answer)}"
    assert found == {f"{method} {path}": f"404 {code}" for method, path, _, code in OF_SOMEBODY}
    assert read_everything() == before
    refused = AuditEntry.objects.filter(action="patient_api.refused", was_refused=True)
    assert refused.exists()


def test_a_stranger_sees_none_of_the_owner_in_the_lists(world, stranger):
    for path in ("/people", "/appointments"):
        answer = stranger.get(path)
        assert answer.status_code == 200
        assert answer.json() == []


def test_the_owner_reads_all_of_it(world):
    facts = facts_of(world)
    for row in ADDRESSES:
        if row[0] == "GET" and not row[1].endswith(NOT_IN_THE_WORLD):
            answer = call(world.owner, row, facts)
            assert answer.status_code == 200, (row, answer.content)
