"""An appointment as a calendar file (RFC 5545), so that it stands in the patient's own calendar (A04)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event

from hospital.appointments.states import AppointmentState
from hospital.appointments.types import AppointmentCard
from hospital.kernel.clock import SHANGHAI

_KEPT = {AppointmentState.BOOKED, AppointmentState.TAKEN}
_ALARMS = (timedelta(days=1), timedelta(hours=2))


@dataclass(frozen=True, slots=True)
class _Spoken:
    summary: str
    place: str
    description: str


def render_calendar(*, appointment: AppointmentCard, language: str, now: datetime) -> bytes:
    """The appointment as an .ics file, in the reader's language first, then in the other; times are Guangzhou's.

    The id of the entry is the booking's and its sequence rises with every change: a calendar that knows it moves it,
    and takes it out once it was canceled or given back. Names no patient: calendars are shared.
    """
    is_kept = appointment.state in _KEPT
    first, second = ("zh-hans", "en") if language.startswith("zh") else ("en", "zh-hans")
    mine, other = _speak(appointment, first), _speak(appointment, second)
    calendar = Calendar()
    calendar.add("prodid", "-//International Medical Center//Appointments//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH" if is_kept else "CANCEL")
    event = Event()
    event.add("uid", f"{appointment.id}@appointments.imc")
    event.add("sequence", appointment.revision)
    event.add("dtstamp", now)
    event.add("last-modified", appointment.ended_at or now)
    event.add("dtstart", appointment.slot.starts_at.astimezone(SHANGHAI))
    event.add("dtend", appointment.slot.ends_at.astimezone(SHANGHAI))
    event.add("summary", f"{mine.summary} / {other.summary}")
    event.add("location", mine.place)
    event.add("description", f"{mine.description}\n\n{other.place}\n{other.description}")
    event.add("status", "CONFIRMED" if is_kept else "CANCELLED")
    event.add("class", "PRIVATE")
    event.add("transp", "OPAQUE" if is_kept else "TRANSPARENT")
    for before in _ALARMS if is_kept else ():
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("trigger", -before)
        alarm.add("description", mine.summary)
        event.add_component(alarm)
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _speak(appointment: AppointmentCard, language: str) -> _Spoken:
    session = appointment.slot.session
    with translation.override(language):
        between = "，" if language == "zh-hans" else ", "
        places = (session.campus_name, session.department_location, session.room_name, session.campus_address)
        return _Spoken(
            summary=_("Doctor's appointment: %(doctor)s, %(department)s")
            % {"doctor": session.shown_name, "department": session.department_name},
            place=between.join(str(part) for part in places if part is not None and str(part)),
            description=_(
                "Times are Guangzhou time (UTC+8). Bring the identity document you registered with, and take your "
                "number in the app on the day of your visit."
            ),
        )
