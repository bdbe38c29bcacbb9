"""Refusals of translations."""

from django.utils.translation import gettext_lazy as _

from hospital.kernel.errors import Refusal


class UnknownTranslation(Refusal):
    """No such translation, or none of the campuses where the actor works."""

    code = "unknown_translation"
    status = 404
    text = _("We could not find this translation.")


class NotTranslator(Refusal):
    """Translations are the work of the campus's translators."""

    code = "not_translator"
    status = 403
    text = _("Only translators of this campus can do this. Nothing was changed.")


class TranslationMoved(Refusal):
    """Somebody was faster, or the step is not possible in this state."""

    code = "translation_moved"
    status = 409
    text = _("This translation has moved on. Reload the page to see where it is. Nothing was changed.")


class NotYourTranslation(Refusal):
    """One person translates; whoever took it writes it."""

    code = "not_your_translation"
    status = 409
    text = _("%(who)s is translating this. Nothing was changed.")


class SecondReaderIsTranslator(Refusal):
    """The second reader is somebody else than the translator."""

    code = "second_reader_is_translator"
    status = 409
    text = _("You translated this. A second person reads and releases it. Nothing was changed.")


class FindingsOpen(Refusal):
    """Each difference between the languages is mended, or accepted with a reason, before the text goes on."""

    code = "findings_open"
    status = 422
    text = _("Still to be mended or accepted: %(count)s. Nothing was changed.")


class CannotAccept(Refusal):
    """A segment without a text is translated, never accepted; so is a difference that is no longer there."""

    code = "cannot_accept_finding"
    status = 422
    text = _("This cannot be accepted. Write the text, or reload the page. Nothing was changed.")


class TranslationReasonMissing(Refusal):
    """Accepting, returning and opening again each say why."""

    code = "translation_reason_missing"
    status = 422
    text = _("Say why. Nothing was changed.")


class NothingToTranslate(Refusal):
    """A source without any text in it."""

    code = "nothing_to_translate"
    status = 422
    text = _("There is no text to translate. Nothing was changed.")


class TermTaken(Refusal):
    """A Chinese term stands in the glossary once."""

    code = "term_taken"
    status = 409
    text = _("%(term)s is in the glossary already. Nothing was changed.")


class TermChanged(Refusal):
    """Somebody saved the term meanwhile."""

    code = "term_changed"
    status = 409
    text = _("Somebody changed this term meanwhile. Reload the page. Nothing was changed.")


class TermIncomplete(Refusal):
    """A term has its Chinese; the English may follow."""

    code = "term_incomplete"
    status = 422
    text = _("Write the Chinese term. Nothing was changed.")


class UnknownTerm(Refusal):
    """No such term."""

    code = "unknown_term"
    status = 404
    text = _("We could not find this term.")


class MachineDraftOff(Refusal):
    """Machine drafts are off unless the hospital turned them on."""

    code = "machine_draft_off"
    status = 409
    text = _("Machine drafts are turned off here. Nothing was changed.")


class MachineDraftUnread(Refusal):
    """A machine's draft passes on once somebody has confirmed or changed each segment of it."""

    code = "machine_draft_unread"
    status = 409
    text = _("Machine drafts that nobody confirmed or changed yet: %(count)s. Nothing was changed.")


class MachineDraftFailed(Refusal):
    """The service did not answer, or not for every segment."""

    code = "machine_draft_failed"
    status = 503
    text = _("The machine translation does not answer. Nothing was changed.")
