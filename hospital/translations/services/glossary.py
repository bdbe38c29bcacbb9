"""The glossary: terms, their approved English, who changed them."""

from datetime import datetime
from uuid import UUID

from django.db.models import F

from hospital.audit.api import acting, record_act
from hospital.kernel.actors import Actor, ActorKind
from hospital.translations.errors import TermChanged, TermIncomplete, TermTaken, UnknownTerm
from hospital.translations.models import GlossaryTerm
from hospital.translations.rules.terms import Term
from hospital.translations.services.access import require_translator


def add_term(*, term: Term, note: str = "", actor: Actor, now: datetime) -> UUID:
    """Puts a term into the glossary. Refuses `TermIncomplete`, `TermTaken`, `NotTranslator`."""
    require_translator(actor=actor)
    clean = _clean(term)
    with acting(actor=actor, conflicts={"translations_glossaryterm_zh_key": TermTaken(term=clean.zh)}):
        row = GlossaryTerm.objects.create(
            zh=clean.zh,
            en=clean.en,
            also_en=list(clean.also_en),
            not_en=clean.not_en,
            note=note.strip()[:200],
            changed_by_id=_staff(actor),
            changed_at=now,
        )
        _trace(row.id, "translations.add_term", actor=actor, now=now, term=clean)
    return row.id


def change_term(
    *, term_id: UUID, term: Term, note: str, is_retired: bool, revision: int, actor: Actor, now: datetime
) -> None:
    """Changes a term; its earlier versions stay. A retired one is no longer asked for, nor marked.

    `revision` is the one the writer saw. Refuses `TermChanged`, `TermIncomplete`, `TermTaken`, `UnknownTerm`,
    `NotTranslator`.
    """
    require_translator(actor=actor)
    clean = _clean(term)
    with acting(actor=actor, conflicts={"translations_glossaryterm_zh_key": TermTaken(term=clean.zh)}):
        changed = GlossaryTerm.objects.filter(pk=term_id, revision=revision).update(
            zh=clean.zh,
            en=clean.en,
            also_en=list(clean.also_en),
            not_en=clean.not_en,
            note=note.strip()[:200],
            is_retired=is_retired,
            revision=F("revision") + 1,
            changed_by_id=_staff(actor),
            changed_at=now,
        )
        if not changed:
            raise TermChanged if GlossaryTerm.objects.filter(pk=term_id).exists() else UnknownTerm
        _trace(term_id, "translations.change_term", actor=actor, now=now, term=clean)


def _clean(term: Term) -> Term:
    if not term.zh.strip():
        raise TermIncomplete
    others = tuple(each.strip()[:120] for each in term.also_en if each.strip())
    return Term(term.zh.strip()[:80], term.en.strip()[:120], others, term.not_en.strip()[:120])


def _staff(actor: Actor) -> UUID | None:
    return UUID(actor.id) if actor.kind is ActorKind.STAFF else None


def _trace(term_id: UUID, action: str, *, actor: Actor, now: datetime, term: Term) -> None:
    record_act(
        actor=actor,
        action=action,
        subject_kind="glossary_term",
        subject_id=str(term_id),
        now=now,
        details={"zh": term.zh, "en": term.en},
    )
