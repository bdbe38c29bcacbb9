"""What the interfaces for partners refuse, by name. The codes are part of the interface and stay."""

from django.utils.translation import gettext_lazy as _

from hospital.kernel.errors import Refusal


class SignatureMissing(Refusal):
    """A header of the signature is missing or malformed."""

    code = "signature_missing"
    status = 401
    text = _("The headers of the signature are missing or malformed: key, timestamp, nonce, signature.")


class UnknownPartnerKey(Refusal):
    """No such key, or one that has ended, or a partner that was switched off."""

    code = "unknown_partner_key"
    status = 401
    text = _("This key is not known or not valid any more.")


class MachineNotOnSite(Refusal):
    """Who touches this partner's machine is not for certain in the hospital: it does not check in."""

    code = "machine_not_on_site"
    status = 403
    text = _("This machine does not check in. Please check in at the clinic, at its desk or with your phone.")


class SignatureWrong(Refusal):
    """The signature is not that of this request."""

    code = "signature_wrong"
    status = 401
    text = _("The signature does not belong to this request.")


class TimestampOutsideWindow(Refusal):
    """The clocks are more than five minutes apart, or the request is old."""

    code = "timestamp_outside_window"
    status = 401
    text = _("The timestamp is more than five minutes away from our clock.")


class RequestReplayed(Refusal):
    """The nonce was seen before."""

    code = "request_replayed"
    status = 401
    text = _("This nonce was used before. Sign every request anew; the request number stays the same.")


class TooManyRequests(Refusal):
    """More requests in this minute than were agreed."""

    code = "too_many_requests"
    status = 429
    text = _("More than %(most)s requests in one minute. Nothing was changed; try again in the next minute.")


class CampusNotAllowed(Refusal):
    """The partner may not act at this campus."""

    code = "campus_not_allowed"
    status = 403
    text = _("This partner may not act at this campus.")


class RequestNumberReused(Refusal):
    """The number stands for another request."""

    code = "request_number_reused"
    status = 409
    text = _("This request number was used for a different request. Nothing was changed.")


class UnknownRequest(Refusal):
    """Nothing was done under this number."""

    code = "unknown_request"
    status = 404
    text = _("Nothing was done under this request number. It can be sent again as it is.")


class UnknownPatient(Refusal):
    """No person with this document or record number and this date of birth."""

    code = "unknown_patient"
    status = 404
    text = _("We have no patient with this number and date of birth. Please check both, or register as a new patient.")


class PatientUnclear(Refusal):
    """The document is on file, but not with what was typed, or with several people."""

    code = "patient_unclear"
    status = 409
    text = _("This document is on file with other details. Please show it at the registration desk.")


class UnknownRegistration(Refusal):
    """No such registration of this partner."""

    code = "unknown_registration"
    status = 404
    text = _("This partner has no such registration.")


class TransactionUsed(Refusal):
    """The channel's transaction was named before, under `request`."""

    code = "transaction_used"
    status = 409
    text = _("This transaction was named before, in request %(request)s. Look at that request; do not refund this one.")


class AmountDiffers(Refusal):
    """The money taken is not the amount of the quote."""

    code = "amount_differs"
    status = 409
    text = _("%(paid)s was taken, but the quote is over %(due)s.")


class UnknownPartnerRefund(Refusal):
    """No such refund of this partner."""

    code = "unknown_partner_refund"
    status = 404
    text = _("This partner has no such refund.")


class UnknownPartner(Refusal):
    """No partner has this code."""

    code = "unknown_partner"
    status = 404
    text = _("There is no partner with this code.")


class TooManyKeys(Refusal):
    """Two keys are valid at a time: the old one and the new one."""

    code = "too_many_keys"
    status = 409
    text = _("This partner has two valid keys already. End one of them first.")


class KeyUnusable(Refusal):
    """Not a public RSA key of 2048 bits or more."""

    code = "key_unusable"
    status = 422
    text = _("This is not a public RSA key of 2048 bits or more in PEM.")


class PartnerCodeTaken(Refusal):
    """A code names one partner for ever."""

    code = "partner_code_taken"
    status = 409
    text = _("There is a partner %(partner)s already. Nothing was changed.")


class PartnerIncomplete(Refusal):
    """Code, both names, a campus and a rate are needed; `fields` names what is missing or wrong."""

    code = "partner_incomplete"
    status = 422
    text = _(
        "Give a code of small letters and digits, both names, at least one campus and a rate. Nothing was changed."
    )
