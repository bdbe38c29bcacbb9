"""Several patients, one time on one device; one patient, two plans at once: with real threads (W33, N12)."""

from functools import partial

import pytest

from hospital.encounters.tests.clinic import TEN, make_visit
from hospital.examinations.api import book_exams
from hospital.examinations.errors import ExamBookedAlready, ExamTimeTaken
from hospital.examinations.models import ExamBooking
from hospital.examinations.types import NewBooking
from hospital.kernel.tests.threads import run_together
from hospital.workflows.errors import ExamNotBookable
from hospital.workflows.plan_exams import book_plan
from hospital.workflows.tests.exams import FINE, make_exams, spots_of

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("acquirer"),
    pytest.mark.requirement("W33", "N12"),
]


def test_one_time_on_a_device_goes_to_one_of_many():
    exams = make_exams("CXR")
    spot = exams.plan().plan.exams[0].exam
    visits = [make_visit() for _ in range(4)]
    bookings = [
        NewBooking(
            order_line_id=visit.encounter_id,
            order_number=f"T{place}",
            encounter_id=visit.encounter_id,
            person_id=visit.person_id,
            item_code="CXR",
            name=exams.exams()["CXR"].line.name,
            preparation=exams.exams()["CXR"].line.preparation,
            device_id=spot.device_id,
            starts_at=spot.starts_at,
            ends_at=spot.ends_at,
        )
        for place, visit in enumerate(visits)
    ]
    outcomes = run_together(
        [partial(book_exams, bookings=[each], actor=exams.technician, now=TEN) for each in bookings]
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == [ExamTimeTaken.__name__] * 3 + ["list"]
    assert ExamBooking.objects.count() == 1


def test_a_plan_that_is_confirmed_twice_at_once_is_booked_once():
    exams = make_exams("USA", "USB")
    spots = spots_of(exams.plan())
    work = partial(book_plan, person_id=exams.person_id, spots=spots, answers=FINE, actor=exams.patient, now=TEN)
    outcomes = run_together([work] * 3)
    refused = [outcome for outcome in outcomes if isinstance(outcome, ExamNotBookable | ExamBookedAlready)]
    assert len(refused) == 2, outcomes
    assert ExamBooking.objects.count() == 2
