"""The forms of the publications desk."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django import forms
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hospital.campuses.api import list_clinicians, list_departments
from hospital.kernel.types import BilingualText
from hospital.publications.types import FACT_NUMBERS, FACT_TEXTS, ArticleKind, ArticleSubject, Audience, Content, Symbol
from hospital.staff_web.publications.words import AUDIENCES, EXAMPLE_SLUG, FACTS, KINDS, SYMBOLS

_BODY_HELP = _(
    "## heading · **bold** · - list · 1. steps · > note · [text](guide:short-name) · ![text](picture:number)"
)
_LANGUAGES = ("zh", "en")
_TAGS = {"zh": "zh-CN", "en": "en"}


def _area(rows: int, language: str) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "lang": _TAGS[language]})


class ArticleForm(forms.Form):
    """All that an editor writes of one article. Fields of both languages end in `_zh` and `_en`."""

    title_zh = forms.CharField(label=_("Title"), max_length=120, widget=forms.TextInput(attrs={"lang": "zh-CN"}))
    title_en = forms.CharField(label=_("Title"), max_length=200, required=False)
    summary_zh = forms.CharField(label=_("In one line"), max_length=300, required=False, widget=_area(2, "zh"))
    summary_en = forms.CharField(label=_("In one line"), max_length=500, required=False, widget=_area(2, "en"))
    body_zh = forms.CharField(label=_("Text"), max_length=20_000, required=False, widget=_area(18, "zh"))
    body_en = forms.CharField(
        label=_("Text"), max_length=20_000, required=False, widget=_area(18, "en"), help_text=_BODY_HELP
    )
    audience = forms.ChoiceField(label=_("For whom"), choices=tuple(AUDIENCES.items()))
    symbol = forms.ChoiceField(label=_("Sign"), choices=tuple(SYMBOLS.items()))
    position = forms.IntegerField(label=_("Place in the list"), min_value=0, max_value=999, initial=0)
    is_pinned = forms.BooleanField(label=_("Keep at the top"), required=False)
    picture = forms.FileField(
        label=_("Picture"), required=False, help_text=_("JPEG or PNG, at most 8 MB. It is public once it is here."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png"}),
    )  # fmt: skip
    picture_id = forms.UUIDField(required=False, widget=forms.HiddenInput())
    picture_alt_zh = forms.CharField(label=_("What the picture shows"), max_length=200, required=False)
    picture_alt_en = forms.CharField(label=_("What the picture shows"), max_length=300, required=False)
    is_confirmed = forms.BooleanField(label=_("I read the English against the Chinese; it is right."), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput())

    def __init__(self, *args: Any, kind: ArticleKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        for name in FACT_TEXTS.get(kind, ()):
            for language in _LANGUAGES:
                self.fields[f"{name}_{language}"] = forms.CharField(
                    label=str(FACTS[name]), max_length=2_000, required=False, widget=_area(3, language)
                )
        for name, label in (("latitude", _("Latitude (GCJ-02)")), ("longitude", _("Longitude (GCJ-02)"))):
            if name in FACT_NUMBERS.get(kind, ()):
                self.fields[name] = forms.CharField(label=label, max_length=20, required=False)

    def pairs(self) -> Iterator[tuple[Promise | str, BoundField, BoundField]]:
        """The texts that stand side by side, with their name."""
        for name in ("title", "summary", *FACT_TEXTS.get(self.kind, ()), "body"):
            zh = self[f"{name}_zh"]
            yield zh.label or "", zh, self[f"{name}_en"]

    def numbers(self) -> list[BoundField]:
        """The fields of the kind that have no language."""
        return [self[name] for name in FACT_NUMBERS.get(self.kind, ())]

    def to_content(self, *, picture_id: UUID | None) -> Content:
        """What the publications take. For the preview also of a form that is not complete yet."""
        data = self.cleaned_data
        return Content(
            title=self._text("title"),
            summary=self._text("summary"),
            body=self._text("body"),
            texts={name: self._text(name) for name in FACT_TEXTS.get(self.kind, ())},
            numbers={name: str(data.get(name, "")).strip() for name in FACT_NUMBERS.get(self.kind, ())},
            audience=Audience(data.get("audience") or Audience.EVERYONE),
            symbol=Symbol(data.get("symbol") or Symbol.INFO),
            is_pinned=bool(data.get("is_pinned")),
            position=data.get("position") or 0,
            picture_id=picture_id,
            picture_alt=self._text("picture_alt"),
        )

    def _text(self, name: str) -> BilingualText:
        zh, en = (str(self.cleaned_data.get(f"{name}_{language}", "") or "") for language in _LANGUAGES)
        return BilingualText(zh.replace("\r\n", "\n").strip(), en.replace("\r\n", "\n").strip())


def initial_of(content: Content, *, version: int) -> dict[str, Any]:
    """What the form shows of a saved article."""
    texts = {
        "title": content.title,
        "summary": content.summary,
        "body": content.body,
        "picture_alt": content.picture_alt,
        **content.texts,
    }
    return {
        **{f"{name}_zh": text.zh for name, text in texts.items()},
        **{f"{name}_en": text.en for name, text in texts.items()},
        **content.numbers,
        "audience": content.audience,
        "symbol": content.symbol,
        "position": content.position,
        "is_pinned": content.is_pinned,
        "picture_id": content.picture_id,
        "version": version,
    }


class NewArticleForm(forms.Form):
    """A new article: its kind, its name in addresses, its titles."""

    kind = forms.ChoiceField(label=_("Kind"), choices=tuple(KINDS.items()), initial=ArticleKind.ANNOUNCEMENT)
    slug = forms.SlugField(
        label=_("Short name"),
        max_length=60,
        help_text=_("For the address: small letters, digits and hyphens."),
        widget=forms.TextInput(attrs={"placeholder": EXAMPLE_SLUG, "autocomplete": "off"}),
    )
    title_zh = forms.CharField(
        label=_("Chinese title"), max_length=120, widget=forms.TextInput(attrs={"lang": "zh-CN"})
    )
    title_en = forms.CharField(label=_("English title"), max_length=200, required=False)
    is_hospital_wide = forms.BooleanField(label=_("For the whole hospital"), required=False, initial=True)
    department = forms.ChoiceField(label=_("Department"), required=False)
    clinician = forms.ChoiceField(label=_("Doctor"), required=False)

    def __init__(self, *args: Any, campus_code: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.campus_code = campus_code
        departments = [
            ("", "—"),
            *((str(each.id), str(each.name)) for each in list_departments(campus_code=campus_code)),
        ]
        doctors = [("", "—"), *((str(each.id), str(each.name)) for each in list_clinicians(campus_code=campus_code))]
        self.fields["department"].choices = departments  # type: ignore[attr-defined]
        self.fields["clinician"].choices = doctors  # type: ignore[attr-defined]

    def clean(self) -> None:
        """A department's page belongs to a department, a doctor's page to a doctor."""
        data = self.cleaned_data
        if data.get("kind") == ArticleKind.DEPARTMENT and not data.get("department"):
            self.add_error("department", _("Choose the department."))
        if data.get("kind") == ArticleKind.DOCTOR and not data.get("clinician"):
            self.add_error("clinician", _("Choose the doctor."))

    def to_subject(self) -> ArticleSubject:
        """What the article belongs to."""
        data = self.cleaned_data
        kind = ArticleKind(data["kind"])
        return ArticleSubject(
            kind=kind,
            slug=data["slug"],
            campus_code=self.campus_code,
            is_hospital_wide=data["is_hospital_wide"] and kind not in {ArticleKind.CAMPUS, ArticleKind.DEPARTMENT},
            department_id=UUID(data["department"]) if kind is ArticleKind.DEPARTMENT else None,
            clinician_id=UUID(data["clinician"]) if kind is ArticleKind.DOCTOR else None,
        )

    def to_content(self) -> Content:
        """Its titles."""
        return Content(
            title=BilingualText(self.cleaned_data["title_zh"].strip(), self.cleaned_data["title_en"].strip())
        )


class ReleaseForm(forms.Form):
    """When readers see it. The time is the hospital's."""

    shown_from = forms.DateTimeField(
        label=_("Show from"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
    )
    accepts_gap = forms.BooleanField(label=_("Publish all the same; readers see a mark"), required=False)
