"""Weekly templates for tests."""

from dataclasses import replace
from datetime import date, time
from typing import Any
from uuid import UUID

from hospital.campuses.models import Clinician, Room
from hospital.encounters.tests.clinic import make_campus, make_doctor, make_staff
from hospital.kernel.actors import Actor, Role
from hospital.scheduling.templates import template_row
from hospital.scheduling.types import SessionPlan, Template

MONDAY = date(2026, 11, 30)


def make_clerk(campus: str = "IMC") -> Actor:
    """A roster clerk of a campus."""
    return make_staff(Role.ROSTER_CLERK, campus=campus, name="clerk")


def make_room(code: str = "201", campus: str = "IMC") -> UUID:
    """A consulting room."""
    row = Room.objects.create(
        campus=make_campus(campus),
        department=make_doctor(campus=campus)[1].department,
        code=f"{campus}-{code}",
        name_zh=f"{code} 诊室",
        name_en=code,
    )
    return row.id


def make_plan(*, campus: str = "IMC", clinician: Clinician | None = None, **facts: Any) -> SessionPlan:
    """A morning of two hours with places of half an hour."""
    clinician = clinician or make_doctor(campus=campus)[1]
    return SessionPlan(
        **{
            "clinician_id": clinician.id,
            "department_id": clinician.department_id,
            "campus_code": campus,
            "room_id": None,
            "part": "AM",
            "starts": time(8),
            "ends": time(10),
            "service_type": "INTL",
            "service_line": "INTL",
            "registration_item_code": "REG",
            "minutes": 30,
            **facts,
        }
    )


def make_template(*, weekday: int = 1, plan: SessionPlan | None = None, **facts: Any) -> Template:
    """A saved template of Mondays, valid from the first Monday on."""
    template = Template(**{"weekday": weekday, "plan": plan or make_plan(), "valid_from": MONDAY, **facts})
    row = template_row(template)
    row.save()
    return replace(template, id=row.id)
