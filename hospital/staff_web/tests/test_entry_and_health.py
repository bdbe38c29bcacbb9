"""The entry page, and whether the process can serve."""

import pytest
from django.db import connection
from django.test import Client

from hospital.staff_web.desks import DESKS

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("N20")
@pytest.mark.parametrize(("language", "words"), [("en", "The desks"), ("zh-hans", "员工登录")])
def test_the_entry_page_leads_everywhere_in_both_languages(language: str, words: str) -> None:
    client = Client()
    client.cookies["imc_language"] = language
    page = client.get("/about/").text
    assert words in page
    for desk in DESKS:
        assert f'href="{desk.address}"' in page
    assert 'href="/api/docs"' in page
    assert "mailbox" not in page


def test_sign_ins_stand_on_the_page_in_the_demonstration_only(settings) -> None:
    assert "lin.zhiyuan" not in Client().get("/about/").text
    settings.DEMO = True
    settings.DEMO_LOGINS = [("医生", "Doctor", "lin.zhiyuan", "not-a-secret")]
    page = Client().get("/about/").text
    assert "lin.zhiyuan" in page
    assert f"{settings.SANDBOX_URL}/mailbox" in page


def test_alive_and_ready() -> None:
    assert Client().get("/healthz").json() == {"status": "alive"}
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ready", "database": "ok", "queue": "ok"})


def test_not_ready_without_the_queue() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE procrastinate_jobs RENAME TO procrastinate_jobs_gone")
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()["queue"]) == (503, "failed")


def test_alive_asks_the_database_nothing(django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        Client().get("/healthz")
