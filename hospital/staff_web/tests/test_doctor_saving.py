"""What the doctor types is never lost: two windows, answers that do not arrive, a signature in between."""

import re

import pytest

from hospital.encounters.tests.clinic import make_visit
from hospital.records.models import VisitNote
from hospital.records.tests.factories import make_terms
from hospital.staff_web.tests.test_doctor import address, desk_of, today

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("N19")]
TYPED = {"complaint": "Chest pain", "findings": "BP 150/95", "plan": ""}


@pytest.fixture
def scene():
    make_terms()
    return today(make_visit())


def save(desk, scene, *, window, turn, revision, **changes):
    typed = TYPED | {"revision": revision, "window": window, "turn": turn} | changes
    return desk.post(address(scene, "note/"), typed, headers={"HX-Request": "true"})


def read():
    note = VisitNote.objects.get()
    return note.complaint, note.revision


def test_another_window_is_shown_both_texts_and_nothing_is_overwritten(scene):
    desk = desk_of(scene)
    assert save(desk, scene, window="one", turn=1, revision=0).status_code == 200
    answer = save(desk, scene, window="two", turn=1, revision=0, complaint="Cough for a week")
    assert answer.status_code == 409
    assert answer["HX-Retarget"] == "#note-conflict"
    page = answer.content.decode()
    assert "You saved this note in another window" in page
    assert 'data-section="complaint"' in page
    assert 'data-section="findings"' not in page
    assert "Cough for a week" in re.sub(r"<del>.*?</del>|</?ins>", "", page)
    assert 'data-revision="1"' in page
    assert read() == ("Chest pain", 1)
    assert save(desk, scene, window="two", turn=2, revision=1, complaint="Cough for a week").status_code == 200
    assert read() == ("Cough for a week", 2)


def test_a_save_whose_answer_was_lost_is_known_again(scene):
    desk = desk_of(scene)
    save(desk, scene, window="one", turn=1, revision=0)
    assert save(desk, scene, window="one", turn=2, revision=0, complaint="Chest pain, worse").status_code == 200
    assert read() == ("Chest pain, worse", 2)
    assert save(desk, scene, window="one", turn=1, revision=0).status_code == 200
    assert read() == ("Chest pain, worse", 2)


def test_a_signature_after_another_windows_save_keeps_what_was_typed(scene):
    desk = desk_of(scene)
    desk.post(address(scene, "diagnoses/"), {"act": "add", "code": "I10"})
    save(desk, scene, window="one", turn=1, revision=0)
    answer = desk.post(address(scene, "sign/"), TYPED | {"revision": 0, "complaint": "Typed in the second window"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert ">Typed in the second window</textarea>" in page
    assert "data-conflict" in page
    assert (read()[0], VisitNote.objects.get().state) == ("Chest pain", "DRAFT")


def test_a_page_without_a_note_yet_does_not_overwrite_one_begun_elsewhere(scene):
    desk = desk_of(scene)
    save(desk, scene, window="one", turn=1, revision=0)
    assert save(desk, scene, window="two", turn=1, revision="").status_code == 409
    assert read() == ("Chest pain", 1)
