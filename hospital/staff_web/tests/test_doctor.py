"""The doctor's desk over HTTP: the queue, the note, the orders, the signature, the papers."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hospital.accounts.models import RoleGrant, User
from hospital.audit.models import AuditEntry
from hospital.billing.api import allocate_payment, quote_bill, start_settlement
from hospital.billing.models import Charge
from hospital.encounters.models import Encounter, FollowUp, Triage, TriageComplaint
from hospital.encounters.tests.clinic import make_doctor, make_patient, make_person, make_visit
from hospital.kernel.actors import Role, system_actor
from hospital.orders.models import Order, OrderLine
from hospital.orders.tests.factories import make_catalog
from hospital.patients.models import EmergencyAccess
from hospital.payments.tests.factories import make_paid
from hospital.pharmacy.models import Prescription
from hospital.records.models import Diagnosis, VisitNote
from hospital.records.tests.factories import make_terms
from hospital.results.models import Specimen
from hospital.results.tests.factories import make_laboratory
from hospital.staff_web.tests.factories import browser, count_queries, open_desk

pytestmark = pytest.mark.django_db
NOTE = {"complaint": "Chest pain", "findings": "BP 150/95", "plan": "Tests", "revision": ""}
DIRECTIONS = {"dose": "5", "dose_unit": "mg", "route": "PO", "frequency": "QD", "days": "7"}


@pytest.fixture
def scene():
    make_catalog()
    make_terms()
    make_laboratory()
    return today(make_visit())


def today(scene, **changes):
    """The visit of the scene, moved to the real day: the desk reads the clock."""
    Encounter.objects.filter(pk=scene.encounter_id).update(queue_on=timezone.localdate(), **changes)
    return scene


def desk_of(scene, *, language="en"):
    """The browser of the visit's own doctor."""
    user = User.objects.get(pk=scene.doctor.id)
    RoleGrant.objects.get_or_create(user=user, role=Role.DOCTOR, campus_code="IMC")
    return browser(user, language=language)


def address(scene, tail=""):
    return f"/staff/doctor/visits/{scene.encounter_id}/{tail}"


def write_everything(desk, scene):
    desk.post(address(scene, "note/"), NOTE)
    desk.post(address(scene, "diagnoses/"), {"act": "add", "code": "I10"})
    desk.post(address(scene, "drug/"), {"code": "AML", **DIRECTIONS})
    desk.post(address(scene, "items/lab/"), {"code": "CBC"})
    desk.post(address(scene, "items/exam/"), {"code": "CXR"})
    exam = Order.objects.get(kind="EXAM")
    desk.post(
        address(scene, f"orders/{exam.id}/describe/"),
        {"clinical_info": "Cough", "purpose": "Pneumonia?", "urgency": "ROUTINE"},
    )


@pytest.mark.requirement("D52", "D53", "N01")
def test_a_visit_is_written_and_signed(scene):
    desk = desk_of(scene)
    write_everything(desk, scene)
    answer = desk.post(address(scene, "sign/"), NOTE | {"revision": str(VisitNote.objects.get().revision)})
    assert answer.status_code == 302
    assert set(Order.objects.values_list("kind", "state")) == {
        ("PRESCRIPTION", "SIGNED"),
        ("LAB", "SIGNED"),
        ("EXAM", "SIGNED"),
    }
    assert (Charge.objects.count(), Specimen.objects.count(), Prescription.objects.count()) == (2, 1, 1)
    page = desk.get(address(scene)).content.decode()
    assert "Finish the visit" in page
    assert "5 mg by mouth once a day for 7 days" in page
    assert desk.post(address(scene, "finish/")).status_code == 302
    assert Encounter.objects.get().state == "DONE"


@pytest.mark.requirement("N20")
def test_the_page_speaks_chinese(scene):
    desk = desk_of(scene, language="zh-hans")
    write_everything(desk, scene)
    page = desk.get(address(scene)).content.decode()
    for words in ("主诉及病史", "签名并发送", "氨氯地平", "每次 5 mg，口服，每日 1 次，共 7 天", "原发性高血压"):
        assert words in page


def test_more_days_are_refused_beside_the_field_and_go_with_a_reason(scene):
    desk = desk_of(scene)
    long = DIRECTIONS | {"days": "10", "code": "AML"}
    answer = desk.post(address(scene, "drug/"), long)
    assert answer.status_code == 422
    assert "The limit is 7 days" in answer.content.decode()
    assert answer["HX-Retarget"] == "#drug-form"
    assert OrderLine.objects.count() == 0
    assert desk.post(address(scene, "drug/"), long | {"days_reason": "Travels"}).status_code == 200
    assert OrderLine.objects.get().days == 10


@pytest.mark.requirement("D52")
def test_an_allergy_is_refused_beside_the_field(scene):
    allergic = today(make_visit(person=make_person(allergy="PENICILLIN")))
    desk = desk_of(allergic)
    directions = DIRECTIONS | {"code": "AMX", "dose": "0.5", "dose_unit": "g"}
    answer = desk.post(address(allergic, "drug/"), directions)
    assert answer.status_code == 422
    assert "penicillin" in answer.content.decode()
    assert OrderLine.objects.count() == 0


@pytest.mark.parametrize("wrong", [{"dose": "much"}, {"days": "0"}, {"route": "MOON"}, {"frequency": ""}, {"dose": ""}])
def test_directions_that_make_no_sense_stay_in_the_form(scene, wrong):
    answer = desk_of(scene).post(address(scene, "drug/"), DIRECTIONS | {"code": "AML"} | wrong)
    assert answer.status_code == 422
    assert OrderLine.objects.count() == 0


def test_a_line_is_changed_and_taken_off(scene):
    desk = desk_of(scene)
    desk.post(address(scene, "drug/"), {"code": "AML", **DIRECTIONS})
    line = OrderLine.objects.get()
    assert 'value="5"' in desk.get(address(scene, f"drug/{line.id}/")).content.decode()
    desk.post(address(scene, f"drug/{line.id}/"), DIRECTIONS | {"code": "AML", "frequency": "TID"})
    assert OrderLine.objects.get().frequency == "TID"
    desk.post(address(scene, f"lines/{line.id}/remove/"))
    assert OrderLine.objects.count() == 0


@pytest.mark.parametrize(
    ("kind", "text", "found"),
    [("drug", "amlo", "Amlodipine"), ("lab", "CBC", "Complete blood count"), ("exam", "xb", "Chest X-ray")],
)
def test_orders_are_searched(scene, kind, text, found):
    answer = desk_of(scene).get(address(scene, f"orders/search/{kind}/"), {"q": text})
    assert found in answer.content.decode()


def test_diagnoses_are_searched_by_pinyin_initials(scene):
    answer = desk_of(scene, language="zh-hans").get(address(scene, "diagnoses/search/"), {"q": "fy"})
    assert "肺炎" in answer.content.decode()


def test_a_diagnosis_twice_is_refused_beside_the_list(scene):
    desk = desk_of(scene)
    desk.post(address(scene, "diagnoses/"), {"act": "add", "code": "I10"})
    answer = desk.post(address(scene, "diagnoses/"), {"act": "add", "code": "I10"})
    assert answer.status_code == 422
    assert Diagnosis.objects.count() == 1


def test_what_is_missing_is_named_and_nothing_is_signed(scene):
    desk = desk_of(scene)
    desk.post(address(scene, "items/exam/"), {"code": "CXR"})
    answer = desk.post(address(scene, "sign/"), NOTE)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Diagnosis" in page
    assert "Write what the examination is for." in page
    assert set(Order.objects.values_list("state", flat=True)) == {"DRAFT"}
    assert VisitNote.objects.get().state == "DRAFT"


def test_a_second_window_does_not_overwrite_the_note(scene):
    desk = desk_of(scene)
    desk.post(address(scene, "note/"), NOTE)
    answer = desk.post(
        address(scene, "note/"), NOTE | {"complaint": "Other", "revision": "0"}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 409
    assert "another window" in answer.content.decode()
    assert VisitNote.objects.get().complaint == "Chest pain"


def test_the_queue_calls_starts_and_puts_aside(scene):
    waiting = today(make_visit(state="CHECKED_IN"), called_at=None, consult_started_at=None)
    desk = desk_of(waiting)
    assert "1 waiting" in desk.get("/staff/doctor/").content.decode()
    assert desk.post("/staff/doctor/call-next/").url == address(waiting)
    desk.post(address(waiting, "move/"), {"to": "start"})
    assert Encounter.objects.get(pk=waiting.encounter_id).state == "IN_CONSULT"
    assert desk.get("/staff/doctor/").url == address(waiting)
    assert desk.post("/staff/doctor/call-next/").url == "/staff/doctor/"


@pytest.mark.requirement("N14")
@pytest.mark.parametrize(
    "roles", [(Role.CASHIER,), (Role.REGISTRAR,), (Role.LAB_TECHNICIAN,), (Role.NURSE,), (Role.AUDIT_ADMIN,)]
)
def test_only_doctors_open_the_desk(scene, roles):
    desk = open_desk(*roles)
    for tail in ("", "note/", "sign/"):
        assert desk.post(address(scene, tail), NOTE).status_code in {403, 405}
    assert desk.get(address(scene)).status_code == 403
    assert VisitNote.objects.count() == 0


@pytest.mark.requirement("N14")
def test_another_doctor_of_the_campus_reads_and_does_not_write(scene):
    desk_of(scene).post(address(scene, "note/"), NOTE)
    other = open_desk(Role.DOCTOR)
    page = other.get(address(scene)).content.decode()
    assert "belongs to another doctor" in page
    assert "Chest pain" in page
    assert other.post(address(scene, "note/"), NOTE | {"complaint": "Mine"}).status_code == 403
    assert other.post(address(scene, "sign/"), NOTE).status_code == 403
    assert other.post(address(scene, "drug/"), {"code": "AML", **DIRECTIONS}).status_code == 403
    assert VisitNote.objects.get().complaint == "Chest pain"
    assert OrderLine.objects.count() == 0


@pytest.mark.requirement("N14")
def test_a_stranger_breaks_the_glass_with_a_reason(scene):
    make_doctor(campus="NORTH")
    stranger = open_desk(Role.DOCTOR, campus="NORTH")
    refused = stranger.get(address(scene), follow=True)
    assert refused.status_code == 403
    glass = f"/staff/people/{scene.person_id}/emergency/"
    assert glass in refused.content.decode()
    assert stranger.post(glass, {"reason": "short"}).status_code == 422
    assert EmergencyAccess.objects.count() == 0
    stranger.post(glass, {"reason": "Unconscious in our emergency room"})
    page = stranger.get(address(scene))
    assert page.status_code == 200
    assert "Emergency access." in page.content.decode()
    assert AuditEntry.objects.filter(person_id=scene.person_id, action="patients.view").exists()


@pytest.mark.requirement("D52", "D53")
@pytest.mark.parametrize("language", ["zh", "en", "both"])
def test_signed_orders_print(scene, language):
    desk = desk_of(scene)
    write_everything(desk, scene)
    draft = Order.objects.get(kind="PRESCRIPTION")
    assert desk.get(f"/staff/doctor/orders/{draft.id}/print/", {"language": language}).status_code == 404
    desk.post(address(scene, "sign/"), NOTE | {"revision": str(VisitNote.objects.get().revision)})
    for order in Order.objects.all():
        answer = desk.get(f"/staff/doctor/orders/{order.id}/print/", {"language": language})
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")


def pay(scene):
    """The patient pays everything that is charged."""
    patient = make_patient(scene.person_id)
    now = timezone.now()
    quote = quote_bill(charge_ids=list(Charge.objects.values_list("id", flat=True)), actor=patient, now=now)
    bill = start_settlement(quote_token=quote.token, idempotency_key="desk-0001", actor=patient, now=now)
    payment = make_paid(str(bill.amount))
    allocate_payment(
        settlement_id=bill.id, payment_id=payment.id, amount=payment.amount, actor=system_actor("test"), now=now
    )


def test_a_paid_examination_of_ones_own_visit_is_marked_as_done(scene, acquirer):
    desk = desk_of(scene)
    write_everything(desk, scene)
    desk.post(address(scene, "sign/"), NOTE | {"revision": str(VisitNote.objects.get().revision)})
    line = OrderLine.objects.get(item_code="CXR")
    done = address(scene, f"lines/{line.id}/done/")
    assert desk.post(done).status_code == 409
    assert "Mark as done" not in desk.get(address(scene)).content.decode()
    pay(scene)
    assert open_desk(Role.DOCTOR).post(done).status_code == 403
    assert OrderLine.objects.get(pk=line.id).state == "PENDING"
    assert "Mark as done" in desk.get(address(scene)).content.decode()
    assert desk.post(done).status_code == 200
    assert OrderLine.objects.get(pk=line.id).state == "EXECUTED"
    assert Charge.objects.get(source_id=line.id).execution == "EXECUTED"


def test_a_signed_note_is_amended_with_a_reason(scene):
    desk = desk_of(scene)
    write_everything(desk, scene)
    desk.post(address(scene, "sign/"), NOTE | {"revision": str(VisitNote.objects.get().revision)})
    assert desk.post(address(scene, "amend/"), {"reason": " "}).status_code == 422
    desk.post(address(scene, "amend/"), {"reason": "Wrong side"})
    assert list(VisitNote.objects.order_by("version").values_list("state", flat=True)) == ["SIGNED", "DRAFT"]
    assert "Amendment: Wrong side" in desk.get(address(scene)).content.decode()


def test_unknown_visits_and_people_are_not_found(scene):
    desk = desk_of(scene)
    unknown = "01900000-0000-7000-8000-000000000000"
    assert desk.get(f"/staff/doctor/visits/{unknown}/").status_code == 404
    assert desk.get("/staff/doctor/", {"person": unknown}).status_code == 404
    assert desk.get("/staff/doctor/", {"person": "nobody"}).status_code == 404


@pytest.mark.requirement("N02")
def test_the_doctor_reads_what_the_triage_nurse_found(scene):
    assert 'id="triage"' not in desk_of(scene).get(address(scene)).content.decode()
    complaint = TriageComplaint.objects.create(code="ache", name_zh="头痛", name_en="Headache", level=3)
    facts = {"encounter_id": scene.encounter_id, "complaint": complaint, "suggested_level": 3, "assessed_by": "nurse"}
    Triage.objects.create(**facts, level=3, assessed_at=timezone.now() - timedelta(hours=1))
    Triage.objects.create(
        **facts,
        level=2,
        reason="Worst ever",
        systolic=182,
        diastolic=101,
        pain=9,
        is_escorted=True,
        assessed_at=timezone.now(),
    )
    page = desk_of(scene).get(address(scene)).content.decode()
    for text in ("Headache", "Level 2", "182/101 mmHg", "9 / 10", "Worst ever", "Escorted"):
        assert text in page
    assert "Temperature" not in page
    Encounter.objects.filter(pk=scene.encounter_id).update(is_green=True)
    assert "Green channel." in desk_of(scene).get(address(scene)).content.decode()


@pytest.mark.requirement("A16")
def test_a_follow_up_is_ordered_in_weeks_and_taken_back(scene):
    desk = desk_of(scene)
    assert 'id="follow-up"' in desk.get(address(scene)).content.decode()
    assert desk.post(address(scene, "follow-up/"), {"act": "order", "weeks": "3", "who": "me"}).status_code == 409
    assert not FollowUp.objects.exists()
    assert desk.post(address(scene, "follow-up/"), {"act": "order", "weeks": "2", "who": "any"}).status_code == 302
    row = FollowUp.objects.get()
    assert (row.due_on, row.clinician) == (timezone.localdate() + timedelta(weeks=2), None)
    assert "any doctor of the department" in desk.get(address(scene)).content.decode()
    assert desk.post(address(scene, "follow-up/"), {"act": "withdraw"}).status_code == 302
    row.refresh_from_db()
    assert row.withdrawn_at is not None
    assert "Order a follow-up" in desk.get(address(scene)).content.decode()
    assert open_desk(Role.DOCTOR).post(address(scene, "follow-up/"), {"weeks": "2"}).status_code == 403


@pytest.mark.requirement("A16")
def test_the_banner_draws_the_nodes_that_the_patient_follows(scene):
    page = desk_of(scene).get(address(scene)).content.decode()
    assert "How far the visit is" in page
    assert page.index("Fee paid") < page.index("Called</span>") < page.index("Seen</span>")


def test_a_visit_takes_a_fixed_number_of_statements(scene):
    desk = desk_of(scene)
    write_everything(desk, scene)
    few = count_queries(desk, address(scene))
    for code in ("PCM", "ASP", "OME", "LOR"):
        desk.post(address(scene, "drug/"), DIRECTIONS | {"code": code})
    for _ in range(5):
        visit = today(make_visit(state="CHECKED_IN"))
        Encounter.objects.filter(pk=visit.encounter_id).update(clinician=scene.clinician_id)
    assert count_queries(desk, address(scene)) == few
    assert few <= 68
