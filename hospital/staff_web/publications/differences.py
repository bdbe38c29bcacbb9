"""What changed between two versions, field by field and word by word."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from hospital.publications.api import Change, get_revision, list_changes
from hospital.publications.types import Content
from hospital.staff_web.access import actor_of
from hospital.staff_web.publications.listing import desk_context, editor
from hospital.staff_web.publications.words import FACTS


@dataclass(frozen=True, slots=True)
class Difference:
    """One field in one language that is not the same."""

    name: Promise
    language: str
    changes: list[Change]


def list_differences(*, before: Content, after: Content) -> list[Difference]:
    """The texts that differ, in the order of the editor; the Chinese before the English."""
    names: dict[str, Promise] = {
        "title": _("Title"),
        "summary": _("In one line"),
        "body": _("Text"),
        "picture_alt": _("What the picture shows"),
    }
    pairs = [(name, getattr(before, key), getattr(after, key)) for key, name in names.items()]
    pairs += [(FACTS[key], text, after.texts[key]) for key, text in before.texts.items() if key in after.texts]
    return [
        Difference(
            name=name, language=language, changes=list_changes(before=getattr(old, key), after=getattr(new, key))
        )
        for name, old, new in pairs
        for key, language in (("zh", "zh-CN"), ("en", "en"))
        if getattr(old, key) != getattr(new, key)
    ]


@require_GET
@editor
def difference(request: HttpRequest, article_id: UUID, number: int) -> HttpResponse:
    """A saved version: what it changed against the one before it."""
    actor = actor_of(request)
    after = get_revision(actor=actor, article_id=article_id, number=number)
    before = get_revision(actor=actor, article_id=article_id, number=number - 1) if number > 1 else None
    context = desk_context(
        revision=after,
        is_first=before is None,
        differences=list_differences(before=before.content, after=after.content) if before else [],
        article_id=article_id,
    )
    return render(request, "staff_web/publications/difference.html", context)
