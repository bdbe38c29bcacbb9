"""Special-need service in words: kinds of help, states, wishes (N03)."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hospital.assistance.states import AssistanceState
from hospital.assistance.types import AssistanceCard, AssistanceKind, ClinicianSex, Diet, Mobility, Preferences

KIND_NAMES: Final[dict[AssistanceKind, Promise]] = {
    AssistanceKind.INTERPRETER: _("Interpreter"),
    AssistanceKind.TRANSPORT: _("Transport"),
    AssistanceKind.WHEELCHAIR: _("Wheelchair"),
    AssistanceKind.ESCORT: _("Escort"),
}
STATE_WORDS: Final[dict[AssistanceState, tuple[str, Promise]]] = {
    AssistanceState.REQUESTED: ("warn", _("To arrange")),
    AssistanceState.ARRANGED: ("info", _("Arranged")),
    AssistanceState.DONE: ("ok", pgettext_lazy("assistance", "Done")),
    AssistanceState.DECLINED: ("danger", _("Not possible")),
    AssistanceState.CANCELLED: ("plain", pgettext_lazy("assistance", "Canceled")),
}
DIETS: Final[dict[Diet, Promise]] = {
    Diet.ANY: pgettext_lazy("diet", "No wishes"),
    Diet.HALAL: _("Halal"),
    Diet.KOSHER: _("Kosher"),
    Diet.VEGETARIAN: _("Vegetarian"),
    Diet.VEGAN: _("Vegan"),
}
MOBILITIES: Final[dict[Mobility, Promise]] = {
    Mobility.WALKS: _("Walks unaided"),
    Mobility.AID: _("Walks with an aid"),
    Mobility.WHEELCHAIR: _("Uses a wheelchair"),
    Mobility.STRETCHER: _("On a stretcher"),
}
CLINICIAN_SEXES: Final[dict[ClinicianSex, Promise]] = {
    ClinicianSex.ANY: pgettext_lazy("doctor", "Either"),
    ClinicianSex.FEMALE: _("A woman"),
    ClinicianSex.MALE: _("A man"),
}
_SEX_WISHES: Final[dict[ClinicianSex, Promise]] = {
    ClinicianSex.FEMALE: _("Prefers a female doctor"),
    ClinicianSex.MALE: _("Prefers a male doctor"),
}


@dataclass(frozen=True, slots=True)
class RequestRow:
    """One request in words."""

    card: AssistanceCard
    kind: Promise
    state_kind: str
    state: Promise


def row_of(card: AssistanceCard) -> RequestRow:
    """A request with its words."""
    state_kind, state = STATE_WORDS[card.state]
    return RequestRow(card=card, kind=KIND_NAMES[card.kind], state_kind=state_kind, state=state)


def list_wishes(preferences: Preferences) -> list[Promise | str]:
    """What in somebody's preferences asks for attention, in words."""
    words: list[Promise | str] = []
    if preferences.mobility is not Mobility.WALKS:
        words.append(MOBILITIES[preferences.mobility])
    if preferences.is_name_private:
        words.append(_("Call by number only"))
    if preferences.clinician_sex is not ClinicianSex.ANY:
        words.append(_SEX_WISHES[preferences.clinician_sex])
    if preferences.diet is not Diet.ANY:
        words.append(DIETS[preferences.diet])
    if preferences.note:
        words.append(preferences.note)
    return words
