"""The two ways of a request: a short one for calls of the patient API, and that of the pages.

A call of the API carries its token in a header and keeps no session: session, forgery protection, messages and
lock-out have nothing to do there, and on the booking path their passing by alone was a third of the work.
"""

from collections.abc import Callable
from typing import cast

from django.core.exceptions import SuspiciousOperation
from django.core.handlers.exception import convert_exception_to_response
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.middleware.security import SecurityMiddleware
from django.urls import get_resolver

from hospital.partner_api.gate import PartnerGate
from hospital.patient_api.middleware import ProblemDocuments

Answer = Callable[[HttpRequest], HttpResponseBase]
API_PREFIX = "/api/"
# These pages of the API are read in a browser.
API_PAGES = ("/api/docs",)
ONE_PACKET = 1400  # bytes
PARTNER_PREFIX = "/partner/v1/"
PARTNER_PAGES = ("/partner/v1/docs",)


class ApiCalls:
    """The outermost middleware: sends calls of patients and partners past all the others, pages on to them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer_page = get_response
        problems = convert_exception_to_response(ProblemDocuments(call_view))
        self.answer_call = cast(Answer, convert_exception_to_response(SecurityMiddleware(CompressedAnswers(problems))))

        gate = convert_exception_to_response(PartnerGate(call_view))
        self.answer_partner = cast(Answer, convert_exception_to_response(SecurityMiddleware(gate)))

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        path = request.path_info
        if path.startswith(PARTNER_PREFIX) and not path.startswith(PARTNER_PAGES):
            return self.answer_partner(request)
        if path.startswith(API_PREFIX) and not path.startswith(API_PAGES):
            return self.answer_call(request)
        return self.answer_page(request)


class CompressedAnswers(GZipMiddleware):
    """Compresses what would not fit into one packet; pictures and papers are compressed already.

    Guessing a secret from the length of compressed answers needs a victim's browser that sends the secret by itself:
    calls of the API carry their token in a header, which no foreign page can set.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """The answer, smaller where that helps."""
        is_text = response.get("Content-Type", "").startswith("application/json")
        if not is_text or response.streaming or len(cast(HttpResponse, response).content) < ONE_PACKET:
            return response
        return super().process_response(request, response)


def call_view(request: HttpRequest) -> HttpResponseBase:
    """What the view of the address answers."""
    match = request.resolver_match = get_resolver().resolve(request.path_info)
    answer: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
    return answer


class PageText:
    """Refuses the character NUL in addresses and fields with 400: PostgreSQL neither keeps it nor compares with it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        fields = (text for sent in (request.GET, request.POST) for _, texts in sent.lists() for text in texts)
        if any("\0" in text for text in (request.path_info, *fields)):
            raise SuspiciousOperation("a NUL character")
        return self.get_response(request)
