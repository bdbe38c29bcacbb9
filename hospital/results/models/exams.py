"""Reports of examinations: what was seen and what it means, written and signed by a doctor."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from hospital.audit.api import KeepVersions
from hospital.kernel.ids import new_id
from hospital.kernel.types import BilingualText
from hospital.results.reporting.kinds import ExamKind
from hospital.results.types import AmendmentKind


class ExamReport(models.Model):
    """One version of the report of an examination that was carried out.

    Signed it stays; an amendment or addendum is a new version that takes its place, and both are kept (N19).
    A sensitive one waits for the release.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(max_length=24)
    version = models.PositiveSmallIntegerField(default=1)
    order_line_id = models.UUIDField()
    person = models.ForeignKey("patients.Person", on_delete=models.PROTECT, related_name="+")
    encounter = models.ForeignKey("encounters.Encounter", on_delete=models.PROTECT, related_name="+")
    name_zh = models.CharField(max_length=200)
    name_en = models.CharField(max_length=300, blank=True)
    exam_kind = models.CharField(
        max_length=12, choices=[(kind.value, kind.value) for kind in ExamKind], default=ExamKind.OTHER
    )
    fields = models.JSONField(default=dict)  # what the kind has beside the text: code -> {zh, en}
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
    amendment_kind = models.CharField(
        max_length=10, blank=True, choices=[(kind.value, kind.value) for kind in AmendmentKind]
    )
    amend_reason_zh = models.TextField(blank=True)
    amend_reason_en = models.TextField(blank=True)
    addendum_zh = models.TextField(blank=True)  # what this version adds to the text of the ones before
    addendum_en = models.TextField(blank=True)
    recognition_zh = models.CharField(max_length=80, blank=True)  # the mark that its campus had, copied at signing
    recognition_en = models.CharField(max_length=160, blank=True)
    is_sensitive = models.BooleanField(default=False)  # the doctor speaks with the patient before they read it
    examined_at = models.DateTimeField()
    written_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    first_read_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    first_read_at = models.DateTimeField(null=True)  # preliminary from now on
    signed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    released_at = models.DateTimeField(null=True)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order_line_id", "version"], name="exam_report_version_once"),
            models.UniqueConstraint(fields=["number", "version"], name="exam_report_number_once"),
            models.UniqueConstraint(
                fields=["order_line_id"], condition=Q(signed_at__isnull=True), name="one_open_exam_report"
            ),
            models.UniqueConstraint(
                fields=["order_line_id"],
                condition=Q(signed_at__isnull=False, superseded_at__isnull=True),
                name="one_current_exam_report",
            ),
            models.CheckConstraint(
                condition=Q(version=1, amendment_kind="")
                | (Q(version__gt=1) & ~Q(amendment_kind="") & ~Q(amend_reason_zh="")),
                name="exam_report_amendment_reason",
            ),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True) | ~Q(amendment_kind="ADDENDUM") | ~Q(addendum_zh=""),
                name="exam_report_addendum_says_something",
            ),
            models.CheckConstraint(
                condition=Q(superseded_at__isnull=True) | Q(signed_at__isnull=False),
                name="exam_report_superseded_signed",
            ),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True, signed_by__isnull=True)
                | (Q(signed_at__isnull=False, signed_by__isnull=False) & ~Q(findings_zh="") & ~Q(impression_zh="")),
                name="exam_report_signed_whole",
            ),
            models.CheckConstraint(
                condition=Q(first_read_at__isnull=True, first_read_by__isnull=True)
                | Q(first_read_at__isnull=False, first_read_by__isnull=False),
                name="exam_report_first_read",
            ),
            models.CheckConstraint(
                condition=~Q(exam_kind="RADIOLOGY")
                | Q(signed_at__isnull=True)
                | (Q(first_read_by__isnull=False) & ~Q(first_read_by=F("signed_by"))),
                name="radiology_read_by_two",
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
                        OR (to_jsonb(OLD) - 'released_at' - 'released_by_id' - 'superseded_at')
                            IS DISTINCT FROM (to_jsonb(NEW) - 'released_at' - 'released_by_id' - 'superseded_at')
                        OR (OLD.superseded_at IS NOT NULL AND OLD.superseded_at IS DISTINCT FROM NEW.superseded_at)
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


class ExamKeyImage(models.Model):
    """An image that shows what the report says, as it was chosen: a copy, since papers are what they were (N20)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    report = models.ForeignKey(ExamReport, on_delete=models.CASCADE, related_name="key_images")
    instance_uid = models.CharField(max_length=64)
    frame = models.PositiveIntegerField(default=1)
    window = models.CharField(max_length=8, blank=True)
    caption_zh = models.CharField(max_length=120, blank=True)
    caption_en = models.CharField(max_length=200, blank=True)
    picture = models.BinaryField()  # JPEG
    added_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "instance_uid", "frame", "window"], name="key_image_once"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="key_image_stays_once_signed",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func="""
                    IF EXISTS (
                        SELECT 1 FROM results_examreport
                        WHERE id IN (OLD.report_id, NEW.report_id) AND signed_at IS NOT NULL
                    ) THEN
                        RAISE EXCEPTION 'a signed report keeps its images'
                            USING ERRCODE = 'integrity_constraint_violation';
                    END IF;
                    RETURN COALESCE(NEW, OLD);
                """,
            ),
        ]
