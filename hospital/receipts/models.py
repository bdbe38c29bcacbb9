"""Fiscal receipts and the papers that stand in for them."""

import pgtrigger
from django.db import models
from django.db.models import Q

from hospital.audit.api import KeepVersions
from hospital.kernel.ids import new_id
from hospital.receipts.states import NUMBERED_STATES, PaperState, ReceiptKind, ReceiptState

_NUMBERED = [state.value for state in NUMBERED_STATES]
_LIVE = [state.value for state in ReceiptState if state not in (ReceiptState.REVERSED, ReceiptState.DROPPED)]
_ASKED = ("business_number", "settlement_id", "person_id", "kind", "turn", "amount", "content", "content_hash")
_GIVEN = ("batch", "number", "check_code", "issued_at")


class ReceiptStays(pgtrigger.Trigger):
    """No receipt is deleted; what was asked for and the number that was given never change."""

    when = pgtrigger.Before
    operation = pgtrigger.Update | pgtrigger.Delete

    def get_func(self, model: object) -> str:
        """The body of the trigger function."""
        asked = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in _ASKED)
        given = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in _GIVEN)
        return f"""
            IF TG_OP = 'DELETE' OR {asked} OR (OLD.number <> '' AND ({given})) THEN
                RAISE EXCEPTION 'a fiscal receipt is immutable' USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NEW;
        """


class FiscalReceipt(models.Model):
    """One receipt of a bill, blue or red. `business_number` is what the platform knows it by; it is never used twice.

    `turn` counts the receipts of a bill. `attempts` counts sendings and names the question that is still wanted.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    business_number = models.CharField(max_length=24, unique=True)
    settlement = models.ForeignKey("billing.Settlement", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("patients.Person", on_delete=models.PROTECT, related_name="+")
    campus = models.ForeignKey("campuses.Campus", on_delete=models.PROTECT, related_name="+")
    turn = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=4, choices=[(kind.value, kind.value) for kind in ReceiptKind])
    reverses = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="reversal")
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    reason = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=[(state.value, state.value) for state in ReceiptState])
    requested_at = models.DateTimeField()
    requested_by = models.CharField(max_length=64)
    requested_by_label = models.CharField(max_length=120)
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    fault = models.CharField(max_length=200, blank=True)
    batch = models.CharField(max_length=20, blank=True)
    number = models.CharField(max_length=24, blank=True)
    check_code = models.CharField(max_length=12, blank=True)
    issued_at = models.DateTimeField(null=True)
    copy_url = models.CharField(max_length=400, blank=True)
    is_held_by_paper = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["settlement", "turn"], name="receipt_turn_once"),
            models.UniqueConstraint(
                fields=["settlement"], condition=Q(kind="BLUE", state__in=_LIVE), name="receipt_one_in_force"
            ),
            models.UniqueConstraint(fields=["batch", "number"], condition=~Q(number=""), name="receipt_number_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="receipt_amount_positive"),
            models.CheckConstraint(
                condition=Q(kind="RED", reverses__isnull=False) | Q(kind="BLUE", reverses__isnull=True),
                name="receipt_red_takes_back",
            ),
            models.CheckConstraint(
                condition=(Q(state__in=_NUMBERED, issued_at__isnull=False) & ~Q(number=""))
                | (~Q(state__in=_NUMBERED) & Q(number="", issued_at__isnull=True)),
                name="receipt_issued_has_number",
            ),
            models.CheckConstraint(condition=Q(kind="BLUE") | ~Q(reason=""), name="receipt_red_has_reason"),
        ]
        indexes = [
            models.Index(fields=["campus", "-requested_at"], name="receipt_campus_day"),
            models.Index(fields=["person", "-requested_at"], name="receipt_person"),
            models.Index(
                fields=["campus", "requested_at"],
                condition=Q(state__in=["SENT", "FAILED"]) | Q(is_held_by_paper=True),
                name="receipt_troubled",
            ),
        ]
        triggers = [ReceiptStays(name="receipt_stays"), KeepVersions()]


class PaperReceipt(models.Model):
    """A paper number that was used for a receipt. One at a time counts."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    receipt = models.ForeignKey(FiscalReceipt, on_delete=models.PROTECT, related_name="papers")
    batch = models.CharField(max_length=20)
    number = models.CharField(max_length=24)
    state = models.CharField(max_length=8, choices=[(state.value, state.value) for state in PaperState])
    printed_at = models.DateTimeField()
    printed_by = models.CharField(max_length=64)
    printed_by_label = models.CharField(max_length=120)
    voided_at = models.DateTimeField(null=True)
    voided_by_label = models.CharField(max_length=120, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "number"], condition=~Q(state="FAILED"), name="paper_receipt_number_once"
            ),
            models.UniqueConstraint(
                fields=["receipt"], condition=Q(state__in=["SENT", "PRINTED"]), name="paper_receipt_one_counts"
            ),
            models.CheckConstraint(
                condition=(Q(state="VOID", voided_at__isnull=False) & ~Q(reason=""))
                | (~Q(state="VOID") & Q(voided_at__isnull=True)),
                name="paper_receipt_void_reason",
            ),
        ]
        triggers = [KeepVersions()]
