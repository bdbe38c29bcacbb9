"""Wards, rooms and beds for tests."""

from collections.abc import Sequence
from itertools import count

from hospital.beds.models import Bed, Ward, WardRoom
from hospital.beds.types import BedKind
from hospital.encounters.tests.clinic import make_campus

_numbers = count(1)


def make_ward(campus: str = "IMC", *, specialties: Sequence[str] = ()) -> Ward:
    """A ward without rooms."""
    number = next(_numbers)
    return Ward.objects.create(
        code=f"{campus}-W{number}",
        campus=make_campus(campus),
        name_zh=f"{number} 病区",
        name_en=f"Ward {number}",
        service_line="INTL",
        specialties=list(specialties),
        position=number,
    )


def make_room(ward: Ward | None = None, *, beds: int = 1, kind: BedKind = BedKind.SINGLE) -> list[Bed]:
    """A room with its beds."""
    room = WardRoom.objects.create(ward=ward or make_ward(), label=f"R{next(_numbers)}")
    return [
        Bed.objects.create(room=room, label=f"{room.label}-{number + 1}", kind=kind, item_code="BED")
        for number in range(beds)
    ]


def make_bed(campus: str = "IMC") -> Bed:
    """One bed in a room of its own."""
    return make_room(make_ward(campus))[0]
