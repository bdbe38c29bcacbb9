"""The gate before every address of partners: signature, clock, nonce and rate on the way in, our signature on the way
out.

`/partner/v1/openapi.json` and `/partner/v1/docs` are open to all.
"""

import logging
from collections.abc import Callable
from typing import cast
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.core.handlers.exception import convert_exception_to_response
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone, translation

from hospital.kernel.errors import Refusal
from hospital.partner_api.problems import CONTENT_TYPE, refusal_response, status_response
from hospital.partner_api.requests import PartnerRequest
from hospital.partners.api import Caller, SignedCall, admit_call, list_pairs, prove_call, sign_answer
from hospital.workflows.partner_actor import act_as

Answer = Callable[[HttpRequest], HttpResponseBase]
OPEN_ADDRESSES = ("/partner/v1/openapi.json", "/partner/v1/docs")
logger = logging.getLogger(__name__)


class PartnerGate:
    """Lets signed calls in and signs what they are answered, refusals and errors included."""

    def __init__(self, call_view: Answer) -> None:
        self.call_view = call_view
        self.answer = cast(Answer, convert_exception_to_response(self._answer_unforeseen))

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.get_host()
        translation.activate("en")
        if request.path_info in OPEN_ADDRESSES:
            return self.call_view(request)
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdigit() and int(length) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            return status_response(request, 413)
        now = timezone.now()
        call = _read_call(request)
        try:
            caller = prove_call(call=call, now=now)
        except Refusal as refusal:  # nobody is known yet with whose key the answer could be signed
            return refusal_response(request, refusal)
        response = self._answer_known(cast(PartnerRequest, request), caller, call)
        timestamp, signature = sign_answer(
            caller=caller, status=response.status_code, nonce=call.nonce, body=response.content, now=timezone.now()
        )
        response["X-IMC-Timestamp"] = timestamp
        response["X-IMC-Signature"] = signature
        response["Content-Length"] = str(len(response.content))
        response["Cache-Control"] = "no-store"
        return response

    def _answer_known(self, request: PartnerRequest, caller: Caller, call: SignedCall) -> HttpResponse:
        now = timezone.now()
        try:
            admit_call(caller=caller, nonce=call.nonce, now=now)
        except Refusal as refusal:
            response = refusal_response(request, refusal)
            if refusal.status == 429:
                response["Retry-After"] = str(60 - now.second)
            return response
        request.partner = caller.partner
        request.actor = act_as(caller.partner, ip=str(request.META.get("REMOTE_ADDR", "")), request_id=str(uuid4()))
        request.came_at = now
        response = cast(HttpResponse, self.answer(request))
        if response.status_code >= 400 and response.get("Content-Type") != CONTENT_TYPE:
            allowed = response.get("Allow")
            response = status_response(request, response.status_code)
            if allowed:
                response["Allow"] = allowed
        return response

    def _answer_unforeseen(self, request: HttpRequest) -> HttpResponseBase:
        try:
            return self.call_view(request)
        except (Http404, PermissionDenied, BadRequest, SuspiciousOperation):
            raise
        except Exception:
            logger.exception("%s %s failed", request.method, request.path_info)
            return status_response(request, 500)


def _read_call(request: HttpRequest) -> SignedCall:
    return SignedCall(
        method=str(request.method),
        path=request.path_info,
        query=list_pairs(request.GET.lists()),
        body=request.body,
        key_id=_header(request, "KEY"),
        timestamp=_header(request, "TIMESTAMP"),
        nonce=_header(request, "NONCE"),
        signature=_header(request, "SIGNATURE"),
    )


def _header(request: HttpRequest, name: str) -> str:
    return str(request.META.get(f"HTTP_X_IMC_{name}", ""))
