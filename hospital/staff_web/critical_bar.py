"""The bar above every page of a doctor while a critical value waits (R56): nobody can work on without seeing it.

The offices that are told last see it too, from the second threshold on, with whom to call instead of the value.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from hospital.encounters.api import list_encounters
from hospital.encounters.types import EncounterCard
from hospital.kernel.actors import Actor, Role
from hospital.kernel.watching import watch_address
from hospital.results.api import list_open_alerts, list_waiting_alerts, watch_topic
from hospital.results.types import CriticalAlertLine, WaitingAlert
from hospital.staff_web.access import actor_of, desk_view

OFFICES: Final = (Role.MEDICAL_AFFAIRS, Role.COORDINATOR)
OFFICES_FROM: Final = 2
"""From which threshold the offices of a campus see that nobody has taken a value over."""


@dataclass(frozen=True, slots=True)
class LateAlert:
    """What an office sees of an alert: whose patient it is and for how long it waits."""

    alert: WaitingAlert
    visit: EncounterCard


@dataclass(frozen=True, slots=True)
class CriticalBar:
    """What the bar says. `live` is where changes are told; `is_watching` is false for who has nothing to do with it."""

    is_watching: bool = False
    live: str = ""
    alerts: tuple[CriticalAlertLine, ...] = ()
    late: tuple[LateAlert, ...] = ()


def open_alerts_of(request: HttpRequest) -> list[CriticalAlertLine]:
    """What waits for the reader, asked once a request."""
    known: list[CriticalAlertLine] | None = getattr(request, "open_alerts", None)
    if known is None:
        known = list_open_alerts(actor=actor_of(request))
        request.open_alerts = known  # type: ignore[attr-defined]  # kept with the request that asked
    return known


def get_critical_bar(request: HttpRequest, *, now: datetime) -> CriticalBar:
    """The bar of the reader; empty for whoever is neither a doctor nor one of the offices here."""
    user = getattr(request, "user", None)  # the page of a body that was too large is drawn before anybody is known
    if user is None or not user.is_authenticated:
        return CriticalBar()
    actor = actor_of(request)
    is_doctor, is_office = actor.has_role(Role.DOCTOR), any(actor.has_role(role) for role in OFFICES)
    if not (actor.campus_code and (is_doctor or is_office)):
        return CriticalBar()
    return CriticalBar(
        is_watching=True,
        live=watch_address(topics=[watch_topic(actor.campus_code)], now=now),
        alerts=tuple(open_alerts_of(request)) if is_doctor else (),
        late=() if is_doctor else _list_late(actor=actor),
    )


def _list_late(*, actor: Actor) -> tuple[LateAlert, ...]:
    waiting = list_waiting_alerts(campus_codes=[actor.campus_code], level=OFFICES_FROM)
    visits = list_encounters(encounter_ids={alert.encounter_id for alert in waiting}) if waiting else {}
    return tuple(LateAlert(alert, visits[alert.encounter_id]) for alert in waiting)


@require_GET
@desk_view(Role.DOCTOR, *OFFICES)
def critical_bar(request: HttpRequest) -> HttpResponse:
    """The bar alone, for its own refresh."""
    bar = get_critical_bar(request, now=timezone.now())
    return render(request, "staff_web/components/critical_bar.html", {"critical_bar": bar})
