"""What happens to money at the acquirer: authentication, payment, later settlement, refund, void, capture."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from decimal import Decimal

from sandbox.acquirer.ledger import CardSeen, Ledger, Order, Session, Transaction
from sandbox.acquirer.scenario import Outcome, Refunds
from sandbox.acquirer.webhooks import WebhookSender
from sandbox.settings import SandboxSettings

# ECI of a fully authenticated payment: Mastercard says 02, the other schemes 05.
FULL_ECI = {"MASTERCARD": "02"}
NO_ECI = {"MASTERCARD": "00"}


class OperationRefused(Exception):
    """The gateway's INVALID_REQUEST: what is asked cannot be done to this order."""


class Engine:
    """The acquirer's decisions over one ledger."""

    def __init__(self, *, settings: SandboxSettings, ledger: Ledger, webhooks: WebhookSender) -> None:
        self._settings = settings
        self._waiting: set[asyncio.Task[None]] = set()
        self._stopping = asyncio.Event()
        self.ledger = ledger
        self.webhooks = webhooks

    def clear(self) -> None:
        """Forget everything and stop what would settle later."""
        for task in self._waiting:
            task.cancel()
        self.ledger.clear()
        self.webhooks.clear()

    async def dawdle(self) -> None:
        """Wait as long as a slow answer takes, or until the sandbox is told to stop."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), self._settings.slow_answer)

    def stop_dawdling(self) -> None:
        """Answer at once from now on."""
        self._stopping.set()

    def resume(self) -> None:
        """Let what was pending before a restart end as it would have."""
        for order in self.ledger.orders.values():
            for transaction in order.transactions:
                if transaction.result == "PENDING":
                    self._settle_later(order.id, transaction.id)

    def authenticate(self, session: Session, card: CardSeen, *, passed: bool, challenged: bool) -> Order:
        """Record the 3-D Secure result on the session's order."""
        order = self.ledger.order_for(session)
        order.card = card
        order.authentication_version = "3DS2"
        order.authentication_status = "AUTHENTICATION_SUCCESSFUL" if passed else "AUTHENTICATION_FAILED"
        order.eci = (FULL_ECI.get(card.brand, "05") if passed else NO_ECI.get(card.brand, "07")).rjust(2, "0")
        self.ledger.record(
            order,
            id=f"trans-{secrets.token_hex(4)}{'c' if challenged else 'f'}",
            type="AUTHENTICATION",
            amount=session.amount,
            currency=session.currency,
            result="SUCCESS" if passed else "FAILURE",
            gateway_code="APPROVED" if passed else "DECLINED",
        )
        return order

    def pay(self, session: Session, order: Order) -> Transaction:
        """Ask the issuer; the order's scenario answers. Only APPROVED moves money, PENDING is settled later."""
        scenario = self.ledger.scenario_of(order.id)
        approved = scenario.outcome is Outcome.APPROVED
        amount = Decimal(scenario.captured_amount) if scenario.captured_amount else session.amount
        transaction = self.ledger.record(
            order,
            id=str(len(order.transactions)),
            type="PAYMENT" if session.operation == "PURCHASE" else "AUTHORIZATION",
            amount=amount,
            currency=session.currency,
            result="PENDING" if scenario.pending else "SUCCESS" if approved else "FAILURE",
            gateway_code="PENDING" if scenario.pending else scenario.outcome.value,
        )
        if scenario.pending:
            self._settle_later(order.id, transaction.id)
        self.webhooks.notify(order, transaction)
        return transaction

    def settle(self, order: Order, transaction: Transaction, *, succeeded: bool) -> None:
        """End a pending transaction."""
        if transaction.result != "PENDING":
            return
        outcome = self.ledger.scenario_of(order.id).outcome
        failure = Outcome.DECLINED if outcome is Outcome.APPROVED else outcome
        transaction.result = "SUCCESS" if succeeded else "FAILURE"
        transaction.gateway_code = (Outcome.APPROVED if succeeded else failure).value
        self.ledger.changed.set()
        self.webhooks.notify(order, transaction)

    def _settle_later(self, order_id: str, transaction_id: str) -> None:
        task = asyncio.get_running_loop().create_task(self._wait_and_settle(order_id, transaction_id))
        self._waiting.add(task)
        task.add_done_callback(self._waiting.discard)

    async def _wait_and_settle(self, order_id: str, transaction_id: str) -> None:
        await asyncio.sleep(self._settings.pending_wait)
        order = self.ledger.orders.get(order_id)
        transaction = order.find(transaction_id) if order else None
        if order and transaction:
            scenario = self.ledger.scenario_of(order_id)
            is_refund = transaction.type == "REFUND"
            self.settle(order, transaction, succeeded=is_refund or scenario.outcome is Outcome.APPROVED)

    def refund(self, order: Order, *, transaction_id: str, amount: Decimal, currency: str, request: str) -> Transaction:
        """Give money back. Pending refunds count against what may still be refunded. Raises OperationRefused."""
        if currency != order.currency:
            raise OperationRefused("The currency differs from the order's.")
        taken = order.sum_of("REFUND", results=("SUCCESS", "PENDING"))
        if amount <= 0 or taken + amount > order.captured:
            raise OperationRefused("The refund would exceed the amount captured.")
        way = self.ledger.scenario_of(order.id).refunds
        result, code = {
            Refunds.PENDING: ("PENDING", "PENDING"),
            Refunds.REFUSED: ("FAILURE", "DECLINED"),
        }.get(way, ("SUCCESS", "APPROVED"))
        transaction = self.ledger.record(
            order,
            id=transaction_id,
            type="REFUND",
            amount=amount,
            currency=currency,
            result=result,
            gateway_code=code,
            request=request,
        )
        if way is Refunds.PENDING:
            self._settle_later(order.id, transaction_id)
        self.webhooks.notify(order, transaction)
        return transaction

    def capture(
        self, order: Order, *, transaction_id: str, amount: Decimal, currency: str, request: str
    ) -> Transaction:
        """Take money that was authorized. Raises OperationRefused."""
        if currency != order.currency:
            raise OperationRefused("The currency differs from the order's.")
        if amount <= 0 or order.captured + amount > order.sum_of("AUTHORIZATION"):
            raise OperationRefused("The capture would exceed the amount authorized.")
        return self._record_approved(order, transaction_id, "CAPTURE", amount, currency, request)

    def void(self, order: Order, *, transaction_id: str, target_id: str, request: str) -> Transaction:
        """Undo a payment, capture or authorization that nothing was built on. Raises OperationRefused."""
        target = order.find(target_id)
        kinds = {"PAYMENT": "VOID_PAYMENT", "CAPTURE": "VOID_PAYMENT", "AUTHORIZATION": "VOID_AUTHORIZATION"}
        if target is None or target.type not in kinds or target.result != "SUCCESS":
            raise OperationRefused("There is no such transaction to void.")
        if order.refunded > 0 or order.sum_of(*set(kinds.values())) > 0:
            raise OperationRefused("The transaction can no longer be voided.")
        return self._record_approved(order, transaction_id, kinds[target.type], target.amount, order.currency, request)

    def _record_approved(
        self, order: Order, transaction_id: str, kind: str, amount: Decimal, currency: str, request: str
    ) -> Transaction:
        transaction = self.ledger.record(
            order,
            id=transaction_id,
            type=kind,
            amount=amount,
            currency=currency,
            result="SUCCESS",
            gateway_code="APPROVED",
            request=request,
        )
        self.webhooks.notify(order, transaction)
        return transaction
