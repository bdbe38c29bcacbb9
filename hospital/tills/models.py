"""Tills, their daily settlements, and the entries of each. What is closed is never edited."""

from decimal import Decimal

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from hospital.audit.api import AppendOnly, KeepVersions
from hospital.kernel.ids import new_id
from hospital.tills.types import Cause, TillKind


class Till(models.Model):
    """Who takes money at a campus: a cashier (`holder` is the user's id), the patients' phones, a partner."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    campus = models.ForeignKey("campuses.Campus", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=[(each.value, each.value) for each in TillKind])
    holder = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["campus", "kind", "holder"], name="till_once")]
        triggers = [AppendOnly()]


class Closing(models.Model):
    """One daily settlement. It begins where the one before it ended: no overlap, no gap (both held by the database).

    `previous_end` names the end of the one before; the first of a till has none.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(max_length=24, unique=True)
    till = models.ForeignKey(Till, on_delete=models.PROTECT, related_name="closings")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    previous_end = models.DateTimeField(null=True)
    entries_count = models.PositiveIntegerField()
    came = models.DecimalField(max_digits=14, decimal_places=2)
    went = models.DecimalField(max_digits=14, decimal_places=2)
    cash_expected = models.DecimalField(max_digits=14, decimal_places=2)
    cash_counted = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    counts = models.JSONField(default=dict)
    cause = models.CharField(max_length=16, blank=True, choices=[(each.value, each.value) for each in Cause])
    explanation = models.CharField(max_length=300, blank=True)
    float_kept = models.DecimalField(max_digits=10, decimal_places=2, null=True)
    bag_number = models.CharField(max_length=40, blank=True)
    closed_by = models.CharField(max_length=64)
    closed_by_label = models.CharField(max_length=120)
    checked_by = models.CharField(max_length=64, blank=True)
    checked_by_label = models.CharField(max_length=120, blank=True)
    checked_at = models.DateTimeField(null=True)
    posted_by = models.CharField(max_length=64, blank=True)
    posted_by_label = models.CharField(max_length=120, blank=True)
    posted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ended_at__gt=F("started_at")), name="closing_ends_later"),
            models.CheckConstraint(
                condition=Q(previous_end__isnull=True) | Q(previous_end=F("started_at")), name="closing_without_gap"
            ),
            models.UniqueConstraint(fields=["till", "ended_at"], name="closing_end"),
            models.UniqueConstraint(fields=["till", "previous_end"], name="closing_follows_once"),
            models.UniqueConstraint(fields=["till"], condition=Q(previous_end__isnull=True), name="closing_first_once"),
            ExclusionConstraint(
                name="closing_without_overlap",
                expressions=[
                    ("till", RangeOperators.EQUAL),
                    (
                        Func(
                            F("started_at"),
                            F("ended_at"),
                            RangeBoundary(),
                            function="TSTZRANGE",
                            output_field=DateTimeRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
            models.CheckConstraint(condition=Q(float_kept__isnull=True) | Q(float_kept__gte=0), name="closing_float"),
            models.CheckConstraint(
                condition=~Q(checked_by=F("closed_by")) | Q(checked_by=""), name="closing_two_people"
            ),
            models.CheckConstraint(
                condition=Q(posted_at__isnull=True) | Q(checked_at__isnull=False) | Q(cash_counted__isnull=True),
                name="closing_checked_first",
            ),
        ]
        indexes = [models.Index(fields=["ended_at"], name="closing_end_at")]
        triggers = [KeepVersions()]


class ClosingEntry(models.Model):
    """One settled bill or completed refund; each is in one settlement, for ever."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    closing = models.ForeignKey(Closing, on_delete=models.PROTECT, related_name="entries")
    settlement = models.ForeignKey("billing.Settlement", on_delete=models.PROTECT, related_name="+")
    refund = models.OneToOneField("billing.RefundNote", on_delete=models.PROTECT, related_name="+", null=True)
    number = models.CharField(max_length=24)
    bill_number = models.CharField(max_length=24)
    person = models.ForeignKey("patients.Person", on_delete=models.PROTECT, related_name="+")
    payer = models.CharField(max_length=20)
    at = models.DateTimeField()
    charged = models.DecimalField(max_digits=14, decimal_places=2)
    rounding = models.DecimalField(max_digits=14, decimal_places=2)
    covered = models.DecimalField(max_digits=14, decimal_places=2, default=Decimal("0.00"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["settlement"], condition=Q(refund__isnull=True), name="bill_closed_once"),
        ]
        indexes = [models.Index(fields=["closing", "at"], name="closing_entry_order")]
        triggers = [AppendOnly()]


class EntryPart(models.Model):
    """An entry's amount by fee class or by tender."""

    id = models.BigAutoField(primary_key=True)
    entry = models.ForeignKey(ClosingEntry, on_delete=models.PROTECT, related_name="parts")
    axis = models.CharField(max_length=8, choices=[("CLASS", "CLASS"), ("CHANNEL", "CHANNEL")])
    code = models.CharField(max_length=24)
    amount = models.DecimalField(max_digits=14, decimal_places=2)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "axis", "code"], name="entry_part_once")]
        triggers = [AppendOnly()]
