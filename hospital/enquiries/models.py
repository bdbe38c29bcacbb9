"""What patients write to the service desk, and what it answers."""

from django.db import models
from django.db.models import Q

from hospital.audit.api import AppendOnly, KeepVersions
from hospital.enquiries.states import EnquiryState
from hospital.enquiries.types import EnquiryTopic
from hospital.kernel.ids import new_id


class Enquiry(models.Model):
    """One enquiry of one account. `key` names the act that opened it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(max_length=24, unique=True)
    account = models.ForeignKey("accounts.PatientAccount", on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=64)
    topic = models.CharField(max_length=12, choices=[(each.value, each.value) for each in EnquiryTopic])
    text = models.TextField()
    language = models.CharField(max_length=10)
    state = models.CharField(max_length=10, choices=[(each.value, each.value) for each in EnquiryState])
    stars = models.PositiveSmallIntegerField(null=True)
    taken_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "enquiries"
        constraints = [
            models.UniqueConstraint(fields=["account", "key"], name="enquiry_once_a_key"),
            models.CheckConstraint(condition=Q(stars__isnull=True) | Q(stars__range=(1, 5)), name="enquiry_stars"),
        ]
        indexes = [
            models.Index(fields=["account", "-updated_at"], name="enquiry_account"),
            models.Index(fields=["state", "updated_at"], name="enquiry_desk"),
        ]
        triggers = [KeepVersions()]


class EnquiryReply(models.Model):
    """One message of the thread; `author` is the member of staff, null for the patient."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="replies")
    key = models.CharField(max_length=64)
    author = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    text = models.TextField()
    written_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "enquiry replies"
        constraints = [models.UniqueConstraint(fields=["enquiry", "key"], name="reply_once_a_key")]
        triggers = [AppendOnly()]


class EnquiryPicture(models.Model):
    """One picture that goes with an enquiry, under its name in the storage of sealed files."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="pictures")
    name = models.CharField(max_length=200)
    sent_at = models.DateTimeField()
