"""What is signed cannot be changed: pure rules."""

from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hospital.partners.rules.signatures import (
    Algorithm,
    hash_body,
    is_in_window,
    is_signed,
    sign,
    write_answer,
    write_request,
)

NOW = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
SECRET = "a-secret-that-both-of-us-know-0001"
words = st.text(st.characters(codec="utf-8", exclude_characters="\n"), max_size=20)


@dataclass(frozen=True)
class Sent:
    method: str
    path: str
    query: tuple[tuple[str, str], ...]
    timestamp: str
    nonce: str
    body: bytes

    def message(self) -> bytes:
        return write_request(**asdict(self))


sents = st.builds(
    Sent,
    method=st.sampled_from(["GET", "POST"]),
    path=words,
    query=st.lists(st.tuples(words, words), max_size=3).map(tuple),
    timestamp=st.from_regex(r"[0-9]{10}", fullmatch=True),
    nonce=st.from_regex(r"[A-Za-z0-9_-]{16,20}", fullmatch=True),
    body=st.binary(max_size=40),
)


@pytest.mark.requirement("X51")
@given(sents, sents)
def test_two_requests_have_one_signature_only_if_they_say_the_same(first: Sent, second: Sent):
    signature = sign(algorithm=Algorithm.HMAC, secret=SECRET, message=first.message())
    is_same = replace(first, query=tuple(sorted(first.query))) == replace(second, query=tuple(sorted(second.query)))
    assert is_signed(algorithm=Algorithm.HMAC, secret=SECRET, message=first.message(), signature=signature)
    assert is_signed(algorithm=Algorithm.HMAC, secret=SECRET, message=second.message(), signature=signature) == is_same


@given(sents, st.sampled_from(["method", "path", "timestamp", "nonce", "body", "query"]))
def test_every_part_is_signed(sent: Sent, part: str):
    changed: dict[str, Any] = {
        "method": "PUT",
        "path": sent.path + "x",
        "timestamp": sent.timestamp + "0",
        "nonce": sent.nonce + "x",
        "body": sent.body + b"x",
        "query": (*sent.query, ("x", "")),
    }
    assert replace(sent, **{part: changed[part]}).message() != sent.message()


@given(st.lists(st.tuples(words, words), max_size=4))
def test_the_order_of_the_query_does_not_matter(pairs: list[tuple[str, str]]):
    sent = Sent("GET", "/", tuple(pairs), "1", "n", b"")
    assert sent.message() == replace(sent, query=tuple(reversed(pairs))).message()


def test_an_answer_belongs_to_its_request():
    facts: dict[str, Any] = {"status": 200, "timestamp": "1", "body": b"{}"}
    assert write_answer(nonce="a", **facts) != write_answer(nonce="b", **facts)
    assert not write_answer(nonce="a", **facts).startswith(b"IMC-PARTNER-1\n")


@pytest.mark.parametrize("text", ["", "-1", "1e9", "１７６４", " 1764036000", "9" * 30])
def test_what_is_no_timestamp(text: str):
    assert not is_in_window(timestamp=text, now=NOW)


def test_the_window_is_five_minutes_either_way():
    at = int(NOW.timestamp())
    assert [is_in_window(timestamp=str(at + step), now=NOW) for step in (-301, -300, 0, 300, 301)] == [
        False,
        True,
        True,
        True,
        False,
    ]


def test_the_same_body_of_another_kind_is_another_request():
    assert hash_body("PAY", b"{}") != hash_body("HOLD", b"{}")
