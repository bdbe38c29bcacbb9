"""The visit as a line of nodes, derived from events (A16, N01).

A node is DONE when its event happened, SKIPPED when a later step made it needless, NOW for the first that is open, else
TODO. Nothing is guessed: what has no event is not done.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from hospital.appointments.api import get_appointment
from hospital.encounters.api import get_encounter_of_appointment
from hospital.kernel.actors import Actor
from hospital.kernel.events import Event, list_visit_events
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
    TREATED = "TREATED"  # the sessions of what the doctor ordered for the treatment room
    RETURNED = "RETURNED"  # back to the doctor with results
    DRUGS_COLLECTED = "DRUGS_COLLECTED"
    FOLLOW_UP = "FOLLOW_UP"  # the doctor wants to see the patient again
    RATED = "RATED"


AFTERWARDS = frozenset({NodeKind.FOLLOW_UP, NodeKind.RATED})
"""Offered once there is reason to; never what comes next, so that nobody is pressed."""


@dataclass(frozen=True, slots=True)
class Node:
    """One step. `at` is when it was done; `reference` what closed it: a settlement's or a report's id."""

    kind: NodeKind
    state: NodeState
    at: datetime | None
    reference: str = ""


# Which event closes which step, in the order of the visit.
_CLOSED_BY: Mapping[NodeKind, str] = {
    NodeKind.BOOKED: "appointments.booked",
    NodeKind.REGISTRATION_PAID: "billing.settled:registration",
    NodeKind.NUMBER_TAKEN: "encounters.registered",
    NodeKind.CHECKED_IN: "encounters.checked_in",
    NodeKind.CALLED: "encounters.called",
    NodeKind.CONSULTED: "consulted",
    NodeKind.BILL_PAID: "billing.settled:orders",
    NodeKind.SPECIMEN_TAKEN: "results.specimen_received",
    NodeKind.EXAM_DONE: "exams.done",
    NodeKind.REPORT_READY: "results.reported",
    NodeKind.RETURNED: "encounters.done",
    NodeKind.TREATED: "treatments.session_done",
    NodeKind.DRUGS_COLLECTED: "pharmacy.dispensed",
}
# Steps that exist only when the doctor ordered something of the kind.
_NEEDS_ORDER: Mapping[NodeKind, str] = {
    NodeKind.BILL_PAID: "ANY",
    NodeKind.SPECIMEN_TAKEN: "LAB",
    NodeKind.EXAM_DONE: "EXAM",
    NodeKind.REPORT_READY: "LAB",
    NodeKind.DRUGS_COLLECTED: "PRESCRIPTION",
    NodeKind.TREATED: "TREATMENT",
}
# Steps that few visits have: no preview shows them.
_UNFORESEEN = frozenset({NodeKind.TREATED})
# Steps that are done as often as the signed orders say; a corrected report counts once, by its number.
_COUNTED: Mapping[NodeKind, str] = {
    NodeKind.SPECIMEN_TAKEN: "specimens",
    NodeKind.EXAM_DONE: "exams",
    NodeKind.REPORT_READY: "specimens",
    NodeKind.DRUGS_COLLECTED: "prescriptions",
    NodeKind.TREATED: "sessions",
}
# A prescription that is taken back or not collected in time is no longer waited for.
_GIVEN_UP = {"pharmacy.cancelled", "pharmacy.expired"}
# Whoever did not answer the call checks in and is called again.
_UNDOES: Mapping[str, tuple[NodeKind, ...]] = {
    "orders.signed": (NodeKind.BILL_PAID,),  # what is ordered later makes a bill again
    "treatments.ordered": (NodeKind.BILL_PAID,),
    "pharmacy.passed": (NodeKind.BILL_PAID,),  # drugs are charged when the pharmacist has passed them
    "appointments.fee_renewed": (NodeKind.REGISTRATION_PAID,),  # changed to a place with another fee
    "encounters.passed": (NodeKind.CHECKED_IN, NodeKind.CALLED),
}
# Another sample is needed; a session was recorded by mistake.
_TAKES_BACK: Mapping[str, NodeKind] = {
    "results.rejected": NodeKind.SPECIMEN_TAKEN,
    "treatments.session_struck": NodeKind.TREATED,
}
# A consultation that examinations interrupt has happened; the visit is done after the second.
_CONSULTED = {"encounters.sent_away", "encounters.done"}
_ENDING = {"appointments.cancelled", "appointments.expired", "encounters.cancelled"}
# Whoever reached the first of a pair no longer needs the second.
_MADE_NEEDLESS_BY: Mapping[NodeKind, frozenset[NodeKind]] = {
    NodeKind.CALLED: frozenset({NodeKind.CONSULTED}),
    NodeKind.CHECKED_IN: frozenset({NodeKind.CALLED, NodeKind.CONSULTED}),
}


def derive_nodes(events: Iterable[Event]) -> list[Node]:
    """The nodes of one visit from its events, oldest first. A pure function of the events."""
    story = _read(events)
    done = {kind for kind in _CLOSED_BY if story.is_done(kind)}
    if "encounters.sent_away" not in story.happened:
        done.discard(NodeKind.RETURNED)
    nodes = []
    has_now = story.has_ended
    for kind, key in _CLOSED_BY.items():
        if kind is NodeKind.RETURNED and "encounters.sent_away" not in story.happened:
            continue
        if not _is_part(kind, ordered=story.ordered, done=done, was_consulted=NodeKind.CONSULTED in done):
            continue
        state = _state(kind, done=done, has_ended=story.has_ended)
        if state is NodeState.TODO and not has_now:
            state, has_now = NodeState.NOW, True
        closing = story.happened.get(key) if state is NodeState.DONE else None
        nodes.append(
            Node(
                kind=kind,
                state=state,
                at=closing.at if closing else None,
                reference=_reference(closing) if closing else "",
            )
        )
    return [*nodes, *_afterwards(story)]


def _afterwards(story: "_Story") -> Iterable[Node]:
    """A follow-up that was ordered, and the rating of a visit that is over."""
    if "encounters.follow_up_ordered" in story.happened:
        yield Node(kind=NodeKind.FOLLOW_UP, state=NodeState.TODO, at=None)
    done = story.happened.get("encounters.done")
    if done is not None:
        rated = story.happened.get("encounters.rated")
        state = NodeState.DONE if rated else NodeState.TODO
        yield Node(kind=NodeKind.RATED, state=state, at=rated.at if rated else None, reference=done.at.isoformat())


@dataclass(slots=True)
class _Story:
    """What the events say: the one that closes each step, what was ordered, how much of it came."""

    happened: dict[str, Event] = field(default_factory=dict)
    things: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    needed: Counter[str] = field(default_factory=Counter)
    ordered: set[str] = field(default_factory=set)
    has_ended: bool = False

    def is_done(self, kind: NodeKind) -> bool:
        """Whether the step's event happened, as often as it had to."""
        key = _CLOSED_BY[kind]
        if kind not in _COUNTED:
            return key in self.happened
        return len(self.things[key]) >= max(self.needed[_COUNTED[kind]], 1)


_COUNTED_KEYS = {_CLOSED_BY[kind] for kind in _COUNTED}


def _read(events: Iterable[Event]) -> _Story:
    story = _Story()
    for event in events:
        if event.kind == "encounters.follow_up_withdrawn":
            story.happened.pop("encounters.follow_up_ordered", None)
        for key in _keys(event):
            if key in _COUNTED_KEYS:
                if _thing(event) not in story.things[key]:
                    story.happened[key] = event
                story.things[key].add(_thing(event))
            story.happened.setdefault(key, event)
        _count_needed(story, event)
        if event.kind in _TAKES_BACK:
            story.things[_CLOSED_BY[_TAKES_BACK[event.kind]]].discard(_thing(event))
        for kind in _UNDOES.get(event.kind, ()):
            story.happened.pop(_CLOSED_BY[kind], None)
        story.has_ended = story.has_ended or event.kind in _ENDING
    return story


def _count_needed(story: _Story, event: Event) -> None:
    if event.kind == "orders.signed":
        story.ordered.update(event.facts.get("kinds", []))
        story.needed.update({name: event.facts.get(name, 0) for name in set(_COUNTED.values())})
    if event.kind == "treatments.ordered":
        story.ordered.add("TREATMENT")
        story.needed["sessions"] += event.facts.get("sessions", 0)
    if event.kind in {"treatments.stopped", "treatments.session_struck"}:
        story.needed["sessions"] -= event.facts.get("cancelled", 0)
        if story.needed["sessions"] <= 0:
            story.ordered.discard("TREATMENT")
    if event.kind in _GIVEN_UP:
        story.needed["prescriptions"] -= 1
        if story.needed["prescriptions"] <= 0:
            story.ordered.discard("PRESCRIPTION")


def _thing(event: Event) -> str:
    return str(event.facts.get("number", event.subject_id))


def _reference(event: Event) -> str:
    return str(event.facts.get("settlement", event.subject_id))


def _keys(event: Event) -> list[str]:
    if event.kind == "billing.settled":
        return [f"billing.settled:{kind}" for kind in event.facts.get("kinds", [])]
    return [event.kind, "consulted"] if event.kind in _CONSULTED else [event.kind]


def _is_part(kind: NodeKind, *, ordered: set[str], done: set[NodeKind], was_consulted: bool) -> bool:
    """Before the consultation all steps are shown as a preview; after it only those that were ordered."""
    if kind in done or kind not in _NEEDS_ORDER:
        return True
    if not (was_consulted or ordered):
        return kind not in _UNFORESEEN
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
    return derive_nodes(
        list_visit_events(subject_ids=[str(appointment_id)], encounter_ids=[encounter.id] if encounter else [])
    )
