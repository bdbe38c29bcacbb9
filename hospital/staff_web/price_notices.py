"""The price notice at the windows: shown beside a bill with a surcharge, printed, marked as signed (F46)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hospital.billing.types import ChargeLine
from hospital.catalog.types import ServiceLine
from hospital.kernel.actors import Actor, Role
from hospital.kernel.errors import Refusal
from hospital.staff_web.access import actor_of, desk_view
from hospital.staff_web.papers import paper_language, paper_response
from hospital.workflows.price_notice import PriceNotice, list_due_notices
from hospital.workflows.print_price_notice import print_price_notice, sign_price_notice

window = desk_view(Role.CASHIER, Role.REGISTRAR)
_BACK: Final = {"cashier": "staff:cashier_person", "registration": "staff:registration_person"}


@dataclass(frozen=True, slots=True)
class DueNotice:
    """A notice that somebody has to sign, as the desk shows it."""

    notice: PriceNotice
    prints: list[dict[str, Any]]


def read_due_notices(
    person_id: UUID, *, lines: Iterable[ChargeLine], actor: Actor, now: datetime, booked: Iterable[str] = ()
) -> list[DueNotice]:
    """What somebody has to sign before these lines at the actor's campus are paid, with its document picker.

    `booked` are the service lines of visits to come: who registers is told before the first charge.
    """
    notices = list_due_notices(
        person_id=person_id,
        campus_code=actor.campus_code,
        lines=lines,
        booked=[ServiceLine(line) for line in booked],
        now=now,
    )
    return [
        DueNotice(
            notice,
            [
                {
                    "name": _("Price notice"),
                    "sub": notice.code,
                    "href": reverse("staff:price_notice", args=[person_id, notice.service_line.value]),
                    "sheets": (),
                }
            ],
        )
        for notice in notices
    ]


@require_GET
@window
def paper(request: HttpRequest, person_id: UUID, service_line: str) -> HttpResponse:
    """The notice to be signed."""
    printed = print_price_notice(
        person_id=person_id,
        service_line=_read_line(service_line),
        language=paper_language(request),
        actor=actor_of(request),
        now=timezone.now(),
    )
    return paper_response(printed)


@require_POST
@window
def signed(request: HttpRequest, person_id: UUID, service_line: str) -> HttpResponse:
    """The patient or guardian signed it before the clerk, who goes on at their desk."""
    try:
        sign_price_notice(
            person_id=person_id, service_line=_read_line(service_line), actor=actor_of(request), now=timezone.now()
        )
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("The price notice is signed and written down."))
    return redirect(_BACK.get(request.POST.get("desk", ""), _BACK["cashier"]), person_id=person_id)


def _read_line(text: str) -> ServiceLine:
    if text not in {ServiceLine.INTL.value, ServiceLine.SPECIAL.value}:
        raise Http404
    return ServiceLine(text)
