"""Reports of examinations: what was seen and what it means, written and signed by a doctor."""

import pgtrigger
from django.db import models
from django.db.models import Q

from hospital.audit.api import KeepVersions
from hospital.kernel.ids import new_id
from hospital.kernel.types import BilingualText


class ExamReport(models.Model):
    """The report of one examination that was carried out. Signed it stays; a sensitive one waits for the release."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(max_length=24, unique=True)
    order_line_id = models.UUIDField(unique=True)
    person = models.ForeignKey("patients.Person", on_delete=models.PROTECT, related_name="+")
    encounter = models.ForeignKey("encounters.Encounter", on_delete=models.PROTECT, related_name="+")
    name_zh = models.CharField(max_length=200)
    name_en = models.CharField(max_length=300, blank=True)
    body_part_zh = models.CharField(max_length=80, blank=True)
    body_part_en = models.CharField(max_length=160, blank=True)
    technique_zh = models.TextField(blank=True)
    technique_en = models.TextField(blank=True)
    findings_zh = models.TextField(blank=True)
    findings_en = models.TextField(blank=True)
    impression_zh = models.TextField(blank=True)
    impression_en = models.TextField(blank=True)
    advice_zh = models.TextField(blank=True)
    advice_en = models.TextField(blank=True)
    is_sensitive = models.BooleanField(default=False)  # the doctor speaks with the patient before they read it
    examined_at = models.DateTimeField()
    written_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    signed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    released_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True, signed_by__isnull=True)
                | (Q(signed_at__isnull=False, signed_by__isnull=False) & ~Q(findings_zh="") & ~Q(impression_zh="")),
                name="exam_report_signed_whole",
            ),
            models.CheckConstraint(
                condition=Q(released_at__isnull=True) | Q(signed_at__isnull=False), name="exam_report_released_signed"
            ),
        ]
        indexes = [models.Index(fields=["person", "-signed_at"], name="exam_report_person")]
        triggers = [
            KeepVersions(),
            pgtrigger.Trigger(
                name="signed_exam_report_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func="""
                    IF OLD.signed_at IS NOT NULL AND (
                        TG_OP = 'DELETE'
                        OR (to_jsonb(OLD) - 'released_at' - 'released_by_id')
                            IS DISTINCT FROM (to_jsonb(NEW) - 'released_at' - 'released_by_id')
                    ) THEN
                        RAISE EXCEPTION 'a signed report does not change'
                            USING ERRCODE = 'integrity_constraint_violation';
                    END IF;
                    RETURN COALESCE(NEW, OLD);
                """,
            ),
        ]

    @property
    def name(self) -> BilingualText:
        """What was examined, in both languages."""
        return BilingualText(self.name_zh, self.name_en)
