"""The refusals of this context."""

from django.utils.translation import gettext_lazy as _

from hospital.kernel.errors import Refusal


class EnglishTextMissing(Refusal):
    """A legal document has a line without an English text, so its English paper is refused (requirement N20).

    Facts: `line` names the first line that lacks it, `count` how many texts are missing.
    """

    code = "english_text_missing"
    status = 409
    text = _(
        "This document cannot be printed in English yet: %(line)s has no English text. Print it in Chinese or in both "
        "languages, or have the name translated first."
    )


class LanguageNotOffered(Refusal):
    """What was written in one language has no reviewed translation of this very version, so it prints in that one
    alone (domain brief 4)."""

    code = "paper_language_not_offered"
    status = 409
    text = _(
        "This document prints in the language it was signed in only. There is no reviewed translation of this version."
    )


class TooManyDrugs(Refusal):
    """A prescription holds at most five drugs (domain brief 4)."""

    code = "too_many_drugs"
    status = 409
    text = _("A prescription holds at most %(limit)s drugs; this one has %(count)s. Write a second prescription.")


class PrescriptionEmpty(Refusal):
    """A prescription without drugs is not printed."""

    code = "prescription_empty"
    status = 409
    text = _("This prescription has no drugs. Add a drug before you print it.")


class DocumentNotFound(Refusal):
    """There is no document of that number or id."""

    code = "document_not_found"
    status = 404
    text = _("There is no document %(number)s.")


class DocumentDamaged(Refusal):
    """The stored snapshot no longer has the hash of its issue, so nothing is printed from it."""

    code = "document_damaged"
    status = 409
    text = _("Document %(number)s does not match its seal and is not printed. Tell the administrator.")


class ReasonMissing(Refusal):
    """A document is voided with a reason or not at all."""

    code = "void_reason_missing"
    status = 422
    text = _("Say why the document is voided.")


class AmountsDisagree(Refusal):
    """Amounts of the paper do not add up, so nothing is issued; `place` says where, for the log."""

    code = "amounts_disagree"
    status = 409
    text = _("The amounts of this document do not add up. Nothing was issued.")


class SheetNotOffered(Refusal):
    """This kind of paper is not laid out for the sheet that was asked for."""

    code = "sheet_not_offered"
    status = 422
    text = _("This document is not printed on that kind of paper.")
