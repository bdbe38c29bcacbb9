"""From a request to an `Actor`, and who may open a desk (N14)."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from hospital.accounts.api import get_grants
from hospital.audit.api import record_act
from hospital.kernel.actors import Actor, ActorKind, Role
from hospital.staff_web.errors import WrongRole

View = Callable[..., HttpResponse]
CAMPUS_KEY = "campus_code"


def actor_of(request: HttpRequest) -> Actor:
    """The member of staff behind `request`: one query for the grants, once a request. Only for signed-in requests."""
    actor = getattr(request, "staff_actor", None)
    if actor is None:
        user = cast(Any, request.user)
        grants = get_grants(user_id=user.id)
        actor = Actor(
            kind=ActorKind.STAFF,
            id=str(user.id),
            label=f"{user.name_en} {user.name_zh}",
            grants=grants,
            campus_code=_campus_code(request, grants),
            ip=client_address(request),
            request_id=getattr(request, "request_id", ""),
        )
        request.staff_actor = actor  # type: ignore[attr-defined]
    return cast(Actor, actor)


def client_address(request: HttpRequest) -> str:
    """The address from which the request came."""
    return str(request.META.get("REMOTE_ADDR", ""))


def _campus_code(request: HttpRequest, grants: frozenset[tuple[Role, str]]) -> str:
    campuses = {campus for _, campus in grants}
    chosen = str(request.session.get(CAMPUS_KEY, ""))
    if chosen in campuses:
        return chosen
    return campuses.pop() if len(campuses) == 1 else ""


def signed_in(view: View) -> View:
    """Guards a page that every member of staff may open once they are fully signed in."""
    return desk_view()(view)


def desk_view(*roles: Role) -> Callable[[View], View]:
    """Guards a page of a desk: a complete sign-in and one of `roles` at the campus where the person works now.

    No `roles`: any member of staff. A wrong role is an entry of the audit trail and the page of the refusal
    `wrong_role` (403). Nothing that a desk answers is kept by a cache.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            answer = _complete_sign_in(request)
            if answer is None:
                check_role(request, *roles)
                answer = view(request, *args, **kwargs)
            answer.setdefault("Cache-Control", "no-store")
            return answer

        return guarded

    return decorate


def check_role(request: HttpRequest, *roles: Role) -> Actor:
    """The actor, when they hold one of `roles` here; else an audit entry and the refusal `WrongRole`."""
    actor = actor_of(request)
    if roles and not any(actor.has_role(role) for role in roles):
        record_act(
            actor=actor,
            action="staff_web.open",
            subject_kind="page",
            subject_id=request.path[:64],
            now=timezone.now(),
            was_refused=True,
            reason=WrongRole.code,
        )
        raise WrongRole
    return actor


def _complete_sign_in(request: HttpRequest) -> HttpResponse | None:
    """Where the person must go first: signing in, a new password, a second factor, a campus; None when nowhere."""
    user = cast(Any, request.user)
    if not user.is_authenticated:
        return go_to(request, f"{reverse('staff:sign_in')}?{urlencode({'next': request.get_full_path()})}")
    if user.must_change_password:
        return go_to(request, reverse("staff:password"))
    if settings.STAFF_TOTP_REQUIRED and user.totp_confirmed_at is None:
        return go_to(request, reverse("staff:enroll"))
    if not actor_of(request).campus_code:
        return go_to(request, f"{reverse('staff:campus')}?{urlencode({'next': request.get_full_path()})}")
    return None


def go_to(request: HttpRequest, address: str) -> HttpResponse:
    """A redirect of the whole page, also out of a swap by htmx."""
    if getattr(request, "htmx", False):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseRedirect(address, status=303)
    return redirect(address)
