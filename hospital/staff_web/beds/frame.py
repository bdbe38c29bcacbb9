"""What the pages of the bed desk share."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from hospital.beds.api import BED_ROLES
from hospital.beds.states import StayState
from hospital.beds.types import BedKind
from hospital.staff_web.access import desk_view
from hospital.staff_web.desks import BEDS

desk = desk_view(*BED_ROLES)
TABS = (("find", "staff:beds", _("Find a bed")), ("wards", "staff:beds_wards", _("Wards")))
KINDS = {
    BedKind.SUITE: _("Suite"),
    BedKind.SINGLE: _("Single room"),
    BedKind.DOUBLE: _("Two in a room"),
    BedKind.SHARED: _("Three or more in a room"),
    BedKind.INTENSIVE: _("Intensive care"),
}
STATES = {
    StayState.RESERVED: ("info", _("Reserved")),
    StayState.OCCUPIED: ("ok", _("In the bed")),
    StayState.CLOSED: ("warn", _("Closed")),
    StayState.ENDED: ("plain", _("Ended")),
    StayState.CANCELLED: ("plain", _("Given back")),
}


def show(request: HttpRequest, name: str, *, tab: str, status: int = 200, **facts: Any) -> HttpResponse:
    """A page of the desk with its tabs."""
    context = {"desk_code": BEDS.code, "tab": tab, "tabs": TABS, **facts}
    return render(request, f"staff_web/beds/{name}.html", context, status=status)


def read_number(text: str) -> int:
    """A number as a form sends it; 0, which is none of ours, for anything else."""
    return int(text) if text.isascii() and text.isdigit() else 0
