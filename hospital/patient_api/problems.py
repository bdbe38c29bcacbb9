"""Errors as RFC 9457 problem documents: a stable code and a text in the reader's language."""

import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hospital.kernel.errors import Refusal
from hospital.patient_api.reading import reads_traditional
from hospital.patient_api.refused_acts import record_refused_act
from hospital.publications.api import to_traditional

CONTENT_TYPE = "application/problem+json"
_STATUS_PROBLEMS: dict[int, tuple[str, Promise]] = {
    400: ("bad_request", _("We could not read the request. Nothing was changed.")),
    404: ("unknown_address", _("There is nothing at this address.")),
    405: ("wrong_method", _("This address does not take this kind of request. Nothing was changed.")),
    500: ("server_error", _("Something went wrong on our side. What was not finished was undone; please try again.")),
}


def reader_language(request: HttpRequest) -> str:
    """`zh-hans` or `en`, from Accept-Language; English when it names neither."""
    return "zh-hans" if translation.get_language_from_request(request).startswith("zh") else "en"


def refusal_response(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The problem document of a named refusal; an attempt at what is somebody else's is recorded."""
    record_refused_act(request, refusal)
    with translation.override(reader_language(request)):
        return problem_response(
            status=refusal.status, code=refusal.code, detail=refusal.message, facts=_plain(refusal.facts)
        )


def problem_response(
    *, status: int, code: str, detail: str | Promise, facts: Mapping[str, object] | None = None
) -> HttpResponse:
    """A problem document. `detail` is translated into the active language."""
    text = str(detail)
    body = {"type": f"urn:imc:problem:{code}", "title": text, "status": status, "code": code, "detail": text}
    if facts:
        body["facts"] = facts
    return JsonResponse(body, status=status, content_type=CONTENT_TYPE, json_dumps_params={"ensure_ascii": False})


def in_readers_script(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A problem document with its Chinese in Traditional characters, when the reader asked for them."""
    if not reads_traditional(request):
        return response
    body = json.loads(response.content)
    for name in ("title", "detail"):
        body[name] = to_traditional(body[name])
    response.content = json.dumps(body, ensure_ascii=False).encode()
    return response


def malformed_response(request: HttpRequest, errors: list[Mapping[str, Any]]) -> HttpResponse:
    """422 for a body or parameter that does not have the documented shape; `fields` names each place."""
    with translation.override(reader_language(request)):
        return problem_response(
            status=422,
            code="malformed_request",
            detail=_("Something in the form is missing or not in the right form. Nothing was changed."),
            facts={
                "fields": [
                    {"at": ".".join(str(part) for part in error.get("loc", ())), "what": error.get("type")}
                    for error in errors
                ]
            },
        )


def too_large_response(request: HttpRequest) -> HttpResponse:
    """413 for a body over the limit."""
    with translation.override(reader_language(request)):
        return problem_response(
            status=413,
            code="body_too_large",
            detail=_("This is more than we can take at once. Nothing was changed."),
        )


def status_response(request: HttpRequest, plain: HttpResponseBase) -> HttpResponse:
    """The problem document for an answer that has none: wrong address, wrong method, an error of our own."""
    code, text = _STATUS_PROBLEMS.get(plain.status_code, _STATUS_PROBLEMS[400])
    with translation.override(reader_language(request)):
        response = problem_response(status=plain.status_code, code=code, detail=text)
    if "Allow" in plain:
        response["Allow"] = plain["Allow"]
    return response


def not_json_response(request: HttpRequest) -> HttpResponse:
    """400 for a body that is no JSON."""
    with translation.override(reader_language(request)):
        return problem_response(
            status=400, code="not_json", detail=_("We could not read the request. Nothing was changed.")
        )


def _plain(facts: Mapping[str, object]) -> dict[str, object]:
    return {key: value if isinstance(value, int | bool) else str(value) for key, value in facts.items()}
