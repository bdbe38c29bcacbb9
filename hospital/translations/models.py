"""Translations of signed texts by segment, what was accepted in them, the glossary (D55, N19)."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from hospital.audit.api import AppendOnly, KeepVersions
from hospital.kernel.ids import new_id
from hospital.kernel.types import BilingualText
from hospital.translations.states import Origin, TranslationState

_LANGUAGES = [("zh", "zh"), ("en", "en")]
_RELEASED = "REVIEWED"


class Translation(models.Model):
    """One edition of the translation of one version of a source. Whether it is stale is the source's hash against
    this one's, so it is never stored."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=64)
    source_version = models.PositiveSmallIntegerField()
    source_digest = models.CharField(max_length=64)
    source_language = models.CharField(max_length=2, choices=_LANGUAGES)
    signed_by_zh = models.CharField(max_length=120)
    signed_by_en = models.CharField(max_length=120)
    signed_at = models.DateTimeField()
    title_zh = models.CharField(max_length=160)
    title_en = models.CharField(max_length=160)
    names = models.JSONField(default=list)
    person = models.ForeignKey("patients.Person", on_delete=models.PROTECT, null=True, related_name="+")
    person_name = models.CharField(max_length=160)
    campus = models.ForeignKey("campuses.Campus", on_delete=models.PROTECT, related_name="+")
    edition = models.PositiveSmallIntegerField(default=1)
    edition_reason = models.CharField(max_length=300, blank=True)
    is_urgent = models.BooleanField(default=False)
    state = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in TranslationState], default=TranslationState.DRAFT
    )
    requested_at = models.DateTimeField()
    requested_by = models.CharField(max_length=64)
    translator = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    reviewer = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    return_reason = models.CharField(max_length=300, blank=True)
    end_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "source_digest", "edition"],
                condition=~Q(state__in=["OVERTAKEN", "CANCELLED"]),
                name="translation_edition_once",
            ),
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id"],
                condition=Q(state__in=["DRAFT", "SUBMITTED", "RETURNED"]),
                name="one_open_translation",
            ),
            models.CheckConstraint(
                condition=Q(translator__isnull=True) | Q(reviewer__isnull=True) | ~Q(translator=F("reviewer")),
                name="translation_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(state=_RELEASED)
                | Q(translator__isnull=False, reviewer__isnull=False, reviewed_at__isnull=False),
                name="translation_released_by",
            ),
            models.CheckConstraint(condition=~Q(state="RETURNED") | ~Q(return_reason=""), name="return_has_reason"),
            models.CheckConstraint(condition=~Q(state="CANCELLED") | ~Q(end_reason=""), name="cancelling_has_reason"),
            models.CheckConstraint(condition=Q(edition=1) | ~Q(edition_reason=""), name="edition_has_reason"),
        ]
        indexes = [
            models.Index(fields=["campus", "state", "-is_urgent", "requested_at"], name="translation_queue"),
        ]
        triggers = [
            KeepVersions(),
            pgtrigger.Protect(
                name="released_translation_stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state=_RELEASED),
            ),
        ]

    @property
    def target_language(self) -> str:
        """The language that it is written in."""
        return "en" if self.source_language == "zh" else "zh"

    @property
    def title(self) -> BilingualText:
        """What kind of text it is, in both languages."""
        return BilingualText(self.title_zh, self.title_en)

    @property
    def signed_by(self) -> BilingualText:
        """Who signed the source."""
        return BilingualText(self.signed_by_zh, self.signed_by_en)


class Segment(models.Model):
    """One segment. `source_hash` finds the same words elsewhere."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    translation = models.ForeignKey(Translation, on_delete=models.PROTECT, related_name="segments")
    position = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=80)
    heading_zh = models.CharField(max_length=120, blank=True)
    heading_en = models.CharField(max_length=120, blank=True)
    source = models.TextField()
    source_hash = models.CharField(max_length=64)
    target = models.TextField(blank=True)
    origin = models.CharField(max_length=8, choices=[(o.value, o.value) for o in Origin], default=Origin.NONE)
    written_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["translation", "position"], name="segment_position_once"),
            models.UniqueConstraint(fields=["translation", "key"], name="segment_key_once"),
        ]
        indexes = [models.Index(fields=["source_hash"], name="segment_source")]
        triggers = [
            KeepVersions(),
            pgtrigger.Trigger(
                name="released_segment_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func="""
                    IF EXISTS (
                        SELECT 1 FROM translations_translation
                        WHERE id IN (OLD.translation_id, NEW.translation_id) AND state = 'REVIEWED'
                    ) THEN
                        RAISE EXCEPTION 'the translation of this segment is released'
                            USING ERRCODE = 'integrity_constraint_violation';
                    END IF;
                    RETURN COALESCE(NEW, OLD);
                """,
            ),
        ]

    @property
    def heading(self) -> BilingualText:
        """The heading above it."""
        return BilingualText(self.heading_zh, self.heading_en)


class Acceptance(models.Model):
    """A difference that a translator lets stand, with the reason. It holds for this very difference only."""

    segment = models.ForeignKey(Segment, on_delete=models.PROTECT, related_name="acceptances")
    finding = models.CharField(max_length=400)
    reason = models.CharField(max_length=300)
    accepted_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["segment", "finding"], name="finding_accepted_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="acceptance_has_reason"),
        ]
        triggers = [AppendOnly()]


class GlossaryTerm(models.Model):
    """A term and its approved English; without one it is a gap that somebody closes."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    zh = models.CharField(max_length=80, unique=True)
    en = models.CharField(max_length=120, blank=True)
    also_en = models.JSONField(default=list)
    not_en = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=200, blank=True)
    is_retired = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(zh=""), name="term_has_chinese")]
        triggers = [KeepVersions()]
