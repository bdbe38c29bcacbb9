"""Claims at the national insurance's bureau: one settlement there, by our number."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from hospital.audit.api import AppendOnly, KeepVersions
from hospital.insurance.states import ClaimState, Step, Wanted
from hospital.kernel.ids import new_id


def _money() -> "models.DecimalField[Decimal, Decimal]":
    return models.DecimalField(max_digits=14, decimal_places=2, default=Decimal("0.00"))


class NationalClaim(models.Model):
    """What is uploaded of a bill. `refund_id` is the refund note after which kept lines are settled again.

    `asked_step` is set while a transaction is unanswered: it is asked after before anything else happens.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(max_length=24, unique=True)
    person = models.ForeignKey("patients.Person", on_delete=models.PROTECT, related_name="+")
    campus = models.ForeignKey("campuses.Campus", on_delete=models.PROTECT, related_name="+")
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    refund = models.OneToOneField("billing.RefundNote", on_delete=models.PROTECT, null=True, related_name="+")
    insured_number = models.CharField(max_length=255)  # encrypted
    state = models.CharField(max_length=12, choices=[(each.value, each.value) for each in ClaimState])
    wanted = models.CharField(max_length=12, choices=[(each.value, each.value) for each in Wanted])
    base = _money()
    fund = _money()
    account = _money()
    cash = _money()
    bureau_number = models.CharField(max_length=40, blank=True)
    asked_step = models.CharField(max_length=4, blank=True, choices=[(each.value, each.value) for each in Step])
    asked_first_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    fault = models.CharField(max_length=200, blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["NEW", "UPLOADED", "CANCELLED"]) | Q(base=F("fund") + F("account") + F("cash")),
                name="claim_adds_up",
            ),
            models.CheckConstraint(condition=Q(fund__gte=0, account__gte=0, cash__gte=0), name="claim_not_negative"),
            models.CheckConstraint(
                condition=~Q(state=ClaimState.SETTLED.value) | ~Q(bureau_number=""), name="claim_settled_number"
            ),
        ]
        indexes = [models.Index(fields=["person", "-opened_at"], name="claim_person")]
        triggers = [KeepVersions(hidden=("insured_number",))]


class NationalClaimLine(models.Model):
    """One uploaded line."""

    id = models.BigAutoField(primary_key=True)
    claim = models.ForeignKey(NationalClaim, on_delete=models.PROTECT, related_name="lines")
    charge = models.ForeignKey("billing.Charge", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=40)
    qty = models.DecimalField(max_digits=12, decimal_places=4)
    price = models.DecimalField(max_digits=14, decimal_places=4)
    base = _money()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["claim", "charge"], name="claim_line_once"),
            models.CheckConstraint(condition=Q(base__gt=0), name="claim_line_not_zero"),
        ]
        triggers = [AppendOnly()]
