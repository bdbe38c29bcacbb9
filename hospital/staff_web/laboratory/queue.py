"""The laboratory's queue in groups, the critical first."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from hospital.kernel.actors import Actor
from hospital.patients.api import list_people
from hospital.patients.types import PersonCard
from hospital.results.api import list_laboratory_queue
from hospital.results.states import SpecimenState
from hospital.results.types import SpecimenView
from hospital.staff_web.laboratory.words import SPECIMEN_WORDS
from hospital.staff_web.registration.words import StateWord
from hospital.workflows.report_results import list_unpaid_specimens

OPEN = {SpecimenState.REQUESTED, SpecimenState.COLLECTED, SpecimenState.RECEIVED, SpecimenState.RESULTED}


@dataclass(frozen=True, slots=True)
class SpecimenRow:
    """One specimen in the queue."""

    specimen: SpecimenView
    person: PersonCard
    is_unpaid: bool

    @property
    def word(self) -> StateWord:
        """The one thing to know about it."""
        specimen = self.specimen
        if specimen.critical:
            return StateWord("danger", _("Critical, call"), "phone")
        if specimen.state is SpecimenState.REJECTED:
            return StateWord("danger", specimen.reject_reason)
        if self.is_unpaid and specimen.state in {SpecimenState.REQUESTED, SpecimenState.COLLECTED}:
            return StateWord("warn", _("Emergency, unpaid") if specimen.is_emergency else _("Not paid"))
        if specimen.state is SpecimenState.RESULTED and specimen.flagged:
            text = ngettext("%(number)s flagged", "%(number)s flagged", specimen.flagged) % {"number": specimen.flagged}
            return StateWord("warn", text)
        return SPECIMEN_WORDS[specimen.state]

    @property
    def at(self) -> datetime:
        """The time beside the name."""
        specimen = self.specimen
        return specimen.rejected_at or specimen.received_at or specimen.collected_at or specimen.requested_at


@dataclass(frozen=True, slots=True)
class SpecimenGroup:
    """Rows of one kind."""

    title: Promise
    rows: tuple[SpecimenRow, ...]


def list_queue(*, actor: Actor, now: datetime) -> list[SpecimenGroup]:
    """The specimens of the actor's campus in groups; a fixed number of statements."""
    specimens = list_laboratory_queue(campus_code=actor.campus_code, actor=actor, now=now)
    people = list_people(actor=actor, person_ids={each.person_id for each in specimens}, now=now)
    unpaid: frozenset[UUID] = list_unpaid_specimens(specimens=specimens)
    rows = [
        SpecimenRow(each, people[each.person_id], each.id in unpaid) for each in specimens if each.person_id in people
    ]

    def group(title: Promise, belongs: Callable[[SpecimenView], bool]) -> SpecimenGroup:
        return SpecimenGroup(title, tuple(row for row in rows if belongs(row.specimen)))

    def calm(*states: SpecimenState) -> Callable[[SpecimenView], bool]:
        return lambda each: each.state in states and not is_call_open(each)

    groups = [
        group(_("Critical — call now"), is_call_open),
        group(_("Needs the second person"), calm(SpecimenState.RESULTED)),
        group(_("Being examined"), calm(SpecimenState.RECEIVED)),
        group(_("On the way"), calm(SpecimenState.COLLECTED)),
        group(_("To be drawn"), calm(SpecimenState.REQUESTED)),
        group(_("Not usable"), calm(SpecimenState.REJECTED)),
        group(_("Verified"), calm(SpecimenState.VERIFIED)),
    ]
    return [each for each in groups if each.rows]


def is_call_open(specimen: SpecimenView) -> bool:
    """Whether a critical value of an open specimen still has to be called."""
    return bool(specimen.critical) and specimen.state in OPEN


def count_open(groups: list[SpecimenGroup]) -> int:
    """How many specimens still need work."""
    return sum(row.specimen.state in OPEN for group in groups for row in group.rows)
