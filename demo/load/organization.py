"""Campuses, departments, rooms, staff with their roles, and clinicians."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.contrib.auth.hashers import make_password

from demo.load.pinyin import pinyin_words
from demo.load.rows import chosen, read_rows
from demo.logins import DEMO_PASSWORD
from hospital.accounts.addresses import STAFF_EMAIL
from hospital.accounts.models import RoleGrant, User
from hospital.campuses.api import save_symptoms
from hospital.campuses.models import Campus, Clinician, Department, Room
from hospital.campuses.types import SymptomDraft
from hospital.encounters.models import WaitingArea
from hospital.kernel.actors import Role, system_actor
from hospital.kernel.crypto import encrypt_field
from hospital.kernel.types import BilingualText

# Departments that hold no clinics (laboratory, cashier …) have rooms and staff, and nothing that could be booked.
_CLINICAL: Final = "CLINICAL"


def load_organization(*, now: datetime) -> None:
    """Writes the directory and everybody who signs in."""
    _load_campuses()
    departments = _load_departments()
    _load_waiting_areas(departments)
    _load_rooms(departments)
    users = _load_users()
    _load_clinicians(departments, users)
    _load_symptoms(now=now)


def _load_campuses() -> None:
    Campus.objects.bulk_create(
        Campus(
            **chosen(row, "code", "name_zh", "name_en", "short_zh", "short_en", "address_zh", "address_en", "phone"),
            **chosen(row, "latitude", "longitude", "check_in_radius"),
            position=place,
        )
        for place, row in enumerate(read_rows("campuses.csv"))
    )


def _load_departments() -> dict[str, Department]:
    rows = [row for row in read_rows("departments.csv") if row["kind"] == _CLINICAL]
    departments = [
        Department(
            **chosen(
                row, "code", "specialty", "name_zh", "name_en", "intro_zh", "intro_en", "symptoms_zh", "symptoms_en",
                "floor", "location_zh", "location_en",
            ),
            campus_id=row["campus"],
            pinyin=pinyin_words(row["name_zh"]),
            position=place,
        )
        for place, row in enumerate(rows)
    ]  # fmt: skip
    Department.objects.bulk_create(departments)
    return {department.code: department for department in departments}


def _load_waiting_areas(departments: dict[str, Department]) -> None:
    """One area with a wall board on each floor with clinics."""
    floors: dict[tuple[str, str], list[UUID]] = {}
    for department in departments.values():
        floors.setdefault((department.campus_id, department.floor), []).append(department.id)
    WaitingArea.objects.bulk_create(
        WaitingArea(
            code=f"{campus}-{floor}",
            campus_id=campus,
            name_zh=f"门诊 {floor} 楼",
            name_en=f"Outpatient, floor {floor}",
            department_ids=ids,
        )
        for (campus, floor), ids in floors.items()
    )


def _load_rooms(departments: dict[str, Department]) -> None:
    Room.objects.bulk_create(
        Room(
            **chosen(row, "code", "name_zh", "name_en", "floor"),
            campus_id=row["campus"],
            department=departments.get(row["department"]),
        )
        for row in read_rows("rooms.csv")
    )


def _load_users() -> dict[str, User]:
    """Everybody shares the demonstration's password, so it is hashed once."""
    password = make_password(DEMO_PASSWORD)
    clinicians = [{**row, "role": Role.DOCTOR.value} for row in read_rows("clinicians.csv")]
    rows = [*clinicians, *read_rows("staff.csv")]
    users = [
        User(
            username=row["username"],
            staff_no=row["staff_no"],
            name_zh=row["family_zh"] + row["given_zh"],
            name_en=f"{row['family'].upper()} {row['given']}",
            password=password,
            email=encrypt_field(f"{row['username']}@imc.example", place=STAFF_EMAIL),
        )
        for row in rows
    ]
    User.objects.bulk_create(users)
    RoleGrant.objects.bulk_create(
        RoleGrant(user=user, role=Role(row["role"]), campus_code=row["campus"])
        for user, row in zip(users, rows, strict=True)
    )
    return {user.username: user for user in users}


def _load_clinicians(departments: dict[str, Department], users: dict[str, User]) -> None:
    Clinician.objects.bulk_create(
        Clinician(
            **chosen(row, "staff_no", "family_zh", "given_zh", "sex", "title", "expertise_zh", "expertise_en"),
            user=users[row["username"]],
            department=departments[row["department"]],
            family_en=row["family"],
            given_en=row["given"],
            languages=row["languages"].split(";"),
            pinyin=pinyin_words(row["family_zh"] + row["given_zh"], length=120),
            can_prescribe=True,
            position=place,
        )
        for place, row in enumerate(read_rows("clinicians.csv"))
    )


def _load_symptoms(*, now: datetime) -> None:
    """What patients type who look for a doctor, and the alarms that send them to the emergency department first."""
    drafts = [
        SymptomDraft(
            code=row["code"],
            name=BilingualText(row["name_zh"], row["name_en"]),
            words=_parts(row["words"]),
            with_words=_parts(row["with_words"]),
            specialties=_parts(row["specialties"]),
            is_alarm=bool(row["is_alarm"]),
            position=place,
        )
        for place, row in enumerate(read_rows("symptoms.csv"))
    ]
    save_symptoms(drafts=drafts, actor=system_actor("demo"), now=now)


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split(";") if part)
