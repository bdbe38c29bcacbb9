"""A booked examination as a calendar file (RFC 5545), with its place and its preparation (W33)."""

from datetime import datetime, timedelta

from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event

from hospital.examinations.states import BookingState
from hospital.examinations.types import BookingCard
from hospital.kernel.clock import SHANGHAI

_ALARMS = (timedelta(hours=14), timedelta(hours=1))  # the evening before, and when to go


def render_exam_calendar(*, booking: BookingCard, language: str, now: datetime) -> bytes:
    """The examination as an .ics file, in the reader's language first, then in the other; times are Guangzhou's.

    The id of the entry is the booking's and its sequence rises with every move; once it was canceled a calendar that
    knows it takes it out. Names no patient: calendars are shared.
    """
    is_kept = booking.state not in {BookingState.CANCELLED, BookingState.NO_SHOW}
    first, second = ("zh-hans", "en") if language.startswith("zh") else ("en", "zh-hans")
    mine, other = _speak(booking, first), _speak(booking, second)
    calendar = Calendar()
    calendar.add("prodid", "-//International Medical Center//Examinations//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH" if is_kept else "CANCEL")
    event = Event()
    event.add("uid", f"{booking.id}@examinations.imc")
    event.add("sequence", booking.revision + (0 if is_kept else 1))
    event.add("dtstamp", now)
    event.add("dtstart", booking.starts_at.astimezone(SHANGHAI))
    event.add("dtend", booking.ends_at.astimezone(SHANGHAI))
    event.add("summary", f"{mine[0]} / {other[0]}")
    event.add("location", mine[1])
    event.add("description", f"{mine[2]}\n\n{other[1]}\n{other[2]}")
    event.add("status", "CONFIRMED" if is_kept else "CANCELLED")
    event.add("class", "PRIVATE")
    for before in _ALARMS if is_kept else ():
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("trigger", -before)
        alarm.add("description", mine[0])
        event.add_component(alarm)
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _speak(booking: BookingCard, language: str) -> tuple[str, str, str]:
    device = booking.device
    with translation.override(language):
        between = "，" if language == "zh-hans" else ", "
        places = (device.campus_name, device.location, device.place, device.campus_address)
        words = _("Times are Guangzhou time (UTC+8). Bring the identity document you registered with.")
        return (
            _("Examination: %(exam)s") % {"exam": booking.name},
            between.join(str(part) for part in places if str(part)),
            "\n".join(part for part in (str(booking.preparation), words) if part),
        )
