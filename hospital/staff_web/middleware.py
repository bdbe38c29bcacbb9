"""What surrounds every staff page: a request number, a sliding session, refusals in the reader's language."""

import re
from collections.abc import Callable
from typing import cast
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from hospital.audit.api import record_act
from hospital.kernel.actors import Role
from hospital.kernel.errors import Refusal
from hospital.kernel.ids import new_id
from hospital.staff_web.access import actor_of
from hospital.staff_web.error_pages import error_page

GetResponse = Callable[[HttpRequest], HttpResponse]
SEEN_KEY = "seen_at"
SLIDE_SECONDS = 60
NOT_ALLOWED = 405
_REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,36}")
# A swap that the page makes by itself (a queue that refreshes) does not prove that somebody is there.
BACKGROUND_HEADER = "X-Background"


class RequestNumber:
    """Gives each request the number by which its audit entries and log lines are found; a proxy's own is kept."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        number = given if _REQUEST_ID.fullmatch(given) else str(new_id())
        request.request_id = number  # type: ignore[attr-defined]
        response = self.get_response(request)
        response["X-Request-ID"] = number
        return response


class StaffFace:
    """Serves `/staff/`: keeps the session alive while somebody works, and answers refusals as pages or fragments."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if is_staff_path(request):
            _slide_session(request)
        response = self.get_response(request)
        # The address of a form that was refused stands in the browser; loading it again must not show an empty page.
        is_bare = response.status_code == NOT_ALLOWED and not response.content
        return error_page(request, NOT_ALLOWED) if is_bare and is_staff_path(request) else response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Turns a refusal into its page (or, for htmx, into a notice that leaves the page as it is)."""
        if not isinstance(error, Refusal) or not is_staff_path(request):
            return None
        if error.status == 403 and request.user.is_authenticated:
            _record_refusal(request, error)
        return refusal_response(request, error)


def is_staff_path(request: HttpRequest) -> bool:
    """Whether the address belongs to the staff face."""
    return request.path.startswith("/staff/")


def refusal_response(request: HttpRequest, error: Refusal) -> HttpResponse:
    """The refusal with its own status: a whole page, or for htmx a notice over the page."""
    context = {
        "code": error.code,
        "text": error.message,
        "status": error.status,
        "break_glass": _break_glass_address(request, error),
    }
    if getattr(request, "htmx", False):
        response = render(request, "staff_web/components/refusal.html", context, status=error.status)
        response["HX-Retarget"] = "#notices"
        response["HX-Reswap"] = "innerHTML"
        return response
    return render(request, "staff_web/errors/refusal.html", context, status=error.status)


def _break_glass_address(request: HttpRequest, error: Refusal) -> str:
    """Where a doctor or nurse may open the refused record with a reason; empty for everybody else."""
    if error.code != "no_care_relation" or not request.user.is_authenticated:
        return ""
    actor = actor_of(request)
    if not (actor.has_role(Role.DOCTOR) or actor.has_role(Role.NURSE)):
        return ""
    match = request.resolver_match
    person_id = (match.kwargs.get("person_id") if match else None) or request.GET.get("person", "")
    try:
        address = reverse("staff:break_glass", args=[UUID(str(person_id))])
    except ValueError:
        return reverse("staff:emergency")
    return f"{address}?{urlencode({'next': request.get_full_path()})}" if request.method == "GET" else address


def _record_refusal(request: HttpRequest, error: Refusal) -> None:
    """A refused act is an entry too. `WrongRole` was recorded where it was found."""
    if error.code == "wrong_role":
        return
    record_act(
        actor=actor_of(request),
        action="staff_web.refused",
        subject_kind="page",
        subject_id=request.path[:64],
        now=timezone.now(),
        was_refused=True,
        reason=error.code,
        details={name: str(value) for name, value in error.facts.items()},
    )


def _slide_session(request: HttpRequest) -> None:
    """Prolongs the session, writing at most once a minute; a page's own polling does not count as presence."""
    if not request.user.is_authenticated or request.headers.get(BACKGROUND_HEADER):
        return
    now = int(timezone.now().timestamp())
    if now - cast(int, request.session.get(SEEN_KEY, 0)) >= SLIDE_SECONDS:
        request.session[SEEN_KEY] = now
