"""The doctor's queue of today, in groups."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hospital.encounters.api import list_doctor_queue, list_lines
from hospital.encounters.states import EncounterState
from hospital.encounters.types import EncounterCard
from hospital.kernel.actors import Actor
from hospital.kernel.clock import local_day
from hospital.patients.api import list_people
from hospital.patients.types import PersonCard
from hospital.staff_web.registration.words import ENCOUNTER_WORDS, StateWord, priority_word

IN_ROOM = {EncounterState.CALLED, EncounterState.IN_CONSULT}
WAITING = {EncounterState.CHECKED_IN, EncounterState.WAITING}


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One visit in the queue."""

    visit: EncounterCard
    person: PersonCard

    @property
    def word(self) -> StateWord:
        """How far it is; for those who wait, why they go first and that an interpreter is needed."""
        if self.visit.state in WAITING and (word := priority_word(self.visit)):
            return word
        if self.person.needs_interpreter and self.visit.state in IN_ROOM | WAITING:
            return StateWord("info", _("Interpreter"), "chat")
        return ENCOUNTER_WORDS[self.visit.state]

    @property
    def since(self) -> datetime | None:
        """From when the patient waits, for those who do."""
        return self.visit.checked_in_at if self.visit.state in WAITING else None

    @property
    def at(self) -> datetime | None:
        """The time beside the name of those who do not wait."""
        return self.visit.done_at or self.visit.consult_started_at or self.visit.called_at or self.visit.due_at


@dataclass(frozen=True, slots=True)
class QueueGroup:
    """Rows of one kind."""

    title: Promise
    rows: tuple[QueueRow, ...]


def list_queue(*, actor: Actor, now: datetime) -> list[QueueGroup]:
    """Today's visits of the doctor in groups; a fixed number of statements."""
    today = local_day(now)
    visits = list_doctor_queue(clinician_user_id=UUID(actor.id), day=today)
    lines = list_lines(clinician_ids={visit.clinician_id for visit in visits}, day=today)
    places = {each: place for line in lines.values() for place, each in enumerate(line)}
    visits.sort(key=lambda visit: places.get(visit.id, -1))
    people = list_people(actor=actor, person_ids={visit.person_id for visit in visits}, now=now)
    rows = [QueueRow(visit, people[visit.person_id]) for visit in visits if visit.person_id in people]

    def group(title: Promise, belongs: Callable[[EncounterCard], bool]) -> QueueGroup:
        return QueueGroup(title, tuple(row for row in rows if belongs(row.visit)))

    groups = [
        group(_("In the room"), lambda visit: visit.state in IN_ROOM),
        group(_("Waiting"), lambda visit: visit.state in WAITING),
        group(_("At examinations"), lambda visit: visit.state is EncounterState.AWAY),
        group(_("Did not answer"), lambda visit: visit.state is EncounterState.PASSED),
        group(_("Not checked in yet"), lambda visit: visit.state is EncounterState.REGISTERED),
        group(_("Seen today"), lambda visit: visit.state is EncounterState.DONE),
    ]
    return [each for each in groups if each.rows]


def count_waiting(groups: list[QueueGroup]) -> int:
    """How many wait."""
    return sum(row.visit.state in WAITING for group in groups for row in group.rows)
