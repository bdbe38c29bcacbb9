"""What the translation desk shows: the list by what is to be done, one translation segment by segment."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hospital.kernel.actors import Actor
from hospital.kernel.types import BilingualText
from hospital.staff_web.registration.words import StateWord
from hospital.staff_web.translations.words import KIND_WORDS, ORIGIN_WORDS, STATE_WORDS, describe_finding
from hospital.translations.api import list_translations
from hospital.translations.states import OPEN, WRITABLE, Origin, TranslationState
from hospital.translations.types import FindingKind, SegmentView, Term, TranslationCard, TranslationView
from hospital.workflows.translate_documents import Untranslated, list_untranslated

_RELEASED_SHOWN: Final = 8


@dataclass(frozen=True, slots=True)
class QueueGroup:
    """What is to be done with some translations; `new` are documents that nobody asked for yet."""

    title: Promise
    rows: tuple[TranslationCard, ...] = ()
    new: tuple[Untranslated, ...] = ()


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A difference as it is shown; `code` names it when it is accepted."""

    code: str
    text: str
    is_open: bool
    can_be_accepted: bool
    reason: str
    by: BilingualText | None


@dataclass(frozen=True, slots=True)
class SegmentRow:
    """One segment as it is shown."""

    view: SegmentView
    source: SafeString
    findings: tuple[FindingRow, ...]
    origin: StateWord | None

    @property
    def is_unread(self) -> bool:
        """Whether it is a machine's draft that nobody confirmed or changed yet."""
        return self.view.origin is Origin.MACHINE

    @property
    def has_open(self) -> bool:
        """Whether something in it still has to be mended or accepted."""
        return any(each.is_open for each in self.findings)


def list_queue(*, actor: Actor, now: datetime) -> list[QueueGroup]:
    """The translations of the actor's campus: own work first, then what to read, what to take, the others', the new."""
    open_ones = list_translations(actor=actor, states=OPEN)
    mine = [card for card in open_ones if str(card.translator_id) == actor.id and card.state in WRITABLE]
    to_read = [
        card for card in open_ones if card.state is TranslationState.SUBMITTED and str(card.translator_id) != actor.id
    ]
    untaken = [card for card in open_ones if card.translator_id is None]
    shown = {card.id for card in (*mine, *to_read, *untaken)}
    released = list_translations(actor=actor, states=[TranslationState.REVIEWED], limit=200)
    newest = sorted(released, key=lambda card: card.requested_at, reverse=True)[:_RELEASED_SHOWN]
    groups = [
        QueueGroup(_("You are working on"), tuple(mine)),
        QueueGroup(_("Second reader"), tuple(to_read)),
        QueueGroup(_("To translate"), tuple(untaken)),
        QueueGroup(_("Signed, not asked for yet"), new=tuple(list_untranslated(actor=actor, now=now))),
        QueueGroup(_("With others"), tuple(card for card in open_ones if card.id not in shown)),
        QueueGroup(pgettext_lazy("translations", "Released"), tuple(newest)),
    ]
    return [group for group in groups if group.rows or group.new]


def translation_context(view: TranslationView, *, actor: Actor) -> dict[str, Any]:
    """All that the page of one translation needs."""
    card = view.card
    is_mine = card.translator_id is None or str(card.translator_id) == actor.id
    return {
        "view": view,
        "card": card,
        "word": STATE_WORDS[card.state],
        "rows": [segment_row(segment) for segment in view.segments],
        "can_write": card.state in WRITABLE and is_mine,
        "can_read": card.state is TranslationState.SUBMITTED and not is_mine,
        "is_waiting": card.state is TranslationState.SUBMITTED and is_mine,
        "checks": list_checks(view.segments),
        "open_findings": view.open_findings,
        "unread": view.unread,
        "translation_id": card.id,
        "source_lang": "zh-CN" if card.source_language == "zh" else "en",
        "target_lang": "en" if card.source_language == "zh" else "zh-CN",
    }


def segment_row(view: SegmentView) -> SegmentRow:
    """One segment with its differences in words."""
    return SegmentRow(
        view=view,
        source=mark_source(view.source, terms=view.terms),
        findings=tuple(
            FindingRow(
                code=each.finding.code,
                text=describe_finding(each.finding),
                is_open=each.is_open,
                can_be_accepted=bool(view.target),
                reason=each.accepted_because,
                by=each.accepted_by,
            )
            for each in view.findings
        ),
        origin=ORIGIN_WORDS.get(view.origin),
    )


def list_checks(segments: Iterable[SegmentView]) -> list[tuple[Promise, int, bool]]:
    """How many differences of each kind are open, every kind named, and whether it compares both languages."""
    open_ones = Counter(each.finding.kind for segment in segments for each in segment.findings if each.is_open)
    alone = {FindingKind.CHINESE, FindingKind.EMPTY}
    return [(word, open_ones[kind], kind not in alone) for kind, word in KIND_WORDS.items()]


def count_open(segments: Iterable[SegmentView]) -> int:
    """How many differences are neither mended nor accepted."""
    return sum(each.is_open for segment in segments for each in segment.findings)


_FACT: Final = re.compile(r"\d+(?:[.,]\d+)*")


def mark_source(text: str, *, terms: Iterable[Term]) -> SafeString:
    """The source with its numbers in bold and its glossary terms underlined, their other language as a title."""
    named = {word: other for term in terms for word, other in ((term.zh, term.en), (term.en, term.zh)) if word}
    pattern = "|".join(re.escape(word) for word in sorted(named, key=len, reverse=True))
    form = re.compile(f"(?P<term>{pattern})|{_FACT.pattern}" if pattern else _FACT.pattern, re.IGNORECASE)
    folded = {word.lower(): other for word, other in named.items()}
    pieces: list[str] = []
    last = 0
    for match in form.finditer(text):
        pieces.append(conditional_escape(text[last : match.start()]))
        word = match.group()
        if pattern and match.group("term"):
            pieces.append(format_html('<u title="{}">{}</u>', folded[word.lower()], word))
        else:
            pieces.append(format_html("<b>{}</b>", word))
        last = match.end()
    pieces.append(conditional_escape(text[last:]))
    return mark_safe("".join(pieces))  # noqa: S308 (each piece is escaped)


def position_of(text: str) -> int:
    """The number of a segment from a form; 0 where it is none."""
    return int(text) if text.isdecimal() and len(text) < 6 else 0
