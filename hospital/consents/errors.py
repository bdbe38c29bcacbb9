"""Refusals about consents and one's own data."""

from django.utils.translation import gettext_lazy as _

from hospital.kernel.errors import Refusal


class PrivacyConsentNeeded(Refusal):
    """An account is made only after the privacy notice was accepted in its present version (`version`)."""

    code = "privacy_consent_needed"
    status = 409
    text = _("Please read and accept the privacy notice first.")


class NoticeOutdated(Refusal):
    """There is a newer version (`version`) than the one that was agreed to."""

    code = "notice_outdated"
    status = 409
    text = _("This text has changed. Please read the new version and decide again.")


class ConsentEndsWithAccount(Refusal):
    """Without the privacy notice we cannot keep the account."""

    code = "consent_ends_with_account"
    status = 409
    text = _("The account needs this consent. To withdraw it, delete your account.")


class DataCopyRunning(Refusal):
    """One copy at a time."""

    code = "data_copy_running"
    status = 409
    text = _("A copy of your data is being prepared or waits to be downloaded.")


class UnknownDataCopy(Refusal):
    """No such copy of this account, or none that can be taken."""

    code = "unknown_data_copy"
    status = 404
    text = _("This download is no longer available. Ask for a new copy in the app.")


class TooManyCorrections(Refusal):
    """Ten requests wait."""

    code = "too_many_corrections"
    status = 409
    text = _("Ten of your requests wait for an answer. Please wait for those first.")


class NotCorrectionDesk(Refusal):
    """Only a registration desk reads and answers requests for corrections."""

    code = "not_correction_desk"
    status = 403
    text = _("Only the registration desk answers requests for corrections.")


class UnknownCorrection(Refusal):
    """No such request."""

    code = "unknown_correction"
    status = 404
    text = _("We could not find this request.")


class AnswerIncomplete(Refusal):
    """A refusal without a reason, or an answer in one language only."""

    code = "answer_incomplete"
    status = 422
    text = _("Write the answer in both languages; a request that is not followed needs one. Nothing was sent.")


class CorrectionAnswered(Refusal):
    """Somebody was faster."""

    code = "correction_answered"
    status = 409
    text = _("This request was answered meanwhile. Nothing was sent.")
