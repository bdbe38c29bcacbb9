"""What an acquirer's answer means, and when it is asked again."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hospital.payments.ports import AcquirerState
from hospital.payments.rules import Finding, Silence, judge_answer, next_query_at
from hospital.payments.states import OPEN_STATES, PAID_STATES, PaymentState
from hospital.payments.tests.factories import NOW, paid_order, unpaid_order

AMOUNT = Decimal("120.00")
LATER = NOW + timedelta(minutes=30)
P = PaymentState


def judge(state, answer, *, now=NOW, payer_is_back=True):
    return judge_answer(
        state=state,
        amount=AMOUNT,
        currency="CNY",
        expires_at=LATER,
        answer=answer,
        payer_is_back=payer_is_back,
        now=now,
    )


@pytest.mark.parametrize("state", [P.CREATED, P.PAYING, P.UNKNOWN, P.FAILED, P.CLOSED])
def test_captured_amount_is_paid_from_every_unpaid_state(state):
    assert judge(state, paid_order("P1", AMOUNT)).target is P.PAID


@pytest.mark.parametrize(
    ("answer", "finding"),
    [
        (paid_order("P1", Decimal("119.99")), Finding.MISMATCH),
        (paid_order("P1", Decimal("120.01")), Finding.MISMATCH),
        (paid_order("P1", AMOUNT, currency="USD"), Finding.MISMATCH),
        (paid_order("P1", Decimal("0.00")), Finding.MISMATCH),
        (unpaid_order("P1", AcquirerState.PENDING), Finding.PENDING),
        (Silence.UNAVAILABLE, Finding.SILENT),
        (Silence.REJECTED, Finding.SILENT),
    ],
)
def test_everything_unclear_is_unknown(answer, finding):
    verdict = judge(P.PAYING, answer)
    assert (verdict.finding, verdict.target) == (finding, P.UNKNOWN)
    assert judge(P.CLOSED, answer).target is None


def test_declined_is_failed_unless_the_payer_may_still_try_another_card():
    declined = unpaid_order("P1", AcquirerState.FAILED)
    assert judge(P.PAYING, declined).target is P.FAILED
    assert judge(P.UNKNOWN, declined, payer_is_back=False).target is P.FAILED
    assert judge(P.PAYING, declined, payer_is_back=False).target is None
    assert judge(P.PAYING, declined, payer_is_back=False, now=LATER).target is P.FAILED


@pytest.mark.parametrize(
    ("state", "is_over", "target"),
    [
        (P.PAYING, False, None),
        (P.PAYING, True, P.CLOSED),
        (P.UNKNOWN, False, P.PAYING),
        (P.UNKNOWN, True, P.CLOSED),
        (P.CREATED, True, P.CLOSED),
        (P.FAILED, True, None),
    ],
)
def test_without_an_attempt_a_payment_closes_with_its_checkout(state, is_over, target):
    assert judge(state, None, now=LATER if is_over else NOW).target is target


@given(
    state=st.sampled_from(PaymentState),
    age=st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=3)),
)
def test_open_payments_are_always_asked_about_and_paid_ones_never(state, age):
    now = NOW + age
    at = next_query_at(
        state=state, created_at=NOW, unknown_at=NOW if state is P.UNKNOWN else None, expires_at=LATER, now=now
    )
    if state in PAID_STATES:
        assert at is None
    elif state in OPEN_STATES:
        assert at is not None
        assert timedelta(seconds=5) <= at - now <= timedelta(hours=1)
    else:
        assert (at is None) == (now > LATER + timedelta(minutes=5 if state is P.FAILED else 120))


def test_a_checkout_is_asked_about_right_after_it_expires():
    at = next_query_at(
        state=P.PAYING, created_at=NOW, unknown_at=None, expires_at=LATER, now=LATER - timedelta(minutes=5)
    )
    assert at == LATER + timedelta(seconds=5)


def test_a_payer_at_a_window_who_types_is_paying_until_the_payment_expires():
    pending = unpaid_order("P1", AcquirerState.PENDING)

    def judge_attended(state, now):
        return judge_answer(
            state=state,
            amount=AMOUNT,
            currency="CNY",
            expires_at=LATER,
            answer=pending,
            payer_is_back=True,
            now=now,
            is_attended=True,
        ).target

    assert judge_attended(P.PAYING, NOW) is None
    assert judge_attended(P.UNKNOWN, NOW) is P.PAYING
    assert judge_attended(P.PAYING, LATER) is P.UNKNOWN
    assert judge_attended(P.CLOSED, NOW) is None


@pytest.mark.parametrize("state", [P.CREATED, P.PAYING, P.UNKNOWN])
def test_whoever_stands_at_a_window_is_asked_about_every_few_seconds(state):
    def next_at(now, state=state):
        return next_query_at(state=state, created_at=NOW, unknown_at=NOW, expires_at=LATER, now=now, is_attended=True)

    assert next_at(NOW) == NOW + timedelta(seconds=5)
    assert next_at(LATER - timedelta(seconds=1)) == LATER + timedelta(seconds=4)
    assert next_at(LATER) == LATER + timedelta(minutes=15)
    assert next_at(NOW, P.PAID) is None
