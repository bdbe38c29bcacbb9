"""The treatment room's desk: the list, one treatment with its sessions, giving the next one, stopping."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from hospital.encounters.api import get_encounter
from hospital.kernel.actors import Role
from hospital.kernel.errors import Refusal
from hospital.staff_web.access import actor_of, desk_view
from hospital.staff_web.banner import get_banner
from hospital.staff_web.desks import TREATMENTS
from hospital.staff_web.papers import paper_language, paper_response
from hospital.staff_web.treatments.rows import STATE_WORDS, list_room
from hospital.treatments.api import REACTIONS, Reaction, get_treatment
from hospital.treatments.errors import SessionTaken
from hospital.workflows.print_treatment import print_treatment_sheet, word_dose, word_site
from hospital.workflows.treat import (
    give_session,
    list_strikable,
    list_unpaid_treatments,
    stop_and_void,
    strike_out_and_reverse,
)

nurse = desk_view(Role.NURSE)


@require_GET
@nurse
def desk(request: HttpRequest) -> HttpResponse:
    """The first treatment that is due, or the page that says that nothing is."""
    context = _frame(request)
    for group in context["groups"]:
        return redirect("staff:treatment", treatment_id=group.rows[0].view.id)
    return render(request, "staff_web/treatments/frame.html", context)


@require_GET
@nurse
def queue(request: HttpRequest) -> HttpResponse:
    """The list alone, for its own refresh."""
    context = _frame(request) | {"current": request.GET.get("treatment", "")}
    return render(request, "staff_web/treatments/_queue.html", context)


@require_GET
@nurse
def treatment(request: HttpRequest, treatment_id: UUID) -> HttpResponse:
    """One treatment with its sessions."""
    return _show(request, treatment_id)


@require_POST
@nurse
def give(request: HttpRequest, treatment_id: UUID) -> HttpResponse:
    """Records that the session which the page showed was given."""
    reaction = request.POST.get("reaction", "")
    try:
        give_session(
            session_id=_session_id(request),
            reaction=Reaction(reaction) if reaction in set(Reaction) else Reaction.NONE,
            note=request.POST.get("note", ""),
            actor=actor_of(request),
            now=timezone.now(),
        )
    except Refusal as refusal:
        return _refused(request, treatment_id, refusal)
    messages.success(request, _("Recorded."))
    return redirect("staff:treatment", treatment_id=treatment_id)


@require_POST
@nurse
def stop(request: HttpRequest, treatment_id: UUID) -> HttpResponse:
    """Stops the treatment."""
    try:
        paid = stop_and_void(
            treatment_id=treatment_id,
            reason=request.POST.get("reason", ""),
            actor=actor_of(request),
            now=timezone.now(),
        )
    except Refusal as refusal:
        return _refused(request, treatment_id, refusal)
    if paid:
        text = ngettext(
            "Stopped. %(number)s paid session can be refunded at the cashier’s desk.",
            "Stopped. %(number)s paid sessions can be refunded at the cashier’s desk.",
            paid,
        )
        messages.success(request, text % {"number": paid})
    else:
        messages.success(request, _("Stopped. Nothing is left to refund."))
    return redirect("staff:treatment", treatment_id=treatment_id)


@require_POST
@nurse
def strike(request: HttpRequest, treatment_id: UUID) -> HttpResponse:
    """Strikes out a session that was recorded by mistake."""
    try:
        strike_out(request)
    except Refusal as refusal:
        return _refused(request, treatment_id, refusal)
    return redirect("staff:treatment", treatment_id=treatment_id)


def strike_out(request: HttpRequest) -> None:
    """Strikes out the session of the form. Refuses as `strike_out_and_reverse`."""
    strike_out_and_reverse(
        session_id=_session_id(request),
        reason=request.POST.get("reason", ""),
        actor=actor_of(request),
        now=timezone.now(),
    )
    messages.success(request, _("Struck out. The record stays readable; the session is to be given again."))


@require_GET
@nurse
def print_sheet(request: HttpRequest, treatment_id: UUID) -> HttpResponse:
    """The sheet as PDF."""
    return paper_response(
        print_treatment_sheet(
            treatment_id=treatment_id,
            language=paper_language(request),
            actor=actor_of(request),
            now=timezone.now(),
        )
    )


def _session_id(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("session", ""))
    except ValueError as wrong:
        raise SessionTaken from wrong


def _refused(request: HttpRequest, treatment_id: UUID, refusal: Refusal) -> HttpResponse:
    if refusal.status in {403, 404}:
        raise refusal
    return _show(request, treatment_id, refusal=refusal)


def _show(request: HttpRequest, treatment_id: UUID, *, refusal: Refusal | None = None) -> HttpResponse:
    actor, now = actor_of(request), timezone.now()
    view = get_treatment(treatment_id=treatment_id, actor=actor, now=now)
    context = _frame(request) | {
        "current": str(view.id),
        "treatment": view,
        "word": STATE_WORDS[view.state],
        "site": word_site(view),
        "dose": word_dose(view),
        "visit": get_encounter(encounter_id=view.encounter_id),
        "patient": get_banner(actor=actor, person_id=view.person_id, now=now),
        "is_unpaid": bool(list_unpaid_treatments(treatments=[view])),
        "reactions": REACTIONS,
        "strikable": list_strikable(treatment=view, actor=actor, now=now),
        "strike_address": reverse("staff:treatment_strike", args=[view.id]),
        "prints": [
            {
                "name": _("Treatment order and record"),
                "sub": view.number,
                "href": reverse("staff:treatment_print", args=[view.id]),
            }
        ],
        "refusal": refusal,
        "typed": request.POST,
    }
    status = refusal.status if refusal else 200
    return render(request, "staff_web/treatments/treatment.html", context, status=status)


def _frame(request: HttpRequest) -> dict[str, Any]:
    actor = actor_of(request)
    return {"desk_code": TREATMENTS.code, "groups": list_room(actor=actor, now=timezone.now())}
