"""Documents that doctors write beside the note, in versions (D55, N19)."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from hospital.audit.api import AppendOnly, KeepVersions
from hospital.clinical_documents.kinds import ClinicalKind
from hospital.clinical_documents.states import ClinicalState, SealOutcome, VersionState
from hospital.kernel.ids import new_id


class ClinicalDocument(models.Model):
    """One document of one visit. `number` is that of the register: a letter gets it at its first signature, a
    certificate that takes a seal at its first seal."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    encounter = models.ForeignKey("encounters.Encounter", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("patients.Person", on_delete=models.PROTECT, related_name="+")
    campus = models.ForeignKey("campuses.Campus", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=24, choices=[(kind.value, kind.value) for kind in ClinicalKind])
    language = models.CharField(max_length=2, choices=[("zh", "zh"), ("en", "en")])
    state = models.CharField(
        max_length=10, choices=[(state.value, state.value) for state in ClinicalState], default=ClinicalState.DRAFT
    )
    number = models.CharField(max_length=24, blank=True)
    started_at = models.DateTimeField()
    first_signed_at = models.DateTimeField(null=True)
    voided_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            # A second click on "new" opens what the first one made.
            models.UniqueConstraint(
                fields=["encounter", "kind"], condition=Q(state="DRAFT"), name="one_clinical_draft_a_kind"
            ),
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="clinical_number_once"),
            models.CheckConstraint(
                condition=Q(state="VOIDED", voided_at__isnull=False, voided_by__isnull=False) & ~Q(void_reason="")
                | ~Q(state="VOIDED") & Q(voided_at__isnull=True, voided_by__isnull=True, void_reason=""),
                name="clinical_void_reason",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["DRAFT", "WITHDRAWN"], number="", first_signed_at__isnull=True)
                | Q(state__in=["SIGNED", "VOIDED"], first_signed_at__isnull=False),
                name="clinical_first_signed_at",
            ),
        ]
        indexes = [
            models.Index(fields=["encounter", "started_at"], name="clinical_encounter"),
            models.Index(fields=["person", "-first_signed_at"], name="clinical_person"),
            models.Index(fields=["campus", "-first_signed_at", "-id"], name="clinical_register"),
        ]
        triggers = [
            KeepVersions(),
            pgtrigger.ReadOnly(
                name="identity_stays", fields=["encounter", "person", "campus", "kind", "language", "started_at"]
            ),
            pgtrigger.Protect(
                name="number_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    'length(OLD."number") > 0 AND NEW."number" IS DISTINCT FROM OLD."number"'
                ),
            ),
            pgtrigger.Protect(name="document_never_deleted", operation=pgtrigger.Delete),
        ]


class DocumentVersion(models.Model):
    """One version. `revision` counts the saves of a draft; `content_hash` covers what was signed. `reviews` is the
    signed version that a superior doctor read, changed or confirmed with this one."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    document = models.ForeignKey(ClinicalDocument, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveSmallIntegerField(default=1)
    revision = models.PositiveIntegerField(default=0)
    state = models.CharField(
        max_length=10, choices=[(state.value, state.value) for state in VersionState], default=VersionState.DRAFT
    )
    content = models.JSONField(default=dict)
    amend_reason = models.CharField(max_length=200, blank=True)
    reviews = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    written_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    signed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)
    content_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "version"], name="clinical_version_once"),
            models.UniqueConstraint(fields=["document"], condition=Q(state="DRAFT"), name="one_clinical_draft"),
            models.CheckConstraint(
                condition=Q(state="SIGNED", signed_at__isnull=False, signed_by__isnull=False) & ~Q(content_hash="")
                | ~Q(state="SIGNED") & Q(signed_at__isnull=True, signed_by__isnull=True, content_hash=""),
                name="clinical_version_signed",
            ),
            models.CheckConstraint(
                condition=Q(version=1, reviews__isnull=True)
                | Q(version__gt=1) & (~Q(amend_reason="") | Q(reviews__isnull=False)),
                name="clinical_amendment_reason",
            ),
        ]
        indexes = [models.Index(fields=["-signed_at"], name="clinical_signed_at")]
        triggers = [
            KeepVersions(),
            pgtrigger.Protect(
                name="signed_version_stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state__in=["SIGNED", "WITHDRAWN"]),
            ),
        ]


class SealDecision(models.Model):
    """What the medical affairs office decided about one signed version; another person than who signed it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.OneToOneField(DocumentVersion, on_delete=models.PROTECT, related_name="seal")
    outcome = models.CharField(max_length=10, choices=[(outcome.value, outcome.value) for outcome in SealOutcome])
    signed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(signed_by=F("decided_by")), name="clinical_seal_two_people"),
            models.CheckConstraint(
                condition=Q(outcome="SEALED", reason="") | Q(outcome="RETURNED") & ~Q(reason=""),
                name="clinical_return_reason",
            ),
        ]
        triggers = [AppendOnly()]
