"""What every page of the cashier's desk shows."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from hospital.encounters.api import count_waiting_line_changes
from hospital.insurance.api import list_refused_claims
from hospital.staff_web.access import actor_of
from hospital.staff_web.cashier.queue import read_queue
from hospital.staff_web.desks import CASHIER
from hospital.workflows.troubled_payments import list_troubled_payments


def desk_context(request: HttpRequest, **more: Any) -> dict[str, Any]:
    """The queue, how many payments and claims need a person, and how many service lines wait for another."""
    actor = actor_of(request)
    queue = read_queue(actor=actor, now=timezone.now())
    return {
        "desk_code": CASHIER.code,
        "queue": queue,
        "troubled": len(list_troubled_payments(actor=actor)) + len(list_refused_claims(actor=actor)),
        "line_changes": count_waiting_line_changes(actor=actor),
        **more,
    }
