"""Middleware of pages, which the patient API steps around.

The API carries its token in a header and keeps no session, so session, CSRF, messages and lock-out have nothing to do
there; on the booking path their cost would be most of the request.
"""

from collections.abc import Callable
from typing import Any

from axes.middleware import AxesMiddleware
from csp.middleware import CSPMiddleware
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django_htmx.middleware import HtmxMiddleware
from django_prometheus.middleware import PrometheusAfterMiddleware, PrometheusBeforeMiddleware
from whitenoise.middleware import WhiteNoiseMiddleware

API_PREFIX = "/api/"
# These pages of the API are read in a browser.
API_PAGES = ("/api/docs",)


def is_api_call(request: HttpRequest) -> bool:
    """Whether the request is a call of the API and not one of its pages."""
    path = request.path_info
    return path.startswith(API_PREFIX) and not path.startswith(API_PAGES)


class _PagesOnly:
    """Mixed in before a middleware, lets API calls pass it by."""

    # Each middleware that this is mixed into types these two in its own way.
    get_response: Any

    def __call__(self, request: HttpRequest) -> Any:
        if is_api_call(request):
            return self.get_response(request)
        return super().__call__(request)  # type: ignore[misc]

    def process_view(self, request: HttpRequest, *arguments: Any, **named: Any) -> Any:
        inherited = getattr(super(), "process_view", None)
        if inherited is None or is_api_call(request):
            return None
        return inherited(request, *arguments, **named)


class PageWhiteNoise(_PagesOnly, WhiteNoiseMiddleware):
    """Static files."""


class PageSecurityPolicy(_PagesOnly, CSPMiddleware):
    """The content security policy."""


class PageSessions(_PagesOnly, SessionMiddleware):
    """Staff sessions."""


class PageText:
    """Refuses the character NUL in addresses and fields with 400: PostgreSQL neither keeps it nor compares with it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_api_call(request):
            fields = (text for sent in (request.GET, request.POST) for _, texts in sent.lists() for text in texts)
            if any("\0" in text for text in (request.path_info, *fields)):
                raise SuspiciousOperation("a NUL character")
        return self.get_response(request)


class PageCsrf(_PagesOnly, CsrfViewMiddleware):
    """Forgery protection of forms."""


class PageAuthentication(_PagesOnly, AuthenticationMiddleware):
    """The signed-in member of staff."""


class PageMessages(_PagesOnly, MessageMiddleware):
    """One-time notices."""


class PageHtmx(_PagesOnly, HtmxMiddleware):
    """Knows partial requests."""


class PageLockout(_PagesOnly, AxesMiddleware):
    """Lock-out after failed sign-ins."""


class PageMetricsBefore(_PagesOnly, PrometheusBeforeMiddleware):
    """Counts and times, outermost."""


class PageMetricsAfter(_PagesOnly, PrometheusAfterMiddleware):
    """Counts and times, innermost."""
