"""What the pharmacist did with the prescriptions of a visit, and the doctor's answer (D52)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from hospital.kernel.actors import Role
from hospital.kernel.clock import local_day
from hospital.kernel.errors import Refusal
from hospital.pharmacy.api import (
    extend_prescription,
    last_valid_day,
    list_prescriptions_of_visits,
    stand_by_prescription,
)
from hospital.pharmacy.states import PrescriptionState
from hospital.pharmacy.types import PrescriptionView
from hospital.staff_web.access import actor_of, desk_view
from hospital.staff_web.pharmacy.words import REJECT_WORDS, STATE_WORDS
from hospital.staff_web.registration.words import StateWord
from hospital.workflows.review_prescription import withdraw_and_rewrite

doctor = desk_view(Role.DOCTOR)
# Before the review nothing is charged: what it will cost is a preview.
UNCHARGED = {PrescriptionState.SIGNED, PrescriptionState.REJECTED}
# What paying and carrying out do not say by themselves.
_SAID = {
    PrescriptionState.SIGNED,
    PrescriptionState.REJECTED,
    PrescriptionState.PREPARED,
    PrescriptionState.RETURNED,
    PrescriptionState.EXPIRED,
}


@dataclass(frozen=True, slots=True)
class Question:
    """A prescription that wants an answer: given back by the pharmacist, or its day is over."""

    view: PrescriptionView
    reason: str | Promise
    is_rejected: bool


def list_pharmacy(*, encounter_id: UUID) -> dict[UUID, PrescriptionView]:
    """The prescriptions of a visit in the pharmacy by order, without their lines. One statement."""
    views = list_prescriptions_of_visits(encounter_ids=[encounter_id], has_lines=False)
    return {view.order_id: view for view in views}


def list_questions(views: Mapping[UUID, PrescriptionView], *, now: datetime) -> list[Question]:
    """What the doctor has to answer."""
    today = local_day(now)
    found = []
    for view in views.values():
        if view.state is PrescriptionState.REJECTED and view.reject_reason:
            found.append(Question(view, REJECT_WORDS[view.reject_reason], is_rejected=True))
        elif view.state is PrescriptionState.PASSED and view.valid_until < today <= last_valid_day(
            local_day(view.signed_at)
        ):
            found.append(Question(view, "", is_rejected=False))
    return found


def pharmacy_word(view: PrescriptionView | None) -> StateWord | None:
    """The state of a prescription where it says more than its payment."""
    return STATE_WORDS[view.state] if view and view.state in _SAID else None


@require_POST
@doctor
def answer(request: HttpRequest, encounter_id: UUID, prescription_id: UUID) -> HttpResponse:
    """The doctor stands by a prescription, takes it back to change it, or extends its validity."""
    actor, now = actor_of(request), timezone.now()
    reason = request.POST.get("reason", "")
    try:
        match request.POST.get("decision", ""):
            case "stand-by":
                stand_by_prescription(prescription_id=prescription_id, reason=reason, actor=actor, now=now)
                messages.success(request, _("Signed a second time. The pharmacist reviews it again."))
            case "extend":
                extend_prescription(prescription_id=prescription_id, reason=reason, actor=actor, now=now)
                messages.success(request, _("Good for today."))
            case "withdraw":
                count = withdraw_and_rewrite(prescription_id=prescription_id, reason=reason, actor=actor, now=now)
                messages.success(request, _say_withdrawn(count))
            case _:
                raise Http404
    except Refusal as refusal:
        messages.error(request, refusal.message)
    return redirect("staff:doctor_visit", encounter_id=encounter_id)


def _say_withdrawn(count: int) -> str:
    if not count:
        return _("Taken back.")
    return ngettext(
        "Taken back. %(count)s medicine is a draft again.", "Taken back. %(count)s medicines are drafts again.", count
    ) % {"count": count}
