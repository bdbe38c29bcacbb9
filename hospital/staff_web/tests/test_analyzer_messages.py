"""The page of results that found no report: linked, set aside, refused in place (R56)."""

import pytest

from hospital.analyzers.models import InboundMessage
from hospital.analyzers.tests.factories import make_analyzer, write_message
from hospital.encounters.tests.clinic import make_visit
from hospital.kernel.actors import Role
from hospital.results.models import ResultValue, Specimen
from hospital.results.tests.factories import ELEVEN, ask, make_laboratory, receive
from hospital.results.tests.factories import technician as make_technician
from hospital.staff_web.tests.factories import count_queries, open_desk
from hospital.workflows.take_measurements import take_message

pytestmark = pytest.mark.django_db
PAGE = "/staff/laboratory/messages/"


@pytest.fixture
def tube():
    make_laboratory()
    scene = make_visit()
    make_analyzer()
    (specimen_id,) = ask(scene)
    receive(specimen_id, make_technician())
    return Specimen.objects.get(pk=specimen_id)


def wait(number="SCRATCHED", control_id="1"):
    take_message(raw=write_message(specimen=number, control_id=control_id), now=ELEVEN)
    return InboundMessage.objects.latest("received_at", "id")


def technician(language="en", campus="IMC"):
    return open_desk(Role.LAB_TECHNICIAN, language=language, campus=campus)


@pytest.mark.requirement("R56")
def test_a_result_without_a_report_is_linked_by_its_label(tube):
    message = wait()
    desk = technician()
    assert "1 result from an analyzer waits" in desk.get("/staff/laboratory/").content.decode()
    page = desk.get(PAGE).content.decode()
    assert "No specimen of this campus has this number." in page
    assert "SCRATCHED" in page
    answer = desk.post(f"{PAGE}{message.id}/link/", {"number": tube.number})
    assert answer.url == f"/staff/laboratory/specimens/{tube.id}/"
    assert set(ResultValue.objects.values_list("instrument", flat=True)) == {"Hematology analyzer"}
    assert "Hematology analyzer" in desk.get(answer.url).content.decode()


def test_a_wrong_label_is_refused_beside_the_field(tube):
    message = wait()
    desk = technician()
    answer = desk.post(f"{PAGE}{message.id}/link/", {"number": "00000"})
    assert answer.status_code == 404
    assert "There is no specimen with this number at your campus." in answer.content.decode()
    assert 'value="00000"' in answer.content.decode()
    assert InboundMessage.objects.get().state == "WAITING"


def test_a_result_is_set_aside_with_a_listed_reason(tube):
    message = wait()
    desk = technician("zh")
    assert desk.post(f"{PAGE}{message.id}/set-aside/", {"reason": "?"}).status_code == 422
    assert desk.post(f"{PAGE}{message.id}/set-aside/", {"reason": "control"}).status_code == 302
    assert "仪器传来的结果都已写入" in desk.get(PAGE).content.decode()


def test_another_campus_sees_nothing_of_it(tube):
    message = wait()
    stranger = technician(campus="EAST")
    assert "SCRATCHED" not in stranger.get(PAGE).content.decode()
    assert stranger.post(f"{PAGE}{message.id}/link/", {"number": tube.number}).status_code in {403, 404}
    assert InboundMessage.objects.get().state == "WAITING"


def test_the_page_asks_the_same_however_much_waits(tube):
    desk = technician()
    wait()
    few = count_queries(desk, PAGE)
    for number in range(2, 6):
        wait(control_id=str(number))
    assert count_queries(desk, PAGE) == few
