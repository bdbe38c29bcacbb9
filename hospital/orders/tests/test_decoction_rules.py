"""Pure rules of decoctions: grams, days, words."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hospital.kernel.types import BilingualText
from hospital.orders.decoction_words import PACES, Formula, Handling, Maker, Use, explain_formula, word_formula
from hospital.orders.decoctions import KnownPiece, count_days, count_grams, find_toxic, is_formula_sound
from hospital.orders.safety import GivenDrug, KnownInteraction, find_interactions
from hospital.orders.types import DrugPack
from hospital.orders.vocabulary import Frequency

pytestmark = pytest.mark.requirement("D52")
GRAM = DrugPack(content=Decimal(1), unit="g")
grams = st.decimals(min_value="0.01", max_value=500, places=2)
doses = st.integers(1, 99)
names = st.text("abcdef", min_size=1, max_size=4)


@given(grams=grams, doses=doses)
def test_what_is_needed_of_a_piece_is_grams_times_packets_to_the_milligram(grams, doses):
    needed = count_grams(grams=grams, doses=doses, pack=GRAM)
    assert needed == sum([grams] * doses)
    assert needed == needed.quantize(Decimal("0.01"))


def test_what_is_not_sold_by_the_gram_is_no_piece():
    assert count_grams(grams=Decimal(3), doses=7, pack=DrugPack(content=Decimal(20), unit="tablet")) is None
    assert count_grams(grams=Decimal(3), doses=7, pack=None) is None


@given(doses=doses, pace=st.sampled_from(list(PACES)))
def test_the_packets_last_for_the_days_and_not_a_day_less(doses, pace):
    days = count_days(doses=doses, pace=pace)
    a_day = {Frequency.QD: Fraction(1), Frequency.BID: Fraction(2), Frequency.QOD: Fraction(1, 2)}[pace]
    assert days * a_day >= doses
    assert (days - 1) * a_day < doses


@given(pair=st.lists(names, min_size=2, max_size=2, unique=True), others=st.lists(names, max_size=4))
def test_an_incompatibility_speaks_whichever_piece_is_written_first(pair, others):
    first, second = sorted(pair)
    known = [KnownInteraction(first, second, BilingualText("十八反", "not together"))]

    def said(new, there):
        given_drugs = [GivenDrug(each, BilingualText(each, each)) for each in (*others, there) if each != new]
        return bool(find_interactions(ingredient=new, given=given_drugs, known=known))

    assert said(first, second)
    assert said(second, first)


@pytest.mark.parametrize(
    "wrong",
    [{"doses": 0}, {"doses": 100}, {"parts": 0}, {"parts": 7}, {"ml": None}, {"ml": 0}, {"pace": Frequency.TID}],
)
def test_a_formula_out_of_bounds_is_not_sound(wrong):
    assert is_formula_sound(Formula())
    assert not is_formula_sound(replace(Formula(), **wrong))


def test_what_is_not_drunk_needs_no_milliliters():
    washed = Formula(use=Use.WASH, ml=None)
    assert is_formula_sound(washed)
    assert "for external use only" in word_formula(washed).en
    assert "不可内服" in word_formula(washed).zh


def test_the_words_say_packets_parts_and_manner():
    words = word_formula(Formula())
    assert words.zh == "共 7 剂，每日 1 剂，水煎内服，每剂分 2 次，每次 200 mL，饭后温服"
    assert words.en == "7 packets, 1 packet a day by mouth, each in 2 parts of 200 mL, warm, after meals"


def test_the_steps_name_only_what_the_decoction_needs():
    plain = explain_formula(formula=Formula(), handlings=[Handling.USUAL])
    special = explain_formula(formula=Formula(), handlings=[Handling.LATER, Handling.FIRST])
    assert not any("decoct first" in step.en for step in plain)
    told = [step.en for step in special]
    first = next(at for at, step in enumerate(told) if "decoct first" in step)
    assert first < next(at for at, step in enumerate(told) if "add near the end" in step)
    made = explain_formula(formula=Formula(maker=Maker.HOSPITAL), handlings=[Handling.FIRST])
    assert not any("decoct first" in step.en for step in made)


def test_a_toxic_piece_is_handled_as_it_must_be():
    known = KnownPiece(Handling.FIRST, is_toxic=True)
    assert find_toxic(handling=Handling.FIRST, known=known) == []
    assert find_toxic(handling=Handling.USUAL, known=replace(known, is_toxic=False)) == []
    assert [alert.text.en for alert in find_toxic(handling=Handling.USUAL, known=known)] == [
        "A toxic piece: decoct first"
    ]
