"""The examination desk over HTTP: today's list, each step, an outage, planning for a patient (W33)."""

import pytest
from django.utils import timezone

from hospital.encounters.tests.clinic import TEN
from hospital.examinations.api import get_booking
from hospital.examinations.models import DeviceOutage, ExamBooking
from hospital.examinations.states import BookingState
from hospital.kernel.actors import Role
from hospital.kernel.events import list_events
from hospital.orders.models import OrderLine
from hospital.staff_web.tests.factories import count_queries, open_desk
from hospital.workflows.journey import NodeKind, NodeState, derive_nodes
from hospital.workflows.tests.exams import make_exams

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("acquirer"), pytest.mark.requirement("W33")]
DESK = "/staff/examinations/"


class Clock:
    """What the views take for the time."""

    now = TEN


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(timezone, "now", lambda: clock.now)
    return clock


@pytest.fixture
def exams(clock):
    return make_exams("CXR", "MRB")


def step(desk, booking_id, name):
    return desk.post(f"{DESK}bookings/{booking_id}/step/", {"step": name}, follow=True)


def test_from_check_in_to_done(clock, exams):
    booked = exams.book()["CXR"]
    card = get_booking(booking_id=booked, now=TEN)
    clock.now = card.starts_at
    desk = open_desk(Role.IMAGING_TECHNICIAN)
    page = desk.get(f"{DESK}devices/{card.device.id}/").content.decode()
    assert "Not here yet" in page
    assert "Fraser-Whitcombe" in page.replace("FRASER-WHITCOMBE", "Fraser-Whitcombe")
    for name, word in (("check-in", "Checked in"), ("call", "Called"), ("start", "In progress"), ("done", "Done")):
        assert word in step(desk, booked, name).content.decode()
    assert OrderLine.objects.get(pk=exams.lines["CXR"]).state == "EXECUTED"
    assert get_booking(booking_id=booked, now=clock.now).state is BookingState.DONE
    nodes = derive_nodes(list_events(encounter_id=exams.story.encounter_id))
    assert next(node for node in nodes if node.kind is NodeKind.EXAM_DONE).state is not NodeState.SKIPPED
    refused = desk.post(f"{DESK}bookings/{booked}/step/", {"step": "call"})
    assert refused.status_code == 409
    assert "moved on meanwhile" in refused.content.decode()


def test_who_did_not_come_can_be_planned_again(clock, exams):
    booked = exams.book()["CXR"]
    card = get_booking(booking_id=booked, now=TEN)
    desk = open_desk(Role.IMAGING_TECHNICIAN)
    assert desk.post(f"{DESK}bookings/{booked}/step/", {"step": "no-show"}).status_code == 409  # before the time
    clock.now = card.ends_at
    desk = open_desk(Role.IMAGING_TECHNICIAN)
    assert "Did not come" in step(desk, booked, "no-show").content.decode()
    assert exams.exams()["CXR"].can_book


def test_an_outage_shows_whom_to_move(clock, exams):
    booked = exams.book()["CXR"]
    card = get_booking(booking_id=booked, now=TEN)
    desk = open_desk(Role.IMAGING_TECHNICIAN)
    device = f"{DESK}devices/{card.device.id}/"
    assert desk.post(f"{device}out/", {"reason": " "}).status_code == 422
    page = desk.post(f"{device}out/", {"reason": "Tube", "until": "tomorrow"}, follow=True).content.decode()
    assert "To be moved" in page
    address = f"{DESK}bookings/{booked}/move/"
    assert "Nothing free on this day" in desk.get(address).content.decode()
    day = "2026-11-27"
    time = desk.get(address, {"day": day}).context["times"][0]
    chosen = f"{time.device_id}|{time.starts_at.isoformat()}"
    assert desk.post(f"{address}?day={day}", {"time": chosen}).status_code == 302
    assert get_booking(booking_id=booked, now=TEN).starts_at == time.starts_at
    assert "To be moved" not in desk.post(f"{device}in/", follow=True).content.decode()
    assert DeviceOutage.objects.get().ends_at == TEN


def test_the_registration_desk_plans_for_whoever_has_no_phone(clock, exams):
    desk = open_desk(Role.REGISTRAR)
    address = f"{DESK}people/{exams.person_id}/"
    assert "To be planned" in desk.get(address).content.decode()
    data = {"line": [str(line) for line in exams.lines.values()], "answer-IMPLANT": "yes", "answer-PREGNANT": "no"}
    page = desk.post(address, data | {"act": "plan"}).content.decode()
    assert "Staff have to look" in page or "has to look at your answers" in page
    planned = desk.post(address, data | {"act": "plan", "cleared": "titanium, Dr. Lin"})
    spots = [
        f"{each['exam'].key}|{each['exam'].device_id}|{each['exam'].starts_at.isoformat()}"
        for each in planned.context["plan"]
    ]
    assert len(spots) == 2
    assert desk.post(address, data | {"act": "book", "spot": spots}).status_code == 409  # nobody said why
    assert ExamBooking.objects.count() == 0
    done = desk.post(address, data | {"act": "book", "spot": spots, "cleared": "titanium, Dr. Lin"}, follow=True)
    assert "2 booked" in done.content.decode()
    row = ExamBooking.objects.get(item_code="MRB")
    assert row.cleared == "titanium, Dr. Lin"
    canceled = desk.post(f"{DESK}bookings/{row.id}/cancel/", {"reason": "The patient asked"}, follow=True)
    assert "can be planned again" in canceled.content.decode()


def test_the_list_counts_its_statements_and_other_desks_stay_out(clock, exams):
    booked = exams.book()
    card = get_booking(booking_id=booked["CXR"], now=TEN)
    clock.now = card.starts_at
    desk = open_desk(Role.NURSE)
    address = f"{DESK}devices/{card.device.id}/list/"
    assert count_queries(desk, address) <= 20
    assert open_desk(Role.CASHIER).get(address).status_code == 403
    assert open_desk(Role.IMAGING_TECHNICIAN, campus="SOUTH").get(address).status_code == 404
