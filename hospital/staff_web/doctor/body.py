"""Weight, pregnancy and kidney function: what prescribing has to know, shown and recorded beside the note (D52)."""

from datetime import date
from decimal import Decimal, InvalidOperation
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hospital.encounters.api import get_encounter
from hospital.kernel.errors import Refusal
from hospital.patients.api import record_body_facts
from hospital.patients.errors import BadBodyFacts
from hospital.staff_web.access import actor_of
from hospital.staff_web.doctor.views import doctor
from hospital.workflows.kidney_function import find_gfr


def visit_gfr(request: HttpRequest, encounter_id: UUID) -> int | None:
    """The kidney function of the visit's patient, where it is known."""
    person_id = get_encounter(encounter_id=encounter_id).person_id
    return find_gfr(person_id=person_id, actor=actor_of(request), now=timezone.now())


@require_POST
@doctor
def record(request: HttpRequest, encounter_id: UUID) -> HttpResponse:
    """Records weight and pregnancy of the patient of this visit."""
    person_id = get_encounter(encounter_id=encounter_id).person_id
    try:
        record_body_facts(
            person_id=person_id,
            weight_kg=_weight(request.POST.get("weight", "")),
            due_on=_due(request.POST.get("due_on", "")) if request.POST.get("pregnant") == "1" else None,
            actor=actor_of(request),
            now=timezone.now(),
        )
        messages.success(request, _("Recorded."))
    except Refusal as refusal:
        if refusal.status != 422:
            raise
        messages.warning(request, refusal.message)
    return redirect("staff:doctor_visit", encounter_id=encounter_id)


def _weight(text: str) -> Decimal | None:
    if not text.strip():
        return None
    try:
        return Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        raise BadBodyFacts from None


def _due(text: str) -> date:
    try:
        found = parse_date(text)
    except ValueError:
        found = None
    if found is None:
        raise BadBodyFacts
    return found
