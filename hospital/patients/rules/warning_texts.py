"""What the warnings about documents say to the reader (translated when the answer is written)."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hospital.patients.rules.documents import DocumentWarning
from hospital.patients.rules.mrz import MrzWarning

WARNING_TEXTS: Final[dict[str, str | Promise]] = {
    DocumentWarning.NUMBER_MISSING: _("The document number is empty."),
    DocumentWarning.FORMAT_UNEXPECTED: _("The number does not look like a number of this document. Please compare it."),
    DocumentWarning.CHECK_MISSING: _("The check digit in brackets is missing."),
    DocumentWarning.CHECK_WRONG: _("The check digit does not match. One of the digits may be mistyped."),
    DocumentWarning.OTHER_TYPE_LIKELY: _("This looks like the number of another type of document."),
    DocumentWarning.OLD_FORM: _("This is an older form of the document. Please check that it is still valid."),
    DocumentWarning.REGION_UNKNOWN: _("The region code in the number is unknown."),
    DocumentWarning.NATIONALITY_UNKNOWN: _("The nationality code in the number is unknown."),
    DocumentWarning.BIRTH_IMPOSSIBLE: _("The birth date in the number does not exist."),
    DocumentWarning.BIRTH_DIFFERS: _("The birth date entered differs from the one in the number."),
    DocumentWarning.SEX_DIFFERS: _("The sex entered differs from the one in the number."),
    DocumentWarning.NATIONALITY_DIFFERS: _("The nationality entered differs from the one in the number."),
    MrzWarning.SHAPE_WRONG: _(
        "This is not a whole code line: a passport has two lines of 44 characters, a card three of 30."
    ),
    MrzWarning.NOT_A_PASSPORT: _("This code line is not from a passport."),
    MrzWarning.NUMBER_CHECK_WRONG: _("The check digit of the document number does not match."),
    MrzWarning.BIRTH_CHECK_WRONG: _("The check digit of the birth date does not match."),
    MrzWarning.EXPIRY_CHECK_WRONG: _("The check digit of the expiry date does not match."),
    MrzWarning.PERSONAL_CHECK_WRONG: _("The check digit of the personal number does not match."),
    MrzWarning.COMPOSITE_CHECK_WRONG: _("The last check digit of the code line does not match."),
    MrzWarning.ISSUER_UNKNOWN: _("The issuing country in the code line is unknown."),
    MrzWarning.NATIONALITY_UNKNOWN: _("The nationality in the code line is unknown."),
    MrzWarning.BIRTH_INCOMPLETE: _("The birth date in the code line is incomplete."),
    MrzWarning.EXPIRY_INCOMPLETE: _("The expiry date in the code line is incomplete."),
    MrzWarning.EXPIRED: _("The document has expired."),
    MrzWarning.NAME_CUT: _("The name may be cut off in the code line. Please copy it from the page above."),
}


def warning_text(code: str) -> str:
    """The text of a warning's code in the language that is active now; the code itself where it is unknown."""
    return str(WARNING_TEXTS.get(code, code))
