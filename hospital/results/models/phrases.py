"""Phrases that staff keep, over those that are shipped (`reporting/templates.py`)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from hospital.audit.api import KeepVersions
from hospital.kernel.ids import new_id
from hospital.kernel.types import BilingualText
from hospital.results.reporting.phrases import Where


class KeptTemplate(models.Model):
    """A body part that has phrases of its own, beside the shipped ones."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=20, unique=True)
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=120)
    modalities = ArrayField(models.CharField(max_length=8))

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(name_zh="") & ~Q(name_en=""), name="kept_template_named")]
        triggers = [KeepVersions()]


class KeptPhrase(models.Model):
    """One sentence in both languages; under the code of a shipped one it takes that one's place. Reports hold text, so
    a signed one keeps what it says."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    template_code = models.CharField(max_length=20)
    code = models.CharField(max_length=20)
    department = models.ForeignKey("campuses.Department", on_delete=models.PROTECT, null=True, related_name="+")
    is_normal = models.BooleanField(default=False)
    where = models.CharField(max_length=12, choices=[(where.value, where.value) for where in Where])
    zh = models.CharField(max_length=400)
    en = models.CharField(max_length=800)
    en_both = models.CharField(max_length=800, blank=True)
    is_retired = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["template_code", "code"], name="kept_phrase_once"),
            models.CheckConstraint(condition=~Q(zh="") & ~Q(en=""), name="kept_phrase_in_both"),
        ]
        triggers = [KeepVersions()]

    @property
    def text(self) -> BilingualText:
        """The sentence in both languages, with its blanks."""
        return BilingualText(self.zh, self.en)
