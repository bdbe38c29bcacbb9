"""The visit as a line of nodes, derived from events alone (A16, N01)."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hospital.encounters.tests.clinic import TEN
from hospital.kernel.events import Event
from hospital.workflows.journey import AFTERWARDS, NodeKind, NodeState, derive_nodes

pytestmark = pytest.mark.requirement("A16", "N01")

REGISTRATION = ("billing.settled", {"kinds": ["registration"]})
ORDERS = ("billing.settled", {"kinds": ["orders"]})
EVERYTHING = ("orders.signed", {"kinds": ["LAB", "EXAM", "PRESCRIPTION"]})
EVERY_VISIT = [kind for kind in NodeKind if kind not in {NodeKind.RETURNED, NodeKind.TREATED, *AFTERWARDS}]
STORY = (
    "appointments.held",
    "appointments.booked",
    REGISTRATION,
    "encounters.registered",
    "encounters.checked_in",
    "encounters.called",
    "encounters.consult_started",
    EVERYTHING,
    "encounters.done",
    ORDERS,
    "results.specimen_received",
    "exams.done",
    "results.reported",
    "pharmacy.dispensed",
)


def events_of(*story):
    """Events a minute apart, the first at ten o'clock."""
    steps = [step if isinstance(step, tuple) else (step, {}) for step in story]
    return [
        Event(
            id=number, at=TEN + number * timedelta(minutes=1), kind=kind, subject_id="a", encounter_id=None, facts=facts
        )
        for number, (kind, facts) in enumerate(steps)
    ]


def line(*story):
    """The nodes as `BOOKED DONE`."""
    return [f"{node.kind} {node.state}" for node in derive_nodes(events_of(*story))]


def states(*story):
    return {node.kind: node.state for node in derive_nodes(events_of(*story))}


def test_before_anything_happened_the_first_step_is_now_and_the_rest_is_to_do():
    assert line() == ["BOOKED NOW", *(f"{kind} TODO" for kind in EVERY_VISIT[1:])]


def test_each_step_of_the_story_closes_its_node_and_the_next_is_now():
    for length in range(2, len(STORY)):
        found = states(*STORY[:length])
        done = [kind for kind, state in found.items() if state is NodeState.DONE]
        assert done == list(found)[: len(done)]
        assert list(found.values())[len(done)] is NodeState.NOW
        assert set(list(found.values())[len(done) + 1 :]) <= {NodeState.TODO}


def test_the_finished_visit_is_done_to_the_last_node_with_its_instants():
    nodes = [node for node in derive_nodes(events_of(*STORY)) if node.kind not in AFTERWARDS]
    assert [node.kind for node in nodes] == EVERY_VISIT
    assert {node.state for node in nodes} == {NodeState.DONE}
    assert nodes[0].at == TEN + timedelta(minutes=1)
    assert [node.at for node in nodes] == sorted(node.at for node in nodes if node.at)


@pytest.mark.parametrize(
    ("ordered", "shown"),
    [
        ([], set()),
        (["PRESCRIPTION"], {NodeKind.BILL_PAID, NodeKind.DRUGS_COLLECTED}),
        (["LAB"], {NodeKind.BILL_PAID, NodeKind.SPECIMEN_TAKEN, NodeKind.REPORT_READY}),
        (["EXAM"], {NodeKind.BILL_PAID, NodeKind.EXAM_DONE}),
    ],
)
def test_after_the_consultation_only_what_was_ordered_is_shown(ordered, shown):
    signed = [("orders.signed", {"kinds": [kind]}) for kind in ordered]
    found = set(states(*STORY[:7], *signed, "encounters.done"))
    assert found - set(list(NodeKind)[:6]) - AFTERWARDS == shown


def test_what_was_not_paid_is_not_shown_as_paid():
    found = states("appointments.booked", "encounters.registered", ORDERS)
    assert found[NodeKind.REGISTRATION_PAID] is NodeState.NOW
    assert found[NodeKind.NUMBER_TAKEN] is NodeState.DONE


def test_whoever_was_seen_without_checking_in_or_being_called_skipped_it():
    found = states("appointments.booked", REGISTRATION, "encounters.registered", "encounters.done")
    assert found[NodeKind.CHECKED_IN] is found[NodeKind.CALLED] is NodeState.SKIPPED
    assert found[NodeKind.CONSULTED] is NodeState.DONE


@pytest.mark.parametrize("ending", ["appointments.cancelled", "appointments.expired", "encounters.cancelled"])
def test_after_an_ending_nothing_is_left_to_do(ending):
    found = states("appointments.held", "appointments.booked", ending)
    assert found[NodeKind.BOOKED] is NodeState.DONE
    assert set(list(found.values())[1:]) == {NodeState.SKIPPED}


def test_the_first_time_counts():
    nodes = derive_nodes(events_of("appointments.booked", "encounters.called", "encounters.called"))
    assert {node.kind: node.at for node in nodes}[NodeKind.CALLED] == TEN + timedelta(minutes=1)


def test_what_is_ordered_after_paying_makes_a_bill_again():
    paid = (*STORY[:10],)
    again = (*paid, ("orders.signed", {"kinds": ["LAB"]}))
    assert states(*paid)[NodeKind.BILL_PAID] is NodeState.DONE
    assert states(*again)[NodeKind.BILL_PAID] is NodeState.NOW
    assert states(*again, ORDERS)[NodeKind.BILL_PAID] is NodeState.DONE


def test_a_finished_visit_can_be_rated_and_a_follow_up_stands_until_it_is_withdrawn():
    found = states(*STORY)
    assert (found[NodeKind.RATED], NodeKind.FOLLOW_UP in found) == (NodeState.TODO, False)
    assert NodeKind.RATED not in states(*STORY[:8])
    asked = [*STORY[:8], "encounters.follow_up_ordered"]
    assert states(*asked)[NodeKind.FOLLOW_UP] is NodeState.TODO
    assert NodeKind.FOLLOW_UP not in states(*asked, "encounters.follow_up_withdrawn")
    assert NodeKind.FOLLOW_UP in states(*asked, "encounters.follow_up_withdrawn", "encounters.follow_up_ordered")
    assert states(*STORY, "encounters.rated")[NodeKind.RATED] is NodeState.DONE


AFTER = ["encounters.follow_up_ordered", "encounters.follow_up_withdrawn", "encounters.rated"]


@given(st.lists(st.sampled_from([*STORY, *AFTER, "appointments.cancelled", "unknown.thing"]), max_size=20))
def test_whatever_happened_the_line_is_in_order_with_at_most_one_now(story):
    nodes = derive_nodes(events_of(*story))
    kinds = [node.kind for node in nodes]
    assert kinds == [kind for kind in NodeKind if kind in kinds]
    assert [node.state for node in nodes].count(NodeState.NOW) <= 1
    for node in nodes:
        assert (node.at is not None) == (node.state is NodeState.DONE)


@pytest.mark.requirement("A06")
def test_who_is_sent_to_examinations_goes_back_to_the_doctor_with_the_results():
    away = [*STORY[:8], "encounters.sent_away"]
    found = states(*away, ORDERS, "results.specimen_received", "exams.done", "results.reported")
    assert (found[NodeKind.CONSULTED], found[NodeKind.RETURNED]) == (NodeState.DONE, NodeState.NOW)
    back = [*away, ORDERS, "encounters.checked_in", "encounters.called", "encounters.passed"]
    found = states(*back)
    assert (found[NodeKind.CHECKED_IN], found[NodeKind.RETURNED]) == (NodeState.SKIPPED, NodeState.TODO)
    assert states(*back, "encounters.called", "encounters.done")[NodeKind.RETURNED] is NodeState.DONE
