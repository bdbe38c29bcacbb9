"""After the visit: the rating, and the follow-up that the doctor ordered (A16, W31)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hospital.encounters.api import order_follow_up, withdraw_follow_up
from hospital.encounters.errors import FollowUpNotPossible, NotYourPatient
from hospital.encounters.models import Encounter, FollowUp, VisitRating
from hospital.encounters.tests.clinic import make_staff
from hospital.kernel.actors import Actor, ActorKind, Role
from hospital.kernel.clock import local_day
from hospital.kernel.events import list_events, record_event
from hospital.patient_api.tests.callers import code_of
from hospital.patient_api.tests.factories import answer_of, hold
from hospital.scheduling.tests.factories import make_slot
from hospital.workflows.tell_patient import tell_patient

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A16", "W31")]


def node(booking, kind):
    journey = answer_of(booking.owner.get(f"/appointments/{booking.appointment_id}/journey"))
    return next((each for each in journey["nodes"] if each["kind"] == kind), None)


def end(booking, *, days_ago=0):
    """The visit of the booking is over."""
    at = timezone.now() - timedelta(days=days_ago)
    answer_of(booking.owner.post(f"/appointments/{booking.appointment_id}/number"))
    visit = Encounter.objects.get()
    Encounter.objects.filter(pk=visit.pk).update(state="DONE", called_at=at, consult_started_at=at, done_at=at)
    record_event(
        kind="encounters.done",
        subject_id=str(booking.appointment_id),
        person_id=visit.person_id,
        encounter_id=visit.pk,
        now=at,
    )
    return visit


def list_messages(booking):
    return answer_of(booking.owner.get("/inbox"))["messages"]


def tell(visit):
    """What the worker does with the last event of the follow-up."""
    event = [each for each in list_events(encounter_id=visit.pk) if each.kind == "encounters.follow_up_ordered"][-1]
    tell_patient(
        kind=event.kind,
        subject_id=event.subject_id,
        person_id=visit.person_id,
        encounter_id=visit.pk,
        facts=event.facts,
        now=timezone.now(),
    )


def rate(booking, **body):
    return booking.owner.post(f"/appointments/{booking.appointment_id}/rating", body)


def test_a_finished_visit_is_rated_once_and_can_be_changed_for_a_day(booking):
    assert code_of(rate(booking, stars=5)) == "rating_not_yet"
    end(booking)
    assert (node(booking, "RATED")["state"], node(booking, "RATED")["action"]) == ("TODO", "RATE")
    for wrong in (0, 6):
        assert code_of(rate(booking, stars=wrong)) == "rating_incomplete"
    assert code_of(rate(booking, stars=5, words="x" * 501)) == "rating_incomplete"
    assert not VisitRating.objects.exists()
    answer_of(rate(booking, stars=4, words="Kind, but a long wait"))
    answer_of(rate(booking, stars=5, words="On second thought"))
    row = VisitRating.objects.get()
    assert (row.stars, row.words, row.changed_at is not None) == (5, "On second thought", True)
    told = [each for each in list_events(subject_id=str(booking.appointment_id)) if each.kind == "encounters.rated"]
    assert [each.facts for each in told] == [{}]
    found = answer_of(booking.owner.get(f"/appointments/{booking.appointment_id}/rating"))["rating"]
    assert (found["stars"], found["words"]) == (5, "On second thought")
    assert node(booking, "RATED")["state"] == "DONE"
    VisitRating.objects.update(rated_at=timezone.now() - timedelta(days=1))
    assert code_of(rate(booking, stars=1)) == "rating_closed"
    assert VisitRating.objects.get().stars == 5


def test_two_weeks_after_the_visit_nobody_is_asked_any_more(booking):
    end(booking, days_ago=14)
    assert (node(booking, "RATED")["state"], node(booking, "RATED")["action"]) == ("SKIPPED", None)
    assert code_of(rate(booking, stars=5)) == "rating_closed"


def test_a_follow_up_is_a_step_until_it_is_booked(booking):
    visit = end(booking)
    doctor = Actor(kind=ActorKind.STAFF, id=str(visit.clinician.user_id), label="doctor", campus_code="IMC")
    now = timezone.now() - timedelta(minutes=1)
    facts = {"encounter_id": visit.pk, "with_me": True, "now": now}
    with pytest.raises(NotYourPatient):
        order_follow_up(**facts, due_on=local_day(now) + timedelta(weeks=2), actor=make_staff(Role.DOCTOR))
    with pytest.raises(FollowUpNotPossible):
        order_follow_up(**facts, due_on=local_day(now), actor=doctor)
    assert not FollowUp.objects.exists()
    assert node(booking, "FOLLOW_UP") is None
    due = local_day(now) + timedelta(weeks=2)
    order_follow_up(**facts, due_on=due, actor=doctor)
    found = node(booking, "FOLLOW_UP")
    assert (found["state"], found["action"], found["target"]) == ("TODO", "BOOK_DOCTOR", str(visit.clinician_id))
    assert found["due_on"] == due.isoformat()
    assert list_messages(booking) == []
    tell(visit)
    order_follow_up(**(facts | {"with_me": False}), due_on=due, actor=doctor)
    tell(visit)
    tell(visit)
    (again, first) = list_messages(booking)
    assert first["title"]["en"] == "Your doctor would like to see you again"
    assert first["target_kind"] == "visit"
    assert f"{due.day} {due:%b %Y}" in first["body"]["en"]
    assert "心血管内科" in again["body"]["zh"]
    assert node(booking, "FOLLOW_UP")["action"] == "BOOK_DEPARTMENT"
    order_follow_up(**facts, due_on=due, actor=doctor)
    slot = make_slot(starts_at=timezone.now() + timedelta(days=13), clinician_id=visit.clinician_id)
    slot.session.department_id = visit.department_id
    slot.session.save(update_fields=["department_id"])
    held = hold(booking.owner, slot.pk, visit.person_id)
    assert node(booking, "FOLLOW_UP")["state"] == "TODO"
    answer_of(booking.owner.post(f"/appointments/{held}/book"))
    found = node(booking, "FOLLOW_UP")
    assert (found["state"], found["action"], found["target"]) == ("DONE", "OPEN_BOOKING", held)
    withdraw_follow_up(encounter_id=visit.pk, actor=doctor, now=timezone.now())
    assert node(booking, "FOLLOW_UP") is None
