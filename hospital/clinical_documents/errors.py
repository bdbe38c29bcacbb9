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
