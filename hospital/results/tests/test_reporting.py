"""Results are entered by one person and verified by another; critical ones are called; versions stay."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from hospital.encounters.errors import NotYourPatient
from hospital.encounters.tests.clinic import TEN, make_doctor, make_patient, make_visit
from hospital.kernel.types import BilingualText
from hospital.patients.errors import NoCareRelation, UnknownPerson
from hospital.results import api, errors
from hospital.results.models import CriticalCall, LabReport, ResultValue
from hospital.results.states import ReportState
from hospital.results.tests.factories import ELEVEN, NORMAL_COUNT, ask, enter, make_laboratory, receive, technician
from hospital.results.types import Flag

pytestmark = pytest.mark.django_db
NOON = ELEVEN + timedelta(hours=1)
CRITICAL = NORMAL_COUNT | {"PLT": "28"}


@pytest.fixture
def scene():
    make_laboratory()
    return make_visit()


@pytest.fixture
def tester():
    return technician("tester")


@pytest.fixture
def verifier():
    return technician("verifier")


@pytest.fixture
def report_id(scene, tester):
    (specimen_id,) = ask(scene)
    return receive(specimen_id, tester)


def read(report_id, actor):
    return api.get_report(report_id=report_id, actor=actor, now=NOON)


def verify(report_id, actor, **facts):
    api.verify_report(report_id=report_id, actor=actor, now=NOON, **facts)


def call(report_id, tester, read_back="28", code="PLT"):
    value = ResultValue.objects.get(report_id=report_id, code=code)
    api.record_call(value_id=value.id, answered_by="Dr Lin", read_back=read_back, actor=tester, now=ELEVEN)


@pytest.mark.requirement("R56")
def test_a_report_has_four_times_and_two_people(report_id, tester, verifier):
    enter(report_id, tester)
    verify(report_id, verifier)
    report = read(report_id, tester)
    assert (report.state, report.tester_id, report.verifier_id) == (
        ReportState.VERIFIED,
        ResultValue.objects.first().entered_by_id,
        LabReport.objects.get().verifier_id,
    )
    assert str(report.verifier_id) == verifier.id
    assert report.collected_at < report.received_at
    assert (report.tested_at, report.reported_at, report.released_at, report.is_held) == (ELEVEN, NOON, NOON, False)


@pytest.mark.requirement("R56")
def test_the_tester_does_not_verify(report_id, tester, verifier):
    enter(report_id, tester)
    with pytest.raises(errors.SameVerifier):
        verify(report_id, tester)
    assert read(report_id, tester).state is ReportState.ENTERED
    verify(report_id, verifier)


def test_whoever_entered_a_single_value_does_not_verify(report_id, tester, verifier):
    enter(report_id, tester)
    api.enter_results(report_id=report_id, values={"WBC": "6.2"}, actor=verifier, now=ELEVEN)
    for person in (tester, verifier):
        with pytest.raises(errors.SameVerifier):
            verify(report_id, person)
    assert read(report_id, tester).reported_at is None


@pytest.mark.requirement("R56")
def test_the_database_refuses_one_person_for_both(report_id, tester):
    enter(report_id, tester)
    with pytest.raises(IntegrityError), transaction.atomic():
        LabReport.objects.filter(pk=report_id).update(state="VERIFIED", verifier_id=tester.id, reported_at=NOON)


@pytest.mark.requirement("R56")
def test_values_are_flagged_and_kept_as_text(report_id, tester):
    api.enter_results(
        report_id=report_id, values={"WBC": "< 0.01", "HGB": "114", "PLT": "28"}, actor=tester, now=ELEVEN
    )
    report = read(report_id, tester)
    assert [(value.text, value.flag, value.is_critical) for value in report.values] == [
        ("<0.01", Flag.LOW, False),
        ("114", Flag.LOW, False),
        ("28", Flag.CRITICAL_LOW, True),
    ]


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"WBC": "many"}, errors.BadValue),
        ({"XYZ": "1"}, errors.UnknownAnalyte),
        ({"HGB": "120", "WBC": "1:160"}, errors.BadValue),
    ],
)
def test_bad_values_are_refused_together(report_id, tester, values, refusal):
    with pytest.raises(refusal):
        api.enter_results(report_id=report_id, values=values, actor=tester, now=ELEVEN)
    assert ResultValue.objects.exclude(text="").count() == 0
    assert LabReport.objects.get().revision == 0


def test_a_choice_is_one_of_the_list(scene, tester):
    (specimen_id,) = ask(scene, "MAL")
    report_id = receive(specimen_id, tester)
    with pytest.raises(errors.BadChoice):
        api.enter_results(report_id=report_id, values={"MAL": "Found"}, actor=tester, now=ELEVEN)
    api.enter_results(report_id=report_id, values={"MAL": "POS"}, actor=tester, now=ELEVEN)
    (value,) = read(report_id, tester).values
    assert (value.display, value.flag) == (BilingualText("检出", "Found"), Flag.ABNORMAL)


def test_incomplete_results_do_not_go_to_the_second_person(report_id, tester, verifier):
    api.enter_results(report_id=report_id, values={"WBC": "5", "PLT": "200"}, actor=tester, now=ELEVEN)
    with pytest.raises(errors.ResultsMissing) as refusal:
        api.submit_results(report_id=report_id, actor=tester, now=ELEVEN)
    assert "Hemoglobin" in refusal.value.message
    with pytest.raises(errors.ReportNotEntered):
        verify(report_id, verifier)


def test_a_value_changed_under_the_verifier_is_seen(report_id, tester, verifier):
    enter(report_id, tester)
    seen = read(report_id, verifier).revision
    api.enter_results(report_id=report_id, values={"WBC": "6.2"}, actor=tester, now=ELEVEN)
    with pytest.raises(errors.ResultsChanged):
        verify(report_id, verifier, revision=seen)
    verify(report_id, verifier, revision=seen + 1)


@pytest.mark.requirement("R56")
def test_a_critical_value_is_read_back_before_the_report_goes_out(report_id, tester, verifier):
    enter(report_id, tester, CRITICAL)
    with pytest.raises(errors.CriticalCallOpen):
        verify(report_id, verifier)
    with pytest.raises(errors.ReadBackMismatch):
        call(report_id, tester, read_back="38")
    with pytest.raises(errors.CriticalCallOpen):
        verify(report_id, verifier)
    call(report_id, tester, read_back="28.0")
    verify(report_id, verifier)
    assert [(one.read_back, one.is_match) for one in CriticalCall.objects.order_by("called_at", "id")] == [
        ("38", False),
        ("28.0", True),
    ]
    with pytest.raises(DatabaseError), transaction.atomic():
        CriticalCall.objects.update(is_match=True)


def test_a_call_about_another_value_does_not_count(report_id, tester, verifier):
    enter(report_id, tester, CRITICAL)
    call(report_id, tester)
    api.enter_results(report_id=report_id, values={"PLT": "25"}, actor=tester, now=ELEVEN)
    with pytest.raises(errors.CriticalCallOpen):
        verify(report_id, verifier)
    assert read(report_id, tester).values[2].has_open_call


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [({"read_back": ""}, errors.CallIncomplete), ({"code": "WBC"}, errors.NotCritical)],
)
def test_calls_that_are_no_calls(report_id, tester, facts, refusal):
    enter(report_id, tester, CRITICAL)
    with pytest.raises(refusal):
        call(report_id, tester, **facts)
    assert CriticalCall.objects.count() == 0


@pytest.mark.requirement("R56", "N14")
def test_a_patient_sees_a_report_once_it_is_verified(scene, report_id, tester, verifier):
    patient = make_patient(scene.person_id)
    enter(report_id, tester)
    with pytest.raises(errors.UnknownReport):
        read(report_id, patient)
    assert api.list_reports(person_id=scene.person_id, actor=patient, now=NOON) == []
    verify(report_id, verifier)
    (line,) = api.list_reports(person_id=scene.person_id, actor=patient, now=NOON)
    assert (line.id, line.flagged, line.names[0].en) == (report_id, 0, "Test CBC")
    assert read(report_id, patient).values[0].text == "6.1"


@pytest.mark.requirement("R56")
def test_a_critical_report_waits_for_the_clinician(scene, report_id, tester, verifier):
    patient = make_patient(scene.person_id)
    enter(report_id, tester, CRITICAL)
    call(report_id, tester)
    verify(report_id, verifier)
    with pytest.raises(errors.ReportClosed):
        read(report_id, patient)
    assert read(report_id, scene.doctor).is_held
    other, _ = make_doctor()
    with pytest.raises(NotYourPatient):
        api.release_report(report_id=report_id, actor=other, now=NOON)
    api.release_report(report_id=report_id, actor=scene.doctor, now=NOON)
    assert read(report_id, patient).is_critical
    with pytest.raises(errors.NotHeld):
        api.release_report(report_id=report_id, actor=scene.doctor, now=NOON)


def test_a_sensitive_test_waits_for_the_clinician_too(scene, tester, verifier):
    (specimen_id,) = ask(scene, "HIVT")
    report_id = receive(specimen_id, tester)
    enter(report_id, tester, {"HIV": "Non-reactive"})
    verify(report_id, verifier)
    assert LabReport.objects.get().is_held


@pytest.mark.requirement("N14")
def test_strangers_see_nothing(scene, report_id, tester, verifier):
    enter(report_id, tester)
    verify(report_id, verifier)
    doctor, _ = make_doctor(campus="NORTH")
    with pytest.raises(NoCareRelation):
        read(report_id, doctor)
    with pytest.raises(UnknownPerson):
        read(report_id, make_patient(make_visit().person_id))


@pytest.mark.requirement("N19", "R56")
def test_an_amended_report_keeps_both_versions(scene, report_id, tester, verifier):
    patient = make_patient(scene.person_id)
    enter(report_id, tester)
    verify(report_id, verifier)
    with pytest.raises(errors.AmendReasonMissing):
        api.amend_report(report_id=report_id, reason=" ", actor=tester, now=NOON)
    second_id = api.amend_report(report_id=report_id, reason="Tubes mixed up", actor=tester, now=NOON)
    assert read(report_id, patient).version == 1  # until the new one is verified
    api.enter_results(report_id=second_id, values={"WBC": "10.4"}, actor=tester, now=NOON)
    api.submit_results(report_id=second_id, actor=tester, now=NOON)
    with pytest.raises(errors.SameVerifier):
        verify(second_id, tester)
    verify(second_id, verifier)
    first, second = api.list_report_versions(
        specimen_id=read(second_id, tester).specimen_id, actor=scene.doctor, now=NOON
    )
    assert (first.state, first.values[0].text) == (ReportState.SUPERSEDED, "6.1")
    assert (second.state, second.values[0].text, second.values[0].flag) == (ReportState.VERIFIED, "10.4", Flag.HIGH)
    assert (second.number, second.version, second.amend_reason) == (first.number, 2, "Tubes mixed up")
    assert read(second_id, patient).version == 2
    assert read(report_id, patient).state is ReportState.SUPERSEDED
    history = api.list_report_versions(specimen_id=second.specimen_id, actor=patient, now=NOON)
    assert [each.id for each in history] == [report_id, second_id]


@pytest.mark.requirement("N19", "A08")
def test_no_version_is_open_to_the_patient_while_the_newest_waits_for_the_doctor(scene, report_id, tester, verifier):
    patient = make_patient(scene.person_id)
    enter(report_id, tester)
    verify(report_id, verifier)
    second_id = api.amend_report(report_id=report_id, reason="Tubes mixed up", actor=tester, now=NOON)
    api.enter_results(report_id=second_id, values={"PLT": "7"}, actor=tester, now=NOON)
    api.submit_results(report_id=second_id, actor=tester, now=NOON)
    value = ResultValue.objects.get(report_id=second_id, code="PLT")
    api.record_call(value_id=value.id, answered_by="Dr Lin", read_back="7", actor=tester, now=NOON)
    verify(second_id, verifier)
    specimen_id = read(second_id, tester).specimen_id
    for each in (report_id, second_id):
        with pytest.raises(errors.ReportClosed):
            read(each, patient)
    assert api.list_report_versions(specimen_id=specimen_id, actor=patient, now=NOON) == []
    api.release_report(report_id=second_id, actor=scene.doctor, now=NOON)
    assert len(api.list_report_versions(specimen_id=specimen_id, actor=patient, now=NOON)) == 2


@pytest.mark.requirement("N19")
def test_a_verified_report_stays_whoever_tries(report_id, tester, verifier):
    enter(report_id, tester)
    verify(report_id, verifier)
    with pytest.raises(errors.ReportNotEntered):
        api.enter_results(report_id=report_id, values={"WBC": "1"}, actor=tester, now=NOON)
    for change in (
        lambda: ResultValue.objects.update(text="1"),
        lambda: ResultValue.objects.all().delete(),
        lambda: LabReport.objects.update(comment_en="forged"),
        lambda: LabReport.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert read(report_id, tester).values[0].text == "6.1"


def test_the_last_value_stands_beside_the_new_one(scene, report_id, tester, verifier):
    enter(report_id, tester)
    verify(report_id, verifier)
    (specimen_id,) = ask(scene)
    later = NOON + timedelta(days=1)
    newer = receive(specimen_id, tester, now=later, collected_at=TEN + timedelta(hours=20))
    report = api.get_report(report_id=newer, actor=tester, now=later)
    earlier = api.list_earlier_values(report=report)
    assert (earlier["PLT"].text.en, earlier["PLT"].reported_at) == ("241", NOON)


def test_a_comment_is_written_in_both_languages(report_id, tester):
    api.comment_report(report_id=report_id, comment=BilingualText("已复检。", "Rerun."), actor=tester, now=ELEVEN)
    assert read(report_id, tester).comment == BilingualText("已复检。", "Rerun.")


def test_a_report_is_read_in_a_fixed_number_of_statements(report_id, tester, django_assert_max_num_queries):
    enter(report_id, tester)
    with django_assert_max_num_queries(7):
        read(report_id, tester)


@pytest.mark.requirement("A08", "R56")
def test_a_value_that_the_clinician_holds_is_no_earlier_value_for_the_patient(scene, tester, verifier):
    for day in (0, 1):
        (specimen_id,) = ask(scene, "HIVT")
        now = ELEVEN + timedelta(days=day)
        report_id = receive(specimen_id, tester, now=now, collected_at=now - timedelta(minutes=10))
        api.enter_results(report_id=report_id, values={"HIV": "Non-reactive"}, actor=tester, now=now)
        api.submit_results(report_id=report_id, actor=tester, now=now)
        api.verify_report(report_id=report_id, actor=verifier, now=now)
    api.release_report(report_id=report_id, actor=scene.doctor, now=now)
    report = api.get_report(report_id=report_id, actor=make_patient(scene.person_id), now=now)
    assert api.list_earlier_values(report=report)["HIV"].text.en == "Non-reactive"
    assert api.list_earlier_values(report=report, is_for_patient=True) == {}
