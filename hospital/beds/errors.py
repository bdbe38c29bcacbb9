"""Refusals of the bed pool."""

from django.utils.translation import gettext_lazy as _

from hospital.kernel.errors import Refusal


class NotBedDesk(Refusal):
    """Beds are given by coordinators and nurses; what happens in a ward is said at its own campus."""

    code = "not_bed_desk"
    status = 403
    text = _("Only the coordinators and nurses of this campus may do this.")


class UnknownBed(Refusal):
    """No such bed, or one that is no longer used."""

    code = "unknown_bed"
    status = 404
    text = _("We could not find this bed.")


class UnknownWard(Refusal):
    """No such ward."""

    code = "unknown_ward"
    status = 404
    text = _("We could not find this ward.")


class UnknownStay(Refusal):
    """No such reservation or stay."""

    code = "unknown_stay"
    status = 404
    text = _("We could not find this reservation.")


class BedTaken(Refusal):
    """Somebody has the bed on one of the days."""

    code = "bed_taken"
    status = 409
    text = _("Bed %(bed)s is taken on one of these days. Nothing was changed; look for another.")


class RoomOfOtherSex(Refusal):
    """A room is shared by patients of one sex."""

    code = "room_of_other_sex"
    status = 409
    text = _("Room %(room)s is shared with a patient of the other sex on these days. Nothing was changed.")


class PatientHasBed(Refusal):
    """A patient has one bed at a time, over all campuses."""

    code = "patient_has_bed"
    status = 409
    text = _("This patient has a bed on these days already. Change that reservation instead.")


class BedDaysWrong(Refusal):
    """From today on, one night at least, and not endlessly."""

    code = "bed_days_wrong"
    status = 422
    text = _("Choose a day from today to %(ahead)s days ahead, and 1 to %(longest)s nights. Nothing was changed.")


class BedReasonMissing(Refusal):
    """Closing a bed and giving one back say why."""

    code = "bed_reason_missing"
    status = 422
    text = _("Say why. Nothing was changed.")


class StayChanged(Refusal):
    """Somebody else changed it in the meantime."""

    code = "stay_changed"
    status = 409
    text = _("Somebody else changed this reservation meanwhile. Look at theirs and try again.")


class StayStepImpossible(Refusal):
    """What was asked does not follow from the state it is in."""

    code = "stay_step_impossible"
    status = 409
    text = _("This is no longer possible for this reservation. Please look at its present state.")


class NotArrivalDay(Refusal):
    """A patient lies down from the first reserved day on."""

    code = "not_arrival_day"
    status = 409
    text = _("The bed is reserved from %(day)s. Change the reservation if the patient comes earlier.")
