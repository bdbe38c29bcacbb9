"""How far a visit is, as the banner of a desk draws it: the nodes that the patient follows, in a desk's words (A16)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from hospital.encounters.types import EncounterCard
from hospital.kernel.events import list_visit_events
from hospital.workflows.journey import AFTERWARDS, NodeKind, NodeState, derive_nodes

_WORDS: Mapping[NodeKind, Promise] = {
    NodeKind.BOOKED: pgettext_lazy("journey", "Booked"),
    NodeKind.REGISTRATION_PAID: pgettext_lazy("journey", "Fee paid"),
    NodeKind.NUMBER_TAKEN: pgettext_lazy("journey", "Number"),
    NodeKind.CHECKED_IN: pgettext_lazy("journey", "Here"),
    NodeKind.CALLED: pgettext_lazy("journey", "Called"),
    NodeKind.CONSULTED: pgettext_lazy("journey", "Seen"),
    NodeKind.BILL_PAID: pgettext_lazy("journey", "Bill paid"),
    NodeKind.SPECIMEN_TAKEN: pgettext_lazy("journey", "Sample"),
    NodeKind.EXAM_DONE: pgettext_lazy("journey", "Examined"),
    NodeKind.REPORT_READY: pgettext_lazy("journey", "Report"),
    NodeKind.RETURNED: pgettext_lazy("journey", "Back again"),
    NodeKind.TREATED: pgettext_lazy("journey", "Treated"),
    NodeKind.DRUGS_COLLECTED: pgettext_lazy("journey", "Medicine"),
    NodeKind.FOLLOW_UP: pgettext_lazy("journey", "Follow-up"),
    NodeKind.RATED: pgettext_lazy("journey", "Rated"),
}
_STATES: Mapping[NodeState, tuple[str, str, Promise]] = {
    NodeState.DONE: ("ok", "check", pgettext_lazy("journey", "done")),
    NodeState.NOW: ("brand", "right", pgettext_lazy("journey", "now")),
    NodeState.TODO: ("plain", "clock", pgettext_lazy("journey", "to do")),
    NodeState.SKIPPED: ("plain", "minus", pgettext_lazy("journey", "left out")),
}


@dataclass(frozen=True, slots=True)
class JourneyMark:
    """One node: kind of tag, shape, word, and its state for who does not see the shape."""

    kind: str
    shape: str
    word: Promise
    state: Promise
    at: datetime | None


def list_journey(*, visit: EncounterCard) -> tuple[JourneyMark, ...]:
    """The nodes of a visit, from its events, in one statement. What comes after the visit is the patient's alone."""
    events = list_visit_events(subject_ids=[str(visit.appointment_id or visit.id)], encounter_ids=[visit.id])
    return tuple(
        JourneyMark(*_STATES[node.state][:2], _WORDS[node.kind], _STATES[node.state][2], node.at)
        for node in derive_nodes(events)
        if node.kind not in AFTERWARDS
    )
