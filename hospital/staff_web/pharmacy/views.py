"""The pharmacist's desk: one list by what is to be done, one prescription beside it (N08)."""

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hospital.kernel.actors import Actor, Role
from hospital.kernel.errors import Refusal
from hospital.kernel.watching import watch_address
from hospital.patients.api import get_body_facts
from hospital.pharmacy.api import get_prescription, put_back_prescription, reject_prescription
from hospital.pharmacy.errors import NothingToTakeBack
from hospital.pharmacy.types import PrescriptionView, RejectReason, ReturnedPart
from hospital.staff_web.access import actor_of, desk_view
from hospital.staff_web.banner import get_banner
from hospital.staff_web.desks import PHARMACY
from hospital.staff_web.papers import paper_language
from hospital.staff_web.pharmacy.rows import list_queue, prescription_context
from hospital.workflows.dispense_drugs import hand_over_drugs, prepare_drugs, take_back_drugs
from hospital.workflows.kidney_function import find_kidney_function
from hospital.workflows.print_labels import label_language, print_labels
from hospital.workflows.review_prescription import pass_and_charge

pharmacist = desk_view(Role.PHARMACIST)


@require_GET
@pharmacist
def desk(request: HttpRequest) -> HttpResponse:
    """The first prescription to do something about, or the page that says that nothing waits."""
    context = _frame(request)
    for group in context["groups"]:
        return redirect("staff:prescription", prescription_id=group.rows[0].view.id)
    return render(request, "staff_web/pharmacy/desk.html", context)


@require_GET
@pharmacist
def queue(request: HttpRequest) -> HttpResponse:
    """The list alone, for its own refresh."""
    context = _frame(request) | {"current": request.GET.get("prescription", "")}
    return render(request, "staff_web/pharmacy/_queue.html", context)


@require_GET
@pharmacist
def prescription(request: HttpRequest, prescription_id: UUID) -> HttpResponse:
    """One prescription with what can be done with it."""
    return _show(request, prescription_id)


@require_POST
@pharmacist
def act(request: HttpRequest, prescription_id: UUID) -> HttpResponse:
    """Passes, gives back, picks, puts back, hands over or takes back; a refusal stands above the button."""
    perform = _ACTS.get(request.POST.get("decision", ""))
    if perform is None:
        raise Http404
    try:
        messages.success(request, perform(request, prescription_id, actor_of(request), timezone.now()))
    except Refusal as refusal:
        if refusal.status in {403, 404}:
            raise
        return _show(request, prescription_id, refusal=refusal)
    return redirect("staff:prescription", prescription_id=prescription_id)


@require_GET
@pharmacist
def labels(request: HttpRequest, prescription_id: UUID) -> HttpResponse:
    """The labels of what was picked, for the boxes."""
    pdf = print_labels(
        prescription_id=prescription_id, language=paper_language(request), actor=actor_of(request), now=timezone.now()
    )
    return HttpResponse(pdf, content_type="application/pdf", headers={"Content-Disposition": "inline"})


def _show(request: HttpRequest, prescription_id: UUID, *, refusal: Refusal | None = None) -> HttpResponse:
    actor, now = actor_of(request), timezone.now()
    view = get_prescription(prescription_id=prescription_id, actor=actor)
    patient = get_banner(actor=actor, person_id=view.person_id, now=now)
    context = _frame(request) | prescription_context(view, actor=actor, now=now)
    context |= {
        "current": str(view.id),
        "patient": patient,
        "body": get_body_facts(person_id=view.person_id, now=now),
        "kidneys": find_kidney_function(person=patient.person, now=now),
        "refusal": refusal,
        "prints": _prints(view),
        "label_language": label_language(patient.person),
    }
    return render(request, "staff_web/pharmacy/prescription.html", context, status=refusal.status if refusal else 200)


def _prints(view: PrescriptionView) -> list[dict[str, Any]]:
    if not any(line.picks for line in view.lines):
        return []
    href = reverse("staff:prescription_labels", args=[view.id])
    return [{"name": _("Labels for the boxes"), "sub": _("80 mm, with pictograms"), "href": href}]


def _frame(request: HttpRequest) -> dict[str, Any]:
    actor, now = actor_of(request), timezone.now()
    return {
        "desk_code": PHARMACY.code,
        "groups": list_queue(actor=actor, now=now),
        "live": watch_address(topics=[f"pharmacy:{actor.campus_code}"], now=now),
    }


def _pass(_request: HttpRequest, prescription_id: UUID, actor: Actor, now: datetime) -> str:
    pass_and_charge(prescription_id=prescription_id, actor=actor, now=now)
    return _("Passed. The patient can pay for it now.")


def _reject(request: HttpRequest, prescription_id: UUID, actor: Actor, now: datetime) -> str:
    reason = request.POST.get("reason", "")
    reject_prescription(
        prescription_id=prescription_id,
        reason=RejectReason(reason) if reason in set(RejectReason) else RejectReason.OTHER,
        words=request.POST.get("words", ""),
        actor=actor,
        now=now,
    )
    return _("Given back to the doctor, who sees why.")


def _prepare(_request: HttpRequest, prescription_id: UUID, actor: Actor, now: datetime) -> str:
    prepare_drugs(prescription_id=prescription_id, actor=actor, now=now)
    return _("Picked. Another pharmacist checks it and hands it over.")


def _put_back(request: HttpRequest, prescription_id: UUID, actor: Actor, now: datetime) -> str:
    put_back_prescription(prescription_id=prescription_id, reason=request.POST.get("words", ""), actor=actor, now=now)
    return _("Back on the shelf. It can be picked again.")


def _hand_over(request: HttpRequest, prescription_id: UUID, actor: Actor, now: datetime) -> str:
    hand_over_drugs(prescription_id=prescription_id, recipient=request.POST.get("recipient", ""), actor=actor, now=now)
    return _("Handed over.")


def _take_back(request: HttpRequest, prescription_id: UUID, actor: Actor, now: datetime) -> str:
    take_back_drugs(
        prescription_id=prescription_id,
        parts=_read_parts(request),
        reason=request.POST.get("words", ""),
        is_restocked=request.POST.get("restock") == "1",
        actor=actor,
        now=now,
    )
    return _("Taken back. The cashier can give the money back now.")


def _read_parts(request: HttpRequest) -> list[ReturnedPart]:
    """What was typed beside each batch; empty and zero are nothing. Refuses `NothingToTakeBack` for no number."""
    parts = []
    for name, typed in request.POST.items():
        pick, _sign, number = name.partition("back-")
        if pick or not str(typed).strip():
            continue
        try:
            part = ReturnedPart(pick_id=UUID(number), quantity=Decimal(str(typed).strip()))
        except (ValueError, InvalidOperation) as wrong:
            raise NothingToTakeBack from wrong
        if part.quantity != 0:
            parts.append(part)
    return parts


_ACTS: Mapping[str, Callable[[HttpRequest, UUID, Actor, datetime], str]] = {
    "pass": _pass,
    "reject": _reject,
    "prepare": _prepare,
    "put-back": _put_back,
    "hand-over": _hand_over,
    "take-back": _take_back,
}
