"""The article as the app shows it, in the language that is asked for, while it is being written."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from hospital.kernel.types import BilingualText
from hospital.publications.api import Block, get_article, read_blocks, to_traditional
from hospital.publications.types import Content
from hospital.staff_web.access import actor_of
from hospital.staff_web.publications.forms import ArticleForm
from hospital.staff_web.publications.listing import editor
from hospital.staff_web.publications.words import FACTS

LANGUAGES = {"en": "en", "zh": "zh-CN", "hant": "zh-HK"}


@dataclass(frozen=True, slots=True)
class Line:
    """A text in the language of the preview, or the Chinese with the mark of a gap."""

    text: str
    has_gap: bool
    name: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """What the app would show."""

    language: str
    tag: str
    title: Line
    summary: Line
    lines: list[Line]
    blocks: tuple[Block, ...]
    body_has_gap: bool
    picture_id: UUID | None
    picture_alt: Line


def preview_of(content: Content, *, language: str) -> Preview:
    """The preview of `content` in `en`, `zh` or `hant`."""
    body = _line(content.body, language)
    return Preview(
        language=language,
        tag=LANGUAGES[language],
        title=_line(content.title, language),
        summary=_line(content.summary, language),
        lines=[
            Line(line.text, line.has_gap, name=str(FACTS[name]))
            for name, text in content.texts.items()
            if (line := _line(text, language)).text
        ],
        blocks=read_blocks(body.text),
        body_has_gap=body.has_gap,
        picture_id=content.picture_id,
        picture_alt=_line(content.picture_alt, language),
    )


def _line(text: BilingualText, language: str) -> Line:
    if language == "en":
        return Line(text.en or text.zh, has_gap=bool(text.zh and not text.en))
    return Line(to_traditional(text.zh) if language == "hant" else text.zh, has_gap=False)


@require_POST
@editor
def preview(request: HttpRequest, article_id: UUID) -> HttpResponse:
    """The pane that follows what is typed; nothing is saved."""
    opened = get_article(actor=actor_of(request), article_id=article_id, now=timezone.now())
    form = ArticleForm(request.POST, kind=opened.row.kind)
    form.is_valid()
    language = request.POST.get("preview", "en")
    content = form.to_content(picture_id=form.cleaned_data.get("picture_id"))
    shown = preview_of(content, language=language if language in LANGUAGES else "en")
    return render(request, "staff_web/publications/_preview.html", {"preview": shown})
