"""A settled bill: what was paid, its fee statement (F46, F48)."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hospital.billing.api import get_bill, list_refunds
from hospital.kernel.actors import Role
from hospital.payments.api import list_payments
from hospital.staff_web.access import actor_of, desk_view
from hospital.staff_web.banner import get_banner
from hospital.staff_web.cashier.bills import group_lines
from hospital.staff_web.cashier.frame import desk_context
from hospital.staff_web.cashier.words import PAYMENTS, REFUNDS, WAY_NAMES
from hospital.staff_web.papers import paper_language, paper_response
from hospital.workflows.print_fee_statement import print_fee_statement

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
            }
        ],
    )
    return render(request, "staff_web/cashier/bill.html", context)


@require_GET
@cashier
def statement(request: HttpRequest, settlement_id: UUID) -> HttpResponse:
    """Prints the fee statement."""
    paper = print_fee_statement(
        settlement_id=settlement_id, language=paper_language(request), actor=actor_of(request), now=timezone.now()
    )
    return paper_response(paper)
