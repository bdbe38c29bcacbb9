"""How long the planner takes for six examinations over 20 devices and 14 days, half of whose time is taken.

The examinations bind each other: fasting, contrast agent, a full bladder, one that hides what others look at. Figures
are processor time of this process, the median of seven plans; two contrast agents that force two days are told apart.
"""

import random
import statistics
import time
from datetime import datetime, timedelta
from uuid import UUID

from hospital.examinations.rules.planner import plan_exams
from hospital.examinations.types import Contrast, DeviceTime, ExamNeeds, WantedExam
from hospital.kernel.clock import SHANGHAI

DAYS = 14
START = datetime(2026, 11, 30, tzinfo=SHANGHAI)
CAMPUSES = ("IMC", "NORTH", "SOUTH", "HUADU")
MODALITIES = ("CT", "MR", "US", "RF", "DX")  # each at each campus: 20 devices
ON_ONE_DAY = (
    ExamNeeds(modality="US", minutes=15, fasting_hours=8),
    ExamNeeds(modality="CT", minutes=20, fasting_hours=4, contrast=Contrast.IODINE),
    ExamNeeds(modality="US", minutes=15, has_full_bladder=True),
    ExamNeeds(modality="MR", minutes=30),
    ExamNeeds(modality="DX", minutes=10),
    ExamNeeds(modality="RF", minutes=30, has_barium=True),
)
ON_SEVERAL = (*ON_ONE_DAY[:3], ExamNeeds(modality="MR", minutes=40, contrast=Contrast.GADOLINIUM), *ON_ONE_DAY[4:])


def measure() -> dict[str, float]:
    """`exam_plan_ms` for one day, `exam_plan_days_ms` where contrast agents force two."""
    free = build_free_times(random.Random(20261130))
    return {"exam_plan_ms": _time(ON_ONE_DAY, free), "exam_plan_days_ms": _time(ON_SEVERAL, free)}


def build_free_times(chance: random.Random) -> list[DeviceTime]:
    """Each device is open from 7:30 to 17:30; every half hour is free or taken by chance."""
    found: list[DeviceTime] = []
    for number, (campus, modality) in enumerate((campus, modality) for campus in CAMPUSES for modality in MODALITIES):
        for day in range(DAYS):
            halves = [half for half in range(20) if chance.random() < 0.5]
            for half in halves:
                begin = START + timedelta(days=day, hours=7.5 + half / 2)
                end = begin + timedelta(minutes=30)
                if half - 1 in halves:
                    begin = found.pop().starts_at
                found.append(DeviceTime(UUID(int=number + 1), campus, modality, begin, end))
    return found


def _time(kinds: tuple[ExamNeeds, ...], free: list[DeviceTime]) -> float:
    wanted = [WantedExam(UUID(int=100 + place), needs) for place, needs in enumerate(kinds)]
    taken = []
    for _ in range(7):
        began = time.process_time()
        plan = plan_exams(exams=wanted, free_times=free, earliest=START - timedelta(hours=12), campus_code="IMC")
        taken.append((time.process_time() - began) * 1000)
        if plan.left_out:
            raise RuntimeError(f"not planned: {plan.left_out}")
    return round(statistics.median(taken), 1)
