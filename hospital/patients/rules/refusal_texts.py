"""Why the desk refused a proof or a claim, in words for the patient (translated when the answer is written)."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hospital.patients.types import RefusalReason

REFUSAL_TEXTS: Final[dict[RefusalReason, str | Promise]] = {
    RefusalReason.UNREADABLE: _("The picture cannot be read. Please take a sharper one."),
    RefusalReason.OTHER_PERSON: _("It shows another person or another document."),
    RefusalReason.NOT_ENOUGH: _("It does not show what we need."),
    RefusalReason.OUT_OF_DATE: _("It is no longer valid."),
    RefusalReason.COME_TO_DESK: _("Please show the original at the registration desk."),
}
