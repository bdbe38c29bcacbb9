"""The loop of a critical value: raised with the value, escalated by the clock, ended by a clinician (R56)."""

from datetime import timedelta

import pytest

from hospital.encounters.tests.clinic import make_staff, make_visit
from hospital.kernel.actors import Role, system_actor
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
