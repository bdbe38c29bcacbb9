"""One reservation or stay, and what becomes of it (N12)."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from hospital.beds.api import change_stay, free_bed, get_stay, give_back_bed, occupy_bed
from hospital.beds.states import StayState
from hospital.beds.types import StayCard
from hospital.kernel.actors import Actor
from hospital.kernel.clock import local_day
from hospital.kernel.errors import Refusal
from hospital.staff_web.access import actor_of
from hospital.staff_web.banner import get_banner
from hospital.staff_web.beds.frame import KINDS, STATES, desk, read_number, show


@require_GET
@desk
def stay(request: HttpRequest, stay_id: UUID) -> HttpResponse:
    """What is reserved, for whom, and what can be done."""
    return _page(request, get_stay(stay_id=stay_id, actor=actor_of(request)))


@require_POST
@desk
def act(request: HttpRequest, stay_id: UUID, act: str) -> HttpResponse:
    """Carries one of the acts out; what is refused says why, with what was typed."""
    if act not in _ACTS:
        raise Http404
    carry_out, said = _ACTS[act]
    actor, now = actor_of(request), timezone.now()
    card = get_stay(stay_id=stay_id, actor=actor)
    try:
        carry_out(request, card, actor, now)
    except Refusal as refusal:
        return _page(request, card, fault=str(refusal.message), status=refusal.status)
    messages.success(request, str(said))
    return redirect("staff:beds_stay", stay_id=stay_id)


def _occupy(request: HttpRequest, card: StayCard, actor: Actor, now: datetime) -> None:
    occupy_bed(stay_id=card.id, version=read_number(request.POST.get("version", "")), actor=actor, now=now)


def _free(request: HttpRequest, card: StayCard, actor: Actor, now: datetime) -> None:
    free_bed(stay_id=card.id, version=read_number(request.POST.get("version", "")), actor=actor, now=now)


def _give_back(request: HttpRequest, card: StayCard, actor: Actor, now: datetime) -> None:
    reason = request.POST.get("reason", "")
    give_back_bed(
        stay_id=card.id, version=read_number(request.POST.get("version", "")), reason=reason, actor=actor, now=now
    )


def _change_nights(request: HttpRequest, card: StayCard, actor: Actor, now: datetime) -> None:
    change_stay(
        stay_id=card.id,
        version=read_number(request.POST.get("version", "")),
        bed_id=card.bed.id,
        starts_on=card.starts_on,
        nights=read_number(request.POST.get("nights", "")),
        actor=actor,
        now=now,
    )


_Act = Callable[[HttpRequest, StayCard, Actor, datetime], None]
_ACTS: dict[str, tuple[_Act, Promise]] = {
    "occupy": (_occupy, _("The patient is in the bed.")),
    "free": (_free, _("The bed is free.")),
    "give-back": (_give_back, _("Given back. The bed is free on these days.")),
    "nights": (_change_nights, _("Saved.")),
}


def _page(request: HttpRequest, card: StayCard, *, fault: str = "", status: int = 200) -> HttpResponse:
    actor, now = actor_of(request), timezone.now()
    kind, word = STATES[card.state]
    return show(
        request,
        "stay",
        tab="wards",
        status=status,
        stay=card,
        bed_kind=KINDS[card.bed.kind],
        state_kind=kind,
        state=word,
        patient=get_banner(actor=actor, person_id=card.person_id, now=now, has_alerts=False)
        if card.person_id
        else None,
        fault=fault,
        typed=request.POST,
        is_here=card.bed.ward.campus_code == actor.campus_code,
        may_occupy=card.state is StayState.RESERVED and card.starts_on <= local_day(now),
        may_free=card.state in {StayState.OCCUPIED, StayState.CLOSED},
        may_change=card.state in {StayState.RESERVED, StayState.OCCUPIED},
        may_give_back=card.state in {StayState.RESERVED, StayState.CLOSED},
    )
