"""Signed prescriptions on their way from the review to the patient's hands."""

from django.db import models
from django.db.models import F, Q

from hospital.audit.api import AppendOnly, KeepVersions
from hospital.kernel.ids import new_id
from hospital.kernel.types import BilingualText
from hospital.pharmacy.states import OPEN, PrescriptionState
from hospital.pharmacy.types import RejectReason


class Prescription(models.Model):
    """One signed prescription. What stands on it, `orders` keeps; here is what the pharmacy does with it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    order_id = models.UUIDField(unique=True)
    number = models.CharField(max_length=24, unique=True)
    encounter = models.ForeignKey("encounters.Encounter", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("patients.Person", on_delete=models.PROTECT, related_name="+")
    campus = models.ForeignKey("campuses.Campus", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in PrescriptionState], default=PrescriptionState.SIGNED
    )
    has_control = models.BooleanField(default=False)  # narcotic or psychotropic I
    signed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()
    valid_until = models.DateField()
    reviewed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    reject_reason = models.CharField(max_length=20, blank=True, choices=[(r.value, r.value) for r in RejectReason])
    reject_words = models.CharField(max_length=300, blank=True)
    stands_by = models.CharField(max_length=300, blank=True)  # the doctor's reason of the second signature
    prepared_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    prepared_at = models.DateTimeField(null=True)
    dispensed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    dispensed_at = models.DateTimeField(null=True)
    recipient = models.CharField(max_length=120, blank=True)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=[PrescriptionState.DISPENSED, PrescriptionState.RETURNED])
                | Q(
                    prepared_by__isnull=False,
                    dispensed_by__isnull=False,
                    prepared_at__isnull=False,
                    dispensed_at__isnull=False,
                ),
                name="dispensed_by_people",
            ),
            models.CheckConstraint(
                condition=Q(dispensed_by__isnull=True) | ~Q(dispensed_by=F("prepared_by")),
                name="two_people_dispense",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[PrescriptionState.PASSED, PrescriptionState.REJECTED])
                | Q(reviewed_by__isnull=False, reviewed_at__isnull=False),
                name="prescription_reviewed_by",
            ),
            models.CheckConstraint(
                condition=~Q(state=PrescriptionState.REJECTED) | ~Q(reject_reason=""), name="rejected_with_reason"
            ),
            models.CheckConstraint(
                condition=~Q(has_control=True, state=PrescriptionState.DISPENSED) | ~Q(recipient=""),
                name="controlled_recipient_named",
            ),
        ]
        indexes = [
            models.Index(fields=["campus", "signed_at"], condition=Q(state__in=OPEN), name="prescription_open"),
            models.Index(fields=["encounter"], name="prescription_encounter"),
            models.Index(fields=["person", "-signed_at"], name="prescription_person"),
        ]
        triggers = [KeepVersions()]


class PrescriptionLine(models.Model):
    """One drug of a prescription. `is_left_out`: its money went back before it was picked; `returned_at`: the last
    of it came back."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    prescription = models.ForeignKey(Prescription, on_delete=models.PROTECT, related_name="lines")
    order_line_id = models.UUIDField(unique=True)
    item = models.ForeignKey("catalog.CatalogItem", on_delete=models.PROTECT, related_name="+")
    item_code = models.CharField(max_length=40)
    name_zh = models.CharField(max_length=200)
    name_en = models.CharField(max_length=300, blank=True)
    quantity = models.DecimalField(max_digits=12, decimal_places=4)
    days = models.PositiveSmallIntegerField()
    is_left_out = models.BooleanField(default=False)
    returned_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(quantity__gt=0), name="prescribed_above_zero")]
        triggers = [KeepVersions()]

    @property
    def name(self) -> BilingualText:
        """The name in both languages, as ordered."""
        return BilingualText(self.name_zh, self.name_en)


class Pick(models.Model):
    """So much of a line comes from this batch."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    line = models.ForeignKey(PrescriptionLine, on_delete=models.PROTECT, related_name="picks")
    batch = models.ForeignKey("pharmacy.Batch", on_delete=models.PROTECT, related_name="+")
    quantity = models.DecimalField(max_digits=12, decimal_places=4)
    returned = models.DecimalField(max_digits=12, decimal_places=4, default=0)  # of it came back

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["line", "batch"], name="pick_once_a_batch"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="picked_above_zero"),
            models.CheckConstraint(condition=Q(returned__gte=0, returned__lte=F("quantity")), name="returned_within"),
        ]
        triggers = [KeepVersions()]


class TakeBack(models.Model):
    """So much of a pick came back, why, and whether it went into stock again."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    pick = models.ForeignKey(Pick, on_delete=models.PROTECT, related_name="take_backs")
    quantity = models.DecimalField(max_digits=12, decimal_places=4)
    reason = models.CharField(max_length=300)
    is_restocked = models.BooleanField()
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0) & ~Q(reason=""), name="take_back_sense"),
        ]
        triggers = [AppendOnly()]
