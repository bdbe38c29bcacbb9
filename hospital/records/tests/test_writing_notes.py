"""A note is written by the doctor of the visit, signed once, and stays."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from hospital.audit.api import list_versions
from hospital.encounters.errors import NotYourPatient
from hospital.encounters.tests.clinic import TEN, make_doctor, make_visit
from hospital.patients.errors import NoCareRelation
from hospital.records import api, errors
from hospital.records.models import Diagnosis, VisitNote
from hospital.records.states import NoteState
from hospital.records.tests.factories import make_terms

pytestmark = pytest.mark.django_db


def write(scene, *, complaint="Chest pain for two days", findings="BP 150/95", revision=None, now=TEN):
    return api.save_note(
        encounter_id=scene.encounter_id,
        complaint=complaint,
        findings=findings,
        plan="Rest, tests",
        revision=revision,
        actor=scene.doctor,
        now=now,
    )


def diagnose(scene, code="I10"):
    api.add_diagnosis(encounter_id=scene.encounter_id, code=code, actor=scene.doctor, now=TEN)


def read(scene):
    return api.get_note(encounter_id=scene.encounter_id, actor=scene.doctor, now=TEN)


@pytest.fixture
def scene():
    make_terms()
    return make_visit()


def test_a_draft_is_saved_over_itself(scene):
    assert write(scene) == 1
    assert write(scene, complaint="Chest pain for three days", revision=1) == 2
    note = read(scene)
    assert (note.version, note.revision, note.complaint) == (1, 2, "Chest pain for three days")
    assert VisitNote.objects.count() == 1


def test_a_second_window_does_not_overwrite(scene):
    write(scene)
    write(scene, complaint="First window", revision=1)
    with pytest.raises(errors.NoteChanged):
        write(scene, complaint="Second window", revision=1)
    assert read(scene).complaint == "First window"


def test_the_first_diagnosis_is_the_main_one_and_another_takes_over_when_it_goes(scene):
    diagnose(scene, "i10")
    diagnose(scene, "I20.9")
    assert [(one.code, one.is_main) for one in read(scene).diagnoses] == [("I10", True), ("I20.9", False)]
    api.remove_diagnosis(encounter_id=scene.encounter_id, code="I10", actor=scene.doctor, now=TEN)
    assert [(one.code, one.is_main) for one in read(scene).diagnoses] == [("I20.9", True)]


def test_the_main_diagnosis_can_be_changed(scene):
    diagnose(scene, "I10")
    diagnose(scene, "J18.9")
    api.set_main_diagnosis(encounter_id=scene.encounter_id, code="J18.9", actor=scene.doctor, now=TEN)
    assert read(scene).main_diagnosis.code == "J18.9"
    with pytest.raises(errors.UnknownDiagnosisCode):
        api.set_main_diagnosis(encounter_id=scene.encounter_id, code="J15.9", actor=scene.doctor, now=TEN)
    assert read(scene).main_diagnosis.code == "J18.9"


@pytest.mark.parametrize(("code", "refusal"), [("Z99.99", errors.UnknownDiagnosisCode), ("I10", errors.DiagnosisTwice)])
def test_a_diagnosis_that_is_refused_changes_nothing(scene, code, refusal):
    diagnose(scene)
    with pytest.raises(refusal):
        diagnose(scene, code)
    assert [one.code for one in read(scene).diagnoses] == ["I10"]


def test_another_doctor_is_refused(scene):
    other, _ = make_doctor()
    with pytest.raises(NotYourPatient):
        api.save_note(encounter_id=scene.encounter_id, complaint="x", findings="y", plan="", actor=other, now=TEN)
    assert VisitNote.objects.count() == 0


def test_nothing_is_written_before_the_consultation(scene):
    waiting = make_visit(state="WAITING")
    with pytest.raises(errors.VisitNotOpen):
        write(waiting)
    assert VisitNote.objects.count() == 0


def test_a_stranger_of_another_campus_does_not_read(scene):
    write(scene)
    stranger, _ = make_doctor(campus="NORTH")
    with pytest.raises(NoCareRelation):
        api.get_note(encounter_id=scene.encounter_id, actor=stranger, now=TEN)


@pytest.mark.parametrize(
    ("complaint", "has_diagnosis", "refusal"),
    [("", True, errors.NoteIncomplete), ("Cough", False, errors.NoMainDiagnosis)],
)
def test_an_incomplete_note_is_not_signed(scene, complaint, has_diagnosis, refusal):
    write(scene, complaint=complaint)
    if has_diagnosis:
        diagnose(scene)
    with pytest.raises(refusal):
        api.sign_note(encounter_id=scene.encounter_id, actor=scene.doctor, now=TEN)
    assert read(scene).state is NoteState.DRAFT


@pytest.mark.requirement("N19")
def test_a_signed_note_stays_whoever_tries(scene):
    write(scene)
    diagnose(scene)
    api.sign_note(encounter_id=scene.encounter_id, actor=scene.doctor, now=TEN)
    with pytest.raises(errors.NoteAlreadySigned):
        write(scene, complaint="Something else")
    with pytest.raises(errors.NoteAlreadySigned):
        diagnose(scene, "I20.9")
    for change in (
        lambda: VisitNote.objects.update(complaint="forged"),
        lambda: VisitNote.objects.all().delete(),
        lambda: Diagnosis.objects.update(code="Z00"),
        lambda: Diagnosis.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    note = read(scene)
    assert (note.state, note.complaint, [one.code for one in note.diagnoses]) == (
        NoteState.SIGNED,
        "Chest pain for two days",
        ["I10"],
    )


def test_signing_again_changes_nothing(scene):
    write(scene)
    diagnose(scene)
    first = api.sign_note(encounter_id=scene.encounter_id, actor=scene.doctor, now=TEN)
    again = api.sign_note(encounter_id=scene.encounter_id, actor=scene.doctor, now=TEN + timedelta(hours=1))
    assert first == again
    assert read(scene).signed_at == TEN


@pytest.mark.requirement("N19")
def test_an_amendment_is_a_new_version_beside_the_old_one(scene):
    write(scene)
    diagnose(scene)
    api.sign_note(encounter_id=scene.encounter_id, actor=scene.doctor, now=TEN)
    later = TEN + timedelta(hours=2)
    version = api.amend_note(
        encounter_id=scene.encounter_id, reason="Wrong side written", actor=scene.doctor, now=later
    )
    write(scene, complaint="Chest pain, left", now=later)
    api.sign_note(encounter_id=scene.encounter_id, actor=scene.doctor, now=later)
    versions = api.list_note_versions(encounter_id=scene.encounter_id, actor=scene.doctor, now=later)
    assert version == 2
    assert [(one.version, one.complaint, one.signed_at) for one in versions] == [
        (1, "Chest pain for two days", TEN),
        (2, "Chest pain, left", later),
    ]
    assert [one.code for one in versions[1].diagnoses] == ["I10"]
    assert versions[1].amend_reason == "Wrong side written"
    latest = api.list_person_notes(person_id=scene.person_id, actor=scene.doctor, now=later)
    assert [one.version for one in latest] == [2]


@pytest.mark.requirement("N19")
def test_every_version_of_a_draft_is_kept_with_its_author(scene):
    write(scene)
    write(scene, complaint="Chest pain for three days", revision=1)
    versions = list_versions(table_name="records_visitnote", row_id=str(read(scene).id))
    assert [version.operation for version in versions] == ["INSERT", "UPDATE", "UPDATE"]
    assert all(scene.doctor.id in version.actor for version in versions)
    assert versions[-1].before["complaint"] == "Chest pain for two days"


@pytest.mark.parametrize(("reason", "refusal"), [(" ", errors.AmendmentWithoutReason), ("why", errors.NoteNotSigned)])
def test_an_amendment_needs_a_reason_and_a_signed_note(scene, reason, refusal):
    write(scene)
    with pytest.raises(refusal):
        api.amend_note(encounter_id=scene.encounter_id, reason=reason, actor=scene.doctor, now=TEN)
    assert VisitNote.objects.count() == 1
