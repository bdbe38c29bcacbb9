"""Medical documents over HTTP: begun in the visit, saved by themselves, signed, amended, printed; the register."""

import re
from dataclasses import replace

import pytest
from django.utils import timezone

from hospital.accounts.models import RoleGrant, User
from hospital.campuses.models import Clinician
from hospital.clinical_documents.models import ClinicalDocument, DocumentVersion
from hospital.clinical_documents.tests.factories import seal, start_sealed, start_signed
from hospital.clinical_documents.types import ClinicalKind
from hospital.encounters.models import Encounter
from hospital.encounters.tests.clinic import TEN, make_doctor, make_visit
from hospital.kernel.actors import Role
from hospital.records import api as records
from hospital.records.tests.factories import make_terms
from hospital.staff_web.tests.factories import browser, count_queries, open_desk
from hospital.translations.models import Translation

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("D55")]
FORM = {"revision": "0", "diagnoses": ["J18.9"], "opinion": "Rest and drink.\n\nSee us again.", "purpose": "INSURANCE"}


@pytest.fixture
def scene():
    make_terms()
    scene = make_visit()
    Encounter.objects.filter(pk=scene.encounter_id).update(queue_on=timezone.localdate())
    records.save_note(
        encounter_id=scene.encounter_id,
        complaint="Cough",
        findings="Crackles",
        plan="Rest",
        actor=scene.doctor,
        now=TEN,
    )
    records.add_diagnosis(encounter_id=scene.encounter_id, code="J18.9", actor=scene.doctor, now=TEN)
    return scene


def desk_of(scene, *, language="en"):
    user = User.objects.get(pk=scene.doctor.id)
    RoleGrant.objects.get_or_create(user=user, role=Role.DOCTOR, campus_code="IMC")
    return browser(user, language=language)


def begin(desk, scene, kind="DIAGNOSIS_CERTIFICATE", language="en"):
    address = f"/staff/doctor/visits/{scene.encounter_id}/documents/"
    answer = desk.post(address, {"kind": kind, "language": language})
    assert answer.status_code == 302
    return answer["Location"]


def text_of(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


@pytest.mark.parametrize(("language", "heading"), [("en", "Medical opinion"), ("zh-hans", "处理意见")])
def test_a_document_is_begun_written_and_signed(scene, language, heading):
    desk = desk_of(scene, language=language)
    address = begin(desk, scene)
    page = text_of(desk.get(address))
    assert heading in page
    assert "J18.9" in page
    saved = desk.post(f"{address}save/", FORM)
    assert saved.status_code == 200
    assert 'id="revision" value="1"' in saved.content.decode()
    assert desk.post(f"{address}act/", {**FORM, "revision": "1", "decision": "sign"}).status_code == 302
    version = DocumentVersion.objects.get()
    assert (version.state, version.content["opinion"]) == ("SIGNED", "Rest and drink.\nSee us again.")
    page = text_of(desk.get(address))
    assert {"en": "Waits for the seal", "zh-hans": "待盖章"}[language] in page
    assert 'name="opinion"' not in page


def test_what_is_missing_is_named_and_nothing_is_lost(scene):
    desk = desk_of(scene)
    address = begin(desk, scene)
    answer = desk.post(f"{address}act/", {**FORM, "purpose": "", "decision": "sign"})
    assert answer.status_code == 422
    assert "Please check: Purpose." in text_of(answer)
    version = DocumentVersion.objects.get()
    assert (version.state, version.content["opinion"]) == ("DRAFT", "Rest and drink.\nSee us again.")


def test_two_windows_do_not_overwrite_each_other(scene):
    desk = desk_of(scene)
    address = begin(desk, scene)
    desk.post(f"{address}save/", FORM)
    answer = desk.post(f"{address}save/", {**FORM, "opinion": "From the other window"})
    assert answer.status_code == 409
    assert answer["HX-Retarget"] == "#document-conflict"
    assert DocumentVersion.objects.get().content["opinion"] == "Rest and drink.\nSee us again."


def test_an_amendment_shows_what_changed(scene):
    desk = desk_of(scene)
    address = begin(desk, scene)
    desk.post(f"{address}act/", {**FORM, "decision": "sign"})
    assert desk.post(f"{address}act/", {"decision": "amend", "reason": ""}).status_code == 422
    desk.post(f"{address}act/", {"decision": "amend", "reason": "Purpose"})
    desk.post(f"{address}act/", {**FORM, "purpose": "VISA", "decision": "sign"})
    page = text_of(desk.get(address))
    assert "<del>Insurance claim</del> <ins>Visa or residence</ins>" in page
    assert 'name="reason"' in page
    assert "<ins>" not in text_of(desk.get(f"{address}?version=1"))


def test_a_draft_is_given_up_and_a_signed_one_voided(scene):
    desk = desk_of(scene)
    address = begin(desk, scene)
    assert desk.post(f"{address}act/", {"decision": "withdraw"})["Location"].endswith("/documents/")
    address = begin(desk, scene)
    desk.post(f"{address}act/", {**FORM, "decision": "sign"})
    desk.post(f"{address}act/", {"decision": "void", "reason": "Wrong days"})
    assert "Wrong days" in text_of(desk.get(address))
    assert sorted(ClinicalDocument.objects.values_list("state", flat=True)) == ["VOIDED", "WITHDRAWN"]


def test_diagnoses_are_found_and_taken(scene):
    desk = desk_of(scene)
    address = begin(desk, scene)
    assert "I10" in text_of(desk.get(f"{address}codes/diagnoses/?q=hypertension"))
    taken = desk.get(f"{address}codes/diagnoses/?code=I10")
    assert 'name="diagnoses" value="I10" checked' in text_of(taken)
    assert taken["HX-Trigger-After-Settle"] == "diagnosis-taken"


def test_it_prints_in_its_language_and_names_why_not_in_the_other(scene):
    document_id = start_signed(scene)
    address = f"/staff/doctor/documents/{document_id}/versions/1/print/"
    desk = desk_of(scene)
    assert "not sealed yet" in text_of(desk.get(f"{address}?language=zh"))
    seal(scene, document_id)
    assert desk.get(f"{address}?language=zh")["Content-Type"] == "application/pdf"
    refused = desk.get(f"{address}?language=en")
    assert refused.status_code == 409
    assert "no reviewed translation" in text_of(refused)
    assert "Print in Chinese" in text_of(desk.get(f"/staff/doctor/documents/{document_id}/"))
    desk.post(f"/staff/doctor/documents/{document_id}/act/", {"decision": "translate"})
    assert Translation.objects.get().subject_id == str(document_id)


def test_the_record_of_the_person_leads_to_it(scene):
    document_id = start_signed(scene)
    page = text_of(desk_of(scene).get(f"/staff/doctor/people/{scene.person_id}/record/?kind=DOCUMENT"))
    assert f"/staff/doctor/documents/{document_id}/" in page


def test_the_list_takes_as_many_statements_for_many(scene):
    desk = desk_of(scene)
    start_signed(scene)
    address = f"/staff/doctor/visits/{scene.encounter_id}/documents/"
    few = count_queries(desk, address)
    for kind in (ClinicalKind.SICK_LEAVE, ClinicalKind.FIT_TO_FLY, ClinicalKind.INFORMED_CONSENT):
        start_signed(scene, kind)
    assert count_queries(desk, address) == few


@pytest.mark.requirement("N05")
def test_the_office_finds_and_voids_without_reading(scene):
    document_id = start_sealed(scene)
    office = open_desk(Role.MEDICAL_AFFAIRS)
    number = ClinicalDocument.objects.get().number
    page = text_of(office.get(f"/staff/certificates/?q={number[-6:]}"))
    assert number in page
    assert "J18.9" not in page
    assert number not in text_of(office.get("/staff/certificates/?kind=FIT_TO_FLY"))
    assert "Why it is voided" in text_of(office.get(f"/staff/certificates/?void={document_id}"))
    assert office.post(f"/staff/certificates/{document_id}/void/", {"reason": ""}).status_code == 422
    assert ClinicalDocument.objects.get().state == "SIGNED"
    assert office.post(f"/staff/certificates/{document_id}/void/", {"reason": "Wrong days"}).status_code == 302
    assert "Wrong days" in text_of(office.get("/staff/certificates/"))
    assert office.get(f"/staff/doctor/documents/{document_id}/").status_code == 403
    assert open_desk(Role.REGISTRAR).get("/staff/certificates/").status_code == 403


@pytest.mark.requirement("N05")
def test_the_office_reads_sends_back_and_seals(scene):
    document_id = start_signed(scene)
    office, desk = open_desk(Role.MEDICAL_AFFAIRS), desk_of(scene)
    place = f"/staff/certificates/{document_id}/seal/"
    assert place in text_of(office.get("/staff/certificates/"))
    page = text_of(office.get(place))
    assert "J18.9" in page
    assert "Seal the certificate" in page
    decide = {"version": "1", "decision": "return", "reason": ""}
    assert office.post(f"{place}decide/", decide).status_code == 422
    assert office.post(f"{place}decide/", decide | {"reason": "Days of rest"}).status_code == 302
    assert "1 certificate sent back" in text_of(desk.get("/staff/doctor/queue/"))
    assert "Days of rest" in text_of(desk.get(f"/staff/doctor/documents/{document_id}/"))
    desk.post(f"/staff/doctor/documents/{document_id}/act/", {"decision": "amend", "reason": "Days of rest"})
    desk.post(f"/staff/doctor/documents/{document_id}/act/", {**FORM, "decision": "sign"})
    # The version that was sent back is not sealed by a page that still shows it.
    office.post(f"{place}decide/", {"version": "1", "decision": "seal"})
    assert ClinicalDocument.objects.get().number == ""
    office.post(f"{place}decide/", {"version": "2", "decision": "seal"})
    assert ClinicalDocument.objects.get().number in text_of(office.get("/staff/certificates/"))
    assert open_desk(Role.REGISTRAR).get(place).status_code == 403


@pytest.mark.requirement("N19")
def test_a_senior_doctor_reviews_at_the_desk(scene):
    document_id = start_signed(scene, ClinicalKind.ADMISSION_RECORD)
    Clinician.objects.filter(pk=scene.clinician_id).update(title="RESIDENT")
    chief, clinician = make_doctor()
    Clinician.objects.filter(pk=clinician.pk).update(department_id=scene.department_id)
    address = f"/staff/doctor/documents/{document_id}/"
    assert "Review as senior doctor" not in text_of(desk_of(scene).get(address))
    desk = desk_of(replace(scene, doctor=chief))
    assert "Review as senior doctor" in text_of(desk.get(address))
    desk.post(f"{address}act/", {"decision": "review"})
    assert "Sign the document" not in text_of(desk_of(scene).get(address))
    page = text_of(desk.get(address))
    assert "Review of version 1 by a senior doctor" in page
    assert "Sign the document" in page
