"""Asking for help, arranging it, and what desks see of it (N03)."""

import threading
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection

from hospital.accounts.models import RoleGrant
from hospital.assistance import api
from hospital.assistance.errors import (
    AlreadyAsked,
    ArrangementNeeded,
    AssistanceIncomplete,
    AssistanceInPast,
    AssistanceMoved,
    InterpreterBusy,
    InterpreterUnfit,
    NotACoordinator,
    NotAssistanceDesk,
    ReasonNeeded,
    TooManyAssistance,
    UnknownAssistance,
)
from hospital.assistance.models import AssistanceRequest, Coordination, PersonPreferences
from hospital.assistance.tests.factories import ask, make_interpreter, new_assistance
from hospital.assistance.types import AssistanceKind, Diet, Mobility, Preferences
from hospital.audit.models import AuditEntry
from hospital.encounters.tests.clinic import TEN, make_campus, make_patient, make_person, make_staff
from hospital.kernel.actors import Role
from hospital.kernel.ids import new_id
from hospital.kernel.transitions import IllegalTransition
from hospital.kernel.types import BilingualText
from hospital.notifications.models import InboxMessage
from hospital.patients.errors import NoCareRelation, UnknownPerson
from hospital.patients.models import CareRelation

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("N03")]
NOTHING = BilingualText("")
CAR = BilingualText("粤A·F6600，王师傅", "Plate 粤A·F6600, Mr. Wang")


@pytest.fixture
def person():
    return make_person()


@pytest.fixture
def patient(person):
    return make_patient(person.id)


@pytest.fixture
def desk():
    return make_staff(Role.COORDINATOR)


def arrange(request_id, *, desk, interpreter=None, version=0, arrangement=NOTHING):
    api.arrange_assistance(
        request_id=request_id,
        version=version,
        interpreter_id=interpreter,
        arrangement=arrangement,
        actor=desk,
        now=TEN,
    )


def test_the_same_key_asks_once_and_opens_the_record_to_the_campus(person, patient, desk):
    new = new_assistance(person.id)
    first = api.ask_assistance(new=new, actor=patient, now=TEN)
    assert api.ask_assistance(new=new, actor=patient, now=TEN) == first
    assert AssistanceRequest.objects.count() == 1
    assert CareRelation.objects.filter(person=person, source=str(first), until=None).count() == 1
    api.cancel_assistance(request_id=first, actor=patient, now=TEN)
    api.cancel_assistance(request_id=first, actor=patient, now=TEN)
    assert not CareRelation.objects.filter(person=person, source=str(first), until=None).exists()
    with pytest.raises(NoCareRelation):
        api.list_assistance(person_id=person.id, actor=desk, now=TEN)


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"language": ""}, AssistanceIncomplete),
        ({"kind": AssistanceKind.TRANSPORT, "from_place": "  "}, AssistanceIncomplete),
        ({"starts_at": TEN - timedelta(hours=3)}, AssistanceInPast),
        ({"ends_at": TEN + timedelta(hours=15)}, AssistanceInPast),
        ({"ends_at": TEN + timedelta(hours=2)}, AssistanceInPast),
    ],
)
def test_what_is_incomplete_is_refused_and_nothing_is_kept(person, patient, facts, refusal):
    with pytest.raises(refusal):
        ask(person.id, actor=patient, **facts)
    assert not AssistanceRequest.objects.exists()


def test_the_same_help_at_the_same_time_is_asked_for_once_and_ten_things_at_most(person, patient):
    ask(person.id, actor=patient)
    with pytest.raises(AlreadyAsked):
        ask(person.id, actor=patient)
    for hours in range(3, 12):
        ask(person.id, actor=patient, starts_at=TEN + timedelta(hours=hours))
    with pytest.raises(TooManyAssistance):
        ask(person.id, actor=patient, starts_at=TEN + timedelta(hours=20))
    assert AssistanceRequest.objects.count() == 10


def test_only_who_speaks_the_language_at_this_campus_comes_and_the_patient_is_told(person, patient, desk):
    request_id = ask(person.id, actor=patient)
    for unfit in (make_interpreter("de"), make_interpreter("fr", campus="NORTH"), None):
        with pytest.raises(InterpreterUnfit):
            arrange(request_id, desk=desk, interpreter=unfit)
    fit = make_interpreter("ar", "fr")
    assert [each.id for each in api.list_interpreters_for(request_id=request_id, actor=desk)] == [fit]
    arrange(request_id, desk=desk, interpreter=fit)
    card = api.get_assistance(request_id=request_id, actor=desk)
    assert (card.state, str(card.interpreter)) == ("ARRANGED", "Huang Jiamin")
    message = InboxMessage.objects.get(account_id=patient.id)
    assert (message.title_zh, message.title_en) == ("您的口译已安排", "Your interpreter is arranged")
    assert "Huang" not in message.body_en + message.title_en


def test_an_interpreter_is_with_one_patient_at_a_time(person, patient, desk):
    fit, other = make_interpreter("fr"), make_person()
    first = ask(person.id, actor=patient)
    second = ask(other.id, actor=make_patient(other.id), starts_at=TEN + timedelta(hours=3))
    arrange(first, desk=desk, interpreter=fit)
    assert [each.is_free for each in api.list_interpreters_for(request_id=second, actor=desk)] == [False]
    with pytest.raises(InterpreterBusy):
        arrange(second, desk=desk, interpreter=fit)
    assert api.get_assistance(request_id=second, actor=desk).state == "REQUESTED"
    api.cancel_assistance(request_id=first, actor=patient, now=TEN)
    arrange(second, desk=desk, interpreter=fit)


@pytest.mark.django_db(transaction=True)
def test_of_two_desks_that_give_one_interpreter_away_one_succeeds(person, patient, desk):
    fit, other = make_interpreter("fr"), make_person()
    requests = [ask(person.id, actor=patient), ask(other.id, actor=make_patient(other.id))]
    outcomes, together = [], threading.Barrier(2)

    def give(request_id):
        try:
            together.wait()
            arrange(request_id, desk=desk, interpreter=fit)
            outcomes.append("arranged")
        except InterpreterBusy:
            outcomes.append("busy")
        finally:
            connection.close()

    threads = [threading.Thread(target=give, args=[each]) for each in requests]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["arranged", "busy"]
    assert AssistanceRequest.objects.filter(state="ARRANGED").count() == 1


def test_other_help_says_in_both_languages_what_will_be_there(person, patient, desk):
    request_id = ask(person.id, actor=patient, kind=AssistanceKind.TRANSPORT, from_place="Baiyun Airport T2")
    for words in (NOTHING, BilingualText("粤A")):
        with pytest.raises(ArrangementNeeded):
            arrange(request_id, desk=desk, arrangement=words)
    arrange(request_id, desk=desk, arrangement=CAR)
    assert api.list_assistance(person_id=person.id, actor=patient, now=TEN)[0].arrangement == CAR


def test_a_request_is_declined_with_a_reason_and_never_after_somebody_else_acted(person, patient, desk):
    request_id = ask(person.id, actor=patient)
    why = BilingualText("当日无法语口译", "No French interpreter that day")
    with pytest.raises(ReasonNeeded):
        api.decline_assistance(request_id=request_id, version=0, reason=BilingualText("忙"), actor=desk, now=TEN)
    arrange(request_id, desk=desk, interpreter=make_interpreter("fr"))
    with pytest.raises(AssistanceMoved):
        api.decline_assistance(request_id=request_id, version=0, reason=why, actor=desk, now=TEN)
    api.decline_assistance(request_id=request_id, version=1, reason=why, actor=desk, now=TEN)
    assert InboxMessage.objects.filter(body_en=why.en, body_zh=why.zh).count() == 1
    with pytest.raises(IllegalTransition):
        api.cancel_assistance(request_id=request_id, actor=patient, now=TEN)


def test_who_may(person, patient, desk):
    request_id = ask(person.id, actor=patient)
    stranger, elsewhere = make_patient(make_person().id), make_staff(Role.COORDINATOR, campus="NORTH")
    doctor = make_staff(Role.DOCTOR)
    with pytest.raises(UnknownPerson):
        ask(person.id, actor=stranger, starts_at=TEN + timedelta(hours=5))
    with pytest.raises(UnknownAssistance):
        api.cancel_assistance(request_id=request_id, actor=stranger, now=TEN)
    for actor in (elsewhere, doctor, patient):
        with pytest.raises(NotAssistanceDesk):
            api.get_assistance(request_id=request_id, actor=actor)
    for actor in (elsewhere, doctor):
        with pytest.raises(NotAssistanceDesk):
            arrange(request_id, desk=actor, interpreter=make_interpreter("fr"))
    with pytest.raises(NotAssistanceDesk):
        api.finish_assistance(request_id=request_id, version=0, ended_at=None, actor=patient, now=TEN)
    assert AssistanceRequest.objects.get().version == 0


def test_preferences_are_one_row_with_versions_that_every_desk_sees(person, patient):
    wishes = Preferences(diet=Diet.HALAL, mobility=Mobility.WHEELCHAIR, is_name_private=True, note="Prays at noon")
    assert api.get_care_settings(person_id=person.id, campus_code="IMC", now=TEN).is_empty
    for each in (Preferences(diet=Diet.VEGAN), wishes):
        api.set_preferences(person_id=person.id, campus_code="IMC", preferences=each, actor=patient, now=TEN)
    assert PersonPreferences.objects.count() == 1
    seen = api.get_care_settings(person_id=person.id, campus_code="IMC", now=TEN)
    assert (seen.preferences, seen.is_empty) == (wishes, False)
    assert AuditEntry.objects.filter(action="assistance.set_preferences", person_id=person.id).count() == 2


def test_one_coordinator_at_a_time_and_only_a_coordinator_of_the_campus(person, patient, desk):
    make_campus()
    ask(person.id, actor=patient)
    facts = {"person_id": person.id, "campus_code": "IMC", "actor": desk, "now": TEN}
    with pytest.raises(NotACoordinator):
        api.assign_coordinator(coordinator_id=UUID(make_staff(Role.DOCTOR).id), **facts)
    mine = grant(desk)
    for _ in range(2):
        api.assign_coordinator(coordinator_id=mine, **facts)
    assert Coordination.objects.count() == 1
    assert api.get_care_settings(person_id=person.id, campus_code="IMC", now=TEN).coordinator is not None
    api.assign_coordinator(coordinator_id=None, **facts)
    assert api.get_coordinator_id(person_id=person.id, campus_code="IMC") is None


def grant(actor):
    """Keeps the role of the actor where the product looks for coordinators."""
    RoleGrant.objects.create(user_id=actor.id, role=Role.COORDINATOR, campus_code="IMC")
    return UUID(actor.id)


def test_what_every_desk_shows_takes_two_queries(person, patient, django_assert_num_queries):
    for hours in range(2, 8):
        ask(person.id, actor=patient, starts_at=TEN + timedelta(hours=hours))
    with django_assert_num_queries(2):
        seen = api.get_care_settings(person_id=person.id, campus_code="IMC", now=TEN)
    assert len(seen.today) == 6


def test_the_end_of_a_booking_wakes_the_job_that_ends_its_help(settings):
    for kind in ("appointments.cancelled", "appointments.expired"):
        assert "workflows.end_help" in settings.EVENT_JOBS[kind]


def test_a_booking_that_came_to_nothing_takes_its_help_along(person, patient):
    booking = new_id()
    ask(person.id, actor=patient, appointment_id=booking)
    assert api.end_assistance_of(appointment_id=booking, actor=patient, now=TEN) == 1
    assert api.end_assistance_of(appointment_id=booking, actor=patient, now=TEN) == 0
    assert AssistanceRequest.objects.get().state == "CANCELLED"
