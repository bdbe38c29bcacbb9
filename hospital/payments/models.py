"""Payments, their refunds, and the append-only events that amounts are derived from."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from hospital.audit.api import AppendOnly, KeepVersions
from hospital.kernel.ids import new_id
from hospital.payments.states import ATTENDED_CHANNELS, OPEN_STATES, Channel, PaymentState, RefundState


class PaymentOrder(models.Model):
    """One attempt to take money for an opaque reference.

    `number` is the order number at the acquirer. `refunded_reserved` is the sum of the refunds that ended well or are
    under way: the column on which the database decides that no more is given back than came in. `query_round` counts
    the scheduled queries: only the newest one acts. `end_round` counts the reversals at a wallet, `ending_until` is set
    while one is under way. `session_id` is the card checkout's session or WeChat's prepay id,
    `transaction_no` the acquirer's number of the payment, for reconciliation. `taken_by` is the partner or the terminal
    that took the money, `given` what was handed over in cash.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(max_length=40, unique=True)
    reference_kind = models.CharField(max_length=40)
    reference = models.CharField(max_length=64)
    person = models.ForeignKey("patients.Person", on_delete=models.PROTECT, related_name="+", null=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    currency = models.CharField(max_length=3, default="CNY")
    channel = models.CharField(max_length=16, choices=[(c.value, c.value) for c in Channel], default=Channel.CARD.value)
    state = models.CharField(max_length=16, choices=[(s.value, s.value) for s in PaymentState])
    version = models.IntegerField(default=1)
    idempotency_key = models.CharField(max_length=100, unique=True)

    session_id = models.CharField(max_length=64, blank=True)
    success_indicator = models.CharField(max_length=60, blank=True)
    checkout_url = models.CharField(max_length=300, blank=True)
    expires_at = models.DateTimeField()

    transaction_no = models.CharField(max_length=64, blank=True)
    taken_by = models.CharField(max_length=40, blank=True)
    given = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    card_brand = models.CharField(max_length=20, blank=True)
    card_first6 = models.CharField(max_length=6, blank=True)
    card_last4 = models.CharField(max_length=4, blank=True)
    card_funding = models.CharField(max_length=20, blank=True)
    eci = models.CharField(max_length=2, blank=True)
    authentication_status = models.CharField(max_length=60, blank=True)

    refunded_reserved = models.DecimalField(max_digits=12, decimal_places=2, default=Decimal("0.00"))
    needs_attention = models.BooleanField(default=False)
    attention = models.CharField(max_length=20, blank=True)
    attention_at = models.DateTimeField(null=True)
    query_round = models.IntegerField(default=0)
    end_round = models.IntegerField(default=0)
    ending_until = models.DateTimeField(null=True)

    created_at = models.DateTimeField()
    paying_at = models.DateTimeField(null=True)
    unknown_at = models.DateTimeField(null=True)
    paid_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    refunded_at = models.DateTimeField(null=True)

    class Meta:
        triggers = [KeepVersions(hidden=("success_indicator",))]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_amount_positive"),
            models.CheckConstraint(
                condition=Q(refunded_reserved__gte=0) & Q(refunded_reserved__lte=F("amount")),
                name="payment_refunds_within_amount",
            ),
            models.CheckConstraint(
                condition=Q(refunded_reserved=0) | Q(paid_at__isnull=False), name="payment_refund_needs_payment"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["PAID", "PART_REFUNDED", "REFUNDED"], paid_at__isnull=False)
                | (~Q(state__in=["PAID", "PART_REFUNDED", "REFUNDED"]) & Q(paid_at__isnull=True)),
                name="payment_paid_at",
            ),
            models.CheckConstraint(
                condition=~Q(state="PAYING")
                | (
                    Q(paying_at__isnull=False)
                    & (
                        ~Q(checkout_url="")
                        | ~Q(session_id="")
                        | Q(channel__in=sorted(one.value for one in ATTENDED_CHANNELS))
                    )
                ),
                name="payment_paying_at",
            ),
            models.CheckConstraint(
                condition=~Q(state="UNKNOWN") | Q(unknown_at__isnull=False), name="payment_unknown_at"
            ),
            models.CheckConstraint(condition=~Q(state="CLOSED") | Q(closed_at__isnull=False), name="payment_closed_at"),
            models.CheckConstraint(condition=~Q(state="FAILED") | Q(failed_at__isnull=False), name="payment_failed_at"),
            models.CheckConstraint(
                condition=~Q(state__in=["PART_REFUNDED", "REFUNDED"]) | Q(refunded_at__isnull=False),
                name="payment_refunded_at",
            ),
            models.UniqueConstraint(
                fields=["reference_kind", "reference"],
                condition=Q(state__in=[state.value for state in OPEN_STATES]),
                name="one_open_payment_a_reference",
            ),
            models.UniqueConstraint(
                fields=["taken_by", "transaction_no"],
                condition=Q(channel=Channel.PARTNER.value),
                name="partner_transaction_once",
            ),
            models.CheckConstraint(
                condition=Q(channel=Channel.CASH.value, given__gte=F("amount"))
                | (~Q(channel=Channel.CASH.value) & Q(given__isnull=True)),
                name="payment_cash_given",
            ),
            models.CheckConstraint(
                condition=~Q(channel=Channel.PARTNER.value) | (~Q(taken_by="") & ~Q(transaction_no="")),
                name="payment_partner_named",
            ),
        ]
        indexes = [
            models.Index(fields=["reference_kind", "reference"], name="payment_reference"),
            models.Index(fields=["person", "-created_at"], name="payment_person"),
            models.Index(
                fields=["state"], condition=Q(state__in=["CREATED", "PAYING", "UNKNOWN"]), name="payment_open"
            ),
            models.Index(fields=["attention_at"], condition=Q(needs_attention=True), name="payment_attention"),
        ]


class RefundOrder(models.Model):
    """Money on its way back. `tid` is our transaction id at the acquirer: every retry carries the same."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    order = models.ForeignKey(PaymentOrder, on_delete=models.PROTECT, related_name="refunds")
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in RefundState])
    version = models.IntegerField(default=1)
    idempotency_key = models.CharField(max_length=100, unique=True)
    tid = models.CharField(max_length=40, unique=True)
    reason = models.CharField(max_length=200, blank=True)
    failure_code = models.CharField(max_length=60, blank=True)
    query_round = models.IntegerField(default=0)
    requested_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        triggers = [KeepVersions()]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="refund_amount_positive"),
            models.CheckConstraint(condition=Q(state="REQUESTED") | Q(sent_at__isnull=False), name="refund_sent_at"),
            models.CheckConstraint(
                condition=Q(state__in=["SUCCEEDED", "FAILED"], ended_at__isnull=False)
                | (~Q(state__in=["SUCCEEDED", "FAILED"]) & Q(ended_at__isnull=True)),
                name="refund_ended_at",
            ),
        ]


class PaymentEvent(models.Model):
    """What happened to a payment. Append-only; `amount` is set where money moved: in for PAID, out for REFUNDED."""

    id = models.BigAutoField(primary_key=True)
    order = models.ForeignKey(PaymentOrder, on_delete=models.PROTECT, related_name="events")
    refund = models.ForeignKey(RefundOrder, on_delete=models.PROTECT, related_name="events", null=True)
    kind = models.CharField(max_length=30)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    payload = models.JSONField(default=dict)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10)
    actor_id = models.CharField(max_length=64)

    class Meta:
        triggers = [AppendOnly()]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["PAID", "REFUNDED"], amount__gt=0)
                | (~Q(kind__in=["PAID", "REFUNDED"]) & Q(amount__isnull=True)),
                name="payment_event_amount",
            ),
            models.CheckConstraint(
                condition=~Q(kind="REFUNDED") | Q(refund__isnull=False), name="payment_event_refund"
            ),
            models.UniqueConstraint(fields=["order"], condition=Q(kind="PAID"), name="paid_once"),
            models.UniqueConstraint(fields=["refund"], condition=Q(kind="REFUNDED"), name="refunded_once"),
        ]


class ReceivedNotification(models.Model):
    """A genuine notification, recorded once by the acquirer's id."""

    id = models.BigAutoField(primary_key=True)
    notification_id = models.CharField(max_length=100, unique=True)
    order = models.ForeignKey(PaymentOrder, on_delete=models.PROTECT, related_name="notifications", null=True)
    order_no = models.CharField(max_length=40)
    attempt = models.IntegerField()
    received_at = models.DateTimeField()

    class Meta:
        triggers = [AppendOnly()]
