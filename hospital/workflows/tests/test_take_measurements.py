"""A message from an analyzer: kept, written once, answered, or waiting at the desk (R56)."""

import json
from threading import Thread

import pytest
from django.db import connection

from hospital.analyzers.api import list_waiting_messages, parse_message, set_message_aside
from hospital.analyzers.errors import MessageNotReadable, MessageSettled, NotForLaboratory, UnknownMessage
from hospital.analyzers.models import InboundMessage
from hospital.analyzers.states import MessageState
from hospital.analyzers.tests.factories import make_analyzer, write_message
from hospital.analyzers.tests.test_wire import SAMPLES
from hospital.encounters.tests.clinic import make_visit
from hospital.kernel.ids import new_id
from hospital.results import api as results
from hospital.results.errors import SameVerifier, UnknownSpecimen
from hospital.results.models import ResultValue, Specimen
from hospital.results.tests.factories import ELEVEN, ask, enter, make_laboratory, receive, technician
from hospital.workflows.take_measurements import keep_broken_message, link_message, take_message

pytestmark = pytest.mark.django_db


@pytest.fixture
def tube():
    """A blood count that the laboratory has taken in, and an analyzer."""
    make_laboratory()
    scene = make_visit()
    make_analyzer()
    (specimen_id,) = ask(scene)
    receive(specimen_id, technician())
    return Specimen.objects.get(pk=specimen_id)


def say(raw):
    """The answer's code, its error and text."""
    answer = parse_message(take_message(raw=raw, now=ELEVEN))
    (told,) = answer.named("MSA")
    error = next(iter(answer.named("ERR")), None)
    return told.part(1), error.part(3) if error else "", told.part(3)


def values():
    return dict(ResultValue.objects.values_list("code", "text"))


@pytest.mark.requirement("R56")
def test_values_stand_in_the_report_judged_by_our_ranges(tube):
    observations = (("WBC#", "31.0", "10*9/L"), ("HGB", "128", "g/L"), ("PLT#", "241", "10*9/L"))
    assert say(write_message(specimen=tube.number, observations=observations)) == ("AA", "", "")
    white = ResultValue.objects.get(code="WBC")
    assert (white.text, white.flag, white.is_critical) == ("31.0", "HH", True)
    assert (white.instrument, white.entered_by_id) == ("Hematology analyzer", None)
    assert InboundMessage.objects.get().state == MessageState.APPLIED


def test_what_was_measured_still_needs_two_people(tube):
    say(write_message(specimen=tube.number))
    report_id = tube.reports.get().id
    first, second = technician(), technician()
    results.submit_results(report_id=report_id, actor=first, now=ELEVEN)
    with pytest.raises(SameVerifier):
        results.verify_report(report_id=report_id, actor=first, now=ELEVEN)
    results.verify_report(report_id=report_id, actor=second, now=ELEVEN)
    assert tube.reports.get().state == "VERIFIED"


def test_the_same_message_again_gets_the_same_answer_and_is_written_once(tube):
    raw = write_message(specimen=tube.number)
    first = take_message(raw=raw, now=ELEVEN)
    revision = tube.reports.get().revision
    resent = raw.replace(b"20261125110000", b"20261125110130")  # another time in MSH, nothing else
    assert take_message(raw=resent, now=ELEVEN) == first
    assert (InboundMessage.objects.count(), tube.reports.get().revision) == (1, revision)


def test_a_counter_that_began_anew_does_not_swallow_another_result(tube):
    say(write_message(specimen=tube.number))
    again = (("WBC#", "6.4", "10*9/L"),)
    assert say(write_message(specimen=tube.number, observations=again))[0] == "AA"
    assert values()["WBC"] == "6.4"


@pytest.mark.parametrize(
    ("facts", "answer"),
    [
        ({"specimen": "99999999999"}, ("AE", "204", "Kept for the laboratory: unknown_specimen")),
        ({"observations": (("MAL", "NEG", ""),)}, ("AE", "204", "Kept for the laboratory: nothing_asked")),
        ({"observations": (("XYZ", "1", ""),)}, ("AE", "204", "Kept for the laboratory: unknown_analyte")),
        ({"observations": (("HGB", "12.8", "g/dL"),)}, ("AE", "103", "Kept for the laboratory: unit_differs")),
        ({"observations": (("HGB", "many", "g/L"),)}, ("AE", "102", "Kept for the laboratory: bad_value")),
    ],
)
def test_what_cannot_be_placed_waits_at_the_desk(tube, facts, answer):
    assert say(write_message(**{"specimen": tube.number, **facts})) == answer
    (line,) = list_waiting_messages(campus_code="IMC", actor=technician())
    assert line.is_readable
    assert set(values().values()) == {""}


def test_antibiotics_without_their_germ_wait_with_all_that_can_be_read(tube):
    raw = write_message(specimen=tube.number, observations=(("WBC#", "6.1", "10*9/L"),))
    raw += (
        b"OBR|2|||AST^Susceptibility^99LAB"
        + b"|" * 22
        + b"CUL^3^ECOLI\rOBX|1|NM|AST-AMP^Ampicillin^99LAB||32|||R|||F\r"
    )
    code, error, text = say(raw)
    assert (code, error, text) == ("AE", "204", "OBR-26: CUL of the order before is not to be found")
    (line,) = list_waiting_messages(campus_code="IMC", actor=technician())
    assert (line.reason, line.specimen_number, line.is_readable) == ("germ_unknown", tube.number, False)
    assert [each.text for each in line.observations] == ["6.1", "32 R"]
    assert set(values().values()) == {""}


def test_all_values_of_a_message_are_written_or_none(tube):
    mixed = (("WBC#", "6.1", "10*9/L"), ("HGB", "12.8", "g/dL"))
    say(write_message(specimen=tube.number, observations=mixed))
    assert set(values().values()) == {""}


def test_what_was_measured_beyond_the_request_is_left_out(tube):
    beyond = (("WBC#", "6.1", "10*9/L"), ("MAL", "NEG", ""))
    assert say(write_message(specimen=tube.number, observations=beyond))[0] == "AA"
    assert values()["WBC"] == "6.1"


@pytest.mark.parametrize(
    ("raw", "error"),
    [
        (b"hello", "100"),
        (write_message(application="STRANGER"), "204"),
        (write_message(processing_id="T"), "202"),
        (write_message(message_type="ADT^A01"), "200"),
    ],
)
def test_what_is_not_for_us_is_kept_and_rejected(tube, raw, error):
    assert say(raw)[:2] == ("AR", error)
    assert InboundMessage.objects.get().state == MessageState.REFUSED
    assert list_waiting_messages(campus_code="IMC", actor=technician()) == []


def test_results_that_were_handed_over_are_left_alone(tube):
    tester = technician()
    enter(tube.reports.get().id, tester)
    other = (("WBC#", "7.0", "10*9/L"),)
    assert say(write_message(specimen=tube.number, observations=other))[2].endswith("results_entered")
    assert values()["WBC"] == "6.1"


def test_a_typed_value_is_not_replaced_by_another(tube):
    results.enter_results(report_id=tube.reports.get().id, values={"WBC": "7.0"}, actor=technician(), now=ELEVEN)
    assert say(write_message(specimen=tube.number))[2].endswith("typed_by_hand")
    assert values()["WBC"] == "7.0"


def test_a_specimen_that_is_not_taken_in_yet_makes_the_message_wait():
    make_laboratory()
    scene = make_visit()
    make_analyzer()
    (specimen_id,) = ask(scene)
    number = Specimen.objects.get(pk=specimen_id).number
    assert say(write_message(specimen=number))[2].endswith("specimen_not_received")


@pytest.mark.requirement("R56")
def test_a_waiting_message_is_linked_by_a_person(tube):
    say(write_message(specimen="SCRATCHED"))
    (line,) = list_waiting_messages(campus_code="IMC", actor=technician())
    actor = technician()
    link_message(message_id=line.id, specimen_number=tube.number, actor=actor, now=ELEVEN)
    message = InboundMessage.objects.get()
    assert (message.state, str(message.settled_by_id), message.specimen_number) == ("APPLIED", actor.id, tube.number)
    assert values() == {"WBC": "6.1", "HGB": "128", "PLT": "241"}
    with pytest.raises(MessageSettled):
        link_message(message_id=line.id, specimen_number=tube.number, actor=actor, now=ELEVEN)


def test_a_message_is_linked_only_to_what_there_is_and_by_its_own_laboratory(tube):
    say(write_message(specimen="SCRATCHED"))
    message_id = InboundMessage.objects.get().id
    for actor, refusal in [(technician(campus="EAST"), NotForLaboratory), (technician(), UnknownSpecimen)]:
        with pytest.raises(refusal):
            link_message(message_id=message_id, specimen_number="0", actor=actor, now=ELEVEN)
    with pytest.raises(UnknownMessage):
        link_message(message_id=new_id(), specimen_number=tube.number, actor=technician(), now=ELEVEN)
    assert InboundMessage.objects.get().state == MessageState.WAITING


def test_a_message_is_set_aside_with_a_reason(tube):
    say(write_message(specimen="CONTROL"))
    set_message_aside(
        message_id=InboundMessage.objects.get().id, reason="A control sample", actor=technician(), now=ELEVEN
    )
    assert list_waiting_messages(campus_code="IMC", actor=technician()) == []


def test_a_message_that_we_failed_at_is_kept_too(tube):
    answer = parse_message(keep_broken_message(raw=write_message(specimen=tube.number), now=ELEVEN))
    assert next(answer.named("ERR")).part(3) == "207"
    (line,) = list_waiting_messages(campus_code="IMC", actor=technician())
    link_message(message_id=line.id, specimen_number=tube.number, actor=technician(), now=ELEVEN)


def test_a_message_without_results_cannot_be_linked(tube):
    say(write_message(specimen=tube.number, observations=()))
    with pytest.raises(MessageNotReadable):
        link_message(
            message_id=InboundMessage.objects.get().id, specimen_number=tube.number, actor=technician(), now=ELEVEN
        )


def test_what_was_kept_cannot_be_read_in_the_database(tube):
    say(write_message(specimen=tube.number, name="LIN^ZHIYUAN"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT raw, answer FROM analyzers_inboundmessage")
        (row,) = cursor.fetchall()
    assert not any(b"LIN" in bytes(column) or b"MSH" in bytes(column) for column in row)


@pytest.mark.requirement("R56")
def test_the_samples_of_another_hospital_are_all_answered(tube):
    if not SAMPLES.exists():
        pytest.skip("the HL7 samples are not beside this checkout")
    make_analyzer(application="SIMHOSP", facility="SFAC", processing_id="T")
    samples = json.loads(SAMPLES.read_text(encoding="utf-8"))[:60]
    codes: dict[str, set[str]] = {sample["type"]: set() for sample in samples}
    for sample in samples:
        codes[sample["type"]].add(say(sample["msg"].encode())[0])
    assert codes["ORU^R01"] == {"AE"}  # nobody here knows their specimens: each waits
    assert codes["ADT^A01"] == {"AR"}
    assert InboundMessage.objects.count() == len(samples)


@pytest.mark.requirement("R56")
def test_a_sample_goes_in_once_its_specimen_and_analytes_are_known(tube):
    if not SAMPLES.exists():
        pytest.skip("the HL7 samples are not beside this checkout")
    codes = {"tt-0002-07": "WBC", "tt-0002-01": "HGB", "tt-0002-06": "PLT"}
    make_analyzer(application="SIMHOSP", facility="SFAC", processing_id="T", codes=codes)
    sample = next(
        each["msg"]
        for each in json.loads(SAMPLES.read_text(encoding="utf-8"))
        if all(f"{code}^" in each["msg"] for code in codes)
    )
    lines = [line for line in sample.split("\r") if not line.startswith("OBX") or line.split("|")[3][:10] in codes]
    order = next(line for line in lines if line.startswith("OBR")).split("|")
    raw = "\r".join(lines).replace(f"|{order[3]}|", f"|{tube.number}|").encode()
    assert say(raw)[0] == "AA"
    assert all(values().values())


@pytest.mark.django_db(transaction=True)
def test_the_same_message_on_two_connections_is_written_once():
    make_laboratory()
    scene = make_visit()
    make_analyzer()
    (specimen_id,) = ask(scene)
    receive(specimen_id, technician())
    raw = write_message(specimen=Specimen.objects.get(pk=specimen_id).number)
    answers: list[bytes] = []

    def send():
        try:
            answers.append(take_message(raw=raw, now=ELEVEN))
        finally:
            connection.close()

    threads = [Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(answers), len(set(answers)), InboundMessage.objects.count()) == (4, 1, 1)
