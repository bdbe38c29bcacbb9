"""/api/live: whether anything has changed, asked every second or two while a page is visible (A16).

A plain view with one SQL statement, described by `OPENAPI_PATHS`, since no router declares it.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from hospital.accounts.api import hash_token
from hospital.kernel.errors import Refusal
from hospital.patient_api.authentication import bearer_token
from hospital.patient_api.problems import refusal_response
from hospital.workflows.live_version import read_live_version


@require_GET
def live(request: HttpRequest) -> HttpResponse:
    """The version of everything the account follows; 304 while it is the one the caller knows."""
    try:
        found = read_live_version(token_hash=hash_token(bearer_token(request)), now=timezone.now())
    except Refusal as refusal:
        return refusal_response(request, refusal)
    tag = f'"{found.version}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache", "Vary": "Authorization"}
    if request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304, headers=headers)
    return JsonResponse({"version": found.version, "unread": found.unread, "watch": found.watch}, headers=headers)


OPENAPI_PATHS: dict[str, Any] = {
    "/api/live": {
        "get": {
            "operationId": "read_live",
            "summary": "Has anything changed?",
            "description": "The version of everything the account follows: its people's visits, the queues in which "
            "they wait, bills, reports and messages. Send it back in If-None-Match: 304 while nothing changed. "
            "Refusals: `not_signed_in`.",
            "tags": ["Visit"],
            "security": [{"PatientBearer": []}],
            "responses": {
                "200": {
                    "description": "It changed, or the caller named no version",
                    "content": {
                        "application/json": {
                            "schema": {
                                "type": "object",
                                "required": ["version", "unread", "watch"],
                                "properties": {
                                    "version": {"type": "string"},
                                    "unread": {"type": "integer"},
                                    "watch": {
                                        "type": "string",
                                        "description": "Server-sent events that tell of changes at once; empty: ask",
                                    },
                                },
                            }
                        }
                    },
                },
                "304": {"description": "Nothing changed"},
            },
        }
    }
}
