"""The registration desk: find, register, take numbers, check in (F45)."""

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

from hospital.billing.api import list_charges_of_sources, list_pending_charges
from hospital.billing.types import SourceKind
from hospital.documents.api import DocumentKind
from hospital.kernel.actors import Actor, Role
from hospital.kernel.clock import local_day
from hospital.patients.api import search_people
from hospital.staff_web.access import actor_of, desk_view
from hospital.staff_web.banner import get_banner
from hospital.staff_web.desks import REGISTRATION
from hospital.staff_web.papers import sheet_choices
from hospital.staff_web.price_notices import DueNotice, read_due_notices
from hospital.staff_web.registration.board import VisitRow, list_board, list_extras, list_visits
from hospital.staff_web.registration.booking import booking_choices
from hospital.workflows.book import cancel_booking
from hospital.workflows.visit import check_in, take_visit_number

registrar = desk_view(Role.REGISTRAR)


def desk_context(request: HttpRequest, **more: Any) -> dict[str, Any]:
    """What every page of this desk shows: the queue."""
    groups = list_board(actor=actor_of(request), now=timezone.now())
    return {
        "desk_code": REGISTRATION.code,
        "groups": groups,
        "expected": sum(len(group.rows) for group in groups),
        **more,
    }


@require_GET
@registrar
def desk(request: HttpRequest) -> HttpResponse:
    """The desk without a person, or with what a search found."""
    text = request.GET.get("q", "").strip()
    found = search_people(actor=actor_of(request), text=text, now=timezone.now()) if text else []
    if len(found) == 1:
        return redirect("staff:registration_person", person_id=found[0].id)
    context = desk_context(request, text=text, found=found)
    return render(request, "staff_web/registration/desk.html", context)


@require_GET
@registrar
def queue(request: HttpRequest) -> HttpResponse:
    """The queue alone, for its own refresh."""
    context = desk_context(request, current=request.GET.get("person", ""))
    return render(request, "staff_web/registration/_queue.html", context)


@require_GET
@registrar
def person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """One person: banner, bookings and visits, booking at the window."""
    return show_person(request, person_id)


def show_person(request: HttpRequest, person_id: UUID, *, status: int = 200, **more: Any) -> HttpResponse:
    """The page of one person."""
    now = timezone.now()
    visits = list_visits(person_id=person_id, now=now)
    actor = actor_of(request)
    context = desk_context(
        request,
        extras=list_extras(person_id=person_id, now=now),
        due_notices=_list_due(person_id, visits, actor=actor, now=now),
        prints=_list_prints(visits),
        patient=get_banner(actor=actor, person_id=person_id, now=now, has_alerts=False),
        visits=visits,
        current=str(person_id),
        **booking_choices(actor=actor, today=local_day(now)),
        **more,
    )
    return render(request, "staff_web/registration/person.html", context, status=status)


def _list_due(person_id: UUID, visits: list[VisitRow], *, actor: Actor, now: datetime) -> list[DueNotice]:
    """The price notices of the open bill and of the visits at this campus, so that nobody meets them at the cashier."""
    sessions = [row.appointment.slot.session for row in visits if row.is_to_come]
    return read_due_notices(
        person_id,
        lines=list_pending_charges(person_id=person_id, actor=actor, now=now),
        booked={session.service_line for session in sessions if session.campus_code == actor.campus_code},
        actor=actor,
        now=now,
    )


def _list_prints(visits: list[VisitRow]) -> list[dict[str, Any]]:
    """The slips of the latest visits, for the document picker."""
    return [
        {
            "name": _("Registration slip"),
            "sub": f"{row.encounter.queue_number} · {row.encounter.number}",
            "href": reverse("staff:registration_slip", args=[row.encounter.id]),
            "sheets": sheet_choices(DocumentKind.REGISTRATION_SLIP),
        }
        for row in visits
        if row.encounter is not None
    ][:2]


@require_POST
@registrar
def take_number(request: HttpRequest, person_id: UUID, appointment_id: UUID) -> HttpResponse:
    """Takes the number of a booking of today, and checks in at once where the form asks for it."""
    actor, now = actor_of(request), timezone.now()
    encounter = take_visit_number(appointment_id=appointment_id, actor=actor, now=now)
    if request.POST.get("check_in"):
        encounter = check_in(encounter_id=encounter.id, actor=actor, now=timezone.now())
    messages.success(request, _("Number %(number)s taken.") % {"number": encounter.queue_number})
    return redirect("staff:registration_person", person_id=person_id)


@require_POST
@registrar
def check_in_visit(request: HttpRequest, person_id: UUID, encounter_id: UUID) -> HttpResponse:
    """Puts the patient into the doctor's queue."""
    encounter = check_in(encounter_id=encounter_id, actor=actor_of(request), now=timezone.now())
    messages.success(request, _("Number %(number)s is checked in.") % {"number": encounter.queue_number})
    return redirect("staff:registration_person", person_id=person_id)


@require_POST
@registrar
def cancel(request: HttpRequest, person_id: UUID, appointment_id: UUID) -> HttpResponse:
    """Gives a place back; an unpaid fee goes with it."""
    cancel_booking(
        appointment_id=appointment_id,
        reason=request.POST.get("reason", "").strip() or "at the window",
        actor=actor_of(request),
        now=timezone.now(),
    )
    messages.success(request, _("The booking is canceled and the place is free again."))
    fees = list_charges_of_sources(source_ids=[appointment_id], source_kind=SourceKind.REGISTRATION)
    if any(line.settled_at is not None and line.left_amount for line in fees.get(appointment_id, ())):
        messages.warning(request, _("A paid fee goes back at the cashier."))
    return redirect("staff:registration_person", person_id=person_id)
