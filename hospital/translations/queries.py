"""Reads of translations: what may be printed, the desk's lists, one translation with its differences, the glossary."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet

from hospital.accounts.api import get_staff_names
from hospital.audit.api import list_versions, record_act
from hospital.kernel.actors import Actor, ActorKind, Role
from hospital.kernel.types import BilingualText
from hospital.translations.errors import NotTranslator, UnknownTerm, UnknownTranslation
from hospital.translations.models import Acceptance, GlossaryTerm, Segment, Translation
from hospital.translations.rules.checking import check_segment
from hospital.translations.rules.terms import Term, find_terms
from hospital.translations.states import OPEN, Origin, TranslationState
from hospital.translations.types import (
    FindingView,
    ReleasedTranslation,
    SegmentView,
    Subject,
    TermView,
    TranslationCard,
    TranslationView,
)

_NOBODY = BilingualText("", "")


def get_current_translation(*, subject: Subject, source_hash: str) -> ReleasedTranslation | None:
    """The released translation of exactly this version of a source, its newest edition; None where there is none.

    One of an earlier version is stale and never comes back, because the hash is part of the question (domain brief 4).
    The caller has checked who may see the source.
    """
    row = (
        Translation.objects.filter(
            subject_kind=subject.kind,
            subject_id=subject.id,
            source_digest=source_hash,
            state=TranslationState.REVIEWED,
        )
        .order_by("-edition")
        .first()
    )
    if row is None or row.translator_id is None or row.reviewer_id is None or row.reviewed_at is None:
        return None
    names = get_staff_names(user_ids=[row.translator_id, row.reviewer_id])
    return ReleasedTranslation(
        id=row.id,
        edition=row.edition,
        language=row.target_language,
        texts=dict(row.segments.values_list("key", "target")),
        translator=names.get(row.translator_id) or _NOBODY,
        reviewer=names.get(row.reviewer_id) or _NOBODY,
        reviewed_at=row.reviewed_at,
        source_digest=row.source_digest,
    )


def list_translations(
    *, actor: Actor, states: Iterable[TranslationState] = OPEN, limit: int = 200
) -> list[TranslationCard]:
    """The translations of the actor's campus, urgent ones first, then those that wait longest. For others than its
    translators the list is empty."""
    if not actor.has_role(Role.TRANSLATOR):
        return []
    rows = Translation.objects.filter(campus=actor.campus_code, state__in=list(states))
    return _cards(rows.order_by("-is_urgent", "requested_at", "id")[:limit])


def list_editions(*, subject: Subject) -> list[TranslationCard]:
    """Every translation that a source ever had, newest first (N19). The caller has checked who may see the source."""
    rows = Translation.objects.filter(subject_kind=subject.kind, subject_id=subject.id)
    return _cards(rows.order_by("-source_version", "-edition", "-requested_at"))


def list_standing(*, subjects: Iterable[Subject]) -> Mapping[Subject, TranslationCard]:
    """The newest translation of each of these sources that has one, in two statements. The caller checked access."""
    wanted = Q(pk__in=[])
    for subject in subjects:
        wanted |= Q(subject_kind=subject.kind, subject_id=subject.id)
    cards = _cards(Translation.objects.filter(wanted).order_by("source_version", "edition", "requested_at"))
    return {card.subject: card for card in cards}


def _cards(rows: QuerySet[Translation]) -> list[TranslationCard]:
    counted = list(rows.annotate(whole=Count("segments"), full=Count("segments", filter=~Q(segments__target=""))))
    people = {each for row in counted for each in (row.translator_id, row.reviewer_id) if each}
    names = get_staff_names(user_ids=people) if people else {}
    return [_card(row, names, whole=row.whole, full=row.full) for row in counted]


def _card(row: Translation, names: Mapping[UUID, BilingualText], *, whole: int, full: int) -> TranslationCard:
    return TranslationCard(
        id=row.id,
        subject=Subject(row.subject_kind, row.subject_id),
        source_version=row.source_version,
        source_digest=row.source_digest,
        source_language=row.source_language,
        edition=row.edition,
        title=row.title,
        person_name=row.person_name,
        campus_code=row.campus_id,
        state=TranslationState(row.state),
        is_urgent=row.is_urgent,
        requested_at=row.requested_at,
        translator_id=row.translator_id,
        translator=names.get(row.translator_id) if row.translator_id else None,
        reviewer=names.get(row.reviewer_id) if row.reviewer_id else None,
        segments=whole,
        written=full,
    )


def get_translation(*, translation_id: UUID, actor: Actor, now: datetime) -> TranslationView:
    """One translation with its segments, their differences by the glossary of this moment and what was accepted.

    A look is an entry of the audit trail. Refuses `UnknownTranslation`, `NotTranslator`.
    """
    row = _find(translation_id, actor=actor)
    record_act(
        actor=actor,
        action="translations.view",
        subject_kind="translation",
        subject_id=str(row.id),
        person_id=row.person_id,
        now=now,
    )
    segments = describe_segments(row)
    names = get_staff_names(user_ids=[each for each in (row.translator_id, row.reviewer_id) if each])
    written = sum(bool(segment.target) for segment in segments)
    return TranslationView(
        card=_card(row, names, whole=len(segments), full=written),
        signed_by=row.signed_by,
        signed_at=row.signed_at,
        segments=tuple(segments),
        return_reason=row.return_reason,
        end_reason=row.end_reason,
        edition_reason=row.edition_reason,
        submitted_at=row.submitted_at,
        reviewed_at=row.reviewed_at,
    )


def list_segments(*, translation_id: UUID, actor: Actor) -> list[SegmentView]:
    """The segments of a translation as they are now, for whoever has it open. Refuses as `get_translation`."""
    return describe_segments(_find(translation_id, actor=actor))


def _find(translation_id: UUID, *, actor: Actor) -> Translation:
    row = Translation.objects.filter(pk=translation_id).first()
    if row is None:
        raise UnknownTranslation
    if actor.kind is not ActorKind.SYSTEM and row.campus_id not in actor.campuses_of(Role.TRANSLATOR):
        raise NotTranslator
    return row


def describe_segments(row: Translation, *, only: int | None = None) -> list[SegmentView]:
    """The segments of a translation in their order with what differs, in a fixed number of statements."""
    terms = list_active_terms()
    rows = row.segments.order_by("position").prefetch_related(
        Prefetch("acceptances", Acceptance.objects.order_by("accepted_at"))
    )
    found = list(rows if only is None else rows.filter(position=only))
    people = {each.accepted_by_id for segment in found for each in segment.acceptances.all()}
    names = get_staff_names(user_ids=people) if people else {}
    return [_describe_segment(segment, row=row, terms=terms, names=names) for segment in found]


def _describe_segment(
    segment: Segment, *, row: Translation, terms: list[Term], names: Mapping[UUID, BilingualText]
) -> SegmentView:
    is_english = row.target_language == "en"
    findings = check_segment(
        segment=segment.key,
        source=segment.source,
        target=segment.target,
        is_english=is_english,
        terms=terms,
        names=row.names,
    )
    accepted = {each.finding: each for each in segment.acceptances.all()}
    return SegmentView(
        position=segment.position,
        key=segment.key,
        heading=segment.heading,
        source=segment.source,
        target=segment.target,
        origin=Origin(segment.origin),
        findings=tuple(
            FindingView(
                finding=each,
                accepted_because=accepted[each.code].reason if each.code in accepted else "",
                accepted_by=names.get(accepted[each.code].accepted_by_id) if each.code in accepted else None,
            )
            for each in findings
        ),
        terms=tuple(find_terms(segment.source, terms=terms, is_english=not is_english)),
    )


def list_active_terms() -> list[Term]:
    """The terms that texts are held to: not retired, with their English."""
    rows = GlossaryTerm.objects.filter(is_retired=False).exclude(en="").order_by("zh")
    return [_term(row) for row in rows]


def list_terms(*, words: str = "", only_gaps: bool = False, limit: int = 300) -> list[TermView]:
    """Glossary terms that hold these words in either language, those without English first."""
    rows = GlossaryTerm.objects.all()
    if words.strip():
        rows = rows.filter(Q(zh__icontains=words.strip()) | Q(en__icontains=words.strip()))
    if only_gaps:
        rows = rows.filter(en="", is_retired=False)
    found = sorted(rows.order_by("zh")[:limit], key=lambda row: (row.is_retired, bool(row.en)))
    names = get_staff_names(user_ids={row.changed_by_id for row in found if row.changed_by_id})
    return [_view_term(row, names) for row in found]


def get_term(*, term_id: UUID) -> TermView:
    """One term. Refuses `UnknownTerm`."""
    row = GlossaryTerm.objects.filter(pk=term_id).first()
    if row is None:
        raise UnknownTerm
    return _view_term(row, get_staff_names(user_ids=[row.changed_by_id] if row.changed_by_id else []))


def list_term_versions(*, term_id: UUID) -> list[tuple[datetime, str, Term]]:
    """What a term said before: when, who, and the term, newest first (N19)."""
    versions = list_versions(table_name="translations_glossaryterm", row_id=str(term_id))
    return [
        (
            each.at,
            each.actor.split(":", 2)[-1],
            Term(each.after["zh"], each.after["en"], tuple(each.after["also_en"]), each.after["not_en"]),
        )
        for each in reversed(versions)
        if each.after
    ]


def count_gaps() -> int:
    """How many terms wait for their English."""
    return GlossaryTerm.objects.filter(en="", is_retired=False).count()


def _term(row: GlossaryTerm) -> Term:
    return Term(row.zh, row.en, tuple(row.also_en), row.not_en)


def _view_term(row: GlossaryTerm, names: Mapping[UUID, BilingualText]) -> TermView:
    return TermView(
        id=row.id,
        term=_term(row),
        note=row.note,
        is_retired=row.is_retired,
        revision=row.revision,
        changed_at=row.changed_at,
        changed_by=names.get(row.changed_by_id) if row.changed_by_id else None,
    )
