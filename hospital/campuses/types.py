"""Values of the directory."""

from dataclasses import dataclass
from uuid import UUID

from hospital.kernel.types import BilingualText


@dataclass(frozen=True, slots=True)
class Site:
    """Where a campus is, in degrees of WGS 84, and how many meters around it count as being there."""

    latitude: float
    longitude: float
    radius: int


@dataclass(frozen=True, slots=True)
class CampusCard:
    """A campus. `site` is None where nobody has measured it."""

    code: str
    name: BilingualText
    short: BilingualText
    address: BilingualText
    phone: str
    site: Site | None = None


@dataclass(frozen=True, slots=True)
class DepartmentCard:
    """A department with its place."""

    id: UUID
    code: str
    campus_code: str
    specialty: str
    name: BilingualText
    intro: BilingualText
    location: BilingualText
    floor: str
    follow_up_days: int = 14


@dataclass(frozen=True, slots=True)
class ClinicianCard:
    """A doctor as patients see them."""

    id: UUID
    user_id: UUID | None
    staff_no: str
    name: BilingualText
    sex: str
    title: str
    languages: tuple[str, ...]
    expertise: BilingualText
    department: DepartmentCard
    can_prescribe: bool


@dataclass(frozen=True, slots=True)
class SymptomCard:
    """What patients complain of, and who sees it."""

    code: str
    name: BilingualText
    specialties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SymptomDraft:
    """What patients complain of: other words for it, and the specialties that see it, the likeliest first.

    With `with_words` it is recognized only where one of these is said too (chest pain with breathlessness).
    """

    code: str
    name: BilingualText
    specialties: tuple[str, ...]
    words: tuple[str, ...] = ()
    with_words: tuple[str, ...] = ()
    is_alarm: bool = False
    is_active: bool = True
    position: int = 0


@dataclass(frozen=True, slots=True)
class EditedSymptom:
    """A symptom as its editors see it; `version` goes back with what is changed.

    Without words of a language beside the name it is found by the name alone: a gap to close.
    """

    draft: SymptomDraft
    version: int
    has_chinese_words: bool
    has_english_words: bool


@dataclass(frozen=True, slots=True)
class RoomCard:
    """A room; `department` is the name of the department it belongs to."""

    code: str
    name: BilingualText
    department: BilingualText | None


@dataclass(frozen=True, slots=True)
class FloorCard:
    """One floor of a campus."""

    floor: str
    departments: tuple[DepartmentCard, ...]
    rooms: tuple[RoomCard, ...]


@dataclass(frozen=True, slots=True)
class ConsultingRoom:
    """A room where a doctor may hold a session."""

    id: UUID
    name: BilingualText
    department_id: UUID | None
