"""Requests of patients to correct what we keep about them, and the answer in both languages (N14)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_POST

from hospital.accounts.api import get_staff_names, patient_actor
from hospital.consents.api import get_desk_correction, list_desk_corrections
from hospital.consents.errors import AnswerIncomplete, CorrectionAnswered
from hospital.consents.types import DeskCorrection
from hospital.kernel.types import BilingualText
from hospital.patients.api import list_linked_people, masked_account
from hospital.staff_web.access import actor_of
from hospital.staff_web.desks import ENQUIRIES
from hospital.staff_web.enquiries.views import service_desk
from hospital.workflows.answer_request import answer_correction

PAGE = "staff_web/enquiries/corrections.html"
STATE_WORDS = {
    "OPEN": ("warn", pgettext_lazy("enquiry", "Waiting")),
    "DONE": ("ok", gettext_lazy("Corrected")),
    "REFUSED": ("plain", gettext_lazy("Not changed")),
}


@require_GET
@service_desk
def corrections(request: HttpRequest) -> HttpResponse:
    """Everything that waits, or what was answered, and one of it in full."""
    chosen = _read_id(request.GET.get("open", ""))
    return render(request, PAGE, _context(request, chosen=chosen))


@require_POST
@service_desk
def answer(request: HttpRequest, correction_id: UUID) -> HttpResponse:
    """Says that it is corrected, or why not. What was written stays when the answer is refused."""
    words = BilingualText(request.POST.get("answer_zh", ""), request.POST.get("answer_en", ""))
    is_done = request.POST.get("decision") == "done"
    try:
        answer_correction(
            correction_id=correction_id, is_done=is_done, answer=words, actor=actor_of(request), now=timezone.now()
        )
    except AnswerIncomplete as refusal:
        context = _context(request, chosen=correction_id) | {"words": words, "fault": refusal.message}
        return render(request, PAGE, context, status=refusal.status)
    except CorrectionAnswered as refusal:
        messages.error(request, refusal.message)
        return redirect(f"{reverse('staff:corrections')}?show=answered&open={correction_id}")
    messages.success(request, _("Sent. The patient is told and reads it in the app."))
    return redirect("staff:corrections")


def _context(request: HttpRequest, *, chosen: UUID | None) -> dict[str, Any]:
    actor, now = actor_of(request), timezone.now()
    is_open = request.GET.get("show", "") != "answered"
    shown = get_desk_correction(correction_id=chosen, actor=actor, now=now) if chosen else None
    return {
        "desk_code": ENQUIRIES.code,
        "rows": [_row(each) for each in list_desk_corrections(actor=actor, is_open=is_open)],
        "is_open": is_open,
        "current": str(chosen or ""),
        "chosen": _row(shown) | _whose(shown) if shown else None,
        "words": BilingualText(""),
        "fault": "",
    }


def _row(correction: DeskCorrection) -> dict[str, Any]:
    kind, word = STATE_WORDS[correction.request.state]
    return {"request": correction.request, "state_kind": kind, "state": word}


def _whose(correction: DeskCorrection) -> dict[str, Any]:
    """The account and the people it acts for, where the desk goes to correct it."""
    people = list_linked_people(actor=patient_actor(correction.account_id), now=timezone.now())
    staff = UUID(correction.answered_by) if correction.answered_by else None
    return {
        "account": masked_account(account_id=correction.account_id),
        "people": [linked.person for linked in people],
        "answered_by": get_staff_names(user_ids=[staff]).get(staff) if staff else None,
    }


def _read_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
