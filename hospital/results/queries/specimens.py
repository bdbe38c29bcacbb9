"""Specimens, for the laboratory of their campus and for the visit that asked for them."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from hospital.encounters.api import get_encounter
from hospital.kernel.actors import Actor
from hospital.patients.api import require_access
from hospital.results.errors import UnknownSpecimen
from hospital.results.models import Specimen
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


def _views(rows: QuerySet[Specimen]) -> list[SpecimenView]:
    return [_view(row) for row in rows.prefetch_related("requests", "reports__values__calls")]


def _view(row: Specimen) -> SpecimenView:
    newest = max(row.reports.all(), key=lambda report: report.version, default=None)
    values = list(newest.values.all()) if newest else []
    open_calls = [
        value for value in values if value.is_critical and not any(call.is_match for call in value.calls.all())
    ]
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
        flagged=sum(value.flag != Flag.NORMAL for value in values),
        critical=len(open_calls),
        report_id=newest.id if newest else None,
    )
