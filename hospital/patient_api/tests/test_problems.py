"""Whatever is wrong with a request, the answer is a problem document in the reader's language (N20)."""

import json

import pytest

from hospital.patient_api import directory
from hospital.patient_api.tests.callers import Caller, code_of, read_everything

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("N20")]
MEGABYTE = 1_048_576


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
@pytest.mark.parametrize("path", ["/nothing", "/people/7", "/sessions/x/slots", "/people/", "/v2/people"])
def test_an_unknown_address(stranger, method, path):
    answer = stranger.send(method, path)
    assert (answer.status_code, code_of(answer)) == (404, "unknown_address")


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("POST", "/campuses", "GET"),
        ("DELETE", "/people", "GET, POST"),
        ("PUT", "/sign-in", "POST"),
        ("GET", "/appointments/hold", "POST"),
        ("GET", "/payments/notifications", "POST"),
    ],
)
def test_a_wrong_method(stranger, method, path, allowed):
    answer = stranger.send(method, path)
    assert (answer.status_code, code_of(answer)) == (405, "wrong_method")
    assert sorted(answer["Allow"].split(", ")) == sorted(allowed.split(", "))


@pytest.mark.parametrize(
    "path", ["/people", "/appointments/hold", "/bills/quote", "/sign-in", "/payments/notifications"]
)
def test_a_body_above_the_limit(stranger, path):
    before = read_everything()
    answer = stranger.send("POST", path, b'{"a": "' + b"x" * MEGABYTE + b'"}')
    assert (answer.status_code, code_of(answer)) == (413, "body_too_large")
    assert read_everything() == before


@pytest.mark.parametrize("path", ["/people", "/bills/quote", "/bills/pay", "/sign-in", "/sign-in/codes"])
@pytest.mark.parametrize("body", [b"{", b"\xff\xfe\x00", b"x", b'{"a": NaN'])
def test_a_body_that_is_no_json(stranger, path, body):
    answer = stranger.send("POST", path, body)
    assert (answer.status_code, code_of(answer)) == (400, "not_json")


@pytest.mark.parametrize("path", ["/people", "/bills/quote", "/bills/pay", "/sign-in", "/sign-in/codes"])
@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b"null", b'"text"', b"7"])
def test_a_body_of_another_shape(stranger, path, body):
    before = read_everything()
    answer = stranger.send("POST", path, body)
    assert (answer.status_code, code_of(answer)) == (422, "malformed_request")
    assert read_everything() == before


PERSON = {
    "family_name": "Smith",
    "sex": "M",
    "birth_date": "1979-03-14",
    "nationality": "GBR",
    "document": {"type": "PASSPORT", "number": "533401782"},
}


@pytest.mark.parametrize(
    ("changes", "at"),
    [
        ({"family_name": "a\x00b"}, "family_name"),
        ({"family_name": 7}, "family_name"),
        ({"family_name": "x" * 161}, "family_name"),
        ({"sex": None}, "sex"),
        ({"birth_date": "14.3.1979"}, "birth_date"),
        ({"birth_date": None}, "birth_date"),
        ({"document": "533401782"}, "document"),
        ({"document": {"type": "PASSPORT", "number": "5\n3"}}, "number"),
        ({"languages": ["en"] * 9}, "languages"),
        ({"languages": ["<script>"]}, "languages"),
    ],
)
def test_the_place_of_each_fault_is_named(stranger, changes, at):
    before = read_everything()
    answer = stranger.post("/people", PERSON | changes)
    assert (answer.status_code, code_of(answer)) == (422, "malformed_request")
    assert any(at in field["at"] for field in answer.json()["facts"]["fields"])
    assert read_everything() == before


def test_half_a_character_is_no_text(stranger):
    body = json.dumps(PERSON | {"family_name": "\ud800"}).encode()
    answer = stranger.send("POST", "/people", body)
    assert (answer.status_code, code_of(answer)) == (422, "malformed_request")


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/account", b""),
        ("GET", "/nothing", b""),
        ("PUT", "/people", b""),
        ("POST", "/sign-in", b"{"),
        ("POST", "/sign-in", b"{}"),
        ("POST", "/sign-in", b"x" * (MEGABYTE + 1)),
        ("POST", "/appointments/hold", b"{}"),
        ("POST", "/sign-in", b'{"email": "a@example.com", "code": "000000"}'),
    ],
)
def test_the_text_follows_the_reader_and_the_code_stays(method, path, body):
    english = Caller(language="en-GB").send(method, path, body)
    chinese = Caller(language="zh-CN,zh;q=0.9,en;q=0.5").send(method, path, body)
    other = Caller(language="fr").send(method, path, body)
    assert code_of(english) == code_of(chinese) == code_of(other)
    assert english.json()["detail"].isascii()
    assert not chinese.json()["detail"].isascii()
    assert other.json()["detail"] == english.json()["detail"]


def test_an_error_of_our_own_says_nothing_about_the_inside(anonymous, monkeypatch, caplog):
    def fail():
        raise RuntimeError("the inside")

    monkeypatch.setattr(directory, "list_campuses", fail)
    answer = anonymous.get("/campuses")
    assert (answer.status_code, code_of(answer)) == (500, "server_error")
    assert b"inside" not in answer.content
    assert "the inside" in caplog.text
