"""Refusals of supply."""

from django.utils.translation import gettext_lazy as _

from hospital.kernel.errors import Refusal


class UnknownSession(Refusal):
    """No such roster session."""

    code = "unknown_session"
    status = 404
    text = _("We could not find this clinic session.")


class ClinicianBusy(Refusal):
    """A clinician sits in one place at a time."""

    code = "clinician_busy"
    status = 409
    text = _("This doctor already has a clinic session at that time. Nothing was added.")


class NoPlaceInSession(Refusal):
    """The session is shorter than one place."""

    code = "no_place_in_session"
    status = 422
    text = _("The session is too short for a single place. Nothing was added.")
