"""Where things are: one campus, one department, the floors of a campus. All of it is public."""

from collections import defaultdict
from uuid import UUID

from hospital.campuses.errors import UnknownCampus, UnknownDepartment
from hospital.campuses.models import Campus, Department, Room
from hospital.campuses.queries import campus_card, department_card
from hospital.campuses.types import CampusCard, ConsultingRoom, DepartmentCard, FloorCard, RoomCard


def get_campus(*, code: str) -> CampusCard:
    """One campus; refuses with `UnknownCampus`."""
    row = Campus.objects.filter(pk=code).first()
    if row is None:
        raise UnknownCampus
    return campus_card(row)


def get_department(*, department_id: UUID) -> DepartmentCard:
    """One department; refuses with `UnknownDepartment`."""
    row = Department.objects.filter(pk=department_id).first()
    if row is None:
        raise UnknownDepartment
    return department_card(row)


def list_floors(*, campus_code: str) -> list[FloorCard]:
    """The floors of a campus from the ground up, with their departments and rooms; two queries."""
    departments: dict[str, list[DepartmentCard]] = defaultdict(list)
    for row in Department.objects.filter(campus_id=campus_code).order_by("position", "code"):
        departments[row.floor].append(department_card(row))
    rooms: dict[str, list[RoomCard]] = defaultdict(list)
    for room in Room.objects.filter(campus_id=campus_code).select_related("department").order_by("code"):
        rooms[room.floor].append(
            RoomCard(code=room.code, name=room.name, department=room.department.name if room.department else None)
        )
    floors = sorted({*departments, *rooms} - {""}, key=_height)
    return [FloorCard(floor=name, departments=tuple(departments[name]), rooms=tuple(rooms[name])) for name in floors]


def list_consulting_rooms(*, campus_code: str) -> list[ConsultingRoom]:
    """The rooms of a campus's clinical departments, by code."""
    rows = Room.objects.filter(campus_id=campus_code, department__isnull=False).order_by("code")
    return [ConsultingRoom(id=row.id, name=row.name, department_id=row.department_id) for row in rows]


def _height(floor: str) -> tuple[int, str]:
    """B1 lies below 1; what is no number comes last."""
    digits = floor.upper().removeprefix("B").removeprefix("F").removesuffix("F")
    if not digits.isdigit():
        return (1_000, floor)
    return (-int(digits) if floor.upper().startswith("B") else int(digits), floor)
