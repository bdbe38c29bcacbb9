"""The refusals of this context."""

from django.utils.translation import gettext_lazy as _

from hospital.kernel.errors import Refusal


class NationalInsuranceOff(Refusal):
    """The center does not settle with the national insurance (`intl_insurance_mode` NONE)."""

    code = "national_insurance_off"
    status = 409
    text = _("The center does not settle with the national insurance. The patient pays everything here.")


class InsuredNumberMissing(Refusal):
    """The bureau knows people by their insurance number."""

    code = "insured_number_missing"
    status = 422
    text = _("Enter the patient’s insurance number.")


class NothingToUpload(Refusal):
    """No line has a public price above 0.00."""

    code = "nothing_to_upload"
    status = 409
    text = _("None of these items has a part that the national insurance could pay.")


class ClaimUnknown(Refusal):
    """No claim has this number."""

    code = "claim_unknown"
    status = 404
    text = _("There is no such claim.")


class ClaimNotPriced(Refusal):
    """The bureau has not said what it pays, or the lines have changed since."""

    code = "claim_not_priced"
    status = 409
    text = _("The national insurance has not answered for these items. Please ask it again.")
