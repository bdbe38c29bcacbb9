"""Specimens, for the laboratory of their campus and for the visit that asked for them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from hospital.encounters.api import get_encounter
from hospital.kernel.actors import Actor
from hospital.patients.api import require_access
from hospital.results.errors import UnknownSpecimen
from hospital.results.models import CriticalCall, LabReport, ResultValue, Specimen
from hospital.results.services.access import require_laboratory
from hospital.results.states import SpecimenState
from hospital.results.types import Flag, RequestView, SpecimenView

OPEN_STATES = (SpecimenState.REQUESTED, SpecimenState.COLLECTED, SpecimenState.RECEIVED, SpecimenState.RESULTED)
RECENT = timedelta(hours=18)


def list_laboratory_queue(*, campus_code: str, actor: Actor, now: datetime, limit: int = 120) -> list[SpecimenView]:
    """What the laboratory of a campus has before it: open specimens, and what ended in the last hours.

    Critical first, then by how long they have waited. Refuses `NotLaboratoryStaff`.
    """
    require_laboratory(actor=actor, campus_code=campus_code)
    recent = Q(state=SpecimenState.VERIFIED, reports__reported_at__gte=now - RECENT) | Q(
        state=SpecimenState.REJECTED, rejected_at__gte=now - RECENT
    )
    rows = Specimen.objects.filter(Q(campus_id=campus_code) & (Q(state__in=OPEN_STATES) | recent))
    views = _views(rows.distinct().order_by("requested_at")[:limit])
    return sorted(views, key=lambda view: (view.critical == 0, not view.is_emergency, view.requested_at))


def get_specimen(*, specimen_id: UUID, actor: Actor) -> SpecimenView:
    """One specimen, for its laboratory. Refuses `UnknownSpecimen`, `NotLaboratoryStaff`."""
    return _one(Specimen.objects.filter(pk=specimen_id), actor=actor)


def find_specimen(*, number: str, actor: Actor) -> SpecimenView:
    """The specimen with this barcode, for its laboratory. Refuses `UnknownSpecimen`, `NotLaboratoryStaff`."""
    return _one(Specimen.objects.filter(number=number.strip()), actor=actor)


def list_visit_specimens(*, encounter_id: UUID, actor: Actor, now: datetime) -> list[SpecimenView]:
    """The specimens of a visit. Refuses `UnknownEncounter`, `NoCareRelation`, `UnknownPerson`."""
    visit = get_encounter(encounter_id=encounter_id)
    require_access(actor=actor, person_id=visit.person_id, now=now)
    return _views(Specimen.objects.filter(encounter_id=encounter_id).order_by("requested_at"))


def _one(rows: QuerySet[Specimen], *, actor: Actor) -> SpecimenView:
    views = _views(rows)
    if not views:
        raise UnknownSpecimen
    require_laboratory(actor=actor, campus_code=views[0].campus_code)
    return views[0]


@dataclass(frozen=True, slots=True)
class _Counts:
    """What is remarkable about the newest report of a specimen."""

    report_id: UUID
    flagged: int = 0
    critical: int = 0


def _views(rows: QuerySet[Specimen]) -> list[SpecimenView]:
    found = list(rows.prefetch_related("requests"))
    counts = _count_values(specimen_ids=[row.id for row in found])
    return [_view(row, counts.get(row.id)) for row in found]


def _count_values(*, specimen_ids: list[UUID]) -> dict[UUID, _Counts]:
    """By specimen, counted in the database: a queue of a hundred specimens has thousands of values."""
    newest = dict(
        LabReport.objects.filter(specimen_id__in=specimen_ids)
        .order_by("specimen_id", "-version")
        .distinct("specimen_id")
        .values_list("specimen_id", "id")
    )
    right_call = CriticalCall.objects.filter(result=OuterRef("pk"), is_match=True, value=OuterRef("text"))
    counted = (
        ResultValue.objects.filter(report_id__in=newest.values())
        .exclude(flag=Flag.NORMAL)
        .values("report_id")
        .annotate(flagged=Count("id"), critical=Count("id", filter=Q(~Exists(right_call), is_critical=True)))
    )
    by_report = {row["report_id"]: (row["flagged"], row["critical"]) for row in counted}
    return {
        specimen_id: _Counts(report_id, *by_report.get(report_id, (0, 0))) for specimen_id, report_id in newest.items()
    }


def _view(row: Specimen, counts: _Counts | None) -> SpecimenView:
    return SpecimenView(
        id=row.id,
        number=row.number,
        encounter_id=row.encounter_id,
        person_id=row.person_id,
        campus_code=row.campus_id,
        name=row.name,
        container=row.container,
        state=SpecimenState(row.state),
        is_emergency=row.is_emergency,
        requested_at=row.requested_at,
        collected_at=row.collected_at,
        received_at=row.received_at,
        rejected_at=row.rejected_at,
        reject_reason=row.reject_reason,
        requests=tuple(
            RequestView(order_line_id=request.order_line_id, item_code=request.item_code, name=request.name)
            for request in sorted(row.requests.all(), key=lambda request: request.position)
        ),
        flagged=counts.flagged if counts else 0,
        critical=counts.critical if counts else 0,
        report_id=counts.report_id if counts else None,
    )
