"""A treatment is ordered, charged by the session, given once each, and stopped with a reason (D54)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from hospital.audit.models import AuditEntry
from hospital.billing.api import get_statement
from hospital.billing.errors import LineNotExecutable
from hospital.billing.models import Charge
from hospital.encounters.errors import NotYourPatient
from hospital.encounters.models import Encounter
from hospital.encounters.tests.clinic import TEN, make_doctor, make_staff
from hospital.kernel.actors import Role
from hospital.kernel.events import list_visit_events
from hospital.kernel.ids import new_id
from hospital.treatments import api as treatments
from hospital.treatments.errors import (
    NotTreatment,
    NotTreatmentStaff,
    NotYourRecord,
    ReactionNoteMissing,
    SessionNotDue,
    SessionNotRecorded,
    SessionTaken,
    StopReasonMissing,
    StrikeReasonMissing,
    TreatmentEnded,
    TreatmentVisitClosed,
)
from hospital.treatments.models import StruckRecord, Treatment, TreatmentSession
from hospital.treatments.states import SessionState, TreatmentState
from hospital.treatments.tests.factories import DRESSING, make_dressing, make_plan
from hospital.treatments.vocabulary import Reaction
from hospital.workflows.errors import TreatmentUnpaid
from hospital.workflows.journey import NodeKind, NodeState, derive_nodes
from hospital.workflows.print_fee_statement import list_fee_lines
from hospital.workflows.sign_visit import SignedVisit
from hospital.workflows.tests.factories import make_story, pay_all
from hospital.workflows.tests.test_two_at_once import TIMES, at_once
from hospital.workflows.treat import (
    give_session,
    list_strikable,
    order_and_charge,
    stop_and_void,
    strike_out_and_reverse,
)

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("D54")]


@pytest.fixture
def story(acquirer):
    found = make_story()
    make_dressing()
    return found


def order(story, *, actor=None, item_code=DRESSING, **plan):
    return order_and_charge(
        encounter_id=story.encounter_id,
        item_code=item_code,
        plan=make_plan(**plan),
        actor=actor or story.scene.doctor,
        now=TEN,
    )


def pay(story, *session_ids):
    charges = Charge.objects.filter(source_id__in=session_ids).values_list("id", flat=True)
    pay_all(story, SignedVisit(note_id=new_id(), order_ids=(), charge_ids=tuple(charges), specimen_ids=()))


def nurse(name="nurse"):
    return make_staff(Role.NURSE, name=name)


def give(session_id, actor, *, days=0, reaction=Reaction.NONE, note=""):
    give_session(session_id=session_id, reaction=reaction, note=note, actor=actor, now=TEN + timedelta(days=days))


def node_of(story):
    events = list_visit_events(subject_ids=[], encounter_ids=[story.encounter_id])
    return next((node for node in derive_nodes(events) if node.kind is NodeKind.TREATED), None)


def test_each_session_is_charged_paid_and_given_by_itself(story):
    new = order(story)
    assert {charge.source_id for charge in Charge.objects.all()} == set(new.session_ids)
    room = nurse()
    with pytest.raises(TreatmentUnpaid):
        give(new.session_ids[0], room)
    assert not TreatmentSession.objects.filter(state=SessionState.DONE).exists()
    pay(story, *new.session_ids)
    for days, session_id in enumerate(new.session_ids):
        give(session_id, room, days=days)
    view = treatments.get_treatment(treatment_id=new.id, actor=story.scene.doctor, now=TEN)
    assert (view.done, view.planned, view.state) == (3, 3, TreatmentState.COMPLETED)
    assert {charge.execution for charge in Charge.objects.all()} == {"EXECUTED"}
    assert AuditEntry.objects.filter(action="treatments.record").count() == 3


def test_what_is_not_a_treatment_not_ones_own_visit_or_not_open_is_refused(story):
    other, _ = make_doctor()
    with pytest.raises(NotYourPatient):
        order(story, actor=other)
    with pytest.raises(NotTreatment):
        order(story, item_code="CBC")
    Encounter.objects.update(state="WAITING")
    with pytest.raises(TreatmentVisitClosed):
        order(story)
    assert not Treatment.objects.exists()
    assert not Charge.objects.exists()


def test_only_the_treatment_room_records_and_a_marked_reaction_is_described(story):
    new = order(story)
    pay(story, *new.session_ids)
    with pytest.raises(NotTreatmentStaff):
        give(new.session_ids[0], story.scene.doctor)
    with pytest.raises(ReactionNoteMissing):
        give(new.session_ids[0], nurse(), reaction=Reaction.MARKED, note=" ")
    with pytest.raises(SessionTaken):
        give(new.session_ids[1], nurse())  # not the next one
    assert not TreatmentSession.objects.filter(state=SessionState.DONE).exists()
    give(new.session_ids[0], nurse(), reaction=Reaction.MARKED, note="Rash")
    with pytest.raises(SessionNotDue):
        give(new.session_ids[1], nurse())
    assert TreatmentSession.objects.filter(state=SessionState.DONE).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_people_cannot_record_the_same_session(story):
    new = order(story)
    pay(story, *new.session_ids)
    nurses = [nurse(f"nurse-{number}") for number in range(TIMES)]
    ends = at_once(lambda number: give(new.session_ids[0], nurses[number]))
    assert ends == {"done": 1, "session_taken": TIMES - 1}
    assert TreatmentSession.objects.filter(state=SessionState.DONE).count() == 1


def test_a_stopped_treatment_charges_no_more_and_tells_what_can_go_back(story):
    new = order(story)
    pay(story, *new.session_ids[:2])
    give(new.session_ids[0], nurse())
    with pytest.raises(StopReasonMissing):
        stop_and_void(treatment_id=new.id, reason=" ", actor=nurse(), now=TEN)
    with pytest.raises(NotTreatmentStaff):
        stop_and_void(treatment_id=new.id, reason="Rash", actor=make_doctor()[0], now=TEN)
    assert stop_and_void(treatment_id=new.id, reason="Rash", actor=story.scene.doctor, now=TEN) == 1
    states = dict(Charge.objects.values_list("source_id", "state"))
    assert [states[each] for each in new.session_ids] == ["SETTLED", "SETTLED", "VOID"]
    with pytest.raises(TreatmentEnded):
        stop_and_void(treatment_id=new.id, reason="Rash", actor=nurse(), now=TEN)
    with pytest.raises(SessionTaken):
        give(new.session_ids[1], nurse(), days=1)


def test_a_session_whose_charge_was_voided_is_not_given(story):
    new = order(story)
    Charge.objects.update(state="VOID")
    with pytest.raises(LineNotExecutable):
        give(new.session_ids[0], nurse())
    assert not TreatmentSession.objects.filter(state=SessionState.DONE).exists()


def test_what_was_signed_and_done_stays(story):
    new = order(story)
    pay(story, *new.session_ids)
    give(new.session_ids[0], nurse())
    for change in (
        lambda: Treatment.objects.update(site="HEAD"),
        lambda: TreatmentSession.objects.filter(pk=new.session_ids[0]).update(note="other"),
        lambda: TreatmentSession.objects.filter(pk=new.session_ids[0]).update(state="PLANNED", done_at=None),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_the_journey_counts_the_sessions_and_forgets_what_was_stopped(story):
    assert node_of(story) is None
    new = order(story)
    pay(story, *new.session_ids)
    node = node_of(story)
    assert node is not None
    assert node.state in {NodeState.NOW, NodeState.TODO}
    give(new.session_ids[0], nurse())
    assert node_of(story).state is not NodeState.DONE
    stop_and_void(treatment_id=new.id, reason="Healed", actor=nurse(), now=TEN)
    assert node_of(story).state is NodeState.DONE


def strike(session_id, actor, *, reason="Wrong patient", days=0):
    strike_out_and_reverse(session_id=session_id, reason=reason, actor=actor, now=TEN + timedelta(days=days))


def execution_of(session_id):
    return Charge.objects.get(source_id=session_id).execution


@pytest.mark.requirement("F48")
def test_sessions_that_cost_the_same_are_one_line_of_the_statement(story):
    new = order(story, sessions=10)
    statement = get_statement(
        person_id=story.scene.person_id, encounter_id=story.encounter_id, actor=make_staff(Role.CASHIER), now=TEN
    )
    sessions = [line for line in statement.lines if line.source_id in new.session_ids]
    assert len(sessions) == 10
    (printed,) = list_fee_lines(lines=sessions)
    assert (printed.quantity, printed.amount) == (10, sum(line.payable for line in sessions))
    assert printed.base_amount == sum(line.base for line in sessions)
    assert printed.patient_amount == sum(line.patient_amount for line in sessions)
    rest = [line for line in statement.lines if line not in sessions]
    assert len(list_fee_lines(lines=[*rest, *sessions])) == len(rest) + 1


@pytest.mark.requirement("N19")
def test_a_wrong_record_is_struck_out_stays_and_is_given_again(story):
    new = order(story, sessions=1)
    pay(story, *new.session_ids)
    (session_id,) = new.session_ids
    someone = nurse()
    give(session_id, someone, reaction=Reaction.MARKED, note="Rash")
    assert treatments.get_session_treatment(session_id=session_id).state is TreatmentState.COMPLETED
    strike(session_id, someone)
    view = treatments.get_session_treatment(session_id=session_id)
    (session,) = view.sessions
    assert (view.state, view.done, session.state) == (TreatmentState.OPEN, 0, SessionState.PLANNED)
    (old,) = session.struck
    assert (old.done_at, old.note, old.reason) == (TEN, "Rash", "Wrong patient")
    assert execution_of(session_id) == "REVERSED"
    assert node_of(story).state is not NodeState.DONE
    with pytest.raises(SessionNotRecorded):
        strike(session_id, someone)
    with pytest.raises(IntegrityError), transaction.atomic():
        StruckRecord.objects.all().delete()
    give(session_id, nurse())
    assert execution_of(session_id) == "EXECUTED"
    assert node_of(story).state is NodeState.DONE


def test_who_may_strike_out_a_record(story):
    new = order(story)
    pay(story, *new.session_ids)
    session_id, someone = new.session_ids[0], nurse()
    give(session_id, someone)
    view = treatments.get_session_treatment(session_id=session_id)
    for actor, days, refusal in (
        (nurse(), 0, NotYourRecord),
        (someone, 1, NotYourRecord),
        (make_doctor()[0], 0, NotTreatmentStaff),
    ):
        now = TEN + timedelta(days=days)
        assert not list_strikable(treatment=view, actor=actor, now=now)
        with pytest.raises(refusal):
            strike(session_id, actor, days=days)
    with pytest.raises(StrikeReasonMissing):
        strike(session_id, someone, reason=" ")
    assert (TreatmentSession.objects.filter(state="DONE").count(), StruckRecord.objects.count()) == (1, 0)
    assert execution_of(session_id) == "EXECUTED"
    assert list_strikable(treatment=view, actor=someone, now=TEN) == {session_id}
    strike(session_id, story.scene.doctor, days=3)
    assert StruckRecord.objects.get().struck_by_id is not None


def test_a_record_of_a_stopped_treatment_is_left_out_and_can_be_refunded(story):
    new = order(story)
    pay(story, *new.session_ids)
    someone = nurse()
    give(new.session_ids[0], someone)
    stop_and_void(treatment_id=new.id, reason="Healed", actor=someone, now=TEN)
    strike(new.session_ids[0], someone)
    view = treatments.get_session_treatment(session_id=new.session_ids[0])
    assert view.state is TreatmentState.STOPPED
    assert {each.state for each in view.sessions} == {SessionState.CANCELLED}
    assert execution_of(new.session_ids[0]) == "REVERSED"
    assert node_of(story) is None


@pytest.mark.django_db(transaction=True)
def test_five_who_strike_out_one_record_are_one(story):
    new = order(story)
    pay(story, *new.session_ids)
    someone = nurse()
    give(new.session_ids[0], someone)
    outcomes = at_once(lambda _: strike(new.session_ids[0], someone))
    assert outcomes == {"done": 1, "session_not_recorded": TIMES - 1}
    assert StruckRecord.objects.count() == 1
