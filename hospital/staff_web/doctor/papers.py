"""Papers that a doctor prints: prescriptions, requests, laboratory reports."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from hospital.orders.api import get_order
from hospital.orders.types import OrderKind
from hospital.staff_web.access import actor_of
from hospital.staff_web.doctor.views import doctor
from hospital.staff_web.papers import paper_language, paper_response
from hospital.workflows.print_clinical import (
    print_examination_request,
    print_laboratory_report,
    print_prescription,
)


@require_GET
@doctor
def print_order(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """The paper of a signed order in the language chosen (D52, D53)."""
    actor, now = actor_of(request), timezone.now()
    order = get_order(order_id=order_id, actor=actor, now=now)
    make = print_prescription if order.kind is OrderKind.PRESCRIPTION else print_examination_request
    return paper_response(make(order_id=order_id, language=paper_language(request), actor=actor, now=now))


@require_GET
@doctor
def print_report(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """A verified laboratory report (R56)."""
    paper = print_laboratory_report(
        report_id=report_id, language=paper_language(request), actor=actor_of(request), now=timezone.now()
    )
    return paper_response(paper)
