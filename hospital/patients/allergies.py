"""Allergies, as doctors and nurses record them: found, struck out with a reason, or asked and none known."""

from datetime import datetime
from typing import Any
from uuid import UUID

from hospital.audit.api import acting
from hospital.kernel.actors import Actor
from hospital.kernel.types import BilingualText
from hospital.patients.errors import (
    AllergyKnownAlready,
    BadAllergy,
    HasAllergies,
    UnknownAllergy,
)
from hospital.patients.models import Allergy, Person
from hospital.patients.queries import require_recorder
from hospital.patients.reasons import checked_reason
from hospital.patients.rules.allergens import ALLERGENS, REACTIONS, Allergen, is_severe
from hospital.patients.trail import trace
from hospital.patients.types import AllergyEntry, NewAllergy

_LONGEST_ZH, _LONGEST_EN = 80, 120


def record_allergy(*, person_id: UUID, new: NewAllergy, actor: Actor, now: datetime) -> UUID:
    """Records one allergy: a substance of the list, or another one in words, and how the person reacted.

    Refuses `BadAllergy`, `AllergyKnownAlready`, and what `require_recorder` refuses.
    That none were known is no longer so from then on.
    """
    require_recorder(actor=actor, person_id=person_id, now=now)
    allergen = ALLERGENS.get(new.substance) or _in_words(new.other)
    reaction = REACTIONS.get(new.reaction)
    if reaction is None:
        raise BadAllergy
    with acting(actor=actor, conflicts={"allergy_once": AllergyKnownAlready(substance=allergen.substance)}):
        Person.objects.select_for_update().get(pk=person_id)
        row = Allergy.objects.create(
            person_id=person_id,
            group=allergen.group,
            substance_zh=allergen.substance.zh,
            substance_en=allergen.substance.en,
            reaction_zh=reaction.zh,
            reaction_en=reaction.en,
            is_severe=is_severe(reaction=new.reaction, is_marked=new.is_severe),
            recorded_at=now,
            recorded_by_id=UUID(actor.id),
        )
        Person.objects.filter(pk=person_id).exclude(no_allergies_at=None).update(no_allergies_at=None)
        trace(actor=actor, action="patients.record_allergy", person_id=person_id, now=now)
    return row.id


def strike_out_allergy(*, person_id: UUID, allergy_id: UUID, reason: str, actor: Actor, now: datetime) -> None:
    """Takes an allergy off the list because it was recorded by mistake or disproved; the row stays, with the reason.

    Refuses `ReasonNeeded`, `UnknownAllergy` (struck out already, too), and what `require_recorder` refuses.
    """
    require_recorder(actor=actor, person_id=person_id, now=now)
    reason = checked_reason(reason)
    with acting(actor=actor):
        struck = Allergy.objects.filter(pk=allergy_id, person_id=person_id, struck_out_at=None).update(
            struck_out_at=now, struck_out_by_id=UUID(actor.id), struck_out_reason=reason
        )
        if not struck:
            raise UnknownAllergy
        trace(actor=actor, action="patients.strike_out_allergy", person_id=person_id, now=now, reason=reason)


def record_no_allergies(*, person_id: UUID, actor: Actor, now: datetime) -> None:
    """Records that the person was asked and knows of no allergy.

    Refuses `HasAllergies` (each has to be struck out first), and what `require_recorder` refuses.
    """
    require_recorder(actor=actor, person_id=person_id, now=now)
    with acting(actor=actor):
        Person.objects.select_for_update().get(pk=person_id)
        if Allergy.objects.filter(person_id=person_id, struck_out_at=None).exists():
            raise HasAllergies
        Person.objects.filter(pk=person_id).update(no_allergies_at=now)
        trace(actor=actor, action="patients.record_no_allergies", person_id=person_id, now=now)


def _in_words(text: BilingualText) -> Allergen:
    zh, en = text.zh.strip(), text.en.strip()
    if not zh or not en or len(zh) > _LONGEST_ZH or len(en) > _LONGEST_EN:
        raise BadAllergy
    return Allergen(BilingualText(zh, en))


def list_allergy_entries(*, person_id: UUID) -> list[AllergyEntry]:
    """The list with what was struck out, newest first, for callers that have checked the access. One statement."""
    rows = Allergy.objects.filter(person_id=person_id).select_related("recorded_by", "struck_out_by")
    return [
        AllergyEntry(
            id=row.id,
            substance=BilingualText(row.substance_zh, row.substance_en),
            reaction=BilingualText(row.reaction_zh, row.reaction_en),
            is_severe=row.is_severe,
            recorded_at=row.recorded_at,
            recorded_by=_name_of(row.recorded_by),
            struck_out_at=row.struck_out_at,
            struck_out_by=_name_of(row.struck_out_by),
            struck_out_reason=row.struck_out_reason,
        )
        for row in rows.order_by("-recorded_at", "-id")
    ]


def _name_of(user: Any) -> BilingualText | None:
    return BilingualText(user.name_zh, user.name_en) if user else None
