"""The tables of decision support, kept by pharmacists: interactions, limits of doses, pregnancy and kidneys (D52)."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hospital.kernel.errors import Refusal
from hospital.orders.api import DOSE_UNITS, HANDLINGS, add_drug_rule, delete_drug_rule, list_drug_rules
from hospital.staff_web.access import actor_of
from hospital.staff_web.desks import PHARMACY
from hospital.staff_web.pharmacy.views import pharmacist


@require_GET
@pharmacist
def rules(request: HttpRequest) -> HttpResponse:
    """Every rule, found by drug."""
    return _show(request)


@require_POST
@pharmacist
def add(request: HttpRequest, kind: str) -> HttpResponse:
    """A new rule; what was typed stays where it is refused."""
    facts = {name: str(value) for name, value in request.POST.items()}
    try:
        add_drug_rule(kind=kind, facts=facts, actor=actor_of(request), now=timezone.now())
    except Refusal as refusal:
        if refusal.status != 422:
            raise
        return _show(request, refusal=refusal, kind=kind, typed=facts)
    messages.success(request, _("Saved. It speaks from the next prescription on."))
    return redirect("staff:drug_rules")


@require_POST
@pharmacist
def delete(request: HttpRequest, kind: str) -> HttpResponse:
    """Takes a rule away."""
    number = request.POST.get("number", "")
    if not number.isdigit():
        raise Http404
    delete_drug_rule(kind=kind, number=int(number), actor=actor_of(request), now=timezone.now())
    messages.success(request, _("Deleted."))
    return redirect("staff:drug_rules")


def _show(
    request: HttpRequest, *, refusal: Refusal | None = None, kind: str = "", typed: dict[str, str] | None = None
) -> HttpResponse:
    text = request.GET.get("q", "").strip()[:60]
    context = {
        "desk_code": PHARMACY.code,
        "rules": list_drug_rules(text=text),
        "text": text,
        "units": list(DOSE_UNITS)[:5],
        "handlings": HANDLINGS,
        "refusal": refusal,
        "wrong": kind,
        "typed": typed or {},
    }
    return render(request, "staff_web/pharmacy/rules.html", context, status=refusal.status if refusal else 200)
