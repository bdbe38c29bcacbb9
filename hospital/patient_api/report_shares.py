"""/api/report-shares, /api/reports/…/shares: links by which a patient lets somebody else read one report (A08, W26)."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from ninja import Router, Schema

from hospital.patient_api.device_names import name_device
from hospital.patient_api.requests import PatientRequest
from hospital.patient_api.schemas import Text
from hospital.results.api import list_report_shares, share_report, withdraw_share
from hospital.results.types import OpeningView, PatientReportKind, ShareView

router = Router(tags=["Reports"])


class ShareIn(Schema):
    """Which report, and for how many days the link works."""

    kind: PatientReportKind
    report_id: UUID
    days: Literal[1, 7, 30]


class NewShareOut(Schema):
    """A new link. `address` is told this once: afterwards nobody can read it again."""

    id: UUID
    address: str
    expires_at: datetime


class ShareOpeningOut(Schema):
    """One look by a link: the page, or the paper. `network` is an address without its last part, empty if unknown."""

    opened_at: datetime
    is_paper: bool
    device: Text
    network: str


class ShareOut(Schema):
    """A link to a report. `is_own` is false where another account made it that also reads these reports.

    `opened` counts every look, `openings` holds the newest 20.
    """

    id: UUID
    created_at: datetime
    expires_at: datetime
    withdrawn_at: datetime | None
    is_working: bool
    is_own: bool
    opened: int
    openings: list[ShareOpeningOut]


@router.post("/report-shares", response={201: NewShareOut}, summary="Share a report by a link")
def make_report_share(request: PatientRequest, body: ShareIn) -> tuple[int, NewShareOut]:
    """A link that opens one released report without signing in, for 1, 7 or 30 days.

    Refusals: `unknown_report`, `report_closed`, `too_many_shares`.
    """
    share = share_report(
        kind=body.kind, report_id=body.report_id, days=body.days, actor=request.auth, now=timezone.now()
    )
    address = f"{settings.PUBLIC_URL}{reverse('sharing:cover', args=[share.token])}"
    return 201, NewShareOut(id=share.id, address=address, expires_at=share.expires_at)


@router.get("/reports/{uuid:report_id}/shares", response=list[ShareOut], summary="The links to a report")
def list_links_to_report(request: PatientRequest, report_id: UUID) -> list[ShareOut]:
    """Every link to a laboratory or examination report and who opened it, working ones first.

    Refusals: `unknown_report`, `unknown_person`.
    """
    return [_share(each) for each in list_report_shares(report_id=report_id, actor=request.auth, now=timezone.now())]


@router.delete("/report-shares/{uuid:share_id}", response={204: None}, summary="Withdraw a link")
def withdraw_report_share(request: PatientRequest, share_id: UUID) -> tuple[int, None]:
    """Ends the link at once; a second time changes nothing. Refusals: `unknown_share`, `unknown_person`."""
    withdraw_share(share_id=share_id, actor=request.auth, now=timezone.now())
    return 204, None


def _share(view: ShareView) -> ShareOut:
    return ShareOut(
        id=view.id,
        created_at=view.created_at,
        expires_at=view.expires_at,
        withdrawn_at=view.withdrawn_at,
        is_working=view.is_working,
        is_own=view.is_own,
        opened=view.opened,
        openings=[_opening(each) for each in view.openings],
    )


def _opening(view: OpeningView) -> ShareOpeningOut:
    return ShareOpeningOut(
        opened_at=view.opened_at, is_paper=view.is_paper, device=name_device(view.user_agent), network=view.network
    )
