"""Errors as RFC 9457 problem documents with a stable code and a text in both languages."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hospital.kernel.errors import Refusal

CONTENT_TYPE = "application/problem+json"
STATUS_PROBLEMS: dict[int, tuple[str, Promise]] = {
    400: ("bad_request", _("We could not read the request. Nothing was changed.")),
    404: ("unknown_address", _("There is nothing at this address.")),
    405: ("wrong_method", _("This address does not take this kind of request. Nothing was changed.")),
    413: ("body_too_large", _("This is more than we can take at once. Nothing was changed.")),
    422: ("malformed_request", _("Something in the form is missing or not in the right form. Nothing was changed.")),
    500: (
        "server_error",
        _("Something went wrong on our side. Ask with the request number what was done, then send it again."),
    ),
}


def describe_refusal(refusal: Refusal) -> dict[str, Any]:
    """The problem document of a refusal."""
    texts = {}
    for name, language in (("zh", "zh-hans"), ("en", "en")):
        with translation.override(language):
            texts[name] = refusal.message
    facts = {key: value if isinstance(value, int | bool) else str(value) for key, value in refusal.facts.items()}
    return _document(status=refusal.status, code=refusal.code, texts=texts, facts=facts)


def refusal_response(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The answer to a refused call."""
    return write_problem(request, describe_refusal(refusal))


def status_response(request: HttpRequest, status: int, *, facts: Mapping[str, Any] | None = None) -> HttpResponse:
    """The answer where no refusal was raised: wrong address, wrong method, wrong shape, an error of our own."""
    code, text = STATUS_PROBLEMS.get(status, STATUS_PROBLEMS[400])
    texts = {}
    for name, language in (("zh", "zh-hans"), ("en", "en")):
        with translation.override(language):
            texts[name] = str(text)
    return write_problem(request, _document(status=status, code=code, texts=texts, facts=facts or {}))


def malformed_response(request: HttpRequest, errors: Iterable[Mapping[str, Any]]) -> HttpResponse:
    """422 for a body or parameter that does not have the documented shape; `fields` names each place."""
    fields = [
        {"at": ".".join(str(part) for part in error.get("loc", ())), "what": error.get("type")} for error in errors
    ]
    return status_response(request, 422, facts={"fields": fields})


def write_problem(request: HttpRequest, document: Mapping[str, Any]) -> HttpResponse:
    """A problem document whose `detail` is in the language of Accept-Language."""
    language = "zh" if translation.get_language_from_request(request).startswith("zh") else "en"
    text = document["text"][language]
    return write_json({**document, "title": text, "detail": text}, status=document["status"], content_type=CONTENT_TYPE)


def write_json(document: Mapping[str, Any], *, status: int, content_type: str = "application/json") -> HttpResponse:
    """A JSON answer, its names in order: a kept answer is the same to the byte whenever it is given."""
    written = json.dumps(document, ensure_ascii=False, sort_keys=True)
    return HttpResponse(written, status=status, content_type=content_type)


def _document(*, status: int, code: str, texts: Mapping[str, str], facts: Mapping[str, Any]) -> dict[str, Any]:
    document = {"type": f"urn:imc:problem:{code}", "status": status, "code": code, "text": dict(texts)}
    return document | {"facts": dict(facts)} if facts else document
