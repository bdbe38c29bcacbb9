"""The seal at the desk of the medical affairs office: a certificate is read, sealed or sent back (N05)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hospital.clinical_documents.api import get_waiting, return_document
from hospital.clinical_documents.errors import NothingToSeal, SealedBySigner
from hospital.encounters.api import get_encounter
from hospital.kernel.errors import Refusal
from hospital.patients.api import list_people
from hospital.staff_web.access import actor_of
from hospital.staff_web.desks import CERTIFICATES
from hospital.staff_web.medical_documents.reading import list_shown_sections
from hospital.staff_web.medical_documents.register import office
from hospital.workflows.write_medical_document import seal_certificate


@require_GET
@office
def read(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """The certificate as its doctor signed it, with both decisions."""
    return _show(request, document_id)


@require_POST
@office
def decide(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Seals the version that was read, or sends it back with a reason."""
    actor, now = actor_of(request), timezone.now()
    posted = request.POST.get("version", "")
    version = int(posted) if posted.isdigit() and len(posted) < 5 else 0
    try:
        if request.POST.get("decision") == "return":
            reason = request.POST.get("reason", "")
            return_document(document_id=document_id, version=version, reason=reason, actor=actor, now=now)
            messages.success(request, _("Sent back. The doctor sees why."))
        else:
            number = seal_certificate(document_id=document_id, version=version, actor=actor, now=now)
            messages.success(request, _("Sealed as %(number)s. It prints now.") % {"number": number})
    except NothingToSeal as refusal:
        messages.error(request, refusal.message)
    except Refusal as refusal:
        if refusal.status in {403, 404}:
            raise
        return _show(request, document_id, refusal=refusal)
    return redirect("staff:certificates")


def _show(request: HttpRequest, document_id: UUID, *, refusal: Refusal | None = None) -> HttpResponse:
    actor, now = actor_of(request), timezone.now()
    try:
        waiting = get_waiting(document_id=document_id, actor=actor, now=now)
    except NothingToSeal as gone:
        messages.info(request, gone.message)
        return redirect("staff:certificates")
    context: dict[str, Any] = {
        "desk_code": CERTIFICATES.code,
        "certificate": waiting,
        "document": waiting,
        "sections": list_shown_sections(waiting.sections),
        "visit": get_encounter(encounter_id=waiting.encounter_id),
        "person": list_people(actor=actor, person_ids=[waiting.person_id], now=now).get(waiting.person_id),
        "own_text": SealedBySigner().message if waiting.is_own else "",
        "reason": request.POST.get("reason", ""),
        "refusal_text": refusal.message if refusal else "",
    }
    status = refusal.status if refusal else 200
    return render(request, "staff_web/medical_documents/seal.html", context, status=status)
