"""Models of examinations: supply (devices) and demand (bookings)."""

from hospital.examinations.models.bookings import ExamBooking, ExamRule, ExamStudy
from hospital.examinations.models.devices import Device, DeviceHours, DeviceOutage, DevicePeriod
from hospital.examinations.models.steps import ExamStep

__all__ = ["Device", "DeviceHours", "DeviceOutage", "DevicePeriod", "ExamBooking", "ExamRule", "ExamStep", "ExamStudy"]
