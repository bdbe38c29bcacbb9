"""The list of the treatment room by what is to be done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hospital.kernel.actors import Actor
from hospital.kernel.clock import local_day
from hospital.patients.api import list_people
from hospital.patients.types import PersonCard
from hospital.staff_web.registration.words import StateWord
from hospital.treatments.api import list_room_treatments
from hospital.treatments.states import TreatmentState
from hospital.treatments.types import TreatmentView
from hospital.workflows.treat import list_unpaid_treatments

STATE_WORDS = {
    TreatmentState.OPEN: StateWord("info", pgettext_lazy("treatment", "Open"), "half"),
    TreatmentState.COMPLETED: StateWord("ok", pgettext_lazy("treatment", "Completed")),
    TreatmentState.STOPPED: StateWord("plain", pgettext_lazy("treatment", "Stopped"), "close"),
}
_UNPAID = StateWord("warn", _("Not paid yet"), "wallet")
_DUE = StateWord("info", pgettext_lazy("treatment", "Due"), "half")


@dataclass(frozen=True, slots=True)
class RoomRow:
    """One treatment in the list. `is_unpaid` speaks of its next session."""

    view: TreatmentView
    person: PersonCard
    is_unpaid: bool

    @property
    def word(self) -> StateWord:
        """The one thing to know about it."""
        if not self.view.is_due:
            return STATE_WORDS[self.view.state]
        return _UNPAID if self.is_unpaid else _DUE


@dataclass(frozen=True, slots=True)
class RoomGroup:
    """Treatments of one kind."""

    title: Promise
    rows: tuple[RoomRow, ...]


def list_room(*, actor: Actor, now: datetime) -> list[RoomGroup]:
    """The treatments of the actor's campus: due today, given today, later; a fixed number of statements."""
    views = list_room_treatments(campus_code=actor.campus_code, actor=actor, now=now)
    people = list_people(actor=actor, person_ids={view.person_id for view in views}, now=now)
    unpaid = list_unpaid_treatments(treatments=views)
    given = {view.id for view in views if was_given_on(view, now=now)}
    due = [view for view in views if view.is_due]
    done = [view for view in views if not view.is_due and view.id in given]
    groups = (
        RoomGroup(_("Due today"), _rows(due, people=people, unpaid=unpaid)),
        RoomGroup(_("Given today"), _rows(done, people=people, unpaid=unpaid)),
        RoomGroup(
            _("Later or ended"),
            _rows((view for view in views if view not in due and view not in done), people=people, unpaid=unpaid),
        ),
    )
    return [group for group in groups if group.rows]


def was_given_on(view: TreatmentView, *, now: datetime) -> bool:
    """Whether a session was given on the day of `now`."""
    return any(each.done_at and local_day(each.done_at) == local_day(now) for each in view.sessions)


def _rows(
    views: Iterable[TreatmentView], *, people: dict[UUID, PersonCard], unpaid: frozenset[UUID]
) -> tuple[RoomRow, ...]:
    return tuple(RoomRow(view, people[view.person_id], view.id in unpaid) for view in views if view.person_id in people)
