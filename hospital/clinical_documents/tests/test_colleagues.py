"""Doctors of the department write too; a superior doctor reviews what was signed, and both names stand (N19)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hospital.campuses.models import Clinician
from hospital.clinical_documents import api, errors
from hospital.clinical_documents.models import ClinicalDocument, DocumentVersion
from hospital.clinical_documents.tests.factories import full_values, seal, sign, start, start_signed
from hospital.clinical_documents.types import ClinicalKind
from hospital.encounters.errors import NotYourPatient
from hospital.encounters.tests.clinic import TEN, make_doctor, make_staff, make_visit
from hospital.kernel.actors import Role
from hospital.patients.errors import NoCareRelation
from hospital.patients.models import CareRelation

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("D55", "N19")]
LATER = TEN + timedelta(hours=1)


def make_colleague(scene, *, title="CHIEF", campus="IMC"):
    """A doctor of the department of the visit."""
    actor, clinician = make_doctor(campus=campus)
    Clinician.objects.filter(pk=clinician.pk).update(department_id=scene.department_id, title=title)
    return actor


@pytest.fixture
def scene():
    scene = make_visit()
    Clinician.objects.filter(pk=scene.clinician_id).update(title="ATTENDING")
    return scene


def review(document_id, actor):
    return api.review_document(document_id=document_id, actor=actor, now=LATER)


def test_a_doctor_of_the_department_writes_and_signs(scene):
    colleague = make_colleague(scene, title="RESIDENT")
    assert api.can_write(encounter_id=scene.encounter_id, actor=colleague, now=TEN)
    document_id = start(scene, ClinicalKind.DISCHARGE_SUMMARY)
    values = full_values(ClinicalKind.DISCHARGE_SUMMARY) | {"course": "Uneventful"}
    api.save_draft(document_id=document_id, values=values, revision=0, actor=colleague, now=TEN)
    api.sign_document(document_id=document_id, revision=1, actor=colleague, now=TEN)
    version = DocumentVersion.objects.get()
    assert {str(version.written_by_id), str(version.signed_by_id)} == {colleague.id}


def test_who_works_elsewhere_or_has_no_part_in_the_care_does_not(scene):
    document_id = start(scene)
    stranger = make_colleague(scene, campus="NORTH")
    nurse = make_staff(Role.NURSE)
    for actor in (stranger, nurse, make_doctor()[0]):
        assert not api.can_write(encounter_id=scene.encounter_id, actor=actor, now=TEN)
        with pytest.raises(NotYourPatient):
            api.save_draft(document_id=document_id, values={}, revision=0, actor=actor, now=TEN)
    colleague = make_colleague(scene)
    CareRelation.objects.all().delete()
    with pytest.raises(NoCareRelation):
        api.save_draft(document_id=document_id, values={}, revision=0, actor=colleague, now=TEN)
    assert DocumentVersion.objects.get().revision == 0


def test_a_review_stands_beside_what_the_author_signed(scene):
    document_id = start_signed(scene, ClinicalKind.ADMISSION_RECORD)
    chief = make_colleague(scene)
    assert review(document_id, chief) == 2
    values = full_values(ClinicalKind.ADMISSION_RECORD) | {"physical": "Edema of both legs"}
    with pytest.raises(errors.NotSuperior):
        api.save_draft(document_id=document_id, values=values, revision=0, actor=scene.doctor, now=LATER)
    api.save_draft(document_id=document_id, values=values, revision=0, actor=chief, now=LATER)
    with pytest.raises(errors.NotSuperior):
        sign(scene, document_id, revision=1)
    api.sign_document(document_id=document_id, revision=1, actor=chief, now=LATER)
    first, second = api.get_document(document_id=document_id, actor=scene.doctor, now=LATER).versions
    assert (first.reviews, second.reviews) == (0, 1)
    assert first.values["physical"] != second.values["physical"]
    signed = api.get_signed_version(document_id=document_id)
    assert [each.signed_at for each in signed.signatures] == [TEN, LATER]
    assert [each.name for each in signed.signatures] == [first.signer, second.signer]


def test_an_agreement_leaves_the_content_and_its_translation(scene):
    document_id = start_signed(scene, ClinicalKind.ADMISSION_RECORD)
    chief = make_colleague(scene)
    review(document_id, chief)
    api.sign_document(document_id=document_id, revision=0, actor=chief, now=LATER)
    hashes = {each.content_hash for each in DocumentVersion.objects.all()}
    assert len(hashes) == 1


@pytest.mark.parametrize("title", ["RESIDENT", "ATTENDING"])
def test_only_who_ranks_above_reviews(scene, title):
    document_id = start_signed(scene, ClinicalKind.ADMISSION_RECORD)
    for actor in (make_colleague(scene, title=title), scene.doctor):
        with pytest.raises(errors.NotSuperior):
            review(document_id, actor)
    with pytest.raises(NotYourPatient):
        review(document_id, make_doctor()[0])
    assert DocumentVersion.objects.count() == 1


def test_a_draft_is_not_reviewed(scene):
    document_id = start(scene)
    with pytest.raises((errors.ClinicalDocumentNotSigned, errors.NotSuperior)):
        review(document_id, scene.doctor)
    with pytest.raises(errors.ClinicalDocumentNotSigned):
        review(document_id, make_colleague(scene))
    assert ClinicalDocument.objects.get().versions.count() == 1


def test_neither_author_nor_reviewer_seals(scene):
    document_id = start_signed(scene)
    chief = make_colleague(scene)
    review(document_id, chief)
    api.sign_document(document_id=document_id, revision=0, actor=chief, now=LATER)
    office = make_staff(Role.MEDICAL_AFFAIRS)
    for signer in (chief, scene.doctor):
        own = replace(office, id=signer.id)
        with pytest.raises(errors.SealedBySigner):
            seal(scene, document_id, version=2, office=own)
    assert seal(scene, document_id, version=2, office=office).startswith("CR-")
