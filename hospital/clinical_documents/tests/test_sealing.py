"""A certificate holds once the office has sealed it; the office and the signer are two people (N05)."""

from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from hospital.audit.api import list_entries
from hospital.clinical_documents import api, errors
from hospital.clinical_documents.models import ClinicalDocument, DocumentVersion, SealDecision
from hospital.clinical_documents.states import SealState
from hospital.clinical_documents.tests.factories import seal, sign, start, start_sealed, start_signed
from hospital.clinical_documents.types import ClinicalKind
from hospital.encounters.tests.clinic import TEN, make_patient, make_staff, make_visit
from hospital.kernel.actors import Role

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("N05")]
LATER = TEN + timedelta(minutes=20)


@pytest.fixture
def scene():
    return make_visit()


@pytest.fixture
def office():
    return make_staff(Role.MEDICAL_AFFAIRS, name="office")


def send_back(document_id, office, *, version=1, reason="Days of rest"):
    api.return_document(document_id=document_id, version=version, reason=reason, actor=office, now=LATER)


def test_number_and_paper_come_with_the_seal(scene, office):
    document_id = start_signed(scene)
    assert ClinicalDocument.objects.get().number == ""
    with pytest.raises(errors.ClinicalDocumentNotSealed):
        api.get_signed_version(document_id=document_id)
    assert api.list_signed_versions(campus_codes=["IMC"]) == []
    (waiting,) = api.list_waiting(actor=office)
    assert (waiting.document_id, waiting.version, waiting.is_own) == (document_id, 1, False)
    number = seal(scene, document_id, office=office)
    version = api.get_signed_version(document_id=document_id)
    assert (version.number, version.is_current) == (number, True)
    assert version.seal is not None
    assert api.list_waiting(actor=office) == []
    acts = {entry.action for entry in list_entries(person_id=scene.person_id)}
    assert "clinical_documents.seal" in acts


def test_a_letter_between_doctors_holds_at_once(scene, office):
    document_id = start_signed(scene, ClinicalKind.REFERRAL_LETTER)
    assert api.get_signed_version(document_id=document_id).number.startswith("CR-")
    assert api.list_waiting(actor=office) == []
    with pytest.raises(errors.NothingToSeal):
        seal(scene, document_id, office=office)


def test_who_signed_does_not_seal(scene):
    document_id = start_signed(scene)
    both = make_staff(Role.MEDICAL_AFFAIRS)
    own = replace(both, id=scene.doctor.id)
    with pytest.raises(errors.SealedBySigner):
        seal(scene, document_id, office=own)
    version = DocumentVersion.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        SealDecision.objects.create(
            version=version,
            outcome="SEALED",
            signed_by_id=scene.doctor.id,
            decided_by_id=scene.doctor.id,
            decided_at=TEN,
        )
    assert not SealDecision.objects.exists()


def test_other_roles_and_campuses_neither_read_nor_seal(scene):
    document_id = start_signed(scene)
    for actor in (scene.doctor, make_staff(Role.MEDICAL_AFFAIRS, campus="NORTH")):
        assert api.list_waiting(actor=actor) == []
        with pytest.raises(errors.NotSealingOffice):
            api.get_waiting(document_id=document_id, actor=actor, now=TEN)
        with pytest.raises(errors.NotSealingOffice):
            seal(scene, document_id, office=actor)
        with pytest.raises(errors.NotSealingOffice):
            send_back(document_id, actor)
    assert not SealDecision.objects.exists()


def test_what_is_sent_back_comes_again_amended(scene, office):
    document_id = start_signed(scene)
    with pytest.raises(errors.ReturnReasonMissing):
        send_back(document_id, office, reason="  ")
    send_back(document_id, office)
    (returned,) = api.list_returned(actor=scene.doctor)
    assert (returned.document_id, returned.reason) == (document_id, "Days of rest")
    with pytest.raises(errors.NothingToSeal):
        seal(scene, document_id, office=office)
    api.amend_document(document_id=document_id, reason="Days", actor=scene.doctor, now=LATER)
    assert api.list_returned(actor=scene.doctor) == api.list_waiting(actor=office) == []
    sign(scene, document_id, now=LATER)
    assert [each.version for each in api.list_waiting(actor=office)] == [2]
    seal(scene, document_id, version=2, office=office)
    with pytest.raises(errors.ClinicalDocumentNotSealed):
        api.get_signed_version(document_id=document_id, version=1)


def test_the_sealed_version_holds_until_the_next_is_sealed(scene, office):
    document_id = start_sealed(scene)
    api.amend_document(document_id=document_id, reason="Days", actor=scene.doctor, now=LATER)
    with pytest.raises(errors.NothingToSeal):
        seal(scene, document_id, office=office)
    sign(scene, document_id, now=LATER)
    card = api.get_document(document_id=document_id, actor=scene.doctor, now=LATER).card
    assert (card.version, card.seal_state) == (2, SealState.WAITING)
    (given,) = api.list_given_documents(person_ids=[scene.person_id])
    patient = make_patient(scene.person_id)
    view = api.get_document(document_id=document_id, actor=patient, now=LATER)
    assert given.version == view.card.version == api.get_signed_version(document_id=document_id).version == 1
    assert [each.version for each in view.versions] == [1]


def test_a_void_one_is_not_sealed(scene, office):
    document_id = start_signed(scene)
    api.void_document(document_id=document_id, reason="Wrong patient", actor=scene.doctor, now=TEN)
    with pytest.raises(errors.ClinicalDocumentVoided):
        seal(scene, document_id, office=office)
    assert api.list_waiting(actor=office) == api.list_register(actor=office) == []
    assert api.list_given_documents(person_ids=[scene.person_id]) == []


def test_a_decision_stays_whoever_tries(scene):
    start_sealed(scene)
    with pytest.raises(DatabaseError), transaction.atomic():
        SealDecision.objects.update(outcome="RETURNED", reason="No")
    with pytest.raises(DatabaseError), transaction.atomic():
        SealDecision.objects.all().delete()


def test_a_look_of_the_office_is_an_entry_and_the_queue_takes_as_many_statements_for_many(
    scene, office, django_assert_num_queries
):
    document_id = start_signed(scene)
    api.get_waiting(document_id=document_id, actor=office, now=TEN)
    assert "clinical_documents.view" in {entry.action for entry in list_entries(person_id=scene.person_id)}
    for kind in (ClinicalKind.SICK_LEAVE, ClinicalKind.FIT_TO_FLY):
        start_signed(scene, kind)
    start(scene, ClinicalKind.VACCINE_STATEMENT)
    with django_assert_num_queries(4):
        assert len(api.list_waiting(actor=office)) == 3


@pytest.mark.django_db(transaction=True)
def test_two_decisions_at_once_are_one(scene, office):
    document_id = start_signed(scene)
    barrier, outcomes = Barrier(2), []

    def run(decide):
        barrier.wait()
        try:
            decide()
            outcomes.append("decided")
        except errors.NothingToSeal:
            outcomes.append("refused")
        finally:
            connection.close()

    decisions = (lambda: seal(scene, document_id, office=office), lambda: send_back(document_id, office))
    threads = [Thread(target=run, args=(decide,)) for decide in decisions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["decided", "refused"]
    assert SealDecision.objects.count() == 1
