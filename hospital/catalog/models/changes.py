"""Changes that wait for a second person, and files that are taken in."""

from django.db import models
from django.db.models import F, Q

from hospital.audit.api import KeepVersions
from hospital.catalog.models.choices import choices_of
from hospital.catalog.models.items import CatalogItem
from hospital.catalog.types import ChangeKind, ImportState, RuleStatus
from hospital.kernel.ids import new_id


class ItemChange(models.Model):
    """A change of an item that one person drafts and another decides: a standard price, a composite's own ratio, its
    parts, or facts. `facts` keeps what each column was and becomes; `applied_at` is when the row took them over.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    item = models.ForeignKey(CatalogItem, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=8, choices=choices_of(ChangeKind))
    base_u = models.DecimalField(max_digits=12, decimal_places=4, null=True)
    ratio = models.DecimalField(max_digits=7, decimal_places=4, null=True)
    facts = models.JSONField(default=dict)
    parts = models.JSONField(default=list)
    valid_from = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)
    document_no = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    status = models.CharField(max_length=10, choices=choices_of(RuleStatus), default=RuleStatus.DRAFT.value)
    maker = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    checker = models.CharField(max_length=64, blank=True)
    checked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(maker=F("checker")), name="item_change_two_people"),
            models.CheckConstraint(
                condition=Q(status=RuleStatus.DRAFT.value) | (~Q(checker="") & Q(checked_at__isnull=False)),
                name="item_change_checked",
            ),
            models.CheckConstraint(
                condition=~Q(kind=ChangeKind.PRICE.value) | Q(base_u__gte=0), name="item_change_price"
            ),
            models.CheckConstraint(condition=Q(ratio__isnull=True) | Q(ratio__gte=0), name="item_change_ratio"),
            models.CheckConstraint(
                condition=Q(applied_at__isnull=True) | Q(status=RuleStatus.PUBLISHED.value), name="item_change_applied"
            ),
            models.UniqueConstraint(
                fields=["item"],
                condition=Q(kind=ChangeKind.FACTS.value, status=RuleStatus.PUBLISHED.value, applied_at__isnull=True),
                name="item_change_one_scheduled",
            ),
        ]
        indexes = [models.Index(fields=["status", "made_at"], name="item_change_waiting")]
        triggers = [KeepVersions()]


class CatalogImport(models.Model):
    """A file of catalog rows: checked as a whole, then taken in as a whole by another person, or not at all."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    file_name = models.CharField(max_length=200)
    content = models.BinaryField()
    valid_from = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=choices_of(ImportState))
    rows_total = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    faults = models.JSONField(default=list)
    maker = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    checker = models.CharField(max_length=64, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(maker=F("checker")), name="catalog_import_two_people")]
        indexes = [models.Index(fields=["-made_at"], name="catalog_import_newest")]
