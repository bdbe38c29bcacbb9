"""Two windows, two technicians, two clicks at one moment: the database lets one of them through."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from hospital.billing.models import Charge
from hospital.encounters.tests.clinic import TEN
from hospital.kernel.errors import Refusal
from hospital.orders.models import Order
from hospital.pharmacy.models import Prescription
from hospital.records import api as records
from hospital.records.models import VisitNote
from hospital.results import api as results
from hospital.results.models import LabReport, Specimen
from hospital.results.tests.factories import ELEVEN, enter, receive, technician
from hospital.workflows.report_results import publish_report
from hospital.workflows.sign_visit import sign_visit
from hospital.workflows.tests.factories import make_story, write_note, write_orders

pytestmark = pytest.mark.django_db(transaction=True)
TIMES = 5


def at_once(act: Callable[[int], object]) -> Counter[str]:
    """Runs `act` in five threads that start together; how each ended."""
    start = Barrier(TIMES)

    def run(number: int) -> str:
        start.wait()
        try:
            act(number)
        except Refusal as refusal:
            return refusal.code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(TIMES) as pool:
        return Counter(pool.map(run, range(TIMES)))


@pytest.mark.requirement("N19")
def test_a_visit_is_signed_and_charged_once():
    story = make_story()
    write_note(story)
    write_orders(story)
    ends = at_once(lambda _: sign_visit(encounter_id=story.encounter_id, actor=story.scene.doctor, now=TEN))
    assert ends == {"done": 1, "nothing_to_sign": TIMES - 1}
    assert (Charge.objects.count(), Specimen.objects.count(), Prescription.objects.count()) == (2, 1, 1)
    assert Order.objects.filter(state="SIGNED").count() == 3


def test_one_window_saves_the_note():
    story = make_story()
    write_note(story)
    revision = VisitNote.objects.get().revision

    def save(number: int) -> None:
        records.save_note(
            encounter_id=story.encounter_id,
            complaint=f"window {number}",
            findings="f",
            plan="",
            revision=revision,
            actor=story.scene.doctor,
            now=TEN,
        )

    assert at_once(save) == {"done": 1, "note_changed": TIMES - 1}
    assert VisitNote.objects.get().revision == revision + 1


def test_a_specimen_is_received_once():
    story = make_story()
    write_note(story)
    write_orders(story)
    (specimen_id,) = sign_visit(encounter_id=story.encounter_id, actor=story.scene.doctor, now=TEN).specimen_ids
    actors = [technician() for _ in range(TIMES)]
    ends = at_once(lambda number: receive(specimen_id, actors[number]))
    assert ends == {"done": 1, "specimen_moved": TIMES - 1}
    assert LabReport.objects.count() == 1


@pytest.mark.requirement("R56")
def test_a_report_is_verified_once():
    story = make_story()
    write_note(story)
    write_orders(story)
    (specimen_id,) = sign_visit(encounter_id=story.encounter_id, actor=story.scene.doctor, now=TEN).specimen_ids
    tester = technician()
    report_id = receive(specimen_id, tester)
    enter(report_id, tester)
    actors = [technician() for _ in range(TIMES)]
    ends = at_once(lambda number: publish_report(report_id=report_id, actor=actors[number], now=ELEVEN))
    assert ends == {"done": 1, "report_not_entered": TIMES - 1}
    report = LabReport.objects.get()
    assert report.state == "VERIFIED"
    assert str(report.verifier_id) in {actor.id for actor in actors}
    with pytest.raises(Refusal):
        results.enter_results(report_id=report_id, values={"WBC": "1"}, actor=tester, now=ELEVEN)
