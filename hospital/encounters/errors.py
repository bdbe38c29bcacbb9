"""Refusals of visits."""

from django.utils.translation import gettext_lazy as _

from hospital.kernel.errors import Refusal


class UnknownEncounter(Refusal):
    """No such visit, or none that the actor may see."""

    code = "unknown_encounter"
    status = 404
    text = _("We could not find this visit.")


class EncounterMoved(Refusal):
    """Somebody changed the visit meanwhile."""

    code = "encounter_moved"
    status = 409
    text = _("Somebody else has just changed this visit. Reload the page to see where it is. Nothing was changed.")


class NotYourPatient(Refusal):
    """Only the clinician of the visit may do this."""

    code = "not_your_patient"
    status = 403
    text = _("Only the doctor of this visit may do this.")


class AlreadyRegistered(Refusal):
    """The booking has become a visit."""

    code = "already_registered"
    status = 409
    text = _("A number has already been taken for this booking. Nothing was changed.")


class NotClinicalStaff(Refusal):
    """Orders, notes and reports are for those who treat and examine."""

    code = "not_clinical_staff"
    status = 403
    text = _("Only the doctors, nurses and technicians who care for the patient may read this.")
