"""The six digits after the password, and enrolling an authenticator (N14)."""

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from hospital.accounts.api import (
    begin_enrollment,
    check_not_locked,
    check_second_factor,
    confirm_enrollment,
    count_failure,
)
from hospital.accounts.errors import SignInLocked, WrongSecondFactor
from hospital.staff_web.access import actor_of, go_to
from hospital.staff_web.signin.forms import SecondFactorForm
from hospital.staff_web.signin.pending import end_pending, get_pending
from hospital.staff_web.signin.views import let_in, note_failure


@sensitive_post_parameters("code")
@never_cache
@require_http_methods(["GET", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """Asks for the digits of somebody whose password was right; wrong digits count towards the lock-out."""
    pending = get_pending(request, now=timezone.now())
    if pending is None:
        return redirect("staff:sign_in")
    user, campus_code, next_address = pending
    form = SecondFactorForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        username = user.get_username()
        try:
            check_not_locked(request=request, username=username)
            _use(request, username=username, user_id=user.pk, code=form.cleaned_data["code"])
        except (WrongSecondFactor, SignInLocked) as refusal:
            note_failure(request, username=username, step="second_factor", refusal=refusal)
            form.add_error("code", refusal.message)
            status = refusal.status
        else:
            end_pending(request)
            return let_in(request, user=user, campus_code=campus_code, next_address=next_address)
    return render(request, "staff_web/signin/second_factor.html", {"form": form}, status=status)


def _use(request: HttpRequest, *, username: str, user_id: object, code: str) -> None:
    try:
        check_second_factor(user_id=user_id, code=code, now=timezone.now())  # type: ignore[arg-type]
    except WrongSecondFactor:
        count_failure(request=request, username=username)
        raise


@never_cache
@require_http_methods(["GET", "POST"])
def enroll(request: HttpRequest) -> HttpResponse:
    """Shows the QR code of a new secret and turns the second factor on when the digits agree."""
    if not request.user.is_authenticated:
        return go_to(request, settings.LOGIN_URL)
    if request.user.totp_confirmed_at is not None:
        return redirect("staff:account")
    form = SecondFactorForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        actor = actor_of(request)
        try:
            confirm_enrollment(actor=actor, user_id=request.user.id, code=form.cleaned_data["code"], now=timezone.now())
        except WrongSecondFactor as refusal:
            form.add_error("code", refusal.message)
            status = refusal.status
        else:
            return redirect("staff:home")
    enrollment = begin_enrollment(user_id=request.user.id)
    picture = segno.make(enrollment.address, error="m").svg_inline(border=2, omitsize=True, title=_("QR code"))
    context = {
        "form": form,
        "secret": " ".join(enrollment.secret[i : i + 4] for i in range(0, len(enrollment.secret), 4)),
        "picture": mark_safe(picture),  # noqa: S308 — drawn here from our own text
        "is_required": settings.STAFF_TOTP_REQUIRED,
    }
    return render(request, "staff_web/signin/enroll.html", context, status=status)
