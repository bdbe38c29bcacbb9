"""The two addresses that a release of places hits by the thousand: plain views, one SQL statement each, msgspec.

They are described to the OpenAPI document by `OPENAPI_PATHS`, since no router declares them.
"""

from typing import Any
from uuid import UUID

import msgspec
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from hospital.accounts.api import hash_token
from hospital.appointments.api import hold_slot
from hospital.kernel.errors import Refusal
from hospital.patient_api.authentication import bearer_token, booking_channel, client_address, request_id
from hospital.patient_api.problems import malformed_response, refusal_response, too_large_response
from hospital.scheduling.api import read_slots_json


class HoldRequest(msgspec.Struct, forbid_unknown_fields=True):
    """Which place for whom."""

    slot_id: int
    person_id: UUID


_decode_hold = msgspec.json.Decoder(HoldRequest).decode
_encode = msgspec.json.Encoder().encode
_INT64 = 2**63


@csrf_exempt
@require_POST
def hold(request: HttpRequest) -> HttpResponse:
    """Holds a place for 15 minutes. Authentication, right to act, place, event and audit row are one statement."""
    try:
        body = _decode_hold(request.body)
    except RequestDataTooBig:
        return too_large_response(request)
    except msgspec.MsgspecError:
        return malformed_response(request, [{"loc": ("body",), "type": "shape"}])
    if not 0 < body.slot_id < _INT64:
        return malformed_response(request, [{"loc": ("body", "slot_id"), "type": "range"}])
    now = timezone.now()
    try:
        held = hold_slot(
            slot_id=body.slot_id,
            person_id=body.person_id,
            token_hash=hash_token(bearer_token(request)),
            ip=client_address(request),
            request_id=request_id(request),
            now=now,
            channel=booking_channel(request),
        )
    except Refusal as refusal:
        return refusal_response(request, refusal)
    # The countdown runs from the server's clock: a phone's may be hours off.
    answer = {"appointment_id": held.id, "state": "HELD", "held_until": held.held_until, "read_at": now}
    return HttpResponse(_encode(answer), status=201, content_type="application/json")


@require_GET
def slots(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """The future places of a session with how many are free, as the database writes them."""
    text = read_slots_json(session_id=session_id, now=timezone.now(), channel=booking_channel(request))
    return HttpResponse(text, content_type="application/json")


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "required": list(properties), "properties": properties}


_INSTANT = {"type": "string", "format": "date-time"}
_ID = {"type": "string", "format": "uuid"}
OPENAPI_PATHS: dict[str, Any] = {
    "/api/appointments/hold": {
        "post": {
            "operationId": "hold_place",
            "summary": "Hold a place",
            "description": "Holds a place for 15 minutes. Refusals: `not_signed_in`, `unknown_person`, `unknown_slot`, "
            "`slot_full`, `slot_past`, `session_stopped`, `not_released`, `kept_for_others`, `already_booked`, "
            "`too_many_unpaid`.",
            "tags": ["Booking"],
            "security": [{"PatientBearer": []}],
            "requestBody": {
                "required": True,
                "content": {
                    "application/json": {
                        "schema": _object({"slot_id": {"type": "integer", "minimum": 1}, "person_id": _ID})
                    }
                },
            },
            "responses": {
                "201": {
                    "description": "Held",
                    "content": {
                        "application/json": {
                            "schema": _object(
                                {
                                    "appointment_id": _ID,
                                    "state": {"const": "HELD"},
                                    "held_until": _INSTANT,
                                    "read_at": _INSTANT,
                                }
                            )
                        }
                    },
                },
            },
        }
    },
    "/api/sessions/{session_id}/slots": {
        "get": {
            "operationId": "read_places",
            "summary": "Places of a session",
            "tags": ["Booking"],
            "parameters": [{"name": "session_id", "in": "path", "required": True, "schema": _ID}],
            "responses": {
                "200": {
                    "description": "Places in order; none for an unknown or stopped session",
                    "content": {
                        "application/json": {
                            "schema": {
                                "type": "array",
                                "items": _object(
                                    {
                                        "id": {"type": "integer"},
                                        "number": {"type": "integer"},
                                        "starts_at": _INSTANT,
                                        "ends_at": _INSTANT,
                                        "free": {"type": "integer"},
                                        "opens_at": {"type": ["string", "null"], "format": "date-time"},
                                    }
                                ),
                            }
                        }
                    },
                }
            },
        }
    },
}
