"""The register of certificates at the desk of the medical affairs office: what waits, found, voided (N05)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hospital.clinical_documents.api import KINDS, list_register, list_waiting
from hospital.clinical_documents.types import ClinicalKind, RegisterRow, WaitingCertificate
from hospital.kernel.actors import Actor, Role
from hospital.kernel.errors import Refusal
from hospital.patients.api import list_people
from hospital.staff_web.access import actor_of, desk_view
from hospital.staff_web.desks import CERTIFICATES
from hospital.workflows.write_medical_document import void_medical_document

office = desk_view(Role.MEDICAL_AFFAIRS)
PAGE = 50


@require_GET
@office
def register(request: HttpRequest) -> HttpResponse:
    """The certificates of the campus, newest first, a page at a time."""
    return _show(request)


def _show(request: HttpRequest, *, void_id: str = "", refusal: Refusal | None = None) -> HttpResponse:
    actor, now = actor_of(request), timezone.now()
    text, kind, page = (request.GET.get(name, "").strip() for name in ("q", "kind", "page"))
    first = (int(page) - 1) * PAGE if page.isdigit() and 0 < int(page) < 1000 else 0
    found = list_register(
        actor=actor,
        text=text,
        kind=ClinicalKind(kind) if kind in set(ClinicalKind) else None,
        first=first,
        limit=PAGE + 1,
    )
    shown = found[:PAGE]
    wanted = void_id or request.GET.get("void", "")
    number = first // PAGE + 1
    context = {
        "desk_code": CERTIFICATES.code,
        "rows": _rows(shown, actor=actor, now=now),
        "waiting": _rows(list_waiting(actor=actor), actor=actor, now=now),
        "voiding": next((row for row in shown if str(row.id) == wanted and not row.is_voided), None),
        "text": text,
        "kind": kind,
        "kinds": [spec for spec in KINDS.values() if spec.is_certificate],
        "page": number,
        "filters": urlencode({"q": text, "kind": kind}),
        "has_more": len(found) > PAGE,
        "refusal_text": refusal.message if refusal else "",
    }
    status = refusal.status if refusal else 200
    return render(request, "staff_web/medical_documents/register.html", context, status=status)


def _rows(shown: Sequence[RegisterRow | WaitingCertificate], *, actor: Actor, now: datetime) -> list[dict[str, Any]]:
    people = list_people(actor=actor, person_ids={row.person_id for row in shown}, now=now)
    return [{"certificate": row, "person": people.get(row.person_id)} for row in shown]


@require_POST
@office
def void(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Voids a certificate with a reason."""
    reason = request.POST.get("reason", "")
    try:
        void_medical_document(document_id=document_id, reason=reason, actor=actor_of(request), now=timezone.now())
    except Refusal as refusal:
        if refusal.status in {403, 404}:
            raise
        return _show(request, void_id=str(document_id), refusal=refusal)
    messages.success(request, _("The document is void. Whoever checks its papers learns of it."))
    return redirect("staff:certificates")
