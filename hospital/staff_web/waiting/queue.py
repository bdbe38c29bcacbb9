"""Everybody who is here today at the nurse's campus, for the triage desk."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hospital.encounters.api import TriageCard, list_campus_day, list_lines, list_triages
from hospital.encounters.states import EncounterState
from hospital.encounters.types import EncounterCard
from hospital.kernel.actors import Actor
from hospital.kernel.clock import local_day
from hospital.patients.api import list_people
from hospital.patients.types import PersonCard
from hospital.staff_web.registration.words import ENCOUNTER_WORDS, StateWord, priority_word

LEVEL_WORDS: dict[int, StateWord] = {
    1: StateWord("danger", _("Level 1: at once")),
    2: StateWord("warn", _("Level 2: very soon")),
    3: StateWord("wait", _("Level 3: soon")),
    4: StateWord("plain", _("Level 4: can wait")),
}
_HERE = {
    EncounterState.CHECKED_IN,
    EncounterState.WAITING,
    EncounterState.PASSED,
    EncounterState.REGISTERED,
    EncounterState.AWAY,
}


@dataclass(frozen=True, slots=True)
class TriageRow:
    """One visit with its latest assessment."""

    visit: EncounterCard
    person: PersonCard
    triage: TriageCard | None

    @property
    def word(self) -> StateWord:
        """Why it goes first, or its level, or how far it is."""
        if word := priority_word(self.visit):
            return word
        return LEVEL_WORDS[self.triage.level] if self.triage else ENCOUNTER_WORDS[self.visit.state]


@dataclass(frozen=True, slots=True)
class TriageGroup:
    """Rows of one kind."""

    title: Promise
    rows: tuple[TriageRow, ...]


def list_triage_groups(*, actor: Actor, now: datetime) -> list[TriageGroup]:
    """Those to assess by check-in, those who wait in the order of their lines; a fixed number of statements."""
    today = local_day(now)
    visits = [each for each in list_campus_day(campus_code=actor.campus_code, day=today) if each.state in _HERE]
    people = list_people(actor=actor, person_ids={visit.person_id for visit in visits}, now=now)
    triages = list_triages(encounter_ids=[visit.id for visit in visits])
    lines = list_lines(clinician_ids={visit.clinician_id for visit in visits}, day=today)
    places = {visit: place for line in lines.values() for place, visit in enumerate(line)}
    rows = [
        TriageRow(visit, people[visit.person_id], triages.get(visit.id))
        for visit in visits
        if visit.person_id in people
    ]
    rows.sort(key=lambda row: (places.get(row.visit.id, 0), row.visit.checked_in_at or now))

    def group(title: Promise, *states: EncounterState) -> TriageGroup:
        return TriageGroup(title, tuple(row for row in rows if row.visit.state in states))

    groups = [
        group(_("To assess"), EncounterState.CHECKED_IN),
        group(_("Waiting"), EncounterState.WAITING),
        group(_("Did not answer"), EncounterState.PASSED),
        group(_("At examinations"), EncounterState.AWAY),
        group(_("Not checked in yet"), EncounterState.REGISTERED),
    ]
    return [each for each in groups if each.rows]
