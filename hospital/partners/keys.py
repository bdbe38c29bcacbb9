"""Partners and their keys: two may be valid, so that one can be changed without a pause."""

import re
import secrets
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from hospital.audit.api import acting, record_act
from hospital.kernel.actors import Actor
from hospital.kernel.crypto import decrypt_field, encrypt_field
from hospital.kernel.types import BilingualText
from hospital.partners.errors import (
    KeyUnusable,
    PartnerCodeTaken,
    PartnerIncomplete,
    TooManyKeys,
    UnknownPartner,
    UnknownPartnerKey,
)
from hospital.partners.models import Partner, PartnerCampus, PartnerKey
from hospital.partners.rules.signatures import Algorithm, is_rsa_key
from hospital.partners.types import ListedKey, NewKey, PartnerCard, PartnerKeyCard

SECRET_PLACE = "partners_partnerkey.secret"  # noqa: S105 - the name of a column
ANSWER_PLACE = "partners_partnerkey.answer_secret"
SHORTEST_SECRET = 32
LONGEST_NAME = 80
HIGHEST_RATE = 100_000
_CODE = re.compile(r"[a-z0-9][a-z0-9_-]{1,31}")


def add_partner(
    *,
    code: str,
    name: BilingualText,
    campuses: Iterable[str],
    requests_per_minute: int,
    is_on_site: bool = False,
    actor: Actor,
    now: datetime,
) -> UUID:
    """Writes a partner down, or changes name, campuses, rate and place of the one with this code; its id."""
    wanted = set(campuses)
    facts = {
        "name_zh": name.zh,
        "name_en": name.en,
        "requests_per_minute": requests_per_minute,
        "is_on_site": is_on_site,
    }
    with acting(actor=actor):
        partner, _ = Partner.objects.update_or_create(
            code=code,
            defaults=facts,
            create_defaults={**facts, "created_at": now},
        )
        PartnerCampus.objects.filter(partner=partner).exclude(campus_id__in=wanted).delete()
        PartnerCampus.objects.bulk_create(
            [PartnerCampus(partner=partner, campus_id=each) for each in sorted(wanted)], ignore_conflicts=True
        )
        _trace(partner, action="partners.change", actor=actor, now=now, campuses=sorted(wanted))
    return partner.id


def create_partner(
    *,
    code: str,
    name: BilingualText,
    campuses: Iterable[str],
    requests_per_minute: int,
    is_on_site: bool = False,
    actor: Actor,
    now: datetime,
) -> UUID:
    """Writes a new partner down; its id. Refuses with `PartnerIncomplete` (names the fields) and `PartnerCodeTaken`."""
    wanted = check_partner(code=code, name=name, campuses=campuses, requests_per_minute=requests_per_minute)
    with acting(actor=actor, conflicts={"partners_partner_code_key": PartnerCodeTaken(partner=code)}):
        Partner.objects.create(
            code=code,
            name_zh=name.zh.strip(),
            name_en=name.en.strip(),
            requests_per_minute=requests_per_minute,
            is_on_site=is_on_site,
            created_at=now,
        )
        return add_partner(
            code=code,
            name=name,
            campuses=wanted,
            requests_per_minute=requests_per_minute,
            is_on_site=is_on_site,
            actor=actor,
            now=now,
        )


def change_partner(
    *,
    code: str,
    name: BilingualText,
    campuses: Iterable[str],
    requests_per_minute: int,
    is_on_site: bool = False,
    actor: Actor,
    now: datetime,
) -> None:
    """Name, campuses, rate and place, from the partner's next call on.

    Refuses with `UnknownPartner`, `PartnerIncomplete`.
    """
    wanted = check_partner(code=code, name=name, campuses=campuses, requests_per_minute=requests_per_minute)
    with acting(actor=actor):
        _lock(code)
        add_partner(
            code=code,
            name=name,
            campuses=wanted,
            requests_per_minute=requests_per_minute,
            is_on_site=is_on_site,
            actor=actor,
            now=now,
        )


def check_partner(
    *, code: str, name: BilingualText, campuses: Iterable[str], requests_per_minute: int
) -> frozenset[str]:
    """The campuses, if everything else is as it has to be. Refuses with `PartnerIncomplete`."""
    wanted = frozenset(campuses)
    is_right = {
        "code": bool(_CODE.fullmatch(code)),
        "name_zh": 0 < len(name.zh.strip()) <= LONGEST_NAME,
        "name_en": 0 < len(name.en.strip()) <= LONGEST_NAME,
        "campuses": bool(wanted),
        "rate": 1 <= requests_per_minute <= HIGHEST_RATE,
    }
    wrong = [field for field, holds in is_right.items() if not holds]
    if wrong:
        raise PartnerIncomplete(fields=", ".join(wrong))
    return wanted


def set_partner_active(*, code: str, is_active: bool, actor: Actor, now: datetime) -> None:
    """Switches all keys of a partner on or off at once. Refuses with `UnknownPartner`."""
    with acting(actor=actor):
        partner = _lock(code)
        partner.is_active = is_active
        partner.save(update_fields=["is_active"])
        _trace(partner, action="partners.switch", actor=actor, now=now, is_active=is_active)


def add_key(
    *,
    code: str,
    algorithm: Algorithm,
    actor: Actor,
    now: datetime,
    public_key: str = "",
    key_id: str = "",
    secret: str = "",
) -> NewKey:
    """A new key beside the one in use; what it returns is shown once.

    For RSA the partner gives its `public_key` and gets ours, with which our answers are proved. `key_id` and `secret`
    may be given where a machine was set up with them. Refuses with `UnknownPartner`, `TooManyKeys`, `KeyUnusable`.
    """
    if algorithm is Algorithm.RSA and not is_rsa_key(public_key):
        raise KeyUnusable
    if secret and len(secret) < SHORTEST_SECRET:
        raise KeyUnusable
    answer_key = ""
    if algorithm is Algorithm.RSA:
        kept, answer_secret, shown = public_key, *_new_rsa_pair()
        answer_key, secret = shown, ""
    else:
        kept = answer_secret = secret = secret or secrets.token_urlsafe(32)
    new = NewKey(key_id=key_id or f"k{secrets.token_hex(8)}", algorithm=algorithm, secret=secret, answer_key=answer_key)
    with acting(actor=actor, conflicts={"partner_has_two_keys_at_most": TooManyKeys()}):
        partner = _lock(code)
        taken = set(partner.keys.filter(ended_at=None).values_list("place", flat=True))
        if len(taken) == 2:
            raise TooManyKeys
        PartnerKey.objects.create(
            key_id=new.key_id,
            partner=partner,
            place=2 if 1 in taken else 1,
            algorithm=algorithm.value,
            secret=encrypt_field(kept, place=SECRET_PLACE),
            answer_secret=encrypt_field(answer_secret, place=ANSWER_PLACE),
            added_at=now,
        )
        _trace(partner, action="partners.add_key", actor=actor, now=now, key=new.key_id, algorithm=algorithm.value)
    return new


def end_key(*, key_id: str, actor: Actor, now: datetime) -> None:
    """A key that is valid no longer; ending it again changes nothing. Refuses with `UnknownPartnerKey`."""
    with acting(actor=actor):
        key = PartnerKey.objects.select_related("partner").select_for_update(of=("self",)).filter(key_id=key_id).first()
        if key is None:
            raise UnknownPartnerKey
        if key.ended_at is None:
            key.ended_at = now
            key.save(update_fields=["ended_at"])
            _trace(key.partner, action="partners.end_key", actor=actor, now=now, key=key_id)


def list_keys(*, code: str) -> list[ListedKey]:
    """The keys of a partner, ended ones too, newest first."""
    rows = PartnerKey.objects.filter(partner__code=code).order_by("-added_at", "-id")
    return [
        ListedKey(key_id=row.key_id, algorithm=Algorithm(row.algorithm), added_at=row.added_at, ended_at=row.ended_at)
        for row in rows
    ]


def find_key(*, key_id: str) -> tuple[PartnerCard, PartnerKeyCard]:
    """A valid key of an active partner. Refuses with `UnknownPartnerKey`."""
    row = (
        PartnerKey.objects.select_related("partner")
        .filter(key_id=key_id, ended_at=None, partner__is_active=True)
        .prefetch_related("partner__campuses")
        .first()
    )
    if row is None:
        raise UnknownPartnerKey
    key = PartnerKeyCard(
        key_id=row.key_id,
        algorithm=Algorithm(row.algorithm),
        secret=decrypt_field(row.secret, place=SECRET_PLACE),
        answer_secret=decrypt_field(row.answer_secret, place=ANSWER_PLACE),
    )
    partner = PartnerCard(
        id=row.partner.id,
        code=row.partner.code,
        name=BilingualText(zh=row.partner.name_zh, en=row.partner.name_en),
        campuses=frozenset(each.campus_id for each in row.partner.campuses.all()),
        requests_per_minute=row.partner.requests_per_minute,
        is_on_site=row.partner.is_on_site,
    )
    return partner, key


def _new_rsa_pair() -> tuple[str, str]:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return private.decode(), public.decode()


def _lock(code: str) -> Partner:
    partner = Partner.objects.select_for_update().filter(code=code).first()
    if partner is None:
        raise UnknownPartner
    return partner


def _trace(partner: Partner, *, action: str, actor: Actor, now: datetime, **details: object) -> None:
    record_act(actor=actor, action=action, subject_kind="partner", subject_id=str(partner.id), now=now, details=details)
