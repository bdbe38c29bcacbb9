"""A settled bill: what was paid, its fee statement (F46, F48)."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hospital.billing.api import get_bill, list_refunds
from hospital.billing.types import Bill
from hospital.documents.api import DocumentKind
from hospital.kernel.actors import Role
from hospital.payments.api import list_payments
from hospital.receipts.api import list_receipts
from hospital.staff_web.access import actor_of, desk_view
from hospital.staff_web.banner import get_banner
from hospital.staff_web.cashier.bills import group_lines
from hospital.staff_web.cashier.frame import desk_context
from hospital.staff_web.cashier.receipts import word_of
from hospital.staff_web.cashier.words import PAYMENTS, REFUNDS, WAY_NAMES
from hospital.staff_web.papers import paper_language, paper_response, paper_sheet, sheet_choices
from hospital.workflows.errors import PeriodNotUsable
from hospital.workflows.print_fee_statement import (
    print_fee_statement,
    print_statement_of_period,
    print_statement_of_visit,
)

cashier = desk_view(Role.CASHIER)


@require_GET
@cashier
def bill(request: HttpRequest, settlement_id: UUID) -> HttpResponse:
    """The bill with its lines, its payment and its papers."""
    actor, now = actor_of(request), timezone.now()
    found = get_bill(settlement_id=settlement_id, actor=actor, now=now)
    settlement = found.settlement
    payments = list_payments(order_ids=settlement.payment_ids)
    refunds = list_refunds(actor=actor, now=now, person_id=settlement.person_id, settlement_id=settlement_id)
    context = desk_context(
        request,
        patient=get_banner(actor=actor, person_id=settlement.person_id, now=now, has_alerts=False),
        current=str(settlement.person_id),
        bill=found,
        groups=group_lines(found.lines),
        payments=[
            (payments[each], PAYMENTS[payments[each].state], *WAY_NAMES[payments[each].channel])
            for each in settlement.payment_ids
        ],
        refunds=[(refund, REFUNDS[refund.state]) for refund in refunds],
        prints=[
            {
                "name": _("Fee statement"),
                "sub": settlement.number,
                "href": reverse("staff:cashier_statement", args=[settlement_id]),
                "sheets": sheet_choices(DocumentKind.FEE_STATEMENT),
            },
            *_visit_print(found),
        ],
        receipts=[(one, word_of(one)) for one in list_receipts(settlement_ids=[settlement_id])[settlement_id]],
        today=timezone.localdate(),
    )
    return render(request, "staff_web/cashier/bill.html", context)


def _visit_print(found: Bill) -> list[dict[str, Any]]:
    visit = next((line.encounter_id for line in found.lines if line.encounter_id), None)
    if visit is None:
        return []
    return [
        {
            "name": _("Statement of the visit"),
            "sub": _("every bill of it"),
            "href": reverse("staff:cashier_visit_statement", args=[visit]),
            "sheets": sheet_choices(DocumentKind.FEE_STATEMENT),
        }
    ]


@require_GET
@cashier
def statement(request: HttpRequest, settlement_id: UUID) -> HttpResponse:
    """Prints the fee statement."""
    paper = print_fee_statement(
        settlement_id=settlement_id,
        language=paper_language(request),
        sheet=paper_sheet(request),
        actor=actor_of(request),
        now=timezone.now(),
    )
    return paper_response(paper)


@require_GET
@cashier
def visit_statement(request: HttpRequest, encounter_id: UUID) -> HttpResponse:
    """Prints the fee statement of a visit."""
    paper = print_statement_of_visit(
        encounter_id=encounter_id,
        language=paper_language(request),
        sheet=paper_sheet(request),
        actor=actor_of(request),
        now=timezone.now(),
    )
    return paper_response(paper)


@require_GET
@cashier
def period_statement(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Prints the fee statement of a period, `from` and `to` included."""
    first_on, last_on = (parse_date(request.GET.get(name, "")) for name in ("from", "to"))
    if first_on is None or last_on is None:
        raise PeriodNotUsable
    paper = print_statement_of_period(
        person_id=person_id,
        first_on=first_on,
        last_on=last_on,
        language=paper_language(request),
        sheet=paper_sheet(request),
        actor=actor_of(request),
        now=timezone.now(),
    )
    return paper_response(paper)
