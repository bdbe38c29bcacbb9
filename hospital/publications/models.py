"""Articles, their saved versions, and what of them is released to readers."""

from collections.abc import Iterable

from django.db import models
from django.db.models import Q

from hospital.audit.api import AppendOnly, KeepVersions
from hospital.kernel.ids import new_id
from hospital.publications.states import EnglishState
from hospital.publications.types import ArticleKind, Audience, Symbol


def _is_one_of(column: str, values: Iterable[str]) -> Q:
    return Q(**{f"{column}__in": [str(value) for value in values]})


class Picture(models.Model):
    """A picture in Django's default storage. It never changes; a better one is another picture."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    campus = models.ForeignKey("campuses.Campus", on_delete=models.PROTECT, related_name="+")
    file = models.FileField(upload_to="publications", max_length=200)
    media_type = models.CharField(max_length=20)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=120)

    class Meta:
        triggers = (AppendOnly(),)


class Article(models.Model):
    """One thing that is written about. `version` is the number of its newest revision, and the lock of its editors."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=12)
    slug = models.SlugField(max_length=60)
    campus = models.ForeignKey("campuses.Campus", on_delete=models.PROTECT, related_name="+")
    is_hospital_wide = models.BooleanField(default=False)
    department = models.ForeignKey("campuses.Department", on_delete=models.PROTECT, null=True, related_name="+")
    clinician = models.ForeignKey("campuses.Clinician", on_delete=models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    told_at = models.DateTimeField(null=True)  # when patients were told of an announcement

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "slug"], name="article_slug_once"),
            models.UniqueConstraint(
                fields=["clinician"], condition=Q(clinician__isnull=False), name="article_clinician_once"
            ),
            models.UniqueConstraint(
                fields=["department"], condition=Q(department__isnull=False), name="article_department_once"
            ),
            models.UniqueConstraint(fields=["campus"], condition=Q(kind="CAMPUS"), name="article_campus_once"),
            models.CheckConstraint(condition=_is_one_of("kind", ArticleKind), name="article_kind"),
            models.CheckConstraint(
                condition=(Q(kind="DOCTOR") & Q(clinician__isnull=False))
                | (~Q(kind="DOCTOR") & Q(clinician__isnull=True)),
                name="article_of_clinician",
            ),
            models.CheckConstraint(
                condition=(Q(kind="DEPARTMENT") & Q(department__isnull=False))
                | (~Q(kind="DEPARTMENT") & Q(department__isnull=True)),
                name="article_of_department",
            ),
        ]


class ArticleRevision(models.Model):
    """Everything an editor wrote, as saved once. Never changed."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    title_zh = models.CharField(max_length=120)
    title_en = models.CharField(max_length=200, blank=True)
    summary_zh = models.CharField(max_length=300, blank=True)
    summary_en = models.CharField(max_length=500, blank=True)
    body_zh = models.TextField(blank=True)
    body_en = models.TextField(blank=True)
    facts = models.JSONField(default=dict)
    audience = models.CharField(max_length=10, default=Audience.EVERYONE)
    symbol = models.CharField(max_length=20, default=Symbol.INFO)
    is_pinned = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)
    picture = models.ForeignKey(Picture, on_delete=models.PROTECT, null=True, related_name="+")
    picture_alt_zh = models.CharField(max_length=200, blank=True)
    picture_alt_en = models.CharField(max_length=300, blank=True)
    english_state = models.CharField(max_length=8, default=EnglishState.MISSING)
    source_hash = models.CharField(max_length=64)
    english_hash = models.CharField(max_length=64, blank=True)  # of the Chinese that the English was made from
    saved_at = models.DateTimeField()
    saved_by = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="revision_number_once"),
            models.CheckConstraint(condition=_is_one_of("english_state", EnglishState), name="revision_english"),
            models.CheckConstraint(condition=_is_one_of("audience", Audience), name="revision_audience"),
            models.CheckConstraint(condition=_is_one_of("symbol", Symbol), name="revision_symbol"),
            models.CheckConstraint(condition=~Q(title_zh=""), name="revision_title"),
        ]
        triggers = (AppendOnly(),)


class Release(models.Model):
    """A revision that readers see from an instant on, until a later one or until it is taken back."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="releases")
    revision = models.ForeignKey(ArticleRevision, on_delete=models.PROTECT, related_name="releases")
    shown_from = models.DateTimeField()
    released_at = models.DateTimeField()
    released_by = models.CharField(max_length=120)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["article", "-shown_from"], condition=Q(withdrawn_at__isnull=True), name="release_of_article"
            )
        ]
        triggers = (KeepVersions(),)
