"""Charged lines with the snapshot of how they were priced (domain brief §1.3, §1.6.15)."""

from decimal import Decimal

import pgtrigger
from django.db import models
from django.db.models import F, Q

from hospital.audit.api import KeepVersions
from hospital.billing.models.columns import code_column, money_column, quantity_column, unit_price_column
from hospital.billing.states import PAID_STATES, ChargeState, Execution
from hospital.billing.types import SourceKind
from hospital.catalog.types import (
    Combination,
    FeeClass,
    InsuranceClass,
    Nature,
    RoundingMode,
    ServiceLine,
    SurchargeSource,
)
from hospital.kernel.ids import new_id
from hospital.kernel.types import BilingualText

_PAID = [state.value for state in PAID_STATES]
_MOVING = (
    "state",
    "version",
    "execution",
    "executed_at",
    "executed_by",
    "out_qty",
    "settlement_id",
    "settled_at",
    "encounter_id",
    "refunded_qty",
    "refunded_base",
    "refunded_total",
    "refunded_discount",
    "refunded_to_adjudication",
)


class SettledStays(pgtrigger.Trigger):
    """A charge that is paid or voided keeps its snapshot for ever; no charge is ever deleted."""

    when = pgtrigger.Before
    operation = pgtrigger.Update | pgtrigger.Delete

    def get_func(self, model: object) -> str:
        """The body of the trigger function."""
        minus = f" - '{{{','.join(_MOVING)}}}'::text[]"  # one copy of a wide row; a minus a column made thirteen
        return f"""
            IF TG_OP = 'DELETE' OR (
                OLD.state NOT IN ('PENDING', 'CONFIRMED')
                AND to_jsonb(NEW){minus} <> to_jsonb(OLD){minus}
            ) THEN
                RAISE EXCEPTION 'a settled or voided charge is immutable'
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NEW;
        """


class Charge(models.Model):
    """One charged line.

    `source_kind`, `source_id` and `source_part` say what it is charged for; together they are unique, so that a thing
    is charged once. `out_qty` is how much of it was carried out and has not come back: that much is not refunded.
    `version` counts every change of what a payer would agree to. The `refunded_…` columns are the sums of refund
    parts that are under way or completed: the database holds them below what was charged. `discount` and
    `to_adjudication` (the insurer's share) are set when a payer takes the line, and taken off when it is let go.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # The indexes below begin with these four: another one of each would be written at every step of every line.
    person = models.ForeignKey("patients.Person", on_delete=models.PROTECT, db_index=False, related_name="+")
    campus = models.ForeignKey("campuses.Campus", on_delete=models.PROTECT, db_index=False, related_name="+")
    encounter = models.ForeignKey(
        "encounters.Encounter", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    source_kind = code_column(SourceKind)
    source_id = models.UUIDField()
    source_part = models.PositiveSmallIntegerField()
    position = models.PositiveIntegerField()  # among what was charged at once
    state = code_column(ChargeState)
    version = models.PositiveIntegerField(default=1)

    item = models.ForeignKey("catalog.CatalogItem", on_delete=models.PROTECT, related_name="+")
    item_code = models.CharField(max_length=40)
    composites = models.JSONField(default=list)  # codes around the leaf, outermost first
    composite_versions = models.JSONField(default=list)
    name_zh = models.CharField(max_length=200)
    name_en = models.CharField(max_length=300, blank=True)
    spec_zh = models.CharField(max_length=120, blank=True)
    spec_en = models.CharField(max_length=160, blank=True)
    unit_zh = models.CharField(max_length=20, blank=True)
    unit_en = models.CharField(max_length=40, blank=True)
    nature = code_column(Nature)
    fee_class = code_column(FeeClass)
    insurance_code = models.CharField(max_length=40, blank=True)
    insurance_class = code_column(InsuranceClass, length=4)

    qty = quantity_column()
    service_line = code_column(ServiceLine, length=8)
    visit_type = models.CharField(max_length=8)
    age_years = models.PositiveSmallIntegerField()
    is_emergency = models.BooleanField(default=False)
    occurred_at = models.DateTimeField()
    priced_at = models.DateTimeField()

    base_u = unit_price_column()
    price_version = models.CharField(max_length=20)
    public_u = unit_price_column()
    charged_u = unit_price_column()
    decimals = models.PositiveSmallIntegerField()
    source = code_column(SurchargeSource)
    rule_code = models.CharField(max_length=40, blank=True)
    rule_version = models.CharField(max_length=20, blank=True)
    override_composite = models.CharField(max_length=40, blank=True)
    mode = models.CharField(max_length=12, blank=True)
    value = models.DecimalField(max_digits=12, decimal_places=4, null=True)
    combination = code_column(Combination)
    rounding = code_column(RoundingMode, length=8)
    settings_version = models.CharField(max_length=20)
    additions = models.JSONField(default=list)
    is_added = models.BooleanField(null=True)
    exemptions = models.JSONField(default=list)
    is_below_public = models.BooleanField(default=False)
    is_fixed_price_passed = models.BooleanField(default=False)
    explanation = models.JSONField(default=list)
    base = money_column()
    surcharge = money_column()
    total = money_column()
    discount = money_column()
    to_adjudication = money_column()

    execution = code_column(Execution)
    executed_at = models.DateTimeField(null=True)
    executed_by = models.CharField(max_length=64, blank=True)
    out_qty = models.DecimalField(max_digits=12, decimal_places=4, default=Decimal(0))
    settlement = models.ForeignKey(
        "billing.Settlement", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    settled_at = models.DateTimeField(null=True)
    refunded_qty = models.DecimalField(max_digits=12, decimal_places=4, default=Decimal(0))
    refunded_base = money_column()
    refunded_total = money_column()
    refunded_discount = money_column()
    refunded_to_adjudication = money_column()
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source_kind", "source_id", "source_part"], name="charge_once"),
            models.CheckConstraint(condition=Q(qty__gt=0), name="charge_qty_positive"),
            models.CheckConstraint(condition=Q(total=F("base") + F("surcharge")), name="charge_adds_up"),
            models.CheckConstraint(
                condition=Q(surcharge__gte=0, base__gte=0, discount__gte=0) & Q(discount__lte=F("total")),
                name="charge_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(to_adjudication__gte=0) & Q(to_adjudication__lte=F("total") - F("discount")),
                name="charge_insurer_within",
            ),
            models.CheckConstraint(condition=Q(charged_u__gte=F("public_u")), name="charge_not_below_public"),
            models.CheckConstraint(
                condition=Q(refunded_qty__gte=0)
                & Q(refunded_qty__lte=F("qty"))
                & Q(refunded_base__lte=F("base"))
                & Q(refunded_total__lte=F("total"))
                & Q(refunded_discount__lte=F("discount"))
                & Q(refunded_to_adjudication__lte=F("to_adjudication")),
                name="charge_refunds_within",
            ),
            models.CheckConstraint(
                condition=Q(refunded_qty=0, refunded_total=0) | Q(state__in=_PAID), name="charge_refund_needs_payment"
            ),
            models.CheckConstraint(
                condition=(Q(state__in=_PAID) & Q(settled_at__isnull=False) & Q(settlement__isnull=False))
                | (~Q(state__in=_PAID) & Q(settled_at__isnull=True)),
                name="charge_settled_at",
            ),
            models.CheckConstraint(
                condition=~Q(state=ChargeState.CONFIRMED.value) | Q(settlement__isnull=False),
                name="charge_confirmed_settlement",
            ),
            models.CheckConstraint(
                condition=~Q(execution=Execution.EXECUTED.value) | (Q(executed_at__isnull=False) & ~Q(executed_by="")),
                name="charge_executed_at",
            ),
            models.CheckConstraint(
                condition=Q(execution=Execution.EXECUTED.value, out_qty__gt=0)
                | (~Q(execution=Execution.EXECUTED.value) & Q(out_qty=0)),
                name="charge_out_while_executed",
            ),
            models.CheckConstraint(condition=Q(out_qty__lte=F("qty") - F("refunded_qty")), name="charge_out_within"),
        ]
        indexes = [
            models.Index(fields=["encounter", "state"], name="charge_encounter"),
            models.Index(fields=["person", "state", "-created_at"], name="charge_person"),
            models.Index(fields=["campus", "settled_at"], name="charge_campus_day"),
            models.Index(fields=["settlement"], name="charge_settlement"),
        ]
        triggers = [SettledStays(name="settled_stays"), KeepVersions()]

    @property
    def name(self) -> BilingualText:
        """The item's name in both languages as it was charged."""
        return BilingualText(self.name_zh, self.name_en)
