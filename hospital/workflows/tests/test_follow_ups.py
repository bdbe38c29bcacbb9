"""Follow-up registration: whoever was seen here lately pays the fee of a follow-up (F45, A04, X49)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from hospital.appointments.models import Appointment
from hospital.billing.models import Charge
from hospital.campuses.models import Department
from hospital.catalog.tests.factories import make_items, new_item
from hospital.catalog.types import FeeClass, ServiceCategory, ServiceFacts
from hospital.encounters.models import Encounter
from hospital.encounters.tests.clinic import TEN, make_staff, make_visit
from hospital.kernel.actors import Role
from hospital.scheduling.api import list_sessions_by_id
from hospital.scheduling.models import FollowUpItem, RosterSession, Slot
from hospital.scheduling.tests.factories import make_session
from hospital.workflows.book import cancel_booking
from hospital.workflows.book_at_window import book_at_window
from hospital.workflows.change_booking import change_booking
from hospital.workflows.errors import NoFollowUp
from hospital.workflows.follow_ups import RegistrationType, choose_registration

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("F45", "A04")]
TODAY = date(2026, 11, 25)  # of the sessions below


@pytest.fixture
def scene():
    """A finished visit of two weeks ago, and a price for follow-ups."""
    category = ServiceFacts(category=ServiceCategory.REGISTRATION)
    make_items(
        new_item("REG-INTL", "300.00", fee_class=FeeClass.CONSULTATION, service=category),
        new_item("REG-FU", "120.00", fee_class=FeeClass.CONSULTATION, service=category),
    )
    FollowUpItem.objects.create(item_code="REG-INTL", follow_up_item_code="REG-FU")
    visit = make_visit(state="DONE")
    seen(visit, days=14)
    return visit


def seen(visit, *, days, **changes):
    Encounter.objects.filter(pk=visit.encounter_id).update(queue_on=TODAY - timedelta(days=days), **changes)


def open_session(visit, *, department=None, doctor=True, **facts):
    """A session of the same doctor, or of another one of the department."""
    session_id = make_session(clinician_id=visit.clinician_id if doctor else None, **facts)
    chosen = {"department_id": department or visit.department_id}
    if doctor:
        chosen["clinician_id"] = visit.clinician_id
    RosterSession.objects.filter(pk=session_id).update(**chosen)
    return session_id


def place(session_id):
    return Slot.objects.filter(session_id=session_id, taken=0).order_by("number").first().id


def book(visit, session_id):
    registrar = make_staff(Role.REGISTRAR)
    return book_at_window(slot_id=place(session_id), person_id=visit.person_id, actor=registrar, now=TEN)


def right_of(visit, session_id, wanted=RegistrationType.BY_ITSELF):
    session = list_sessions_by_id(session_ids=[session_id])[session_id]
    return choose_registration(person_id=visit.person_id, session=session, wanted=wanted)


def test_the_window_registers_a_follow_up_by_itself_with_its_own_fee_and_reason(scene):
    booked = book(scene, open_session(scene))
    assert booked.follows_id == scene.encounter_id
    assert booked.charged_session.registration_item_code == "REG-FU"
    charge = Charge.objects.get()
    assert (charge.item_code, charge.total) == ("REG-FU", Decimal("120.00"))


@pytest.mark.parametrize(("days", "is_follow_up"), [(0, True), (1, True), (13, True), (14, True), (15, False)])
def test_the_days_are_counted_to_the_last(scene, days, is_follow_up):
    seen(scene, days=days)
    assert (right_of(scene, open_session(scene)) is not None) == is_follow_up


@pytest.mark.parametrize(("days", "is_follow_up"), [(0, False), (13, False), (14, True), (30, True)])
def test_a_department_has_days_of_its_own(scene, days, is_follow_up):
    Department.objects.filter(pk=scene.department_id).update(follow_up_days=days)
    assert (right_of(scene, open_session(scene)) is not None) == is_follow_up


@pytest.mark.parametrize("state", ["REGISTERED", "CHECKED_IN", "PASSED", "IN_CONSULT", "CANCELLED"])
def test_only_a_finished_visit_is_one_that_was_seen(scene, state):
    seen(scene, days=3, state=state, cancelled_at=TEN)
    assert right_of(scene, open_session(scene)) is None


def test_an_emergency_is_never_a_follow_up_nor_followed(scene):
    assert right_of(scene, open_session(scene, service_type="EMERGENCY")) is None
    seen(scene, days=3, visit_type="ER")
    assert right_of(scene, open_session(scene, starts_at=TEN + timedelta(hours=3))) is None


def test_the_doctor_or_the_department_counts_and_nobody_elses_visit(scene):
    elsewhere = make_visit().department_id
    colleague = open_session(scene, doctor=False)
    moved_doctor = open_session(scene, department=elsewhere)
    unrelated = open_session(scene, doctor=False, department=elsewhere, starts_at=TEN + timedelta(hours=4))
    assert right_of(scene, colleague).visit.id == right_of(scene, moved_doctor).visit.id == scene.encounter_id
    assert right_of(scene, unrelated) is None
    assert right_of(make_visit(state="IN_CONSULT"), colleague) is None
    RosterSession.objects.filter(pk=moved_doctor).update(is_by_name=False)  # booked is a clinic, not that doctor
    assert right_of(scene, moved_doctor) is None


def test_what_is_asked_for_is_given_or_refused_by_name(scene):
    session_id = open_session(scene)
    assert right_of(scene, session_id, RegistrationType.ORDINARY) is None
    assert right_of(scene, session_id, RegistrationType.FOLLOW_UP).item_code == "REG-FU"
    seen(scene, days=15)
    with pytest.raises(NoFollowUp) as refused:
        right_of(scene, session_id, RegistrationType.FOLLOW_UP)
    assert refused.value.facts == {"days": 14}
    FollowUpItem.objects.all().delete()
    seen(scene, days=1)
    assert right_of(scene, session_id) is None  # this kind of registration has no follow-up


def test_a_change_of_place_decides_anew(scene):
    booked = book(scene, open_session(scene, places=2))
    elsewhere = make_visit().department_id
    far = open_session(scene, doctor=False, department=elsewhere, starts_at=TEN + timedelta(hours=4))
    registrar = make_staff(Role.REGISTRAR)
    changed = change_booking(appointment_id=booked.id, slot_id=place(far), actor=registrar, now=TEN)
    assert (changed.follows_id, changed.fee_item_code) == (None, "")
    assert list(Charge.objects.exclude(state="VOID").values_list("item_code", "total")) == [
        ("REG-INTL", Decimal("300.00"))
    ]


def test_a_booking_given_back_leaves_the_right_as_it_was(scene):
    session_id = open_session(scene, places=2)
    booked = book(scene, session_id)
    cancel_booking(appointment_id=booked.id, reason="ill", actor=make_staff(Role.REGISTRAR), now=TEN)
    assert book(scene, session_id).follows_id == scene.encounter_id
    assert Appointment.objects.filter(person_id=scene.person_id).count() == 2
