"""Tubes on their way: what is asked of them, and where they are."""

from django.db import models
from django.db.models import Q

from hospital.audit.api import KeepVersions
from hospital.kernel.ids import new_id
from hospital.kernel.types import BilingualText
from hospital.results.states import SpecimenState


class Specimen(models.Model):
    """One tube or cup; `number` is on its label as a barcode."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(max_length=20, unique=True)
    encounter = models.ForeignKey("encounters.Encounter", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("patients.Person", on_delete=models.PROTECT, related_name="+")
    campus = models.ForeignKey("campuses.Campus", on_delete=models.PROTECT, related_name="+")
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=120, blank=True)
    container_zh = models.CharField(max_length=80, blank=True)
    container_en = models.CharField(max_length=160, blank=True)
    state = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in SpecimenState], default=SpecimenState.REQUESTED
    )
    is_emergency = models.BooleanField(default=False)  # examined before it is paid
    requested_at = models.DateTimeField()
    collected_at = models.DateTimeField(null=True)
    collected_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    received_at = models.DateTimeField(null=True)
    received_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    quality_zh = models.CharField(max_length=120, blank=True)
    quality_en = models.CharField(max_length=160, blank=True)
    rejected_at = models.DateTimeField(null=True)
    rejected_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    reject_reason = models.CharField(max_length=200, blank=True)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["REQUESTED", "REJECTED"]) | Q(collected_at__isnull=False),
                name="specimen_collected_at",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["RECEIVED", "RESULTED", "VERIFIED"])
                | Q(received_at__isnull=False, received_by__isnull=False),
                name="specimen_received_at_by",
            ),
            models.CheckConstraint(
                condition=~Q(state="REJECTED") | (Q(rejected_at__isnull=False) & ~Q(reject_reason="")),
                name="specimen_rejected_at",
            ),
        ]
        indexes = [
            models.Index(fields=["campus", "state", "requested_at"], name="specimen_queue"),
            models.Index(fields=["encounter"], name="specimen_encounter"),
        ]
        triggers = [KeepVersions()]

    @property
    def name(self) -> BilingualText:
        """What it is, in both languages."""
        return BilingualText(self.name_zh, self.name_en)

    @property
    def container(self) -> BilingualText:
        """What it is in, in both languages."""
        return BilingualText(self.container_zh, self.container_en)


class LabRequest(models.Model):
    """What one order line asks of a specimen. A line is asked of one usable specimen at a time."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    specimen = models.ForeignKey(Specimen, on_delete=models.PROTECT, related_name="requests")
    order_line_id = models.UUIDField()
    item_code = models.CharField(max_length=40)
    panel_codes = models.JSONField(default=list)  # the catalog items whose panels are measured: several for a set
    name_zh = models.CharField(max_length=200)
    name_en = models.CharField(max_length=300, blank=True)
    position = models.PositiveSmallIntegerField()
    is_active = models.BooleanField(default=True)  # false once the specimen was rejected

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["order_line_id"], condition=Q(is_active=True), name="line_asked_of_one_specimen"
            )
        ]
        triggers = [KeepVersions()]

    @property
    def name(self) -> BilingualText:
        """What was ordered, in both languages."""
        return BilingualText(self.name_zh, self.name_en)
