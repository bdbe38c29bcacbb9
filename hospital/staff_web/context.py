"""What every staff page knows about its reader."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from hospital.campuses.api import list_campuses
from hospital.kernel.actors import Actor
from hospital.staff_web.access import actor_of
from hospital.staff_web.critical_bar import get_critical_bar
from hospital.staff_web.desks import list_desks
from hospital.staff_web.middleware import is_staff_path
from hospital.staff_web.roles import SEARCHERS

THEME_COOKIE = "imc_theme"


def shell(request: HttpRequest) -> dict[str, Any]:
    """The reader, their desks, their campus, the theme and the language, for the templates of this face."""
    if not (is_staff_path(request) or request.path == "/about/"):
        return {}
    return {
        "actor": SimpleLazyObject(lambda: _actor(request)),
        "desks": SimpleLazyObject(lambda: list_desks(actor=actor) if (actor := _actor(request)) else []),
        "place": SimpleLazyObject(lambda: _place(request)),
        "can_search": SimpleLazyObject(lambda: _can_search(_actor(request))),
        "critical_bar": SimpleLazyObject(lambda: get_critical_bar(request, now=timezone.now())),
        "theme": "dark" if request.COOKIES.get(THEME_COOKIE) == "dark" else "light",
        "is_zh": (get_language() or "en").startswith("zh"),
        "is_demo": settings.DEMO,
        "read_at": timezone.now(),
        "session_seconds": settings.SESSION_COOKIE_AGE,
    }


def _actor(request: HttpRequest) -> Actor | None:
    return actor_of(request) if request.user.is_authenticated else None


def _can_search(actor: Actor | None) -> bool:
    """Whether the search of the top bar finds people for this reader."""
    return actor is not None and any(actor.has_role(role) for role in SEARCHERS)


def _place(request: HttpRequest) -> str:
    """The short name of the campus where the reader works now."""
    actor = _actor(request)
    if actor is None or not actor.campus_code:
        return ""
    return next((str(campus.short) for campus in list_campuses() if campus.code == actor.campus_code), "")
