"""The payment codes of the two wallets. The third digit says what will happen; the rest makes a code unique."""

from __future__ import annotations

import re
import secrets
from enum import StrEnum


class Wallet(StrEnum):
    """Whose code it is."""

    WECHAT = "wechat"
    ALIPAY = "alipay"


class Plan(StrEnum):
    """What happens to whoever charges the code."""

    PAYS = "PAYS"
    PASSWORD = "PASSWORD"  # noqa: S105 - the payer is asked for it, and answers on the page
    POOR = "POOR"  # not enough money
    EXPIRED = "EXPIRED"  # the code is too old
    TIMEOUT = "TIMEOUT"  # no answer in time, and nothing is taken
    LOST = "LOST"  # the money is taken, and the answer comes too late
    LATE = "LATE"  # an error first, and the money is taken later
    OTHER_AMOUNT = "OTHER_AMOUNT"  # one fen is taken


PLANS = tuple(Plan)
_PREFIXES = {Wallet.WECHAT: "13", Wallet.ALIPAY: "28"}
_FORMS = {
    Wallet.WECHAT: re.compile(r"1[0-5][0-9]{16}"),
    Wallet.ALIPAY: re.compile(r"(?:2[5-9]|30)[0-9]{14,22}"),
}


def new_code(wallet: Wallet, plan: Plan = Plan.PAYS) -> str:
    """A code that was never shown before."""
    return f"{_PREFIXES[wallet]}{PLANS.index(plan)}{secrets.randbelow(10**15):015d}"


def read_plan(wallet: Wallet, code: str) -> Plan | None:
    """What the code stands for; None for what is no code of this wallet."""
    if not _FORMS[wallet].fullmatch(code):
        return None
    number = int(code[2])
    return PLANS[number] if number < len(PLANS) else Plan.PAYS
