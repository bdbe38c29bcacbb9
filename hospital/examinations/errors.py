"""Refusals of examinations."""

from django.utils.translation import gettext_lazy as _

from hospital.kernel.errors import Refusal


class UnknownDevice(Refusal):
    """No such device, or none in use."""

    code = "unknown_exam_device"
    status = 404
    text = _("We could not find this device.")


class DeviceClosed(Refusal):
    """The device is not open at that time."""

    code = "device_closed"
    status = 409
    text = _("%(device)s is not open at that time. Nothing was booked.")


class DeviceOutOfOrder(Refusal):
    """The device is out of order at that time."""

    code = "device_out_of_order"
    status = 409
    text = _("%(device)s is out of order at that time. Nothing was booked.")


class DeviceOutOfOrderAlready(Refusal):
    """An outage of that time is written down already."""

    code = "device_out_of_order_already"
    status = 409
    text = _("This device is already marked as out of order for that time. Nothing was changed.")


class OutageReasonMissing(Refusal):
    """Whoever takes a device out of use says why."""

    code = "outage_reason_missing"
    status = 422
    text = _("Say what is wrong with the device. Nothing was changed.")


class NotDeviceStaff(Refusal):
    """Devices are run by technicians and nurses of their campus."""

    code = "not_device_staff"
    status = 403
    text = _("Only technicians and nurses of this campus can do this. Nothing was changed.")


class UnknownExamBooking(Refusal):
    """No such booked examination, or none that the actor may see."""

    code = "unknown_exam_booking"
    status = 404
    text = _("We could not find this examination booking.")


class ExamBookedAlready(Refusal):
    """One booking for each ordered examination."""

    code = "exam_booked_already"
    status = 409
    text = _("%(exam)s already has a time. Nothing was booked.")


class ExamTimeTaken(Refusal):
    """Somebody else has this time on the device."""

    code = "exam_time_taken"
    status = 409
    text = _("Somebody has just taken the time for %(exam)s. Nothing was booked; please plan again.")


class PatientElsewhere(Refusal):
    """A patient has one examination at a time."""

    code = "patient_elsewhere"
    status = 409
    text = _("The patient has another examination at the time of %(exam)s. Nothing was booked.")


class ExamStepImpossible(Refusal):
    """The booking is no longer in a state from which the step is possible."""

    code = "exam_step_impossible"
    status = 409
    text = _("This examination has moved on meanwhile. Reload the page to see where it is. Nothing was changed.")


class ExamBegun(Refusal):
    """Patients move and cancel until the time of the examination begins."""

    code = "exam_begun"
    status = 409
    text = _("The time of this examination has begun. Please ask at the examination desk. Nothing was changed.")


class ExamReasonMissing(Refusal):
    """Whoever takes a time away or books in spite of an answer says why."""

    code = "exam_reason_missing"
    status = 422
    text = _("Say why. Nothing was changed.")


class HoursNotRight(Refusal):
    """Open hours end after they begin and do not lie over each other."""

    code = "hours_not_right"
    status = 422
    text = _("Hours end after they begin, and two on one day do not overlap.")


class HoursLeaveBookings(Refusal):
    """Booked times would lie outside the new hours: `count`, the first on `day`."""

    code = "hours_leave_bookings"
    status = 409
    text = _("%(count)s booked examinations would lie outside these hours, the first on %(day)s. Move them first.")


class UnknownExamRule(Refusal):
    """The item is not booked on a device."""

    code = "unknown_exam_rule"
    status = 404
    text = _("We could not find this examination.")


class ExamRuleIncomplete(Refusal):
    """A duration in steps of five minutes, and at most a day without food."""

    code = "exam_rule_incomplete"
    status = 422
    text = _("An examination takes 5 to 480 minutes in steps of five, after at most 24 hours without food.")
