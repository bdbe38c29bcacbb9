"""Refunds of settled charges."""

from django.db import models
from django.db.models import F, Q

from hospital.audit.api import AppendOnly, KeepVersions
from hospital.billing.models.charges import Charge
from hospital.billing.models.columns import code_column, money_column, quantity_column
from hospital.billing.models.settlements import Settlement
from hospital.billing.states import RefundState, TenderState
from hospital.kernel.actors import ActorKind
from hospital.kernel.ids import new_id


class RefundNote(models.Model):
    """One refund of lines that were paid together. WAITING for a second person, SENT while its tenders are under way.

    `amount` goes back to the patient, `covered_amount` is what the insurer owes less (`account_amount` of it had come
    from the personal account). `cash_rounding` is what rounding its cash part added: the tenders make `amount +
    cash_rounding`. `sent_by` let the money go: it is in that person's daily settlement.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(max_length=24, unique=True)
    settlement = models.ForeignKey(Settlement, on_delete=models.PROTECT, related_name="refunds")
    person = models.ForeignKey("patients.Person", on_delete=models.PROTECT, related_name="+")
    campus = models.ForeignKey("campuses.Campus", on_delete=models.PROTECT, related_name="+")
    amount = money_column()
    covered_amount = money_column()
    account_amount = money_column()
    cash_rounding = money_column()
    state = code_column(RefundState)
    reason = models.CharField(max_length=200)
    idempotency_key = models.CharField(max_length=100, unique=True)
    requested_by = models.CharField(max_length=64)
    requested_by_label = models.CharField(max_length=120)
    approved_by = models.CharField(max_length=64, blank=True)
    approved_by_label = models.CharField(max_length=120, blank=True)
    approved_at = models.DateTimeField(null=True)
    requested_at = models.DateTimeField()
    sent_by = models.CharField(max_length=64, blank=True)
    sent_by_kind = models.CharField(max_length=10, default=ActorKind.SYSTEM.value)
    sent_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    failure_code = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="refund_note_amount"),
            models.CheckConstraint(condition=~Q(reason=""), name="refund_note_reason"),
            models.CheckConstraint(
                condition=Q(state__in=["COMPLETED", "FAILED"], ended_at__isnull=False)
                | (~Q(state__in=["COMPLETED", "FAILED"]) & Q(ended_at__isnull=True)),
                name="refund_note_ended_at",
            ),
            models.CheckConstraint(
                condition=~Q(state=RefundState.SENT.value) | Q(sent_at__isnull=False), name="refund_note_sent"
            ),
            models.CheckConstraint(condition=~Q(approved_by=F("requested_by")), name="refund_note_two_people"),
        ]
        indexes = [
            models.Index(fields=["campus", "-requested_at"], name="refund_note_campus"),
            models.Index(fields=["person", "-requested_at"], name="refund_note_person"),
        ]
        triggers = [KeepVersions()]


class RefundTender(models.Model):
    """The part of a refund that goes back through one payment. `payment_refund_id` is the refund at its channel.

    A part that the channel refused is sent again as a new row.
    """

    id = models.BigAutoField(primary_key=True)
    note = models.ForeignKey(RefundNote, on_delete=models.PROTECT, related_name="tenders")
    payment = models.ForeignKey("payments.PaymentOrder", on_delete=models.PROTECT, related_name="+")
    payment_refund_id = models.UUIDField(unique=True)
    amount = money_column()
    state = code_column(TenderState)
    ended_at = models.DateTimeField(null=True)
    failure_code = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="refund_tender_amount"),
            models.UniqueConstraint(
                fields=["note", "payment"], condition=~Q(state=TenderState.FAILED.value), name="refund_tender_once"
            ),
        ]
        triggers = [KeepVersions()]


class RefundLine(models.Model):
    """One part of a line's refund, from the charge's snapshot. A single part's surcharge may be -0.01.

    `to_adjudication` of `paid_back` is the insurer's, the rest the patient's. A part without a quantity lowered the
    line's price: the thing itself was not given back.
    """

    id = models.BigAutoField(primary_key=True)
    note = models.ForeignKey(RefundNote, on_delete=models.PROTECT, related_name="lines")
    charge = models.ForeignKey(Charge, on_delete=models.PROTECT, related_name="refund_lines")
    qty = quantity_column()
    base = money_column()
    surcharge = money_column()
    total = money_column()
    discount = money_column()
    paid_back = money_column()
    to_adjudication = money_column()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["note", "charge"], name="refund_line_once"),
            models.CheckConstraint(condition=Q(qty__gt=0) | Q(qty=0, total__gt=0), name="refund_line_qty"),
            models.CheckConstraint(condition=Q(total=F("base") + F("surcharge")), name="refund_line_adds_up"),
            models.CheckConstraint(condition=Q(paid_back=F("total") - F("discount")), name="refund_line_paid_back"),
        ]
        triggers = [AppendOnly()]
