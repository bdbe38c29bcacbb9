"""The patient API: django-ninja under /api/, errors as problem documents."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja.errors import HttpError, ValidationError

from hospital.kernel.errors import Refusal
from hospital.patient_api import (
    account,
    assistance,
    bills,
    bookings,
    check_in,
    claims,
    directory,
    document_checks,
    enquiries,
    exam_images,
    examinations,
    finding,
    fiscal_receipts,
    inbox,
    information,
    insurance,
    journey,
    medical_documents,
    my_appointments,
    own_data,
    payments,
    people,
    person_documents,
    price_notices,
    rebooking,
    receipts,
    report_shares,
    reports,
    sign_in,
    waitlist,
)
from hospital.patient_api.authentication import PatientBearer
from hospital.patient_api.description import DescribedApi
from hospital.patient_api.problems import (
    malformed_response,
    not_json_response,
    refusal_response,
)

api = DescribedApi(
    title="International Medical Center: patient API",
    version="1.0.0",
    description="Sign in with a one-time code, add the people you book for, book, pay, follow the visit, read reports. "
    "Content comes in Chinese and English; errors are RFC 9457 problem documents in the language of Accept-Language.",
    auth=PatientBearer(),
    docs_url="/docs",
    urls_namespace="patient_api",
)
api.add_router("", sign_in.router)
api.add_router("", account.router)
api.add_router("", claims.router)
api.add_router("", own_data.router)
api.add_router("", medical_documents.router)
api.add_router("", people.router)
api.add_router("", person_documents.router)
api.add_router("", insurance.router)
api.add_router("", document_checks.router)
api.add_router("", directory.router)
api.add_router("", information.router)
api.add_router("", finding.router)
api.add_router("", bookings.router)
api.add_router("", my_appointments.router)
api.add_router("", rebooking.router)
api.add_router("", waitlist.router)
api.add_router("", check_in.router)
api.add_router("", journey.router)
api.add_router("", examinations.router)
api.add_router("", assistance.router)
api.add_router("", inbox.router)
api.add_router("", enquiries.router)
api.add_router("", bills.router)
api.add_router("", price_notices.router)
api.add_router("", receipts.router)
api.add_router("", fiscal_receipts.router)
api.add_router("", payments.router)
api.add_router("", reports.router)
api.add_router("", report_shares.router)
api.add_router("", exam_images.router)


@api.exception_handler(Refusal)
def _refuse(request: HttpRequest, problem: Refusal) -> HttpResponse:
    return refusal_response(request, problem)


@api.exception_handler(ValidationError)
def _refuse_shape(request: HttpRequest, problem: ValidationError) -> HttpResponse:
    errors: list[Any] = problem.errors
    return malformed_response(request, errors)


@api.exception_handler(HttpError)
def _refuse_body(request: HttpRequest, problem: HttpError) -> HttpResponse:
    return not_json_response(request)
