"""The page a payer returns to: it asks the server, which asks the acquirer, and says how the payment stands.

Anyone with the address sees the amount and the state, nothing about the patient. What the browser brings along
(`resultIndicator`) is not looked at: it marks nothing paid.
"""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from hospital.payments.errors import PaymentNotFound
from hospital.workflows.pay_bill import follow_payment


@never_cache
@require_GET
def show_result(request: HttpRequest, payment_id: UUID) -> HttpResponse:
    """Paid, not paid, or being checked (then it asks again by itself). `?to=app` leads on to the app's own page."""
    if request.GET.get("to") == "app":
        return redirect(f"/#/bills/result?payment={payment_id}")
    try:
        payment = follow_payment(payment_id=payment_id, now=timezone.now())
    except PaymentNotFound:
        return render(request, "patient_api/payment_result.html", {"payment": None}, status=404)
    return render(request, "patient_api/payment_result.html", {"payment": payment})
