"""Issued documents. What was issued never changes; only its state and the count of prints do."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from hospital.audit.api import AppendOnly
from hospital.documents.states import DocumentState
from hospital.documents.types.kinds import DocumentKind, PaperLanguage
from hospital.kernel.ids import new_id


class IssuedDocument(models.Model):
    """One issued paper with the snapshot it is printed from, for ever.

    `subject_kind` and `subject_id` name what it is about without this context knowing it. `replaces` is the earlier
    document that this one supersedes.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(max_length=24, unique=True)
    kind = models.CharField(max_length=24, choices=[(kind.value, kind.value) for kind in DocumentKind])
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=64)
    person = models.ForeignKey("patients.Person", on_delete=models.PROTECT, null=True, related_name="+")
    language = models.CharField(max_length=4, choices=[(language.value, language.value) for language in PaperLanguage])
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    template_version = models.CharField(max_length=8)
    check_code = models.CharField(max_length=9)
    gaps = models.PositiveSmallIntegerField(default=0)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=64)
    issued_by_label = models.CharField(max_length=120)
    state = models.CharField(
        max_length=10, choices=[(state.value, state.value) for state in DocumentState], default=DocumentState.VALID
    )
    state_reason = models.CharField(max_length=200, blank=True)
    state_changed_at = models.DateTimeField(null=True)
    printed_count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            # The same paper of the same thing is issued once; asking again gives the one that is valid.
            models.UniqueConstraint(
                fields=["kind", "subject_kind", "subject_id", "content_hash"],
                condition=Q(state="VALID"),
                name="document_once_while_valid",
            ),
            models.CheckConstraint(
                condition=Q(state="VALID", state_changed_at__isnull=True)
                | (~Q(state="VALID") & Q(state_changed_at__isnull=False)),
                name="document_state_changed_at",
            ),
            models.CheckConstraint(condition=~Q(state="VOIDED") | ~Q(state_reason=""), name="document_void_reason"),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | ~Q(replaces=F("id")), name="document_replaces_another"
            ),
        ]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "-issued_at"], name="document_subject"),
            models.Index(fields=["person", "-issued_at"], name="document_person"),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="content_immutable", exclude=["state", "state_reason", "state_changed_at", "printed_count"]
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]


class SignedCopy(models.Model):
    """The electronic copy of a document in one language with the hospital's digital signature: signed once, then kept,
    so that whoever has it has the same file."""

    document = models.ForeignKey(IssuedDocument, on_delete=models.PROTECT, related_name="signed_copies")
    language = models.CharField(max_length=4, choices=[(language.value, language.value) for language in PaperLanguage])
    pdf = models.BinaryField()
    signed_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "signed copies"
        constraints = [models.UniqueConstraint(fields=["document", "language"], name="signed_copy_once")]
        triggers = [AppendOnly()]


class DocumentTextGap(models.Model):
    """A text that had no English when a document was issued: the work list of whoever maintains names."""

    document = models.ForeignKey(IssuedDocument, on_delete=models.PROTECT, related_name="text_gaps")
    path = models.CharField(max_length=80)
    text_zh = models.TextField()
    noted_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "path"], name="text_gap_once")]
        indexes = [models.Index(fields=["-noted_at"], name="text_gap_noted_at")]
        triggers = [AppendOnly()]
