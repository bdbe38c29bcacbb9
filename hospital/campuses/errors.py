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
