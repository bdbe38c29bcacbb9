"""Links by which a patient lets somebody else read one report, and who opened them."""

from django.db import models
from django.db.models import F, Q

from hospital.audit.api import AppendOnly, KeepVersions
from hospital.kernel.ids import new_id
from hospital.results.models.exams import ExamReport
from hospital.results.models.reports import LabReport


class ReportShare(models.Model):
    """One link to one version of one report. The secret of its address is kept as a keyed hash only."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    token_hash = models.CharField(max_length=64, unique=True)
    account = models.ForeignKey("accounts.PatientAccount", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("patients.Person", on_delete=models.PROTECT, related_name="+")
    lab_report = models.ForeignKey(LabReport, on_delete=models.PROTECT, null=True, related_name="+")
    exam_report = models.ForeignKey(ExamReport, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(lab_report__isnull=True, exam_report__isnull=False)
                | Q(lab_report__isnull=False, exam_report__isnull=True),
                name="share_of_one_report",
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="share_expires_later"),
        ]
        triggers = [KeepVersions()]


class ShareOpening(models.Model):
    """One look by a link: when, with what, from which part of the network; never who, which nobody knows."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    share = models.ForeignKey(ReportShare, on_delete=models.PROTECT, related_name="openings")
    opened_at = models.DateTimeField()
    is_paper = models.BooleanField(default=False)
    network = models.CharField(max_length=50, blank=True)  # the address without its last part
    user_agent = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["share", "-opened_at"], name="share_opening")]
        triggers = [AppendOnly()]
