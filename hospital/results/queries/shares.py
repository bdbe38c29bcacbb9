"""The links to a report, for whoever may read the report as its patient."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from hospital.encounters.api import require_clinical_access
from hospital.kernel.actors import Actor
from hospital.results.errors import UnknownReport
from hospital.results.models import ExamReport, LabReport, ReportShare
from hospital.results.types import OpeningView, ShareView

_SHOWN = 20


def list_report_shares(*, report_id: UUID, actor: Actor, now: datetime) -> list[ShareView]:
    """Every link that was made to a report, working ones first, then the newest; the newest 20 looks of each.

    Refuses `UnknownReport`, `UnknownPerson`, `RecordsClosed`, `NotClinicalStaff`, `NoCareRelation`.
    """
    report = LabReport.objects.filter(pk=report_id).first() or ExamReport.objects.filter(pk=report_id).first()
    if report is None:
        raise UnknownReport
    require_clinical_access(actor=actor, person_id=report.person_id, now=now)
    rows = ReportShare.objects.filter(Q(lab_report_id=report_id) | Q(exam_report_id=report_id))
    views = [_view(row, actor=actor, now=now) for row in rows.order_by("-created_at").prefetch_related("openings")]
    return sorted(views, key=lambda view: not view.is_working)


def _view(row: ReportShare, *, actor: Actor, now: datetime) -> ShareView:
    openings = sorted(row.openings.all(), key=lambda opening: opening.opened_at, reverse=True)
    return ShareView(
        id=row.id,
        created_at=row.created_at,
        expires_at=row.expires_at,
        withdrawn_at=row.withdrawn_at,
        is_working=row.withdrawn_at is None and row.expires_at > now,
        is_own=str(row.account_id) == actor.id,
        opened=len(openings),
        openings=tuple(
            OpeningView(
                opened_at=each.opened_at, is_paper=each.is_paper, network=each.network, user_agent=each.user_agent
            )
            for each in openings[:_SHOWN]
        ),
    )
