"""The five kinds of priced things in one table, so that orders and charges refer to any of them by one key."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from hospital.audit.api import KeepVersions
from hospital.catalog.models.choices import choices_of
from hospital.catalog.models.pairs import Pairs
from hospital.catalog.models.periods import OnlyEndMayCome, refuse_backward, refuse_overlap
from hospital.catalog.types import (
    CatalogKind,
    Combination,
    CompositeMode,
    FeeClass,
    InsuranceClass,
    Nature,
    PrescriptionClass,
    ServiceCategory,
    TranslationStatus,
)
from hospital.kernel.ids import new_id
from hospital.kernel.types import BilingualText


def _ratio() -> models.DecimalField:  # type: ignore[type-arg]
    return models.DecimalField(max_digits=7, decimal_places=4, null=True)


def _amount() -> models.DecimalField:  # type: ignore[type-arg]
    return models.DecimalField(max_digits=12, decimal_places=4, null=True)


class CatalogItem(models.Model):
    """A charge item, chargeable consumable, composite, price-bureau item or drug (B40-B44)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=12, choices=choices_of(CatalogKind))
    nature = models.CharField(max_length=12, choices=choices_of(Nature), blank=True)  # blank for composites
    fee_class = models.CharField(max_length=20, choices=choices_of(FeeClass))
    name_zh = models.CharField(max_length=200)
    name_en = models.CharField(max_length=300, blank=True)
    translation_status = models.CharField(max_length=8, choices=choices_of(TranslationStatus))
    spec_zh = models.CharField(max_length=120, blank=True)
    spec_en = models.CharField(max_length=160, blank=True)
    unit_zh = models.CharField(max_length=20, blank=True)
    unit_en = models.CharField(max_length=40, blank=True)
    manufacturer_zh = models.CharField(max_length=120, blank=True)
    manufacturer_en = models.CharField(max_length=200, blank=True)
    content_zh = models.TextField(blank=True)  # what a price-bureau item covers
    content_en = models.TextField(blank=True)
    pinyin = models.CharField(max_length=200)
    initials = models.CharField(max_length=200)
    search_text = models.TextField()
    price_item = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="charge_items")
    insurance_code = models.CharField(max_length=40, blank=True)
    insurance_class = models.CharField(
        max_length=4, choices=choices_of(InsuranceClass), default=InsuranceClass.NONE.value
    )
    is_volume_procured = models.BooleanField(default=False)
    is_blood = models.BooleanField(default=False)
    is_statutory_free = models.BooleanField(default=False)
    is_sent_out = models.BooleanField(default=False)
    is_already_special_price = models.BooleanField(default=False)
    is_charged_separately = models.BooleanField(default=True)
    child_ratio = _ratio()
    child_amount = _amount()
    child_under_years = models.PositiveSmallIntegerField(null=True)
    emergency_ratio = _ratio()
    emergency_amount = _amount()
    combination = models.CharField(max_length=20, choices=choices_of(Combination), blank=True)  # blank: the setting
    composite_mode = models.CharField(
        max_length=10, choices=choices_of(CompositeMode), blank=True
    )  # blank: the setting
    sex_limit = models.CharField(max_length=1, blank=True)
    age_from = models.PositiveSmallIntegerField(null=True)
    age_to = models.PositiveSmallIntegerField(null=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=CatalogKind.COMPOSITE.value, nature="")
                | (~Q(kind=CatalogKind.COMPOSITE.value) & ~Q(nature="")),
                name="catalog_item_nature",
            ),
            models.CheckConstraint(
                condition=Q(price_item__isnull=True) | Q(kind=CatalogKind.CHARGE_ITEM.value),
                name="catalog_item_mapping",
            ),
            models.CheckConstraint(
                condition=(Q(child_ratio__isnull=True) | Q(child_amount__isnull=True))
                & (Q(emergency_ratio__isnull=True) | Q(emergency_amount__isnull=True)),
                name="catalog_item_addition_one_of",
            ),
            models.CheckConstraint(
                condition=(~Q(nature=Nature.DRUG.value) & Q(is_statutory_free=False))
                | Q(
                    child_ratio__isnull=True,
                    child_amount__isnull=True,
                    emergency_ratio__isnull=True,
                    emergency_amount__isnull=True,
                ),
                name="catalog_item_addition_allowed",
            ),
            models.CheckConstraint(
                condition=~Q(translation_status=TranslationStatus.REVIEWED.value) | ~Q(name_en=""),
                name="catalog_item_reviewed_english",
            ),
        ]
        indexes = [
            GinIndex(fields=["search_text"], opclasses=["gin_trgm_ops"], name="catalog_item_search"),
            GinIndex(Pairs("search_text"), name="catalog_item_short_search"),
            models.Index(fields=["kind", "pinyin"], name="catalog_item_order"),
            models.Index(fields=["pinyin", "code"], name="catalog_item_all_in_order"),
            models.Index(fields=["initials"], opclasses=["varchar_pattern_ops"], name="catalog_item_initials"),
        ]
        triggers = [KeepVersions(hidden=("search_text",))]

    @property
    def name(self) -> BilingualText:
        """The name in both languages."""
        return BilingualText(self.name_zh, self.name_en)


class StandardPrice(models.Model):
    """One standard price as filed, effective-dated. Published when written; only its end may still come."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    item = models.ForeignKey(CatalogItem, on_delete=models.PROTECT, related_name="prices")
    version = models.PositiveIntegerField()
    base_u = models.DecimalField(max_digits=12, decimal_places=4)
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True)
    document_no = models.CharField(max_length=60, blank=True)
    published_by = models.CharField(max_length=64)
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "version"], name="standard_price_version"),
            refuse_overlap("item", name="standard_price_no_overlap"),
            refuse_backward("standard_price_forward"),
            models.CheckConstraint(condition=Q(base_u__gte=0), name="standard_price_not_negative"),
        ]
        triggers = [OnlyEndMayCome()]


class DrugDetail(models.Model):
    """What only drugs have."""

    item = models.OneToOneField(CatalogItem, on_delete=models.CASCADE, primary_key=True, related_name="drug_detail")
    generic_zh = models.CharField(max_length=160)
    generic_en = models.CharField(max_length=200, blank=True)
    form_zh = models.CharField(max_length=40)
    form_en = models.CharField(max_length=80, blank=True)
    strength = models.CharField(max_length=80)
    dose_unit_zh = models.CharField(max_length=20, blank=True)
    dose_unit_en = models.CharField(max_length=40, blank=True)
    default_dose = models.DecimalField(max_digits=12, decimal_places=4, null=True)
    default_route = models.CharField(max_length=20, blank=True)
    default_frequency = models.CharField(max_length=20, blank=True)
    prescription_class = models.CharField(max_length=16, choices=choices_of(PrescriptionClass))
    antimicrobial_grade = models.CharField(max_length=20, blank=True)
    allergy_group = models.CharField(max_length=40, blank=True)


class ServiceDetail(models.Model):
    """What laboratory tests, examinations and other services have."""

    item = models.OneToOneField(CatalogItem, on_delete=models.CASCADE, primary_key=True, related_name="service_detail")
    category = models.CharField(max_length=16, choices=choices_of(ServiceCategory))
    specimen_zh = models.CharField(max_length=60, blank=True)
    specimen_en = models.CharField(max_length=100, blank=True)
    container_zh = models.CharField(max_length=100, blank=True)
    container_en = models.CharField(max_length=160, blank=True)
    preparation_zh = models.TextField(blank=True)
    preparation_en = models.TextField(blank=True)
    body_part_zh = models.CharField(max_length=60, blank=True)
    body_part_en = models.CharField(max_length=100, blank=True)
    modality = models.CharField(max_length=8, blank=True)

    class Meta:
        indexes = [models.Index(fields=["category"], name="service_detail_category")]
