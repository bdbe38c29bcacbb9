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


class PoolsDoNotFit(Refusal):
    """Every numbered place belongs to one pool, and folds back after it opened."""

    code = "pools_do_not_fit"
    status = 422
    text = _("The shares must add up to the %(places)s places of the session, and fold back after they open.")


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


class NotRosterClerk(Refusal):
    """Rosters are made by the roster clerks of the campus."""

    code = "not_roster_clerk"
    status = 403
    text = _("Only the roster clerks of this campus change its roster.")


class UnknownFollowUpFee(Refusal):
    """Both are registration fees of the catalog, and not the same one."""

    code = "unknown_follow_up_fee"
    status = 422
    text = _("Choose another registration fee of the catalog for the follow-up. Nothing was saved.")


class DoctorHasSession(Refusal):
    """A doctor sits in one place at a time; names the session that stands."""

    code = "doctor_has_session"
    status = 409
    text = _("%(doctor)s already has a session then: %(when)s, %(room)s. Nothing was changed.")


class RoomHasSession(Refusal):
    """A room holds one session at a time; names the session that stands."""

    code = "room_has_session"
    status = 409
    text = _("%(room)s is used then: %(doctor)s, %(when)s. Nothing was changed.")


class SessionHasBookings(Refusal):
    """What patients have booked is substituted or stopped, not moved under them."""

    code = "session_has_bookings"
    status = 409
    text = _(
        "%(count)s patients have places in this session. Choose a substitute or stop the session. Nothing was changed."
    )


class SessionStoppedAlready(Refusal):
    """Somebody stopped it before."""

    code = "session_stopped_already"
    status = 409
    text = _("This session was stopped already.")


class StopReasonMissing(Refusal):
    """Patients read why, each in their language."""

    code = "stop_reason_missing"
    status = 422
    text = _("Give the reason in Chinese and in English: patients read it.")


class UnknownTemplate(Refusal):
    """No such weekly session."""

    code = "unknown_template"
    status = 404
    text = _("We could not find this weekly session.")


class TemplateMoved(Refusal):
    """Somebody else saved it meanwhile."""

    code = "template_moved"
    status = 409
    text = _("Somebody changed this weekly session meanwhile. Nothing was saved; open it again.")


class TemplateClash(Refusal):
    """Two weekly sessions would need the same doctor or room at the same time."""

    code = "template_clash"
    status = 409
    text = _("This doctor or room has another weekly session at that time. Nothing was saved.")


class NoSuchHours(Refusal):
    """A session ends after it starts, on a day that exists."""

    code = "no_such_hours"
    status = 422
    text = _("The session must end after it starts. Nothing was saved.")


class CalendarDayTaken(Refusal):
    """One rule for a day and campus."""

    code = "calendar_day_taken"
    status = 409
    text = _("This day is in the calendar already.")
