"""The interfaces for partners: django-ninja under /partner/v1/, every call signed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja.errors import HttpError, ValidationError

from hospital.kernel.errors import Refusal
from hospital.partner_api import money, places, registrations
from hospital.partner_api.description import DescribedPartnerApi
from hospital.partner_api.problems import malformed_response, refusal_response, status_response

api = DescribedPartnerApi(
    title="International Medical Center: interfaces for partners",
    version="1.0.0",
    description="Kiosks and other channels register patients, look up bills and pay them. Every request is signed, and "
    "so is every answer. Every write has a request number of the partner's and is carried out once for ever; after a "
    "timeout ask with the number. Texts come in Chinese and English; errors are RFC 9457 problem documents.",
    docs_url="/docs",
    urls_namespace="partner_api",
)
api.add_router("", places.router)
api.add_router("", registrations.router)
api.add_router("", money.router)


@api.exception_handler(Refusal)
def _refuse(request: HttpRequest, problem: Refusal) -> HttpResponse:
    return refusal_response(request, problem)


@api.exception_handler(ValidationError)
def _refuse_shape(request: HttpRequest, problem: ValidationError) -> HttpResponse:
    errors: list[Any] = problem.errors
    return malformed_response(request, errors)


@api.exception_handler(HttpError)
def _refuse_body(request: HttpRequest, problem: HttpError) -> HttpResponse:
    return status_response(request, 400)
