"""What can be registered: the campuses, sessions and places that a partner may sell (X49)."""

from datetime import date, timedelta
from typing import Annotated
from uuid import UUID

from django.http import HttpResponse
from ninja import Router
from pydantic import Field

from hospital.billing.api import quote_registration
from hospital.billing.types import RegistrationFee
from hospital.campuses.api import list_campuses
from hospital.kernel.clock import local_day
from hospital.partner_api.requests import PartnerRequest
from hospital.partner_api.schemas import CampusOut, HeartbeatOut, PlaceOut, SessionOut
from hospital.partner_api.shapes import session_out, text
from hospital.scheduling.api import get_session, list_sessions, read_slots_json
from hospital.scheduling.types import Channel, SessionCard
from hospital.workflows.booking_terms import visit_type_of
from hospital.workflows.partner_actor import require_campus

router = Router(tags=["Places"])
MOST_DAYS = 14
Pricing = tuple[str, str, str]


@router.get("/heartbeat", response=HeartbeatOut, summary="Heartbeat")
def read_heartbeat(request: PartnerRequest) -> HeartbeatOut:
    """That the key works, our clock, and the campuses at which this partner may act."""
    partner = request.partner
    return HeartbeatOut(
        partner=partner.code,
        name=text(partner.name),
        server_time=request.came_at,
        campuses=[
            CampusOut(code=row.code, name=text(row.name)) for row in list_campuses() if row.code in partner.campuses
        ],
        requests_per_minute=partner.requests_per_minute,
    )


@router.get("/sessions", response=list[SessionOut], summary="Clinic sessions")
def read_sessions(
    request: PartnerRequest,
    campus: str,
    day: date | None = None,
    days: Annotated[int, Field(ge=1, le=MOST_DAYS)] = 1,
) -> list[SessionOut]:
    """Sessions of a campus from `day` (default today), with free places and the price for an adult.

    Refusals: `campus_not_allowed`.
    """
    require_campus(partner=request.partner, campus_code=campus)
    first = day or local_day(request.came_at)
    rows = list_sessions(
        now=request.came_at,
        first=first,
        last=first + timedelta(days=days - 1),
        campus_code=campus,
        channel=Channel.PARTNER,
    )
    rows = [row for row in rows if not row.is_stopped and row.ends_at > request.came_at]
    fees = _price(rows, request)
    return [session_out(row, fee=fees.get((_pricing(row), row.registration_item_code))) for row in rows]


@router.get("/sessions/{uuid:session_id}/places", response=list[PlaceOut], summary="Places of a session")
def read_places(request: PartnerRequest, session_id: UUID) -> HttpResponse:
    """The places of a session that have not begun. Refusals: `unknown_session`, `campus_not_allowed`."""
    session = get_session(session_id=session_id, now=request.came_at, channel=Channel.PARTNER)
    require_campus(partner=request.partner, campus_code=session.campus_code)
    text = read_slots_json(session_id=session_id, now=request.came_at, channel=Channel.PARTNER)
    return HttpResponse(text, content_type="application/json")


def _price(rows: list[SessionCard], request: PartnerRequest) -> dict[tuple[Pricing, str], RegistrationFee]:
    """One look-up a service line, campus and visit type, not one a session."""
    codes: dict[Pricing, set[str]] = {}
    for row in rows:
        codes.setdefault(_pricing(row), set()).add(row.registration_item_code)
    return {
        (group, code): fee
        for group, items in codes.items()
        for code, fee in quote_registration(
            item_codes=items,
            service_line=group[0],
            campus_code=group[1],
            visit_type=group[2],
            now=request.came_at,
        ).items()
    }


def _pricing(row: SessionCard) -> Pricing:
    return row.service_line, row.campus_code, visit_type_of(row)
