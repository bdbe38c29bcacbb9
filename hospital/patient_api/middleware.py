"""Every error under /api/ is a problem document, also where no view was reached."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from hospital.patient_api.problems import CONTENT_TYPE, status_response, too_large_response

API_PREFIX = "/api/"
logger = logging.getLogger(__name__)


class ProblemDocuments:
    """Refuses bodies above the limit before they are read, and turns Django's own error pages into problem documents.

    An unexpected error is logged and answered with 500 `server_error`; what was not finished was undone.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(API_PREFIX):
            return self.get_response(request)
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdigit() and int(length) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            return too_large_response(request)
        response = self.get_response(request)
        if response.status_code < 400 or response.get("Content-Type") == CONTENT_TYPE:
            return response
        return status_response(request, response)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The problem document of an error that nobody foresaw."""
        if not request.path_info.startswith(API_PREFIX):
            return None
        logger.error("%s %s failed", request.method, request.path_info, exc_info=error)
        return status_response(request, HttpResponse(status=500))
