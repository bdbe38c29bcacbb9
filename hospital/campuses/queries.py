"""Reads of the directory. All of it is public."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Concat

from hospital.campuses.distances import count_meters
from hospital.campuses.errors import UnknownClinician
from hospital.campuses.models import Campus, Clinician, Department, Symptom
from hospital.campuses.types import CampusCard, ClinicianCard, DepartmentCard, Site, SymptomCard
from hospital.kernel.types import BilingualText

_CLINICIAN_WORDS = (
    *("full_zh", "family_en", "given_en", "pinyin", "expertise_zh", "expertise_en"),
    *(f"department__{name}" for name in ("name_zh", "name_en", "pinyin", "symptoms_zh", "symptoms_en")),
)


def list_campuses() -> list[CampusCard]:
    """All campuses in their order."""
    return [campus_card(row) for row in Campus.objects.order_by("position", "code")]


def campus_card(row: Campus) -> CampusCard:
    """The card of a campus row."""
    site = None
    if row.latitude is not None and row.longitude is not None:
        site = Site(latitude=float(row.latitude), longitude=float(row.longitude), radius=row.check_in_radius)
    return CampusCard(
        code=row.code,
        name=row.name,
        short=BilingualText(row.short_zh, row.short_en),
        address=BilingualText(row.address_zh, row.address_en),
        phone=row.phone,
        site=site,
    )


def order_campuses(*, near: Sequence[str]) -> list[str]:
    """Codes of campuses, the nearest first: those named in that order, the others by their distance from the first.

    Those that nobody has measured come last; unknown codes are left out. One query.
    """
    known = {row.code: row for row in list_campuses()}
    named = [code for code in dict.fromkeys(near) if code in known]
    start = known[named[0]].site if named else None

    def meters(code: str) -> float:
        site = known[code].site
        if start is None or site is None:
            return float("inf")
        return count_meters(
            from_latitude=start.latitude, from_longitude=start.longitude,
            to_latitude=site.latitude, to_longitude=site.longitude,
        )  # fmt: skip

    return named + sorted((code for code in known if code not in named), key=meters)


def list_symptoms() -> list[SymptomCard]:
    """What patients complain of, the commonest first; alarms and withdrawn ones are left out."""
    rows = Symptom.objects.filter(is_active=True, is_alarm=False).order_by("position", "code")
    return [SymptomCard(code=row.code, name=row.name, specialties=tuple(row.specialties)) for row in rows]


def department_card(row: Department) -> DepartmentCard:
    """The card of a department row."""
    return DepartmentCard(
        id=row.id,
        code=row.code,
        campus_code=row.campus_id,
        specialty=row.specialty,
        name=row.name,
        intro=BilingualText(row.intro_zh, row.intro_en),
        location=row.location,
        floor=row.floor,
        follow_up_days=row.follow_up_days,
    )


def clinician_card(row: Clinician) -> ClinicianCard:
    """The card of a clinician row loaded with its department."""
    return ClinicianCard(
        id=row.id,
        user_id=row.user_id,
        staff_no=row.staff_no,
        name=row.name,
        sex=row.sex,
        title=row.title,
        languages=tuple(row.languages),
        expertise=BilingualText(row.expertise_zh, row.expertise_en),
        department=department_card(row.department),
        can_prescribe=row.can_prescribe,
    )


def list_departments(*, campus_code: str = "", text: str = "") -> list[DepartmentCard]:
    """Departments of a campus or of all; those whose name, pinyin or symptoms contain every word of `text`."""
    rows = Department.objects.order_by("campus__position", "position", "code")
    if campus_code:
        rows = rows.filter(campus_id=campus_code)
    for word in _words(text):
        rows = rows.filter(_contains(word, "name_zh", "name_en", "pinyin", "symptoms_zh", "symptoms_en"))
    return [department_card(row) for row in rows]


def list_clinicians(
    *, department_id: UUID | None = None, campus_code: str = "", specialty: str = "", language: str = "", text: str = ""
) -> list[ClinicianCard]:
    """Active clinicians by department, campus, specialty, language spoken, or by words: every word is in the name, the
    expertise, the department's name or the symptoms it sees."""
    rows: QuerySet[Clinician] = Clinician.objects.filter(is_active=True).select_related("department")
    if department_id:
        rows = rows.filter(department_id=department_id)
    if campus_code:
        rows = rows.filter(department__campus_id=campus_code)
    if specialty:
        rows = rows.filter(department__specialty=specialty)
    if language:
        rows = rows.filter(languages__contains=[language])
    words = _words(text)
    if words:  # a Chinese name is typed in one piece
        rows = rows.alias(full_zh=Concat("family_zh", "given_zh"))
    for word in words:
        rows = rows.filter(_contains(word, *_CLINICIAN_WORDS))
    return [clinician_card(row) for row in rows.order_by("department__position", "position", "staff_no")]


def get_clinician(*, clinician_id: UUID) -> ClinicianCard:
    """One clinician; refuses with `UnknownClinician`."""
    row = Clinician.objects.select_related("department").filter(pk=clinician_id).first()
    if row is None:
        raise UnknownClinician
    return clinician_card(row)


def get_clinician_of_user(*, user_id: UUID) -> ClinicianCard | None:
    """The clinician who signs in as `user_id`."""
    row = Clinician.objects.select_related("department").filter(user_id=user_id).first()
    return clinician_card(row) if row else None


def list_clinicians_by_id(*, clinician_ids: Iterable[UUID]) -> dict[UUID, ClinicianCard]:
    """Several clinicians in one query."""
    rows = Clinician.objects.select_related("department").filter(pk__in=list(clinician_ids))
    return {row.id: clinician_card(row) for row in rows}


def _words(text: str) -> list[str]:
    """What a public search looks for: a handful of words, however much was typed."""
    return text[:80].split()[:5]


def _contains(text: str, *columns: str) -> Q:
    condition = Q()
    for column in columns:
        condition |= Q(**{f"{column}__icontains": text})
    return condition
