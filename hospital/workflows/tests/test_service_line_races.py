"""A line charged in the instant in which the visit's service line changes, with real threads (brief §1.6.6)."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from hospital.billing.models import Charge
from hospital.billing.services import charging
from hospital.billing.tests.factories import Desk, charge, make_desk, order
from hospital.catalog.types import ServiceLine
from hospital.encounters.models import Encounter
from hospital.encounters.tests.clinic import TEN, make_staff
from hospital.kernel.actors import Role
from hospital.workflows import change_service_line

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("acquirer"),
    pytest.mark.requirement("F46"),
]
_WAITS_FOR_US = "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"


def ask(desk: Desk) -> Any:
    """A change to the ordinary line that waits for its second person."""
    return change_service_line.ask_service_line(
        encounter_id=desk.visit.encounter_id, to=ServiceLine.NORMAL, reason="Moved", actor=desk.cashier, now=TEN
    )


def begin_meanwhile(pool: ThreadPoolExecutor, work: Callable[[], Any]) -> Future[Any]:
    """Starts the work on a connection of its own; comes back once it waits for a lock, or has ended."""

    def alone() -> Any:
        try:
            return work()
        finally:
            connection.close()

    future = pool.submit(alone)
    until = time.monotonic() + 10
    while not future.done() and time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute(_WAITS_FOR_US)
            if cursor.fetchone()[0]:
                break
        time.sleep(0.01)
    return future


def lines_of(desk: Desk) -> set[tuple[str, str]]:
    """The service line of the visit with that of each of its charges."""
    visit = Encounter.objects.get(pk=desk.visit.encounter_id)
    charges = Charge.objects.filter(encounter=visit)
    return {(visit.service_line, each) for each in charges.values_list("service_line", flat=True)}


def test_what_is_charged_during_an_approval_waits_for_it_and_takes_the_new_line(monkeypatch):
    desk = make_desk()
    change_id, registrar = ask(desk), make_staff(Role.REGISTRAR)
    reprice = change_service_line.reprice_for_line
    with ThreadPoolExecutor(1) as pool:
        begun: list[Future[Any]] = []

        def charge_first(**facts: Any) -> Any:
            begun.append(begin_meanwhile(pool, lambda: charge(desk, order("CXR"))))
            return reprice(**facts)

        monkeypatch.setattr(change_service_line, "reprice_for_line", charge_first)
        change_service_line.decide_service_line(change_id=change_id, is_approved=True, actor=registrar, now=TEN)
        assert begun[0].result(10)
    assert lines_of(desk) == {("NORMAL", "NORMAL")}


def test_an_approval_waits_for_what_is_being_charged_and_prices_it_again(monkeypatch):
    desk = make_desk()
    change_id, registrar = ask(desk), make_staff(Role.REGISTRAR)
    price = charging._price
    with ThreadPoolExecutor(1) as pool:
        begun: list[Future[Any]] = []

        def approve() -> Any:
            return change_service_line.decide_service_line(
                change_id=change_id, is_approved=True, actor=registrar, now=TEN
            )

        def approve_first(*facts: Any) -> Any:
            if not begun:
                begun.append(begin_meanwhile(pool, approve))
            return price(*facts)

        monkeypatch.setattr(charging, "_price", approve_first)
        charge(desk, order("CXR"))
        assert begun[0].result(10).state == "APPROVED"
    assert lines_of(desk) == {("NORMAL", "NORMAL")}
