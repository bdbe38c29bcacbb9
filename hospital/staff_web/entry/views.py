"""The entry page: what the product is, and the way to each of its faces."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from hospital.kernel.types import BilingualText
from hospital.staff_web.desks import DESKS


@dataclass(frozen=True, slots=True)
class DemoLogin:
    """A published sign-in of the demonstration."""

    role: BilingualText
    username: str
    password: str


@require_safe
def entry(request: HttpRequest) -> HttpResponse:
    """The page at `/about/`. Sign-ins and the mailbox stand on it in the demonstration only."""
    logins = [DemoLogin(BilingualText(zh, en), name, password) for zh, en, name, password in settings.DEMO_LOGINS]
    context = {
        "entry_desks": DESKS,
        "logins": logins,
        "mailbox": f"{settings.SANDBOX_URL}/mailbox" if settings.DEMO else "",
        "sandbox": settings.SANDBOX_URL if settings.DEMO else "",
        "language": get_language(),
    }
    return render(request, "staff_web/entry/entry.html", context)
