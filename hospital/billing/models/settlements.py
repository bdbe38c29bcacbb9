"""Quotes, settlements and the allocation of payments to them."""

from django.db import models
from django.db.models import F, Q

from hospital.audit.api import AppendOnly, KeepVersions
from hospital.billing.models.charges import Charge
from hospital.billing.models.columns import code_column, money_column, quantity_column, unit_price_column
from hospital.billing.models.insurers import InsurerContract
from hospital.billing.states import SettlementState
from hospital.billing.types import Payer
from hospital.kernel.actors import ActorKind
from hospital.kernel.ids import new_id


class Quote(models.Model):
    """What a payer was shown and may pay until it expires (brief §1.6.13). `token` names it, `hash` seals it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    token = models.CharField(max_length=64, unique=True)
    hash = models.CharField(max_length=64)
    person = models.ForeignKey("patients.Person", on_delete=models.PROTECT, related_name="+")
    campus = models.ForeignKey("campuses.Campus", on_delete=models.PROTECT, related_name="+")
    payer = code_column(Payer)
    contract = models.ForeignKey(InsurerContract, on_delete=models.PROTECT, null=True, related_name="+")
    card = models.ForeignKey("patients.InsuranceCard", on_delete=models.PROTECT, null=True, related_name="+")
    claim_number = models.CharField(max_length=24, blank=True)  # at the national insurance's bureau
    copayment = models.CharField(max_length=200, blank=True)  # what was agreed, and why
    total = money_column()
    covered_amount = money_column()  # of the total, what an insurer pays
    account_amount = money_column()  # of that, what comes from the personal account
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    issued_to = models.CharField(max_length=64)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(expires_at__gt=F("issued_at")), name="quote_expires_later")]
        triggers = [AppendOnly()]


class QuoteLine(models.Model):
    """One quoted line."""

    id = models.BigAutoField(primary_key=True)
    quote = models.ForeignKey(Quote, on_delete=models.PROTECT, related_name="lines")
    charge = models.ForeignKey(Charge, on_delete=models.PROTECT, related_name="quoted")
    version = models.PositiveIntegerField()
    qty = quantity_column()
    charged_u = unit_price_column()
    total = money_column()
    discount = money_column()
    to_adjudication = money_column()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["quote", "charge"], name="quote_line_once")]
        triggers = [AppendOnly()]


class Settlement(models.Model):
    """The payment of some charges. OPEN until all its money is allocated, or RELEASED when none came.

    `amount` is the patient's part: the tenders make `amount + cash_rounding` (what rounding the cash part added or took
    off). `covered_amount` is what an insurer pays beside it; `account_amount` of it comes from the personal account.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(max_length=24, unique=True)
    quote = models.ForeignKey(Quote, on_delete=models.PROTECT, related_name="settlements")
    person = models.ForeignKey("patients.Person", on_delete=models.PROTECT, related_name="+")
    campus = models.ForeignKey("campuses.Campus", on_delete=models.PROTECT, related_name="+")
    payer = code_column(Payer)
    contract = models.ForeignKey(InsurerContract, on_delete=models.PROTECT, null=True, related_name="+")
    card = models.ForeignKey("patients.InsuranceCard", on_delete=models.PROTECT, null=True, related_name="+")
    claim_number = models.CharField(max_length=24, blank=True)
    amount = money_column()
    covered_amount = money_column()
    account_amount = money_column()
    cash_rounding = money_column()
    state = code_column(SettlementState)
    idempotency_key = models.CharField(max_length=100, unique=True)
    started_by = models.CharField(max_length=64)
    started_by_kind = models.CharField(max_length=10, default=ActorKind.SYSTEM.value)
    started_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="settlement_amount_not_negative"),
            models.CheckConstraint(
                condition=Q(account_amount__gte=0) & Q(account_amount__lte=F("covered_amount")),
                name="settlement_covered",
            ),
            models.CheckConstraint(
                condition=~Q(payer=Payer.SELF.value) | Q(covered_amount=0), name="settlement_self_covers_nothing"
            ),
            models.CheckConstraint(
                condition=Q(state=SettlementState.SETTLED.value, settled_at__isnull=False)
                | (~Q(state=SettlementState.SETTLED.value) & Q(settled_at__isnull=True)),
                name="settlement_settled_at",
            ),
            models.CheckConstraint(
                condition=~Q(state=SettlementState.RELEASED.value) | Q(released_at__isnull=False),
                name="settlement_released_at",
            ),
        ]
        indexes = [
            models.Index(fields=["claim_number"], condition=~Q(claim_number=""), name="settlement_claim"),
            models.Index(fields=["person", "-started_at"], name="settlement_person"),
            models.Index(fields=["campus", "settled_at"], name="settlement_campus_day"),
        ]
        triggers = [KeepVersions()]


class SettlementLine(models.Model):
    """One charge in a settlement. A charge is in one live settlement at most."""

    id = models.BigAutoField(primary_key=True)
    settlement = models.ForeignKey(Settlement, on_delete=models.PROTECT, related_name="lines")
    charge = models.ForeignKey(Charge, on_delete=models.PROTECT, related_name="settled_by")
    version = models.PositiveIntegerField()
    amount = money_column()
    is_live = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["settlement", "charge"], name="settlement_line_once"),
            models.UniqueConstraint(fields=["charge"], condition=Q(is_live=True), name="charge_in_one_live_settlement"),
        ]


class Allocation(models.Model):
    """Money of one payment used for one settlement. Append-only; a payment is used once.

    A settlement's rows are written together: together they make what is due.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    settlement = models.ForeignKey(Settlement, on_delete=models.PROTECT, related_name="allocations")
    payment = models.OneToOneField("payments.PaymentOrder", on_delete=models.PROTECT, related_name="+")
    amount = money_column()
    allocated_at = models.DateTimeField()
    allocated_by = models.CharField(max_length=64)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="allocation_amount_positive")]
        triggers = [AppendOnly()]
