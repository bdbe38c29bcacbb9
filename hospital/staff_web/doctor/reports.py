"""A laboratory report as its doctor reads it, and its release to the patient."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hospital.encounters.api import get_encounter
from hospital.results.api import get_report, list_earlier_values, list_report_versions
from hospital.staff_web.access import actor_of
from hospital.staff_web.banner import get_banner
from hospital.staff_web.doctor.views import desk_context, doctor
from hospital.staff_web.laboratory.rows import list_rows
from hospital.workflows.report_results import release_report


@require_GET
@doctor
def report(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """One verified report with the value before beside each."""
    actor, now = actor_of(request), timezone.now()
    found = get_report(report_id=report_id, actor=actor, now=now)
    visit = get_encounter(encounter_id=found.encounter_id)
    context = desk_context(
        request,
        patient=get_banner(actor=actor, person_id=found.person_id, now=now, payer=visit.payer),
        report=found,
        rows=list_rows(report=found, earlier=list_earlier_values(report=found)),
        versions=list_report_versions(specimen_id=found.specimen_id, actor=actor, now=now),
        visit=visit,
        current=str(visit.id),
        is_mine=str(visit.clinician_user_id) == actor.id,
        prints=[
            {
                "name": _("Laboratory report"),
                "sub": found.number,
                "href": reverse("staff:doctor_report_print", args=[found.id]),
            }
        ],
    )
    return render(request, "staff_web/doctor/report.html", context)


@require_POST
@doctor
def release(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Shows a held report to the patient."""
    release_report(report_id=report_id, actor=actor_of(request), now=timezone.now())
    messages.success(request, _("The patient sees the report now."))
    return redirect("staff:doctor_report", report_id=report_id)
