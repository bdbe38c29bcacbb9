"""The refusals of this context."""

from django.utils.translation import gettext_lazy as _

from hospital.kernel.errors import Refusal


class UnknownClinicalDocument(Refusal):
    """There is no such document, or not for this reader."""

    code = "unknown_clinical_document"
    status = 404
    text = _("This document does not exist.")


class ConsultationNotStarted(Refusal):
    """Documents are written from the start of the consultation on."""

    code = "consultation_not_started"
    status = 409
    text = _("Start the consultation first. Nothing was saved.")


class ClinicalDocumentChanged(Refusal):
    """The draft was saved elsewhere since it was read."""

    code = "clinical_document_changed"
    status = 409
    text = _("This document was changed in another window. Reload it before you save; your text here was not lost.")


class ClinicalDocumentSigned(Refusal):
    """A signed version is amended by a new one, never edited (domain brief 10)."""

    code = "clinical_document_signed"
    status = 409
    text = _("This document is signed and stays as it is. Write an amendment instead.")


class ClinicalDocumentNotSigned(Refusal):
    """Only a signed document without a draft is amended, printed or voided."""

    code = "clinical_document_not_signed"
    status = 409
    text = _("This document is not signed yet.")


class ClinicalDocumentVoided(Refusal):
    """A void document stays void."""

    code = "clinical_document_voided"
    status = 409
    text = _("This document is void. Nothing was changed.")


class ClinicalDocumentIncomplete(Refusal):
    """Something is missing or does not fit; `sections` names the headings."""

    code = "clinical_document_incomplete"
    status = 422
    text = _("Not signed. Please check: %(sections)s.")


class AmendmentReasonMissing(Refusal):
    """An amendment says why."""

    code = "amendment_reason_missing"
    status = 422
    text = _("Say why the document is amended.")


class VoidReasonMissing(Refusal):
    """A document is voided with a reason or not at all."""

    code = "clinical_void_reason_missing"
    status = 422
    text = _("Say why the document is voided.")


class NotVoidable(Refusal):
    """Only who signed a document, or the office, voids it."""

    code = "clinical_document_not_voidable"
    status = 403
    text = _("Only the doctor who signed it or the medical affairs office can void a document.")


class ClinicalDocumentNotSealed(Refusal):
    """A certificate holds once the office has sealed it: before that it is neither printed nor translated."""

    code = "clinical_document_not_sealed"
    status = 409
    text = _("This certificate is not sealed yet. It prints once the medical affairs office has sealed it.")


class NotSealingOffice(Refusal):
    """Only the medical affairs office of the campus seals."""

    code = "not_sealing_office"
    status = 403
    text = _("Only the medical affairs office of the campus seals certificates.")


class NothingToSeal(Refusal):
    """The version was sealed or sent back meanwhile, is being amended, or is not the newest."""

    code = "nothing_to_seal"
    status = 409
    text = _("This version does not wait for the seal any more. Nothing was changed.")


class SealedBySigner(Refusal):
    """Who signed a certificate does not seal it."""

    code = "sealed_by_signer"
    status = 409
    text = _("You signed this certificate. Somebody else of the office has to seal it.")


class ReturnReasonMissing(Refusal):
    """The doctor learns why a certificate comes back."""

    code = "clinical_return_reason_missing"
    status = 422
    text = _("Tell the doctor why the certificate is sent back.")


class NotSuperior(Refusal):
    """A review is by a doctor of the department who ranks above the signer."""

    code = "not_superior"
    status = 403
    text = _("Only a senior doctor of the department who ranks above the one who signed can review this document.")
