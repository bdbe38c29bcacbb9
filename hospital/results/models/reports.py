"""What was found: reports in versions, each value with the range it was judged by, calls about critical ones."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from hospital.audit.api import AppendOnly, KeepVersions
from hospital.kernel.ids import new_id
from hospital.kernel.types import BilingualText
from hospital.results.models.analytes import Analyte
from hospital.results.models.specimens import Specimen
from hospital.results.states import ReportState
from hospital.results.types import Flag

_MAY_CHANGE = " - 'state' - 'released_at' - 'released_by_id' - 'is_held'"


class LabReport(models.Model):
    """One version of the report of one specimen.

    Four instants (domain brief 4): collected, received, tested, reported. `is_held`: a critical or sensitive value
    waits for the clinician's release before the patient sees it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(max_length=24)
    version = models.PositiveSmallIntegerField(default=1)
    specimen = models.ForeignKey(Specimen, on_delete=models.PROTECT, related_name="reports")
    person = models.ForeignKey("patients.Person", on_delete=models.PROTECT, related_name="+")
    encounter = models.ForeignKey("encounters.Encounter", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in ReportState])
    revision = models.PositiveIntegerField(default=0)
    collected_at = models.DateTimeField()
    received_at = models.DateTimeField()
    tested_at = models.DateTimeField(null=True)
    reported_at = models.DateTimeField(null=True)
    tester = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    verifier = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    comment_zh = models.TextField(blank=True)
    comment_en = models.TextField(blank=True)
    amend_reason = models.TextField(blank=True)
    is_held = models.BooleanField(default=False)
    released_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["specimen", "version"], name="report_version_once"),
            models.UniqueConstraint(fields=["number", "version"], name="report_number_once"),
            models.UniqueConstraint(
                fields=["specimen"], condition=Q(state__in=["DRAFT", "ENTERED"]), name="one_open_report"
            ),
            models.UniqueConstraint(fields=["specimen"], condition=Q(state="VERIFIED"), name="one_current_report"),
            models.CheckConstraint(condition=~Q(tester=F("verifier")), name="tester_is_not_verifier"),
            models.CheckConstraint(
                condition=~Q(state__in=["ENTERED", "VERIFIED", "SUPERSEDED"])
                | Q(tested_at__isnull=False, tester__isnull=False),
                name="report_tested_at_by",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["VERIFIED", "SUPERSEDED"])
                | Q(reported_at__isnull=False, verifier__isnull=False),
                name="report_reported_at_by",
            ),
            models.CheckConstraint(
                condition=Q(released_at__isnull=True) | Q(state__in=["VERIFIED", "SUPERSEDED"]),
                name="released_after_verified",
            ),
            models.CheckConstraint(condition=Q(version=1) | ~Q(amend_reason=""), name="report_amendment_reason"),
        ]
        indexes = [models.Index(fields=["person", "-reported_at"], name="report_person")]
        triggers = [
            KeepVersions(),
            pgtrigger.Trigger(
                name="verified_report_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=f"""
                    IF OLD.state IN ('VERIFIED', 'SUPERSEDED') AND (
                        TG_OP = 'DELETE'
                        OR (to_jsonb(OLD){_MAY_CHANGE}) IS DISTINCT FROM (to_jsonb(NEW){_MAY_CHANGE})
                    ) THEN
                        RAISE EXCEPTION 'a verified report does not change'
                            USING ERRCODE = 'integrity_constraint_violation';
                    END IF;
                    RETURN COALESCE(NEW, OLD);
                """,
            ),
        ]


class ResultValue(models.Model):
    """One value as reported: text (`28`, `<0.01`, `1:160`), judged by the range copied here, never by a later one."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    report = models.ForeignKey(LabReport, on_delete=models.PROTECT, related_name="values")
    request_position = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()
    group_zh = models.CharField(max_length=200)
    group_en = models.CharField(max_length=300, blank=True)
    analyte = models.ForeignKey(Analyte, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=20)
    name_zh = models.CharField(max_length=100)
    name_en = models.CharField(max_length=160)
    unit = models.CharField(max_length=30, blank=True)
    text = models.CharField(max_length=60, blank=True)  # what was typed; a choice's code; empty: not entered yet
    display_zh = models.CharField(max_length=80, blank=True)
    display_en = models.CharField(max_length=120, blank=True)
    number = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    range_zh = models.CharField(max_length=120, blank=True)
    range_en = models.CharField(max_length=160, blank=True)
    low = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    high = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    critical_low = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    critical_high = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    normal_choices = models.JSONField(default=list)
    flag = models.CharField(max_length=2, choices=[(item.value, item.value) for item in Flag], default=Flag.NORMAL)
    is_critical = models.BooleanField(default=False)
    entered_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField(null=True)
    second_text = models.CharField(max_length=60, blank=True)  # the same value in the second unit
    second_unit = models.CharField(max_length=30, blank=True)
    method = models.CharField(max_length=40, blank=True)
    recognition_zh = models.CharField(max_length=30, blank=True)  # the mark of the test at this campus on that day
    recognition_en = models.CharField(max_length=50, blank=True)
    instrument = models.CharField(max_length=120, blank=True)  # the analyzer that sent it; empty: typed by a person

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "analyte"], name="analyte_once_a_report"),
            models.CheckConstraint(
                condition=Q(is_critical=False) | Q(flag__in=["HH", "LL", "A"]), name="critical_has_flag"
            ),
            models.CheckConstraint(
                condition=Q(text="")
                | (Q(entered_at__isnull=False) & (Q(entered_by__isnull=False) | ~Q(instrument=""))),
                name="value_entered_at_by",
            ),
        ]
        indexes = [models.Index(fields=["code"], name="result_code")]
        triggers = [
            KeepVersions(),
            pgtrigger.Trigger(
                name="verified_value_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func="""
                    IF EXISTS (
                        SELECT 1 FROM results_labreport
                        WHERE id IN (OLD.report_id, NEW.report_id) AND state IN ('VERIFIED', 'SUPERSEDED')
                    ) THEN
                        RAISE EXCEPTION 'a verified value does not change'
                            USING ERRCODE = 'integrity_constraint_violation';
                    END IF;
                    RETURN COALESCE(NEW, OLD);
                """,
            ),
        ]

    @property
    def name(self) -> BilingualText:
        """The analyte in both languages."""
        return BilingualText(self.name_zh, self.name_en)


class CriticalCall(models.Model):
    """One call about a critical value, whether the read-back was right or not (domain brief 4)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    result = models.ForeignKey(ResultValue, on_delete=models.PROTECT, related_name="calls")
    value = models.CharField(max_length=60)  # the value at the time of the call
    answered_by = models.CharField(max_length=120)
    read_back = models.CharField(max_length=60)
    is_match = models.BooleanField()
    called_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    called_at = models.DateTimeField()

    class Meta:
        triggers = [AppendOnly()]
