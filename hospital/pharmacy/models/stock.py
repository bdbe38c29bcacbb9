"""Stock by batch and campus, and the book of its changes."""

from django.db import models
from django.db.models import F, Q

from hospital.audit.api import AppendOnly, KeepVersions
from hospital.kernel.ids import new_id
from hospital.pharmacy.types import MoveKind


class Batch(models.Model):
    """One batch of one drug at one campus, counted in the unit it is sold in. Never below zero."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    campus = models.ForeignKey("campuses.Campus", on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey("catalog.CatalogItem", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=40)
    expires_on = models.DateField()  # the last day on which it may be used
    on_hand = models.DecimalField(max_digits=12, decimal_places=4, default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campus", "item", "number"], name="batch_once_a_campus"),
            models.CheckConstraint(condition=Q(on_hand__gte=0), name="stock_never_negative"),
            models.CheckConstraint(condition=~Q(number=""), name="batch_has_number"),
        ]
        indexes = [
            models.Index(
                fields=["campus", "item", "expires_on"], condition=Q(on_hand__gt=0), name="batch_first_expiring"
            )
        ]
        triggers = [KeepVersions()]


class StockMove(models.Model):
    """One change of a batch: `quantity` with its sign, `balance` after it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="moves")
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in MoveKind])
    quantity = models.DecimalField(max_digits=12, decimal_places=4)
    balance = models.DecimalField(max_digits=12, decimal_places=4)
    prescription = models.ForeignKey("pharmacy.Prescription", on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    witness = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(quantity=0), name="move_moves"),
            models.CheckConstraint(condition=Q(balance__gte=0), name="balance_never_negative"),
            models.CheckConstraint(condition=~Q(witness=F("by")), name="witness_is_another"),
        ]
        indexes = [models.Index(fields=["batch", "-at"], name="stock_move_batch")]
        triggers = [AppendOnly()]
