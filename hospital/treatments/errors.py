"""The refusals of this context."""

from django.utils.translation import gettext_lazy as _

from hospital.kernel.errors import Refusal


class UnknownTreatment(Refusal):
    """No such treatment, or none that the actor may see."""

    code = "unknown_treatment"
    status = 404
    text = _("We could not find this treatment.")


class NotTreatment(Refusal):
    """The catalog row is no treatment, or is out of use."""

    code = "not_treatment"
    status = 422
    text = _("%(item)s is not a treatment that can be ordered.")


class BadPlan(Refusal):
    """A plan names a site, a side where the site has one, and a number of sessions."""

    code = "bad_plan"
    status = 422
    text = _("Check the plan: site, side, dose with its unit, and 1 to %(limit)s sessions; once means one session.")


class TreatmentVisitClosed(Refusal):
    """Treatments are ordered during the consultation."""

    code = "treatment_visit_closed"
    status = 409
    text = _("Start the consultation before you order a treatment. Nothing was changed.")


class NotTreatmentStaff(Refusal):
    """Only nurses and therapists of the campus give treatments."""

    code = "not_treatment_staff"
    status = 403
    text = _("Only the treatment room of this campus can do this.")


class SessionTaken(Refusal):
    """Somebody recorded this session, or the treatment was stopped."""

    code = "session_taken"
    status = 409
    text = _("A colleague has recorded this session meanwhile, or the treatment was stopped. Nothing was changed.")


class SessionNotDue(Refusal):
    """The next session is due on a later day."""

    code = "session_not_due"
    status = 409
    text = _("The next session is not due yet (%(often)s). Nothing was changed.")


class ReactionNoteMissing(Refusal):
    """A marked reaction is described."""

    code = "reaction_note_missing"
    status = 422
    text = _("Describe the reaction.")


class StopReasonMissing(Refusal):
    """A treatment that is stopped says why."""

    code = "treatment_stop_reason_missing"
    status = 422
    text = _("Say why the treatment is stopped.")


class TreatmentEnded(Refusal):
    """The treatment is completed or stopped."""

    code = "treatment_ended"
    status = 409
    text = _("This treatment has ended already. Nothing was changed.")


class StrikeReasonMissing(Refusal):
    """A record is struck out with a reason or not at all."""

    code = "strike_reason_missing"
    status = 422
    text = _("Say why the record is struck out. Nothing was changed.")


class SessionNotRecorded(Refusal):
    """Only a session that was recorded is struck out; somebody may have been first."""

    code = "session_not_recorded"
    status = 409
    text = _("This session is not recorded as given. Nothing was changed.")


class NotYourRecord(Refusal):
    """Who recorded a session strikes it out on the same day, later the doctor of the visit."""

    code = "not_your_record"
    status = 403
    text = _("Only who recorded it can strike it out, on the same day; after that the doctor of the visit.")
