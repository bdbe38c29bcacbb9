"""One clerk: takes one operation after the other, at random, under keys that a second try uses again."""

import random
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from uuid import UUID, uuid5

from django.db import connection
from django.utils import timezone

from bench.soaking.collecting import PAGE, Window
from bench.soaking.ground import CODES, Ground, Visit
from bench.soaking.journal import Journal, Task
from bench.soaking.machine import Machine, WebServerGone
from bench.soaking.payers import Payers
from bench.soaking.refunding import RefundDesk
from hospital.billing.api import charge_orders, mark_executed, quote_bill, reverse_execution, void_charge
from hospital.billing.types import OrderedLine
from hospital.kernel.actors import Actor
from hospital.kernel.errors import Refusal
from hospital.workflows.pay_bill import (
    InsideWechat,
    cancel_payment_of,
    follow_payment_of,
    start_bill_payment,
)

_NAMES = uuid5(UUID(int=0), "soak")
# How often each kind of operation is chosen.
_WEIGHTS = {
    "charge": 20,
    "collect": 24,
    "pay_online": 14,
    "pay_at_machine": 10,
    "give_back_at_machine": 3,
    "refund": 16,
    "decide": 4,
    "send_again": 2,
    "void": 3,
    "execute": 3,
    "close_till": 1,
    "double": 6,
}


@dataclass
class Clerk:
    """A process of the soak. `number` names its journal; the others' journals are read for operations to double."""

    ground: Ground
    number: int
    folder: Path
    seed: int
    payers: Payers
    machine: Machine
    count: Callable[[], None]

    def __post_init__(self) -> None:
        self.journal = Journal(self.folder / f"clerk-{self.number}.jsonl")
        self.actor = self.ground.cashiers[self.number % len(self.ground.cashiers)]
        self.window = Window(self.actor, self.payers)
        self.desk = RefundDesk(self.ground, self.actor)

    def work(self, *, only_finish: bool = False) -> None:
        """Finishes what was in hand, then goes on for ever, or ends."""
        unfinished = self.journal.find_unfinished()
        if unfinished is not None:
            self._carry_out(unfinished)
        kinds, weights = list(_WEIGHTS), list(_WEIGHTS.values())
        begun = 0 if only_finish else self.journal.count_tasks()
        while not only_finish:
            begun += 1
            chance = random.Random(f"{self.seed}:{self.number}:{begun}")
            (kind,) = chance.choices(kinds, weights)
            self._carry_out(self.journal.begin(f"{chance.getrandbits(128):032x}", kind))
            self.count()

    def _carry_out(self, task: Task) -> None:
        """Once, now and then twice: the second time it changes nothing."""
        for _ in range(2 if task.chance("again").random() < 0.1 else 1):
            try:
                self._do(task.kind, task)
                outcome = "done"
            except Refusal as refusal:
                outcome = refusal.code
            except WebServerGone:
                outcome = "web_server_gone"
            except Exception as error:  # noqa: BLE001 - the soak's result names it
                outcome = f"fault: {type(error).__name__}"
                with (self.folder / "faults.txt").open("a", encoding="utf-8") as file:
                    file.write(f"{task.kind} {task.id}\n{traceback.format_exc()}\n")
                connection.close()
        self.journal.end(task, outcome)

    def charge(self, task: Task) -> None:
        """A doctor's orders become charges; signed twice they are charged once."""
        chance = task.chance("charge")
        visit = chance.choice(self.ground.visits)
        signed_at = timezone.now()
        lines = [
            OrderedLine(
                source_id=uuid5(_NAMES, task.key(str(number))),
                item_code=chance.choice(CODES),
                qty=Decimal(chance.choice(("1", "1", "2", "3", "7", "0.5", "1.25"))),
                signed_at=signed_at,
            )
            for number in range(chance.randint(1, 4))
        ]
        charge_orders(encounter_id=visit.encounter_id, lines=lines, actor=visit.doctor, now=signed_at)

    def collect(self, task: Task) -> None:
        """A bill at the window: quote, then cash, codes and cards in any order, or nothing in the end."""
        token = task.recall("token", lambda: self._quote(task, self.actor))
        if token:
            self.window.collect(task, token)

    def pay_online(self, task: Task) -> None:
        """A patient pays on the phone, comes back or not, cancels or not."""
        visit = task.chance("visit").choice(self.ground.visits)
        token = task.recall("token", lambda: self._quote(task, visit.patient, visit))
        if not token:
            return
        chance = task.chance("means")
        means = PAGE if chance.random() < 0.5 else InsideWechat(openid=f"o{visit.person_id.hex}")
        started = start_bill_payment(
            quote_token=token,
            idempotency_key=task.key("pay"),
            means=means,
            actor=visit.patient,
            now=timezone.now(),
        )
        if started.payment is None:
            return
        self.payers.trouble_refunds(started.payment, task.chance("trouble"))
        self.payers.pay_page(started.payment, started.payment.checkout_url.rpartition("/")[2], task.chance("page"))
        after = chance.choice(("comes back", "comes back", "stays away", "cancels"))
        if after == "comes back":
            follow_payment_of(payment_id=started.payment.id, actor=visit.patient, now=timezone.now())
        elif after == "cancels":
            cancel_payment_of(payment_id=started.payment.id, actor=visit.patient, now=timezone.now())

    def pay_at_machine(self, task: Task) -> None:
        """A bill is looked up and paid at a partner's machine, now and then with another amount than was quoted."""
        chance = task.chance("machine")
        visit = chance.choice(self.ground.visits)
        quote = task.recall("quote", lambda: self._ask_machine(visit))
        if quote is None or Decimal(quote["amount"]) == 0:
            return
        amount = Decimal(quote["amount"]) + (Decimal("0.01") if chance.random() < 0.05 else 0)
        self.machine.post(
            "/payments",
            {
                "request_no": task.id,
                "quote_token": quote["token"],
                "amount": str(amount),
                "means": "OTHER",
                "transaction_no": f"T{task.id}",
                "paid_at": task.recall("at", lambda: timezone.now().isoformat()),
            },
        )

    def _ask_machine(self, visit: Visit) -> dict[str, str] | None:
        patient = {"mrn": visit.mrn, "birth_date": visit.born}
        status, answer = self.machine.post("/bills/query", {"patient": patient})
        quotes = [bill["quote"] for bill in answer["bills"] if bill["quote"]] if status == 200 else []
        return {"token": quotes[0]["token"], "amount": quotes[0]["amount"]} if quotes else None

    def give_back_at_machine(self, task: Task) -> None:
        """The partner gives back what it owes to payers, and says so."""
        for refund in self.machine.get("/refunds")[: task.chance("some").randint(1, 5)]:
            number = refund["refund_no"]
            self.machine.post(
                "/refunds/done",
                {"request_no": f"done-{number}", "refund_no": number, "transaction_no": f"back-{number}"},
            )

    def refund(self, task: Task) -> None:
        """Some of what was paid goes back."""
        self.desk.ask(task)

    def decide(self, task: Task) -> None:
        """A second person lets a refund go, or not."""
        self.desk.decide(task)

    def send_again(self, task: Task) -> None:
        """A part of a refund that its channel refused sets out again."""
        self.desk.send_again(task)

    def void(self, task: Task) -> None:
        """An open line is voided."""
        charge_id = task.recall("charge", lambda: self._find_charge("TRUE"))
        if charge_id:
            void_charge(charge_id=UUID(charge_id), reason="ordered by mistake", actor=self.actor, now=timezone.now())

    def execute(self, task: Task) -> None:
        """A service is done, or what was done is taken back."""
        source_id = task.recall("source", lambda: self._find_charge("state <> 'VOID'", column="source_id"))
        doctor = self.ground.visits[0].doctor
        if source_id and task.chance("way").random() < 0.5:
            mark_executed(source_ids=[UUID(source_id)], actor=doctor, now=timezone.now())
        elif source_id:
            reverse_execution(source_ids=[UUID(source_id)], reason="returned", actor=doctor, now=timezone.now())

    def _do(self, kind: str, task: Task) -> None:
        if kind == "close_till":
            self.desk.close_till()
        elif kind == "double":
            self.double()
        else:
            getattr(self, kind)(task)

    def double(self) -> None:
        """What another clerk has in hand, or has just done, is done here too, under the same keys, at the same time."""
        others = [path for path in self.folder.glob("clerk-*.jsonl") if path != self.journal.path]
        for path in others:
            newest = Journal(path).find_newest()
            if newest is None or newest[0].kind in ("double", "close_till"):
                continue
            theirs = newest[0]
            if all(name in theirs.facts for name in _DECIDED.get(theirs.kind, ())):
                # What they have not decided yet stays ours to decide: it is not written into their journal.
                self._do(theirs.kind, Task(theirs.id, theirs.kind, self.journal, theirs.facts))

    def _quote(self, task: Task, actor: Actor, visit: Visit | None = None) -> str:
        chance = task.chance("quote")
        visit = visit or chance.choice(self.ground.visits)
        with connection.cursor() as cursor:
            cursor.execute(
                """SELECT id FROM billing_charge WHERE person_id = %s AND (state = 'PENDING' OR random() < 0.02)
                   ORDER BY random() LIMIT %s""",
                [visit.person_id, chance.choice((1, 2, 3, 5, 8))],
            )
            chosen = [row[0] for row in cursor.fetchall()]
        return quote_bill(charge_ids=chosen, actor=actor, now=timezone.now()).token if chosen else ""

    @staticmethod
    def _find_charge(condition: str, *, column: str = "id") -> str:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {column} FROM billing_charge WHERE {condition} ORDER BY random() LIMIT 1")
            row = cursor.fetchone()
        return str(row[0]) if row else ""


# What another clerk must have decided before its operation can be doubled.
_DECIDED = {
    "collect": ("token",),
    "pay_online": ("token",),
    "pay_at_machine": ("quote", "at"),
    "refund": ("settlement", "lines"),
    "decide": ("note",),
    "send_again": ("note",),
    "void": ("charge",),
    "execute": ("source",),
}
