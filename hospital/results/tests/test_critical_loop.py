"""The loop of a critical value: raised with the value, escalated by the clock, ended by a clinician (R56)."""

from datetime import timedelta

import pytest

from hospital.encounters.tests.clinic import make_staff, make_visit
from hospital.kernel.actors import Role, system_actor
from hospital.kernel.events import list_events
from hospital.results import api, errors
from hospital.results.models import CriticalAlert, ResultValue
from hospital.results.tests.factories import ELEVEN, ask, make_laboratory, receive, technician

pytestmark = pytest.mark.django_db
CLOCK = system_actor("clock")


@pytest.fixture
def scene():
    make_laboratory()
    return make_visit()


@pytest.fixture
def report_id(scene):
    (specimen_id,) = ask(scene)
    return receive(specimen_id, technician())


def enter(report_id, **values):
    api.enter_results(report_id=report_id, values=values, actor=technician(), now=ELEVEN)


def escalate(minutes):
    return api.escalate_critical_values(actor=CLOCK, now=ELEVEN + timedelta(minutes=minutes))


def acknowledge(actor, action="Platelets ordered", minutes=4):
    api.acknowledge_critical_value(
        alert_id=CriticalAlert.objects.get().id, action=action, actor=actor, now=ELEVEN + timedelta(minutes=minutes)
    )


@pytest.mark.requirement("R56")
def test_a_critical_value_waits_for_the_doctor_of_the_visit(scene, report_id):
    enter(report_id, PLT="14", WBC="6.1")
    (line,) = api.list_open_alerts(actor=scene.doctor)
    assert (line.value.en, line.is_mine, line.level, line.was_called) == ("14", True, 0, False)
    acknowledge(scene.doctor)
    assert api.list_open_alerts(actor=scene.doctor) == []
    report = api.get_report(report_id=report_id, actor=technician(), now=ELEVEN)
    alert = next(value.alert for value in report.values if value.code == "PLT")
    assert (alert.action, alert.acknowledged_at) == ("Platelets ordered", ELEVEN + timedelta(minutes=4))


@pytest.mark.requirement("R56")
def test_what_nobody_takes_over_is_escalated_once_at_each_threshold(scene, report_id):
    enter(report_id, PLT="14")
    colleague = make_staff(Role.DOCTOR)
    assert (escalate(9), api.list_open_alerts(actor=colleague)) == (0, [])
    assert [escalate(10), escalate(11), escalate(30), escalate(300)] == [1, 0, 1, 0]
    (line,) = api.list_open_alerts(actor=colleague)
    assert (line.level, line.is_mine) == (2, False)
    acknowledge(colleague)
    assert (api.list_open_alerts(actor=scene.doctor), escalate(400)) == ([], 0)


def test_a_late_clock_passes_both_thresholds_at_once(report_id):
    enter(report_id, PLT="14")
    assert (escalate(45), CriticalAlert.objects.get().level) == (2, 2)


def test_a_corrected_value_withdraws_the_loop_and_another_critical_one_begins_it_anew(scene, report_id):
    enter(report_id, PLT="14")
    escalate(10)
    enter(report_id, PLT="140")
    assert api.list_open_alerts(actor=scene.doctor) == []
    with pytest.raises(errors.AlertClosed):
        acknowledge(scene.doctor)
    enter(report_id, PLT="12")
    (line,) = api.list_open_alerts(actor=scene.doctor)
    assert (line.value.en, line.level) == ("12", 0)


def test_the_same_value_again_does_not_begin_anew(scene, report_id):
    enter(report_id, PLT="14")
    acknowledge(scene.doctor)
    enter(report_id, PLT="14")
    assert CriticalAlert.objects.get().acknowledged_at is not None


def test_the_first_who_takes_over_ends_it(scene, report_id):
    enter(report_id, PLT="14")
    acknowledge(scene.doctor)
    with pytest.raises(errors.AlertClosed):
        acknowledge(make_staff(Role.DOCTOR), action="Me too")
    assert CriticalAlert.objects.get().action == "Platelets ordered"


@pytest.mark.parametrize(
    ("role", "campus", "action", "refusal"),
    [
        (Role.DOCTOR, "IMC", "  ", errors.AlertActionMissing),
        (Role.DOCTOR, "EAST", "Called", errors.UnknownAlert),
        (Role.CASHIER, "IMC", "Called", errors.UnknownAlert),
        (Role.LAB_TECHNICIAN, "IMC", "Called", errors.UnknownAlert),
    ],
)
def test_who_may_take_over_and_how(report_id, role, campus, action, refusal):
    enter(report_id, PLT="14")
    with pytest.raises(refusal):
        acknowledge(make_staff(role, campus=campus), action=action)
    assert CriticalAlert.objects.get().acknowledged_at is None


def test_a_usual_value_raises_nothing(report_id):
    enter(report_id, PLT="241", WBC="14.8")
    assert (CriticalAlert.objects.count(), ResultValue.objects.filter(is_critical=True).count()) == (0, 0)


@pytest.fixture
def reported(scene, report_id):
    """A verified report with a critical value that was called."""
    enter(report_id, WBC="6.1", HGB="128", PLT="14")
    hand_over(report_id)
    return report_id


def hand_over(report_id, verifier=None):
    """Hands a report to the second person, who calls what is critical and verifies it."""
    api.submit_results(report_id=report_id, actor=technician(), now=ELEVEN)
    value = ResultValue.objects.get(report_id=report_id, code="PLT")
    if value.is_critical and not value.calls.exists():
        api.record_call(value_id=value.id, answered_by="Lin", read_back=value.text, actor=technician(), now=ELEVEN)
    api.verify_report(report_id=report_id, actor=verifier or technician("verifier"), now=ELEVEN)


def amend(report_id):
    return api.amend_report(report_id=report_id, reason="Tube mixed up", actor=technician(), now=ELEVEN)


def loops():
    rows = CriticalAlert.objects.order_by("raised_at", "pk")
    return [(row.value, row.result.report.version, row.withdrawn_why) for row in rows.select_related("result__report")]


@pytest.mark.requirement("R56")
def test_another_critical_value_of_an_amended_report_has_a_loop_of_its_own(scene, reported):
    acknowledge(scene.doctor)
    amended = amend(reported)
    enter(amended, PLT="12")
    (line,) = api.list_open_alerts(actor=scene.doctor)
    assert (line.value.en, line.was_called) == ("12", False)
    api.submit_results(report_id=amended, actor=technician(), now=ELEVEN)
    with pytest.raises(errors.CriticalCallOpen):
        api.verify_report(report_id=amended, actor=technician("verifier"), now=ELEVEN)
    value = ResultValue.objects.get(report_id=amended, code="PLT")
    api.record_call(value_id=value.id, answered_by="Lin", read_back="12", actor=technician(), now=ELEVEN)
    assert loops() == [("14", 1, ""), ("12", 2, "")]
    api.verify_report(report_id=amended, actor=technician("verifier"), now=ELEVEN)
    assert loops() == [("14", 1, "REPLACED"), ("12", 2, "")]
    assert CriticalAlert.objects.get(value="14").action == "Platelets ordered"


@pytest.mark.requirement("R56")
def test_a_value_that_becomes_critical_by_an_amendment_is_told_at_once(scene, report_id):
    enter(report_id, WBC="6.1", HGB="128", PLT="241")
    hand_over(report_id)
    enter(amend(report_id), PLT="14")
    (line,) = api.list_open_alerts(actor=scene.doctor)
    assert (line.value.en, loops()) == ("14", [("14", 2, "")])


@pytest.mark.requirement("R56")
def test_what_is_not_critical_any_more_is_closed_by_who_verifies_the_amendment(scene, reported):
    amended = amend(reported)
    enter(amended, PLT="141")
    assert [line.value.en for line in api.list_open_alerts(actor=scene.doctor)] == ["14"]
    verifier = technician("verifier")
    hand_over(amended, verifier)
    assert (api.list_open_alerts(actor=scene.doctor), loops()) == ([], [("14", 1, "CORRECTED")])
    assert str(CriticalAlert.objects.get().withdrawn_by_id) == verifier.id
    kinds = [event.kind for event in list_events(encounter_id=scene.encounter_id)]
    assert kinds[-1] == "results.critical_ended"


def test_a_critical_value_that_an_amendment_repeats_keeps_its_loop_and_its_call(scene, reported):
    acknowledge(scene.doctor)
    amended = amend(reported)
    enter(amended, PLT="14", WBC="6.3")
    api.submit_results(report_id=amended, actor=technician(), now=ELEVEN)
    api.verify_report(report_id=amended, actor=technician("verifier"), now=ELEVEN)
    assert loops() == [("14", 1, "")]
    value = next(v for v in api.get_report(report_id=amended, actor=technician(), now=ELEVEN).values if v.code == "PLT")
    assert (value.alert.action, value.has_open_call) == ("Platelets ordered", False)


def test_a_loop_in_an_unusable_specimen_ends(scene, report_id):
    enter(report_id, PLT="14")
    specimen_id = ResultValue.objects.get(code="PLT").report.specimen_id
    api.reject_specimen(specimen_id=specimen_id, reason="Clotted", actor=technician(), now=ELEVEN)
    assert (api.list_open_alerts(actor=scene.doctor), loops()) == ([], [("14", 1, "REJECTED")])
