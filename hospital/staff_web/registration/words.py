"""What the states of bookings and visits are called at the desks."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hospital.appointments.states import AppointmentState
from hospital.encounters.states import EncounterState
from hospital.encounters.types import EncounterCard


@dataclass(frozen=True, slots=True)
class StateWord:
    """A state as kind of tag, word and shape."""

    kind: str
    text: str | Promise
    shape: str = ""


APPOINTMENT_WORDS: dict[AppointmentState, StateWord] = {
    AppointmentState.HELD: StateWord("wait", _("Held")),
    AppointmentState.BOOKED: StateWord("info", _("Booked"), "cal"),
    AppointmentState.TAKEN: StateWord("ok", _("Number taken")),
    AppointmentState.CANCELLED: StateWord("plain", _("Canceled")),
    AppointmentState.EXPIRED: StateWord("plain", _("Hold ended")),
    AppointmentState.NO_SHOW: StateWord("warn", _("Did not come")),
}
ENCOUNTER_WORDS: dict[EncounterState, StateWord] = {
    EncounterState.REGISTERED: StateWord("info", _("Number taken")),
    EncounterState.CHECKED_IN: StateWord("ok", _("Checked in"), "pin"),
    EncounterState.WAITING: StateWord("wait", _("Waiting")),
    EncounterState.CALLED: StateWord("busy", _("Called")),
    EncounterState.IN_CONSULT: StateWord("busy", _("With the doctor")),
    EncounterState.AWAY: StateWord("busy", _("At examinations")),
    EncounterState.DONE: StateWord("ok", pgettext_lazy("visit", "Done")),
    EncounterState.PASSED: StateWord("warn", _("Did not answer")),
    EncounterState.CANCELLED: StateWord("plain", _("Canceled")),
}
PRIORITY_WORDS: dict[str, Promise] = {
    "EMERGENCY": _("Emergency"),
    "ELDERLY": _("Elderly"),
    "DISABLED": _("Disabled"),
    "PREGNANT": _("Pregnant"),
    "ESCORTED": _("Escorted"),
    "RESULTS": _("Results ready"),
}


def priority_word(visit: EncounterCard) -> StateWord | None:
    """Why a visit goes before others; None for one that does not."""
    if visit.is_green:
        return StateWord("danger", _("Green channel"), "flag")
    if not visit.priority:
        return None
    kind = {"EMERGENCY": "danger", "RESULTS": "ok"}.get(visit.priority, "warn")
    return StateWord(kind, PRIORITY_WORDS[visit.priority], "up")


PART_NAMES = {"AM": _("Morning"), "PM": _("Afternoon"), "EVENING": _("Evening")}
SERVICE_NAMES = {
    "ORDINARY": _("Ordinary"),
    "EXPERT": _("Expert"),
    "SPECIAL": _("Special-need"),
    "INTL": _("International"),
    "EMERGENCY": _("Emergency"),
}
EXTRA_WORDS: dict[str, StateWord] = {
    "ASKED": StateWord("wait", _("Doctor asked")),
    "GRANTED": StateWord("ok", pgettext_lazy("extra place", "Granted")),
    "REFUSED": StateWord("plain", pgettext_lazy("extra place", "Not granted")),
    "USED": StateWord("info", pgettext_lazy("extra place", "Registered")),
}
