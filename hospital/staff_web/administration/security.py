"""The security desk: staff, roles, second factors, lock-outs (domain brief 10: separated administrators)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hospital.accounts.api import get_staff, list_lockouts, list_staff, release_lockout, reset_second_factor
from hospital.kernel.actors import Role
from hospital.staff_web.access import actor_of, desk_view
from hospital.staff_web.desks import SECURITY
from hospital.staff_web.errors import ReasonTooShort
from hospital.staff_web.roles import ROLE_NAMES

PAGE = 50
LEAST_REASON = 4
officer = desk_view(Role.SECURITY_ADMIN)


@require_GET
@officer
def staff(request: HttpRequest) -> HttpResponse:
    """Members of staff with their roles, one page after a user name; lock-outs beside them."""
    actor = actor_of(request)
    text, role = request.GET.get("q", "").strip(), request.GET.get("role", "")
    rows = list_staff(
        actor=actor,
        text=text,
        role=role if role in set(Role) else "",
        after=request.GET.get("after", ""),
        limit=PAGE + 1,
    )
    context = {
        "desk_code": SECURITY.code,
        "rows": rows[:PAGE],
        "after": rows[PAGE - 1].username if len(rows) > PAGE else "",
        "text": text,
        "role": role,
        "roles": ROLE_NAMES.items(),
        "lockouts": list_lockouts(actor=actor, now=timezone.now()),
    }
    return render(request, "staff_web/administration/staff.html", context)


@require_GET
@officer
def member(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """One member of staff."""
    card = get_staff(actor=actor_of(request), user_id=user_id)
    return render(request, "staff_web/administration/_member.html", {"member": card})


@require_POST
@officer
def reset_totp(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Takes the second factor off somebody who lost the phone."""
    reset_second_factor(actor=actor_of(request), user_id=user_id, reason=_read_reason(request), now=timezone.now())
    messages.success(request, _("The second factor is off. It is set up anew at the next sign-in."))
    return redirect("staff:security")


@require_POST
@officer
def release(request: HttpRequest) -> HttpResponse:
    """Lets a locked account try again."""
    username = request.POST.get("username", "")
    release_lockout(actor=actor_of(request), username=username, reason=_read_reason(request), now=timezone.now())
    messages.success(request, _("%(name)s can sign in again.") % {"name": username})
    return redirect("staff:security")


def _read_reason(request: HttpRequest) -> str:
    reason = request.POST.get("reason", "").strip()
    if len(reason) < LEAST_REASON:
        raise ReasonTooShort(least=LEAST_REASON)
    return reason[:200]
