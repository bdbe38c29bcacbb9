"""People at every desk: the search of the top bar, full numbers for a reason, break-glass (N10, N14)."""

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hospital.kernel.errors import Refusal
from hospital.patients.api import open_emergency_access, search_people, unmask_identifier
from hospital.patients.errors import ReasonNeeded
from hospital.staff_web.access import actor_of, desk_view
from hospital.staff_web.people.links import person_address
from hospital.staff_web.people.lookup import find_exactly, record_search
from hospital.staff_web.roles import CLINICAL, SEARCHERS
from hospital.staff_web.signin.views import safe_next


class BreakGlassForm(forms.Form):
    """Why a record must open now."""

    reason = forms.CharField(
        label=_("Why the record must open now"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3, "autofocus": True}),
        help_text=_("At least 10 characters. The privacy office reads it."),
    )


@require_GET
@desk_view()
def search(request: HttpRequest) -> HttpResponse:
    """What the search of the top bar finds: people whom the reader may see."""
    actor = actor_of(request)
    text = request.GET.get("q", "").strip()
    people = []
    if any(actor.has_role(role) for role in SEARCHERS) and len(text) >= 2:
        people = search_people(actor=actor, text=text, now=timezone.now(), limit=12)
        record_search(request, [each.id for each in people])
    found = [{"person": each, "address": person_address(actor=actor, person_id=each.id)} for each in people]
    context = {"found": found, "text": text, "is_clinical": any(actor.has_role(role) for role in CLINICAL)}
    name = "results" if getattr(request, "htmx", False) else "page"
    return render(request, f"staff_web/people/search_{name}.html", context)


@require_POST
@desk_view(*SEARCHERS)
def unmask(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """A full document number for ten seconds; the reason is logged. Kept by no cache."""
    try:
        identifier_id = UUID(request.POST.get("field", ""))
        text = unmask_identifier(
            person_id=person_id,
            identifier_id=identifier_id,
            reason=request.POST.get("reason", ""),
            actor=actor_of(request),
            now=timezone.now(),
        )
    except ValueError:
        return JsonResponse({"code": "unknown_identifier", "text": str(_("This number is not on file."))}, status=404)
    except Refusal as refusal:
        return JsonResponse({"code": refusal.code, "text": refusal.message}, status=refusal.status)
    return JsonResponse({"text": text})


@require_http_methods(["GET", "POST"])
@desk_view(*CLINICAL)
def emergency(request: HttpRequest) -> HttpResponse:
    """Finds somebody outside the reader's care by the exact record or document number, and leads to break-glass."""
    number = request.POST.get("number", "").strip()
    if request.method == "POST":
        person_id = find_exactly(number=number)
        record_search(request, [] if person_id is None else [person_id])
        if person_id is not None:
            return redirect("staff:break_glass", person_id=person_id)
    context = {"number": number, "is_unknown": request.method == "POST"}
    return render(request, "staff_web/people/emergency.html", context, status=404 if context["is_unknown"] else 200)


@require_http_methods(["GET", "POST"])
@desk_view(*CLINICAL)
def break_glass(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Opens a record to somebody without a part in the care: with a reason, for four hours, logged (N14)."""
    form = BreakGlassForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                open_emergency_access(
                    person_id=person_id,
                    reason=form.cleaned_data["reason"],
                    actor=actor_of(request),
                    now=timezone.now(),
                )
            except ReasonNeeded as refusal:
                form.add_error("reason", refusal.message)
            else:
                return redirect(_next(request, person_id))
    context = {"form": form, "person_id": person_id, "next": request.GET.get("next") or request.POST.get("next", "")}
    return render(request, "staff_web/people/break_glass.html", context, status=status)


def _next(request: HttpRequest, person_id: UUID) -> str:
    if request.POST.get("next"):
        return safe_next(request)
    return person_address(actor=actor_of(request), person_id=person_id) or reverse("staff:home")
