"""The code with which patients check in: on the wall board, and as a sheet of the day where no screen works (A05)."""

from dataclasses import dataclass
from datetime import datetime

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from hospital.encounters.api import AreaCard, list_areas, make_paper_code, make_screen_code
from hospital.encounters.errors import UnknownBoard
from hospital.kernel.actors import Role
from hospital.kernel.clock import local_day
from hospital.staff_web.access import actor_of, desk_view

_HALF = 4


@dataclass(frozen=True, slots=True)
class ShownCode:
    """A code to type, in two halves, and as a picture that opens the app's page."""

    words: str
    picture: SafeString


def show_screen_code(*, area: AreaCard, now: datetime) -> ShownCode:
    """What the wall board shows in this minute."""
    return _shown(make_screen_code(area=area, now=now))


def _shown(code: str) -> ShownCode:
    address = f"{settings.PUBLIC_URL}/#/visit/check-in?code={code}"
    picture = segno.make(address, error="m").svg_inline(border=2, omitsize=True, title=code)
    return ShownCode(words=f"{code[:_HALF]} {code[_HALF:]}", picture=mark_safe(picture))  # noqa: S308 — drawn here


@never_cache
@require_GET
@desk_view(Role.NURSE)
def sheet(request: HttpRequest, code: str) -> HttpResponse:
    """A sheet to print in both languages; it is good until midnight. Refuses with `UnknownBoard`."""
    now = timezone.now()
    areas = list_areas(campus_code=actor_of(request).campus_code)
    area = next((each for each in areas if each.code == code), None)
    if area is None:
        raise UnknownBoard
    shown = _shown(make_paper_code(area=area, now=now))
    return render(request, "staff_web/waiting/sheet.html", {"area": area, "code": shown, "day": local_day(now)})
