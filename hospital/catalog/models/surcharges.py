"""Surcharge rules and the price office's settings."""

from django.db import models
from django.db.models import F, Q

from hospital.audit.api import AppendOnly, KeepVersions
from hospital.catalog.models.choices import choices_of
from hospital.catalog.models.periods import OnlyEndMayCome, refuse_backward, refuse_overlap
from hospital.catalog.types import (
    Combination,
    CompositeMode,
    InsuranceMode,
    PriceHold,
    RoundingMode,
    RuleStatus,
    ScopeKind,
    ServiceLine,
    SurchargeMode,
)
from hospital.kernel.ids import new_id


class SurchargeRuleRow(models.Model):
    """One surcharge rule (brief §1.3). Published ones never overlap, never change and had a second pair of eyes."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    scope_kind = models.CharField(max_length=12, choices=choices_of(ScopeKind))
    scope_id = models.CharField(max_length=40)
    service_line = models.CharField(max_length=8, choices=choices_of(ServiceLine))
    visit_type = models.CharField(max_length=8, default="ANY")
    campus = models.CharField(max_length=20, default="ANY")
    mode = models.CharField(max_length=12, choices=choices_of(SurchargeMode))
    value = models.DecimalField(max_digits=12, decimal_places=4, null=True)
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True)
    status = models.CharField(max_length=10, choices=choices_of(RuleStatus), default=RuleStatus.DRAFT.value)
    approval_no = models.CharField(max_length=60, blank=True)
    reason_zh = models.CharField(max_length=300, blank=True)
    reason_en = models.CharField(max_length=400, blank=True)
    maker = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    checker = models.CharField(max_length=64, blank=True)
    checked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="surcharge_rule_version"),
            refuse_overlap(
                "scope_kind",
                "scope_id",
                "service_line",
                "visit_type",
                "campus",
                name="surcharge_rule_no_overlap",
                condition=Q(status=RuleStatus.PUBLISHED.value),
            ),
            refuse_backward("surcharge_rule_forward"),
            models.CheckConstraint(condition=~Q(maker=F("checker")), name="surcharge_rule_two_people"),
            models.CheckConstraint(
                condition=~Q(status=RuleStatus.PUBLISHED.value) | (~Q(checker="") & Q(checked_at__isnull=False)),
                name="surcharge_rule_checked",
            ),
            models.CheckConstraint(
                condition=~Q(service_line=ServiceLine.NORMAL.value), name="surcharge_rule_no_normal"
            ),
            models.CheckConstraint(condition=Q(value__isnull=True) | Q(value__gte=0), name="surcharge_rule_positive"),
        ]
        indexes = [models.Index(fields=["status", "scope_kind", "scope_id"], name="surcharge_rule_scope")]
        triggers = [OnlyEndMayCome(published="OLD.status = 'PUBLISHED'"), KeepVersions()]


class OfficeSettings(models.Model):
    """The price office's settings, a new row a change; the newest holds (brief §1.6)."""

    id = models.BigAutoField(primary_key=True)
    rounding_mode = models.CharField(max_length=8, choices=choices_of(RoundingMode), default=RoundingMode.UNIT.value)
    combination = models.CharField(
        max_length=20, choices=choices_of(Combination), default=Combination.SPECIAL_WINS.value
    )
    composite_mode = models.CharField(
        max_length=10, choices=choices_of(CompositeMode), default=CompositeMode.INHERIT.value
    )
    intl_insurance_mode = models.CharField(
        max_length=10, choices=choices_of(InsuranceMode), default=InsuranceMode.NONE.value
    )
    allow_drug_surcharge = models.BooleanField(default=False)
    allow_consumable_surcharge = models.BooleanField(default=False)
    child_age_limit = models.PositiveSmallIntegerField(default=7)
    price_hold = models.CharField(max_length=12, choices=choices_of(PriceHold), default=PriceHold.END_OF_DAY.value)
    cash_rounding = models.DecimalField(max_digits=4, decimal_places=2, null=True)
    set_by = models.CharField(max_length=64)
    set_at = models.DateTimeField()

    class Meta:
        triggers = [AppendOnly()]
