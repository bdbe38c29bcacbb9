"""Who looked at and changed what. Append-only, partitioned by month (tables are made in the migration)."""

from django.db import models
from django.utils import timezone


class AuditEntry(models.Model):
    """One act: a look, a change, a refusal, a sign-in."""

    pk = models.CompositePrimaryKey("id", "at")
    id = models.BigIntegerField(editable=False)
    at = models.DateTimeField(default=timezone.now)
    actor_kind = models.CharField(max_length=10)
    actor_id = models.CharField(max_length=64)
    actor_label = models.CharField(max_length=120)
    campus_code = models.CharField(max_length=20, blank=True)
    action = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=64)
    person_id = models.UUIDField(null=True)
    was_refused = models.BooleanField(default=False)
    reason = models.TextField(blank=True)
    details = models.JSONField(default=dict)
    ip = models.CharField(max_length=45, blank=True)
    request_id = models.CharField(max_length=36, blank=True)

    class Meta:
        managed = False
        db_table = "audit_entry"


class RowVersion(models.Model):
    """What a row of a tracked table held before a change, with the actor; written by the trigger `KeepVersions`."""

    pk = models.CompositePrimaryKey("id", "at")
    id = models.BigIntegerField(editable=False)
    at = models.DateTimeField()
    table_name = models.CharField(max_length=63)
    row_id = models.CharField(max_length=64)
    operation = models.CharField(max_length=6)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    actor = models.CharField(max_length=180, blank=True)

    class Meta:
        managed = False
        db_table = "audit_version"


class AuditSeal(models.Model):
    """A link of the hash chain over the entries `first_id`…`last_id`: later tampering breaks every later link."""

    first_id = models.BigIntegerField(unique=True)
    last_id = models.BigIntegerField(unique=True)
    entries = models.PositiveIntegerField()
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)
    sealed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(last_id__gte=models.F("first_id")), name="audit_seal_order"),
        ]


class SealMark(models.Model):
    """Up to which number entries will be complete once every transaction below `txid` has ended; one row."""

    upto_id = models.BigIntegerField()
    txid = models.BigIntegerField()
