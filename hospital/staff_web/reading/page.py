"""What every page of the reading room shows: the list beside the report, as the reader filtered it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from hospital.campuses.api import list_campuses
from hospital.kernel.actors import Actor, Role
from hospital.kernel.watching import watch_address
from hospital.patients.api import list_people
from hospital.patients.types import PersonCard
from hospital.results.api import list_readings, reading_topic
from hospital.results.types import ExamKind, ReadingFilter, ReadingPage, ReadingStage, ReadingView
from hospital.staff_web.access import actor_of
from hospital.staff_web.desks import READING
from hospital.staff_web.doctor.exam_fields import KIND_NAMES
from hospital.staff_web.registration.words import StateWord

STAGES: Mapping[ReadingStage, Promise] = {
    ReadingStage.FIRST: _("First reading"),
    ReadingStage.SECOND: _("Second reading"),
    ReadingStage.AMENDING: _("Amendment not signed"),
}
_HASTE: tuple[Promise, ...] = (_("Emergency"), _("Urgent"), _("Routine"))
_KEYS = ("kind", "modality", "stage", "campus")
_KEPT = "reading_filter"


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """One examination and whose it is; no name where the reader may not see the person."""

    view: ReadingView
    person: PersonCard | None
    is_mine: bool

    @property
    def word(self) -> StateWord | None:
        """Who has it, else what is waited for beside the first reading."""
        if self.is_mine:
            return None
        if self.view.reader_id:
            return StateWord("busy", str(self.view.reader))
        if self.view.stage is ReadingStage.SECOND:
            return StateWord("info", _t("Read by %(name)s") % {"name": self.view.first_reader})
        if self.view.stage is ReadingStage.AMENDING:
            return StateWord("warn", STAGES[self.view.stage])
        return None


@dataclass(frozen=True, slots=True)
class ReadingGroup:
    """Rows of one urgency, or those the reader has taken."""

    title: Promise
    rows: list[ReadingRow]


def read_filter(request: HttpRequest) -> ReadingFilter:
    """As it stands in the address, else as the reader last set it; what cannot be is left out."""
    if any(key in request.GET for key in _KEYS):
        request.session[_KEPT] = {key: request.GET.get(key, "")[:20] for key in _KEYS}
    kept = request.session.get(_KEPT, {})
    kind, stage = kept.get("kind", ""), kept.get("stage", "")
    return ReadingFilter(
        kind=ExamKind(kind) if kind in set(ExamKind) else None,
        modality=kept.get("modality", ""),
        stage=ReadingStage(stage) if stage in set(ReadingStage) else None,
        campus_code=kept.get("campus", actor_of(request).campus_code),
    )


def reading_context(request: HttpRequest, *, current: str = "", **more: Any) -> dict[str, Any]:
    """The list with its filter, and how it is kept fresh. `current`: the examination that is open."""
    actor, now = actor_of(request), timezone.now()
    wanted = read_filter(request)
    number = request.GET.get("page", "")
    page = list_readings(wanted=wanted, page=int(number) if number.isdecimal() else 1, actor=actor, now=now)
    campuses = actor.campuses_of(Role.DOCTOR)
    watched = {wanted.campus_code} & campuses if wanted.campus_code else campuses
    return {
        "desk_code": READING.code,
        "found": page,
        "groups": list_groups(page, actor=actor, now=now),
        "current": current,
        "wanted": wanted,
        "kept": urlencode({"page": page.page}),
        "kinds": [(each, KIND_NAMES[each]) for each in ExamKind],
        "stages": list(STAGES.items()),
        "campuses": [each for each in list_campuses() if each.code in campuses] if len(campuses) > 1 else [],
        "live": watch_address(topics=[reading_topic(code) for code in watched], now=now),
        **more,
    }


def list_groups(page: ReadingPage, *, actor: Actor, now: datetime) -> list[ReadingGroup]:
    """What the reader has taken, then by urgency."""
    views = (*page.mine, *page.rows)
    people = list_people(actor=actor, person_ids={view.person_id for view in views}, now=now)
    rows = [ReadingRow(view, people.get(view.person_id), view.reader_id == actor.id) for view in views]
    mine, others = rows[: len(page.mine)], rows[len(page.mine) :]
    groups = [ReadingGroup(_("You are reading"), mine)]
    groups += [
        ReadingGroup(title, [row for row in others if row.view.haste == haste]) for haste, title in enumerate(_HASTE)
    ]
    return [group for group in groups if group.rows]
