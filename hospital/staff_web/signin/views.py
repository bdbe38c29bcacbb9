"""Signing in and out (N14, mock-up 16)."""

from typing import Any

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from hospital.accounts.api import (
    check_password,
    count_tries_left,
    find_username,
    get_grants,
    record_failed_sign_in,
    record_sign_in,
    record_sign_out,
    set_staff_language,
)
from hospital.accounts.errors import SignInLocked, WrongSignIn
from hospital.kernel.errors import Refusal
from hospital.staff_web.access import CAMPUS_KEY, actor_of, client_address
from hospital.staff_web.signin.forms import SignInForm
from hospital.staff_web.signin.pending import begin_pending

PLACE_COOKIE = "imc_place"
YEAR = 31_536_000


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The form; a right password goes on to the second factor, or in."""
    next_address = safe_next(request)
    if request.user.is_authenticated and request.method == "GET":
        return redirect(next_address)
    form = SignInForm(request.POST or None, initial={"campus": request.COOKIES.get(PLACE_COOKIE, "")})
    if request.method == "POST" and form.is_valid():
        answer = _try(request, form, next_address)
        if answer is not None:
            return answer
    return render(request, "staff_web/signin/sign_in.html", {"form": form, "next": next_address}, status=_status(form))


def _status(form: SignInForm) -> int:
    return int(getattr(form, "refused_status", 422 if form.errors else 200))


def _try(request: HttpRequest, form: SignInForm, next_address: str) -> HttpResponse | None:
    username = find_username(sign_in=form.cleaned_data["username"])
    try:
        user = check_password(request=request, username=username, password=form.cleaned_data["password"])
    except (SignInLocked, WrongSignIn) as refusal:
        note_failure(request, username=username, step="password", refusal=refusal)
        form.add_error("password", refusal.message)
        form.refused_status = refusal.status  # type: ignore[attr-defined]
        if isinstance(refusal, WrongSignIn):
            form.tries_left = count_tries_left(request=request, username=username)  # type: ignore[attr-defined]
        return None
    if user.totp_confirmed_at is not None:
        now = timezone.now()
        campus = form.cleaned_data["campus"]
        begin_pending(request, user_id=user.id, campus_code=campus, next_address=next_address, now=now)
        return redirect("staff:second_factor")
    return let_in(request, user=user, campus_code=form.cleaned_data["campus"], next_address=next_address)


def note_failure(request: HttpRequest, *, username: str, step: str, refusal: Refusal) -> None:
    """The failure as an entry of the audit trail."""
    record_failed_sign_in(
        username=username,
        step=step,
        is_locked=isinstance(refusal, SignInLocked),
        ip=client_address(request),
        request_id=getattr(request, "request_id", ""),
        now=timezone.now(),
    )


def let_in(request: HttpRequest, *, user: Any, campus_code: str, next_address: str) -> HttpResponse:
    """Opens the session: the campus, the language, the entry in the audit trail, and on to the desk."""
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    campuses = {campus for _, campus in get_grants(user_id=user.id)}
    if campus_code in campuses:
        request.session[CAMPUS_KEY] = campus_code
    record_sign_in(actor=actor_of(request), now=timezone.now(), has_second_factor=user.totp_confirmed_at is not None)
    response = redirect(next_address)
    if request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME):
        set_staff_language(user_id=user.id, language=get_language() or "en")
    else:
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, user.language, max_age=YEAR, samesite="Lax")
    if campus_code:
        response.set_cookie(PLACE_COOKIE, campus_code, max_age=YEAR, samesite="Lax", httponly=True)
    return response


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session."""
    if request.user.is_authenticated:
        record_sign_out(actor=actor_of(request), now=timezone.now())
    logout(request)
    return redirect("staff:sign_in")


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """English or Chinese, remembered by this browser and by the account."""
    language = request.POST.get("language", "")
    response = redirect(safe_next(request))
    if language in dict(settings.LANGUAGES):
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, max_age=YEAR, samesite="Lax")
        if request.user.is_authenticated:
            set_staff_language(user_id=request.user.pk, language=language)
    return response


def safe_next(request: HttpRequest) -> str:
    """Where to go on to: an address of this site, else the desks."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else reverse("staff:home")


def leave_lock_to_page(_request: HttpRequest, original_response: HttpResponse, *_: Any) -> HttpResponse:
    """What django-axes answers when an account is locked: our own page, which says so already."""
    return original_response
