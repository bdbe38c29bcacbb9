"""Who acts. Every service and query takes an `Actor`; scoping and the audit trail read it."""

from dataclasses import dataclass, field
from enum import StrEnum


class ActorKind(StrEnum):
    STAFF = "STAFF"
    PATIENT = "PATIENT"
    SYSTEM = "SYSTEM"
    PARTNER = "PARTNER"  # a kiosk or another channel, through the signed interfaces


class Role(StrEnum):
    """What a member of staff may do; held per campus (see accounts)."""

    REGISTRAR = "REGISTRAR"
    CASHIER = "CASHIER"
    DOCTOR = "DOCTOR"
    NURSE = "NURSE"
    LAB_TECHNICIAN = "LAB_TECHNICIAN"
    IMAGING_TECHNICIAN = "IMAGING_TECHNICIAN"
    PHARMACIST = "PHARMACIST"
    PRICE_OFFICER = "PRICE_OFFICER"
    FINANCE = "FINANCE"
    EDITOR = "EDITOR"
    ROSTER_CLERK = "ROSTER_CLERK"
    COORDINATOR = "COORDINATOR"
    MEDICAL_AFFAIRS = "MEDICAL_AFFAIRS"
    TRANSLATOR = "TRANSLATOR"
    SYSTEM_ADMIN = "SYSTEM_ADMIN"
    SECURITY_ADMIN = "SECURITY_ADMIN"
    AUDIT_ADMIN = "AUDIT_ADMIN"


@dataclass(frozen=True, slots=True)
class Actor:
    """One person or process acting through one request.

    `grants` are (role, campus code) pairs of a member of staff; `campus_code` is the campus at which they work now.
    `campuses` are those at which a partner may act. `id` is the primary key of the staff user or the patient account as
    text, a partner's is its code.
    """

    kind: ActorKind
    id: str
    label: str
    grants: frozenset[tuple[Role, str]] = field(default_factory=frozenset)
    campus_code: str = ""
    campuses: frozenset[str] = field(default_factory=frozenset)
    ip: str = ""
    request_id: str = ""

    def has_role(self, role: Role, campus_code: str | None = None) -> bool:
        """Whether the actor holds `role` at `campus_code` (default: at the campus where they work now)."""
        return (role, campus_code or self.campus_code) in self.grants

    def campuses_of(self, *roles: Role) -> frozenset[str]:
        """The campuses at which the actor holds one of `roles`."""
        return frozenset(campus for role, campus in self.grants if role in roles)


def system_actor(name: str) -> Actor:
    """The product itself, acting in a background task called `name`."""
    return Actor(kind=ActorKind.SYSTEM, id=name, label=name)
