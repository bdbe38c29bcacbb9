"""A document is written by the doctor of the visit, signed once, amended beside what was signed, and voided aloud."""

from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import DatabaseError, connection, transaction

from hospital.audit.api import list_entries, list_versions
from hospital.clinical_documents import api, errors
from hospital.clinical_documents.models import ClinicalDocument, DocumentVersion
from hospital.clinical_documents.states import ClinicalState, VersionState
from hospital.clinical_documents.tests.factories import full_values, seal, sign, start, start_sealed, start_signed
from hospital.clinical_documents.types import ClinicalKind
from hospital.encounters.errors import NotYourPatient
from hospital.encounters.tests.clinic import TEN, make_doctor, make_visit
from hospital.kernel.actors import Role
from hospital.patients.errors import NoCareRelation

pytestmark = pytest.mark.django_db
LATER = TEN + timedelta(minutes=20)


@pytest.fixture
def scene():
    return make_visit()


def read(scene, document_id):
    return api.get_document(document_id=document_id, actor=scene.doctor, now=TEN)


def save(scene, document_id, *, revision, **changed):
    values = {**full_values(ClinicalKind.DIAGNOSIS_CERTIFICATE), **changed}
    return api.save_draft(document_id=document_id, values=values, revision=revision, actor=scene.doctor, now=TEN)


def amend(scene, document_id, reason="Wrong days of rest"):
    return api.amend_document(document_id=document_id, reason=reason, actor=scene.doctor, now=LATER)


@pytest.mark.requirement("D55")
def test_every_kind_is_written_and_signed(scene):
    for kind, spec in api.KINDS.items():
        view = read(scene, start_signed(scene, kind))
        assert view.card.state is ClinicalState.SIGNED, kind
        assert [section.key for section in view.newest.sections] == [section.key for section in spec.sections]
        assert bool(view.card.number) is (spec.is_certificate and not spec.needs_seal)


def test_a_second_click_opens_the_same_draft(scene):
    assert start(scene) == start(scene, values={})
    assert ClinicalDocument.objects.count() == DocumentVersion.objects.count() == 1


def test_a_second_window_does_not_overwrite(scene):
    document_id = start(scene)
    assert save(scene, document_id, revision=0, opinion="First window") == 1
    with pytest.raises(errors.ClinicalDocumentChanged):
        save(scene, document_id, revision=0, opinion="Second window")
    assert read(scene, document_id).newest.values["opinion"] == "First window"


def test_what_the_signer_did_not_see_is_not_signed(scene):
    document_id = start(scene)
    save(scene, document_id, revision=0, opinion="Changed elsewhere")
    with pytest.raises(errors.ClinicalDocumentChanged):
        sign(scene, document_id, revision=0)
    assert ClinicalDocument.objects.get().state == ClinicalState.DRAFT


def test_an_incomplete_draft_is_kept_and_not_signed(scene):
    document_id = start(scene, values={"opinion": "Rest"})
    with pytest.raises(errors.ClinicalDocumentIncomplete) as refused:
        sign(scene, document_id)
    assert refused.value.facts["sections"] == "Diagnosis, Purpose"
    keys = [problem.key for problem in api.list_problems(document_id=document_id, now=TEN)]
    assert keys == ["diagnoses", "purpose"]
    assert read(scene, document_id).newest.values == {"opinion": "Rest"}


@pytest.mark.requirement("N19")
def test_a_signed_version_stays_whoever_tries(scene):
    document_id = start_signed(scene)
    with pytest.raises(errors.ClinicalDocumentSigned):
        save(scene, document_id, revision=0)
    seal(scene, document_id)
    changes: list[dict[str, object]] = [{"content": {}}, {"content_hash": "x"}, {"signed_at": LATER}]
    for change in changes:
        with pytest.raises(DatabaseError), transaction.atomic():
            DocumentVersion.objects.update(**change)
    for changed in ("kind", "number", "language"):
        with pytest.raises(DatabaseError), transaction.atomic():
            ClinicalDocument.objects.update(**{changed: "en"})
    for rows in (DocumentVersion.objects, ClinicalDocument.objects):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.all().delete()


@pytest.mark.requirement("N19")
def test_an_amendment_stands_beside_the_original(scene):
    document_id = start_sealed(scene)
    number = read(scene, document_id).card.number
    assert amend(scene, document_id) == 2
    save(scene, document_id, revision=0, rest_days="5")
    assert api.get_signed_version(document_id=document_id).version == 1
    sign(scene, document_id, revision=1, now=LATER)
    assert api.get_signed_version(document_id=document_id).version == 1
    seal(scene, document_id, version=2, now=LATER)
    first, second = read(scene, document_id).versions
    assert (first.values["rest_days"], second.values["rest_days"]) == ("3", "5")
    assert second.amend_reason == "Wrong days of rest"
    assert first.content_hash != second.content_hash
    assert read(scene, document_id).card.number == number
    assert not api.get_signed_version(document_id=document_id, version=1).is_current
    assert api.get_signed_version(document_id=document_id).is_current
    acts = {entry.action for entry in list_entries(person_id=scene.person_id)}
    assert {"clinical_documents.sign", "clinical_documents.amend", "clinical_documents.view"} <= acts
    kept = list_versions(table_name="clinical_documents_documentversion", row_id=str(second.id))
    assert {version.actor.rsplit(":", 1)[0] for version in kept} == {f"STAFF:{scene.doctor.id}"}


def test_an_amendment_needs_a_reason_and_a_signed_version(scene):
    document_id = start(scene)
    with pytest.raises(errors.AmendmentReasonMissing):
        amend(scene, document_id, reason="  ")
    with pytest.raises(errors.ClinicalDocumentNotSigned):
        amend(scene, document_id)
    assert DocumentVersion.objects.count() == 1


def test_a_draft_is_given_up(scene):
    document_id = start(scene)
    api.withdraw_draft(document_id=document_id, actor=scene.doctor, now=TEN)
    assert ClinicalDocument.objects.get().state == ClinicalState.WITHDRAWN
    assert api.list_documents(encounter_id=scene.encounter_id, actor=scene.doctor, now=TEN) == []
    assert start(scene) != document_id


def test_an_amendment_given_up_leaves_what_was_signed(scene):
    document_id = start_signed(scene)
    amend(scene, document_id)
    api.withdraw_draft(document_id=document_id, actor=scene.doctor, now=LATER)
    view = read(scene, document_id)
    assert view.card.state is ClinicalState.SIGNED
    assert view.newest.version == 1
    assert view.versions[1].state is VersionState.WITHDRAWN
    assert amend(scene, document_id) == 3


@pytest.mark.requirement("N05")
def test_a_void_document_stays_void(scene):
    document_id = start_sealed(scene)
    amend(scene, document_id)
    with pytest.raises(errors.VoidReasonMissing):
        api.void_document(document_id=document_id, reason=" ", actor=scene.doctor, now=LATER)
    api.void_document(document_id=document_id, reason="Wrong patient", actor=scene.doctor, now=LATER)
    view = read(scene, document_id)
    assert (view.card.state, view.card.void_reason) == (ClinicalState.VOIDED, "Wrong patient")
    assert view.draft is None
    assert not api.get_signed_version(document_id=document_id).is_current
    for refused in (amend, sign):
        with pytest.raises(errors.ClinicalDocumentVoided):
            refused(scene, document_id)
    with pytest.raises(errors.ClinicalDocumentVoided):
        api.void_document(document_id=document_id, reason="Again", actor=scene.doctor, now=LATER)


def test_who_may_void(scene):
    document_id = start_signed(scene)
    other = make_doctor()[0]
    office = replace(other, grants=frozenset({(Role.MEDICAL_AFFAIRS, scene.doctor.campus_code)}))
    elsewhere = replace(other, grants=frozenset({(Role.MEDICAL_AFFAIRS, "NORTH")}))
    for actor in (other, elsewhere):
        with pytest.raises(errors.NotVoidable):
            api.void_document(document_id=document_id, reason="Wrong", actor=actor, now=LATER)
    assert ClinicalDocument.objects.get().state == ClinicalState.SIGNED
    api.void_document(document_id=document_id, reason="Wrong", actor=office, now=LATER)
    assert ClinicalDocument.objects.get().voided_by_id is not None


def test_a_doctor_of_another_department_writes_nothing(scene):
    document_id = start(scene)
    other = make_doctor()[0]
    with pytest.raises(NotYourPatient):
        api.save_draft(document_id=document_id, values={}, revision=0, actor=other, now=TEN)
    with pytest.raises(NotYourPatient):
        api.sign_document(document_id=document_id, revision=0, actor=other, now=TEN)
    assert DocumentVersion.objects.get().revision == 0


def test_who_has_no_part_in_the_care_reads_nothing(scene):
    document_id = start_signed(scene)
    stranger = make_doctor(campus="NORTH")[0]
    for call in (
        lambda: api.get_document(document_id=document_id, actor=stranger, now=TEN),
        lambda: api.list_documents(encounter_id=scene.encounter_id, actor=stranger, now=TEN),
        lambda: api.list_person_documents(person_id=scene.person_id, actor=stranger, now=TEN),
    ):
        with pytest.raises(NoCareRelation):
            call()


@pytest.mark.requirement("N05")
def test_the_register_tells_nothing_of_the_content(scene, django_assert_num_queries):
    document_id = start_sealed(scene)
    start_signed(scene, ClinicalKind.SICK_LEAVE)
    start_signed(scene, ClinicalKind.INFORMED_CONSENT)
    office = replace(scene.doctor, grants=frozenset({(Role.MEDICAL_AFFAIRS, scene.doctor.campus_code)}))
    with django_assert_num_queries(3):
        (row,) = api.list_register(actor=office)
    assert row.id == document_id
    assert not hasattr(row, "sections")
    assert api.list_register(actor=office, text="999999") == []
    assert api.list_register(actor=office, kind=ClinicalKind.SICK_LEAVE) == []
    assert api.list_register(actor=scene.doctor) == []


@pytest.mark.django_db(transaction=True)
def test_two_signatures_at_once_are_one(scene):
    document_id = start(scene)
    barrier, outcomes = Barrier(2), []

    def run():
        barrier.wait()
        try:
            outcomes.append(sign(scene, document_id))
        except errors.ClinicalDocumentSigned:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, outcomes)) == ["1", "refused"]
    assert len(list_entries(action="clinical_documents.sign")) == 1
