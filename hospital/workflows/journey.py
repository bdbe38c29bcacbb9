"""The visit as a line of nodes, derived from events (A16, N01).

A node is DONE when its event happened, SKIPPED when a later step made it needless, NOW for the first that is open, else
TODO. Nothing is guessed: what has no event is not done.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from hospital.appointments.api import get_appointment
from hospital.encounters.api import get_encounter_of_appointment
from hospital.kernel.actors import Actor
from hospital.kernel.events import Event, list_events
from hospital.patients.api import require_access


class NodeState(StrEnum):
    TODO = "TODO"
    NOW = "NOW"
    DONE = "DONE"
    SKIPPED = "SKIPPED"


class NodeKind(StrEnum):
    BOOKED = "BOOKED"
    REGISTRATION_PAID = "REGISTRATION_PAID"
    NUMBER_TAKEN = "NUMBER_TAKEN"
    CHECKED_IN = "CHECKED_IN"
    CALLED = "CALLED"
    CONSULTED = "CONSULTED"
    BILL_PAID = "BILL_PAID"
    SPECIMEN_TAKEN = "SPECIMEN_TAKEN"
    EXAM_DONE = "EXAM_DONE"
    REPORT_READY = "REPORT_READY"
    DRUGS_COLLECTED = "DRUGS_COLLECTED"


@dataclass(frozen=True, slots=True)
class Node:
    """One step. `at` is when it was done."""

    kind: NodeKind
    state: NodeState
    at: datetime | None


# Which event closes which step, in the order of the visit.
_CLOSED_BY: Mapping[NodeKind, str] = {
    NodeKind.BOOKED: "appointments.booked",
    NodeKind.REGISTRATION_PAID: "billing.settled:registration",
    NodeKind.NUMBER_TAKEN: "encounters.registered",
    NodeKind.CHECKED_IN: "encounters.checked_in",
    NodeKind.CALLED: "encounters.called",
    NodeKind.CONSULTED: "encounters.done",
    NodeKind.BILL_PAID: "billing.settled:orders",
    NodeKind.SPECIMEN_TAKEN: "results.specimen_received",
    NodeKind.EXAM_DONE: "exams.done",
    NodeKind.REPORT_READY: "results.reported",
    NodeKind.DRUGS_COLLECTED: "pharmacy.dispensed",
}
# Steps that exist only when the doctor ordered something of the kind.
_NEEDS_ORDER: Mapping[NodeKind, str] = {
    NodeKind.BILL_PAID: "ANY",
    NodeKind.SPECIMEN_TAKEN: "LAB",
    NodeKind.EXAM_DONE: "EXAM",
    NodeKind.REPORT_READY: "LAB",
    NodeKind.DRUGS_COLLECTED: "PRESCRIPTION",
}
_ENDING = {"appointments.cancelled", "appointments.expired", "encounters.cancelled"}
# Whoever reached the first of a pair no longer needs the second.
_MADE_NEEDLESS_BY: Mapping[NodeKind, frozenset[NodeKind]] = {
    NodeKind.CALLED: frozenset({NodeKind.CONSULTED}),
    NodeKind.CHECKED_IN: frozenset({NodeKind.CALLED, NodeKind.CONSULTED}),
}


def derive_nodes(events: Iterable[Event]) -> list[Node]:
    """The nodes of one visit from its events, oldest first. A pure function of the events."""
    happened: dict[str, datetime] = {}
    ordered: set[str] = set()
    has_ended = False
    for event in events:
        for key in _keys(event):
            happened.setdefault(key, event.at)
        if event.kind == "orders.signed":
            ordered.update(event.facts.get("kinds", []))
            happened.pop(_CLOSED_BY[NodeKind.BILL_PAID], None)  # what is ordered later makes a bill again
        has_ended = has_ended or event.kind in _ENDING
    done = {kind for kind, key in _CLOSED_BY.items() if key in happened}
    nodes = []
    has_now = has_ended
    for kind, key in _CLOSED_BY.items():
        if not _is_part(kind, ordered=ordered, done=done, was_consulted=NodeKind.CONSULTED in done):
            continue
        state = _state(kind, done=done, has_ended=has_ended)
        if state is NodeState.TODO and not has_now:
            state, has_now = NodeState.NOW, True
        nodes.append(Node(kind=kind, state=state, at=happened.get(key)))
    return nodes


def _keys(event: Event) -> list[str]:
    if event.kind == "billing.settled":
        return [f"billing.settled:{kind}" for kind in event.facts.get("kinds", [])]
    return [event.kind]


def _is_part(kind: NodeKind, *, ordered: set[str], done: set[NodeKind], was_consulted: bool) -> bool:
    """Before the consultation all steps are shown as a preview; after it only those that were ordered."""
    if kind in done or kind not in _NEEDS_ORDER or not (was_consulted or ordered):
        return True
    needed = _NEEDS_ORDER[kind]
    return bool(ordered) if needed == "ANY" else needed in ordered


def _state(kind: NodeKind, *, done: set[NodeKind], has_ended: bool) -> NodeState:
    if kind in done:
        return NodeState.DONE
    if has_ended or _MADE_NEEDLESS_BY.get(kind, frozenset()) & done:
        return NodeState.SKIPPED
    return NodeState.TODO


def get_journey(*, appointment_id: UUID, actor: Actor, now: datetime) -> list[Node]:
    """The journey of one booking and of the visit that came of it. Refusals: `UnknownAppointment`, `UnknownPerson`."""
    appointment = get_appointment(appointment_id=appointment_id)
    require_access(actor=actor, person_id=appointment.person_id, now=now)
    encounter = get_encounter_of_appointment(appointment_id=appointment_id)
    events = list_events(subject_id=str(appointment_id))
    if encounter:
        known = {event.id for event in events}
        events += [event for event in list_events(encounter_id=encounter.id) if event.id not in known]
        events.sort(key=lambda event: event.id)
    return derive_nodes(events)
