"""Asked every second or two: a version that changes with what happens to the account's people (A16, N09)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hospital.encounters.api import move_encounter
from hospital.encounters.models import Encounter
from hospital.encounters.states import EncounterState
from hospital.encounters.tests.clinic import TEN, make_person
from hospital.kernel.actors import system_actor
from hospital.kernel.events import record_event
from hospital.kernel.ids import new_id
from hospital.kernel.types import BilingualText
from hospital.notifications.api import post_messages
from hospital.notifications.types import NewMessage
from hospital.patient_api.tests.callers import Caller, code_of
from hospital.patient_api.tests.factories import answer_of, check_in

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A16", "W31")]

DESK = system_actor("desk")


def version_of(caller):
    return answer_of(caller.get("/live"))["version"]


def wait_in_queue(booking):
    visit = answer_of(booking.owner.post(f"/appointments/{booking.appointment_id}/number"))
    check_in(booking)
    return Encounter.objects.get(pk=visit["id"])


def test_it_stays_the_same_while_nothing_happens_and_takes_one_statement(booking):
    first = version_of(booking.owner)
    with CaptureQueriesContext(connection) as statements:
        assert version_of(booking.owner) == first
    assert len(statements) == 1


def test_the_known_version_is_answered_with_304_and_no_body(booking):
    answer = booking.owner.get("/live")
    headers = booking.owner._headers() | {"If-None-Match": answer["ETag"]}
    again = booking.owner.client.get("/api/live", headers=headers)
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", answer["ETag"])
    headers["If-None-Match"] = '"another"'
    assert booking.owner.client.get("/api/live", headers=headers).status_code == 200


def test_each_act_of_a_desk_changes_it(booking):
    seen = [version_of(booking.owner)]
    encounter = wait_in_queue(booking)
    seen.append(version_of(booking.owner))
    for target in (EncounterState.CALLED, EncounterState.IN_CONSULT, EncounterState.DONE):
        move_encounter(encounter_id=encounter.id, target=target, actor=DESK, now=TEN)
        seen.append(version_of(booking.owner))
    assert len(set(seen)) == len(seen)


def test_somebody_called_before_changes_it_too(booking):
    encounter = wait_in_queue(booking)
    before = Encounter.objects.create(
        number="OP-261125-9999",
        person=make_person(),
        campus_id=encounter.campus_id,
        department_id=encounter.department_id,
        clinician_id=encounter.clinician_id,
        service_line="INTL",
        state="CHECKED_IN",
        queue_number="A900",
        queue_on=encounter.queue_on,
        registered_at=TEN,
        checked_in_at=TEN - timedelta(minutes=5),
        due_at=encounter.due_at - timedelta(minutes=30),
    )
    known = version_of(booking.owner)
    move_encounter(encounter_id=before.id, target=EncounterState.CALLED, actor=DESK, now=TEN)
    assert version_of(booking.owner) != known


def test_an_event_of_a_stranger_does_not(booking, stranger):
    known, theirs = version_of(booking.owner), version_of(stranger)
    record_event(kind="encounters.called", subject_id="x", person_id=new_id(), now=TEN)
    assert (version_of(booking.owner), version_of(stranger)) == (known, theirs)
    assert known != theirs


def test_a_message_counts_as_unread(booking):
    known = answer_of(booking.owner.get("/live"))
    account = answer_of(booking.owner.get("/account"))["id"]
    post_messages(
        account_ids=[account],
        message=NewMessage(kind="announcement", key="a", title=BilingualText("停诊", "Clinic closed")),
        now=TEN,
    )
    fresh = answer_of(booking.owner.get("/live"))
    assert fresh["unread"] == known["unread"] + 1
    assert fresh["version"] != known["version"]


def test_it_is_for_the_signed_in_only():
    for caller in (Caller(), Caller(token="no-such-token")):
        answer = caller.get("/live")
        assert (answer.status_code, code_of(answer)) == (401, "not_signed_in")
