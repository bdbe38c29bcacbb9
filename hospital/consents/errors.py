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
