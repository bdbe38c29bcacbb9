"""A critical value reaches people: who has to know is told, once at each threshold (R56, domain brief 4).

Everybody sees it on the screen at once; whoever gave an e-mail address gets a message in their language too. It names
the specimen or the report, never the patient, the test or the value.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hospital.accounts.api import list_role_holders, list_staff_contacts
from hospital.accounts.types import StaffContact
from hospital.campuses.api import list_clinicians, list_clinicians_by_id
from hospital.encounters.api import get_encounter
from hospital.encounters.types import EncounterCard
from hospital.kernel.actors import Role
from hospital.kernel.clock import SHANGHAI, local_day
from hospital.notifications.api import queue_email
from hospital.results.api import find_waiting_alert, note_told
from hospital.results.types import WaitingAlert
from hospital.scheduling.api import list_sessions

_SENIOR = {"CHIEF", "ASSOCIATE_CHIEF"}
_SUBJECTS: tuple[Promise, ...] = (
    _("Critical value: please act now (%(number)s)"),
    _("Critical value: nobody has taken it over (%(number)s)"),
    _("Critical value: still nobody has taken it over (%(number)s)"),
)
_BODIES: tuple[Promise, ...] = (
    _("A critical value was found at %(time)s for a patient of %(doctor)s, %(department)s, %(campus)s."),
    _(
        "A critical value of a patient of %(doctor)s, %(department)s, %(campus)s, found at %(time)s, has not been "
        "taken over by any clinician. Whoever takes it over first acts on it."
    ),
    _(
        "A critical value of a patient of %(doctor)s, %(department)s, %(campus)s, found at %(time)s, has still not "
        "been taken over by any clinician. Please make sure that somebody acts now."
    ),
)
_ENDING = _("Open the doctor's desk to see and take it over: Critical values, no. %(number)s.")


def tell_staff(*, alert_id: UUID, level: int, now: datetime) -> int:
    """Tells of an alert at one threshold; returns how many people were told now. May be repeated, also by two workers
    at once: nobody is told twice. Of a loop that has ended nobody is told any more.

    At once the doctor of the visit; at the first threshold the doctor again, and who is on duty in the department (its
    senior doctors while nobody is, all of them where it has none); at the second the medical affairs office and the
    coordinators of the campus too.
    """
    alert = find_waiting_alert(alert_id=alert_id)
    if alert is None:
        return 0
    visit = get_encounter(encounter_id=alert.encounter_id)
    contacts = list_staff_contacts(user_ids=_readers(visit=visit, level=level, now=now))
    return sum(_tell(alert=alert, visit=visit, level=level, contact=contact, now=now) for contact in contacts)


def _readers(*, visit: EncounterCard, level: int, now: datetime) -> set[UUID]:
    found = {visit.clinician_user_id} if visit.clinician_user_id else set()
    if level >= 1 or not found:
        found |= _on_duty(visit=visit, now=now)
    if level >= 2:
        for role in (Role.MEDICAL_AFFAIRS, Role.COORDINATOR):
            found |= set(list_role_holders(role=role, campus_code=visit.campus_code))
    return found


def _on_duty(*, visit: EncounterCard, now: datetime) -> set[UUID]:
    today = local_day(now)
    sessions = list_sessions(now=now, first=today, last=today, department_id=visit.department_id)
    busy = {session.clinician_id for session in sessions if session.starts_at <= now}
    on_duty = list(list_clinicians_by_id(clinician_ids=busy).values())
    doctors = on_duty or list_clinicians(department_id=visit.department_id)
    chosen = on_duty or [doctor for doctor in doctors if doctor.title in _SENIOR] or doctors
    return {doctor.user_id for doctor in chosen if doctor.user_id}


def _tell(*, alert: WaitingAlert, visit: EncounterCard, level: int, contact: StaffContact, now: datetime) -> bool:
    with transaction.atomic():
        has_email = bool(contact.email)
        if not note_told(alert_id=alert.id, level=level, user_id=contact.user_id, by_email=has_email, now=now):
            return False
        if has_email:
            with translation.override(contact.language):
                _write(alert=alert, visit=visit, level=level, contact=contact, now=now)
        return True


def _write(*, alert: WaitingAlert, visit: EncounterCard, level: int, contact: StaffContact, now: datetime) -> None:
    facts: Mapping[str, object] = {
        "number": alert.number,
        "time": f"{alert.raised_at.astimezone(SHANGHAI):%H:%M}",
        "doctor": visit.clinician_name,
        "department": visit.department_name,
        "campus": visit.campus_name,
    }
    queue_email(
        kind="staff.critical",
        address=contact.email,
        language=contact.language,
        subject=str(_SUBJECTS[level]) % facts,
        body=f"{str(_BODIES[level]) % facts}\n\n{str(_ENDING) % facts}\n",
        now=now,
    )
