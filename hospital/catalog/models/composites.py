"""What composites are made of, and their own ratio."""

from django.db import models
from django.db.models import F, Q

from hospital.catalog.models.items import CatalogItem
from hospital.catalog.models.periods import OnlyEndMayCome, refuse_backward, refuse_overlap
from hospital.kernel.ids import new_id


class CompositeList(models.Model):
    """One version of a composite's component list."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    composite = models.ForeignKey(CatalogItem, on_delete=models.PROTECT, related_name="component_lists")
    version = models.PositiveIntegerField()
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["composite", "version"], name="composite_list_version"),
            refuse_overlap("composite", name="composite_list_no_overlap"),
            refuse_backward("composite_list_forward"),
        ]
        triggers = [OnlyEndMayCome()]


class CompositeComponent(models.Model):
    """One part of a composite: an item or another composite."""

    id = models.BigAutoField(primary_key=True)
    component_list = models.ForeignKey(CompositeList, on_delete=models.PROTECT, related_name="components")
    position = models.PositiveSmallIntegerField()
    item = models.ForeignKey(CatalogItem, on_delete=models.PROTECT, related_name="+")
    qty = models.DecimalField(max_digits=10, decimal_places=4)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["component_list", "position"], name="composite_component_position"),
            models.CheckConstraint(condition=Q(qty__gt=0), name="composite_component_qty"),
        ]


class CompositeRatio(models.Model):
    """A composite's own ratio; null inherits (brief §1.6.4). Maker and checker are different people."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    composite = models.ForeignKey(CatalogItem, on_delete=models.PROTECT, related_name="ratios")
    ratio = models.DecimalField(max_digits=7, decimal_places=4, null=True)
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True)
    approval_no = models.CharField(max_length=60, blank=True)
    maker = models.CharField(max_length=64)
    checker = models.CharField(max_length=64)
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            refuse_overlap("composite", name="composite_ratio_no_overlap"),
            refuse_backward("composite_ratio_forward"),
            models.CheckConstraint(condition=~Q(maker=F("checker")), name="composite_ratio_two_people"),
            models.CheckConstraint(condition=Q(ratio__isnull=True) | Q(ratio__gte=0), name="composite_ratio_positive"),
        ]
        triggers = [OnlyEndMayCome()]
