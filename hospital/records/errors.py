"""The refusals of this context."""

from django.utils.translation import gettext_lazy as _

from hospital.kernel.errors import Refusal


class VisitNotOpen(Refusal):
    """The consultation has not begun, or the visit was cancelled."""

    code = "visit_not_open"
    status = 409
    text = _("Start the consultation first. Nothing was saved.")


class NoteAlreadySigned(Refusal):
    """A signed note is amended by a new version, never edited (domain brief 10)."""

    code = "note_already_signed"
    status = 409
    text = _("This note is signed and stays as it is. Write an amendment instead.")


class NoteNotSigned(Refusal):
    """Only a signed note can be amended."""

    code = "note_not_signed"
    status = 409
    text = _("This note is not signed yet. Edit it directly.")


class NoteChanged(Refusal):
    """The draft was saved elsewhere since it was read."""

    code = "note_changed"
    status = 409
    text = _("This note was saved in another window. Nothing was overwritten: choose below which text stays.")


class NoteIncomplete(Refusal):
    """A note is signed with a complaint and findings."""

    code = "note_incomplete"
    status = 422
    text = _("Write the complaint and the findings before you sign.")


class NoMainDiagnosis(Refusal):
    """A visit is signed with one main diagnosis."""

    code = "no_main_diagnosis"
    status = 422
    text = _("Add a diagnosis before you sign.")


class UnknownDiagnosisCode(Refusal):
    """No such code in the classification in use."""

    code = "unknown_diagnosis_code"
    status = 404
    text = _("%(diagnosis)s is not a code of the ICD-10 list in use.")


class DiagnosisTwice(Refusal):
    """The code stands in the note already."""

    code = "diagnosis_twice"
    status = 409
    text = _("%(diagnosis)s is in the note already.")


class UnknownTemplate(Refusal):
    """No such template, or another doctor's."""

    code = "unknown_note_template"
    status = 404
    text = _("We could not find this template.")


class TemplateIncomplete(Refusal):
    """A template has a name in one language at least, and a text."""

    code = "note_template_incomplete"
    status = 422
    text = _("Give the template a name and at least one text.")


class AmendmentWithoutReason(Refusal):
    """An amendment says why."""

    code = "amendment_without_reason"
    status = 422
    text = _("Say why the note is amended.")
