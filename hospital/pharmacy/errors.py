"""Refusals of the pharmacy."""

from django.utils.translation import gettext_lazy as _

from hospital.kernel.errors import Refusal


class UnknownPrescription(Refusal):
    """No such prescription, or none of the campuses where the actor works."""

    code = "unknown_prescription"
    status = 404
    text = _("We could not find this prescription.")


class NotPharmacist(Refusal):
    """Prescriptions and stock are the work of the campus's pharmacists."""

    code = "not_pharmacist"
    status = 403
    text = _("Only pharmacists of this campus can do this. Nothing was changed.")


class NotPrescriber(Refusal):
    """A prescription given back is answered by the doctor who signed it."""

    code = "not_prescriber"
    status = 403
    text = _("Only the doctor who signed this prescription can do this. Nothing was changed.")


class PrescriptionMoved(Refusal):
    """Somebody was faster, or the step is not possible in this state."""

    code = "prescription_moved"
    status = 409
    text = _("This prescription has moved on. Reload the page to see where it is. Nothing was changed.")


class ReasonMissing(Refusal):
    """Giving back, standing by, taking back, counting: each says why."""

    code = "pharmacy_reason_missing"
    status = 422
    text = _("Say why. Nothing was changed.")


class PrescriptionOver(Refusal):
    """A prescription is good for the day it is signed unless the doctor extends it (domain brief 4)."""

    code = "prescription_over"
    status = 409
    text = _("This prescription was good until %(day)s. The doctor can extend it. Nothing was changed.")


class CannotExtend(Refusal):
    """A prescription is good for three days at most (domain brief 4)."""

    code = "prescription_cannot_extend"
    status = 422
    text = _("A prescription is good until %(day)s at the latest. Write a new one. Nothing was changed.")


class OutOfStock(Refusal):
    """The campus has too little that does not expire before the course ends."""

    code = "out_of_stock"
    status = 409
    text = _("There is not enough of %(item)s in stock that lasts for the course. Nothing was changed.")


class SamePerson(Refusal):
    """Whoever picked does not check: two people dispense (domain brief 4)."""

    code = "same_dispenser"
    status = 409
    text = _("You prepared this prescription. Another pharmacist checks it and hands it over. Nothing was changed.")


class WitnessMissing(Refusal):
    """Stock of narcotic and psychotropic I drugs changes before the eyes of two pharmacists (double control)."""

    code = "witness_missing"
    status = 422
    text = _("These drugs are under double control: a second pharmacist of this campus signs too. Nothing was changed.")


class RecipientMissing(Refusal):
    """Narcotic and psychotropic I drugs are handed to somebody who is named."""

    code = "recipient_missing"
    status = 422
    text = _("Write down who takes these drugs. Nothing was changed.")


class NothingToTakeBack(Refusal):
    """The drugs were not handed over, or came back already."""

    code = "nothing_to_take_back"
    status = 409
    text = _("These drugs were not handed over or have come back already. Nothing was changed.")


class BrokenPack(Refusal):
    """Packs went out whole and come back whole."""

    code = "broken_pack"
    status = 422
    text = _("%(item)s was handed over in whole packs and comes back in whole packs. Nothing was changed.")


class ControlledDestroyed(Refusal):
    """Narcotic and psychotropic I drugs that come back are never handed out again."""

    code = "controlled_destroyed"
    status = 409
    text = _("Drugs under double control are not put into stock again: they are destroyed. Nothing was changed.")


class UnknownBatch(Refusal):
    """No such batch at the campuses where the actor works."""

    code = "unknown_batch"
    status = 404
    text = _("We could not find this batch.")


class BadStockEntry(Refusal):
    """A quantity that is not above zero, a batch without a number, a drug that is none."""

    code = "bad_stock_entry"
    status = 422
    text = _("Enter the drug, the batch number, the expiry date and a quantity. Nothing was changed.")


class BatchExpired(Refusal):
    """Nothing that has expired comes into stock or leaves it for a patient."""

    code = "batch_expired"
    status = 422
    text = _("This batch has expired. Nothing was changed.")


class BatchDiffers(Refusal):
    """The same batch number is in stock with another expiry date."""

    code = "batch_differs"
    status = 409
    text = _("Batch %(number)s is in stock with the expiry date %(day)s. Check the package. Nothing was changed.")


class StockTooLow(Refusal):
    """Stock never falls below zero."""

    code = "stock_too_low"
    status = 409
    text = _("The batch does not hold that much. Nothing was changed.")


class StockMovedMeanwhile(Refusal):
    """Somebody took from the batch while it was counted."""

    code = "stock_moved_meanwhile"
    status = 409
    text = _("The stock of this batch changed while you counted: it is %(on_hand)s now. Count again.")
