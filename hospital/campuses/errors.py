"""Refusals of the directory."""

from django.utils.translation import gettext_lazy as _

from hospital.kernel.errors import Refusal


class UnknownClinician(Refusal):
    """No such clinician."""

    code = "unknown_clinician"
    status = 404
    text = _("We could not find this doctor.")


class SymptomIncomplete(Refusal):
    """A symptom has a name in both languages and somebody who sees it."""

    code = "symptom_incomplete"
    status = 422
    text = _(
        "Give the symptom “%(symptom)s” a Chinese and an English name and at least one specialty. Nothing was saved."
    )


class UnknownCampus(Refusal):
    """No such campus."""

    code = "unknown_campus"
    status = 404
    text = _("We could not find this campus.")


class UnknownDepartment(Refusal):
    """No such department."""

    code = "unknown_department"
    status = 404
    text = _("We could not find this department.")


class UnknownSymptom(Refusal):
    """No such symptom."""

    code = "unknown_symptom"
    status = 404
    text = _("We could not find this symptom.")


class NotDirectoryEditor(Refusal):
    """Only editors keep the words of the search."""

    code = "not_directory_editor"
    status = 403
    text = _("Only an editor may do this.")


class SymptomTaken(Refusal):
    """Another symptom has this name."""

    code = "symptom_taken"
    status = 409
    text = _("There is a symptom called “%(name)s” already. Add the words to that one. Nothing was saved.")


class SymptomChanged(Refusal):
    """Somebody else saved it in the meantime."""

    code = "symptom_changed"
    status = 409
    text = _("Somebody else saved this symptom meanwhile. Nothing was saved: look at theirs and save again.")
