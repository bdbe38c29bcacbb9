"""What is known of a person, newest first: notes, prescriptions, examinations, reports, documents of all campuses; in
pages."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from hospital.campuses.api import list_campuses
from hospital.campuses.types import CampusCard
from hospital.clinical_documents.api import list_person_documents
from hospital.clinical_documents.types import DocumentCard
from hospital.encounters.api import list_encounters
from hospital.encounters.types import EncounterCard
from hospital.kernel.actors import Actor, Role
from hospital.kernel.types import BilingualText
from hospital.orders.api import list_person_orders
from hospital.orders.types import OrderKind, OrderView
from hospital.records.api import list_person_notes
from hospital.records.types import NoteView
from hospital.results.api import list_reports
from hospital.results.types import ReportLine
from hospital.staff_web.access import actor_of, desk_view

PAGE = 12
_ICONS = {OrderKind.PRESCRIPTION: "pill", OrderKind.LAB: "flask", OrderKind.EXAM: "scan"}


class EntryKind(StrEnum):
    """By what the record is filtered."""

    NOTE = "NOTE"
    PRESCRIPTION = "PRESCRIPTION"
    EXAM = "EXAM"
    LAB = "LAB"
    DOCUMENT = "DOCUMENT"


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One thing that happened. `report_id` leads to a laboratory report, `document_id` to a document, `encounter_id` to
    the visit; `campus` is named where it is not the reader's."""

    at: datetime
    icon: str
    place: BilingualText | Promise
    texts: tuple[BilingualText, ...]
    encounter_id: UUID
    report_id: UUID | None = None
    document_id: UUID | None = None
    flagged: int = 0
    is_critical: bool = False
    is_held: bool = False
    campus: BilingualText | None = None


@dataclass(frozen=True, slots=True)
class Timeline:
    """One page of a record, what it was filtered by, and before which instant the next page is."""

    person_id: UUID
    entries: Sequence[TimelineEntry]
    campuses: Sequence[CampusCard]
    kind: str = ""
    campus_code: str = ""
    next_before: datetime | None = None

    @property
    def is_filtered(self) -> bool:
        """Whether something was left out."""
        return bool(self.kind or self.campus_code)


def list_timeline(
    *,
    person_id: UUID,
    actor: Actor,
    now: datetime,
    kind: str = "",
    campus_code: str = "",
    before: datetime | None = None,
) -> Timeline:
    """A page of the newest entries before an instant. A fixed number of queries.

    Refuses `NoCareRelation`, `UnknownPerson`.
    """
    notes: list[NoteView] = []
    orders: list[OrderView] = []
    reports: list[ReportLine] = []
    documents: list[DocumentCard] = []
    if kind in {"", EntryKind.NOTE}:
        notes = list_person_notes(
            person_id=person_id, actor=actor, now=now, limit=PAGE + 1, before=before, campus_code=campus_code
        )
    kinds = [each for each in (OrderKind.PRESCRIPTION, OrderKind.EXAM) if kind in {"", each.value}]
    if kinds:
        orders = list_person_orders(
            person_id=person_id,
            actor=actor,
            now=now,
            limit=PAGE + 1,
            before=before,
            campus_code=campus_code,
            kinds=kinds,
        )
    if kind in {"", EntryKind.LAB}:
        reports = list_reports(
            person_id=person_id, actor=actor, now=now, limit=PAGE + 1, before=before, campus_code=campus_code
        )
    if kind in {"", EntryKind.DOCUMENT}:
        documents = list_person_documents(
            person_id=person_id, actor=actor, now=now, limit=PAGE + 1, before=before, campus_code=campus_code
        )
    visits = list_encounters(
        encounter_ids={
            *(note.encounter_id for note in notes),
            *(order.encounter_id for order in orders),
            *(report.encounter_id for report in reports),
            *(document.encounter_id for document in documents),
        }
    )
    entries = _entries(notes=notes, orders=orders, reports=reports, visits=visits, own=actor.campus_code)
    entries += _document_entries(documents, visits=visits, own=actor.campus_code)
    entries.sort(key=lambda entry: entry.at, reverse=True)
    return Timeline(
        person_id=person_id,
        entries=entries[:PAGE],
        campuses=list_campuses(),
        kind=kind,
        campus_code=campus_code,
        next_before=entries[PAGE - 1].at if len(entries) > PAGE else None,
    )


@require_GET
@desk_view(Role.DOCTOR)
def record(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """A page of the record: the first of a filter, or the next one."""
    kind, campus_code = request.GET.get("kind", ""), request.GET.get("campus", "")
    try:
        before = parse_datetime(request.GET.get("before", ""))
    except ValueError:
        before = None
    timeline = list_timeline(
        person_id=person_id,
        actor=actor_of(request),
        now=timezone.now(),
        kind=kind if kind in set(EntryKind) else "",
        campus_code=campus_code[:16],
        before=before if before is not None and before.tzinfo is not None else None,
    )
    return render(request, "staff_web/doctor/_record_entries.html", {"timeline": timeline, "is_next": before})


def _entries(
    *,
    notes: Iterable[NoteView],
    orders: Iterable[OrderView],
    reports: Iterable[ReportLine],
    visits: Mapping[UUID, EncounterCard],
    own: str,
) -> list[TimelineEntry]:
    def campus_of(encounter_id: UUID) -> BilingualText | None:
        visit = visits[encounter_id]
        return visit.campus_name if visit.campus_code != own else None

    entries = [
        TimelineEntry(
            at=note.signed_at or note.written_at,
            icon="doc",
            place=visits[note.encounter_id].department_name,
            texts=tuple(diagnosis.name for diagnosis in note.diagnoses),
            encounter_id=note.encounter_id,
            campus=campus_of(note.encounter_id),
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
            campus=campus_of(order.encounter_id),
        )
        for order in orders
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
            campus=campus_of(report.encounter_id),
        )
        for report in reports
    ]
    return entries


def _document_entries(
    documents: Iterable[DocumentCard], *, visits: Mapping[UUID, EncounterCard], own: str
) -> list[TimelineEntry]:
    return [
        TimelineEntry(
            at=document.first_signed_at or document.written_at,
            icon="sign",
            place=visits[document.encounter_id].department_name,
            texts=(document.title,),
            encounter_id=document.encounter_id,
            document_id=document.id,
            campus=visits[document.encounter_id].campus_name if document.campus_code != own else None,
        )
        for document in documents
    ]
