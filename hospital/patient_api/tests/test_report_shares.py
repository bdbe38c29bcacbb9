"""Links to a report: opened without signing in, noted, withdrawn at once; one answer for all that do not work."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from hospital.audit.models import AuditEntry
from hospital.documents.models import IssuedDocument
from hospital.documents.tests.pdf_reading import Paper
from hospital.encounters.tests.clinic import TEN
from hospital.kernel.types import BilingualText
from hospital.orders.models import OrderLine
from hospital.patient_api.tests.callers import code_of, read_everything
from hospital.patient_api.tests.factories import answer_of
from hospital.patient_api.tests.test_my_reports import report_again
from hospital.patients.models import AccountPerson
from hospital.results import api as results
from hospital.results.models import ReportShare, ShareOpening
from hospital.results.services import shares
from hospital.results.tests.test_exam_reports import write
from hospital.results.types import ExamText

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A08", "W26")]
PHONE = "Mozilla/5.0 (iPhone) MicroMessenger/8.0"


def make_link(world, *, report_id=None, kind="LAB", days=7):
    body = {"kind": kind, "report_id": report_id or world.report_id, "days": days}
    answer = world.owner.post("/report-shares", body)
    assert answer.status_code == 201, answer.content
    made = answer.json()
    return made["id"], made["address"].partition("/s/")[2]


def look(token, part="/report", language="en", address="203.0.113.77"):
    headers = {"User-Agent": PHONE, "Accept-Language": language}
    return Client().get(f"/s/{token}{part}", headers=headers, REMOTE_ADDR=address)


def test_a_link_opens_the_report_in_both_languages_and_its_paper(world):
    _, token = make_link(world)
    assert "128" not in look(token, "").content.decode()
    english, chinese = look(token).content.decode(), look(token, language="zh-CN").content.decode()
    assert "Hemoglobin" in english
    assert "128 g/L" in english
    assert "12.8 g/dL" in english
    assert "血红蛋白" in chinese
    assert 'lang="zh-CN"' in chinese
    paper = look(token, "/paper")
    assert paper["Content-Type"] == "application/pdf"
    assert "Hemoglobin" in Paper(paper.content).text
    assert paper["Cache-Control"].startswith("max-age=0")
    assert paper["Referrer-Policy"] == "no-referrer"
    assert IssuedDocument.objects.get(kind="LABORATORY_REPORT").printed_count == 0


def test_every_look_is_noted_and_told_to_the_patient_without_the_whole_address(world):
    share_id, token = make_link(world)
    look(token, "")
    Client().head(f"/s/{token}/report")
    assert ShareOpening.objects.count() == 0
    look(token)
    look(token, "/paper")
    (told,) = answer_of(world.owner.get(f"/reports/{world.report_id}/shares"))
    assert (told["id"], told["is_working"], told["is_own"], told["opened"]) == (share_id, True, True, 2)
    assert {each["is_paper"] for each in told["openings"]} == {True, False}
    assert {each["network"] for each in told["openings"]} == {"203.0.113.*"}
    assert told["openings"][0]["device"]["zh"] == "iPhone 上的微信"
    noted = AuditEntry.objects.filter(action="results.open_share", subject_id=share_id)
    assert noted.count() == 2
    assert {each.ip for each in noted} == {"203.0.113.77"}


def test_the_address_is_kept_as_a_keyed_hash_only(world):
    _, token = make_link(world)
    assert not any(token in str(row) for row in ReportShare.objects.values())
    assert ReportShare.objects.get().token_hash != token


def test_withdrawn_expired_and_unknown_links_give_one_answer(world, clock):
    share_id, token = make_link(world)
    _, short = make_link(world, days=1)
    assert world.owner.delete(f"/report-shares/{share_id}").status_code == 204
    assert world.owner.delete(f"/report-shares/{share_id}").status_code == 204
    clock.now = timezone.now() + timedelta(days=1)
    for part in ("", "/report", "/paper"):
        pages = [look(each, part) for each in (token, short, "no-such-link")]
        assert {page.status_code for page in pages} == {404}
        texts = {
            page.content.decode().partition("<main>")[2].replace(each, "TOKEN")
            for page, each in zip(pages, (token, short, "no-such-link"), strict=True)
        }
        assert len(texts) == 1
    assert ShareOpening.objects.count() == 0


def test_a_report_that_waits_for_the_doctor_is_never_shared(world, clock):
    closed = report_again(world, days=1, count={"WBC": "6.0", "HGB": "128", "PLT": "7"})
    clock.now = TEN + timedelta(days=2)
    before = read_everything()
    answer = world.owner.post("/report-shares", {"kind": "LAB", "report_id": closed, "days": 7})
    assert code_of(answer) == "report_closed"
    assert read_everything() == before


def test_a_link_reads_no_more_than_the_account_that_made_it(world):
    _, token = make_link(world)
    AccountPerson.objects.filter(person_id=world.person_id).update(removed_at=TEN)
    assert look(token).status_code == 404
    assert look(token, "/paper").status_code == 404
    assert ShareOpening.objects.count() == 0


def test_an_examination_report_is_shared_in_both_languages_where_english_is_missing(world):
    doctor = world.story.scene.doctor
    text = ExamText(findings=BilingualText("未见异常"), impression=BilingualText("未见异常", "No abnormality seen"))
    report_id = write(world.story.scene, line_id=OrderLine.objects.get(order__kind="EXAM").id, text=text)
    results.sign_exam_report(report_id=report_id, actor=doctor, now=TEN)
    _, token = make_link(world, report_id=report_id, kind="EXAM", days=30)
    assert "No abnormality seen" in look(token).content.decode()
    assert look(token, "/paper").status_code == 200
    assert "both" in look(token, "/paper")["Content-Disposition"]


def test_a_report_has_a_few_links_and_a_link_a_few_looks_an_hour(world, monkeypatch):
    monkeypatch.setattr(shares, "MOST_AN_HOUR", 1)
    for _ in range(5):
        _, token = make_link(world)
    answer = world.owner.post("/report-shares", {"kind": "LAB", "report_id": world.report_id, "days": 7})
    assert code_of(answer) == "too_many_shares"
    assert look(token).status_code == 200
    assert look(token).status_code == 429
    assert ShareOpening.objects.count() == 1


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("203.0.113.77", "203.0.113.*"),
        ("2001:db8:77:1::5", "2001:db8:77::*"),
        ("::ffff:203.0.113.9", "203.0.113.*"),
        ("", ""),
    ],
)
def test_an_address_is_told_without_its_last_part(address, told):
    assert shares.coarse_network(address) == told
