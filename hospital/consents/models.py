"""The ledger of consents, and what people ask about their own data (PIPL)."""

from django.db import models
from django.db.models import Q

from hospital.consents.types import Way
from hospital.kernel.ids import new_id


class Consent(models.Model):
    """Who agreed to which version of what, when, in which language, from where; kept for good (domain brief 10).

    `person` is the child for whom a guardian agreed, or who agreed to the price notice of a service line (`scope`, with
    the most that it named in `terms`); at a window or a machine there is no account, and `recorded_by` is the witness.
    A withdrawal ends the line, it never deletes it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey("accounts.PatientAccount", on_delete=models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey("patients.Person", on_delete=models.PROTECT, null=True, related_name="+")
    purpose = models.CharField(max_length=20)
    version = models.PositiveSmallIntegerField()
    text_hash = models.CharField(max_length=64)
    language = models.CharField(max_length=10)
    ip = models.CharField(max_length=45, blank=True)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_ip = models.CharField(max_length=45, blank=True)
    scope = models.CharField(max_length=20, blank=True, db_default="")  # the service line of a price notice
    terms = models.JSONField(null=True)
    way = models.CharField(max_length=10, choices=[(way.value, way.value) for way in Way], db_default=Way.APP.value)
    paper = models.CharField(max_length=40, blank=True, db_default="")  # the number of the signed paper
    recorded_by = models.CharField(max_length=64, blank=True, db_default="")
    recorded_by_kind = models.CharField(max_length=10, blank=True, db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "person", "purpose", "version"],
                condition=Q(withdrawn_at=None, scope=""),
                name="consent_once",
                nulls_distinct=False,
            ),
            models.UniqueConstraint(
                fields=["person", "scope", "text_hash"],
                condition=Q(withdrawn_at=None) & ~Q(scope=""),
                name="price_consent_once",
            ),
            models.CheckConstraint(
                condition=Q(account__isnull=False) | ~Q(recorded_by=""), name="consent_has_somebody"
            ),
            models.CheckConstraint(
                condition=Q(scope="") | Q(person__isnull=False, terms__isnull=False), name="price_consent_whole"
            ),
            models.CheckConstraint(condition=~Q(way="PAPER") | ~Q(paper=""), name="consent_names_its_paper"),
        ]


class DataCopy(models.Model):
    """A copy of one's data: built by the worker, encrypted, taken once, wiped."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey("accounts.PatientAccount", on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, default="PREPARING")
    requested_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)
    size = models.PositiveIntegerField(default=0)
    content = models.TextField(blank=True)  # encrypted
    link_hash = models.BinaryField(max_length=32, null=True, unique=True)
    link_expires_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "data copies"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["PREPARING", "READY", "TAKEN", "FAILED", "EXPIRED"]), name="data_copy_state"
            ),
            models.CheckConstraint(condition=Q(state="READY") | Q(content=""), name="data_copy_wiped"),
            models.UniqueConstraint(
                fields=["account"], condition=Q(state__in=["PREPARING", "READY"]), name="one_open_data_copy"
            ),
        ]


class CorrectionRequest(models.Model):
    """Somebody says that what we keep about them is wrong."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey("accounts.PatientAccount", on_delete=models.CASCADE, related_name="+")
    text = models.TextField()
    state = models.CharField(max_length=10, default="OPEN")
    answer_zh = models.TextField(blank=True)
    answer_en = models.TextField(blank=True, db_default="")
    requested_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=64, blank=True, db_default="")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["OPEN", "DONE", "REFUSED"]), name="correction_state"),
        ]
