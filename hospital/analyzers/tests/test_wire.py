"""Frames, character sets, escapes and observations: pure, from bytes to values and back."""

import contextlib
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hospital.analyzers.api import Unframer, check_header, frame, parse_message, read_groups, read_header, write_answer
from hospital.analyzers.tests.factories import write_message
from hospital.analyzers.types import AckCode, Header, MessageRefused, WireError
from hospital.analyzers.wire.answers import escape
from hospital.analyzers.wire.frames import FrameTooLong
from hospital.analyzers.wire.segments import Segment, Separators

SAMPLES = Path(__file__).resolve().parents[4] / "shared" / "data" / "hl7" / "simhospital_v23_messages.json"
NOW = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
_texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)


def read(raw):
    message = parse_message(raw)
    check_header(read_header(message))
    return read_groups(message)


@given(
    messages=st.lists(st.binary(max_size=40).map(lambda data: data.translate(None, b"\x0b\x1c")), max_size=4),
    cut=st.integers(1, 9),
)
def test_frames_come_out_whole_however_the_bytes_arrive(messages, cut):
    stream = b"noise" + b"".join(frame(message) for message in messages)
    unframer, found = Unframer(), []
    for start in range(0, len(stream), cut):
        found += unframer.feed(stream[start : start + cut])
    assert found == messages


def test_a_message_that_was_begun_anew_is_the_second_one():
    assert Unframer().feed(b"\x0bhalf a mess" + frame(b"whole")) == [b"whole"]


def test_a_frame_without_an_end_is_given_up():
    with pytest.raises(FrameTooLong):
        Unframer(most_bytes=10).feed(b"\x0b" + b"x" * 20)


@pytest.mark.parametrize("charset", ["UNICODE UTF-8", "GB 18030-2000"])
def test_chinese_comes_in_both_character_sets(charset):
    # The second byte of 倈 in GB 18030 is the separator |: only the decoded text may be cut.
    message = parse_message(write_message(charset=charset, name="倈^志远"))
    (patient,) = message.named("PID")
    assert "倈".encode("gb18030")[1:] == b"|"
    assert (patient.part(5), patient.part(5, 2)) == ("倈", "志远")


@pytest.mark.parametrize(
    ("raw", "error"),
    [
        (b"", WireError.SEQUENCE),
        (b"PID|1", WireError.SEQUENCE),
        (b"MSH|^~", WireError.SEQUENCE),
        (write_message(charset="EBCDIC"), WireError.VALUE),
        (write_message(name="林", charset="UNICODE UTF-8").replace("林".encode(), b"\xff\xfe"), WireError.TYPE),
        (write_message(message_type="ADT^A01"), WireError.MESSAGE_TYPE),
        (write_message(version="3.0"), WireError.VERSION),
        (write_message(control_id=""), WireError.MISSING),
    ],
)
def test_what_is_not_for_us_is_rejected(raw, error):
    with pytest.raises(MessageRefused) as refused:
        read(raw)
    assert (refused.value.answer, refused.value.error) == (AckCode.REJECT, error)


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        (b"OBR", b"ZBR", WireError.SEQUENCE),
        (b"OBX", b"ZBX", WireError.MISSING),
        (b"||6.1|", b"|||", WireError.MISSING),
        (b"|NM|WBC#", b"|ED|WBC#", WireError.TYPE),
        (b"||||F\rOBX|2", b"||||X\rOBX|2", WireError.VALUE),
    ],
)
def test_what_is_wrong_with_results_is_an_error(old, new, error):
    with pytest.raises(MessageRefused) as refused:
        read(write_message().replace(old, new))
    assert (refused.value.answer, refused.value.error) == (AckCode.ERROR, error)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (b"SN|TSH^TSH^L||<^0.01", "<0.01"),
        (b"SN|TSH^TSH^L||^1^:^160", "1:160"),
        (b"CE|TSH^TSH^L||NEG^Negative^L", "NEG"),
        (b"ST|TSH^TSH^L||a \\T\\ b", "a & b"),
        (b"TX|TSH^TSH^L||first~second", "first second"),
    ],
)
def test_values_read_as_a_person_would_type_them(value, text):
    raw = write_message(observations=(("X", "1", ""),)).split(b"OBX")[0] + b"OBX|1|" + value + b"||||||F\r"
    ((observation,),) = [group.observations for group in read(raw)]
    assert observation.text == text


@pytest.mark.parametrize(("flag", "text"), [("S", "0.25 S"), ("R", "0.25 R"), ("H", "0.25"), ("", "0.25")])
def test_the_meaning_of_a_susceptibility_belongs_to_its_value(flag, text):
    raw = write_message(observations=(("AST-CIP", "0.25", "mg/L"),)).replace(b"mg/L|||||F", f"||{flag}|||F".encode())
    (group,) = read(raw)
    assert group.observations[0].text == text


def test_the_specimen_segment_names_the_tube_before_the_order_does():
    raw = write_message(specimen="ORDER-7").replace(b"OBX|1|", b"SPM|1|26112500009&LAB|||\rOBX|1|")
    (group,) = read(raw)
    assert group.numbers == ("26112500009", "ORDER-7")


@given(text=_texts)
def test_escapes_come_back_as_they_were(text):
    segment = Segment(name="NTE", fields=(escape(text),), separators=Separators())
    assert segment.plain(segment.fields[0]) == " ".join(text.split())


@given(control_id=_texts, text=_texts, charset=st.sampled_from([("UNICODE UTF-8", "utf-8"), ("GB18030", "gb18030")]))
def test_an_answer_can_be_read_and_names_the_message(control_id, text, charset):
    number, (declared, codec) = " ".join(control_id.split()), charset
    header = Header(control_id=number, version="2.5.1", declared_charset=declared, charset=codec)
    raw = write_answer(
        header=header, answer=AckCode.ERROR, error=WireError.UNKNOWN_KEY, text=text, control_id="A1", now=NOW
    )
    answer = parse_message(raw)
    (told,) = answer.named("MSA")
    (wrong,) = answer.named("ERR")
    assert (told.part(1), told.part(2)) == ("AE", header.control_id)
    assert (wrong.part(3), wrong.part(4)) == ("204", "E")


def test_an_old_sender_finds_the_error_in_one_field():
    raw = write_answer(
        header=Header(version="2.3"), answer=AckCode.REJECT, error=WireError.VERSION, text="", control_id="A", now=NOW
    )
    assert b"ERR|^^^203&Unsupported version id&HL70357\r" in raw


@given(raw=st.binary(max_size=300))
def test_no_bytes_break_the_reader(raw):
    for data in (raw, b"MSH|^~\\&|" + raw, write_message()[:80] + raw):
        with contextlib.suppress(MessageRefused):
            read(data)


@pytest.mark.requirement("R56")
def test_the_samples_of_another_hospital_can_all_be_read():
    if not SAMPLES.exists():
        pytest.skip("the HL7 samples are not beside this checkout")
    samples = json.loads(SAMPLES.read_text(encoding="utf-8"))
    read_whole = 0
    for sample in samples:
        raw = sample["msg"].encode()
        try:
            groups = read(raw)
        except MessageRefused:
            continue
        read_whole += 1
        assert all(group.numbers and group.observations for group in groups)
    assert read_whole > 200
