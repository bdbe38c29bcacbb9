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


class NotCampusClerk(Refusal):
    """A campus's place and its follow-ups are kept by its roster clerks."""

    code = "not_campus_clerk"
    status = 403
    text = _("Only the roster clerks of this campus may do this.")


class SiteIncomplete(Refusal):
    """A place is a latitude and a longitude in degrees, or neither."""

    code = "site_incomplete"
    status = 422
    text = _("Give both latitude (−90 to 90) and longitude (−180 to 180), or leave both empty. Nothing was saved.")


class SiteRadiusWrong(Refusal):
    """The distance within which one is at the hospital, in meters."""

    code = "site_radius_wrong"
    status = 422
    text = _("The distance is between %(smallest)s and %(largest)s meters. Nothing was saved.")


class FollowUpDaysWrong(Refusal):
    """How long after a visit a follow-up can be registered, in days."""

    code = "follow_up_days_wrong"
    status = 422
    text = _("A follow-up is possible for 0 to %(longest)s days after the visit. Nothing was saved.")


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
