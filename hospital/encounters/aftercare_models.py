"""After the visit: what the patient says of it, and when the doctor wants to see them again."""

from django.db import models
from django.db.models import Q

from hospital.audit.api import KeepVersions
from hospital.kernel.ids import new_id


class VisitRating(models.Model):
    """One to five stars and words, once a visit. Kept apart from the record: no clinical page shows it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    encounter = models.OneToOneField("encounters.Encounter", on_delete=models.PROTECT, related_name="rating")
    stars = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=500, blank=True)
    rated_by = models.CharField(max_length=64)
    rated_at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(stars__gte=1, stars__lte=5), name="rating_stars")]
        triggers = [KeepVersions()]


class FollowUp(models.Model):
    """Come back on about this day, to this doctor, or to any of the department where there is none."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    encounter = models.OneToOneField("encounters.Encounter", on_delete=models.PROTECT, related_name="follow_up")
    department = models.ForeignKey("campuses.Department", on_delete=models.PROTECT, related_name="+")
    clinician = models.ForeignKey("campuses.Clinician", on_delete=models.PROTECT, null=True, related_name="+")
    due_on = models.DateField()
    ordered_by = models.CharField(max_length=64)
    ordered_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        triggers = [KeepVersions()]
