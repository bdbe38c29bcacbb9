"""The words with which patients look for a doctor, in both languages side by side (A04)."""

from typing import Any

from django import forms
from django.contrib import messages
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from hospital.campuses.api import (
    add_symptom,
    change_symptom,
    get_edited_symptom,
    list_departments,
    list_edited_symptoms,
)
from hospital.campuses.errors import SymptomChanged, SymptomIncomplete, SymptomTaken, UnknownDepartment
from hospital.campuses.types import EditedSymptom, SymptomDraft
from hospital.kernel.types import BilingualText
from hospital.staff_web.access import actor_of
from hospital.staff_web.publications.listing import desk_context, editor

LONGEST_WORD = 120
CHOICES = ("first", "second", "third")
_HAN = range(0x3400, 0xA000)


def _lines(language: str, rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "lang": {"zh": "zh-CN", "en": "en"}[language]})


class SymptomForm(forms.Form):
    """What patients complain of. Fields of both languages end in `_zh` and `_en`."""

    name_zh = forms.CharField(
        label=gettext_lazy("What it is called"), max_length=60, widget=forms.TextInput(attrs={"lang": "zh-CN"})
    )
    name_en = forms.CharField(label=gettext_lazy("What it is called"), max_length=120)
    words_zh = forms.CharField(
        label=gettext_lazy("Other words, one a line"),
        required=False,
        max_length=2000,
        widget=_lines("zh", 6),
        help_text=gettext_lazy("Pinyin and initials are found by themselves."),
    )
    words_en = forms.CharField(
        label=gettext_lazy("Other words, one a line"), required=False, max_length=4000, widget=_lines("en", 6)
    )
    with_zh = forms.CharField(
        label=gettext_lazy("Only together with one of"), required=False, max_length=2000, widget=_lines("zh", 3)
    )
    with_en = forms.CharField(
        label=gettext_lazy("Only together with one of"), required=False, max_length=4000, widget=_lines("en", 3)
    )
    first = forms.ChoiceField(label=gettext_lazy("Department, the likeliest"))
    second = forms.ChoiceField(label=gettext_lazy("Second"), required=False)
    third = forms.ChoiceField(label=gettext_lazy("Third"), required=False)
    position = forms.IntegerField(label=gettext_lazy("Place in the list"), min_value=0, max_value=999, required=False)
    is_alarm = forms.BooleanField(
        label=gettext_lazy("An alarm: sends to 120 or the emergency department before any clinic"), required=False
    )
    is_active = forms.BooleanField(label=gettext_lazy("Patients find it"), required=False, initial=True)
    version = forms.IntegerField(widget=forms.HiddenInput(), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = specialty_names()
        for name in CHOICES:
            self.fields[name].choices = [("", "—"), *names.items()]  # type: ignore[attr-defined]

    def clean_words_zh(self) -> str:
        """Words that fit."""
        return self._fitting("words_zh")

    def clean_words_en(self) -> str:
        """Words that fit."""
        return self._fitting("words_en")

    def clean_with_zh(self) -> str:
        """Words that fit."""
        return self._fitting("with_zh")

    def clean_with_en(self) -> str:
        """Words that fit."""
        return self._fitting("with_en")

    def _fitting(self, name: str) -> str:
        text = str(self.cleaned_data[name])
        if any(len(line) > LONGEST_WORD for line in text.splitlines()):
            raise forms.ValidationError(_("A word has at most 120 characters. Put one on each line."))
        return text

    def pairs(self) -> list[tuple[BoundField, BoundField]]:
        """The texts that stand side by side."""
        return [(self[f"{name}_zh"], self[f"{name}_en"]) for name in ("name", "words", "with")]

    def to_draft(self, *, code: str = "") -> SymptomDraft:
        """What the directory takes."""
        data = self.cleaned_data
        return SymptomDraft(
            code=code,
            name=BilingualText(data["name_zh"], data["name_en"]),
            specialties=tuple(data[name] for name in CHOICES if data[name]),
            words=(*data["words_zh"].splitlines(), *data["words_en"].splitlines()),
            with_words=(*data["with_zh"].splitlines(), *data["with_en"].splitlines()),
            is_alarm=data["is_alarm"],
            is_active=data["is_active"],
            position=data["position"] or 0,
        )


def specialty_names() -> dict[str, str]:
    """What the departments are called, by specialty, in the reader's language."""
    return {each.specialty: str(each.name) for each in reversed(list_departments())}


@require_GET
@editor
def symptoms(request: HttpRequest) -> HttpResponse:
    """All of them with their gaps; a word narrows the list."""
    text = request.GET.get("q", "").strip().lower()
    gap = request.GET.get("gap", "")
    rows = list_edited_symptoms(actor=actor_of(request))
    names = specialty_names()
    shown = [each for each in rows if _matches(each, text) and gap in {"", *_gaps(each)}]
    context = desk_context(
        rows=[_row(each, names) for each in shown],
        total=len(rows),
        text=text,
        gaps=[
            (code, word, sum(code in _gaps(each) for each in rows))
            for code, word in GAP_WORDS.items()
            if any(code in _gaps(each) for each in rows)
        ],
    )
    return render(request, "staff_web/publications/symptoms.html", context)


GAP_WORDS = {
    "zh": gettext_lazy("No other Chinese words"),
    "en": gettext_lazy("No other English words"),
}


def _gaps(symptom: EditedSymptom) -> set[str]:
    has = {"zh": symptom.has_chinese_words, "en": symptom.has_english_words}
    return {language for language, has_words in has.items() if not has_words}


def _matches(symptom: EditedSymptom, text: str) -> bool:
    draft = symptom.draft
    return any(text in each.lower() for each in (draft.name.zh, draft.name.en, *draft.words))


def _row(symptom: EditedSymptom, names: dict[str, str]) -> dict[str, Any]:
    draft = symptom.draft
    return {
        "draft": draft,
        "departments": [names.get(each, each) for each in draft.specialties],
        "words_zh": [word for word in draft.words if _is_chinese(word)],
        "words_en": [word for word in draft.words if not _is_chinese(word)],
        "gaps": [GAP_WORDS[each] for each in sorted(_gaps(symptom))],
    }


@require_http_methods(["GET", "POST"])
@editor
def new_symptom(request: HttpRequest) -> HttpResponse:
    """A new one, which patients find as soon as it is saved."""
    form = SymptomForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            add_symptom(draft=form.to_draft(), actor=actor_of(request), now=timezone.now())
        except (SymptomIncomplete, SymptomTaken, UnknownDepartment) as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("Saved. Patients find it now."))
            return redirect("staff:symptoms")
    return _form_page(request, form, draft=None)


@require_http_methods(["GET", "POST"])
@editor
def symptom(request: HttpRequest, code: str) -> HttpResponse:
    """One of them; a refused save keeps what was written."""
    actor = actor_of(request)
    edited = get_edited_symptom(code=code, actor=actor)
    form = SymptomForm(request.POST or None, initial=_initial(edited))
    if request.method == "POST" and form.is_valid():
        try:
            change_symptom(
                draft=form.to_draft(code=code),
                version=form.cleaned_data["version"] or 0,
                actor=actor,
                now=timezone.now(),
            )
        except SymptomChanged as refusal:
            # What was written stays on the page, on top of theirs: saved again, it wins knowingly.
            form = SymptomForm({**request.POST.dict(), "version": edited.version}, initial=_initial(edited))
            form.add_error(None, refusal.message)
        except (SymptomIncomplete, SymptomTaken, UnknownDepartment) as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("Saved. Patients find it now."))
            return redirect("staff:symptoms")
    return _form_page(request, form, draft=edited.draft)


def _form_page(request: HttpRequest, form: SymptomForm, *, draft: SymptomDraft | None) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    context = desk_context(form=form, draft=draft, departments=[form[name] for name in CHOICES])
    return render(request, "staff_web/publications/symptom.html", context, status=status)


def _initial(edited: EditedSymptom) -> dict[str, Any]:
    draft = edited.draft
    chosen = dict(zip(CHOICES, draft.specialties, strict=False))
    return {
        **chosen,
        "name_zh": draft.name.zh,
        "name_en": draft.name.en,
        "words_zh": "\n".join(word for word in draft.words if _is_chinese(word)),
        "words_en": "\n".join(word for word in draft.words if not _is_chinese(word)),
        "with_zh": "\n".join(word for word in draft.with_words if _is_chinese(word)),
        "with_en": "\n".join(word for word in draft.with_words if not _is_chinese(word)),
        "position": draft.position,
        "is_alarm": draft.is_alarm,
        "is_active": draft.is_active,
        "version": edited.version,
    }


def _is_chinese(word: str) -> bool:
    return any(ord(character) in _HAN for character in word)
