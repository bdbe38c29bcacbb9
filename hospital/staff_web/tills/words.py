"""What tills, causes and states of a daily settlement are called."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hospital.billing.types import Payer
from hospital.staff_web.registration.words import StateWord
from hospital.tills.types import Cause, ClosingState, TillKind

TILLS: dict[TillKind, Promise] = {
    TillKind.CASHIER: _("Window"),
    TillKind.ONLINE: _("Phone payments"),
    TillKind.PARTNER: _("Kiosks and partners"),
}
CAUSES: dict[Cause, Promise] = {
    Cause.MISCOUNTED: _("Miscounted when taking or giving"),
    Cause.WRONG_CHANGE: _("Wrong change given"),
    Cause.FLOAT_MIXED: _("Float mixed in or left out"),
    Cause.COUNTERFEIT: _("Counterfeit note"),
    Cause.UNKNOWN: _("Cause not found"),
}
STATES: dict[ClosingState, StateWord] = {
    ClosingState.SIGNED: StateWord("busy", _("Waits for the checker")),
    ClosingState.CHECKED: StateWord("ok", _("Checked")),
    ClosingState.POSTED: StateWord("plain", _("In the ledger")),
}
PAYERS: dict[str, Promise] = {
    Payer.SELF: _("Patients"),
    Payer.COMMERCIAL: _("Commercial insurers"),
    Payer.NATIONAL: _("National insurance"),
}
