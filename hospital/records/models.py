"""What the doctor found and thought: notes in versions, diagnoses by ICD-10 (N19)."""

import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper

from hospital.audit.api import KeepVersions
from hospital.kernel.ids import new_id
from hospital.kernel.types import BilingualText
from hospital.records.states import NoteState


class Icd10Code(models.Model):
    """One code of the classification; `search_text` is what a search looks through, in small letters."""

    code = models.CharField(max_length=12, primary_key=True)
    name_zh = models.CharField(max_length=160)
    name_en = models.CharField(max_length=255)
    pinyin = models.CharField(max_length=400, blank=True)  # syllables with spaces: fei yan
    initials = models.CharField(max_length=80, blank=True)  # fy
    chapter = models.CharField(max_length=8)
    search_text = models.TextField()

    class Meta:
        indexes = [
            GinIndex(fields=["search_text"], opclasses=["gin_trgm_ops"], name="icd10_search"),
            models.Index(Upper("code"), name="icd10_code_upper"),
        ]

    @property
    def name(self) -> BilingualText:
        """The term in both languages."""
        return BilingualText(self.name_zh, self.name_en)


class VisitNote(models.Model):
    """One version of the note of one visit. `revision` counts saves of a draft, so that two windows do not collide;
    `saved_window` and `saved_turn` say which window saved last and the how manieth time, so that a save whose answer
    was lost is known again."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    encounter = models.ForeignKey("encounters.Encounter", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("patients.Person", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField(default=1)
    revision = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=8, choices=[(s.value, s.value) for s in NoteState], default=NoteState.DRAFT)
    complaint = models.TextField(blank=True)
    findings = models.TextField(blank=True)
    plan = models.TextField(blank=True)
    amend_reason = models.TextField(blank=True)
    saved_window = models.CharField(max_length=36, blank=True)
    saved_turn = models.PositiveIntegerField(default=0)
    written_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    signed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["encounter", "version"], name="note_version_once"),
            models.UniqueConstraint(fields=["encounter"], condition=Q(state="DRAFT"), name="one_draft_note"),
            models.CheckConstraint(
                condition=Q(state="DRAFT", signed_at__isnull=True, signed_by__isnull=True)
                | Q(state="SIGNED", signed_at__isnull=False, signed_by__isnull=False),
                name="note_signed_at_by",
            ),
            models.CheckConstraint(condition=Q(version=1) | ~Q(amend_reason=""), name="amendment_has_reason"),
        ]
        indexes = [models.Index(fields=["person", "-signed_at"], name="note_person")]
        triggers = [
            KeepVersions(),
            pgtrigger.Protect(
                name="signed_note_stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state="SIGNED"),
            ),
        ]


class Diagnosis(models.Model):
    """A diagnosis of one version of a note, with the names as they were when it was written."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    note = models.ForeignKey(VisitNote, on_delete=models.PROTECT, related_name="diagnoses")
    encounter = models.ForeignKey("encounters.Encounter", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=12)
    name_zh = models.CharField(max_length=160)
    name_en = models.CharField(max_length=255)
    is_main = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name_plural = "diagnoses"
        constraints = [
            models.UniqueConstraint(fields=["note", "code"], name="diagnosis_once_a_note"),
            models.UniqueConstraint(fields=["note"], condition=Q(is_main=True), name="one_main_diagnosis"),
        ]
        indexes = [models.Index(fields=["encounter"], name="diagnosis_encounter")]
        triggers = [
            KeepVersions(),
            pgtrigger.Trigger(
                name="signed_diagnosis_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func="""
                    IF EXISTS (
                        SELECT 1 FROM records_visitnote
                        WHERE id IN (OLD.note_id, NEW.note_id) AND state = 'SIGNED'
                    ) THEN
                        RAISE EXCEPTION 'the note of this diagnosis is signed'
                            USING ERRCODE = 'integrity_constraint_violation';
                    END IF;
                    RETURN COALESCE(NEW, OLD);
                """,
            ),
        ]

    @property
    def name(self) -> BilingualText:
        """The term in both languages."""
        return BilingualText(self.name_zh, self.name_en)


class NoteTemplate(models.Model):
    """Texts that a doctor begins a note with; with a department, all its doctors use and keep it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    owner = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    department = models.ForeignKey("campuses.Department", on_delete=models.PROTECT, null=True, related_name="+")
    name_zh = models.CharField(max_length=60, blank=True)
    name_en = models.CharField(max_length=80, blank=True)
    complaint = models.TextField(blank=True)
    findings = models.TextField(blank=True)
    plan = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name_zh="", name_en=""), name="note_template_named"),
            models.CheckConstraint(condition=~Q(complaint="", findings="", plan=""), name="note_template_has_text"),
        ]
        triggers = [KeepVersions()]


class FavoriteDiagnosis(models.Model):
    """A code that a doctor wants to see before others."""

    owner = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    code = models.ForeignKey(Icd10Code, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name_plural = "favorite diagnoses"
        constraints = [models.UniqueConstraint(fields=["owner", "code"], name="favorite_diagnosis_once")]
        triggers = [KeepVersions()]
