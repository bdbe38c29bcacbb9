"""Answers of the API travel compressed where that saves a packet (W20: usable on a slow network)."""

import gzip

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from config.middleware import CompressedAnswers

LONG = b'{"zh": "' + "心血管内科".encode() * 400 + b'"}'


def ask(content, content_type="application/json; charset=utf-8", accepts="gzip, br"):
    """What the reader gets of an answer."""
    request = RequestFactory().get("/api/departments", HTTP_ACCEPT_ENCODING=accepts)
    return CompressedAnswers(lambda _: HttpResponse(content, content_type=content_type))(request)


def test_a_long_answer_is_compressed_and_means_the_same():
    response = ask(LONG)
    assert response["Content-Encoding"] == "gzip"
    assert int(response["Content-Length"]) == len(response.content) < len(LONG) / 5
    assert gzip.decompress(response.content) == LONG
    assert "Accept-Encoding" in response["Vary"]


@pytest.mark.parametrize(
    ("content", "content_type", "accepts"),
    [(b'{"ok": true}', "application/json", "gzip"), (LONG, "application/pdf", "gzip"), (LONG, "application/json", "")],
    ids=["one packet", "a paper", "a reader that does not ask for it"],
)
def test_other_answers_stay_as_they_are(content, content_type, accepts):
    response = ask(content, content_type, accepts)
    assert "Content-Encoding" not in response
    assert response.content == content
