"""Mutual recognition: whose results of which item other hospitals accept, and results that other hospitals made."""

from django.db import models
from django.db.models import F, Q

from hospital.audit.api import AppendOnly, KeepVersions
from hospital.kernel.ids import new_id
from hospital.kernel.types import BilingualText
from hospital.results.types import NATIONAL_MARK, RecognitionScope

_SCOPES = [(scope.value, scope.value) for scope in RecognitionScope]


class Recognition(models.Model):
    """An item passed the external quality program at a campus: its results carry the mark from day to day.

    `days`: for so long after the test a result spares a second one.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    campus = models.ForeignKey("campuses.Campus", on_delete=models.PROTECT, related_name="+")
    item_code = models.CharField(max_length=40)
    name_zh = models.CharField(max_length=200)
    name_en = models.CharField(max_length=300, blank=True)
    scope = models.CharField(max_length=8, choices=_SCOPES)
    region_zh = models.CharField(max_length=20, blank=True)
    region_en = models.CharField(max_length=40, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField()
    days = models.PositiveSmallIntegerField()
    set_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campus", "item_code"], name="recognition_once_a_campus"),
            models.CheckConstraint(condition=Q(valid_to__gte=F("valid_from")), name="recognition_days_forward"),
            models.CheckConstraint(condition=Q(days__gte=1, days__lte=366), name="recognition_days_sense"),
            models.CheckConstraint(
                condition=Q(scope="NATIONAL", region_zh="") | (Q(scope="REGIONAL") & ~Q(region_zh="")),
                name="recognition_region",
            ),
        ]
        triggers = [KeepVersions()]

    @property
    def name(self) -> BilingualText:
        """The item in both languages."""
        return BilingualText(self.name_zh, self.name_en)

    @property
    def mark(self) -> BilingualText:
        """The mark as it is printed."""
        if self.scope == RecognitionScope.NATIONAL:
            return NATIONAL_MARK
        return BilingualText(f"{self.region_zh}HR", f"{self.region_en or self.region_zh} HR")


class OutsideResult(models.Model):
    """A recognized result of another hospital, entered from its paper by a doctor. It stays as it was entered."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("patients.Person", on_delete=models.PROTECT, related_name="+")
    item_code = models.CharField(max_length=40)
    name_zh = models.CharField(max_length=200)
    name_en = models.CharField(max_length=300, blank=True)
    institution = models.CharField(max_length=120)
    mark = models.CharField(max_length=40)
    values = models.JSONField(default=list)  # code, zh, en, text, unit, reference of each
    text = models.TextField(blank=True)
    done_on = models.DateField()
    entered_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "item_code", "institution", "done_on"], name="outside_result_once"
            ),
            models.CheckConstraint(condition=~Q(text="", values=[]), name="outside_result_says_something"),
        ]
        triggers = [AppendOnly()]

    @property
    def name(self) -> BilingualText:
        """The item in both languages."""
        return BilingualText(self.name_zh, self.name_en)
