"""Shapes of the patient API."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import SerializationInfo, StringConstraints, field_serializer

from hospital.patient_api.reading import in_script_of

# One line as somebody typed it. Control characters come from programs only, and PostgreSQL takes no NUL.
Line = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]*$")]  # A tag of BCP 47, such as "en" or "zh-Hans".
Language = Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=20)]


class Text(Schema):
    """A content text in both languages; `en` is empty where nobody has translated it yet. `zh` is in Traditional
    characters for a reader whose Accept-Language says `zh-Hant` (or `zh-HK`, `zh-MO`, `zh-TW`)."""

    zh: str
    en: str

    @field_serializer("zh")
    def write_zh(self, value: str, info: SerializationInfo) -> str:
        """The Chinese in the characters that the reader asked for."""
        return in_script_of((info.context or {}).get("request"), value)


class Problem(Schema):
    """RFC 9457 problem document. `facts` are the values that the text names, for machines."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    facts: dict[str, Any] | None = None


class CampusOut(Schema):
    """A campus. Where it is in degrees of WGS 84, for the telephone to reckon how far; null where not measured."""

    code: str
    name: Text
    short: Text
    address: Text
    phone: str
    latitude: float | None = None
    longitude: float | None = None


class DepartmentOut(Schema):
    """A department."""

    id: UUID
    code: str
    campus_code: str
    specialty: str
    name: Text
    intro: Text
    location: Text
    floor: str


class DoctorOut(Schema):
    """A doctor. `portrait` is the address of a picture on this server, or empty."""

    id: UUID
    name: Text
    sex: str
    title: str
    title_name: Text
    languages: list[str]
    expertise: Text
    department: DepartmentOut
    portrait: str


class SessionOut(Schema):
    """A clinic session with free places."""

    id: UUID
    clinician_id: UUID
    clinician_name: Text
    department_name: Text
    campus_code: str
    campus_name: Text
    location: Text
    room: Text | None
    held_on: date
    part: str
    starts_at: datetime
    ends_at: datetime
    service_type: str
    service_line: str
    fee: Decimal | None
    free: int


class AppointmentOut(Schema):
    """A booking."""

    id: UUID
    person_id: UUID
    state: str
    held_until: datetime | None
    starts_at: datetime
    ends_at: datetime
    number: int
    clinician_name: Text
    department_name: Text
    campus_name: Text
    campus_address: Text
    location: Text
    room: Text | None
    service_line: str
    encounter_id: UUID | None = None


class VisitOut(Schema):
    """A visit as the patient follows it."""

    id: UUID
    number: str
    state: str
    queue_number: str
    waiting_before: int
    clinician_name: Text
    department_name: Text
    location: Text
    room: Text | None
