"""The fields of each kind of examination report, and phrases that give both languages at once (R57)."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, JsonResponse, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from hospital.kernel.actors import Actor
from hospital.kernel.types import BilingualText
from hospital.results.api import (
    find_phrase_keeper,
    find_report_template,
    list_choices,
    list_report_templates,
    render_normal,
    render_phrase,
)
from hospital.results.errors import PhraseIncomplete
from hospital.results.types import FIELDS, ExamKind, FieldType, Phrase
from hospital.staff_web.access import actor_of
from hospital.staff_web.doctor.views import doctor

KIND_NAMES: Mapping[ExamKind, Promise] = {
    ExamKind.RADIOLOGY: _("Radiology"),
    ExamKind.ULTRASOUND: _("Ultrasound"),
    ExamKind.ENDOSCOPY: _("Endoscopy"),
    ExamKind.PATHOLOGY: _("Pathology"),
    ExamKind.ECG: _("Electrocardiogram"),
    ExamKind.OTHER: _("Examination"),
}
_SIDE_WORDS: Mapping[str, Promise] = {"RIGHT": _("Right"), "LEFT": _("Left"), "BOTH": _("Both sides")}
BLANK_WORDS: Mapping[str, Promise] = {
    "side": _("Side"),
    "lobe": _("Lobe"),
    "quantity": _("How much"),
    "length": _("Length, mm"),
    "width": _("Width, mm"),
    "size": _("Size, mm"),
    "percent": _("Percent"),
    "weeks": _("Weeks"),
    "months": _("Months"),
    "count": _("How many"),
    "distance": _("Distance, cm"),
    "grade": _("Grade"),
    "rate": _("Rate per minute"),
    "margin": _("Margin, mm"),
}


def field_rows(kind: ExamKind, kept: Mapping[str, Mapping[str, str]]) -> list[dict[str, Any]]:
    """The fields of a kind with what is kept of each, for the form and for reading."""
    return [
        {
            "field": field,
            "zh": kept.get(field.code, {}).get("zh", ""),
            "en": kept.get(field.code, {}).get("en", ""),
            "is_text": field.type is FieldType.TEXT,
            "is_number": field.type is FieldType.NUMBER,
            "choices": list((field.choices or {}).items()),
            "chosen": (field.choices or {}).get(kept.get(field.code, {}).get("zh", "")),
        }
        for field in FIELDS[kind]
    ]


def read_fields(posted: QueryDict) -> dict[str, BilingualText]:
    """The fields that were sent, by code; what belongs to another kind is dropped by the report."""
    codes = {field.code for fields in FIELDS.values() for field in fields}
    return {
        code: BilingualText(posted.get(f"field_{code}", ""), posted.get(f"field_{code}_en", ""))
        for code in codes
        if f"field_{code}" in posted or f"field_{code}_en" in posted
    }


def template_rows(modality: str, *, actor: Actor) -> list[dict[str, Any]]:
    """The templates of a kind of device as the actor's department uses them, with their phrases and blanks."""
    return [
        {
            "code": template.code,
            "name": template.name,
            "phrases": [
                {
                    "phrase": phrase,
                    "text": BilingualText(_bare(phrase.zh), _bare(phrase.en)),
                    "blanks": _blanks(phrase),
                }
                for phrase in template.phrases
            ],
        }
        for template in list_report_templates(modality=modality, department_id=_department(actor))
    ]


@require_GET
@doctor
def phrase(request: HttpRequest) -> JsonResponse:
    """The text of a phrase, or of a whole normal report, in both languages: `texts` with `where`, `zh` and `en`; 422
    with `message` where a blank is empty."""
    template = find_report_template(code=request.GET.get("template", ""), department_id=_department(actor_of(request)))
    try:
        if template is None:
            raise PhraseIncomplete
        if "normal" in request.GET:
            found = list(render_normal(template).items())
        else:
            chosen = template.find(request.GET.get("phrase", ""))
            found = [(chosen.where, render_phrase(chosen, request.GET.dict()))]
    except PhraseIncomplete as refusal:
        return JsonResponse({"message": refusal.message}, status=refusal.status)
    texts = [{"where": where.value, "zh": text.zh, "en": text.en} for where, text in found if text.zh]
    return JsonResponse({"texts": texts})


def _department(actor: Actor) -> UUID | None:
    keeper = find_phrase_keeper(actor=actor)
    return keeper.department_id if keeper else None


def _blanks(phrase: Phrase) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for blank in phrase.blanks:
        choices: list[tuple[str, Any]] = list(list_choices(blank).items())
        if blank == "side":
            choices = [(side.value, _SIDE_WORDS[side.value]) for side in phrase.sides]
        rows.append({"name": blank, "word": BLANK_WORDS[blank], "choices": choices})
    return rows


def _bare(text: str) -> str:
    """The sentence with dots where something is filled in."""
    while "{" in text:
        before, _, rest = text.partition("{")
        text = f"{before}…{rest.partition('}')[2]}"
    return text
