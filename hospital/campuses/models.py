"""The directory: campuses, departments, rooms, clinicians, and the words with which patients look for them."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Concat, Lower

from hospital.audit.api import KeepVersions
from hospital.kernel.ids import new_id
from hospital.kernel.types import BilingualText


def _sought_in(*columns: str) -> models.GeneratedField:
    """What a search looks into, kept by the database: a space before every column, so that words can be anchored."""
    parts = [part for column in columns for part in (Value(" "), models.F(column))]
    return _in_lower_case(*parts)


def _in_lower_case(*parts: models.F | Value) -> models.GeneratedField:
    text = Concat(*parts, output_field=models.TextField())
    return models.GeneratedField(expression=Lower(text), output_field=models.TextField(), db_persist=True)


class Campus(models.Model):
    """One site of the hospital."""

    code = models.CharField(max_length=20, primary_key=True)
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120)
    short_zh = models.CharField(max_length=20)
    short_en = models.CharField(max_length=40)
    address_zh = models.CharField(max_length=200)
    address_en = models.CharField(max_length=300)
    phone = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField(default=0)
    # Where its clinics are, in WGS 84, and how many meters from there one may check in by telephone.
    latitude = models.DecimalField(max_digits=8, decimal_places=6, null=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    check_in_radius = models.PositiveIntegerField(default=400, db_default=400)

    class Meta:
        verbose_name_plural = "campuses"
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="campus_place",
            )
        ]

    @property
    def name(self) -> BilingualText:
        """The name in both languages."""
        return BilingualText(self.name_zh, self.name_en)


class Department(models.Model):
    """A clinical department at one campus. Names follow GB/T 30240.7."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=30, unique=True)
    campus = models.ForeignKey(Campus, on_delete=models.PROTECT, related_name="departments")
    specialty = models.CharField(max_length=40)
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=120)
    intro_zh = models.TextField(blank=True)
    intro_en = models.TextField(blank=True)
    symptoms_zh = models.TextField(blank=True)
    symptoms_en = models.TextField(blank=True)
    pinyin = models.CharField(max_length=200, blank=True)
    floor = models.CharField(max_length=20, blank=True)
    location_zh = models.CharField(max_length=120, blank=True)
    location_en = models.CharField(max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    follow_up_days = models.PositiveSmallIntegerField(default=14, db_default=14)  # 0: no follow-up registration here
    search_text = _sought_in("name_zh", "name_en", "pinyin", "symptoms_zh", "symptoms_en")

    class Meta:
        indexes = [GinIndex(fields=["search_text"], opclasses=["gin_trgm_ops"], name="department_search")]

    @property
    def name(self) -> BilingualText:
        """The name in both languages."""
        return BilingualText(self.name_zh, self.name_en)

    @property
    def location(self) -> BilingualText:
        """Where to go, in both languages."""
        return BilingualText(self.location_zh, self.location_en)


class Room(models.Model):
    """A consulting room, laboratory, cashier's window …"""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    campus = models.ForeignKey(Campus, on_delete=models.PROTECT, related_name="rooms")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, null=True, related_name="rooms")
    code = models.CharField(max_length=30, unique=True)
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=100)
    floor = models.CharField(max_length=20, blank=True)

    @property
    def name(self) -> BilingualText:
        """The name in both languages."""
        return BilingualText(self.name_zh, self.name_en)


class ClinicianTitle(models.TextChoices):
    RESIDENT = "RESIDENT", "Resident"
    ATTENDING = "ATTENDING", "Attending physician"
    ASSOCIATE_CHIEF = "ASSOCIATE_CHIEF", "Associate chief physician"
    CHIEF = "CHIEF", "Chief physician"


class Clinician(models.Model):
    """A doctor as patients see them; `user` is their sign-in."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.OneToOneField("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    staff_no = models.CharField(max_length=20, unique=True)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="clinicians")
    family_zh = models.CharField(max_length=20)
    given_zh = models.CharField(max_length=40)
    family_en = models.CharField(max_length=60)
    given_en = models.CharField(max_length=60)
    sex = models.CharField(max_length=1)
    title = models.CharField(max_length=20, choices=ClinicianTitle.choices)
    languages = models.JSONField(default=list)  # BCP 47 tags, e.g. ["zh", "en", "yue"]
    expertise_zh = models.TextField(blank=True)
    expertise_en = models.TextField(blank=True)
    pinyin = models.CharField(max_length=120, blank=True)
    can_prescribe = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)
    search_text = _in_lower_case(
        *(Value(" "), models.F("family_zh"), models.F("given_zh")),
        *(Value(" "), models.F("given_en"), Value(" "), models.F("family_en"), Value(" "), models.F("given_en")),
        *(Value(" "), models.F("pinyin"), Value(" "), models.F("expertise_zh")),
        *(Value(" "), models.F("expertise_en")),
    )

    class Meta:
        indexes = [GinIndex(fields=["search_text"], opclasses=["gin_trgm_ops"], name="clinician_search")]

    @property
    def name(self) -> BilingualText:
        """The name in both languages: 林志远, LIN Zhiyuan."""
        return BilingualText(f"{self.family_zh}{self.given_zh}", f"{self.family_en.upper()} {self.given_en}")


class Symptom(models.Model):
    """What a patient complains of and the specialties that see it, the likeliest first.

    `phrases` are its names and other words in both languages, lower case, as `rules.symptom_words` writes them;
    `search_text` holds them with their pinyin and initials. An alarm (`is_alarm`) sends to the emergency department
    before it offers a clinic; with `with_phrases` it needs one of these beside one of `phrases`.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=40, unique=True)
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=120)
    phrases = ArrayField(models.CharField(max_length=120))
    with_phrases = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    specialties = ArrayField(models.CharField(max_length=40))
    is_alarm = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)  # the commonest first
    version = models.PositiveIntegerField(default=1, db_default=1)  # the lock between two editors
    search_text = models.TextField()

    class Meta:
        indexes = [GinIndex(fields=["search_text"], opclasses=["gin_trgm_ops"], name="symptom_search")]
        triggers = [KeepVersions()]

    @property
    def name(self) -> BilingualText:
        """The name in both languages."""
        return BilingualText(self.name_zh, self.name_en)
