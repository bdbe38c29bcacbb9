"""Contracts of insurers, and what insurers owe."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from hospital.audit.api import AppendOnly, KeepVersions
from hospital.billing.models.charges import Charge
from hospital.billing.models.columns import code_column, money_column
from hospital.billing.types import Payer
from hospital.kernel.ids import new_id
from hospital.kernel.types import BilingualText


class InsurerContract(models.Model):
    """A commercial insurer's terms. What was settled keeps its own amounts: a change concerns later quotes alone.

    `discount` of 0.1000 takes off ten per cent, from exempt items only where `exempt_items_listed` has their codes.
    `copayment` of 0.2000 leaves a fifth of what the insurer would pay with the patient. `campuses` are those where it
    holds; none stands for all. An insurer has one contract at a time.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=24)
    name_zh = models.CharField(max_length=120)
    name_en = models.CharField(max_length=160)
    discount = models.DecimalField(max_digits=7, decimal_places=4, null=True)
    is_surcharge_excluded = models.BooleanField(default=False)
    exempt_items_listed = models.JSONField(default=list)
    copayment = models.DecimalField(max_digits=5, decimal_places=4, null=True)
    campuses = models.JSONField(default=list)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="insurer_contract_once"),
            models.CheckConstraint(
                condition=Q(discount__isnull=True) | Q(discount__gte=0, discount__lte=1),
                name="insurer_contract_discount",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="insurer_contract_dates"
            ),
            models.CheckConstraint(
                condition=Q(copayment__isnull=True) | Q(copayment__gt=0, copayment__lte=1),
                name="insurer_contract_copayment",
            ),
            ExclusionConstraint(
                name="insurer_contract_one_at_a_time",
                expressions=[
                    ("code", RangeOperators.EQUAL),
                    (
                        Func(
                            F("valid_from"),
                            F("valid_to"),
                            RangeBoundary(inclusive_lower=True, inclusive_upper=True),
                            function="DATERANGE",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]
        triggers = [KeepVersions()]

    @property
    def name(self) -> BilingualText:
        """The insurer's name in both languages."""
        return BilingualText(self.name_zh, self.name_en)


class Receivable(models.Model):
    """What an insurer owes for a settled bill: never a payment. What refunds take off is told by their notes."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    settlement = models.OneToOneField("billing.Settlement", on_delete=models.PROTECT, related_name="receivable")
    person = models.ForeignKey("patients.Person", on_delete=models.PROTECT, related_name="+")
    campus = models.ForeignKey("campuses.Campus", on_delete=models.PROTECT, related_name="+")
    payer = code_column(Payer)
    contract = models.ForeignKey(InsurerContract, on_delete=models.PROTECT, null=True, related_name="+")
    card = models.ForeignKey("patients.InsuranceCard", on_delete=models.PROTECT, null=True, related_name="+")
    amount = money_column()
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="receivable_amount_positive"),
            models.CheckConstraint(
                condition=~Q(payer=Payer.COMMERCIAL.value) | Q(contract__isnull=False), name="receivable_contract"
            ),
        ]
        indexes = [models.Index(fields=["contract", "written_at"], name="receivable_contract_day")]
        triggers = [AppendOnly()]


class ReceivableLine(models.Model):
    """The insurer's share of one line as charged."""

    id = models.BigAutoField(primary_key=True)
    receivable = models.ForeignKey(Receivable, on_delete=models.PROTECT, related_name="lines")
    charge = models.ForeignKey(Charge, on_delete=models.PROTECT, related_name="+")
    amount = money_column()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["receivable", "charge"], name="receivable_line_once")]
        triggers = [AppendOnly()]
