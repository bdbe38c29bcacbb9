"""Every error under /api/ is a problem document, also where no view was reached."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation

from hospital.patient_api.problems import CONTENT_TYPE, reader_language, status_response, too_large_response

logger = logging.getLogger(__name__)


class ProblemDocuments:
    """Speaks the reader's language, refuses bodies above the limit before they are read and foreign host names, and
    turns Django's own error pages into problem documents.

    An unexpected error is logged and answered with 500 `server_error`; what was not finished was undone.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.get_host()
        translation.activate(reader_language(request))
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdigit() and int(length) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            response: HttpResponseBase = too_large_response(request)
        else:
            response = self.get_response(request)
        if response.status_code >= 400 and response.get("Content-Type") != CONTENT_TYPE:
            response = status_response(request, response)
        response["X-Frame-Options"] = settings.X_FRAME_OPTIONS
        if isinstance(response, HttpResponse) and not response.has_header("Content-Length"):
            response["Content-Length"] = str(len(response.content))
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse:
        """The problem document of an error that nobody foresaw."""
        logger.error("%s %s failed", request.method, request.path_info, exc_info=error)
        return status_response(request, HttpResponse(status=500))
