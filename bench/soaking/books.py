"""Our books and those of the channels, compared to the cent."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Self

from django.db import connection

from bench.soaking.sums import ALL, BALANCE, OURS
from sandbox.process import SandboxClient

FEN = Decimal(100)


@dataclass(frozen=True)
class Books:
    """What does not agree, in words, and how many cents nobody can account for; `taken` is all that came in."""

    differences: tuple[str, ...]
    lost_cents: int
    taken: Decimal

    @classmethod
    def read(cls, client: SandboxClient) -> Self:
        """Every sum of `sums`, then the channels' own books order by order."""
        differences = [f"{name}: {row}" for name, sql in ALL.items() for row in _rows(sql)]
        lost = taken = Decimal(0)
        theirs = dict(_read_channels(client))
        for number, channel, came, went in _rows(OURS):
            taken += came
            told = theirs.pop(str(number), (Decimal(0), Decimal(0)))
            if channel not in ("CASH", "PARTNER") and told != (came, went):
                differences.append(f"{channel} {number}: we have {came} in, {went} back; they have {told}")
                lost += abs(told[0] - told[1] - (came - went))
        for number, (came, went) in theirs.items():
            if came:
                differences.append(f"{number}: the channel took {came}, and we know nothing of it")
                lost += came - went
        names = ("payments", "bills", "charges", "tills", "receipts")
        sums = dict(zip(names, _rows(BALANCE)[0], strict=True))
        if len(set(sums.values())) > 1:
            differences.append(f"the five sums differ: {sums}")
            lost += max(sums.values()) - min(sums.values())
        return cls(differences=tuple(differences), lost_cents=int(lost * FEN), taken=taken)


def _read_channels(client: SandboxClient) -> Iterator[tuple[str, tuple[Decimal, Decimal]]]:
    """Number, what came in and what went back, of every order that a channel knows."""
    for order in client.list_orders():
        yield order["id"], (_money(order["totalCapturedAmount"]), _money(order["totalRefundedAmount"]))
    for order in client.list_wechat_orders():
        # An order that its caller ended gave back what it took by itself.
        came = order["amount"]["total"] if order["trade_state"] in ("SUCCESS", "REFUND") else 0
        went = sum(each["amount"]["refund"] for each in order["refunds"] if each["status"] == "SUCCESS")
        yield order["out_trade_no"], (_money(came) / FEN, _money(went) / FEN)
    for trade in client.list_alipay_trades():
        is_taken = trade["status"] in ("TRADE_SUCCESS", "TRADE_FINISHED") or trade["refunds"]
        went = sum((_money(each["amount"]) for each in trade["refunds"]), Decimal(0))
        yield trade["out_trade_no"], (_money(trade["taken"]) if is_taken else Decimal(0), went)
    for sale in client.list_sales():
        went = sum((_money(each["amount"]) for each in sale["refunds"] if each["state"] == "DONE"), Decimal(0))
        yield sale["number"], (_money(sale.get("captured", 0)), went)


def _money(value: object) -> Decimal:
    return Decimal(str(value))


def _rows(sql: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql.replace("%%", "%"))
        return list(cursor.fetchall())
