"""What states, reasons and stock moves are called at the pharmacist's desk."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hospital.orders.types import PrescriptionClass
from hospital.pharmacy.states import PrescriptionState
from hospital.pharmacy.types import MoveKind, RejectReason
from hospital.staff_web.registration.words import StateWord

STATE_WORDS: Mapping[PrescriptionState, StateWord] = {
    PrescriptionState.SIGNED: StateWord("wait", _("To review")),
    PrescriptionState.REJECTED: StateWord("warn", pgettext_lazy("prescription", "With the doctor"), "undo"),
    PrescriptionState.PASSED: StateWord("info", _("Passed")),
    PrescriptionState.PREPARED: StateWord("busy", _("Picked"), "pill"),
    PrescriptionState.DISPENSED: StateWord("ok", _("Handed over")),
    PrescriptionState.RETURNED: StateWord("plain", _("Brought back"), "undo"),
    PrescriptionState.EXPIRED: StateWord("plain", _("Not collected in time")),
    PrescriptionState.CANCELLED: StateWord("plain", _("Taken back by the doctor")),
}
REJECT_WORDS: Mapping[RejectReason, Promise] = {
    RejectReason.INDICATION: _("Does not fit the diagnosis"),
    RejectReason.DOSE: _("Dose"),
    RejectReason.ADMINISTRATION: _("Route, frequency or days"),
    RejectReason.DUPLICATE: _("The same kind of drug twice"),
    RejectReason.INTERACTION: _("Drugs that do not go together"),
    RejectReason.ALLERGY: _("Allergy"),
    RejectReason.CONTRAINDICATION: _("Not for this patient"),
    RejectReason.FORM: _("Form or strength"),
    RejectReason.INCOMPLETE: _("Something is missing"),
    RejectReason.SUPPLY: _("Not in stock"),
    RejectReason.OTHER: _("Something else"),
}
CLASS_WORDS: Mapping[PrescriptionClass, StateWord] = {
    PrescriptionClass.ORDINARY: StateWord("plain", pgettext_lazy("prescription", "Ordinary")),
    PrescriptionClass.EMERGENCY: StateWord("warn", pgettext_lazy("prescription", "Emergency")),
    PrescriptionClass.PEDIATRIC: StateWord("ok", pgettext_lazy("prescription", "Pediatric")),
    PrescriptionClass.NARCOTIC: StateWord("danger", pgettext_lazy("prescription", "Narcotic")),
    PrescriptionClass.PSYCHOTROPIC_I: StateWord("danger", pgettext_lazy("prescription", "Psychotropic I")),
    PrescriptionClass.PSYCHOTROPIC_II: StateWord("warn", pgettext_lazy("prescription", "Psychotropic II")),
}
MOVE_WORDS: Mapping[MoveKind, Promise] = {
    MoveKind.RECEIVED: pgettext_lazy("stock", "Received"),
    MoveKind.DISPENSED: pgettext_lazy("stock", "Picked for a prescription"),
    MoveKind.PUT_BACK: pgettext_lazy("stock", "Put back on the shelf"),
    MoveKind.RETURNED: pgettext_lazy("stock", "Brought back by a patient"),
    MoveKind.MOVED_OUT: pgettext_lazy("stock", "Sent to another campus"),
    MoveKind.MOVED_IN: pgettext_lazy("stock", "Came from another campus"),
    MoveKind.COUNTED: pgettext_lazy("stock", "Stocktake"),
    MoveKind.DISCARDED: pgettext_lazy("stock", "Written off"),
}
