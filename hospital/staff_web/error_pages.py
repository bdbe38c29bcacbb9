"""Whole pages for what goes wrong outside a desk's own refusals."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_PAGES: dict[int, tuple[Promise, Promise]] = {
    400: (_("The request could not be read"), _("Nothing was changed. Go back and try again.")),
    403: (_("This is not open to you"), _("Nothing was changed. If the page stood open for long, load it again.")),
    404: (_("This page does not exist"), _("The address may be mistyped, or what it showed was moved.")),
    405: (
        _("This page cannot be loaded again"),
        _("Nothing was changed. Go back to the desk and open it anew."),
    ),
    413: (_("This is too large"), _("Nothing was changed. Send less at once.")),
    500: (_("Something went wrong on our side"), _("What was not finished was undone. Please try again in a moment.")),
}


def error_page(request: HttpRequest, status: int) -> HttpResponse:
    """The page of one status, in the reader's language."""
    title, text = _PAGES[status]
    context = {"status": status, "title": title, "text": text}
    return render(request, "staff_web/errors/page.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, and 413 for a body above the limit."""
    is_large = type(exception).__name__ in {"RequestDataTooBig", "TooManyFieldsSent", "TooManyFilesSent"}
    return error_page(request, 413 if is_large else 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 — Django's signature
    """403 outside the refusals of the desks."""
    return error_page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 — Django's signature
    """404."""
    return error_page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500."""
    return error_page(request, 500)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 — Django's signature
    """A form that was open too long, or that came from elsewhere."""
    return error_page(request, 403)
