"""Devices with their hours, and what the examinations of the tests need."""

from datetime import date, time, timedelta

from hospital.campuses.models import Room
from hospital.encounters.tests.clinic import make_campus
from hospital.examinations.api import open_device_periods
from hospital.examinations.models import Device, DeviceHours, ExamRule

TODAY = date(2026, 11, 25)


def make_device(modality: str, *, number: int = 1, campus: str = "IMC", days: int = 10) -> Device:
    """A device that is open from 7:30 to 17:30 every day, with its periods from today on."""
    code = f"{campus}-{modality}{number}"
    room = Room.objects.create(
        campus=make_campus(campus),
        code=code,
        name_zh=f"{modality} {number} 室",
        name_en=f"{modality} {number}",
    )
    device = Device.objects.create(
        code=code,
        campus_id=campus,
        room=room,
        modality=modality,
        name_zh=f"{modality} 设备 {number}",
        name_en=f"{modality} device {number}",
        location_zh="医技楼 1 楼",
        location_en="Diagnostic Building, floor 1",
    )
    DeviceHours.objects.bulk_create(
        DeviceHours(device=device, weekday=weekday, opens=time(7, 30), closes=time(17, 30)) for weekday in range(7)
    )
    open_device_periods(first=TODAY, last=TODAY + timedelta(days=days))
    return device


def make_rules() -> None:
    """The chest X-ray without anything, abdominal ultrasound fasting, CT with contrast, MRI, pelvic ultrasound."""
    ExamRule.objects.bulk_create(
        [
            ExamRule(item_code="CXR", modality="DX", minutes=10, questions=["PREGNANT"]),
            ExamRule(item_code="USA", modality="US", minutes=15, fasting_hours=8),
            ExamRule(item_code="USB", modality="US", minutes=15, has_full_bladder=True),
            ExamRule(
                item_code="CTC",
                modality="CT",
                minutes=20,
                fasting_hours=4,
                contrast="IODINE",
                questions=["PREGNANT", "CONTRAST_ALLERGY", "KIDNEY", "METFORMIN"],
            ),
            ExamRule(item_code="MRB", modality="MR", minutes=30, questions=["IMPLANT"]),
        ]
    )
