"""What doctors ask for: prescriptions, laboratory tests, examinations."""

from enum import StrEnum

import pgtrigger
from django.db import models
from django.db.models import Q

from hospital.audit.api import KeepVersions
from hospital.kernel.ids import new_id
from hospital.kernel.types import BilingualText
from hospital.orders.decoction_words import Handling, Maker, Meal, Use, Warmth
from hospital.orders.states import LineState, OrderState
from hospital.orders.types import OrderKind, PrescriptionClass, RepeatReason, Urgency
from hospital.orders.vocabulary import Frequency, Route


class SignedStays(pgtrigger.Trigger):
    """Refuses to change anything of a signed order but the columns of what became of it (N19)."""

    when = pgtrigger.Before
    operation = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete

    def __init__(self, *, name: str, is_signed: str, may_change: tuple[str, ...]) -> None:
        self._is_signed = is_signed
        self._may_change = may_change
        super().__init__(name=name)

    def get_func(self, _model: object) -> str:
        """The body of the trigger function."""
        minus = "".join(f" - '{column}'" for column in self._may_change)
        return f"""
            IF ({self._is_signed}) AND (
                TG_OP <> 'UPDATE' OR (to_jsonb(OLD){minus}) IS DISTINCT FROM (to_jsonb(NEW){minus})
            ) THEN
                RAISE EXCEPTION 'a signed order does not change'
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN COALESCE(NEW, OLD);
        """


def _choices(words: type[StrEnum]) -> list[tuple[str, str]]:
    return [(each.value, each.value) for each in words]


class FormulaColumns(models.Model):
    """What holds for a whole decoction, as `decoction_words.Formula` has it."""

    doses = models.PositiveSmallIntegerField()
    pace = models.CharField(max_length=8, choices=_choices(Frequency))
    parts = models.PositiveSmallIntegerField()
    ml = models.PositiveSmallIntegerField(null=True)
    meal = models.CharField(max_length=10, choices=_choices(Meal))
    warmth = models.CharField(max_length=10, choices=_choices(Warmth))
    use = models.CharField(max_length=10, choices=_choices(Use))
    maker = models.CharField(max_length=10, choices=_choices(Maker))

    class Meta:
        abstract = True


class Order(models.Model):
    """One order of one visit; prints as one paper."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(max_length=24, unique=True)
    encounter = models.ForeignKey("encounters.Encounter", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("patients.Person", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in OrderKind])
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in OrderState], default=OrderState.DRAFT)
    prescription_class = models.CharField(
        max_length=16, blank=True, choices=[(item.value, item.value) for item in PrescriptionClass]
    )
    is_decoction = models.BooleanField(default=False)  # TCM pieces have a prescription of their own
    urgency = models.CharField(
        max_length=10, choices=[(item.value, item.value) for item in Urgency], default=Urgency.ROUTINE
    )
    clinical_info = models.TextField(blank=True)
    purpose = models.TextField(blank=True)
    created_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    signed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)
    valid_until = models.DateField(null=True)  # the last day a prescription is good for
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="DRAFT", signed_at__isnull=True, signed_by__isnull=True)
                | (~Q(state="DRAFT") & Q(signed_at__isnull=False, signed_by__isnull=False)),
                name="order_signed_at_by",
            ),
            models.CheckConstraint(
                condition=~Q(state="CANCELLED") | (Q(cancelled_at__isnull=False) & ~Q(cancel_reason="")),
                name="order_cancelled_at",
            ),
            models.CheckConstraint(
                condition=(Q(kind="PRESCRIPTION") & ~Q(prescription_class=""))
                | (~Q(kind="PRESCRIPTION") & Q(prescription_class="")),
                name="prescription_has_class",
            ),
        ]
        indexes = [
            models.Index(fields=["encounter"], name="order_encounter"),
            models.Index(fields=["person", "-signed_at"], name="order_person"),
        ]
        triggers = [
            KeepVersions(),
            SignedStays(
                name="signed_order_stays",
                is_signed="TG_OP <> 'INSERT' AND OLD.state <> 'DRAFT'",
                may_change=("state", "cancelled_at", "cancel_reason"),
            ),
        ]


class OrderLine(models.Model):
    """One thing asked for, with names, units and directions as they were when it was written."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    item = models.ForeignKey("catalog.CatalogItem", on_delete=models.PROTECT, related_name="+")
    item_code = models.CharField(max_length=40)
    name_zh = models.CharField(max_length=200)
    name_en = models.CharField(max_length=300, blank=True)
    spec_zh = models.CharField(max_length=200, blank=True)
    spec_en = models.CharField(max_length=200, blank=True)
    unit_zh = models.CharField(max_length=40, blank=True)
    unit_en = models.CharField(max_length=60, blank=True)
    quantity = models.DecimalField(max_digits=12, decimal_places=4)
    is_quantity_computed = models.BooleanField(default=False)
    dose = models.DecimalField(max_digits=12, decimal_places=4, null=True)
    dose_unit = models.CharField(max_length=20, blank=True)
    route = models.CharField(max_length=12, blank=True, choices=[(item.value, item.value) for item in Route])
    frequency = models.CharField(max_length=8, blank=True, choices=[(item.value, item.value) for item in Frequency])
    days = models.PositiveSmallIntegerField(null=True)
    handling = models.CharField(max_length=10, blank=True, choices=_choices(Handling))  # of a piece of a decoction
    remark = models.CharField(max_length=300, blank=True)
    days_reason = models.CharField(max_length=300, blank=True)
    allergy_groups = models.JSONField(default=list)
    allergy_reason = models.CharField(max_length=300, blank=True)
    safety_alerts = models.JSONField(default=list)  # what decision support said, in both languages
    safety_reason = models.CharField(max_length=300, blank=True)
    # Why a test is done again although a recent recognized result is there (domain brief 4), and which one.
    repeat_reason = models.CharField(
        max_length=20, blank=True, choices=[(each.value, each.value) for each in RepeatReason]
    )
    repeat_note = models.CharField(max_length=200, blank=True)
    repeated_result = models.UUIDField(null=True)
    specimen_zh = models.CharField(max_length=60, blank=True)
    specimen_en = models.CharField(max_length=120, blank=True)
    container_zh = models.CharField(max_length=80, blank=True)
    container_en = models.CharField(max_length=160, blank=True)
    body_part_zh = models.CharField(max_length=80, blank=True)
    body_part_en = models.CharField(max_length=160, blank=True)
    preparation_zh = models.TextField(blank=True)
    preparation_en = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in LineState], default=LineState.PENDING)
    executed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    executed_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "item_code"], name="item_once_an_order"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="line_quantity_above_zero"),
            models.CheckConstraint(
                condition=Q(state="EXECUTED", executed_at__isnull=False, executed_by__isnull=False)
                | (~Q(state="EXECUTED") & Q(executed_at__isnull=True)),
                name="line_executed_at_by",
            ),
            models.CheckConstraint(
                condition=~Q(state="CANCELLED") | Q(cancelled_at__isnull=False), name="line_cancelled_at"
            ),
        ]
        triggers = [
            KeepVersions(),
            SignedStays(
                name="signed_line_stays",
                is_signed=(
                    "EXISTS (SELECT 1 FROM orders_order WHERE id IN (OLD.order_id, NEW.order_id) AND state <> 'DRAFT')"
                ),
                may_change=("state", "executed_by_id", "executed_at", "cancelled_at", "cancel_reason"),
            ),
        ]

    @property
    def name(self) -> BilingualText:
        """The name in both languages, as ordered."""
        return BilingualText(self.name_zh, self.name_en)


class Decoction(FormulaColumns):
    """How the pieces of one order are decocted and taken together; it stays with the signed order."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    order = models.OneToOneField(Order, on_delete=models.CASCADE, related_name="decoction")
    days_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(doses__gt=0, parts__gt=0), name="decoction_sense")]
        triggers = [
            KeepVersions(),
            SignedStays(
                name="signed_decoction_stays",
                is_signed=(
                    "EXISTS (SELECT 1 FROM orders_order WHERE id IN (OLD.order_id, NEW.order_id) AND state <> 'DRAFT')"
                ),
                may_change=(),
            ),
        ]


class DrugInteraction(models.Model):
    """Two ingredients (INN in small letters) that do not go together, the first by the alphabet, and why."""

    first = models.CharField(max_length=200)
    second = models.CharField(max_length=200)
    text_zh = models.CharField(max_length=200)
    text_en = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="interaction_once"),
            models.CheckConstraint(condition=Q(first__lt=models.F("second")), name="interaction_in_order"),
        ]
        triggers = [KeepVersions()]


class DoseLimit(models.Model):
    """The most of an ingredient a day for an age, of body weight where `is_per_kg`."""

    ingredient = models.CharField(max_length=200)
    most = models.DecimalField(max_digits=12, decimal_places=4)
    unit = models.CharField(max_length=20)
    from_years = models.PositiveSmallIntegerField(default=0)
    to_years = models.PositiveSmallIntegerField(default=200)
    is_per_kg = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ingredient", "from_years"], name="dose_limit_once"),
            models.CheckConstraint(
                condition=Q(most__gt=0, to_years__gt=models.F("from_years")), name="dose_limit_sense"
            ),
        ]
        triggers = [KeepVersions()]


class DrugCaution(models.Model):
    """What an ingredient asks for in pregnancy, or (`below_gfr`) when the kidneys filter less than so much."""

    ingredient = models.CharField(max_length=200)
    from_week = models.PositiveSmallIntegerField(default=0)
    to_week = models.PositiveSmallIntegerField(default=43)
    below_gfr = models.PositiveSmallIntegerField(null=True)
    text_zh = models.CharField(max_length=200)
    text_en = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ingredient", "from_week", "below_gfr"], nulls_distinct=False, name="drug_caution_once"
            ),
            models.CheckConstraint(condition=Q(to_week__gt=models.F("from_week")), name="drug_caution_weeks"),
        ]
        triggers = [KeepVersions()]


class PieceRule(models.Model):
    """How a piece of a decoction is usually handled; a toxic one must be."""

    ingredient = models.CharField(max_length=200, unique=True)
    handling = models.CharField(max_length=10, choices=_choices(Handling))
    is_toxic = models.BooleanField(default=False)

    class Meta:
        triggers = [KeepVersions()]


class OrderSet(models.Model):
    """Orders that a doctor writes together; with a department, all its doctors use and keep it. A favorite drug is a
    set of one."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    owner = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    department = models.ForeignKey("campuses.Department", on_delete=models.PROTECT, null=True, related_name="+")
    name_zh = models.CharField(max_length=60, blank=True)
    name_en = models.CharField(max_length=80, blank=True)
    is_favorite_drug = models.BooleanField(default=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(name_zh="", name_en=""), name="order_set_named")]
        triggers = [KeepVersions()]


class OrderSetFormula(FormulaColumns):
    """The decoction of a set."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    order_set = models.OneToOneField(OrderSet, on_delete=models.CASCADE, related_name="decoction")

    class Meta:
        triggers = [KeepVersions()]


class OrderSetLine(models.Model):
    """One thing of a set; a drug with its coded directions, or a piece of the set's decoction."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    order_set = models.ForeignKey(OrderSet, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in OrderKind])
    item_code = models.CharField(max_length=40)
    name_zh = models.CharField(max_length=200)
    name_en = models.CharField(max_length=300, blank=True)
    dose = models.DecimalField(max_digits=12, decimal_places=4, null=True)
    dose_unit = models.CharField(max_length=20, blank=True)
    route = models.CharField(max_length=12, blank=True, choices=[(item.value, item.value) for item in Route])
    frequency = models.CharField(max_length=8, blank=True, choices=[(item.value, item.value) for item in Frequency])
    days = models.PositiveSmallIntegerField(null=True)
    quantity = models.DecimalField(max_digits=12, decimal_places=4, null=True)  # of packs, where it is not computed
    handling = models.CharField(max_length=10, blank=True, choices=_choices(Handling))
    remark = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order_set", "item_code"], name="item_once_a_set"),
            models.CheckConstraint(
                condition=~Q(kind="PRESCRIPTION")
                | (Q(dose__gt=0, days__gt=0) & ~Q(dose_unit="") & ~Q(route="") & ~Q(frequency="")),
                name="set_drug_has_directions",
            ),
        ]
        triggers = [KeepVersions()]
