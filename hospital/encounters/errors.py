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


class LineChangeNeedsReason(Refusal):
    """An explicit change of the service line says why."""

    code = "line_change_needs_reason"
    status = 422
    text = _("Say why the service line changes. Nothing was changed.")


class SameServiceLine(Refusal):
    """The visit is on this line, or is no longer on the one that was seen."""

    code = "same_service_line"
    status = 409
    text = _("The visit is on this service line already, or was changed meanwhile. Nothing was changed.")


class LineChangeOpen(Refusal):
    """One change of a visit waits at a time."""

    code = "line_change_open"
    status = 409
    text = _("A change of this visit’s service line waits for approval already.")


class UnknownLineChange(Refusal):
    """No such change."""

    code = "unknown_line_change"
    status = 404
    text = _("We could not find this change of the service line.")


class LineChangeSamePerson(Refusal):
    """Whoever asked does not approve."""

    code = "line_change_same_person"
    status = 403
    text = _("Somebody else has to approve what you asked for.")


class LineChangeDecided(Refusal):
    """Somebody decided it meanwhile."""

    code = "line_change_decided"
    status = 409
    text = _("This change was decided meanwhile. Nothing was changed.")


class NotLineChangeDesk(Refusal):
    """The windows and the finance office change a service line."""

    code = "not_line_change_desk"
    status = 403
    text = _("Only the windows and the finance office of this campus change a service line.")


class NotQueueDesk(Refusal):
    """Doctors, nurses and the registration desk of the campus keep the line."""

    code = "not_queue_desk"
    status = 403
    text = _("Only the doctors, nurses and registrars of this campus may change the line.")


class RatingNotYet(Refusal):
    """A visit is rated once it is over."""

    code = "rating_not_yet"
    status = 409
    text = _("You can rate this visit once it is over.")


class RatingIncomplete(Refusal):
    """A patient gives one to five stars, and at most 500 characters."""

    code = "rating_incomplete"
    status = 422
    text = _("Choose one to five stars, and write at most 500 characters.")


class RatingClosed(Refusal):
    """The time to rate the visit, or to change the rating, is over."""

    code = "rating_closed"
    status = 409
    text = _("This rating can no longer be given or changed. Write to us under Help instead.")


class FollowUpNotPossible(Refusal):
    """A follow-up is ordered in or after the consultation, for a day within a year."""

    code = "follow_up_not_possible"
    status = 409
    text = _("A follow-up is ordered from the consultation on, for a day within a year. Nothing was changed.")


class ComplaintIncomplete(Refusal):
    """A complaint has a name in both languages, a level and, when new, a code."""

    code = "complaint_incomplete"
    status = 422
    text = _("A complaint needs both names, a level from 1 to 4, and a code of small letters and hyphens.")


class ComplaintKnown(Refusal):
    """The code stands for another complaint."""

    code = "complaint_known"
    status = 409
    text = _("This code is used already.")


class UnknownComplaint(Refusal):
    """No such complaint."""

    code = "unknown_complaint"
    status = 404
    text = _("We could not find this complaint.")


class PriorityNeedsReason(Refusal):
    """Whoever goes before others has a reason."""

    code = "priority_needs_reason"
    status = 422
    text = _("Choose why this patient goes first, and add a short note. Nothing was changed.")


class TransferNotPossible(Refusal):
    """Called already, or the other doctor does not see patients of this department now."""

    code = "transfer_not_possible"
    status = 409
    text = _("This patient cannot be sent to that doctor now. Nothing was changed.")


class UnknownBoard(Refusal):
    """No wall board at this address, or its key was changed."""

    code = "unknown_board"
    status = 404
    text = _("There is no wall board at this address. Ask the triage desk for the new one.")


class UnknownCheckInCode(Refusal):
    """No screen shows this code now."""

    code = "unknown_check_in_code"
    status = 404
    text = _("This code is no longer valid. Scan the one on the screen now; it changes every minute.")


class TriageIncomplete(Refusal):
    """An assessment has a complaint, a level from 1 to 4, and plausible figures."""

    code = "triage_incomplete"
    status = 422
    text = _("Choose the complaint and the level, and check the figures. Nothing was saved.")


class TriageNeedsReason(Refusal):
    """The nurse decides; where the level differs from the suggested one, they say why."""

    code = "triage_needs_reason"
    status = 422
    text = _("Say why the level differs from the suggested one. Nothing was saved.")
