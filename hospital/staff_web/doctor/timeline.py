"""What is known of a person, newest first: notes, prescriptions, reports of all campuses."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hospital.encounters.api import list_encounters
from hospital.kernel.actors import Actor
from hospital.kernel.types import BilingualText
from hospital.orders.api import list_person_orders
from hospital.orders.types import OrderKind
from hospital.records.api import list_person_notes
from hospital.results.api import list_reports

MOST_ENTRIES = 12
_ICONS = {OrderKind.PRESCRIPTION: "pill", OrderKind.LAB: "flask", OrderKind.EXAM: "scan"}


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One thing that happened. `report_id` leads to a laboratory report, `encounter_id` to the visit."""

    at: datetime
    icon: str
    place: BilingualText | Promise
    texts: tuple[BilingualText, ...]
    encounter_id: UUID
    report_id: UUID | None = None
    flagged: int = 0
    is_critical: bool = False
    is_held: bool = False


def list_timeline(*, person_id: UUID, actor: Actor, now: datetime) -> list[TimelineEntry]:
    """The newest entries. Refuses `NoCareRelation`, `UnknownPerson`."""
    notes = list_person_notes(person_id=person_id, actor=actor, now=now, limit=MOST_ENTRIES)
    orders = list_person_orders(person_id=person_id, actor=actor, now=now, limit=MOST_ENTRIES)
    reports = list_reports(person_id=person_id, actor=actor, now=now, limit=MOST_ENTRIES)
    visits = list_encounters(
        encounter_ids={
            *(note.encounter_id for note in notes),
            *(order.encounter_id for order in orders),
        }
    )
    entries = [
        TimelineEntry(
            at=note.signed_at or note.written_at,
            icon="doc",
            place=visits[note.encounter_id].department_name,
            texts=tuple(diagnosis.name for diagnosis in note.diagnoses),
            encounter_id=note.encounter_id,
        )
        for note in notes
    ]
    entries += [
        TimelineEntry(
            at=order.signed_at or order.created_at,
            icon=_ICONS[order.kind],
            place=visits[order.encounter_id].department_name,
            texts=tuple(line.name for line in order.lines),
            encounter_id=order.encounter_id,
        )
        for order in orders
        if order.kind is not OrderKind.LAB
    ]
    entries += [
        TimelineEntry(
            at=report.reported_at,
            icon="flask",
            place=_("Laboratory"),
            texts=report.names,
            encounter_id=report.encounter_id,
            report_id=report.id,
            flagged=report.flagged,
            is_critical=report.is_critical,
            is_held=report.is_held,
        )
        for report in reports
    ]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)[:MOST_ENTRIES]
