"""That somebody was told about the prices of a service line before its first surcharge (brief §1.4, F46)."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from hospital.audit.api import record_act
from hospital.consents.models import Consent
from hospital.consents.types import PriceAcceptance, PriceConsent, PriceRate, PriceTerms, Purpose, Way
from hospital.kernel.actors import Actor, ActorKind


def give_price_consent(
    *,
    person_id: UUID,
    scope: str,
    version: int,
    terms: PriceTerms,
    acceptance: PriceAcceptance,
    actor: Actor,
    now: datetime,
) -> bool:
    """Writes into the ledger that a person accepted the price notice of a service line; whether it is new there.

    What was shown is known by its hash, and is written once. The caller has checked that the actor may act for the
    person and that the hash is that of the notice of today.
    """
    with transaction.atomic():
        _, is_new = Consent.objects.get_or_create(
            person_id=person_id,
            scope=scope,
            text_hash=acceptance.text_hash,
            withdrawn_at=None,
            defaults={
                "account_id": actor.id if actor.kind is ActorKind.PATIENT else None,
                "purpose": Purpose.PRICE.value,
                "version": version,
                "language": acceptance.language,
                "ip": actor.ip[:45],
                "given_at": now,
                "terms": terms.to_json(),
                "way": acceptance.way.value,
                "paper": acceptance.paper,
                "recorded_by": actor.id,
                "recorded_by_kind": actor.kind.value,
            },
        )
        if is_new:
            record_act(
                actor=actor,
                action="consents.give_price",
                subject_kind="person",
                subject_id=str(person_id),
                person_id=person_id,
                now=now,
                details={
                    "service_line": scope,
                    "version": version,
                    "hash": acceptance.text_hash,
                    "way": acceptance.way.value,
                    "paper": acceptance.paper,
                    "terms": terms.to_json(),
                },
            )
    return is_new


def list_price_consents(*, person_ids: Collection[UUID]) -> Mapping[UUID, tuple[PriceConsent, ...]]:
    """The price notices that these people accepted, the latest first, in one query. The caller has checked access."""
    found: defaultdict[UUID, list[PriceConsent]] = defaultdict(list)
    rows = Consent.objects.filter(person_id__in=person_ids, purpose=Purpose.PRICE.value, withdrawn_at=None)
    for row in rows.order_by("-given_at", "-id"):
        if row.person_id is not None:
            found[row.person_id].append(_read(row))
    return {person_id: tuple(each) for person_id, each in found.items()}


def _read(row: Consent) -> PriceConsent:
    return PriceConsent(
        scope=row.scope,
        version=row.version,
        terms=_read_terms(row.terms or {}),
        text_hash=row.text_hash,
        language=row.language,
        way=Way(row.way),
        given_at=row.given_at,
        recorded_by=row.recorded_by,
        paper=row.paper,
    )


def _read_terms(kept: Mapping[str, Any]) -> PriceTerms:
    return PriceTerms(
        rates={
            level: PriceRate(
                ratio=Decimal(rate["ratio"]), amount=Decimal(rate["amount"]), is_fixed=bool(rate["is_fixed"])
            )
            for level, rate in kept.items()
        }
    )
