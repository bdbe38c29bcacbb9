"""What the app's accounts ask of the registration desk: proofs to look at, records to link (A03, N10)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_POST

from hospital.kernel.actors import Role
from hospital.kernel.errors import Refusal
from hospital.patients.api import (
    REFUSAL_TEXTS,
    get_claimant,
    list_open_claims,
    list_pending_proofs,
    read_proof_file,
)
from hospital.patients.types import PendingClaim, PendingProof
from hospital.staff_web.access import actor_of, desk_view
from hospital.staff_web.desks import REGISTRATION
from hospital.staff_web.people.lookup import find_exactly
from hospital.workflows.answer_request import accept_proof, accept_record, refuse_proof, refuse_record

registrar = desk_view(Role.REGISTRAR)
KIND_NAMES = {
    "DOCUMENT": gettext_lazy("Identity document"),
    "RELATION": gettext_lazy("Proof of relation"),
    "AGREEMENT": gettext_lazy("Agreement of an adult"),
}
RELATION_NAMES = {
    "SELF": gettext_lazy("Account owner"),
    "SPOUSE": gettext_lazy("Spouse"),
    "CHILD": gettext_lazy("Child"),
    "PARENT": gettext_lazy("Parent"),
    "OTHER": gettext_lazy("Other relation"),
}


@require_GET
@registrar
def requests(request: HttpRequest) -> HttpResponse:
    """Everything that waits, oldest first, and one of it in full."""
    actor, now = actor_of(request), timezone.now()
    proofs, claims = list_pending_proofs(actor=actor, now=now), list_open_claims(actor=actor, now=now)
    chosen = request.GET.get("open", "")
    proof = next((each for each in proofs if str(each.proof.id) == chosen), None)
    claim = next((each for each in claims if str(each.id) == chosen), None)
    context: dict[str, Any] = {
        "desk_code": REGISTRATION.code,
        "proofs": [_proof_row(each) for each in proofs],
        "claims": [_claim_row(each) for each in claims],
        "current": chosen,
        "proof": _proof_row(proof) if proof else None,
        "claim": _claim_row(claim) if claim else None,
        "claimant": get_claimant(claim_id=claim.id, actor=actor) if claim else "",
        "reasons": [(reason.value, text) for reason, text in REFUSAL_TEXTS.items()],
    }
    return render(request, "staff_web/registration/requests.html", context)


def _proof_row(pending: PendingProof) -> dict[str, Any]:
    shown = pending.proof.identifier_id
    return {
        "id": pending.proof.id,
        "kind": KIND_NAMES[pending.proof.kind],
        "person": pending.person,
        "relation": RELATION_NAMES.get(pending.relation, ""),
        "document": next((each for each in pending.person.identifiers if each.id == shown), None),
        "submitted_at": pending.proof.submitted_at,
        "is_pdf": pending.content_type == "application/pdf",
    }


def _claim_row(pending: PendingClaim) -> dict[str, Any]:
    return {"claim": pending, "relation": RELATION_NAMES[pending.relation], "matching_id": pending.matching_id}


@require_GET
@registrar
@xframe_options_sameorigin
def proof_file(request: HttpRequest, proof_id: UUID) -> HttpResponse:
    """The picture or PDF of a pending proof; the look is an entry, and nothing keeps a copy."""
    file = read_proof_file(proof_id=proof_id, actor=actor_of(request), now=timezone.now())
    answer = HttpResponse(file.content, content_type=file.content_type)
    answer["Content-Disposition"] = f'inline; filename="{proof_id}"'
    answer["X-Content-Type-Options"] = "nosniff"
    # A file of a stranger runs nothing and asks for nothing, whatever it holds.
    answer["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return answer


@require_POST
@registrar
def decide_proof(request: HttpRequest, proof_id: UUID) -> HttpResponse:
    """Accepts or refuses a proof."""
    actor, now = actor_of(request), timezone.now()
    try:
        if request.POST.get("decision") == "accept":
            accept_proof(proof_id=proof_id, actor=actor, now=now)
            messages.success(request, _("Accepted. The patient is told, and the picture was deleted."))
        else:
            refuse_proof(proof_id=proof_id, reason=request.POST.get("reason", ""), actor=actor, now=now)
            messages.success(request, _("Refused. The patient reads why, and the picture was deleted."))
    except Refusal as refusal:
        return _stay(request, refusal, proof_id)
    return redirect("staff:registration_requests")


@require_POST
@registrar
def decide_claim(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    """Links the chosen record to the account, or refuses."""
    actor, now = actor_of(request), timezone.now()
    try:
        if request.POST.get("decision") == "accept":
            typed = request.POST.get("record", "").strip()
            person_id = find_exactly(number=typed) if typed else _read_id(request.POST.get("person", ""))
            accept_record(claim_id=claim_id, person_id=person_id, actor=actor, now=now)
            messages.success(request, _("Linked. The patient sees the record in the app."))
        else:
            refuse_record(claim_id=claim_id, reason=request.POST.get("reason", ""), actor=actor, now=now)
            messages.success(request, _("Refused. The patient reads why."))
    except Refusal as refusal:
        return _stay(request, refusal, claim_id)
    return redirect("staff:registration_requests")


def _stay(request: HttpRequest, refusal: Refusal, request_id: UUID) -> HttpResponse:
    """Back to the same request with what was refused; a missing permission stays an error page."""
    if refusal.status == 403:
        raise refusal
    messages.error(request, refusal.message)
    answer = redirect("staff:registration_requests")
    answer["Location"] += f"?open={request_id}"
    return answer


def _read_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
