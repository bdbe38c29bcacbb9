"""Who may open which desk; idle sessions end; refusals speak (N14)."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hospital.audit.models import AuditEntry
from hospital.kernel.actors import Role
from hospital.staff_web.desks import DESKS
from hospital.staff_web.tests.factories import browser, make_member, open_desk

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("N14")]
HTMX = {"HX-Request": "true"}


@pytest.mark.parametrize("desk", DESKS, ids=lambda desk: desk.code)
def test_a_stranger_is_sent_to_sign_in(desk) -> None:
    assert Client().get(desk.address).url.startswith("/staff/sign-in/?next=")


@pytest.mark.parametrize("desk", DESKS, ids=lambda desk: desk.code)
def test_a_wrong_role_is_refused_in_words_and_recorded(desk) -> None:
    user = make_member(Role.SYSTEM_ADMIN)
    answer = browser(user, language="zh-hans").get(desk.address)
    assert answer.status_code == 403
    assert 'data-code="wrong_role"' in answer.text
    assert "您在本院区的角色不能打开此工作台" in answer.text
    entry = AuditEntry.objects.get(was_refused=True)
    assert (entry.actor_id, entry.reason, entry.subject_id) == (str(user.id), "wrong_role", desk.address)


@pytest.mark.parametrize("desk", DESKS, ids=lambda desk: desk.code)
def test_the_right_role_opens_it(desk) -> None:
    answer = open_desk(desk.roles[0]).get(desk.address)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"


def test_a_role_at_another_campus_opens_nothing_here() -> None:
    user = make_member(Role.AUDIT_ADMIN, campus="NORTH")
    make_member(Role.CASHIER, campus="IMC")
    client = browser(user)
    session = client.session
    session["campus_code"] = "IMC"
    session.save()
    # A campus without a role is no choice: the only one that is held is taken.
    assert client.get(reverse("staff:audit")).status_code == 200
    assert client.get(reverse("staff:cashier")).status_code == 403


def test_the_administrators_are_apart() -> None:
    assert open_desk(Role.SECURITY_ADMIN).get(reverse("staff:audit")).status_code == 403
    assert open_desk(Role.AUDIT_ADMIN).get(reverse("staff:security")).status_code == 403
    assert open_desk(Role.SYSTEM_ADMIN).get(reverse("staff:administration")).status_code == 403


def test_an_idle_session_ends(settings) -> None:
    client = open_desk(Role.AUDIT_ADMIN)
    assert client.get(reverse("staff:audit")).status_code == 200
    row = Session.objects.get()
    left = row.expire_date - timezone.now()
    assert timedelta(0) < left <= timedelta(seconds=settings.SESSION_COOKIE_AGE)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert client.get(reverse("staff:audit")).url.startswith("/staff/sign-in/")


def test_work_prolongs_the_session_and_a_page_that_refreshes_itself_does_not() -> None:
    client = open_desk(Role.AUDIT_ADMIN)
    session = client.session
    session["seen_at"] = int(timezone.now().timestamp()) - 300
    session.save()
    client.get(reverse("staff:audit"), headers={"X-Background": "1"})
    assert client.session["seen_at"] == session["seen_at"]
    client.get(reverse("staff:audit"))
    assert client.session["seen_at"] > session["seen_at"]


def test_a_swap_without_a_session_moves_the_whole_page() -> None:
    answer = Client().get(reverse("staff:audit"), headers=HTMX)
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer["HX-Redirect"].startswith("/staff/sign-in/")


def test_a_refusal_in_a_swap_is_a_notice_that_leaves_the_page() -> None:
    answer = open_desk(Role.CASHIER).get(reverse("staff:audit"), headers=HTMX)
    assert answer.status_code == 403
    assert (answer["HX-Retarget"], answer["HX-Reswap"]) == ("#notices", "innerHTML")
    assert "<html" not in answer.text


def test_every_answer_has_a_request_number_and_a_strict_policy() -> None:
    answer = open_desk(Role.AUDIT_ADMIN).get(reverse("staff:audit"), headers={"X-Request-ID": "proxy-4711-abc"})
    assert answer["X-Request-ID"] == "proxy-4711-abc"
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert " style=" not in answer.text
    assert "onclick" not in answer.text
    other = Client().get("/healthz", headers={"X-Request-ID": "<script>"})
    assert other["X-Request-ID"] != "<script>"


@pytest.mark.requirement("N20")
def test_error_pages_speak_both_languages() -> None:
    client = Client()
    assert "This page does not exist" in client.get("/nowhere").text
    client.cookies["imc_language"] = "zh-hans"
    answer = client.get("/nowhere")
    assert answer.status_code == 404
    assert "页面不存在" in answer.text


def test_a_form_from_elsewhere_is_refused() -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post("/staff/sign-in/", {"username": "a", "password": "b"}).status_code == 403


def test_an_oversized_body_is_refused_in_words(settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    answer = Client().post("/staff/sign-in/", {"username": "a" * 500, "password": "b"})
    assert answer.status_code == 413
    assert "too large" in answer.text
