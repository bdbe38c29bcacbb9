"""Refusals of special-need service."""

from django.utils.translation import gettext_lazy as _

from hospital.kernel.errors import Refusal


class UnknownAssistance(Refusal):
    """No such request, or none of a person whom the actor may see."""

    code = "unknown_assistance"
    status = 404
    text = _("We could not find this request for help.")


class AssistanceMoved(Refusal):
    """Somebody else acted on the request first."""

    code = "assistance_moved"
    status = 409
    text = _("Somebody else has just acted on this request. Look at it again.")


class InterpreterBusy(Refusal):
    """The interpreter is with another patient at that time: an exclusion constraint decides."""

    code = "interpreter_busy"
    status = 409
    text = _("This interpreter is with another patient at that time. Choose another one.")


class InterpreterUnfit(Refusal):
    """The interpreter does not speak the language, does not work at the campus, or has left."""

    code = "interpreter_unfit"
    status = 422
    text = _("This interpreter does not speak the language that was asked for, or does not work at this campus.")


class AssistanceIncomplete(Refusal):
    """Something that the kind of help needs was not said."""

    code = "assistance_incomplete"
    status = 422
    text = _("Say which language for an interpreter, and where to be picked up for transport.")


class AssistanceInPast(Refusal):
    """The time asked for is over, ends before it begins, or is longer than a day."""

    code = "assistance_in_past"
    status = 422
    text = _("Choose a time that is still to come, of at most 12 hours.")


class AlreadyAsked(Refusal):
    """The same help is asked for at that time already."""

    code = "already_asked"
    status = 409
    text = _("You have asked for this already. Cancel that request first if the time has changed.")


class TooManyAssistance(Refusal):
    """A person has at most ten open requests."""

    code = "too_many_assistance"
    status = 429
    text = _("There are %(limit)s open requests already. Please call the service desk.")


class ReasonNeeded(Refusal):
    """A request is declined with a reason in both languages, or at least in Chinese."""

    code = "assistance_reason_needed"
    status = 422
    text = _("Say why, in Chinese and in English: the patient reads it.")


class ArrangementNeeded(Refusal):
    """Help other than an interpreter is arranged by saying what will be there."""

    code = "arrangement_needed"
    status = 422
    text = _("Say who or what will be there, in Chinese and in English: the patient reads it.")


class NotAssistanceDesk(Refusal):
    """Only coordinators and registrars of the campus arrange help."""

    code = "not_assistance_desk"
    status = 403
    text = _("Only coordinators and the registration desk of this campus can do this.")


class NotACoordinator(Refusal):
    """The person chosen is no coordinator of the campus."""

    code = "not_a_coordinator"
    status = 422
    text = _("This person is not a coordinator of this campus.")


class NoVisitForFee(Refusal):
    """The interpreter's fee is part of a visit's bill, and there is no visit."""

    code = "no_visit_for_fee"
    status = 409
    text = _("The fee needs a visit: let the patient take a number first, or finish without a fee.")
