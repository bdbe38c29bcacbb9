"""The soak in small: killed processes, late answers, lost notices, and every cent is accounted for (F46, F47, X51)."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection

from bench.soaking.sums import ALL
from hospital.billing.tests.factories import make_desk, order, settle
from hospital.payments.tests.factories import Connection, FakeAcquirer
from launch.environment import ROOT

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def database() -> Iterator[str]:
    """The address of the test database, with no jobs of other tests in it, neither before nor after."""
    forget_jobs()
    yield address_of(connection.settings_dict)
    forget_jobs()


def forget_jobs() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
        cursor.execute("DELETE FROM procrastinate_periodic_defers")


def address_of(settings: dict[str, object]) -> str:
    host = quote(str(settings["HOST"]), safe="")
    port = f"&port={settings['PORT']}" if settings["PORT"] else ""
    return f"postgresql://{settings['USER']}:{settings['PASSWORD']}@/{settings['NAME']}?host={host}{port}"


@pytest.mark.skipif("IMC_TEST_SOAK" not in os.environ, reason="takes minutes on a busy machine: ask for it")
@pytest.mark.timeout(600)  # many processes: a busy machine takes its time
@pytest.mark.requirement("F46", "F47", "X51")
def test_whoever_is_killed_every_cent_is_accounted_for(database: str) -> None:
    done = subprocess.run(
        [
            *(sys.executable, "-m", "bench.soaking", "--operations", os.environ["IMC_TEST_SOAK"]),
            *("--visits", "5", "--clerks", "3", "--seconds-between", "0.3", "--seed", "7"),
        ],
        env={**os.environ, "DATABASE_URL": database, "PYTHONPATH": str(ROOT), "IMC_LOG_LEVEL": "CRITICAL"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=580,
    )
    assert done.stdout, done.stderr
    result = json.loads(done.stdout.splitlines()[-1])
    assert result["faults"] == [], "\n".join(result["faults"])
    assert result["lost_cents"] == 0
    assert result["operations"] >= int(os.environ["IMC_TEST_SOAK"])
    assert result["kills"] > 0
    assert float(result["taken"]) > 0


@pytest.fixture
def acquirer(settings: Any) -> None:
    """An acquirer without a process."""
    settings.CARD_ACQUIRER = "hospital.payments.tests.factories.connected_acquirer"
    Connection.acquirer = FakeAcquirer()


@pytest.mark.usefixtures("acquirer")
def test_the_sums_name_what_does_not_agree() -> None:
    desk = make_desk()
    settle(desk, order("CBC", "2"))
    apart = disagreeing()
    assert apart >= {"receipts of a bill are what was paid less what went back", "everything is in one closing"}
    with connection.cursor() as cursor:
        cursor.execute("UPDATE billing_charge SET refunded_qty = 1, refunded_total = 26, refunded_base = 20")
        cursor.execute("UPDATE payments_paymentorder SET refunded_reserved = 1")
    assert disagreeing() - apart == {
        "a charge knows what was given back of it, and no more than it was",
        "a payment's events tell what came and went",
    }


def disagreeing() -> set[str]:
    found = set()
    with connection.cursor() as cursor:
        for name, sql in ALL.items():
            cursor.execute(sql.replace("%%", "%"))
            if cursor.fetchall():
                found.add(name)
    return found
