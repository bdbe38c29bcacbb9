"""Plans keep every rule, and are found whenever there is one (W33)."""

from datetime import datetime, timedelta
from itertools import product
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hospital.examinations.rules.planner import breaks_rule, list_starts, plan_exams
from hospital.examinations.types import Contrast, DeviceTime, ExamNeeds, PlacedExam, WantedExam, Why, WhyNot
from hospital.kernel.clock import SHANGHAI

MONDAY = datetime(2026, 11, 30, tzinfo=SHANGHAI)
NOW = MONDAY - timedelta(days=1)
SPINE = ExamNeeds(modality="MR", minutes=30)
CHEST = ExamNeeds(modality="CT", minutes=15)
CT_CONTRAST = ExamNeeds(modality="CT", minutes=20, contrast=Contrast.IODINE, fasting_hours=4)
MR_CONTRAST = ExamNeeds(modality="MR", minutes=30, contrast=Contrast.GADOLINIUM, fasting_hours=4)
ABDOMEN = ExamNeeds(modality="US", minutes=15, fasting_hours=8)
BLADDER = ExamNeeds(modality="US", minutes=15, has_full_bladder=True)
HEART = ExamNeeds(modality="US", minutes=20)
BARIUM = ExamNeeds(modality="RF", minutes=30, has_barium=True, fasting_hours=8)
GASTRO = ExamNeeds(modality="ES", minutes=30, fasting_hours=8, has_sedation=True)
THYROID = ExamNeeds(modality="NM", minutes=45, measures_iodine_uptake=True)
KINDS = (SPINE, CHEST, CT_CONTRAST, MR_CONTRAST, ABDOMEN, BLADDER, HEART, BARIUM, GASTRO, THYROID)


def device(number: int) -> UUID:
    return UUID(int=number)


def at(day: int, hour: float) -> datetime:
    return MONDAY + timedelta(days=day, hours=hour)


def want(*kinds: ExamNeeds) -> list[WantedExam]:
    return [WantedExam(UUID(int=1000 + place), needs) for place, needs in enumerate(kinds)]


def open_days(*modalities: str, days: int = 7, campus: str = "IMC", hours: tuple[float, float] = (8, 17)):
    return [
        DeviceTime(device(number), campus, modality, at(day, hours[0]), at(day, hours[1]))
        for number, modality in enumerate(modalities)
        for day in range(days)
    ]


EVERYTHING = ("MR", "CT", "US", "RF", "ES", "NM")


def kinds_of(plan) -> list[ExamNeeds]:
    return [each.exam.needs for each in plan.exams]


@pytest.mark.requirement("W33")
def test_one_day_fasting_first_then_the_bladder():
    plan = plan_exams(
        exams=want(BLADDER, SPINE, ABDOMEN), free_times=open_days("US", "MR"), earliest=NOW + timedelta(hours=12)
    )
    assert {each.exam.starts_at.date() for each in plan.exams} == {MONDAY.date()}
    fasting, bladder = (next(e for e in plan.exams if e.exam.needs is kind) for kind in (ABDOMEN, BLADDER))
    assert fasting.exam.starts_at == at(0, 8)
    assert fasting.whys == (Why.FASTING_FIRST,)
    assert fasting.fast_from == at(0, 0)
    assert bladder.exam.starts_at > fasting.exam.starts_at
    assert Why.BLADDER_AFTER_FASTING in bladder.whys
    assert bladder.drink_at == bladder.exam.starts_at - timedelta(hours=1)
    assert plan.split is None


@pytest.mark.requirement("W33")
def test_two_contrasts_lie_a_day_apart_and_the_plan_says_so():
    plan = plan_exams(exams=want(CT_CONTRAST, MR_CONTRAST), free_times=open_days("CT", "MR"), earliest=NOW)
    first, second = plan.exams
    assert second.exam.starts_at - first.exam.ends_at >= timedelta(hours=24)
    assert plan.split is Why.CONTRAST_APART
    assert Why.CONTRAST_APART in second.whys


def test_barium_comes_last():
    plan = plan_exams(exams=want(BARIUM, HEART, CHEST), free_times=open_days("RF", "US", "CT"), earliest=NOW)
    assert kinds_of(plan)[-1] is BARIUM
    assert Why.BARIUM_LAST in plan.exams[-1].whys
    assert plan.split is None


def test_after_barium_ultrasound_waits_three_days():
    given_barium = PlacedExam(
        key=UUID(int=5), needs=BARIUM, device_id=device(9), campus_code="IMC", starts_at=at(0, 8), ends_at=at(0, 8.5)
    )
    plan = plan_exams(exams=want(HEART), free_times=open_days("US"), earliest=NOW, fixed=[given_barium])
    assert plan.exams[0].exam.starts_at == at(3, 8.5)
    assert plan.exams[0].whys == (Why.BARIUM_APART, Why.BARIUM_LAST)


def test_one_campus_on_one_day_and_the_doctors_campus_first():
    times = open_days("MR", "US", campus="EAST") + [
        DeviceTime(device(number), "IMC", modality, at(0, 9), at(0, 17)) for number, modality in ((7, "MR"), (8, "US"))
    ]
    plan = plan_exams(exams=want(SPINE, HEART), free_times=times, earliest=NOW, campus_code="IMC")
    assert {each.exam.campus_code for each in plan.exams} == {"IMC"}
    elsewhere = plan_exams(exams=want(SPINE, HEART), free_times=times, earliest=NOW, campus_code="WEST")
    assert {each.exam.campus_code for each in elsewhere.exams} == {"EAST"}


def test_nobody_who_has_just_eaten_is_examined_fasting():
    plan = plan_exams(exams=want(ABDOMEN), free_times=open_days("US"), earliest=at(0, 7))
    assert plan.exams[0].exam.starts_at == at(1, 8)  # before noon, though 15:00 would do


def test_waiting_is_short_between_two():
    times = [
        DeviceTime(device(1), "IMC", "CT", at(0, 8), at(0, 16)),
        DeviceTime(device(2), "IMC", "MR", at(0, 15), at(0, 16)),
    ]
    plan = plan_exams(exams=want(SPINE, CHEST), free_times=times, earliest=NOW)
    first, second = plan.exams
    assert second.exam.starts_at - first.exam.ends_at <= timedelta(minutes=30)


def test_what_cannot_be_placed_is_said():
    plan = plan_exams(
        exams=want(SPINE, CHEST, HEART),
        free_times=[*open_days("CT"), DeviceTime(device(5), "IMC", "US", at(0, 8), at(0, 8.25))],
        earliest=NOW,
    )
    assert kinds_of(plan) == [CHEST]
    assert list(plan.left_out.values()) == [WhyNot.NO_DEVICE, WhyNot.NOTHING_FREE]


def test_both_of_one_minute_cannot_be():
    times = [DeviceTime(device(n), "IMC", kind, at(0, 8), at(0, 8.5)) for n, kind in ((1, "MR"), (2, "US"))]
    plan = plan_exams(exams=want(SPINE, HEART), free_times=times, earliest=NOW)
    assert kinds_of(plan) == [HEART]
    assert list(plan.left_out.values()) == [WhyNot.NOT_TOGETHER]


def test_other_times_of_the_patient_are_left_alone():
    plan = plan_exams(exams=want(HEART), free_times=open_days("US"), earliest=NOW, busy=[(at(0, 8), at(0, 9))])
    assert plan.exams[0].exam.starts_at == at(0, 9)


def test_moving_keeps_the_rules():
    exam = want(ABDOMEN)[0]
    bladder = PlacedExam(
        key=UUID(int=5), needs=BLADDER, device_id=device(9), campus_code="IMC", starts_at=at(0, 8), ends_at=at(0, 8.25)
    )
    times = list_starts(exam=exam, free_times=open_days("US", days=2), earliest=NOW, fixed=[bladder])
    assert times
    assert {each.starts_at.date() for each in times} == {at(1, 0).date()}
    assert not any(breaks_rule(exams=[each, bladder]) for each in times)


@st.composite
def cases(draw):
    kinds = draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=3))
    times = [
        DeviceTime(
            device(number), draw(st.sampled_from(("IMC", "EAST"))), modality, at(day, hour), at(day, hour + length)
        )
        for number in range(draw(st.integers(1, 5)))
        for modality, day, hour, length in [
            draw(
                st.tuples(
                    st.sampled_from([kind.modality for kind in kinds]),
                    st.integers(0, 3),
                    st.sampled_from((8, 8.25, 9, 14)),
                    st.sampled_from((0.5, 0.75, 1)),
                )
            )
        ]
    ]
    fixed = draw(st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 3)), max_size=1))
    return kinds, times, fixed


def brute_force(exams: list[WantedExam], times, *, fixed, earliest: datetime) -> bool:
    """Whether any way of placing all of them keeps the rules; every fifteen minutes of every device."""

    def options(exam: WantedExam):
        wait = timedelta(hours=max(exam.needs.fasting_hours, 1 if exam.needs.has_full_bladder else 0))
        for time in times:
            if time.modality != exam.needs.modality:
                continue
            start, length = time.starts_at, timedelta(minutes=exam.needs.minutes)
            while start + length <= time.ends_at:
                if start >= earliest + wait:
                    yield PlacedExam(
                        key=exam.key,
                        needs=exam.needs,
                        device_id=time.device_id,
                        campus_code=time.campus_code,
                        starts_at=start,
                        ends_at=start + length,
                    )
                start += timedelta(minutes=5)

    return any(
        not breaks_rule(exams=[*fixed, *combination]) for combination in product(*(list(options(e)) for e in exams))
    )


@pytest.mark.requirement("W33")
@settings(max_examples=120, deadline=None)
@given(case=cases())
def test_a_plan_is_found_whenever_there_is_one_and_never_breaks_a_rule(case):
    kinds, times, wanted_fixed = case
    exams = want(*kinds)
    fixed = [
        PlacedExam(
            key=UUID(int=5),
            needs=needs,
            device_id=device(99),
            campus_code="IMC",
            starts_at=at(day, 9),
            ends_at=at(day, 9) + timedelta(minutes=needs.minutes),
        )
        for needs, day in wanted_fixed
    ]
    plan = plan_exams(exams=exams, free_times=times, earliest=NOW, fixed=fixed)
    placed = [each.exam for each in plan.exams]
    assert not breaks_rule(exams=[*fixed, *placed])
    for each in placed:
        assert any(
            time.device_id == each.device_id and time.starts_at <= each.starts_at and each.ends_at <= time.ends_at
            for time in times
        )
    assert {each.key for each in placed} | plan.left_out.keys() == {exam.key for exam in exams}
    assert bool(plan.left_out) is not brute_force(exams, times, fixed=fixed, earliest=NOW)
