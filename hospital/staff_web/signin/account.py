"""A member of staff's own sign-in: password, campus."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from hospital.accounts.api import change_password, list_staff_contacts, set_staff_email
from hospital.accounts.errors import BadAddress, WeakPassword, WrongCurrentPassword
from hospital.campuses.api import list_campuses
from hospital.kernel.actors import Actor
from hospital.staff_web.access import CAMPUS_KEY, actor_of, desk_view, go_to
from hospital.staff_web.errors import WrongPlace
from hospital.staff_web.signin.forms import PasswordForm
from hospital.staff_web.signin.views import PLACE_COOKIE, YEAR, safe_next


@sensitive_post_parameters("current", "new", "again")
@never_cache
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Changes the password; the only page open to an account that must."""
    if not request.user.is_authenticated:
        return go_to(request, "/staff/sign-in/")
    form = PasswordForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        answer = _change(request, form)
        if answer is not None:
            return answer
        status = 422
    context = {"form": form, "is_forced": request.user.must_change_password}
    return render(request, "staff_web/signin/password.html", context, status=status)


def _change(request: HttpRequest, form: PasswordForm) -> HttpResponse | None:
    try:
        actor = actor_of(request)
        user = change_password(
            actor=actor,
            user_id=UUID(actor.id),
            current=form.cleaned_data["current"],
            new=form.cleaned_data["new"],
            now=timezone.now(),
        )
    except WrongCurrentPassword as refusal:
        form.add_error("current", refusal.message)
    except WeakPassword as refusal:
        form.add_error("new", refusal.message)
    else:
        update_session_auth_hash(request, user)
        return redirect("staff:home")
    return None


@never_cache
@require_http_methods(["GET", "POST"])
def campus(request: HttpRequest) -> HttpResponse:
    """Chooses where the person works now, among the campuses where they hold a role."""
    if not request.user.is_authenticated:
        return go_to(request, "/staff/sign-in/")
    actor = actor_of(request)
    held = {code for _, code in actor.grants}
    if request.method == "POST":
        code = request.POST.get("campus", "")
        if code not in held:
            raise WrongPlace
        request.session[CAMPUS_KEY] = code
        response = redirect(safe_next(request))
        response.set_cookie(PLACE_COOKIE, code, max_age=YEAR, samesite="Lax", httponly=True)
        return response
    context = {"choices": _choices(actor), "next": safe_next(request)}
    return render(request, "staff_web/signin/campus.html", context)


def _choices(actor: Actor) -> list[dict[str, Any]]:
    roles: dict[str, list[str]] = {}
    for role, code in sorted(actor.grants):
        roles.setdefault(code, []).append(role)
    return [
        {"campus": each, "roles": roles[each.code], "is_current": each.code == actor.campus_code}
        for each in list_campuses()
        if each.code in roles
    ]


@require_http_methods(["GET", "POST"])
@desk_view()
def account(request: HttpRequest) -> HttpResponse:
    """Password, second factor and address for urgent warnings, of one's own."""
    actor = actor_of(request)
    typed, refusal = request.POST.get("email", ""), None
    if request.method == "POST":
        try:
            set_staff_email(email=typed, actor=actor, now=timezone.now())
        except BadAddress as bad:
            refusal = bad
        else:
            messages.success(request, _("Saved."))
            return redirect("staff:account")
    (contact,) = list_staff_contacts(user_ids=[UUID(actor.id)])
    context = {"email": typed if refusal else contact.email, "refusal": refusal}
    return render(request, "staff_web/signin/account.html", context, status=refusal.status if refusal else 200)
