"""Partners, their keys, and what they asked under which number."""

from django.db import models
from django.db.models import Q

from hospital.audit.api import AppendOnly, KeepVersions
from hospital.kernel.ids import new_id
from hospital.partners.rules.signatures import Algorithm
from hospital.partners.types import Kind


class Partner(models.Model):
    """Somebody whose machines register and pay through the signed interfaces."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.SlugField(max_length=32, unique=True)
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    is_active = models.BooleanField(default=True)
    requests_per_minute = models.PositiveIntegerField(default=300)
    # Whether its machines stand in the hospital: who touches one is there, which checks them in.
    is_on_site = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        triggers = [KeepVersions()]
        constraints = [
            models.CheckConstraint(condition=Q(requests_per_minute__gte=1), name="partner_has_a_rate"),
        ]


class PartnerCampus(models.Model):
    """A campus at which a partner may act."""

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="campuses")
    campus = models.ForeignKey("campuses.Campus", on_delete=models.PROTECT, related_name="+")

    class Meta:
        triggers = [KeepVersions()]
        constraints = [models.UniqueConstraint(fields=["partner", "campus"], name="partner_campus_once")]


class PartnerKey(models.Model):
    """A key in one of two places, so that the database knows that no third is valid.

    `secret` is the shared secret or the partner's public key, `answer_secret` what signs our answers: the same secret,
    or a private key of ours. Both are encrypted.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key_id = models.CharField(max_length=40, unique=True)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="keys")
    place = models.PositiveSmallIntegerField()
    algorithm = models.CharField(max_length=12, choices=[(each.value, each.value) for each in Algorithm])
    secret = models.TextField()
    answer_secret = models.TextField()
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        triggers = [KeepVersions(hidden=("secret", "answer_secret"))]
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "place"], condition=Q(ended_at=None), name="partner_has_two_keys_at_most"
            ),
            models.CheckConstraint(condition=Q(place__in=[1, 2]), name="partner_key_place"),
        ]


class SeenNonce(models.Model):
    """A nonce that was used; forgotten once its timestamp is out of the window anyway."""

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="+")
    nonce = models.CharField(max_length=64)
    seen_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partner", "nonce"], name="partner_nonce_once")]


class MinuteCount(models.Model):
    """How many requests a partner sent in a minute."""

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="+")
    minute = models.DateTimeField()
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partner", "minute"], name="partner_minute_once")]


class PartnerRequest(models.Model):
    """A numbered request and its answer, in the transaction that did what was asked. Append-only, kept for ever."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    request_no = models.CharField(max_length=48)
    kind = models.CharField(max_length=12, choices=[(each.value, each.value) for each in Kind])
    body_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    answer = models.JSONField()
    subject_id = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()

    class Meta:
        triggers = [AppendOnly()]
        constraints = [models.UniqueConstraint(fields=["partner", "request_no"], name="partner_request_once")]
        indexes = [
            models.Index(fields=["partner", "subject_id"], condition=~Q(subject_id=""), name="partner_request_subject")
        ]


class RefusedPayment(models.Model):
    """Money that a partner took and that paid nothing. Open until the partner says that the payer has it back."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    request_no = models.CharField(max_length=48)
    transaction_no = models.CharField(max_length=64)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    code = models.CharField(max_length=60)
    refund_no = models.CharField(max_length=40, unique=True)
    refused_at = models.DateTimeField()
    refunded_at = models.DateTimeField(null=True)
    refund_transaction_no = models.CharField(max_length=64, blank=True)

    class Meta:
        triggers = [KeepVersions()]
        constraints = [
            models.UniqueConstraint(fields=["partner", "transaction_no"], name="refused_transaction_once"),
            models.UniqueConstraint(fields=["partner", "request_no"], name="refused_request_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="refused_payment_amount"),
            models.CheckConstraint(
                condition=Q(refunded_at=None, refund_transaction_no="")
                | (Q(refunded_at__isnull=False) & ~Q(refund_transaction_no="")),
                name="refused_payment_refunded",
            ),
        ]
        indexes = [
            models.Index(fields=["partner", "refused_at"], condition=Q(refunded_at=None), name="refused_payment_open")
        ]
