"""Every error under /api/ is a problem document, also where no view was reached."""

import logging
from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.core.handlers.exception import convert_exception_to_response
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.http.response import HttpResponseBase
from django.utils import translation

from hospital.patient_api.problems import (
    CONTENT_TYPE,
    in_readers_script,
    reader_language,
    status_response,
    too_large_response,
)

Answer = Callable[[HttpRequest], HttpResponseBase]
logger = logging.getLogger(__name__)


class ProblemDocuments:
    """Speaks the reader's language, refuses bodies above the limit before they are read and foreign host names, and
    turns Django's own error pages into problem documents.

    An unexpected error is logged and answered with 500 `server_error`; what was not finished was undone.
    """

    def __init__(self, call_view: Answer) -> None:
        self.call_view = call_view
        # Turns Django's own refusals (wrong address, broken body) into plain answers with their status.
        self.answer = cast(Answer, convert_exception_to_response(self._answer_unforeseen))

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.get_host()
        translation.activate(reader_language(request))
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdigit() and int(length) > _limit(request):
            response: HttpResponseBase = too_large_response(request)
        else:
            response = self.answer(request)
        if response.status_code >= 400 and response.get("Content-Type") != CONTENT_TYPE:
            response = status_response(request, response)
        if isinstance(response, HttpResponse) and response.get("Content-Type") == CONTENT_TYPE:
            response = in_readers_script(request, response)
        response["X-Frame-Options"] = settings.X_FRAME_OPTIONS
        if isinstance(response, HttpResponse):
            response["Content-Length"] = str(len(response.content))
        return response

    def _answer_unforeseen(self, request: HttpRequest) -> HttpResponseBase:
        try:
            return self.call_view(request)
        except (Http404, PermissionDenied, BadRequest, SuspiciousOperation, MultiPartParserError):
            raise
        except Exception:
            logger.exception("%s %s failed", request.method, request.path_info)
            return status_response(request, HttpResponse(status=500))


def _limit(request: HttpRequest) -> int:
    """A form with a file may be as large as the largest file; anything else is a few fields."""
    is_form = request.META.get("CONTENT_TYPE", "").startswith("multipart/form-data")
    return int(settings.FILE_UPLOAD_MAX_MEMORY_SIZE if is_form else settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
