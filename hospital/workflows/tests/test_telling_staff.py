"""A critical value reaches people: who is told at which threshold, once, without the patient's name or the value."""

import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from hospital.accounts.api import set_staff_email
from hospital.accounts.models import RoleGrant, User
from hospital.campuses.models import Clinician
from hospital.encounters.tests.clinic import make_doctor, make_staff, make_visit
from hospital.kernel.actors import Role, system_actor
from hospital.notifications.models import Message
from hospital.notifications.services import deliver_message
from hospital.results import api as results
from hospital.results.models import CriticalAlert, CriticalNotice
from hospital.results.tests.factories import ELEVEN, ask, make_laboratory, receive, technician
from hospital.scheduling.models import RosterSession
from hospital.workflows.tell_staff import tell_staff

pytestmark = pytest.mark.requirement("R56")
CLOCK = system_actor("escalate_critical")


def find_critical_value():
    """A visit with a critical value that was just found; its doctor reads mail in English."""
    make_laboratory()
    scene = make_visit()
    give_email(scene.doctor, "lin@imc.example", "en")
    (specimen_id,) = ask(scene)
    report_id = receive(specimen_id, technician())
    results.enter_results(report_id=report_id, values={"PLT": "14"}, actor=technician(), now=ELEVEN)
    return scene


def give_email(actor, email, language):
    set_staff_email(email=email, actor=actor, now=ELEVEN)
    User.objects.filter(pk=actor.id).update(language=language)


def make_colleague(scene, title="ATTENDING"):
    actor, clinician = make_doctor()
    Clinician.objects.filter(pk=clinician.pk).update(department_id=scene.department_id, title=title)
    return actor, clinician


def tell(level=0, minutes=0):
    alert = CriticalAlert.objects.get()
    return tell_staff(alert_id=alert.id, level=level, now=ELEVEN + timedelta(minutes=minutes))


def told(level):
    return {str(row.user_id) for row in CriticalNotice.objects.filter(level=level)}


@pytest.mark.django_db
def test_the_doctor_gets_one_mail_in_their_language_without_name_and_value():
    scene = find_critical_value()
    assert [tell(), tell()] == [1, 0]
    message = Message.objects.get()
    deliver_message(message_id=message.id, now=ELEVEN)
    (sent,) = mail.outbox
    number = CriticalAlert.objects.get().result.report.specimen.number
    assert (sent.to, number in sent.subject, "11:00" in sent.body) == (["lin@imc.example"], True, True)
    assert "LIN Zhiyuan, Cardiology, IMC campus" in sent.body
    for secret in ("Fraser", "Platelets", "PLT", "血小板", "14 "):
        assert secret not in sent.subject + sent.body
    notice = CriticalNotice.objects.get()
    assert (str(notice.user_id), notice.told_at, notice.by_email) == (scene.doctor.id, ELEVEN, True)


@pytest.mark.django_db
def test_what_is_found_and_what_is_escalated_wakes_the_job():
    find_critical_value()
    results.escalate_critical_values(actor=CLOCK, now=ELEVEN + timedelta(minutes=31))
    jobs = ProcrastinateJob.objects.filter(task_name="workflows.tell_staff").order_by("id")
    assert [job.args["facts"] for job in jobs] == ['{"level": 0}', '{"level": 1}', '{"level": 2}']


@pytest.mark.django_db
def test_at_the_first_threshold_the_doctor_again_and_who_is_on_duty():
    scene = find_critical_value()
    on_duty, clinician = make_colleague(scene)
    off_duty, _ = make_colleague(scene, title="CHIEF")
    give_email(on_duty, "zhou@imc.example", "zh-hans")
    RosterSession.objects.create(
        clinician=clinician,
        department_id=scene.department_id,
        campus_id="IMC",
        held_on=ELEVEN.date(),
        part="AM",
        starts_at=ELEVEN - timedelta(hours=2),
        ends_at=ELEVEN + timedelta(hours=1),
        service_type="INTL",
        service_line="INTL",
        registration_item_code="REG",
    )
    assert (tell(), tell(level=1, minutes=10)) == (1, 2)
    assert told(1) == {scene.doctor.id, on_duty.id}
    assert off_duty.id not in told(1)
    chinese = Message.objects.get(language="zh-hans")
    assert "危急值" in chinese.subject
    assert "林志远" in chinese.body


@pytest.mark.django_db
def test_with_nobody_on_duty_the_senior_doctors_are_told_and_at_last_the_offices():
    scene = find_critical_value()
    senior, _ = make_colleague(scene, title="ASSOCIATE_CHIEF")
    make_colleague(scene, title="RESIDENT")
    offices = [make_staff(role) for role in (Role.MEDICAL_AFFAIRS, Role.COORDINATOR)]
    for office, role in zip(offices, ("MEDICAL_AFFAIRS", "COORDINATOR"), strict=True):
        RoleGrant.objects.create(user_id=office.id, role=role, campus_code="IMC")
    tell(level=1)
    assert told(1) == {scene.doctor.id, senior.id}
    tell(level=2)
    assert told(2) == {scene.doctor.id, senior.id, *(office.id for office in offices)}


@pytest.mark.django_db
def test_of_a_loop_that_has_ended_nobody_is_told():
    scene = find_critical_value()
    alert = CriticalAlert.objects.get()
    results.acknowledge_critical_value(alert_id=alert.id, action="Platelets", actor=scene.doctor, now=ELEVEN)
    assert (tell(level=1), CriticalNotice.objects.count(), Message.objects.count()) == (0, 0, 0)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_tell_one_message():
    find_critical_value()
    alert_id = CriticalAlert.objects.get().id
    gate, counts = threading.Barrier(2), []

    def work():
        gate.wait()
        try:
            counts.append(tell_staff(alert_id=alert_id, level=0, now=ELEVEN))
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (sorted(counts), Message.objects.count(), CriticalNotice.objects.count()) == ([0, 1], 1, 1)
