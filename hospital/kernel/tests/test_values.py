"""Ids, rounding, encryption, transitions, actors and texts: what every context stands on."""

from decimal import Decimal
from enum import StrEnum

import pytest
from cryptography.exceptions import InvalidTag
from django.core.exceptions import ImproperlyConfigured
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from hospital.kernel import crypto
from hospital.kernel.actors import Actor, ActorKind, Role
from hospital.kernel.crypto import blind_index, decrypt_field, encrypt_field, keyed_hash
from hospital.kernel.errors import Refusal
from hospital.kernel.ids import new_id
from hospital.kernel.money import round_half_up
from hospital.kernel.transitions import IllegalTransition, Transitions
from hospital.kernel.types import BilingualText

amounts = st.decimals(min_value=-(10**9), max_value=10**9, places=6)


@given(amounts, st.integers(0, 4))
def test_rounding_is_half_up_and_never_off_by_more_than_half_a_step(value, places):
    rounded = round_half_up(value, places)
    step = Decimal(1).scaleb(-places)
    assert rounded == rounded.quantize(step)
    assert abs(rounded - value) <= step / 2
    assert round_half_up(-value, places) == -rounded
    assert round_half_up(rounded, places) == rounded


@pytest.mark.parametrize(
    ("value", "rounded"), [("0.005", "0.01"), ("-0.005", "-0.01"), ("2.675", "2.68"), ("1", "1.00")]
)
def test_halves_go_away_from_zero(value, rounded):
    assert str(round_half_up(Decimal(value))) == rounded


def test_ids_are_version_7_unique_and_grow_with_time():
    ids = [new_id() for _ in range(2000)]
    assert len(set(ids)) == 2000
    assert {(each.version, each.variant) for each in ids} == {(7, "specified in RFC 4122")}
    assert sorted(each.int >> 80 for each in ids) == [each.int >> 80 for each in ids]


@pytest.mark.requirement("N14")
@given(st.text(max_size=200))
def test_what_is_encrypted_decrypts_in_its_place_alone(text):
    stored = encrypt_field(text, place="table.column")
    assert decrypt_field(stored, place="table.column") == text
    if text:
        assert text.encode("utf-8", "surrogatepass") not in stored.encode() or len(text) < 4
        assert stored != encrypt_field(text, place="table.column")
        with pytest.raises(InvalidTag):
            decrypt_field(stored, place="table.other")


@pytest.mark.requirement("N14")
def test_a_retired_key_still_reads_and_a_new_one_writes(settings):
    old = encrypt_field("533100427", place="a.b")
    crypto._keys.cache_clear()
    try:
        settings.FIELD_KEYS = ["2:" + "A" * 43 + "=", *settings.FIELD_KEYS]
        assert encrypt_field("x", place="a.b").startswith("2.")
        assert decrypt_field(old, place="a.b") == "533100427"
    finally:
        crypto._keys.cache_clear()


@pytest.mark.requirement("N14")
def test_without_a_key_nothing_is_stored_in_clear(settings):
    crypto._keys.cache_clear()
    try:
        settings.FIELD_KEYS = []
        with pytest.raises(ImproperlyConfigured):
            encrypt_field("533100427", place="a.b")
    finally:
        crypto._keys.cache_clear()


@pytest.mark.requirement("N14")
def test_the_blind_index_is_equal_for_one_value_of_one_place_and_needs_the_key(settings):
    index = blind_index("ab 12", place="a.b")
    assert index == blind_index("AB12 ", place="a.b")
    assert index not in {blind_index("AB12", place="a.c"), blind_index("AB13", place="a.b"), ""}
    assert blind_index("  ", place="a.b") == ""
    settings.BLIND_INDEX_KEY = "another key of thirty-two characters"
    assert blind_index("AB12", place="a.b") != index
    assert keyed_hash("1") != keyed_hash("2")


class _State(StrEnum):
    OPEN = "OPEN"
    SHUT = "SHUT"


def test_a_table_of_transitions_answers_and_refuses():
    table = Transitions({_State.OPEN: frozenset({_State.SHUT}), _State.SHUT: frozenset()})
    table.check(current=_State.OPEN, target=_State.SHUT)
    with pytest.raises(IllegalTransition) as refused:
        table.check(current=_State.SHUT, target=_State.OPEN)
    assert refused.value.facts == {"current": "SHUT", "target": "OPEN"}
    assert table.allowed_from(_State.SHUT) == [_State.OPEN]
    assert (table.is_final(_State.SHUT), table.is_final(_State.OPEN)) == (True, False)


@pytest.mark.requirement("N20")
def test_a_refusal_speaks_the_language_of_whoever_reads_it():
    refusal = IllegalTransition(current="DONE", target="OPEN")
    with translation.override("en"):
        english = refusal.message
    with translation.override("zh-hans"):
        assert refusal.message != english
    assert Refusal().message == ""


@pytest.mark.requirement("N20")
def test_content_without_english_is_shown_in_chinese_and_says_so():
    whole, gap = BilingualText("心内科", "Cardiology"), BilingualText("心内科")
    assert (whole.in_language("en"), whole.in_language("zh-hans"), whole.has_gap) == ("Cardiology", "心内科", False)
    assert (gap.in_language("en"), gap.has_gap) == ("心内科", True)
    with translation.override("zh-hans"):
        assert str(whole) == "心内科"


@pytest.mark.requirement("N14")
def test_a_role_counts_at_the_campus_where_it_is_held():
    grants = frozenset({(Role.DOCTOR, "IMC"), (Role.NURSE, "NORTH")})
    actor = Actor(kind=ActorKind.STAFF, id="1", label="x", grants=grants, campus_code="IMC")
    assert actor.has_role(Role.DOCTOR)
    assert not actor.has_role(Role.NURSE)
    assert actor.has_role(Role.NURSE, "NORTH")
    assert actor.campuses_of(Role.DOCTOR, Role.NURSE) == {"IMC", "NORTH"}
    assert actor.campuses_of(Role.CASHIER) == frozenset()
