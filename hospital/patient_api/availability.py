"""When one can book: free days, and the places of a doctor's day. Plain views, one SQL statement each (A04).

Described to the OpenAPI document by `OPENAPI_PATHS`, since no router declares them.
"""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET
from pydantic import ValidationError

from hospital.campuses.api import read_search
from hospital.kernel.clock import local_day
from hospital.patient_api.authentication import booking_channel
from hospital.patient_api.finding import DAYS, Chosen
from hospital.patient_api.problems import malformed_response
from hospital.scheduling.api import read_days_json, read_places_json

_JSON = "application/json"


@require_GET
def days(request: HttpRequest) -> HttpResponse:
    """The coming two weeks, each day with the sessions held and the places free, for what was typed and chosen."""
    try:
        chosen = Chosen.model_validate({name: value for name, value in request.GET.items() if value})
    except ValidationError as problem:
        return malformed_response(
            request, [{"loc": ("query", *row["loc"]), "type": row["type"]} for row in problem.errors()]
        )
    now = timezone.now()
    today = local_day(now)
    text = read_days_json(
        sought=read_search(chosen.q),
        chosen=chosen.as_filter(),
        first=today,
        last=today + timedelta(days=DAYS - 1),
        now=now,
        channel=booking_channel(request),
    )
    return HttpResponse(text, content_type=_JSON)


@require_GET
def places(request: HttpRequest, doctor_id: UUID) -> HttpResponse:
    """The sessions of a doctor on a day with all their places, as the database writes them."""
    try:
        day = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return malformed_response(request, [{"loc": ("query", "day"), "type": "date"}])
    is_clinic = request.GET.get("clinic") == "true"
    text = read_places_json(
        clinician_id=None if is_clinic else doctor_id,
        clinic_of=doctor_id if is_clinic else None,
        day=day,
        now=timezone.now(),
        channel=booking_channel(request),
    )
    return HttpResponse(text, content_type=_JSON)


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "required": list(properties), "properties": properties}


def _answer(description: str, items: dict[str, Any]) -> dict[str, Any]:
    schema = {"type": "array", "items": items}
    return {"200": {"description": description, "content": {"application/json": {"schema": schema}}}}


_INSTANT = {"type": "string", "format": "date-time"}
_MAYBE_INSTANT = {"type": ["string", "null"], "format": "date-time"}
_DAY = {"type": "string", "format": "date"}
_ID = {"type": "string", "format": "uuid"}
_INTEGER = {"type": "integer"}
_TEXT = {"type": "string"}
_SCHEMAS = {"doctor": _ID, "department": _ID, "clinic": {"type": "boolean"}}
_PLACE = _object(
    {
        "id": _INTEGER,
        "number": _INTEGER,
        "starts_at": _INSTANT,
        "ends_at": _INSTANT,
        "free": _INTEGER,
        "opens_at": _MAYBE_INSTANT,
        "is_past": {"type": "boolean"},
    }
)
OPENAPI_PATHS: dict[str, Any] = {
    "/api/booking/days": {
        "get": {
            "operationId": "read_free_days",
            "summary": "Free days",
            "description": "The coming two weeks with the places that are free (at most 100 are counted). `sessions` "
            "0: nobody holds a clinic. `opens_at`: when the next places of a day without any are released.",
            "tags": ["Booking"],
            "parameters": [
                {
                    "name": name,
                    "in": "query",
                    "required": False,
                    "schema": _SCHEMAS.get(name, _TEXT),
                }
                for name in Chosen.model_fields
            ],
            "responses": _answer(
                "Every day",
                _object({"day": _DAY, "sessions": _INTEGER, "free": _INTEGER, "opens_at": _MAYBE_INSTANT}),
            ),
        }
    },
    "/api/booking/doctors/{doctor_id}/places": {
        "get": {
            "operationId": "read_doctor_places",
            "summary": "Places of a doctor's day",
            "tags": ["Booking"],
            "parameters": [
                {"name": "doctor_id", "in": "path", "required": True, "schema": _ID},
                {"name": "day", "in": "query", "required": True, "schema": _DAY},
                {"name": "clinic", "in": "query", "required": False, "schema": {"type": "boolean"}},
            ],
            "responses": _answer(
                "Sessions with all their places, taken ones too",
                _object(
                    {
                        "session_id": _ID,
                        "part": _TEXT,
                        "service_type": _TEXT,
                        "service_line": _TEXT,
                        "campus_code": _TEXT,
                        "starts_at": _INSTANT,
                        "ends_at": _INSTANT,
                        "places": {"type": "array", "items": _PLACE},
                    }
                ),
            ),
        }
    },
}
