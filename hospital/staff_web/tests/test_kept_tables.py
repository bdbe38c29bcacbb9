"""What desks keep themselves: pauses of booking, complaints, open hours of devices, needs of examinations."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from hospital.appointments.models import BookingBlock
from hospital.audit.models import AuditEntry
from hospital.encounters.api import list_complaints
from hospital.encounters.models import TriageComplaint
from hospital.encounters.tests.clinic import make_visit
from hospital.examinations.models import DeviceHours, DevicePeriod, ExamBooking, ExamRule
from hospital.examinations.tests.factories import make_device, make_rules
from hospital.kernel.actors import Role
from hospital.kernel.clock import SHANGHAI, local_day
from hospital.staff_web.tests.factories import count_queries, open_desk

pytestmark = pytest.mark.django_db


def paused(person_id):
    """Booking by app is closed for somebody since yesterday."""
    now = timezone.now()
    return BookingBlock.objects.create(
        person_id=person_id, missed=3, since=now - timedelta(days=1), until=now + timedelta(days=29)
    )


@pytest.mark.requirement("A04")
def test_a_pause_is_shown_its_appeal_noted_and_lifted_with_the_reason():
    block = paused(make_visit().person_id)
    desk = open_desk(Role.REGISTRAR)
    address = f"/staff/registration/blocks/{block.id}/"
    shown = desk.get(f"/staff/registration/blocks/?open={block.id}").content.decode()
    assert "3 visits missed" in shown
    assert desk.post(address, {"act": "lift", "text": " "}).status_code == 422
    assert desk.post(address, {"act": "appeal", "text": "She was in our own ward."}).status_code == 302
    assert "She was in our own ward." in desk.get(f"/staff/registration/blocks/?open={block.id}").content.decode()
    assert desk.post(address, {"act": "lift", "text": "In the ward, says the discharge letter"}).status_code == 302
    block.refresh_from_db()
    assert (block.lift_reason, block.appeal) == ("In the ward, says the discharge letter", "She was in our own ward.")
    assert AuditEntry.objects.filter(action__in=["appointments.note_appeal", "appointments.lift_block"]).count() == 2
    assert str(block.id) not in desk.get("/staff/registration/blocks/").content.decode()
    assert desk.post(address, {"act": "lift", "text": "Again"}).status_code == 404
    assert open_desk(Role.NURSE).get("/staff/registration/blocks/").status_code == 403


@pytest.mark.requirement("A04")
def test_the_list_of_pauses_has_a_fixed_number_of_statements():
    desk = open_desk(Role.REGISTRAR)
    paused(make_visit().person_id)
    few = count_queries(desk, "/staff/registration/blocks/")
    for _ in range(3):
        paused(make_visit().person_id)
    assert count_queries(desk, "/staff/registration/blocks/") == few


@pytest.mark.requirement("N02")
def test_a_complaint_is_added_changed_and_withdrawn_by_a_nurse_who_is_named():
    nurse = open_desk(Role.NURSE)
    page = "/staff/triage/complaints/"
    new = {"code": "snake-bite", "name_zh": "蛇咬伤", "name_en": "Snake bite", "level": "1"}
    assert nurse.post(page, new | {"code": "Snake bite!"}).status_code == 422
    assert nurse.post(page, new | {"name_en": ""}).status_code == 422
    assert nurse.post(page, new).status_code == 302
    assert nurse.post(page, new).status_code == 422
    row = TriageComplaint.objects.get(code="snake-bite")
    assert (row.level, bool(row.changed_by), row.changed_at is not None) == (1, True, True)
    assert "蛇咬伤" in nurse.get(page).content.decode()
    changed = {"name_zh": "蛇咬伤", "name_en": "Snakebite", "level": "2"}
    assert nurse.post(f"{page}?open=snake-bite", changed).status_code == 302
    assert "snake-bite" not in {each.code for each in list_complaints()}
    assert next(each for each in list_complaints(with_withdrawn=True) if each.code == "snake-bite").level == 2
    assert nurse.get(f"{page}?open=nothing").status_code == 404
    assert open_desk(Role.REGISTRAR).get(page).status_code == 403


def hours(**changes):
    """Every day from 8:00 to 12:00, with changes."""
    fields = {f"first_{end}_{day}": at for day in range(7) for end, at in (("opens", "08:00"), ("closes", "12:00"))}
    return fields | changes


@pytest.mark.requirement("W33")
def test_open_hours_hold_from_tomorrow_and_leave_no_booking_outside():
    device = make_device("US", days=0)
    today = local_day(timezone.now())
    for day in (today, today + timedelta(days=1), today + timedelta(days=2)):
        at = [datetime.combine(day, each, SHANGHAI) for each in (time(7, 30), time(17, 30))]
        DevicePeriod.objects.get_or_create(device=device, starts_at=at[0], ends_at=at[1])
    desk = open_desk(Role.IMAGING_TECHNICIAN)
    page = f"/staff/examinations/devices/{device.id}/hours/"
    assert "07:30" in desk.get(page).content.decode()
    assert desk.post(page, hours(first_closes_0="07:00")).status_code == 422
    assert desk.post(page, hours(second_opens_0="11:00", second_closes_0="13:00")).status_code == 422
    assert desk.post(page, hours(second_opens_0="13:00")).status_code == 422
    assert DeviceHours.objects.filter(opens=time(7, 30)).count() == 7
    begin = datetime.combine(today + timedelta(days=1), time(15), SHANGHAI)
    visit = make_visit()
    booked = ExamBooking.objects.create(
        order_line_id=visit.encounter_id,
        order_number="E1",
        encounter_id=visit.encounter_id,
        person_id=visit.person_id,
        device=device,
        item_code="USA",
        name_zh="腹部超声",
        starts_at=begin,
        ends_at=begin + timedelta(minutes=15),
        booked_by="test",
        created_at=timezone.now(),
    )
    answer = desk.post(page, hours())
    assert "1 booked examinations would lie outside" in answer.content.decode()
    assert DeviceHours.objects.filter(opens=time(7, 30)).count() == 7
    booked.delete()
    assert desk.post(page, hours()).status_code == 302
    periods = DevicePeriod.objects.filter(device=device)
    assert {each.starts_at.astimezone(SHANGHAI).hour for each in periods.filter(starts_at__gte=begin)} == {8}
    assert periods.filter(starts_at__lt=begin - timedelta(hours=15)).exists()
    other = make_device("CT", campus="NORTH")
    assert desk.get(f"/staff/examinations/devices/{other.id}/hours/").status_code == 404


@pytest.mark.requirement("W33")
def test_what_an_examination_needs_is_changed_for_what_is_planned_from_then_on():
    make_rules()
    make_device("US")
    desk = open_desk(Role.IMAGING_TECHNICIAN)
    page = "/staff/examinations/rules/?open=USA"
    assert desk.get(page).status_code == 200
    given = {"minutes": "25", "fasting_hours": "6", "contrast": "NONE", "needs": ["has_full_bladder"], "questions": []}
    assert desk.post(page, given | {"minutes": "7"}).status_code == 422
    assert ExamRule.objects.get(item_code="USA").minutes == 15
    assert desk.post(page, given).status_code == 302
    row = ExamRule.objects.get(item_code="USA")
    assert (row.minutes, row.fasting_hours, row.has_full_bladder, row.modality) == (25, 6, True, "US")
    assert desk.get("/staff/examinations/rules/?open=NONE").status_code == 404
    assert open_desk(Role.REGISTRAR).get(page).status_code == 403
