"""Card numbers: the check digit, the brand, and the test cards with what each one does."""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.acquirer.scenario import Outcome, Refunds, Return, Scenario, Webhooks

FULL_NUMBER_LENGTHS = range(13, 20)


@dataclass(frozen=True, kw_only=True)
class TestCard:
    """A number that the sandbox accepts; `key` names its description in the translation files."""

    __test__ = False

    number: str
    key: str
    scenario: Scenario
    funding: str = "CREDIT"


TEST_CARDS: tuple[TestCard, ...] = (
    TestCard(number="4508750015741019", key="challenge", scenario=Scenario()),
    TestCard(number="5123450000000008", key="challenge", scenario=Scenario()),
    TestCard(number="345678901234564", key="challenge", scenario=Scenario()),
    TestCard(number="3528000000000007", key="challenge", scenario=Scenario()),
    TestCard(number="4012000033330026", key="frictionless", scenario=Scenario(challenge=False), funding="DEBIT"),
    TestCard(number="4012000000001006", key="no_funds", scenario=Scenario(outcome=Outcome.INSUFFICIENT_FUNDS)),
    TestCard(number="4012000000002004", key="expired", scenario=Scenario(outcome=Outcome.EXPIRED_CARD)),
    TestCard(number="5200000000003001", key="three_ds", scenario=Scenario(outcome=Outcome.AUTHENTICATION_FAILED)),
    TestCard(
        number="4012000000004000",
        key="late_success",
        scenario=Scenario(challenge=False, pending=True, slow_retrievals=1),
    ),
    TestCard(
        number="4012000000005007",
        key="late_failure",
        scenario=Scenario(challenge=False, pending=True, slow_retrievals=1, outcome=Outcome.DECLINED),
    ),
    TestCard(
        number="5200000000006004",
        key="webhook_lost",
        scenario=Scenario(challenge=False, webhooks=Webhooks.LOST, returns=Return.STAYS),
    ),
    TestCard(
        number="4012000000007003", key="webhook_twice", scenario=Scenario(challenge=False, webhooks=Webhooks.TWICE)
    ),
    TestCard(number="5200000000008000", key="webhook_late", scenario=Scenario(challenge=False, webhooks=Webhooks.LATE)),
    TestCard(number="4012000000009009", key="gateway_errors", scenario=Scenario(challenge=False, failing_retrievals=3)),
    TestCard(
        number="5123459999998221",
        key="never_returns",
        scenario=Scenario(challenge=False, returns=Return.STAYS),
    ),
    TestCard(
        number="5123456789012346", key="refund_pending", scenario=Scenario(challenge=False, refunds=Refunds.PENDING)
    ),
    TestCard(
        number="5111111111111118", key="refund_refused", scenario=Scenario(challenge=False, refunds=Refunds.REFUSED)
    ),
)
_BY_NUMBER = {card.number: card for card in TEST_CARDS}


def find_test_card(number: str) -> TestCard | None:
    """The test card with this number, or None: the sandbox takes no other, so that nobody types a real one."""
    return _BY_NUMBER.get(number)


def has_valid_check_digit(number: str) -> bool:
    """Whether the number passes the Luhn formula of ISO/IEC 7812-1 annex B."""
    if not number.isascii() or not number.isdigit() or len(number) not in FULL_NUMBER_LENGTHS:
        return False
    total = 0
    for position, digit in enumerate(reversed(number)):
        value = int(digit) * (2 if position % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def brand_of(number: str) -> str:
    """The scheme by issuer range, in the gateway's spelling; UNKNOWN outside the four that the center takes."""
    two, four = int(number[:2] or 0), int(number[:4] or 0)
    if number.startswith("4"):
        return "VISA"
    if 51 <= two <= 55 or 2221 <= four <= 2720:
        return "MASTERCARD"
    if two in (34, 37):
        return "AMEX"
    if 3528 <= four <= 3589:
        return "JCB"
    return "UNKNOWN"


def mask_number(number: str) -> str:
    """First six and last four digits, the rest as x: 512345xxxxxx0008."""
    return f"{number[:6]}{'x' * (len(number) - 10)}{number[-4:]}"


def security_code_length(brand: str) -> int:
    """Four digits on the front of an American Express card, three elsewhere."""
    return 4 if brand == "AMEX" else 3
