"""Refusals of booking."""

from django.utils.translation import gettext_lazy as _

from hospital.kernel.errors import Refusal


class UnknownSlot(Refusal):
    """No such place."""

    code = "unknown_slot"
    status = 404
    text = _("We could not find this time. Please choose another.")


class SlotFull(Refusal):
    """Somebody else has the last place."""

    code = "slot_full"
    status = 409
    text = _("Somebody has just taken this time. Nothing was booked; please choose another.")


class NotReleased(Refusal):
    """The places of the session are given out from a later instant on."""

    code = "not_released"
    status = 409
    text = _("This time can be booked from %(opens)s (Guangzhou time) on. Nothing was booked.")


class KeptForOthers(Refusal):
    """The place is of a pool of another channel, and has not folded back."""

    code = "kept_for_others"
    status = 409
    text = _("This time is kept for patients who book another way. Nothing was booked; please choose another.")


class SlotPast(Refusal):
    """The time has begun."""

    code = "slot_past"
    status = 409
    text = _("This time has already passed. Nothing was booked; please choose a later one.")


class SessionStopped(Refusal):
    """The clinic session was called off."""

    code = "session_stopped"
    status = 409
    text = _("This clinic session has been called off. Nothing was booked; please choose another.")


class AlreadyBooked(Refusal):
    """One active booking per patient and session."""

    code = "already_booked"
    status = 409
    text = _("This patient already has a booking with this doctor in this session. Nothing was booked.")


class UnknownAppointment(Refusal):
    """No such booking, or none that the actor may see."""

    code = "unknown_appointment"
    status = 404
    text = _("We could not find this booking.")


class HoldExpired(Refusal):
    """The 15 minutes are over."""

    code = "hold_expired"
    status = 409
    text = _(
        "Your 15 minutes to book this time are over, so it is free for others again. Nothing was charged; please "
        "choose again."
    )


class NotCancellable(Refusal):
    """Its state does not allow cancelling."""

    code = "not_cancellable"
    status = 409
    text = _("This booking can no longer be canceled. Please ask at the registration desk.")


class NotBooked(Refusal):
    """A number can be taken for a booked place only."""

    code = "not_booked"
    status = 409
    text = _("You can take a number only once the time is booked. Nothing was changed.")


class TooManyUnpaid(Refusal):
    """So many places at once that nobody has paid for."""

    code = "too_many_unpaid"
    status = 409
    text = _(
        "You have %(most)s places that are not paid for yet. Nothing was booked; please pay for one of them or give "
        "one back first."
    )


class NotHeld(Refusal):
    """Only a hold is released; what is booked is canceled, with its terms."""

    code = "not_held"
    status = 409
    text = _("This time is no longer on hold for you. Nothing was changed; look under your appointments.")


class NotChangeable(Refusal):
    """Its state does not allow changing."""

    code = "not_changeable"
    status = 409
    text = _("This booking can no longer be changed. Nothing was changed; your booking is as it was.")


class ChangeTooLate(Refusal):
    """Changed until the free time ends."""

    code = "change_too_late"
    status = 409
    text = _(
        "It is too late to change this appointment in the app. Your booking stands; please ask at the registration "
        "desk."
    )


class CancelTooLate(Refusal):
    """The time has begun."""

    code = "cancel_too_late"
    status = 409
    text = _(
        "The time of this appointment has begun, so it can no longer be canceled in the app. Please ask at the "
        "registration desk."
    )


class SamePlace(Refusal):
    """The booking is at this time already."""

    code = "same_place"
    status = 409
    text = _("This is the time that you have already. Nothing was changed.")


class ExtraPlaceEnded(Refusal):
    """An extra place is granted to one patient, used once, and ends with the session."""

    code = "extra_place_ended"
    status = 409
    text = _("The doctor's word for this extra place no longer holds. Nothing was booked; please ask the doctor again.")


class PriorityEnded(Refusal):
    """The right to book before others is used once, until its day."""

    code = "priority_ended"
    status = 409
    text = _("Your right to book before others was used or is over. Nothing was booked.")


class PlacesLeft(Refusal):
    """Nobody waits where there are places."""

    code = "places_left"
    status = 409
    text = _("There are still places in this session, now or from their release on. Please book one of them.")


class AlreadyWaiting(Refusal):
    """Once a session for a patient."""

    code = "already_waiting"
    status = 409
    text = _("This patient is on this waitlist already. Nothing was changed.")


class TooManyWaits(Refusal):
    """So many waitlists at once."""

    code = "too_many_waits"
    status = 409
    text = _("This patient is on %(most)s waitlists. Please leave one of them first.")


class WaitOver(Refusal):
    """There is nothing to wait for any more."""

    code = "wait_over"
    status = 409
    text = _("There is nothing to wait for: the session is over or was called off, or the days are not ahead of us.")


class UnknownWait(Refusal):
    """Not on a waitlist, or on one that the actor may not see."""

    code = "unknown_wait"
    status = 404
    text = _("We could not find this entry of the waitlist.")


class TooManyThatDay(Refusal):
    """So many places of a person on one day."""

    code = "too_many_that_day"
    status = 409
    text = _("This patient has %(most)s bookings on that day already. Nothing was booked; the window can help you.")


class TooManyInDepartment(Refusal):
    """So many places of a person in one department on one day."""

    code = "too_many_in_department"
    status = 409
    text = _(
        "This patient has %(most)s bookings in this department on that day already. Nothing was booked; the window can "
        "help you."
    )


class BookingBlocked(Refusal):
    """Several places were missed."""

    code = "booking_blocked"
    status = 409
    text = _(
        "This patient missed several appointments, so booking in the app is closed until %(until)s. The registration "
        "window and the emergency department are open to you. You can write to us under Help to appeal."
    )


class UnknownBlock(Refusal):
    """No such block, or it has ended."""

    code = "unknown_block"
    status = 404
    text = _("We could not find this block, or it has ended already.")


class NotBlockKeeper(Refusal):
    """The registration desk lifts blocks, with a reason."""

    code = "not_block_keeper"
    status = 403
    text = _("Only the registration desk lifts a block, and says why.")
