"""/api/campuses, departments, doctors, sessions: what can be booked (A02, A04)."""

from datetime import date, datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router
from ninja.decorators import decorate_view
from pydantic import Field

from hospital.billing.api import price_registration
from hospital.campuses.api import get_clinician, list_campuses, list_clinicians, list_departments
from hospital.campuses.types import CampusCard, ClinicianCard, DepartmentCard
from hospital.kernel.clock import local_day
from hospital.patient_api.articles import picture_address
from hospital.patient_api.authentication import booking_channel
from hospital.patient_api.reading import for_everyone
from hospital.patient_api.schemas import CampusOut, DepartmentOut, DoctorOut, Line, SessionOut
from hospital.patient_api.texts import TITLE_NAMES, both, text
from hospital.publications.api import list_portraits
from hospital.scheduling.api import list_sessions
from hospital.scheduling.types import SessionCard

router = Router(tags=["Directory"], auth=None)
MAX_DAYS = 31
Words = Annotated[Line, Field(max_length=100)]
Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2999, 12, 31))]


@router.get("/campuses", response=list[CampusOut], summary="Campuses")
@decorate_view(for_everyone)
def read_campuses(request: HttpRequest) -> list[CampusOut]:
    """All campuses."""
    return [campus_out(row) for row in list_campuses()]


@router.get("/departments", response=list[DepartmentOut], summary="Departments")
@decorate_view(for_everyone)
def read_departments(request: HttpRequest, campus: Words = "", q: Words = "") -> list[DepartmentOut]:
    """Departments, optionally of one campus or matching a name or a symptom in either language or pinyin."""
    return [department_out(row) for row in list_departments(campus_code=campus, text=q)]


@router.get("/doctors", response=list[DoctorOut], summary="Doctors")
@decorate_view(for_everyone)
def read_doctors(
    request: HttpRequest,
    campus: Words = "",
    department: UUID | None = None,
    specialty: Words = "",
    language: Words = "",
    q: Words = "",
) -> list[DoctorOut]:
    """Doctors by campus, department, specialty (for example `CARD`), language spoken or words."""
    rows = list_clinicians(campus_code=campus, department_id=department, specialty=specialty, language=language, text=q)
    return doctors_out(rows, now=timezone.now())


@router.get("/doctors/{uuid:doctor_id}", response=DoctorOut, summary="One doctor")
@decorate_view(for_everyone)
def read_doctor(request: HttpRequest, doctor_id: UUID) -> DoctorOut:
    """Refusals: `unknown_clinician`."""
    return doctors_out([get_clinician(clinician_id=doctor_id)], now=timezone.now())[0]


@router.get("/sessions", response=list[SessionOut], summary="Clinic sessions")
def read_sessions(
    request: HttpRequest,
    doctor: UUID | None = None,
    department: UUID | None = None,
    campus: Words = "",
    first: Day | None = None,
    days: int = 14,
) -> list[SessionOut]:
    """Sessions from `first` (default today) for `days` days, with free places and the registration fee in CNY."""
    now = timezone.now()
    start = first or local_day(now)
    sessions = list_sessions(
        now=now,
        first=start,
        last=start + timedelta(days=max(1, min(days, MAX_DAYS)) - 1),
        clinician_id=doctor,
        department_id=department,
        campus_code=campus,
        channel=booking_channel(request),
    )
    fees = registration_fees(sessions, now=now)
    return [_session(row, fee=fees.get(row.id)) for row in sessions]


def registration_fees(sessions: list[SessionCard], *, now: Any) -> dict[UUID, Any]:
    """What a place of each session costs now: one price look-up per service line and campus, not per session."""
    groups: dict[tuple[str, str, str], set[str]] = {}
    for row in sessions:
        groups.setdefault(_group(row), set()).add(row.registration_item_code)
    prices = {
        group: price_registration(
            item_codes=codes, service_line=group[0], campus_code=group[1], visit_type=group[2], now=now
        )
        for group, codes in groups.items()
    }
    return {row.id: prices[_group(row)].get(row.registration_item_code) for row in sessions}


def _group(row: SessionCard) -> tuple[str, str, str]:
    return row.service_line, row.campus_code, "ER" if row.service_type == "EMERGENCY" else "OP"


def campus_out(row: CampusCard) -> CampusOut:
    """A campus as the API says it."""
    return CampusOut(
        code=row.code,
        name=text(row.name),
        short=text(row.short),
        address=text(row.address),
        phone=row.phone,
        latitude=row.site.latitude if row.site else None,
        longitude=row.site.longitude if row.site else None,
    )


def department_out(row: DepartmentCard) -> DepartmentOut:
    """A department as the API says it."""
    return DepartmentOut(
        id=row.id,
        code=row.code,
        campus_code=row.campus_code,
        specialty=row.specialty,
        name=text(row.name),
        intro=text(row.intro),
        location=text(row.location),
        floor=row.floor,
    )


def doctors_out(rows: list[ClinicianCard], *, now: datetime) -> list[DoctorOut]:
    """Doctors as the API says them; their portraits take one query in all."""
    portraits = list_portraits(now=now, clinician_ids=[row.id for row in rows])
    return [_doctor(row, portrait=picture_address(portraits.get(row.id))) for row in rows]


def _doctor(row: ClinicianCard, *, portrait: str) -> DoctorOut:
    return DoctorOut(
        id=row.id,
        name=text(row.name),
        sex=row.sex,
        title=row.title,
        title_name=both(TITLE_NAMES.get(row.title, row.title)),
        languages=list(row.languages),
        expertise=text(row.expertise),
        department=department_out(row.department),
        portrait=portrait,
    )


def _session(row: SessionCard, *, fee: Any) -> SessionOut:
    return SessionOut(
        id=row.id,
        clinician_id=row.clinician_id,
        clinician_name=text(row.shown_name),
        department_name=text(row.department_name),
        campus_code=row.campus_code,
        campus_name=text(row.campus_name),
        location=text(row.department_location),
        room=text(row.room_name) if row.room_name else None,
        held_on=row.held_on,
        part=row.part,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        service_type=row.service_type,
        service_line=row.service_line,
        fee=fee,
        free=row.free,
    )
