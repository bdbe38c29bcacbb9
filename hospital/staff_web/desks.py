"""The desks of the staff face: who may open which."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hospital.kernel.actors import Actor, Role


@dataclass(frozen=True, slots=True)
class Desk:
    """One page of work. `route` is the name of its address; `roles` may open it at their campus."""

    code: str
    name: Promise
    summary: Promise
    icon: str
    route: str
    roles: tuple[Role, ...]

    @property
    def address(self) -> str:
        """Where the desk is."""
        return reverse(self.route)

    def is_open_to(self, *, actor: Actor) -> bool:
        """Whether `actor` may open this desk at the campus where they work now."""
        return any(actor.has_role(role) for role in self.roles)


REGISTRATION = Desk(
    "registration",
    _("Registration"),
    _("Find or register a patient, book a visit, check in"),
    "users",
    "staff:registration",
    (Role.REGISTRAR,),
)
DOCTOR = Desk(
    "doctor",
    _("Doctor"),
    _("Call the next patient, write, prescribe, sign"),
    "pen",
    "staff:doctor",
    (Role.DOCTOR,),
)
TRIAGE = Desk(
    "triage",
    _("Triage"),
    _("Assess who is here, decide who goes first"),
    "shield",
    "staff:triage",
    (Role.NURSE,),
)
BEDS = Desk(
    "beds",
    _("Beds"),
    _("The earliest suitable bed of all campuses; wards and who is expected"),
    "bed",
    "staff:beds",
    (Role.COORDINATOR, Role.NURSE),
)
TREATMENTS = Desk(
    "treatments",
    _("Treatment room"),
    _("What is due today: give a session, note how it was borne, stop"),
    "check",
    "staff:treatments",
    (Role.NURSE,),
)
EXAMINATIONS = Desk(
    "examinations",
    _("Examinations"),
    _("Today's list of each device: check in, call, examine"),
    "scan",
    "staff:examinations",
    (Role.IMAGING_TECHNICIAN, Role.NURSE),
)
READING = Desk(
    "reading",
    _("Reading room"),
    _("Examinations that wait for their report: take the next, read, sign"),
    "eye",
    "staff:reading",
    (Role.DOCTOR,),
)
TRANSLATIONS = Desk(
    "translations",
    _("Translation"),
    _("Translate signed documents, read a second time, release; the glossary"),
    "globe",
    "staff:translations",
    (Role.TRANSLATOR,),
)
PHARMACY = Desk(
    "pharmacy",
    _("Pharmacy"),
    _("Review prescriptions, prepare, check and hand over; stock"),
    "pill",
    "staff:pharmacy",
    (Role.PHARMACIST,),
)
LABORATORY = Desk(
    "laboratory",
    _("Laboratory"),
    _("Receive specimens, enter and verify results"),
    "flask",
    "staff:laboratory",
    (Role.LAB_TECHNICIAN,),
)
CASHIER = Desk(
    "cashier",
    _("Cashier"),
    _("Take payments, print fee statements"),
    "receipt",
    "staff:cashier",
    (Role.CASHIER,),
)
REFUNDS = Desk(
    "refunds",
    _("Refunds"),
    _("Give money back line by line"),
    "undo",
    "staff:refunds",
    (Role.CASHIER,),
)
CLOSING = Desk(
    "closing",
    _("Daily settlement"),
    _("Count the till, sign, check, add up"),
    "list",
    "staff:closings",
    (Role.CASHIER, Role.FINANCE),
)
RECEIPTS = Desk(
    "receipts",
    _("Receipts"),
    _("Fiscal receipts: issued, reversed, swapped for paper"),
    "doc",
    "staff:receipts",
    (Role.CASHIER,),
)
AUDIT = Desk(
    "audit",
    _("Audit trail"),
    _("Who looked at and changed what"),
    "history",
    "staff:audit",
    (Role.AUDIT_ADMIN,),
)
SECURITY = Desk(
    "security",
    _("Users and roles"),
    _("Staff, roles, second factors, lock-outs"),
    "shield",
    "staff:security",
    (Role.SECURITY_ADMIN,),
)
PUBLICATIONS = Desk(
    "publications",
    _("Publications"),
    _("Write what patients read, in both languages"),
    "doc",
    "staff:publications",
    (Role.EDITOR,),
)
CATALOG = Desk(
    "catalog",
    _("Price catalog"),
    _("Prices, surcharge rules, what a change would do"),
    "wallet",
    "staff:catalog",
    (Role.PRICE_OFFICER,),
)
ENQUIRIES = Desk(
    "enquiries",
    _("Help and feedback"),
    _("Answer what patients ask, in the language they read"),
    "users",
    "staff:enquiries",
    (Role.REGISTRAR,),
)
ASSISTANCE = Desk(
    "assistance",
    _("Special-need service"),
    _("Coordinators, interpreters, transport, wishes"),
    "flag",
    "staff:assistance",
    (Role.COORDINATOR, Role.REGISTRAR),
)
CERTIFICATES = Desk(
    "certificates",
    _("Certificates"),
    _("The register of medical certificates: find one, void one"),
    "sign",
    "staff:certificates",
    (Role.MEDICAL_AFFAIRS,),
)
ROSTER = Desk(
    "roster",
    _("Roster"),
    _("Who sits where and when: weeks, holidays, stopping a session"),
    "cal",
    "staff:roster",
    (Role.ROSTER_CLERK,),
)
DESKS = (
    REGISTRATION,
    ASSISTANCE,
    DOCTOR,
    TRIAGE,
    TREATMENTS,
    BEDS,
    EXAMINATIONS,
    READING,
    LABORATORY,
    PHARMACY,
    TRANSLATIONS,
    CASHIER,
    REFUNDS,
    RECEIPTS,
    CLOSING,
    ENQUIRIES,
    CERTIFICATES,
    ROSTER,
    CATALOG,
    PUBLICATIONS,
    AUDIT,
    SECURITY,
)


def list_desks(*, actor: Actor) -> list[Desk]:
    """The desks that `actor` may open at the campus where they work now, in the order of the menu."""
    return [desk for desk in DESKS if desk.is_open_to(actor=actor)]


def get_desk(*, code: str) -> Desk:
    """The desk of this code."""
    return next(desk for desk in DESKS if desk.code == code)
