"""Treatment orders with their planned sessions."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from hospital.audit.api import AppendOnly, KeepVersions
from hospital.kernel.ids import new_id
from hospital.kernel.types import BilingualText
from hospital.treatments.states import SessionState, TreatmentState
from hospital.treatments.vocabulary import Frequency, Laterality, Reaction


def _stays(name: str, *, when: str, may_change: tuple[str, ...]) -> pgtrigger.Trigger:
    """What was signed stays; only what becomes of it changes (N19)."""
    minus = "".join(f" - '{column}'" for column in may_change)
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        func=f"""
            IF {when} AND (TG_OP = 'DELETE' OR (to_jsonb(OLD){minus}) IS DISTINCT FROM (to_jsonb(NEW){minus})) THEN
                RAISE EXCEPTION 'a signed treatment does not change'
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN COALESCE(NEW, OLD);
        """,
    )


# A record goes back to the plan where it was struck out, which keeps it as it stood.
_NOT_STRUCK_OUT = """OLD.state <> 'PLANNED' AND NOT (
    TG_OP = 'UPDATE' AND OLD.state = 'DONE' AND EXISTS (
        SELECT 1 FROM treatments_struckrecord WHERE session_id = OLD.id AND done_at = OLD.done_at
    )
)"""


class Treatment(models.Model):
    """One treatment order, signed as it is written; prints as one sheet."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(max_length=24, unique=True)
    encounter = models.ForeignKey("encounters.Encounter", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("patients.Person", on_delete=models.PROTECT, related_name="+")
    campus = models.ForeignKey("campuses.Campus", on_delete=models.PROTECT, related_name="+")
    item_code = models.CharField(max_length=40)
    name_zh = models.CharField(max_length=200)
    name_en = models.CharField(max_length=300, blank=True)
    site = models.CharField(max_length=20)
    laterality = models.CharField(max_length=8, choices=[(each.value, each.value) for each in Laterality])
    dose = models.DecimalField(max_digits=10, decimal_places=3, null=True)
    dose_unit = models.CharField(max_length=12, blank=True)
    frequency = models.CharField(max_length=8, choices=[(each.value, each.value) for each in Frequency])
    remark = models.CharField(max_length=300, blank=True)
    is_emergency = models.BooleanField(default=False)  # given before it is paid
    state = models.CharField(
        max_length=10, choices=[(each.value, each.value) for each in TreatmentState], default=TreatmentState.OPEN
    )
    ordered_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    ordered_at = models.DateTimeField()
    stopped_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    stopped_at = models.DateTimeField(null=True)
    stop_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="STOPPED", stopped_at__isnull=False, stopped_by__isnull=False) & ~Q(stop_reason="")
                | ~Q(state="STOPPED") & Q(stopped_at__isnull=True),
                name="treatment_stopped_at_by",
            ),
            models.CheckConstraint(
                condition=Q(dose__isnull=True, dose_unit="") | (Q(dose__gt=0) & ~Q(dose_unit="")),
                name="treatment_dose_has_unit",
            ),
        ]
        indexes = [
            models.Index(fields=["campus", "state"], name="treatment_room"),
            models.Index(fields=["encounter"], name="treatment_encounter"),
        ]
        triggers = [
            KeepVersions(),
            _stays(
                "signed_treatment_stays",
                when="TRUE",
                may_change=("state", "stopped_by_id", "stopped_at", "stop_reason"),
            ),
        ]

    @property
    def name(self) -> BilingualText:
        """What is given, in both languages."""
        return BilingualText(self.name_zh, self.name_en)


class TreatmentSession(models.Model):
    """One planned session. Its id is what billing charges, so that each is paid, given and refunded by itself."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    treatment = models.ForeignKey(Treatment, on_delete=models.PROTECT, related_name="sessions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(
        max_length=10, choices=[(each.value, each.value) for each in SessionState], default=SessionState.PLANNED
    )
    executor = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)
    reaction = models.CharField(max_length=8, blank=True, choices=[(each.value, each.value) for each in Reaction])
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["treatment", "number"], name="session_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="session_from_one"),
            models.CheckConstraint(
                condition=(Q(state="DONE", done_at__isnull=False, executor__isnull=False) & ~Q(reaction=""))
                | (~Q(state="DONE") & Q(done_at__isnull=True)),
                name="session_done_at_by",
            ),
        ]
        indexes = [models.Index(F("done_at").desc(), name="session_done")]
        triggers = [KeepVersions(), _stays("done_session_stays", when=_NOT_STRUCK_OUT, may_change=())]


class StruckRecord(models.Model):
    """A record of a session that was a mistake, as it stood, with who struck it out and why; it stays (N19)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    session = models.ForeignKey(TreatmentSession, on_delete=models.PROTECT, related_name="struck")
    executor = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField()
    reaction = models.CharField(max_length=8, choices=[(each.value, each.value) for each in Reaction])
    note = models.CharField(max_length=300, blank=True)
    struck_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    struck_at = models.DateTimeField()
    reason = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "done_at"], name="struck_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="struck_reason"),
        ]
        triggers = [AppendOnly()]
