"""The refusals of the reading room and of those who keep its phrases."""

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


class NotPhraseKeeper(Refusal):
    """A department's phrases are kept by its doctors, those for everybody by heads."""

    code = "not_phrase_keeper"
    status = 403
    text = _("Doctors keep the phrases of their department; chief and associate chief physicians those for everybody.")


class UnknownPhrase(Refusal):
    """No such template or phrase."""

    code = "unknown_phrase"
    status = 404
    text = _("We could not find this phrase.")


class PhraseChanged(Refusal):
    """Somebody else saved the phrase meanwhile."""

    code = "phrase_changed"
    status = 409
    text = _("A colleague has changed this phrase meanwhile. Look at it again before you save.")


class PhraseNotAlike(Refusal):
    """The two languages do not say the same, or one is missing."""

    code = "phrase_not_alike"
    status = 422
    text = _(
        "Write both languages, with the same blanks in each, from the list below. The English for both sides has no"
        " side; a sentence of the normal report has no blanks."
    )
