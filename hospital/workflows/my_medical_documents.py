"""The medical documents that the people of an account were given, and the languages each prints in (D55)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from hospital.clinical_documents.api import list_given_documents
from hospital.clinical_documents.types import DocumentCard
from hospital.documents.types import PaperLanguage
from hospital.kernel.actors import Actor
from hospital.patients.api import list_linked_people
from hospital.translations.api import list_standing
from hospital.translations.states import TranslationState
from hospital.translations.types import Subject, TranslationCard
from hospital.workflows.translate_documents import subject_of


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenDocument:
    """One document with the languages in which it prints now."""

    card: DocumentCard
    languages: tuple[PaperLanguage, ...]


def list_my_documents(*, actor: Actor, now: datetime, person_id: UUID | None = None) -> list[GivenDocument]:
    """Signed and void documents of everybody on the account's list whose records are open to it, or of one of them;
    newest first. Somebody who is not on the list has none."""
    people = [
        each.person.id
        for each in list_linked_people(actor=actor, now=now)
        if each.are_records_open and person_id in {None, each.person.id}
    ]
    cards = list_given_documents(person_ids=people)
    translated = [card for card in cards if card.needs_translation]
    standing = list_standing(subjects=[subject_of(card.id) for card in translated]) if translated else {}
    return [GivenDocument(card=card, languages=_languages(card, standing)) for card in cards]


def _languages(card: DocumentCard, standing: Mapping[Subject, TranslationCard]) -> tuple[PaperLanguage, ...]:
    newest = standing.get(subject_of(card.id))
    is_released = (
        newest is not None and newest.state is TranslationState.REVIEWED and newest.source_digest == card.source_hash
    )
    return tuple(PaperLanguage) if is_released or not card.needs_translation else (PaperLanguage(card.language),)
