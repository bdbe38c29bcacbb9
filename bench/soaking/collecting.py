"""A cashier's window in a soak: several tenders for one bill, each of which may come to nothing."""

import random
from decimal import Decimal
from uuid import UUID

from django.utils import timezone

from bench.soaking.journal import Task
from bench.soaking.payers import Payers, hold_up_code
from hospital.kernel.actors import Actor
from hospital.kernel.errors import Refusal
from hospital.payments.errors import PaymentNotCancelable
from hospital.workflows.collect_bill import (
    Collection,
    get_collection,
    give_up_collecting,
    start_collecting,
    stop_tender,
    take_card_page,
    take_cash,
    take_code,
    take_terminal,
)
from hospital.workflows.pay_bill import CardPage

PAGE = CardPage(return_url="https://imc.test/back/{payment_order_id}", cancel_url="https://imc.test/no", language="en")
TERMINALS = ("T01", "T02", "T03")


class Window:
    """Where a cashier collects."""

    def __init__(self, actor: Actor, payers: Payers) -> None:
        self._actor, self._payers = actor, payers

    def collect(self, task: Task, token: str) -> None:
        """Tenders until the bill is paid, or until somebody gives up, or just walks off."""
        settlement = start_collecting(
            quote_token=token, idempotency_key=task.key("settlement"), actor=self._actor, now=timezone.now()
        )
        for number in range(task.chance("tenders").randint(0, 3)):
            collection = self._read(settlement.id)
            if not collection.is_open or collection.rest == 0 or collection.under_way is not None:
                break
            part = self._part(task, collection)
            amount = Decimal(task.recall(f"amount{number}", part.__str__))
            try:
                self._take(task, number, settlement.id, amount)
            except Refusal as refusal:  # declined, busy, more than is left: the next tender
                task.facts[f"refused{number}"] = refusal.code
        self._end(task, settlement.id)

    def _read(self, settlement_id: UUID) -> Collection:
        return get_collection(settlement_id=settlement_id, actor=self._actor, now=timezone.now())

    @staticmethod
    def _part(task: Task, collection: Collection) -> str:
        chance = task.chance("part")
        part = collection.rest if chance.random() < 0.4 else collection.rest * chance.randint(1, 99) / 100
        return str(max(Decimal("0.01"), part.quantize(Decimal("0.01"))))

    def _take(self, task: Task, number: int, settlement_id: UUID, amount: Decimal) -> None:
        chance = task.chance(f"tender{number}")
        key, now = task.key(f"tender{number}"), timezone.now()
        way = chance.choice(("code", "code", "terminal", "page"))
        if way == "code":
            scan = hold_up_code(random.Random(chance.random()))
            collection = take_code(
                settlement_id=settlement_id,
                amount=amount,
                channel=scan.channel,
                payer_code=scan.code,
                desk="W1",
                idempotency_key=key,
                actor=self._actor,
                now=now,
            )
        elif way == "terminal":
            collection = take_terminal(
                settlement_id=settlement_id,
                amount=amount,
                terminal=chance.choice(TERMINALS),
                idempotency_key=key,
                actor=self._actor,
                now=now,
            )
        else:
            collection = take_card_page(
                settlement_id=settlement_id, amount=amount, page=PAGE, idempotency_key=key, actor=self._actor, now=now
            )
        self._play(collection, chance)

    def _play(self, collection: Collection, chance: random.Random) -> None:
        """The payer does what is left to do."""
        payment = collection.tenders[-1]
        self._payers.trouble_refunds(payment, chance)
        if payment.is_open and payment.taken_by:
            self._payers.stand_at_terminal(payment, chance)
        elif payment.is_open and payment.checkout_url:
            self._payers.pay_page(payment, payment.checkout_url.rpartition("/")[2], chance)

    def _end(self, task: Task, settlement_id: UUID) -> None:
        chance = task.chance("end")
        collection = self._read(settlement_id)
        if collection.under_way is not None and chance.random() < 0.7:
            try:
                collection = stop_tender(settlement_id=settlement_id, actor=self._actor, now=timezone.now())
            except PaymentNotCancelable:
                collection = self._read(settlement_id)
        if not collection.is_open:
            return
        way = chance.choice(("cash", "cash", "cash", "cash", "gives up", "walks off"))
        if way == "cash":
            take_cash(
                settlement_id=settlement_id,
                given=collection.cash_due + Decimal(chance.choice(("0", "0.30", "50"))),
                idempotency_key=task.key("cash"),
                actor=self._actor,
                now=timezone.now(),
            )
        elif way == "gives up":
            give_up_collecting(settlement_id=settlement_id, actor=self._actor, now=timezone.now())
