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


class SessionOver(Refusal):
    """The session has ended or was called off."""

    code = "session_over"
    status = 409
    text = _("This clinic session is over or was called off. Nothing was changed.")


class NotRegistrationDesk(Refusal):
    """Registrars ask for extra places."""

    code = "not_registration_desk"
    status = 403
    text = _("Only the registration desk asks for an extra place.")


class NotYourSession(Refusal):
    """An extra place is the word of the doctor who holds the session."""

    code = "not_your_session"
    status = 403
    text = _("Only the doctor of this session decides on its extra places.")


class ExtraPlaceOpen(Refusal):
    """One at a time for a patient and session."""

    code = "extra_place_open"
    status = 409
    text = _("An extra place in this session has been asked for or granted already.")


class UnknownExtraPlace(Refusal):
    """No such extra place."""

    code = "unknown_extra_place"
    status = 404
    text = _("We could not find this extra place.")


class ExtraPlaceDecided(Refusal):
    """It was refused or used meanwhile."""

    code = "extra_place_decided"
    status = 409
    text = _("This extra place was decided or used meanwhile. Nothing was changed.")
