"""The medical documents that an account's people were given: listed with the languages they print in, and printed."""

import pytest

from hospital.clinical_documents import api as documents
from hospital.clinical_documents.tests.factories import seal, start, start_sealed, start_signed
from hospital.clinical_documents.types import ClinicalKind
from hospital.documents.tests.pdf_reading import Paper
from hospital.encounters.tests.clinic import TEN
from hospital.patient_api.tests.callers import code_of, count_statements
from hospital.patient_api.tests.factories import answer_of
from hospital.workflows.write_medical_document import void_medical_document

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("D55", "N05")]


def listed(world):
    return answer_of(world.owner.get("/medical-documents"))


def test_what_was_signed_for_patients_is_listed_and_nothing_else(world):
    scene = world.story.scene
    start_signed(scene, ClinicalKind.ADMISSION_RECORD)
    start(scene, ClinicalKind.FIT_TO_FLY)
    document_id = start_signed(scene)
    assert listed(world) == []
    seal(scene, document_id)
    (row,) = listed(world)
    assert (row["id"], row["languages"], row["is_void"]) == (str(document_id), ["zh"], False)
    assert row["title"]["en"] == "Medical certificate"
    assert "diagnoses" not in str(row)


def test_it_prints_in_its_language_and_says_why_not_in_another(world):
    document_id = start_sealed(world.story.scene)
    address = f"/medical-documents/{document_id}/pdf"
    answer = world.owner.get(f"{address}?language=zh")
    assert "处理意见" in Paper(answer.content).text
    assert code_of(world.owner.get(f"{address}?language=both")) == "translation_missing"


def test_an_unsealed_certificate_is_none_for_patients(world):
    document_id = start_signed(world.story.scene)
    assert code_of(world.owner.get(f"/medical-documents/{document_id}/pdf")) == "unknown_clinical_document"


def test_a_void_one_says_so(world):
    document_id = start_sealed(world.story.scene)
    void_medical_document(document_id=document_id, reason="Wrong", actor=world.story.scene.doctor, now=TEN)
    assert [row["is_void"] for row in listed(world)] == [True]
    assert documents.get_signed_version(document_id=document_id).is_voided


def test_the_list_takes_as_many_statements_for_many(world):
    start_sealed(world.story.scene)
    few, _ = count_statements(world.owner, "/medical-documents")
    for kind in (ClinicalKind.REFERRAL_LETTER, ClinicalKind.INFORMED_CONSENT):
        start_signed(world.story.scene, kind)
    assert count_statements(world.owner, "/medical-documents") == (few, 3)
