"""The refusals of the reading room; taken from `errors`, like all others."""

from django.utils.translation import gettext_lazy as _

from hospital.kernel.errors import Refusal


class ExamClaimed(Refusal):
    """One examination is read by one doctor at a time."""

    code = "exam_claimed"
    status = 409
    text = _("%(reader)s is reading this examination. Nothing was changed.")


class NothingToRead(Refusal):
    """Nothing of this kind waits, or somebody else took it."""

    code = "nothing_to_read"
    status = 409
    text = _("Nothing waits to be read here.")
