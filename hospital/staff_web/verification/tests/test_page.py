"""The page behind the QR code: open to everybody, in both languages, silent about the patient."""

import re

import pytest
from django.test import Client

from hospital.documents.api import IssuedPaper, void_document
from hospital.documents.samples.people import WHITAKER
from hospital.documents.tests.factories import NOW, REGISTRAR, make_document, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("F48")]


def read(path: str, language: str = "en") -> str:
    response = Client().get(path, headers={"Accept-Language": language})
    assert response.status_code == 200
    return re.sub(r'nonce="[^"]*"', "", response.content.decode())


@pytest.fixture
def issued() -> IssuedPaper:
    return make_document(person_id=make_person())


def path_of(paper: IssuedPaper, code: str | None = None) -> str:
    return f"/v/{paper.number}?k={code or paper.check_code}"


def test_the_address_of_the_qr_code_answers(issued: IssuedPaper) -> None:
    assert issued.verify_url.endswith(path_of(issued))
    page = read(path_of(issued))
    for part in ("Genuine and valid", "Outpatient fee statement", issued.number, "24 Nov 2026"):
        assert part in page
    for secret in (WHITAKER.family_name, WHITAKER.record_number, "568.86", "Cardiology"):
        assert secret not in page


@pytest.mark.requirement("N20")
def test_both_languages_by_the_browser_and_by_the_switch(issued: IssuedPaper) -> None:
    chinese = read(path_of(issued), "zh-CN,zh;q=0.9")
    assert 'lang="zh-CN"' in chinese
    assert "门诊费用清单" in chinese
    assert "真实有效" in chinese
    assert "Genuine" not in chinese
    switch = re.search(r'href="(/v/[^"]+lang=en[^"]*)"', chinese)
    assert switch
    assert "Genuine and valid" in read(switch[1].replace("&amp;", "&"), "zh-CN")


def test_wrong_code_and_unknown_number_look_alike(issued: IssuedPaper) -> None:
    wrong = read(path_of(issued, "0000-0000"))
    unknown = read("/v/FS209901010000001?k=0000-0000")
    assert "Number and code do not match" in wrong
    assert wrong.replace(issued.number, "N") == unknown.replace("FS209901010000001", "N")
    assert "Outpatient fee statement" not in wrong


def test_void_paper(issued: IssuedPaper) -> None:
    void_document(number=issued.number, reason="Wrong patient", actor=REGISTRAR, now=NOW)
    page = read(path_of(issued))
    assert "no longer valid" in page
    assert "Wrong patient" not in page


def test_without_a_code_there_is_only_the_form(issued: IssuedPaper) -> None:
    for path in ("/v/", f"/v/{issued.number}"):
        page = read(path)
        assert 'name="k"' in page
        assert "Genuine" not in page
    assert "Genuine and valid" in read(f"/v/?number={issued.number}&k={issued.check_code}&lang=en")


@pytest.mark.parametrize("number", ["%3Cscript%3E", "A" * 300, "FS%27%20OR%201=1"])
def test_odd_numbers_are_answered_and_escaped(number: str) -> None:
    page = read(f"/v/{number}?k=%3Cscript%3E")
    assert "<script" not in page
    assert "do not match" in page or 'name="k"' in page


def test_a_character_that_no_number_has_is_refused() -> None:
    assert Client().get("/v/%00?k=1").status_code == 400


def test_nothing_is_kept_by_caches_or_passed_on(issued: IssuedPaper) -> None:
    response = Client().get(path_of(issued))
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert Client().post(path_of(issued)).status_code == 405
