"""Where doctors keep the phrases of reports: those of their department, heads also those for everybody (R57)."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from hospital.audit.api import list_versions
from hospital.kernel.errors import Refusal
from hospital.kernel.types import BilingualText
from hospital.results.api import (
    add_report_template,
    find_phrase_keeper,
    list_kept_templates,
    retire_phrase,
    save_phrase,
)
from hospital.results.types import KeptPhraseView, KeptTemplateView, PhraseDraft, Where
from hospital.staff_web.access import actor_of
from hospital.staff_web.doctor.exam_fields import BLANK_WORDS
from hospital.staff_web.doctor.views import doctor
from hospital.staff_web.reading.page import reading_context

PLACES: tuple[tuple[Where, Promise], ...] = (
    (Where.FINDINGS, _("Findings")),
    (Where.IMPRESSION, _("Impression")),
    (Where.TECHNIQUE, _("How it was done")),
)
MODALITIES = ("CT", "DX", "MR", "MG", "NM", "US", "ES", "SM", "ECG")
_ROWS = "results_keptphrase"
_MOST_VERSIONS = 6


@require_GET
@doctor
def phrases(request: HttpRequest) -> HttpResponse:
    """The templates with their phrases; `template` and `phrase` open one, a template alone begins a new phrase."""
    return _page(request, template_code=request.GET.get("template", ""), code=request.GET.get("phrase", ""))


@require_POST
@doctor
def save(request: HttpRequest, template_code: str) -> HttpResponse:
    """Keeps a phrase, retires it or brings it back; what was typed stays where it is refused."""
    actor, now = actor_of(request), timezone.now()
    draft = _read(request, template_code)
    try:
        if (act := request.POST.get("act", "")) in ("retire", "restore"):
            retire_phrase(
                template_code=template_code,
                code=draft.code,
                version=draft.version,
                is_retired=act == "retire",
                actor=actor,
                now=now,
            )
            code = draft.code
        else:
            code = save_phrase(draft=draft, actor=actor, now=now)
    except Refusal as refusal:
        return _page(request, template_code=template_code, code=draft.code, refusal=refusal, typed=draft)
    messages.success(request, _t("Saved. Reports that are written stay as they are."))
    query = urlencode({"template": template_code, "phrase": code})
    return redirect(f"/staff/reading/phrases/?{query}")


@require_POST
@doctor
def add_template(request: HttpRequest) -> HttpResponse:
    """A body part with phrases of its own."""
    try:
        code = add_report_template(
            name=BilingualText(request.POST.get("name_zh", ""), request.POST.get("name_en", "")),
            modalities=[each for each in request.POST.getlist("modality") if each in MODALITIES],
            actor=actor_of(request),
            now=timezone.now(),
        )
    except Refusal as refusal:
        return _page(request, refusal=refusal)
    return redirect(f"/staff/reading/phrases/?template={code}")


def _read(request: HttpRequest, template_code: str) -> PhraseDraft:
    where, version = request.POST.get("where", ""), request.POST.get("version", "")
    return PhraseDraft(
        template_code=template_code,
        code=request.POST.get("code", "")[:20],
        version=int(version) if version.isdecimal() and len(version) < 9 else 0,
        where=Where(where) if where in set(Where) else Where.FINDINGS,
        is_normal=request.POST.get("is_normal") == "1",
        is_for_all=request.POST.get("is_for_all") == "1",
        zh=request.POST.get("zh", ""),
        en=request.POST.get("en", ""),
        en_both=request.POST.get("en_both", ""),
    )


def _page(
    request: HttpRequest,
    *,
    template_code: str = "",
    code: str = "",
    refusal: Refusal | None = None,
    typed: PhraseDraft | None = None,
) -> HttpResponse:
    keeper = find_phrase_keeper(actor=actor_of(request))
    templates = list_kept_templates(department_id=keeper.department_id if keeper else None)
    opened = next((each for each in templates if each.code == template_code), None)
    chosen = _find(opened, code)
    context = reading_context(
        request,
        keeper=keeper,
        templates=templates,
        opened=opened,
        chosen=chosen,
        typed=typed or _draft_of(opened, chosen),
        may_change=keeper is not None and (chosen is None or keeper.is_head or not chosen.is_for_all),
        places=PLACES,
        blanks=[(f"{{{name}}}", word) for name, word in BLANK_WORDS.items()],
        modalities=MODALITIES,
        versions=_versions(chosen),
        refusal=refusal,
    )
    return render(request, "staff_web/reading/phrases.html", context, status=refusal.status if refusal else 200)


def _find(opened: KeptTemplateView | None, code: str) -> KeptPhraseView | None:
    return next((each for each in opened.phrases if each.phrase.code == code), None) if opened else None


def _draft_of(opened: KeptTemplateView | None, chosen: KeptPhraseView | None) -> PhraseDraft:
    if chosen is None:
        return PhraseDraft(template_code=opened.code if opened else "", where=Where.FINDINGS, zh="", en="")
    phrase = chosen.phrase
    return PhraseDraft(
        template_code=opened.code if opened else "",
        code=phrase.code,
        version=chosen.version,
        where=phrase.where,
        is_normal=phrase.is_normal,
        is_for_all=chosen.is_for_all,
        zh=phrase.zh,
        en=phrase.en,
        en_both=phrase.en_both,
    )


def _versions(chosen: KeptPhraseView | None) -> list[dict[str, Any]]:
    """What it said before, the newest first."""
    if chosen is None or chosen.row_id is None:
        return []
    rows = list_versions(table_name=_ROWS, row_id=str(chosen.row_id))[-_MOST_VERSIONS:]
    return [
        {"at": row.at, "by": row.actor.rsplit(":", maxsplit=1)[-1], "row": row.after}
        for row in reversed(rows)
        if row.after
    ]
