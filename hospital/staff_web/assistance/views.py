"""The coordinator's desk: what was asked for, who comes, and what is told to the patient (N03)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hospital.assistance.api import (
    arrange_assistance,
    cancel_assistance,
    decline_assistance,
    get_assistance,
    list_desk_assistance,
    list_interpreters_for,
)
from hospital.assistance.states import AssistanceState
from hospital.assistance.types import AssistanceCard, AssistanceKind
from hospital.kernel.actors import Actor
from hospital.kernel.clock import SHANGHAI
from hospital.kernel.errors import Refusal
from hospital.kernel.types import BilingualText
from hospital.patients.api import list_people
from hospital.staff_web.access import actor_of, desk_view
from hospital.staff_web.assistance.words import RequestRow, row_of
from hospital.staff_web.banner import get_banner, language_name
from hospital.staff_web.desks import ASSISTANCE
from hospital.workflows.finish_assistance import finish_with_fee

PAGE = "staff_web/assistance/assistance.html"
desk = desk_view(*ASSISTANCE.roles)


@require_GET
@desk
def assistance(request: HttpRequest) -> HttpResponse:
    """What is to arrange and arranged, or what has ended, and one of it in full."""
    return render(request, PAGE, _context(request, chosen=read_id(request.GET.get("open", ""))))


@require_POST
@desk
def decide(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Arranges, declines, finishes or cancels. What was written stays when it is refused."""
    actor, now = actor_of(request), timezone.now()
    card = get_assistance(request_id=request_id, actor=actor)
    try:
        said = _act(request, card, actor, now)
    except Refusal as refusal:
        context = _context(request, chosen=request_id) | {"fault": refusal.message, "typed": request.POST}
        return render(request, PAGE, context, status=refusal.status)
    messages.success(request, said)
    return redirect(f"{reverse('staff:assistance')}?open={request_id}")


def _act(request: HttpRequest, card: AssistanceCard, actor: Actor, now: datetime) -> str:
    decision = request.POST.get("decision", "")
    version = _read_number(request.POST.get("version", ""))
    words = BilingualText(request.POST.get("words_zh", ""), request.POST.get("words_en", ""))
    if decision == "arrange":
        interpreter = read_id(request.POST.get("interpreter", ""))
        arrange_assistance(
            request_id=card.id, version=version, interpreter_id=interpreter, arrangement=words, actor=actor, now=now
        )
        return _("Arranged. The patient is told.")
    if decision == "decline":
        decline_assistance(request_id=card.id, version=version, reason=words, actor=actor, now=now)
        return _("The patient is told why it is not possible.")
    if decision == "cancel":
        cancel_assistance(request_id=card.id, actor=actor, now=now)
        return _("Canceled.")
    ended_at = _read_clock(request.POST.get("ended", ""), of=card) if decision == "charge" else None
    finish_with_fee(request_id=card.id, version=version, ended_at=ended_at, actor=actor, now=now)
    return _("Done. The hours are on the bill of the visit.") if ended_at else _("Done, without a fee.")


def _context(request: HttpRequest, *, chosen: UUID | None) -> dict[str, Any]:
    actor, now = actor_of(request), timezone.now()
    is_open = request.GET.get("show", "") != "ended"
    cards = list_desk_assistance(actor=actor, campus_code=actor.campus_code, is_open=is_open)
    people = list_people(actor=actor, person_ids={card.person_id for card in cards}, now=now)
    context: dict[str, Any] = {
        "desk_code": ASSISTANCE.code,
        "rows": [{"row": row_of(card), "person": people.get(card.person_id)} for card in cards],
        "is_open": is_open,
        "current": str(chosen or ""),
        "chosen": None,
        "fault": "",
        "typed": {},
    }
    if chosen is not None:
        context |= _one(row_of(get_assistance(request_id=chosen, actor=actor)), actor, now)
    return context


def _one(row: RequestRow, actor: Actor, now: datetime) -> dict[str, Any]:
    is_interpreter = row.card.kind is AssistanceKind.INTERPRETER
    is_open = row.card.is_open
    asks_who = is_interpreter and is_open
    return {
        "chosen": row,
        "patient": get_banner(actor=actor, person_id=row.card.person_id, now=now, has_alerts=False),
        "into": language_name(code=row.card.language) if row.card.language else "",
        "is_interpreter": is_interpreter,
        "interpreters": list_interpreters_for(request_id=row.card.id, actor=actor) if asks_who else [],
        "may_act": is_open,
        "may_finish": row.card.state is AssistanceState.ARRANGED,
    }


def read_id(text: str) -> UUID | None:
    """An id as an address or a form gives it; None for what is none."""
    try:
        return UUID(text)
    except ValueError:
        return None


def _read_number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else -1


def _read_clock(text: str, *, of: AssistanceCard) -> datetime:
    """The clock time on the day of the request at which the interpreter left; the planned end where it is none."""
    try:
        clock = datetime.strptime(text, "%H:%M").time()  # noqa: DTZ007
    except ValueError:
        return of.ends_at
    return datetime.combine(of.starts_at.astimezone(SHANGHAI).date(), clock, tzinfo=SHANGHAI)
