"""What happens to a patient is told in the inboxes of the accounts that act for them (A08, A16, domain brief 7).

Told by a job that the event wakes (`EVENT_JOBS` in the settings), in both languages, never with a result.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hospital.appointments.api import get_appointment, get_priority
from hospital.beds.api import get_stay, name_bed
from hospital.billing.api import get_settlement
from hospital.encounters.api import find_follow_up, get_encounter
from hospital.examinations.api import get_booking
from hospital.kernel.actors import system_actor
from hospital.kernel.clock import SHANGHAI
from hospital.kernel.types import BilingualText
from hospital.notifications.api import post_messages
from hospital.notifications.types import NewMessage
from hospital.patients.api import display_name, list_account_ids, list_people
from hospital.patients.types import PersonCard
from hospital.scheduling.api import get_stop_reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """An event that somebody is told of."""

    kind: str
    subject_id: str
    person: PersonCard
    encounter_id: UUID | None
    facts: Mapping[str, Any]
    at: datetime


_MOMENT = _("%(day)s %(month_name)s %(year)s, %(time)s")
Facts = Mapping[str, str | BilingualText]
Told = tuple[Facts, str, str, str]  # facts of the texts, page and id to which the message leads, what makes it one

_TEXTS: Mapping[str, tuple[str, Promise, Promise]] = {
    "appointments.booked": (
        "booked",
        _("Appointment booked"),
        _("%(person)s: %(when)s, %(doctor)s, %(department)s. Take your number in the app on that day."),
    ),
    "appointments.changed": ("changed", _("Appointment changed"), _("%(person)s: now %(when)s, %(doctor)s.")),
    "appointments.cancelled": (
        "cancelled",
        _("Appointment canceled"),
        _("%(person)s: %(when)s, %(doctor)s. If money goes back to you, it goes the way you paid."),
    ),
    "appointments.substituted": (
        "changed",
        _("Another doctor sees you"),
        _(
            "%(person)s: %(when)s, now %(doctor)s. The time stays and you pay no more; a lower fee goes back to you. "
            "If you would rather not come, cancel before it begins: what you paid goes back in full."
        ),
    ),
    "appointments.expired": (
        "returned",
        _("Appointment not paid for in time"),
        _("%(person)s: %(when)s, %(doctor)s. The place is free for others again; nothing was charged."),
    ),
    "appointments.no_show": (
        "missed",
        _("You missed an appointment"),
        _(
            "%(person)s: %(when)s, %(doctor)s. Whoever misses three within 90 days books at the window for 30 days. If "
            "you were there, or could not come, write to us under Help."
        ),
    ),
    "appointments.offered": (
        "offered",
        _("A place is kept for you until %(until)s"),
        _("%(person)s: %(when)s, %(doctor)s. Book it in the app by then, or it goes to the next who waits."),
    ),
    "encounters.near": (
        "near",
        _("Your turn comes soon: %(number)s"),
        _("%(person)s: about %(before)s before you. Please come to %(place)s now."),
    ),
    "encounters.transferred": (
        "transferred",
        _("Another doctor sees you: %(number)s"),
        _("%(person)s: now %(doctor)s, %(room)s. Your number stays the same. %(why)s"),
    ),
    "beds.reserved": (
        "bed",
        _("A bed is reserved for you"),
        _("%(person)s: %(place)s, from %(day)s, %(nights)s nights."),
    ),
    "beds.changed": (
        "bed",
        _("Your bed was changed"),
        _("%(person)s: now %(place)s, from %(day)s, %(nights)s nights."),
    ),
    "beds.given_back": (
        "bed_given_back",
        _("Your bed is no longer reserved"),
        _("%(person)s: %(place)s, from %(day)s."),
    ),
    "encounters.follow_up_ordered": (
        "follow_up",
        _("Your doctor would like to see you again"),
        _("%(person)s: %(who)s, about %(day)s. Book it from this visit in the app."),
    ),
    "encounters.called": ("called", _("It is your turn: %(number)s"), _("%(person)s: please go to %(room)s now.")),
    "pharmacy.prepared": (
        "called",
        _("Your medicine is ready"),
        _("%(person)s: please collect it at the pharmacy now."),
    ),
    "billing.charged": ("bill", _("A bill is ready: ¥%(amount)s"), _("%(person)s: pay in the app, or at the cashier.")),
    "billing.settled": ("paid", _("You paid ¥%(amount)s"), _("%(person)s: your receipt is ready.")),
    "billing.refund_completed": (
        "refunded",
        _("¥%(amount)s was sent back to you"),
        _("%(person)s: your bank may take a few days to show it."),
    ),
    "results.reported": ("report", _("A report is ready"), _("%(person)s: open it to read it.")),
    "exams.reported": ("report", _("A report is ready"), _("%(person)s: open it to read it.")),
    "exams.held": (
        "report_held",
        _("A report is ready for your doctor"),
        _("%(person)s: your doctor will speak with you first. Then you can open it here."),
    ),
    "examinations.planned": (
        "exam_booked",
        _("Examinations booked: %(count)s"),
        _("%(person)s: the first is %(exam)s, %(when)s, %(place)s. The app shows them all, and how to prepare."),
    ),
    "examinations.moved": ("exam_moved", _("Examination moved"), _("%(person)s: %(exam)s, now %(when)s, %(place)s.")),
    "examinations.cancelled": (
        "exam_canceled",
        _("Examination canceled"),
        _("%(person)s: %(exam)s, %(when)s. If it is still paid for, you can choose another time in the app."),
    ),
    "examinations.called": (
        "exam_called",
        _("It is your turn: %(exam)s"),
        _("%(person)s: please go to %(place)s now."),
    ),
    "examinations.reminded": (
        "exam_reminder",
        _("Tomorrow: %(exam)s"),
        _("%(person)s: %(when)s, %(place)s. %(preparation)s"),
    ),
    "results.held": (
        "report_held",
        _("A report is ready for your doctor"),
        _("%(person)s: your doctor will speak with you first. Then you can open it here."),
    ),
}


def tell_patient(
    *,
    kind: str,
    subject_id: str,
    person_id: UUID,
    encounter_id: UUID | None,
    facts: Mapping[str, Any],
    now: datetime,
) -> None:
    """Writes the message of an event into the inboxes of the accounts of its person; the same event writes it once."""
    accounts = list_account_ids(person_id=person_id)
    if not accounts or kind not in _TEXTS:
        return
    people = list_people(actor=system_actor("tell_patient"), person_ids=[person_id], now=now)
    happening = Happening(
        kind=kind, subject_id=subject_id, person=people[person_id], encounter_id=encounter_id, facts=facts, at=now
    )
    told = _READERS[kind](happening)
    if told is None:
        return
    found, target_kind, target_id, key = told
    is_amended = kind in {"exams.reported", "results.reported"} and int(facts.get("version", 1)) > 1
    name, title, body = _AMENDED if is_amended else _CALLED_OFF if "reason" in found else _TEXTS[kind]
    known = {"person": _name(happening.person), **found}
    post_messages(
        account_ids=accounts,
        message=NewMessage(
            kind=name,
            key=f"{kind}:{key}",
            title=_fill(title, known),
            body=_fill(body, known),
            person_id=person_id,
            target_kind=target_kind,
            target_id=target_id,
        ),
        now=now,
    )


def _fill(message: Promise, facts: Facts) -> BilingualText:
    with translation.override("zh-hans"):
        zh = str(message) % {name: getattr(value, "zh", value) for name, value in facts.items()}
    with translation.override("en"):
        en = str(message) % {name: getattr(value, "en", "") or value for name, value in facts.items()}
    return BilingualText(zh, en)


def _name(person: PersonCard) -> BilingualText:
    return BilingualText(display_name(person.name, language="zh"), display_name(person.name, language="en"))


def _when(instant: datetime) -> BilingualText:
    """The time of a booking in Guangzhou, worded by the languages themselves."""
    local = instant.astimezone(SHANGHAI)
    facts = {"month": local.month, "day": local.day, "year": local.year, "time": f"{local:%H:%M}"}
    with translation.override("zh-hans"):
        zh = str(_MOMENT) % (facts | {"month_name": ""})
    with translation.override("en"):
        return BilingualText(zh, str(_MOMENT) % (facts | {"month_name": f"{local:%b}"}))


def _day(day: date) -> BilingualText:
    """A day as the languages write it."""
    return BilingualText(f"{day.year} 年 {day.month} 月 {day.day} 日", f"{day.day} {day:%b %Y}")


def _of_booking(event: Happening) -> Told | None:
    appointment = get_appointment(appointment_id=UUID(event.subject_id))
    session = appointment.slot.session
    if event.kind in {"appointments.cancelled", "appointments.expired"} and appointment.booked_at is None:
        return None  # a hold that was let go or ran out
    found: dict[str, str | BilingualText] = {
        "when": _when(appointment.slot.starts_at),
        "doctor": session.shown_name,
        "department": session.department_name,
    }
    if event.kind == "appointments.offered" and appointment.held_until is not None:
        found["until"] = f"{appointment.held_until.astimezone(SHANGHAI):%H:%M}"
        return found, "hold", event.subject_id, event.subject_id
    right = get_priority(appointment_id=appointment.id) if event.kind == "appointments.cancelled" else None
    if right is not None:
        found |= {"reason": get_stop_reason(session_id=session.id), "until": right.valid_until.isoformat()}
    key = f"{event.subject_id}:{appointment.slot.id}"
    if event.kind == "appointments.substituted":
        return found, "appointment", event.subject_id, f"{key}:{session.clinician_id}"
    return found, "visit" if right is None else "appointment", event.subject_id, key


def _of_call(event: Happening) -> Told | None:
    if event.encounter_id is None:
        return None
    visit = get_encounter(encounter_id=event.encounter_id)
    found: Facts = {"number": visit.queue_number, "room": visit.room_name or visit.department_name}
    return found, "visit", str(visit.appointment_id or ""), f"{visit.id}:{visit.calls}"


def _of_drugs(event: Happening) -> Told | None:
    """Which drugs, the app says to whoever opens it."""
    if event.encounter_id is None:
        return None
    visit = get_encounter(encounter_id=event.encounter_id)
    return {}, "visit", str(visit.appointment_id or ""), f"{event.subject_id}:{event.at.timestamp():.0f}"


def _of_line(event: Happening) -> Told | None:
    """Near the turn, or sent to another doctor: nothing of why one is there."""
    if event.encounter_id is None:
        return None
    visit = get_encounter(encounter_id=event.encounter_id)
    found: Facts = {
        "number": visit.queue_number,
        "before": str(event.facts.get("before", "")),
        "place": visit.department_name,
        "doctor": visit.shown_name,
        "room": visit.room_name or visit.department_name,
        "why": _both(_WHY_TRANSFERRED.get(str(event.facts.get("reason", "")), "")),
    }
    return found, "visit", str(visit.appointment_id or ""), f"{visit.id}:{event.facts.get('turn', visit.clinician_id)}"


def _of_bed(event: Happening) -> Told | None:
    """Where to come; nothing of why."""
    stay = get_stay(stay_id=UUID(event.subject_id), actor=system_actor("tell_patient"))
    ward = stay.bed.ward
    bed = name_bed(stay.bed)
    found: Facts = {
        "place": BilingualText(f"{ward.campus_name.zh}{bed.zh}", f"{ward.campus_name.en}, {bed.en}"),
        "day": _day(stay.starts_on),
        "nights": str(stay.nights),
    }
    return found, "", "", f"{stay.id}:{stay.version}"


def _of_follow_up(event: Happening) -> Told | None:
    """Told again where the doctor asks for another day; nothing once it was withdrawn."""
    wanted = find_follow_up(encounter_id=event.encounter_id) if event.encounter_id else None
    if event.encounter_id is None or wanted is None or wanted.due_on.isoformat() != event.facts.get("due_on"):
        return None
    visit = get_encounter(encounter_id=event.encounter_id)
    found: Facts = {"who": wanted.clinician_name or wanted.department_name, "day": _day(wanted.due_on)}
    return found, "visit", str(visit.appointment_id or ""), f"{visit.id}:{wanted.due_on}:{wanted.clinician_id or ''}"


_WHY_TRANSFERRED: Mapping[str, Promise] = {
    "SHORTER_WAIT": _("You wait less there."),
    "DOCTOR_AWAY": _("Your doctor had to leave."),
    "BETTER_SUITED": _("This doctor treats what you came for."),
    "PATIENT_ASKED": _("As you asked."),
}


def _both(words: Promise | str) -> BilingualText:
    with translation.override("zh-hans"):
        zh = str(words)
    with translation.override("en"):
        return BilingualText(zh, str(words))


def _of_charge(event: Happening) -> Told | None:
    """The fee of a booking is asked for while booking; a bill of 0.00 needs nobody."""
    if event.encounter_id is None or str(event.facts.get("total", "0.00")) == "0.00":
        return None
    key = f"{event.subject_id}:{event.facts.get('lines')}:{event.facts['total']}"
    return {"amount": str(event.facts["total"])}, "bill", str(event.person.id), key


def _of_settlement(event: Happening) -> Told | None:
    settlement = get_settlement(settlement_id=UUID(str(event.facts["settlement"])))
    if settlement.amount == 0:
        return None
    return {"amount": str(settlement.amount)}, "receipt", str(settlement.id), str(settlement.id)


def _of_refund(event: Happening) -> Told | None:
    return {"amount": str(event.facts["amount"])}, "bills", str(event.person.id), event.subject_id


def _of_exam(event: Happening) -> Told | None:
    booking = get_booking(booking_id=UUID(event.subject_id), now=event.at)
    found: Facts = {
        "exam": booking.name,
        "when": _when(booking.starts_at),
        "place": booking.device.place,
        "preparation": booking.preparation,
        "count": str(event.facts.get("count", 1)),
    }
    return found, "examination", str(booking.id), f"{booking.id}:{event.at.timestamp():.0f}"


def _of_report(event: Happening) -> Told | None:
    page = "exam_report" if event.kind.startswith("exams.") else "report"
    return {}, page, event.subject_id, event.subject_id


# The same happening again, of a report that the patient had: its newer version.
_AMENDED = ("report", _("A report was amended"), _("%(person)s: a newer version is ready. Open it to read it."))

# The hospital could not keep what it had promised.
_CALLED_OFF = (
    "called_off",
    _("Your appointment cannot take place"),
    _(
        "%(person)s: %(when)s, %(doctor)s. The hospital called off this session: %(reason)s. What you paid goes back "
        "to you in full. Until %(until)s you can book once before others."
    ),
)

_READERS: Mapping[str, Callable[[Happening], Told | None]] = {
    "appointments.booked": _of_booking,
    "appointments.changed": _of_booking,
    "appointments.substituted": _of_booking,
    "appointments.cancelled": _of_booking,
    "appointments.expired": _of_booking,
    "appointments.no_show": _of_booking,
    "appointments.offered": _of_booking,
    "encounters.called": _of_call,
    **dict.fromkeys(("beds.reserved", "beds.changed", "beds.given_back"), _of_bed),
    "encounters.follow_up_ordered": _of_follow_up,
    "encounters.near": _of_line,
    "encounters.transferred": _of_line,
    "pharmacy.prepared": _of_drugs,
    "billing.charged": _of_charge,
    "billing.settled": _of_settlement,
    "billing.refund_completed": _of_refund,
    **dict.fromkeys(
        (
            "examinations.planned",
            "examinations.moved",
            "examinations.cancelled",
            "examinations.called",
            "examinations.reminded",
        ),
        _of_exam,
    ),
    **dict.fromkeys(("exams.held", "exams.reported", "results.reported", "results.held"), _of_report),
}
