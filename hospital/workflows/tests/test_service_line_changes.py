"""An approved change of a visit's service line: unsettled lines are priced again, settled ones never (brief §1.6.6)."""

from datetime import timedelta
from decimal import Decimal

import pytest

from hospital.audit.api import list_entries
from hospital.billing.api import start_settlement
from hospital.billing.errors import PaymentInProgress, QuoteMismatch
from hospital.billing.models import Charge
from hospital.billing.tests.factories import Desk, charge, line, make_desk, order, pay, quote, settle, start
from hospital.catalog.types import ServiceLine
from hospital.encounters.errors import (
    LineChangeDecided,
    LineChangeNeedsReason,
    LineChangeOpen,
    LineChangeSamePerson,
    NotLineChangeDesk,
    SameServiceLine,
)
from hospital.encounters.models import Encounter, ServiceLineChange
from hospital.encounters.tests.clinic import TEN, make_staff
from hospital.kernel.actors import Actor, Role
from hospital.workflows.change_service_line import ask_service_line, decide_service_line, preview_service_line

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("acquirer"), pytest.mark.requirement("F46")]
LATER = TEN + timedelta(minutes=5)


@pytest.fixture
def desk() -> Desk:
    """An international visit."""
    return make_desk()


def ask(desk: Desk, *, to=ServiceLine.NORMAL, reason="Chose ordinary care", actor: Actor | None = None):
    return ask_service_line(
        encounter_id=desk.visit.encounter_id, to=to, reason=reason, actor=actor or desk.cashier, now=LATER
    )


def decide(change_id, *, is_approved=True, actor: Actor | None = None):
    actor = actor or make_staff(Role.REGISTRAR)
    return decide_service_line(change_id=change_id, is_approved=is_approved, actor=actor, now=LATER)


def money(charge_id):
    row = line(charge_id)
    return row.service_line.value, row.base, row.surcharge, row.total


def test_unsettled_lines_take_the_new_line_and_settled_ones_never(desk):
    _, (paid,) = settle(desk, order("CBC"))
    open_lines = charge(desk, order("CXR"), order("AML"))
    before = [money(each) for each in (paid, *open_lines)]
    shown = preview_service_line(
        encounter_id=desk.visit.encounter_id, to=ServiceLine.NORMAL, actor=desk.cashier, now=LATER
    )
    assert (shown.before, shown.after) == (Decimal("90.96"), Decimal("72.96"))
    change_id = ask(desk)
    assert [money(each) for each in (paid, *open_lines)] == before
    decide(change_id)
    assert money(paid) == ("INTL", Decimal("20.00"), Decimal("6.00"), Decimal("26.00"))
    assert money(open_lines[0]) == ("NORMAL", Decimal("60.00"), Decimal("0.00"), Decimal("60.00"))
    assert money(open_lines[1])[3] == Decimal("12.96")
    assert Encounter.objects.get(pk=desk.visit.encounter_id).service_line == "NORMAL"
    later = charge(desk, order("CBC", signed_at=LATER), now=LATER)
    assert money(later[0])[3] == Decimal("20.00")
    entry = list_entries(action="encounters.approve_line_change")[0]
    assert (entry.details["before"], entry.details["after"], entry.reason) == ("90.96", "72.96", "Chose ordinary care")
    assert len(list_entries(action="billing.reprice")) == 2


def test_it_goes_both_ways(desk):
    (open_line,) = charge(desk, order("CXR"))
    decide(ask(desk, to=ServiceLine.SPECIAL))
    assert money(open_line) == ("SPECIAL", Decimal("60.00"), Decimal("12.00"), Decimal("72.00"))


def test_whoever_asked_does_not_approve_and_nothing_changes_before(desk):
    (open_line,) = charge(desk, order("CXR"))
    change_id = ask(desk)
    with pytest.raises(LineChangeSamePerson):
        decide(change_id, actor=desk.cashier)
    with pytest.raises(NotLineChangeDesk):
        decide(change_id, actor=desk.visit.doctor)
    assert money(open_line)[0] == "INTL"
    assert ServiceLineChange.objects.get().state == "WAITING"
    decide(change_id, is_approved=False)
    assert money(open_line)[0] == "INTL"
    with pytest.raises(LineChangeDecided):
        decide(change_id)
    assert Encounter.objects.get(pk=desk.visit.encounter_id).service_line == "INTL"


def test_it_needs_a_reason_another_line_and_waits_alone(desk):
    with pytest.raises(LineChangeNeedsReason):
        ask(desk, reason="  ")
    with pytest.raises(SameServiceLine):
        ask(desk, to=ServiceLine.INTL)
    with pytest.raises(NotLineChangeDesk):
        ask(desk, actor=make_staff(Role.CASHIER, campus="NORTH"))
    assert not ServiceLineChange.objects.exists()
    ask(desk)
    with pytest.raises(LineChangeOpen):
        ask(desk, to=ServiceLine.SPECIAL)


def test_a_line_that_is_being_paid_refuses_the_whole_change(desk):
    being_paid = charge(desk, order("CBC"))
    free = charge(desk, order("CXR"))
    settlement = start(desk, being_paid)
    change_id = ask(desk)
    with pytest.raises(PaymentInProgress):
        decide(change_id)
    assert {money(each)[0] for each in (*being_paid, *free)} == {"INTL"}
    assert ServiceLineChange.objects.get().state == "WAITING"
    pay(settlement)
    decide(change_id)
    assert [money(each)[0] for each in (*being_paid, *free)] == ["INTL", "NORMAL"]


def test_a_quote_in_hand_no_longer_matches(desk):
    charges = charge(desk, order("CXR"))
    token = quote(desk, charges).token
    decide(ask(desk))
    with pytest.raises(QuoteMismatch):
        start_settlement(quote_token=token, idempotency_key="k", actor=desk.patient, now=LATER)
    assert start(desk, charges, now=LATER).amount == Decimal("60.00")
    assert Charge.objects.get().state == "CONFIRMED"
